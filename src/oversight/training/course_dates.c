/*
** When courses are: in the calendars of those below the office that gives them and
** of who enrolled; and a text message on the day before.
*/
#include "core/outbox.h"
#include "core/tx.h"
#include "law/law.h"
#include "oversight/training/training.h"
#include "register/mediators/mediators.h"
#include "register/organisations/organisations.h"
#include "register/roster/remind.h"
#include "register/roster/roster.h"

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE course_told("       /* whose people were reminded, and when */
      "  course_id INTEGER PRIMARY KEY, day TEXT NOT NULL) STRICT;"
      "CREATE INDEX course_by_start ON course(starts);" },
    { 2, "INSERT INTO event_told(what, id, planned) SELECT 'COURSE', x.course_id, t.starts FROM course_told x"
         " JOIN course t ON t.id = x.course_id;"
         "DROP TABLE course_told;" },
};

static const Query q_calendar = {
    .name = "course_dates.calendar", .in = &calendar_form, .out = &course_form,
    .sql = "SELECT t.id, t.title, t.place, t.starts, t.ends FROM course t WHERE t.starts < :to AND t.ends > :from"
           " AND t.starts >= 0 AND t.state <> 'CANCELLED' AND (SUBSTR(:org_path, 1, LENGTH(t.org_path)) = t.org_path"
           " OR t.id IN (SELECT p.course_id FROM course_person p JOIN mediator m ON m.id = p.mediator_id"
           " WHERE m.user_id = :user_id AND m.user_id <> 0)) ORDER BY t.starts, t.id LIMIT 500",
};
static const Query q_next = {
    .name = "course_dates.next", .in = &soon_form, .out = &course_form,
    .sql = "SELECT t.id, t.org_id, t.title, t.place, t.starts FROM course t WHERE t.starts >= :from AND t.starts < :to"
           " AND t.state = 'PLANNED' AND NOT EXISTS(SELECT 1 FROM event_told x WHERE x.what = 'COURSE' AND x.id = t.id"
           " AND x.planned = t.starts) ORDER BY t.starts, t.id LIMIT 50",
};
static const Query *const queries[] = { &q_calendar, &q_next, NULL };

static void calendar(Ctx *c, DateBook *all)
{
    Rows rows = db_list(c, &q_calendar, &all->ask);
    for (size_t i = 0; i < rows.n; i++) {
        const Course *t = (const Course *)rows.at + i;
        calendar_put(c, all, &(CalendarItem){ .id = t->id, .what = S("COURSE"), .title = t->title,
            .place = t->place, .starts = t->starts, .ends = t->ends });
    }
}

static const Phrase reminder = {
    "【培训提醒】{0}将于{1} {2}开始，地点：{3}。请准时参加并签到。",
    "[Training] {0} begins {1} {2}, at {3}. Please be there and enter the code of attendance.",
};

static Str clock_of(Arena *mem, Time t)
{
    Out o = { .buf = NEW(mem, char, 5), .cap = 5 };
    out_pad(&o, time_minute(t) / 60, 2);
    out_str(&o, S(":"));
    out_pad(&o, time_minute(t) % 60, 2);
    return out_view(&o);
}

static void remind(Ctx *c, const Course *t)
{
    Text args[] = { same(t->title), phrase_date(c->mem, time_date(t->starts)),
                    same(clock_of(c->mem, t->starts)), same(t->place.n ? t->place : S("另行通知")) };
    Str text = phrase_say(c->mem, &reminder, args, COUNT(args)).zh;
    Rows rows = course_people(c, t->id);
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        Mediator m = { 0 };
        bool known = mediator_get(c, ((const CoursePerson *)rows.at)[i].mediator_id, &m);
        if (!known || m.phone.n == 0) continue;
        outbox_add(c, &(Message){ .channel = S("SMS"), .to = m.phone, .template = S("course_reminder"),
                                  .text = text });
    }
    soon_told(c, S("COURSE"), t->id, t->starts);
}

static void remind_all(Ctx *c, Id arg)
{
    (void)arg;
    if (!c->law) return;
    Soon span = soon_span(c);
    Rows rows = db_list(c, &q_next, &span);
    for (size_t i = 0; i < rows.n; i++) remind(c, (const Course *)rows.at + i);
}

static const JobKind jobs[] = { { .word = "course_remind", .run = remind_all, .daily = "08:40" } };

const Slice course_dates_slice = {
    .name = "course_dates", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .job = jobs,
    .jobs = COUNT(jobs), .calendar = calendar,
};
