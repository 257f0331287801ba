/*
** Submitting (T1, T2), registering (T3), and what else is known of the same
** people: duplicates are linked, never refused.
*/
#include "case/1-intake/draft.h"
#include "case/1-intake/link.h"
#include "case/clock.h"
#include "case/task.h"
#include "case/twin.h"
#include "register/employers/employers.h"
#include "register/organisations/organisations.h"
#include "register/people/party.h"

enum { ASK_MAX = 5 };

/* ---- links between cases ---------------------------------------------------------- */

static const Code why_rows[] = {
    { "duplicate", "同一人、同一单位、同一案由", "same person, employer and cause" },
    { "same_employer", "同一单位、同一案由", "same employer and cause" },
    { "split", "分案", "split off" }, { "again", "再次申请", "applied again" },
};
static const Codes whys = { .name = "link_why", .row = why_rows, .n = COUNT(why_rows) };

typedef struct Link {
    Id   case_id, other_id;
    Str  why;
    Date day;
} Link;

static const Field link_fields[] = {
    FIELD(Link, case_id,   .label = "案件", .en = "case"),
    FIELD(Link, other_id,  .label = "关联案件", .en = "other case"),
    FIELD(Link, why,       .label = "关联原因", .en = "why", .codes = &whys),
    FIELD(Link, day,       .label = "日期", .en = "day"),
};
static const Form link_form = FORM(Link, link_fields);

/* A running number: of a year's cases in one office. */
typedef struct Counter {
    Str     name;
    int64_t n;
} Counter;

static const Field counter_fields[] = {
    FIELD(Counter, name, .label = "名称", .en = "name"),
    FIELD(Counter, n,    .label = "数", .en = "number"),
};
static const Form counter_form = FORM(Counter, counter_fields);

/* What an applicant is told. */
typedef struct Receipt {
    Id   id;
    Str  state;
    Str  receipt;   /* with the phone it opens the case; shown once */
    Date filed;
    Time filed_at;
    Date answer_by; /* C-ACC */
    Rows linked;
} Receipt;

static const Field receipt_fields[] = {
    FIELD(Receipt, id,        .label = "案件", .en = "case"),
    FIELD(Receipt, state,     .label = "状态", .en = "state"),
    FIELD(Receipt, receipt,   .label = "回执编码", .en = "receipt code"),
    FIELD(Receipt, filed,     .label = "收件日期", .en = "filing date"),
    FIELD(Receipt, filed_at,  .label = "提交时间", .en = "submitted at"),
    FIELD(Receipt, answer_by, .label = "最迟答复日", .en = "to be answered by"),
    FIELD(Receipt, linked,    .label = "关联案件", .en = "linked cases", .child = &link_form),
};
static const Form receipt_form = FORM(Receipt, receipt_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE case_link("
      "  case_id  INTEGER NOT NULL REFERENCES cases, other_id INTEGER NOT NULL REFERENCES cases,"
      "  why      TEXT NOT NULL, day TEXT NOT NULL,"
      "  PRIMARY KEY(case_id, other_id)) STRICT;"
      "CREATE INDEX case_link_back ON case_link(other_id);"
      "CREATE TABLE counter(name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;" },
};

static const Query q_link = {
    .name = "link.add", .in = &link_form,
    .sql = "INSERT INTO case_link(case_id, other_id, why, day) VALUES(:case_id, :other_id, :why, :day)"
           " ON CONFLICT(case_id, other_id) DO NOTHING",
};
static const Query q_links = {
    .name = "link.list", .in = &link_form, .out = &link_form,
    .sql = "SELECT case_id, other_id, why, day FROM case_link WHERE case_id = :case_id"
           " UNION ALL SELECT other_id AS case_id, case_id AS other_id, why, day FROM case_link"
           " WHERE other_id = :case_id",
};
static const Query q_drop = {
    .name = "link.drop", .in = &link_form,
    .sql = "DELETE FROM case_link WHERE why = 'duplicate' AND ((case_id = :case_id AND other_id = :other_id)"
           " OR (case_id = :other_id AND other_id = :case_id))",
};
static const Query q_count = {
    .name = "counter.next", .in = &counter_form, .quiet = true,
    .sql = "INSERT INTO counter(name, n) VALUES(:name, 1) ON CONFLICT(name) DO UPDATE SET n = counter.n + 1",
};
static const Query q_counted = {
    .name = "counter.get", .in = &counter_form, .out = &counter_form,
    .sql = "SELECT name, n FROM counter WHERE name = :name",
};
static const Query *const queries[] = { &q_link, &q_links, &q_drop, &q_count, &q_counted, NULL };

