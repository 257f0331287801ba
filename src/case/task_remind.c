/*
** A text message in the morning to whoever has tasks that are due today or late:
** how many, never of whom.  One a person and day.
*/
#include "case/task.h"
#include "core/outbox.h"
#include "core/tx.h"
#include "law/law.h"
#include "register/people/people.h"

typedef struct TaskCall {
    Id      user_id;
    Date    day;
    Time    from, to;
    int64_t due, late;
} TaskCall;
static const Field fields[] = {
    FIELD(TaskCall, user_id), FIELD(TaskCall, day), FIELD(TaskCall, from), FIELD(TaskCall, to),
    FIELD(TaskCall, due), FIELD(TaskCall, late),
};
static const Form call_form = FORM(TaskCall, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE task_call("            /* who was reminded last when */
      "  user_id INTEGER PRIMARY KEY, day TEXT NOT NULL) STRICT;" },
};

static const Query q_people = { /* of tasks that are somebody's by name */
    .name = "task_remind.people", .in = &call_form, .out = &call_form,
    .sql = "SELECT t.user_id, CAST(SUM(CASE WHEN t.due >= :from THEN 1 ELSE 0 END) AS BIGINT) AS due,"
           " CAST(SUM(CASE WHEN t.due < :from THEN 1 ELSE 0 END) AS BIGINT) AS late FROM task t"
           " WHERE t.state = 'open' AND t.user_id > 0 AND t.due > 0 AND t.due < :to"
           " AND NOT EXISTS(SELECT 1 FROM task_call k WHERE k.user_id = t.user_id AND k.day = :day)"
           " GROUP BY t.user_id ORDER BY t.user_id LIMIT 1000",
};
static const Query q_called = {
    .name = "task_remind.called", .in = &call_form, .quiet = true,
    .sql = "INSERT INTO task_call(user_id, day) VALUES(:user_id, :day)"
           " ON CONFLICT(user_id) DO UPDATE SET day = :day",
};
static const Query *const queries[] = { &q_people, &q_called, NULL };

static const Phrase reminder = {
    "【待办提醒】您有{0}项任务今日到期，{1}项已逾期，请登录平台办理。",
    "[Tasks] {0} of your tasks are due today, {1} are late. Please sign in.",
};

static void remind(Ctx *c, const TaskCall *row)
{
    User u = { 0 };
    Text args[] = { phrase_number(c->mem, row->due), phrase_number(c->mem, row->late) };
    bool called = user_find(c, row->user_id, &u) && !u.disabled && u.phone.n;
    if (called) {
        outbox_add(c, &(Message){ .channel = S("SMS"), .to = u.phone, .template = S("task_reminder"),
            .text = phrase_say(c->mem, &reminder, args, COUNT(args)).zh });
    }
    db_insert(c, &q_called, &(TaskCall){ .user_id = row->user_id, .day = c->today });
}

static void remind_all(Ctx *c, Id arg)
{
    (void)arg;
    if (!c->law) return;
    Look look = { .params = &c->law->params, .day = c->today };
    if (param(&look, "TASK_REMIND") == 0) return; /* the office does not want it */
    TaskCall ask = { .day = c->today, .from = time_at(c->today, 0, 0) };
    ask.to = time_at(date_plus(c->today, 1), 0, 0);
    Rows rows = db_list(c, &q_people, &ask);
    for (size_t i = 0; i < rows.n && ok(c); i++) remind(c, (const TaskCall *)rows.at + i);
}

static const JobKind jobs[] = { { .word = "task_remind", .run = remind_all, .daily = "08:15" } };

const Slice task_remind_slice = {
    .name = "task_remind", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .job = jobs,
    .jobs = COUNT(jobs),
};
