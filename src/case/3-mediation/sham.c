/*
** Suspected sham mediation (特邀调解规定 18, 在线调解规则 23): noted, reported,
** and until the head has cleared it nothing is agreed, signed or performed.
*/
#include "case/3-mediation/mediation.h"
#include "case/task.h"

typedef struct Sham {
    Id   id, case_id;
    Str  signs, reason, state;
    Id   by, decided_by;
    Time at, decided_at;
    Str  decision;
} Sham;

static const Code sign_rows[] = {
    { "COLLUSION", "恶意串通", "collusion" }, { "FORGED", "伪造证据", "forged evidence" },
    { "CREDITORS", "债务人另有多名债权人", "a debtor with other creditors" },
    { "ROUND", "多名劳动者请求数额雷同", "round identical claims of many workers" }, { "OTHER", "其他", "other" },
};
static const Codes signs = { .name = "sham_sign", .row = sign_rows, .n = COUNT(sign_rows) };
static const Code state_rows[] = {
    { "open", "待核查", "open" }, { "cleared", "已排除", "cleared" }, { "confirmed", "已认定", "confirmed" },
};
static const Codes states = { .name = "sham_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(Sham, id,         .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Sham, case_id,    .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Sham, signs,      .label = "可疑情形", .en = "signs", .rule = MANY, .codes = &signs),
    FIELD(Sham, reason,     .label = "说明", .en = "reason", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Sham, state,      .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Sham, by,         .label = "提出人", .en = "by", .rule = SERVER_SET),
    FIELD(Sham, at,         .label = "提出时间", .en = "at", .rule = SERVER_SET),
    FIELD(Sham, decided_by, .label = "核查人", .en = "decided by", .rule = SERVER_SET),
    FIELD(Sham, decided_at, .label = "核查时间", .en = "decided at", .rule = SERVER_SET),
    FIELD(Sham, decision,   .label = "核查意见", .en = "decision", .rule = SERVER_SET),
};
static const Form sham_form = FORM(Sham, fields);