void link_add(Ctx *c, Id case_id, Id other_id, Str why)
{
    db_insert(c, &q_link, &(Link){ .case_id = case_id, .other_id = other_id, .why = why, .day = c->today });
}

void link_drop(Ctx *c, Id case_id, Id other_id)
{
    db_change_any(c, &q_drop, &(Link){ .case_id = case_id, .other_id = other_id });
}

/* May one of these people have another case?  Asked before anything is written, and of a few:
** so nearly all applications need the pen no earlier than at their end. */
static bool may_be_known(Ctx *c, const Intake *in)
{
    size_t asked = 0;
    for (size_t i = 0; i < in->parties.n; i++) {
        Party *p = (Party *)in->parties.at + i;
        if (!str_eq(p->kind, S("WORKER")) || !str_eq(p->part, S("PARTY"))) continue;
        if (asked++ == ASK_MAX || party_known(c, p)) return true;
    }
    return false;
}

/* Cases of the same workers with the same employer and cause, linked. */
static Rows link_duplicates(Ctx *c, const Case *k)
{
    Rows found = { 0 }, twins = twin_look(c, k);
    size_t cap = 0;
    for (size_t i = 0; i < twins.n; i++) {
        Link l = { .case_id = k->id, .other_id = ((const Twin *)twins.at)[i].other_id, .why = S("duplicate"),
                   .day = c->today };
        db_insert(c, &q_link, &l);
        *(Link *)rows_push(c->mem, &found, &cap, sizeof l) = l;
    }
    return found;
}

/* ---- what the case row takes from the application ------------------------------------- */

static const Party *first(const Intake *in, const char *side)
{
    for (size_t i = 0; i < in->parties.n; i++) {
        const Party *p = (const Party *)in->parties.at + i;
        if (party_is(p, side, "PARTY")) return p;
    }
    return NULL;
}

static const Party *employer_of_case(const Intake *in)
{
    for (size_t i = 0; i < in->parties.n; i++) {
        const Party *p = (const Party *)in->parties.at + i;
        if (str_eq(p->kind, S("EMPLOYER")) && str_eq(p->part, S("PARTY"))) return p;
    }
    return NULL;
}

/* 张三; 张三等12人. */
static Str names_of(Ctx *c, const Intake *in, const char *side)
{
    size_t n = 0;
    const Party *p = first(in, side);
    for (size_t i = 0; i < in->parties.n; i++) {
        n += party_is((const Party *)in->parties.at + i, side, "PARTY");
    }
    if (!p || n < 2) return p ? p->name : (Str){ 0 };
    Out o = { .buf = NEW(c->mem, char, p->name.n + 40), .cap = p->name.n + 40 };
    out_str(&o, p->name);
    out_str(&o, S("等"));
    out_int(&o, (int64_t)n);
    out_str(&o, S("人"));
    return out_view(&o);
}

static int64_t workers_of(const Intake *in)
{
    int64_t n = 0;
    for (size_t i = 0; i < in->parties.n; i++) {
        const Party *p = (const Party *)in->parties.at + i;
        n += str_eq(p->kind, S("WORKER")) && str_eq(p->part, S("PARTY"));
    }
    return n;
}

