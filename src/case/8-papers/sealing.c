/*
** Papers that wait for a seal platform (等待用印).  What is printed lies in the
** store; it is no paper yet: nobody receives it, nothing rests on it.  The
** platform is asked beside the requests, again and again while it is away or has
** not decided; when it has signed, the paper is made as it was ordered.  What it
** refuses stays, with the reason, until a person asks again or gives up.
*/
#include "case/8-papers/papers.h"

#include "core/crypto.h"
#include "core/files.h"
#include "core/pause.h"
#include "paper/sign.h"
#include "paper/sign_why.h"
#include "register/organisations/organisations.h"
#include "register/people/people.h"

#include <stdio.h>
#include <unistd.h>

enum { LEASE_S = 120, MEMORY = 96 << 20, FILE_MOST = 64 << 20, PATH = 1024,
       OFFICE_MAKERS = CLERK | HEAD | ORG_MANAGER | CONVENER | HR | LINK_UNION | LINK_ARB | LINK_COURT,
       MAKERS = CLERK | DISPATCHER | MEDIATORS | HEAD | ORG_MANAGER | VISITOR | ARCHIVIST | OFFICE_MAKERS };

typedef struct SealAsk {
    Id      made_id, case_id, party_id;
    Str     code, variant, label, number;
    Str     office;   /* its name */
    Str     org_path, path_end;
    Str     state;    /* waiting sealed refused given_up */
    Str     why, why_zh; /* the platform's own words stand in both */
    int64_t attempts;
    Time    lease, at;
    Id      holder, by_id;
    Str     applicant, respondent;
    Time    now;      /* parameters */
    int64_t node;
} SealAsk;

