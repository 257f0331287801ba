/*
** Cases that come from, or go to, another body.  Arbitration and courts offer
** one (T12): it is taken in, declined, or lapses.  A case we are not competent
** for is referred (T8): the other organisation confirms, and files it as it was.
*/
#include "case/1-intake/intake.h"
#include "case/canon.h"
#include "case/clock.h"
#include "case/task.h"
#include "core/audit.h"
#include "register/organisations/organisations.h"

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

/* ---- offers from arbitration and courts -------------------------------------------------- */

typedef struct Offer {
    Id   id;
    Id   org;
    Str  org_path, path_end;
    Str  kind, procedure;  /* COURT_ASSIGN, COURT_ENTRUST, ARB_ENTRUST; ORDINARY, SUMMARY */
    Str  source_no, from_body;
    Str  matter;
    Date received, answer_by;
    Str  state;            /* OFFERED, ACCEPTED, DECLINED, LAPSED */
    Str  note;
    Id   case_id;
    Date day;
} Offer;

static const Code offer_kind_rows[] = {
    { "COURT_ASSIGN", "法院委派（立案前）", "assigned by a court before filing" },
    { "COURT_ENTRUST", "法院委托（立案后）", "entrusted by a court after filing" },
    { "ARB_ENTRUST", "仲裁委托", "entrusted by an arbitration tribunal" },
};
static const Codes offer_kind = CODES(offer_kind);
static const Code procedure_rows[] = {
    { "ORDINARY", "普通程序", "ordinary procedure" }, { "SUMMARY", "简易程序", "summary procedure" },
};
static const Codes procedure = CODES(procedure);