static void take_claims(Ctx *c, const Intake *in, Case *k)
{
    Out o = { .buf = NEW(c->mem, char, in->claims.n * 8 + 1), .cap = in->claims.n * 8 + 1 };
    k->amount = (Money){ 0 };
    for (size_t i = 0; i < in->claims.n; i++) {
        const Claim *claim = (const Claim *)in->claims.at + i;
        k->amount.fen += claim->amount.fen;
        if (i == 0) k->cause = claim->cause;
        if (str_has(out_view(&o), claim->cause)) continue;
        if (o.len) out_str(&o, S(" "));
        out_str(&o, claim->cause);
    }
    k->causes = out_view(&o);
}

/* The centre that it is for: staff file with their own, others name one. */
static void take_org(Ctx *c, Intake *in, Case *k)
{
    Org org;
    bool staff = c->who.org.n != 0;
    if (!staff && in->org.n == 0) fault(c, S("org"), FAULT_REQUIRED);
    if (staff && in->org.n == 0) in->org = c->who.org;
    if (in->org.n == 0 || !org_named(c, S("org"), in->org, &org)) return;
    if (!org.takes_cases) fault(c, S("org"), FAULT_NOT_ALLOWED);
    if (staff && !str_starts(org.path, c->who.org_path)) fault(c, S("org"), FAULT_NOT_ALLOWED);
    k->org = k->owner = org.id;
    k->org_path = k->owner_path = org.path;
}

static void take_employer(Ctx *c, const Intake *in, Case *k)
{
    const Party *p = employer_of_case(in);
    if (!p) return;
    Employer e = { .name = p->name, .uscc = p->uscc, .emp_type = p->emp_type, .industry = p->industry,
                   .staff = p->staff, .region = p->reg_region.n ? p->reg_region : in->region,
                   .region_main = p->main_region, .region_performance = in->region,
                   .legal_rep = p->legal_rep, .has_union = p->has_union, .has_committee = p->has_committee };
    employer_find_or_add(c, &e);
    k->employer_id = e.id;
    k->industry = p->industry;
}

void intake_take(Ctx *c, Intake *in, Case *k)
{
    take_org(c, in, k);
    if (!ok(c)) return;
    if (in->filed_at.s == 0) in->filed_at = now(c);
    if (in->source.n == 0) in->source = S("SELF");
    if (in->relation.n == 0) in->relation = S("LABOUR");
    k->channel = in->channel;
    k->mode = in->mode;
    k->source = in->source;
    k->appl_type = in->appl_type;
    k->applicant = names_of(c, in, "APPL");
    k->respondent = names_of(c, in, "RESP");
    k->region = in->region;
    k->workers = workers_of(in);
    k->filed_at = in->filed_at;
    k->filed = filing_date(&c->law->calendar, in->filed_at, 0);
    take_claims(c, in, k);
    take_employer(c, in, k);
}

void intake_store(Ctx *c, Intake *in, const Case *k)
{
    in->case_id = k->id;
    hand_seal(c, in);
    db_insert(c, &intake_add, in);
    for (size_t i = 0; i < in->parties.n; i++) party_add(c, k, (Party *)in->parties.at + i);
    for (size_t i = 0; i < in->claims.n; i++) {
        Claim *claim = (Claim *)in->claims.at + i;
        claim->id = id_next(c);
        claim->case_id = k->id;
        claim->change_id = (Id){ 0 };
        claim->no = (int64_t)i + 1;
        db_insert(c, &claim_add, claim);
    }
}

void intake_file(Ctx *c, Intake *in, Case *k, Str *receipt)
{
    *k = (Case){ 0 };
    *receipt = (Str){ 0 };
    intake_take(c, in, k);
    if (!ok(c)) return;
    case_new(c, k);
    k->then = EV_SUBMIT;
    k->told = in;
    case_fire(c, k, EV_START, (Str){ 0 });
    intake_store(c, in, k);
    case_fire(c, k, EV_SUBMIT, in->channel);
    k->told = NULL; /* from here on it may be changed */
    const Party *p = first(in, "APPL");
    draft_give(c, k, in, p ? p->id : (Id){ 0 });
    if (p && p->mobile.n) *receipt = party_receipt(c, k->id, p->mobile, APPLICANT, p->id);
    task_add(c, k, S("register"), ROLE_CLERK, (Time){ now(c).s + 86400 });
}

