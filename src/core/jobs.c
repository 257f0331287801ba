#include "core/jobs.h"

#include "core/crypto.h"
#include "core/tx.h"

#include <string.h>

enum { PATIENCE = 3, ROUNDS = 4, LEASE_S = 300, ATTEMPTS = 8, RETRY_S = 30, KEPT_DAYS = 30, OFTEN_S = 60 };

typedef struct Job {
    Id      id;
    Str     kind;
    Id      arg;
    Str     key;
    Time    due;
    Str     state;   /* queued, done, given_up */
    int64_t attempts;
    Time    lease;   /* somebody has it until then */
    Id      holder;  /* and proves it by this */
    Str     error;
    Time    at;      /* parameters: now, this process's number, … */
    int64_t node, most;
} Job;

static const Code state_rows[] = {
    { "queued", "待执行", "queued" }, { "done", "已完成", "done" }, { "given_up", "已放弃", "given up" },
};
static const Codes states = { .name = "job_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(Job, id,       .label = "编号",     .en = "id",        .rule = SERVER_SET),
    FIELD(Job, kind,     .label = "类别",     .en = "kind"),
    FIELD(Job, arg,      .label = "对象",     .en = "subject",   .rule = SERVER_SET),
    FIELD(Job, key,      .label = "标识",     .en = "key",       .rule = SERVER_SET),
    FIELD(Job, due,      .label = "应办时间", .en = "due",       .rule = SERVER_SET),
    FIELD(Job, state,    .label = "状态",     .en = "state",     .codes = &states),
    FIELD(Job, attempts, .label = "次数",     .en = "attempts",  .rule = SERVER_SET),
    FIELD(Job, lease,    .label = "占用至",   .en = "held until", .rule = SERVER_SET),
    FIELD(Job, holder,   .label = "占用者",   .en = "holder",    .rule = HIDDEN),
    FIELD(Job, error,    .label = "错误",     .en = "error",     .rule = SERVER_SET),
    FIELD(Job, at,       .label = "现在",     .en = "now",       .rule = HIDDEN),
    FIELD(Job, node,     .label = "进程",     .en = "process",   .rule = HIDDEN),
    FIELD(Job, most,     .label = "上限",     .en = "most",      .rule = HIDDEN),
};
static const Form job_form = FORM(Job, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE job("
      "  id       INTEGER PRIMARY KEY,"
      "  kind     TEXT NOT NULL,"        /* JobKind.word */
      "  arg      INTEGER NOT NULL,"
      "  key      TEXT NOT NULL UNIQUE," /* what it is: never twice */
      "  due      INTEGER NOT NULL,"
      "  state    TEXT NOT NULL CHECK(state IN ('queued', 'done', 'given_up')),"
      "  attempts INTEGER NOT NULL,"
      "  lease    INTEGER NOT NULL,"
      "  holder   INTEGER NOT NULL,"
      "  error    TEXT NOT NULL) STRICT;"
      "CREATE INDEX job_by_due ON job(state, due);" },
};

static const Query q_add = {
    .name = "job.add", .in = &job_form, .quiet = true,
    .sql = "INSERT INTO job(id, kind, arg, key, due, state, attempts, lease, holder, error)"
           " VALUES(:id, :kind, :arg, :key, :due, 'queued', 0, 0, 0, '') ON CONFLICT(key) DO NOTHING",
};
static const Query q_next = {
    .name = "job.next", .in = &job_form, .out = &job_form,
    .sql = "SELECT id, kind, arg, key, due, state, attempts, lease, holder, error FROM job"
           " WHERE state = 'queued' AND due <= :at AND lease <= :at ORDER BY due, id LIMIT 1",
};
static const Query q_claim = {
    .name = "job.claim", .in = &job_form, .quiet = true,
    .sql = "UPDATE job SET lease = :lease, holder = :holder, attempts = attempts + 1"
           " WHERE id = :id AND state = 'queued' AND lease <= :at",
};
/* But one that was held whenever the process died may be why it died: that one waits. */
static const Query q_back = {
    .name = "job.back", .in = &job_form, .quiet = true,
    .sql = "UPDATE job SET lease = 0 WHERE state = 'queued' AND lease > :at AND holder % 1024 = :node"
           " AND attempts < :most",
};
static const Query q_done = {
    .name = "job.done", .in = &job_form, .quiet = true,
    .sql = "UPDATE job SET state = 'done', error = '' WHERE id = :id AND state = 'queued' AND holder = :holder",
};
static const Query q_drop = { /* of what is due every few seconds, nothing is kept */
    .name = "job.drop", .in = &job_form, .quiet = true,
    .sql = "DELETE FROM job WHERE id = :id AND state = 'queued' AND holder = :holder",
};
static const Query q_failed = {
    .name = "job.failed", .in = &job_form, .quiet = true,
    .sql = "UPDATE job SET state = :state, due = :due, lease = 0, error = :error"
           " WHERE id = :id AND state = 'queued' AND holder = :holder",
};
static const Query q_forget = {
    .name = "job.forget", .in = &job_form, .quiet = true,
    .sql = "DELETE FROM job WHERE state = 'done' AND due < :at",
};
static const Query q_list = {
    .name = "job.list", .in = &job_form, .out = &job_form,
    .sql = "SELECT id, kind, arg, key, due, state, attempts, lease, error FROM job"
           " WHERE state = :state AND (:kind = '' OR kind = :kind) ORDER BY due DESC LIMIT 200",
};
static const Query *const queries[] = {
    &q_add, &q_next, &q_claim, &q_back, &q_done, &q_drop, &q_failed, &q_forget, &q_list, NULL,
};