typedef struct ShamVerdict {
    bool cleared;
    Str  decision;
} ShamVerdict;
static const Field verdict_fields[] = {
    FIELD(ShamVerdict, cleared,  .label = "已排除嫌疑", .en = "cleared", .rule = REQUIRED),
    FIELD(ShamVerdict, decision, .label = "核查意见", .en = "decision", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form verdict_form = FORM(ShamVerdict, verdict_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE sham("
      "  id         INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  signs      TEXT NOT NULL, reason TEXT NOT NULL,"
      "  state      TEXT NOT NULL CHECK(state IN ('open', 'cleared', 'confirmed')),"
      "  by         INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  decided_by INTEGER NOT NULL, decided_at INTEGER NOT NULL, decision TEXT NOT NULL) STRICT;"
      "CREATE INDEX sham_by_case ON sham(case_id, id);" },
};
#define COLUMNS "id, case_id, signs, reason, state, by, at, decided_by, decided_at, decision"
static const Query q_add = {
    .name = "sham.add", .in = &sham_form,
    .sql = "INSERT INTO sham(" COLUMNS ") VALUES(:id, :case_id, :signs, :reason, :state, :by, :at, :decided_by,"
           " :decided_at, :decision)",
};
static const Query q_list = {
    .name = "sham.list", .in = &sham_form, .out = &sham_form,
    .sql = "SELECT " COLUMNS " FROM sham WHERE case_id = :case_id ORDER BY case_id, id",
};
static const Query q_last = {
    .name = "sham.last", .in = &sham_form, .out = &sham_form,
    .sql = "SELECT " COLUMNS " FROM sham WHERE case_id = :case_id ORDER BY id DESC LIMIT 1",
};
static const Query q_decide = {
    .name = "sham.decide", .in = &sham_form,
    .sql = "UPDATE sham SET state = :state, decided_by = :decided_by, decided_at = :decided_at, decision = :decision"
           " WHERE id = :id AND state = 'open'",
};
static const Query *const queries[] = { &q_add, &q_list, &q_last, &q_decide, NULL };

/* Confirmed is as good as open: it was not cleared. */
bool sham_open(Ctx *c, const Case *k)
{
    Sham s = { .case_id = k->id };
    return db_find(c, &q_last, &s, &s) && !str_eq(s.state, S("cleared"));
}

bool sham_known(Ctx *c, const Case *k)
{
    Sham s = { .case_id = k->id };
    return db_find(c, &q_last, &s, &s);
}

static void suspect(Ctx *c, Case *k, Sham *s)
{
    s->id = id_next(c);
    s->case_id = k->id;
    s->state = S("open");
    s->by = c->who.id;
    s->at = now(c);
    db_insert(c, &q_add, s);
    flag_add(c, k, S("SHAM"));
    task_add(c, k, S("sham_report"), ROLE_HEAD, task_due(c, 1));
    task_add(c, k, S("sham_court"), ROLE_HEAD, task_due(c, 1));
}

void sham_suspect(Ctx *c, Case *k, Str reason)
{
    Sham s = { .reason = reason };
    if (!sham_open(c, k)) suspect(c, k, &s);
}

/* Every other flag stays. */
static void unflag(Ctx *c, Case *k)
{
    Str rest = k->flags;
    Out o = { .buf = NEW(c->mem, char, rest.n + 1), .cap = rest.n + 1 };
    while (rest.n) {
        Str word = str_cut(&rest, ' ');
        if (str_eq(word, S("SHAM"))) continue;
        if (o.len) out_str(&o, S(" "));
        out_str(&o, word);
    }
    k->flags = out_view(&o);
}

static void flag(Ctx *c)
{
    Case k;
    Sham s = { 0 };
    form_read(c, &sham_form, &s);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    /* One that had ended is opened again first. */
    states_only(c, &k, SPAN(REGISTERED, CONSENT) | SPAN(ACCEPTED, FAILED));
    if (sham_open(c, &k)) fail(c, ERR_CLASH, str_of(state_rows[0].zh));
    suspect(c, &k, &s);
    case_save(c, &k);
    case_note(c, &k, S("sham"), s.reason);
    reply_row(c, 201, &sham_form, &s);
    tx_end(c);
}

static void decide(Ctx *c)
{
    Case k;
    ShamVerdict v = { 0 };
    form_read(c, &verdict_form, &v);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    Sham s = { .case_id = k.id };
    db_get(c, &q_last, &s, &s);
    if (ok(c) && !str_eq(s.state, S("open"))) fail(c, ERR_CLASH, s.state);
    s.state = v.cleared ? S("cleared") : S("confirmed");
    s.decided_by = c->who.id;
    s.decided_at = now(c);
    s.decision = v.decision;
    db_change(c, &q_decide, &s);
    task_done(c, &k, S("sham_report"), s.state);
    if (v.cleared) {
        unflag(c, &k);
        sham_resume(c, &k);
    }
    case_save(c, &k);
    case_note(c, &k, S("sham_decided"), s.state);
    reply_row(c, 200, &sham_form, &s);
    tx_end(c);
}

static void list(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &sham_form, db_list(c, &q_list, &(Sham){ .case_id = k.id }), (Str){ 0 });
}

static void locked(Ctx *c, Case *k)
{
    if (sham_open(c, k)) fail(c, ERR_BLOCKED, str_of(ending_zh(END_SHAM)));
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/sham", CLERK | MEDIATORS | LAWYER | HEAD, flag, "涉嫌虚假调解", "suspect sham mediation",
      .in = &sham_form, .out = &sham_form },
    { "GET", "/api/v1/cases/:id/sham", CLERK | MEDIATORS | LAWYER | HEAD | HR, list, "虚假调解嫌疑", "suspicions",
      .out = &sham_form, .list = true },
    { "POST", "/api/v1/cases/:id/sham/decide", HEAD, decide, "核查虚假调解嫌疑", "clear or confirm a suspicion",
      .in = &verdict_form, .out = &sham_form },
};
static const Hook hooks[] = {
    { BEFORE, EV_AGREE, locked },
    { BEFORE, EV_SIGN, locked },
    { BEFORE, EV_PERFORM_ON_SPOT, locked },
};

const Slice sham_slice = {
    .name = "sham", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