/* ---- handlers ----------------------------------------------------------------------------- */

/* Whoever applies without an account acts as a party on the applicant's side. */
static void as_applicant(Ctx *c)
{
    if (c->who.roles) return;
    c->who.roles = PARTY;
    c->who.sides = APPLICANT;
}

static void submit(Ctx *c)
{
    Case k;
    Intake in = { 0 };
    Receipt out = { 0 };
    as_applicant(c);
    (void)form_read(c, &intake_form, &in);
    bool staff = c->who.org.n != 0;
    if (!staff && in.filed_at.s) fault(c, S("filed_at"), FAULT_NOT_ALLOWED);
    if (!staff && str_eq(in.mode, S("ORAL"))) fault(c, S("mode"), FAULT_NOT_ALLOWED);
    intake_check(c, &in);
    tx_begin_late(c);
    hand_check(c, &in);
    bool known = may_be_known(c, &in);
    intake_file(c, &in, &k, &out.receipt);
    if (known) out.linked = link_duplicates(c, &k);
    draft_close(c, in.draft);
    out.id = k.id;
    out.state = k.state;
    out.filed = k.filed;
    out.filed_at = k.filed_at;
    out.answer_by = k.answer_by;
    reply_row(c, 201, &receipt_form, &out);
    tx_end(c);
}

/* 柳江劳人调 without its 调: the kind of case follows. */
static Str stem_of(Str name)
{
    Str kind = S("调");
    bool ends = name.n > kind.n && str_eq((Str){ name.s + name.n - kind.n, kind.n }, kind);
    return ends ? (Str){ name.s, name.n - kind.n } : name;
}

Str ledger_number(Ctx *c, const Case *k, Str word)
{
    Org org;
    Out name = { .buf = NEW(c->mem, char, 64), .cap = 64 };
    Out no = { .buf = NEW(c->mem, char, 256), .cap = 256 };
    if (!org_get(c, k->owner, &org)) return (Str){ 0 };
    int year = date_civil(c->today).year;
    out_int(&name, k->owner.n);
    out_str(&name, S(":"));
    out_int(&name, year);
    out_str(&name, S(":"));
    out_str(&name, word);
    Counter n = { .name = out_view(&name) };
    db_insert(c, &q_count, &n);
    db_get(c, &q_counted, &n, &n);
    out_str(&no, stem_of(org.short_name.n ? org.short_name : org.name));
    out_str(&no, word);
    out_str(&no, S("字〔"));
    out_int(&no, year);
    out_str(&no, S("〕第"));
    out_pad(&no, n.n, 4);
    out_str(&no, S("号"));
    return out_view(&no);
}

static void set_number(Ctx *c, Case *k)
{
    k->no = ledger_number(c, k, S("调"));
}

static void registered(Ctx *c, Case *k)
{
    task_done(c, k, S("register"), k->no);
    task_add(c, k, S("examine"), ROLE_CLERK, time_at(clock_last(c, k, S("C-ACC")), 17, 0));
}

static void show_links(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &link_form, db_list(c, &q_links, &(Link){ .case_id = k.id }), (Str){ 0 });
}

static const Route routes[] = {
    { "POST", "/api/v1/cases", ANYBODY | PARTIES | CLERK, submit, "提交调解申请", "submit an application", EV_SUBMIT,
      .in = &intake_form, .out = &receipt_form },
    { "POST", "/api/v1/cases/:id/register", CLERK, case_event, "登记", "register", EV_REGISTER,
      .in = &case_note_form, .out = &case_form },
    { "GET", "/api/v1/cases/:id/links", STAFF, show_links, "关联案件", "linked cases", .out = &link_form, .list = true },
};
static const Hook hooks[] = {
    { BEFORE, EV_REGISTER, set_number },
    { AFTER, EV_REGISTER, registered },
};

const Slice intake_file_slice = {
    .name = "intake_file", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