static const Field offer_fields[] = {
    FIELD(Offer, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Offer, org,       .label = "受托组织", .en = "to which organisation", .rule = REQUIRED),
    FIELD(Offer, org_path,  .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(Offer, path_end,  .label = "路径末", .en = "end of path", .rule = HIDDEN),
    FIELD(Offer, kind,      .label = "委托类型", .en = "kind", .rule = REQUIRED, .codes = &offer_kind),
    FIELD(Offer, procedure, .label = "审理程序", .en = "procedure", .codes = &procedure),
    FIELD(Offer, source_no, .label = "来源案号", .en = "their case number", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Offer, from_body, .label = "委托机关", .en = "from", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Offer, matter,    .label = "争议事项", .en = "what it is about", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Offer, received,  .label = "收到日期", .en = "received on", .rule = NOT_FUTURE),
    FIELD(Offer, answer_by, .label = "最迟确认日", .en = "to be answered by", .rule = SERVER_SET),
    FIELD(Offer, state,     .label = "状态", .en = "state", .rule = SERVER_SET),
    FIELD(Offer, note,      .label = "说明", .en = "note", .rule = SERVER_SET),
    FIELD(Offer, case_id,   .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Offer, day,       .label = "日", .en = "day", .rule = HIDDEN),
};
static const Form offer_form = FORM(Offer, offer_fields);

/* ---- referrals to another organisation ------------------------------------------------------ */

typedef struct Referral {
    Id   id, case_id, to_org;
    Str  to_path, path_end;
    Str  no, applicant, respondent;
    Str  note;
    Date sent, confirm_by;
    Str  state;    /* SENT, CONFIRMED, REFUSED */
    Str  answer;
    Id   new_case;
} Referral;

static const Field referral_fields[] = {
    FIELD(Referral, id,         .label = "编号", .en = "id"),
    FIELD(Referral, case_id,    .label = "案件", .en = "case"),
    FIELD(Referral, to_org,     .label = "移送至", .en = "to"),
    FIELD(Referral, to_path,    .label = "组织路径", .en = "path", .rule = HIDDEN),
    FIELD(Referral, path_end,   .label = "路径末", .en = "end of path", .rule = HIDDEN),
    FIELD(Referral, no,         .label = "登记号", .en = "ledger number"),
    FIELD(Referral, applicant,  .label = "申请人", .en = "applicant"),
    FIELD(Referral, respondent, .label = "被申请人", .en = "respondent"),
    FIELD(Referral, note,       .label = "移送理由", .en = "reason"),
    FIELD(Referral, sent,       .label = "移送日期", .en = "sent on"),
    FIELD(Referral, confirm_by, .label = "最迟确认日", .en = "to be confirmed by"),
    FIELD(Referral, state,      .label = "状态", .en = "state"),
    FIELD(Referral, answer,     .label = "答复", .en = "answer"),
    FIELD(Referral, new_case,   .label = "接收案件", .en = "the case over there"),
};
static const Form referral_form = FORM(Referral, referral_fields);

typedef struct Reply { bool taken; Str note; } Reply;
static const Field reply_fields[] = {
    FIELD(Reply, taken, .label = "接收", .en = "taken over", .rule = REQUIRED),
    FIELD(Reply, note, .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
};
static const Form reply_form = FORM(Reply, reply_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE offer("              /* a case offered by arbitration or a court */
      "  id        INTEGER PRIMARY KEY, org INTEGER NOT NULL, org_path TEXT NOT NULL,"
      "  kind      TEXT NOT NULL, procedure TEXT NOT NULL, source_no TEXT NOT NULL, from_body TEXT NOT NULL,"
      "  matter    TEXT NOT NULL, received TEXT NOT NULL, answer_by TEXT NOT NULL,"
      "  state     TEXT NOT NULL CHECK(state IN ('OFFERED', 'ACCEPTED', 'DECLINED', 'LAPSED')),"
      "  note      TEXT NOT NULL, case_id INTEGER NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX offer_by_source ON offer(kind, source_no);"
      "CREATE INDEX offer_by_org ON offer(state, org_path, id);"
      "CREATE INDEX offer_by_day ON offer(state, answer_by);"
      "CREATE TABLE referral("
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  to_org    INTEGER NOT NULL, to_path TEXT NOT NULL, no TEXT NOT NULL,"
      "  applicant TEXT NOT NULL, respondent TEXT NOT NULL, note TEXT NOT NULL,"
      "  sent      TEXT NOT NULL, confirm_by TEXT NOT NULL,"
      "  state     TEXT NOT NULL CHECK(state IN ('SENT', 'CONFIRMED', 'REFUSED')),"
      "  answer    TEXT NOT NULL, new_case INTEGER NOT NULL) STRICT;"
      "CREATE INDEX referral_by_case ON referral(case_id);"
      "CREATE INDEX referral_by_org ON referral(state, to_path, id);" },
    { 2, "CREATE INDEX offer_by_case ON offer(case_id);" },
};

#define OFFER \
    "id, org, org_path, kind, procedure, source_no, from_body, matter, received, answer_by, state, note, case_id"
#define REFERRAL \
    "id, case_id, to_org, to_path, no, applicant, respondent, note, sent, confirm_by, state, answer, new_case"

static const Query q_offer_add = {
    .name = "offer.add", .in = &offer_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO offer(" OFFER ") VALUES(:id, :org, :org_path, :kind, :procedure, :source_no, :from_body,"
           " :matter, :received, :answer_by, :state, :note, :case_id)",
};
static const Query q_offer_get = {
    .name = "offer.get", .in = &offer_form, .out = &offer_form,
    .sql = "SELECT " OFFER " FROM offer WHERE id = :id",
};
static const Query q_offer_set = {
    .name = "offer.set", .in = &offer_form,
    .sql = "UPDATE offer SET state = :state, note = :note, case_id = :case_id WHERE id = :id AND state = 'OFFERED'",
};
static const Query q_offers = {
    .name = "offer.list", .in = &offer_form, .out = &offer_form,
    .sql = "SELECT " OFFER " FROM offer WHERE state = 'OFFERED' AND org_path >= :org_path"
           " AND org_path < :path_end ORDER BY org_path, id LIMIT 200",
};
static const Query q_lapse = {
    .name = "offer.lapse", .in = &offer_form,
    .sql = "UPDATE offer SET state = 'LAPSED' WHERE state = 'OFFERED' AND answer_by < :day",
};
static const Query q_referral_add = {
    .name = "referral.add", .in = &referral_form,
    .sql = "INSERT INTO referral(" REFERRAL ") VALUES(:id, :case_id, :to_org, :to_path, :no, :applicant,"
           " :respondent, :note, :sent, :confirm_by, 'SENT', '', 0)",
};
static const Query q_referral_get = {
    .name = "referral.get", .in = &referral_form, .out = &referral_form,
    .sql = "SELECT " REFERRAL " FROM referral WHERE id = :id",
};
static const Query q_referral_set = {
    .name = "referral.set", .in = &referral_form,
    .sql = "UPDATE referral SET state = :state, answer = :answer, new_case = :new_case"
           " WHERE id = :id AND state = 'SENT'",
};
static const Query q_referrals = {
    .name = "referral.list", .in = &referral_form, .out = &referral_form,
    .sql = "SELECT " REFERRAL " FROM referral WHERE state = 'SENT' AND to_path >= :to_path"
           " AND to_path < :path_end ORDER BY to_path, id LIMIT 200",
};
static const Query q_referred = {
    .name = "referral.of", .in = &referral_form, .out = &referral_form,
    .sql = "SELECT " REFERRAL " FROM referral WHERE case_id = :case_id ORDER BY case_id, id LIMIT 50",
};
static const Query q_offered = {
    .name = "offer.of", .in = &offer_form, .out = &offer_form,
    .sql = "SELECT " OFFER " FROM offer WHERE case_id = :case_id ORDER BY case_id, id LIMIT 10",
};
static const Query *const queries[] = {
    &q_offer_add, &q_offer_get, &q_offer_set, &q_offers, &q_lapse, &q_referral_add, &q_referral_get,
    &q_referral_set, &q_referrals, &q_referred, &q_offered, NULL,
};

static Rows referred(Ctx *c, Id case_id)
{
    return db_list(c, &q_referred, &(Referral){ .case_id = case_id });
}

static Rows offered(Ctx *c, Id case_id)
{
    return db_list(c, &q_offered, &(Offer){ .case_id = case_id });
}

const Sealed referral_sealed = { &referral_form, referred };
const Sealed offer_sealed = { &offer_form, offered };

/* The last day of a period that no case row keeps yet. */
static Date last_day(Ctx *c, Str code, Date start)
{
    ClockDue due;
    ClockAsk ask = { .code = code, .start = start };
    if (ok(c) && clock_due(&c->law->clocks, &c->law->calendar, &ask, c->mem, &due)) return due.due;
    fail(c, ERR_BLOCKED, code);
    return (Date){ 0 };
}

/* ---- offers --------------------------------------------------------------------------------------- */

static void offer(Ctx *c)
{
    Org org;
    Offer o = { .received = c->today, .state = S("OFFERED") };
    form_read(c, &offer_form, &o);
    bool trial = str_eq(o.kind, S("COURT_ENTRUST"));
    if (ok(c) && trial && o.procedure.n == 0) fault(c, S("procedure"), FAULT_REQUIRED);
    tx_begin(c);
    (void)org_named(c, S("org"), o.org, &org);
    o.id = id_next(c);
    o.org_path = ok(c) ? org.path : (Str){ 0 };
    o.answer_by = last_day(c, S("C-LINK-ACC"), o.received);
    db_insert(c, &q_offer_add, &o);
    audit_about(c, o.id);
    reply_row(c, 201, &offer_form, &o);
    tx_end(c);
}

static void list_offers(Ctx *c)
{
    Offer ask = { .org_path = c->who.org_path, .path_end = path_end(c->mem, c->who.org_path) };
    reply_rows(c, &offer_form, db_list(c, &q_offers, &ask), (Str){ 0 });
}

/* The offer :id, if it is ours to answer and still open. */
static void open_offer(Ctx *c, Offer *o)
{
    *o = (Offer){ .id = arg_id(c, 0) };
    if (!db_get(c, &q_offer_get, o, o)) return;
    if (!str_starts(o->org_path, c->who.org_path)) fail(c, ERR_NOT_FOUND, S("offer"));
    else if (!str_eq(o->state, S("OFFERED"))) fail(c, ERR_WRONG_STATE, o->state);
    else if (o->answer_by.day < c->today.day) fail(c, ERR_BLOCKED, S("late"));
}

static Str profile_of(const Offer *o)
{
    if (str_eq(o->kind, S("ARB_ENTRUST"))) return S("F");
    if (str_eq(o->kind, S("COURT_ASSIGN"))) return S("G");
    return str_eq(o->procedure, S("SUMMARY")) ? S("I") : S("H");
}

static void take_in(Ctx *c)
{
    Offer o;
    Intake in = { 0 };
    Case k = { 0 };
    (void)form_read(c, &intake_form, &in);
    intake_check(c, &in);
    tx_begin(c);
    open_offer(c, &o);
    if (ok(c)) in.org = o.org;
    in.source = o.kind;
    intake_take(c, &in, &k);
    k.profile = profile_of(&o);
    k.accepted = c->today;
    if (ok(c)) case_new(c, &k);
    case_fire(c, &k, EV_TAKE_IN, o.source_no);
    intake_store(c, &in, &k);
    o.state = S("ACCEPTED");
    o.case_id = k.id;
    db_change(c, &q_offer_set, &o);
    task_add(c, &k, S("dispatch"), ROLE_DISPATCHER, (Time){ now(c).s + 86400 });
    reply_row(c, 201, &case_form, &k);
    tx_end(c);
}

static void decline_offer(Ctx *c)
{
    Offer o;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    tx_begin(c);
    open_offer(c, &o);
    o.state = S("DECLINED");
    o.note = in.note;
    db_change(c, &q_offer_set, &o);
    audit_about(c, o.id);
    reply_row(c, 200, &offer_form, &o);
    tx_end(c);
}

static void lapse(Ctx *c, Id arg)
{
    (void)arg;
    db_change_any(c, &q_lapse, &(Offer){ .day = c->today });
}

static void number_inbound(Ctx *c, Case *k)
{
    k->no = ledger_number(c, k, S("委"));
}

/* ---- referrals --------------------------------------------------------------------------------------- */

void referral_add(Ctx *c, const Case *k, Id to, Str note)
{
    Org org;
    Look look = { .params = &c->law->params, .region = k->region, .day = c->today };
    if (!ok(c)) return;
    if (!org_named(c, S("org"), to, &org)) return;
    if (to.n == k->owner.n) fault(c, S("org"), FAULT_NOT_ALLOWED);
    Date by = c->today;
    for (int64_t n = param(&look, "REFER_CONFIRM_WD"); n > 0; n--) {
        by = working_on_or_after(&c->law->calendar, date_plus(by, 1));
    }
    Referral r = { .id = id_next(c), .case_id = k->id, .to_org = to, .to_path = org.path, .no = k->no,
                   .applicant = k->applicant, .respondent = k->respondent, .note = note,
                   .sent = c->today, .confirm_by = by };
    db_insert(c, &q_referral_add, &r);
    task_add(c, k, S("transfer_receipt"), ROLE_CLERK, time_at(by, 17, 0));
}

static void list_referrals(Ctx *c)
{
    Referral ask = { .to_path = c->who.org_path, .path_end = path_end(c->mem, c->who.org_path) };
    reply_rows(c, &referral_form, db_list(c, &q_referrals, &ask), (Str){ 0 });
}

/* The application as it was, filed again over here; its filing date stays. */
static void file_again(Ctx *c, const Referral *r, Case *k)
{
    Intake in;
    Str receipt;
    if (!intake_get(c, r->case_id, &in)) return;
    in.parties = parties_of(c, r->case_id);
    in.claims = claims_of(c, r->case_id);
    in.org = r->to_org;
    in.source = S("REFERRED");
    in.corrections = 0;
    in.missing = (Str){ 0 };
    intake_file(c, &in, k, &receipt);
}

static void answer_referral(Ctx *c)
{
    Case k = { 0 };
    Reply in = { 0 };
    Referral r = { .id = arg_id(c, 0) };
    form_read(c, &reply_form, &in);
    tx_begin(c);
    db_get(c, &q_referral_get, &r, &r);
    if (ok(c) && !str_starts(r.to_path, c->who.org_path)) fail(c, ERR_NOT_FOUND, S("referral"));
    if (ok(c) && !str_eq(r.state, S("SENT"))) fail(c, ERR_WRONG_STATE, r.state);
    if (ok(c) && in.taken) file_again(c, &r, &k);
    r.state = in.taken ? S("CONFIRMED") : S("REFUSED");
    r.answer = in.note;
    r.new_case = k.id;
    db_change(c, &q_referral_set, &r);
    Case origin = { .id = r.case_id };
    task_done(c, &origin, S("transfer_receipt"), r.state);
    audit_about(c, r.case_id);
    reply_row(c, 200, &referral_form, &r);
    tx_end(c);
}

static const Route routes[] = {
    { "POST", "/api/v1/offers", HEAD | LINK_ARB | LINK_COURT, offer, "委托（委派）来件", "a case is offered",
      .in = &offer_form, .out = &offer_form },
    { "GET", "/api/v1/offers", HEAD | LINK_ARB | LINK_COURT | DISPATCHER, list_offers, "待确认来件", "cases offered",
      .out = &offer_form, .list = true },
    { "POST", "/api/v1/offers/:id/accept", HEAD | LINK_ARB | LINK_COURT, take_in, "接收委托（委派）", "take it in",
      EV_TAKE_IN, .in = &intake_form, .out = &case_form },
    { "POST", "/api/v1/offers/:id/decline", HEAD, decline_offer, "不接收", "decline it", .in = &case_note_form,
      .out = &offer_form },
    { "GET", "/api/v1/referrals", CLERK | HEAD, list_referrals, "待接收移送", "referrals to us",
      .out = &referral_form, .list = true },
    { "POST", "/api/v1/referrals/:id/answer", CLERK, answer_referral, "答复移送", "take a referral over, or not",
      .in = &reply_form, .out = &referral_form },
};
static const Hook hooks[] = {
    { BEFORE, EV_TAKE_IN, number_inbound },
};
static const JobKind jobs[] = {
    { .word = "offers_lapse", .run = lapse, .daily = "00:05" },
};

const Slice inbound_slice = {
    .name = "inbound", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
    .job = jobs, .jobs = COUNT(jobs),
};
