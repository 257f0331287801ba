/*
** Splitting workers off a group case (AS-41), and what might belong together.
** Who does not consent goes on in a case of his own: same filing date, same
** periods, same mediators, no new acceptance.
*/
#include "case/1-intake/link.h"
#include "case/3-mediation/mediation.h"
#include "case/clock.h"
#include "case/task.h"
#include "law/contact.h"
#include "register/people/party.h"

typedef struct Apart { Id party_id; } Apart;
static const Field apart_fields[] = {
    FIELD(Apart, party_id, .label = "当事人", .en = "party", .rule = REQUIRED),
};
static const Form apart_form = FORM(Apart, apart_fields);

typedef struct Splitting {
    Rows  workers;
    Money amount;
    Str   reason;
    Id    case_id;   /* in answers: the new case */
    Str   no, state;
    Rows  receipts;
} Splitting;

typedef struct NewReceipt {
    Id  party_id;
    Str name, receipt;
} NewReceipt;
static const Field receipt_fields[] = {
    FIELD(NewReceipt, party_id, .label = "当事人", .en = "party"),
    FIELD(NewReceipt, name,     .label = "姓名", .en = "name"),
    FIELD(NewReceipt, receipt,  .label = "回执编码", .en = "receipt code"),
};
static const Form receipt_form = FORM(NewReceipt, receipt_fields);

static const Field splitting_fields[] = {
    FIELD(Splitting, workers,  .label = "分案的劳动者", .en = "who is split off", .min = 1, .max = 2000, .child = &apart_form),
    FIELD(Splitting, amount,   .label = "其请求金额（分）", .en = "what they claim, fen", .max = 100000000000),
    FIELD(Splitting, reason,   .label = "分案理由", .en = "reason", .rule = REQUIRED | PROSE, .min = 2, .max = 1000),
    FIELD(Splitting, case_id,  .label = "新案件", .en = "the new case", .rule = SERVER_SET),
    FIELD(Splitting, no,       .label = "登记号", .en = "ledger number", .rule = SERVER_SET),
    FIELD(Splitting, state,    .label = "状态", .en = "state", .rule = SERVER_SET),
    FIELD(Splitting, receipts, .label = "回执", .en = "receipts", .rule = SERVER_SET, .child = &receipt_form),
};
static const Form splitting_form = FORM(Splitting, splitting_fields);

/* A case that might be handled together with this one. */
typedef struct Near {
    Id   id;
    Str  no, state, applicant;
    int64_t workers;
    Date filed;
    Str  owner_path, cause;
    Id   employer_id;
    Date from_day, to_day;
} Near;
static const Field near_fields[] = {
    FIELD(Near, id,          .label = "案件", .en = "case"),
    FIELD(Near, no,          .label = "登记号", .en = "ledger number"),
    FIELD(Near, state,       .label = "状态", .en = "state"),
    FIELD(Near, applicant,   .label = "申请人", .en = "applicant"),
    FIELD(Near, workers,     .label = "涉及人数", .en = "workers"),
    FIELD(Near, filed,       .label = "收件日期", .en = "filed"),
    FIELD(Near, owner_path,  .label = "中心路径", .en = "centre's path", .rule = HIDDEN),
    FIELD(Near, cause,       .label = "案由", .en = "cause", .rule = HIDDEN),
    FIELD(Near, employer_id, .label = "用人单位", .en = "employer", .rule = HIDDEN),
    FIELD(Near, from_day,    .label = "自", .en = "from", .rule = HIDDEN),
    FIELD(Near, to_day,      .label = "至", .en = "to", .rule = HIDDEN),
};
static const Form near_form = FORM(Near, near_fields);

static const Query q_near = {
    .name = "group.near", .in = &near_form, .out = &near_form,
    .sql = "SELECT id, no, state, applicant, workers, filed, owner_path FROM cases"
           " WHERE employer_id = :employer_id AND filed >= :from_day AND filed <= :to_day AND cause = :cause"
           " AND id <> :id AND state NOT IN ('closed', 'archived', 'rejected', 'referred', 'withdrawn')"
           " ORDER BY employer_id, filed, id LIMIT 200",
};
static const Query *const queries[] = { &q_near, NULL };

/* ---- who goes ---------------------------------------------------------------------------- */

static bool goes(const Splitting *s, const Party *p)
{
    for (size_t i = 0; i < s->workers.n; i++) {
        if (((const Apart *)s->workers.at)[i].party_id.n == p->id.n) return true;
    }
    return false;
}

/* Each is a worker of this case, has not consented, and somebody stays. */
static void check(Ctx *c, const Case *k, const Splitting *s, Rows there)
{
    size_t found = 0;
    for (size_t i = 0; i < there.n; i++) {
        const Party *p = (const Party *)there.at + i;
        bool worker = str_eq(p->side, S("APPL")) && str_eq(p->kind, S("WORKER")) && p->split_on.day == 0;
        if (!goes(s, p)) continue;
        found += worker;
        if (!worker) fault(c, S("workers"), FAULT_NOT_ALLOWED);
        else if (p->consents) fault(c, S("workers"), FAULT_MISMATCH);
    }
    if (found < s->workers.n) fault(c, S("workers"), FAULT_NOT_KNOWN);
    if (flag_set(k, "SHAM")) fail(c, ERR_BLOCKED, str_of(ending_zh(END_SHAM)));
    if ((int64_t)s->workers.n >= k->workers) fault(c, S("workers"), FAULT_TOO_MANY);
    if (s->amount.fen > k->amount.fen) fault(c, S("amount"), FAULT_TOO_LARGE);
}

/* ---- the new case --------------------------------------------------------------------------- */