static const Code state_rows[] = {
    { "waiting", "等待用印", "waiting for the seal" }, { "sealed", "已用印", "sealed" },
    { "refused", "印章平台未予用印", "refused by the platform" }, { "given_up", "已取消", "given up" },
};
static const Codes states = { .name = "sealing_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(SealAsk, made_id,  .label = "文书", .en = "paper", .rule = SERVER_SET),
    FIELD(SealAsk, case_id,  .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(SealAsk, party_id, .label = "受送达人", .en = "for which party", .rule = SERVER_SET),
    FIELD(SealAsk, code,     .label = "文书", .en = "which paper", .rule = SERVER_SET),
    FIELD(SealAsk, variant,  .label = "种类", .en = "which of several", .rule = SERVER_SET),
    FIELD(SealAsk, label,    .label = "文书名称", .en = "its name", .rule = SERVER_SET),
    FIELD(SealAsk, number,   .label = "文号", .en = "number", .rule = SERVER_SET),
    FIELD(SealAsk, office,   .label = "组织", .en = "office", .rule = SERVER_SET),
    FIELD(SealAsk, org_path, .label = "组织路径", .rule = HIDDEN),
    FIELD(SealAsk, path_end, .label = "路径末", .rule = HIDDEN),
    FIELD(SealAsk, state,    .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(SealAsk, why,      .label = "原因（英文）", .en = "why", .rule = SERVER_SET),
    FIELD(SealAsk, why_zh,   .label = "原因", .en = "why, in Chinese", .rule = SERVER_SET),
    FIELD(SealAsk, attempts, .label = "次数", .en = "attempts", .rule = SERVER_SET),
    FIELD(SealAsk, lease,    .label = "下次", .en = "next try", .rule = SERVER_SET),
    FIELD(SealAsk, at,       .label = "提交时间", .en = "asked at", .rule = SERVER_SET),
    FIELD(SealAsk, holder,   .label = "占用者", .rule = HIDDEN),
    FIELD(SealAsk, by_id,    .label = "提交人", .en = "by", .rule = SERVER_SET),
    FIELD(SealAsk, applicant,  .label = "申请人", .en = "applicant", .rule = SERVER_SET),
    FIELD(SealAsk, respondent, .label = "被申请人", .en = "respondent", .rule = SERVER_SET),
    FIELD(SealAsk, now,      .label = "现在", .rule = HIDDEN),
    FIELD(SealAsk, node,     .label = "进程", .rule = HIDDEN),
};
static const Form ask_form = { .name = "Sealing", .size = sizeof(SealAsk), .field = fields, .n = COUNT(fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE seal_ask("
      "  made_id  INTEGER PRIMARY KEY REFERENCES made_wait, case_id INTEGER NOT NULL, party_id INTEGER NOT NULL,"
      "  code     TEXT NOT NULL, variant TEXT NOT NULL, label TEXT NOT NULL, number TEXT NOT NULL,"
      "  office   TEXT NOT NULL, org_path TEXT NOT NULL,"
      "  state    TEXT NOT NULL CHECK(state IN ('waiting', 'sealed', 'refused', 'given_up')), why TEXT NOT NULL,"
      "  attempts INTEGER NOT NULL, lease INTEGER NOT NULL, at INTEGER NOT NULL, holder INTEGER NOT NULL,"
      "  by_id    INTEGER NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX seal_ask_once ON seal_ask(case_id, code, variant)"
      " WHERE case_id > 0 AND state IN ('waiting', 'refused');"
      "CREATE INDEX seal_ask_by_case ON seal_ask(case_id, made_id);"
      "CREATE INDEX seal_ask_by_org ON seal_ask(org_path, made_id);"
      "CREATE INDEX seal_ask_by_state ON seal_ask(state, lease);" },
};

#define COLUMNS \
    "made_id, case_id, party_id, code, variant, label, number, office, org_path, state, why, attempts, lease," \
    " at, holder, by_id"
static const Query q_add = {
    .name = "sealing.add", .in = &ask_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO seal_ask(" COLUMNS ") VALUES(:made_id, :case_id, :party_id, :code, :variant, :label, :number,"
           " :office, :org_path, :state, :why, :attempts, :lease, :at, :holder, :by_id)",
};
static const Query q_next = {
    .name = "sealing.next", .in = &ask_form, .out = &ask_form,
    .sql = "SELECT " COLUMNS " FROM seal_ask WHERE state = 'waiting' AND lease <= :now"
           " ORDER BY lease, made_id LIMIT 1",
};
static const Query q_claim = {
    .name = "sealing.claim", .in = &ask_form, .quiet = true,
    .sql = "UPDATE seal_ask SET lease = :lease, holder = :holder, attempts = attempts + 1"
           " WHERE made_id = :made_id AND state = 'waiting' AND lease <= :now",
};
static const Query q_back = {
    .name = "sealing.back", .in = &ask_form, .quiet = true,
    .sql = "UPDATE seal_ask SET lease = 0 WHERE state = 'waiting' AND lease > :now AND holder % 1024 = :node",
};
static const Query q_set = {
    .name = "sealing.set", .in = &ask_form,
    .sql = "UPDATE seal_ask SET state = :state, why = :why, lease = :lease WHERE made_id = :made_id"
           " AND state = 'waiting'",
};
static const Query q_decide = {
    .name = "sealing.decide", .in = &ask_form,
    .sql = "UPDATE seal_ask SET state = :state, why = :why, lease = 0, attempts = 0"
           " WHERE made_id = :made_id AND state IN ('waiting', 'refused')",
};
static const Query q_get = {
    .name = "sealing.get", .in = &ask_form, .out = &ask_form,
    .sql = "SELECT " COLUMNS " FROM seal_ask WHERE made_id = :made_id",
};
static const Query q_of_case = {
    .name = "sealing.of_case", .in = &ask_form, .out = &ask_form,
    .sql = "SELECT " COLUMNS " FROM seal_ask WHERE case_id = :case_id ORDER BY case_id, made_id LIMIT 200",
};
static const Query q_open = {
    .name = "sealing.open", .in = &ask_form, .out = &ask_form,
    .sql = "SELECT s.made_id, s.case_id, s.party_id, s.code, s.variant, s.label, s.number, s.office, s.org_path,"
           " s.state, s.why, s.attempts, s.lease, s.at, s.holder, s.by_id, coalesce(k.applicant, '') AS applicant,"
           " coalesce(k.respondent, '') AS respondent FROM seal_ask s LEFT JOIN cases k ON k.id = s.case_id"
           " WHERE s.org_path >= :org_path AND s.org_path < :path_end"
           " AND s.state IN ('waiting', 'refused') ORDER BY s.org_path, s.made_id LIMIT 200",
};
static const Query *const queries[] = {
    &q_add, &q_next, &q_claim, &q_back, &q_set, &q_decide, &q_get, &q_of_case, &q_open, NULL,
};

void work_wait(Ctx *c, PaperWork *w)
{
    const Made *m = &w->made;
    const SealAsk a = {
        .made_id = m->id, .case_id = m->case_id, .party_id = w->order.party_id, .code = m->code,
        .variant = m->variant, .label = m->label, .number = m->number, .office = w->facts.head.office,
        .org_path = m->org_path, .state = S("waiting"), .at = now(c), .by_id = c->who.id,
    };
    made_wait(c, m);
    db_insert(c, &q_add, &a);
}

/* ---- asking the platform ------------------------------------------------------------------ */

typedef struct Sealing {
    Ctx      *c;
    SealAsk   ask;
    Made      made;
    SignFate  fate;
    Str       why;
} Sealing;

static bool claim(Ctx *c, SealAsk *a)
{
    *a = (SealAsk){ .now = now(c) };
    if (!db_find(c, &q_next, a, a)) return false;
    a->now = now(c);
    a->lease = (Time){ now(c).s + LEASE_S };
    a->holder = id_next(c);
    tx_begin(c);
    db_change(c, &q_claim, a);
    c->status = 204;
    tx_end(c);
    return ok(c);
}

/* What was printed, signed: the same bytes each time it is asked for. */
static void sign(Sealing *s)
{
    char path[PATH];
    bool good = false;
    Ctx *c = s->c;
    Made *m = &s->made;
    s->fate = SIGN_REFUSED;
    const SignNote note = { .id = m->verify, .reason = m->label, .place = s->ask.office, .at = m->at };
    Str printed = file_read(c->mem, str_c(c->mem, file_path(c, m->file)), FILE_MOST, &good);
    (void)snprintf(path, sizeof path, "%s/seal-%lld", c->house->folder, (long long)m->id.n);
    (void)unlink(path);
    s->why = S("the printed file is not there");
    if (good) good = file_write(path, printed);
    if (good) s->fate = pdf_sign(c->mem, c->house->signer, path, &note, &s->why);
    if (s->fate == SIGN_DONE) {
        Str whole = file_read(c->mem, path, FILE_MOST, &good);
        m->file = file_put(c, whole);
        m->sm3 = sm3_hex(c->mem, whole);
        m->size = (int64_t)whole.n;
    }
    (void)unlink(path);
}

/* As if it had been made at once, but with the seal. */
static void add(Sealing *s)
{
    Ctx *c = s->c;
    PaperWork *w = NEW(c->mem, PaperWork, 1);
    w->made = s->made;
    w->order = (PaperOrder){ .code = s->made.code, .variant = s->made.variant, .party_id = s->ask.party_id };
    w->rule = paper_find(&c->law->dossier, s->made.code);
    w->facts.head.office = s->ask.office;
    tx_begin(c);
    if (s->made.case_id.n) {
        case_get(c, s->made.case_id, &w->k);
        (void)case_unsealed(c, &w->k);
    }
    made_add(c, &w->made);
    if (ok(c) && w->k.id.n && w->rule) {
        work_record(c, w);
        case_note(c, &w->k, S("paper_made"), w->made.label);
        case_save(c, &w->k);
    }
    s->ask.state = S("sealed");
    s->ask.why = (Str){ 0 };
    db_change(c, &q_set, &s->ask);
    c->status = 204;
    tx_end(c);
}

static void put_off(Sealing *s, bool refused)
{
    Ctx *c = s->c;
    ctx_again(c);
    s->ask.state = refused ? S("refused") : S("waiting");
    s->ask.why = s->why;
    s->ask.lease = (Time){ refused ? 0 : now(c).s + pause_s(s->ask.attempts) };
    tx_begin(c);
    db_change_any(c, &q_set, &s->ask);
    c->status = 204;
    tx_end(c);
}

/* What stands in the way of a paper that is signed already: its case, or another like it. */
static Str hindrance(Err e)
{
    switch (e) {
    case ERR_WRONG_STATE: return S("the case is archived");
    case ERR_CLASH: return S("what it was to replace has ended meanwhile");
    case ERR_INVALID: case ERR_NOT_FOUND: case ERR_FORBIDDEN: return S("the case has changed meanwhile");
    default: return (Str){ 0 };
    }
}

static void step(Sealing *s)
{
    Ctx *c = s->c;
    if (!claim(c, &s->ask)) return;
    ctx_again(c);
    if (!made_waiting(c, s->ask.made_id, &s->made)) return;
    sign(s);
    if (s->fate == SIGN_DONE && ok(c)) {
        if (!actor_load(c, s->ask.by_id)) ctx_again(c); /* the account is closed: the house itself goes on */
        add(s);
        if (ok(c)) return;
        s->why = hindrance(c->err);
        put_off(s, s->why.n > 0);
        return;
    }
    put_off(s, s->fate == SIGN_REFUSED);
}

static void look(Ctx *c)
{
    const Signer *signer = c->house->signer;
    if (!signer || !signer->kind->remote) return;
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block), *mine = c->mem;
    Sealing s = { .c = c };
    c->method = S("sealing");
    c->mem = &mem;
    step(&s);
    ctx_again(c);
    c->mem = mine;
    block_close(&block);
}

static void start(Ctx *c)
{
    tx_begin(c);
    db_change_any(c, &q_back, &(SealAsk){ .now = now(c), .node = id_node(id_next(c)) });
    c->status = 204;
    tx_end(c);
}

/* ---- answers -------------------------------------------------------------------------------- */

static Rows said(Rows rows)
{
    SealAsk *a = rows.at;
    for (size_t i = 0; i < rows.n; i++) a[i].why_zh = signer_why_zh(a[i].why);
    return rows;
}

static void list(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &ask_form, said(db_list(c, &q_of_case, &(SealAsk){ .case_id = k.id })), (Str){ 0 });
}

static void list_open(Ctx *c)
{
    Str path = c->who.org_path;
    const SealAsk ask = { .org_path = path, .path_end = path_end(c->mem, path) };
    reply_rows(c, &ask_form, said(db_list(c, &q_open, &ask)), (Str){ 0 });
}

/* A person decides: again, or not at all. */
static void decide(Ctx *c, Str from, Str state)
{
    Case k;
    SealAsk a = { .made_id = arg_id(c, 0) };
    tx_begin(c);
    (void)db_get(c, &q_get, &a, &a);
    if (ok(c) && !org_sees(c, a.org_path)) fail(c, ERR_NOT_FOUND, S("paper"));
    if (ok(c) && a.case_id.n) (void)case_get(c, a.case_id, &k);
    bool open = str_eq(a.state, S("refused")) || (from.n == 0 && str_eq(a.state, S("waiting")));
    if (ok(c) && !open) fail(c, ERR_WRONG_STATE, a.state);
    a.state = state;
    a.why = (Str){ 0 };
    db_change(c, &q_decide, &a);
    Str what = str_eq(state, S("waiting")) ? S("paper_waits") : S("paper_given_up");
    if (ok(c) && a.case_id.n) case_note(c, &k, what, a.label);
    reply_row(c, 200, &ask_form, &a);
    tx_end(c);
}

static void again(Ctx *c)
{
    decide(c, S("refused"), S("waiting"));
}

static void give_up(Ctx *c)
{
    decide(c, (Str){ 0 }, S("given_up"));
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/sealings", STAFF, list, "等待用印的文书", "papers that wait for the seal", .out = &ask_form,
      .list = true },
    { "GET", "/api/v1/sealings", MAKERS, list_open, "未用印的文书", "what waits for the seal, or was refused",
      .out = &ask_form, .list = true },
    { "POST", "/api/v1/sealings/:made/again", MAKERS, again, "重新申请用印", "ask the platform again", .out = &ask_form },
    { "POST", "/api/v1/sealings/:made/give-up", MAKERS, give_up, "取消用印", "give it up", .out = &ask_form },
};

const Slice sealing_slice = {
    .name = "sealing", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .start = start, .look = look,
};