static const JobKind *kind_of(const Ctx *c, Str word)
{
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->jobs; i++) {
            if (str_eq(str_of((*s)->job[i].word), word)) return &(*s)->job[i];
        }
    }
    return NULL;
}

/* "word" ":" number: what a job of no other name is called. */
static Str numbered(Ctx *c, Str word, int64_t n)
{
    Out o = { .buf = NEW(c->mem, char, word.n + 32), .cap = word.n + 32 };
    out_str(&o, word);
    out_str(&o, S(":"));
    out_int(&o, n);
    return out_view(&o);
}

void job_add(Ctx *c, Str kind, Id arg, Time due, Str key)
{
    if (!ok(c)) return;
    BUG_IF(!kind_of(c, kind));
    Job j = { .id = id_next(c), .kind = kind, .arg = arg, .due = due, .key = key };
    if (key.n == 0) j.key = numbered(c, kind, j.id.n);
    db_insert(c, &q_add, &j);
}

/* ---- schedules ------------------------------------------------------------------- */

/* "00:30" as minutes; a JobKind's own text, so it is right or a bug. */
static int minutes_of(const char *text)
{
    BUG_IF(strlen(text) != 5 || text[2] != ':');
    return ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
}

static void schedule(Ctx *c, const JobKind *k)
{
    Str word = str_of(k->word);
    if (k->daily) {
        int minute = minutes_of(k->daily);
        Time due = time_at(c->today, minute / 60, minute % 60);
        if (now(c).s >= due.s) job_add(c, word, (Id){ 0 }, due, numbered(c, word, c->today.day));
    }
    if (k->every_s) {
        int64_t n = now(c).s / k->every_s;
        job_add(c, word, (Id){ 0 }, (Time){ n * k->every_s }, numbered(c, word, n));
    }
}

void jobs_schedule(Ctx *c)
{
    tx_begin(c);
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->jobs; i++) schedule(c, &(*s)->job[i]);
    }
    c->status = 204;
    tx_end(c);
}

/* ---- doing ------------------------------------------------------------------------- */

/* The job is ours, or c has failed; CLASH if another was quicker. */
static bool claim(Ctx *c, Job *j)
{
    *j = (Job){ .at = now(c) };
    tx_begin(c);
    bool found = db_find(c, &q_next, j, j);
    if (found) {
        j->at = now(c);
        j->holder = id_next(c);
        j->lease = (Time){ now(c).s + LEASE_S };
        db_change(c, &q_claim, j);
    }
    c->status = 204;
    tx_end(c);
    return found && ok(c);
}

static void run_claimed(Ctx *c, const Job *j)
{
    const JobKind *k = kind_of(c, j->kind);
    if (!k || !k->begins) tx_begin(c);
    if (k) k->run(c, j->arg);
    else fail(c, ERR_NOT_FOUND, j->kind); /* of a newer program: let that do it */
    BUG_IF(ok(c) && !db_in_tx(c->db));
    c->status = 204;
    db_change(c, k && k->every_s && k->every_s < OFTEN_S ? &q_drop : &q_done, j);
    tx_end(c);
}

/* What lost a race, or was taken back with another's work, is run again at once. */
static void run_till_through(Ctx *c, const Job *j)
{
    Arena mem = *c->mem;
    for (int i = 0; i < ROUNDS && (i == 0 || c->err == ERR_AGAIN); i++) {
        *c->mem = mem;
        ctx_again(c);
        run_claimed(c, j);
    }
}

static void note_failure(Ctx *c, Job *j)
{
    Str why = str_of(err_info[c->err].word);
    ctx_again(c);
    j->attempts++;
    j->state = j->attempts >= ATTEMPTS ? S("given_up") : S("queued");
    j->due = (Time){ now(c).s + RETRY_S * j->attempts };
    j->error = why;
    tx_begin(c);
    db_change_any(c, &q_failed, j);
    tx_end(c);
}

bool jobs_step(Ctx *c)
{
    Job j;
    c->route = NULL;
    c->key = (Str){ 0 };
    c->who = (Actor){ .roles = SYSTEM };
    c->method = S("job");
    ctx_again(c);
    bool mine = claim(c, &j);
    bool raced = c->err == ERR_NOT_FOUND || c->err == ERR_AGAIN; /* lost: look again */
    if (!mine) return !ok(c) && raced;
    c->method = j.kind;
    run_till_through(c, &j);
    if (!ok(c)) note_failure(c, &j);
    return true;
}

void jobs_take_back(Ctx *c)
{
    tx_begin(c);
    const Job mine = { .at = now(c), .node = id_node(id_next(c)), .most = PATIENCE };
    db_change_any(c, &q_back, &mine);
    c->status = 204;
    tx_end(c);
}

/* ---- housekeeping and a look --------------------------------------------------------- */

static void forget(Ctx *c, Id arg)
{
    (void)arg;
    db_change_any(c, &q_forget, &(Job){ .at = { now(c).s - (int64_t)KEPT_DAYS * 86400 } });
}

static const JobKind kinds[] = {
    { .word = "forget_jobs", .run = forget, .daily = "03:20" },
};

static void list(Ctx *c)
{
    Job ask = { .state = S("queued") };
    form_read_query(c, &job_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    reply_rows(c, &job_form, rows, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/jobs", SYS_ADMIN, list, "任务队列", "the queue of jobs", .query = &job_form,
      .out = &job_form, .list = true },
};

const Slice jobs_slice = {
    .name = "jobs", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = kinds, .jobs = COUNT(kinds), .start = jobs_take_back,
};