/* Everything as it was but its number, people and sums.  What was agreed without
** them does not bind them: mediation goes on. */
static Case branch(Ctx *c, const Case *k, const Splitting *s)
{
    Case n = *k;
    case_new(c, &n);
    n.version = 0;
    n.workers = (int64_t)s->workers.n;
    n.amount = s->amount;
    n.flags = (Str){ 0 };
    n.level = 0;
    n.appl_type = n.workers > 1 ? S("GROUP") : S("WORKER");
    if (str_eq(k->source, S("SELF"))) n.source = S("SPLIT");
    if (state_of(k->state) == ST_PENDING_SIGN) n.state = str_of(state_word(ST_MEDIATING));
    if (k->no.n) n.no = ledger_number(c, &n, S("调"));
    return n;
}

/* The application goes with them; the other side is the same. */
static void copy_application(Ctx *c, const Case *k, const Case *n, const Splitting *s, Rows there)
{
    Intake in;
    size_t parties = 0;
    if (!intake_get(c, k->id, &in)) return;
    in.parties.at = NEW(c->mem, Party, there.n + 1);
    for (size_t i = 0; i < there.n; i++) {
        const Party *p = (const Party *)there.at + i;
        bool other = !str_eq(p->side, S("APPL"));
        if (!other && !goes(s, p)) continue;
        Party *copy = (Party *)in.parties.at + parties++;
        *copy = *p;
        if (str_eq(p->part, S("REP"))) copy->part = S("PARTY"); /* whom nobody elected there */
    }
    in.parties.n = parties;
    in.claims = claims_of(c, k->id);
    for (size_t i = 0; i < in.claims.n; i++) ((Claim *)in.claims.at)[i].amount = (Money){ 0 };
    if (in.claims.n) ((Claim *)in.claims.at)->amount = s->amount;
    in.appl_type = n->appl_type;
    in.source = n->source;
    intake_store(c, &in, n);
}

static void leave(Ctx *c, const Splitting *s, Rows there)
{
    for (size_t i = 0; i < there.n; i++) {
        Party p = ((const Party *)there.at)[i];
        if (!goes(s, &p)) continue;
        p.split_on = c->today;
        party_save(c, &p);
    }
}

static void give_receipts(Ctx *c, const Case *n, Splitting *s)
{
    size_t cap = 0;
    Rows rows = parties_of(c, n->id);
    for (size_t i = 0; ok(c) && i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        if (!str_eq(p->side, S("APPL")) || p->mobile.n == 0) continue;
        Str receipt = party_receipt(c, n->id, p->mobile, APPLICANT, p->id);
        NewReceipt *r = rows_push(c->mem, &s->receipts, &cap, sizeof *r);
        *r = (NewReceipt){ p->id, p->name, receipt };
    }
}

static Str name_of_first(const Splitting *s, Rows there)
{
    for (size_t i = 0; i < there.n; i++) {
        const Party *p = (const Party *)there.at + i;
        if (goes(s, p)) return p->name;
    }
    return (Str){ 0 };
}

static void split(Ctx *c)
{
    Case k;
    Splitting s = { 0 };
    form_read(c, &splitting_form, &s);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, SPAN(ACCEPTED, PENDING_SIGN));
    Rows there = parties_of(c, k.id);
    if (ok(c)) check(c, &k, &s, there);
    Case n = branch(c, &k, &s);
    n.applicant = name_of_first(&s, there);
    case_save(c, &n);
    copy_application(c, &k, &n, &s, there);
    clocks_copy(c, &k, &n);
    assigned_copy(c, &k, &n);
    link_add(c, k.id, n.id, S("split"));
    case_note(c, &n, S("split_from"), k.no);
    leave(c, &s, there);
    k.workers -= n.workers;
    k.amount.fen -= n.amount.fen;
    case_save(c, &k);
    case_note(c, &k, S("split_to"), n.no);
    give_receipts(c, &n, &s);
    s.case_id = n.id;
    s.no = n.no;
    s.state = n.state;
    reply_row(c, 201, &splitting_form, &s);
    tx_end(c);
}

/* ---- what might belong together ----------------------------------------------------------------- */

static void near(Ctx *c)
{
    Case k;
    Rows out = { 0 };
    size_t cap = 0;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Look look = { .params = &c->law->params, .region = k.region, .day = c->today };
    int days = (int)case_param(c, &k, "GROUP_WINDOW_DAYS");
    Near ask = { .id = k.id, .employer_id = k.employer_id, .cause = k.cause,
                 .from_day = date_plus(k.filed, -days), .to_day = date_plus(k.filed, days) };
    Rows rows = k.employer_id.n ? db_list(c, &q_near, &ask) : out;
    for (size_t i = 0; i < rows.n; i++) {
        const Near *r = (const Near *)rows.at + i;
        Date first = r->filed.day < k.filed.day ? r->filed : k.filed;
        Date second = r->filed.day < k.filed.day ? k.filed : r->filed;
        bool ours = org_sees(c, r->owner_path) || str_eq(r->owner_path, k.owner_path);
        bool wanted = ours && group_proposed(&look, first, second);
        if (wanted) *(Near *)rows_push(c->mem, &out, &cap, sizeof(Near)) = *r;
    }
    reply_rows(c, &near_form, out, (Str){ 0 });
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/split", CLERK | MEDIATORS | HEAD, split, "分案", "split workers off",
      .in = &splitting_form, .out = &splitting_form },
    { "GET", "/api/v1/cases/:id/group-candidates", CLERK | DISPATCHER | MEDIATORS | HEAD, near, "可以合并处理的案件",
      "same employer and cause, close together", .out = &near_form, .list = true },
};

const Slice split_slice = {
    .name = "split", .query = queries, .route = routes, .routes = COUNT(routes),
};
