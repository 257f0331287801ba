/*
** Save and go on later, without an account: a draft is sealed text under a code
** that only its writer has.  It is read as an application when it is submitted,
** and forgotten after DRAFT_DAYS (data/params.csv).
*/
#include "case/1-intake/draft.h"

#include "core/crypto.h"

enum { CODE = 12, DRAFT_MAX = 60000 };

typedef struct Draft {
    Id   id;
    Str  digest;   /* of the code */
    Str  code;     /* shown once */
    Str  content;  /* JSON as the writer's screen has it */
    Date day;      /* last saved */
    Date before;
    int64_t version;
} Draft;

static const Field fields[] = {
    FIELD(Draft, id,      .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(Draft, digest,  .label = "编码摘要", .en = "digest", .rule = HIDDEN),
    FIELD(Draft, code,    .label = "草稿编码", .en = "draft code", .rule = SERVER_SET),
    FIELD(Draft, content, .label = "内容", .en = "content", .rule = REQUIRED | SEALED | PROSE, .min = 2, .max = DRAFT_MAX),
    FIELD(Draft, day,     .label = "保存日期", .en = "saved on", .rule = SERVER_SET),
    FIELD(Draft, before,  .label = "早于", .en = "before", .rule = HIDDEN),
    FIELD(Draft, version, .label = "版本", .en = "version", .rule = SERVER_SET),
};
static const Form draft_form = FORM(Draft, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE draft("
      "  id      INTEGER PRIMARY KEY,"
      "  digest  TEXT NOT NULL UNIQUE,"  /* of the code; the code itself is not kept */
      "  content TEXT NOT NULL,"         /* sealed */
      "  day     TEXT NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX draft_by_day ON draft(day);" },
};

static const Query q_add = {
    .name = "draft.add", .in = &draft_form,
    .sql = "INSERT INTO draft(id, digest, content, day, version) VALUES(:id, :digest, :content, :day, 1)",
};
static const Query q_get = {
    .name = "draft.get", .in = &draft_form, .out = &draft_form,
    .sql = "SELECT id, content, day, version FROM draft WHERE digest = :digest",
};
static const Query q_set = {
    .name = "draft.set", .in = &draft_form,
    .sql = "UPDATE draft SET content = :content, day = :day, version = :version WHERE digest = :digest",
};
static const Query q_drop = {
    .name = "draft.drop", .in = &draft_form,
    .sql = "DELETE FROM draft WHERE digest = :digest",
};
static const Query q_forget = {
    .name = "draft.forget", .in = &draft_form,
    .sql = "DELETE FROM draft WHERE day < :before",
};
static const Query *const queries[] = { &q_add, &q_get, &q_set, &q_drop, &q_forget, NULL };

Str draft_digest(Ctx *c, Str code)
{
    return text_digest(c->mem, c->house->keys, S("draft"), code);
}

bool draft_there(Ctx *c, Str code)
{
    Draft d = { .digest = draft_digest(c, code) };
    return db_get(c, &q_get, &d, &d);
}

void draft_close(Ctx *c, Str code)
{
    if (ok(c) && code.n) db_change_any(c, &q_drop, &(Draft){ .digest = draft_digest(c, code) });
}

static void create(Ctx *c)
{
    Draft d = { .code = code_new(c->mem, CODE), .day = c->today, .version = 1 };
    form_read(c, &draft_form, &d);
    tx_begin(c);
    d.id = id_next(c);
    d.digest = draft_digest(c, d.code);
    db_insert(c, &q_add, &d);
    reply_row(c, 201, &draft_form, &d);
    tx_end(c);
}

static void show(Ctx *c)
{
    Draft d = { .digest = draft_digest(c, c->arg[0]) };
    db_get(c, &q_get, &d, &d);
    tag_version(c, d.version);
    reply_row(c, 200, &draft_form, &d);
}

static void update(Ctx *c)
{
    Draft in = { 0 };
    form_read(c, &draft_form, &in);
    tx_begin(c);
    Draft d = { .digest = draft_digest(c, c->arg[0]) };
    db_get(c, &q_get, &d, &d);
    match_version(c, d.version);
    d.digest = draft_digest(c, c->arg[0]);
    d.content = in.content;
    d.day = c->today;
    d.version++;
    db_change(c, &q_set, &d);
    tag_version(c, d.version);
    reply_row(c, 200, &draft_form, &d);
    tx_end(c);
}

static void discard(Ctx *c)
{
    tx_begin(c);
    db_change(c, &q_drop, &(Draft){ .digest = draft_digest(c, c->arg[0]) });
    draft_files_drop(c, c->arg[0]);
    reply_done(c);
    tx_end(c);
}

static void forget(Ctx *c, Id arg)
{
    Look look = { .params = &c->law->params, .day = c->today };
    (void)arg;
    int64_t days = param(&look, "DRAFT_DAYS");
    Draft before = { .before = date_plus(c->today, -(int)days) };
    if (look.missing.n == 0) db_change_any(c, &q_forget, &before);
    draft_files_forget(c);
}

static const Route routes[] = {
    { "POST", "/api/v1/drafts", ANYBODY, create, "保存草稿", "save a draft", .in = &draft_form, .out = &draft_form },
    { "GET", "/api/v1/drafts/:code", ANYBODY, show, "取回草稿", "go on with a draft", .out = &draft_form },
    { "PUT", "/api/v1/drafts/:code", ANYBODY, update, "更新草稿", "save it again", .in = &draft_form, .out = &draft_form },
    { "DELETE", "/api/v1/drafts/:code", ANYBODY, discard, "删除草稿", "discard it" },
};
static const JobKind jobs[] = {
    { .word = "forget_drafts", .run = forget, .daily = "03:30" },
};

const Slice draft_slice = {
    .name = "draft", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
