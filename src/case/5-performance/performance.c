/*
** Obligations in force and what is done about them.
*/
#include "case/5-performance/performance.h"
#include "case/4-agreement/agreement_law.h"
#include "case/canon.h"
#include "case/task.h"

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

static const Code standing_rows[] = {
#define STANDING_ROW(n, zh, en) { #n, (zh), (en) },
    STANDINGS(STANDING_ROW)
#undef STANDING_ROW
};
static const Codes standing_codes = { .name = "standing", .row = standing_rows, .n = COUNT(standing_rows) };

static const Field owing_fields[] = {
    FIELD(Owing, id,           .label = "义务",     .en = "obligation"),
    FIELD(Owing, case_id,      .label = "案件",     .en = "case"),
    FIELD(Owing, no,           .label = "序号",     .en = "number"),
    FIELD(Owing, duty,         .label = "义务类型", .en = "duty"),
    FIELD(Owing, money,        .label = "款项性质", .en = "kind of money", .codes = &commitment_moneys),
    FIELD(Owing, debtor_id,    .label = "义务人",   .en = "debtor"),
    FIELD(Owing, creditor_ids, .label = "权利人",   .en = "creditors", .rule = MANY, .max = 4000),
    FIELD(Owing, joint_ids,    .label = "连带义务人", .en = "jointly and severally liable", .rule = MANY | LATER,
          .max = 4000),
    FIELD(Owing, what,         .label = "义务内容", .en = "what is to be done", .rule = PROSE, .max = 1000),
    FIELD(Owing, amount,       .label = "金额（分）", .en = "amount, fen"),
    FIELD(Owing, paid,         .label = "已履行（分）", .en = "paid, fen"),
    FIELD(Owing, due,          .label = "履行期限", .en = "due"),
    FIELD(Owing, done,         .label = "履行完毕日", .en = "done on"),
    FIELD(Owing, waived,       .label = "已免除",   .en = "waived"),
    FIELD(Owing, enforced,     .label = "强制执行", .en = "enforced"),
    FIELD(Owing, open,         .label = "未了结",   .en = "open"),
    FIELD(Owing, late,         .label = "曾逾期",   .en = "was overdue"),
    FIELD(Owing, standing,     .label = "履行状态", .en = "standing", .codes = &standing_codes),
    FIELD(Owing, day,          .label = "日",       .en = "day", .rule = HIDDEN),
};
const Form owing_form = FORM(Owing, owing_fields);

static const Field payment_fields[] = {
    FIELD(Payment, id,           .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Payment, case_id,      .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Payment, owing_id,     .label = "义务", .en = "obligation", .rule = REQUIRED),
    FIELD(Payment, amount,       .label = "金额（分）", .en = "amount, fen", .max = 100000000000),
    FIELD(Payment, day,          .label = "履行日期", .en = "day", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Payment, file,         .label = "凭证摘要", .en = "digest of the proof", .check = check_sha256),
    FIELD(Payment, note,         .label = "说明", .en = "note", .rule = PROSE, .max = 1000),
    FIELD(Payment, side,         .label = "报告方", .en = "said by", .rule = SERVER_SET),
    FIELD(Payment, by_id,        .label = "登记人", .en = "recorded by", .rule = SERVER_SET),
    FIELD(Payment, counted,      .label = "已计入", .en = "counts", .rule = SERVER_SET),
    FIELD(Payment, confirmed_by, .label = "确认人", .en = "confirmed by", .rule = SERVER_SET),
    FIELD(Payment, confirmed_at, .label = "确认时间", .en = "confirmed at", .rule = SERVER_SET),
};
const Form payment_form = FORM(Payment, payment_fields);

static const Field progress_fields[] = {
    FIELD(Progress, open,          .label = "未了结义务数", .en = "open obligations"),
    FIELD(Progress, overdue,       .label = "逾期义务数", .en = "overdue obligations"),
    FIELD(Progress, fell_due,      .label = "应履行义务数", .en = "obligations due by now"),
    FIELD(Progress, performed,     .label = "已履行义务数", .en = "of these performed"),
    FIELD(Progress, total,         .label = "应履行总额（分）", .en = "total, fen"),
    FIELD(Progress, paid,          .label = "已履行（分）", .en = "paid, fen"),
    FIELD(Progress, due,           .label = "到期未付（分）", .en = "due and unpaid, fen"),
    FIELD(Progress, overdue_amount, .label = "逾期金额（分）", .en = "overdue, fen"),
    FIELD(Progress, accelerated,   .label = "已加速到期", .en = "accelerated"),
    FIELD(Progress, rest_due,      .label = "其余款项到期日", .en = "the rest is due"),
    FIELD(Progress, next,          .label = "下一履行日", .en = "next due day"),
    FIELD(Progress, first_overdue, .label = "最早逾期的履行日", .en = "earliest due day overdue"),
    FIELD(Progress, obligations,   .label = "义务", .en = "obligations", .child = &owing_form),
    FIELD(Progress, payments,      .label = "履行记录", .en = "payments", .child = &payment_form),
    FIELD(Progress, urgings,       .label = "督促记录", .en = "urgings", .child = &urging_form),
};
const Form progress_form = FORM(Progress, progress_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE owing("                  /* an obligation in force */
      "  id       INTEGER PRIMARY KEY REFERENCES obligation, case_id INTEGER NOT NULL REFERENCES cases,"
      "  no       INTEGER NOT NULL, duty TEXT NOT NULL, money TEXT NOT NULL,"
      "  debtor_id INTEGER NOT NULL, creditor_ids TEXT NOT NULL, what TEXT NOT NULL,"
      "  amount   INTEGER NOT NULL, paid INTEGER NOT NULL CHECK(paid >= 0 AND paid <= amount),"
      "  due      TEXT, done TEXT,"
      "  waived   INTEGER NOT NULL, enforced INTEGER NOT NULL, open INTEGER NOT NULL, late INTEGER NOT NULL) STRICT;"
      "CREATE INDEX owing_by_case ON owing(case_id, no);"
      "CREATE INDEX owing_by_due ON owing(due, id) WHERE open = 1;"
      "CREATE TABLE payment("
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  owing_id INTEGER NOT NULL REFERENCES owing, amount INTEGER NOT NULL CHECK(amount >= 0),"
      "  day      TEXT NOT NULL, file TEXT NOT NULL, note TEXT NOT NULL, side TEXT NOT NULL,"
      "  by_id    INTEGER NOT NULL, counted INTEGER NOT NULL,"
      "  confirmed_by INTEGER NOT NULL, confirmed_at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX payment_by_case ON payment(case_id, id);" },
    { 2, "ALTER TABLE owing ADD COLUMN joint_ids TEXT NOT NULL DEFAULT '';" },
};

#define OWING \
    "id, case_id, no, duty, money, debtor_id, creditor_ids, what, amount, paid, due, done, waived, enforced, open, late," \
    " joint_ids"
#define PAYMENT \
    "id, case_id, owing_id, amount, day, file, note, side, by_id, counted, confirmed_by, confirmed_at"

static const Query q_owe = {
    .name = "owing.add", .in = &owing_form,
    .sql = "INSERT INTO owing(" OWING ") VALUES(:id, :case_id, :no, :duty, :money, :debtor_id, :creditor_ids, :what,"
           " :amount, :paid, :due, :done, :waived, :enforced, :open, :late, :joint_ids)",
};
static const Query q_owing = {
    .name = "owing.get", .in = &owing_form, .out = &owing_form,
    .sql = "SELECT " OWING " FROM owing WHERE id = :id",
};
static const Query q_owings = {
    .name = "owing.list", .in = &owing_form, .out = &owing_form,
    .sql = "SELECT " OWING " FROM owing WHERE case_id = :case_id ORDER BY case_id, no",
};
static const Query q_stand = {
    .name = "owing.set", .in = &owing_form,
    .sql = "UPDATE owing SET paid = :paid, done = :done, waived = :waived, enforced = :enforced, open = :open"
           " WHERE id = :id",
};
static const Query q_pay = {
    .name = "payment.add", .in = &payment_form,
    .sql = "INSERT INTO payment(" PAYMENT ") VALUES(:id, :case_id, :owing_id, :amount, :day, :file, :note, :side,"
           " :by_id, :counted, :confirmed_by, :confirmed_at)",
};
static const Query q_payment = {
    .name = "payment.get", .in = &payment_form, .out = &payment_form,
    .sql = "SELECT " PAYMENT " FROM payment WHERE id = :id",
};
static const Query q_payments = {
    .name = "payment.list", .in = &payment_form, .out = &payment_form,
    .sql = "SELECT " PAYMENT " FROM payment WHERE case_id = :case_id ORDER BY case_id, id LIMIT 2000",
};
static const Query q_count = {
    .name = "payment.count", .in = &payment_form,
    .sql = "UPDATE payment SET counted = :counted, confirmed_by = :confirmed_by, confirmed_at = :confirmed_at"
           " WHERE id = :id",
};
static const Query *const queries[] = {
    &q_owe, &q_owing, &q_owings, &q_stand, &q_pay, &q_payment, &q_payments, &q_count, NULL,
};

Rows owings_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_owings, &(Owing){ .case_id = case_id });
}

Rows payments_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_payments, &(Payment){ .case_id = case_id });
}

/* ---- how it stands ---------------------------------------- */

static Obligation term_of(const Owing *o)
{
    Obligation t = { .id = o->id, .amount_fen = o->amount.fen, .paid_fen = o->paid.fen, .due = o->due,
                     .done = o->done, .waived = o->waived, .enforced = o->enforced };
    (void)duty_of(o->duty, &t.duty);
    return t;
}

static Performance measure(Ctx *c, const Case *k, Rows owings, Obligation *list)
{
    Accord a;
    Acceleration clause = { 0 };
    if (accord_of(c, k->id, &a)) clause = (Acceleration){ a.accelerates, a.missed, a.days };
    for (size_t i = 0; i < owings.n; i++) list[i] = term_of((const Owing *)owings.at + i);
    return performance_of(list, owings.n, &clause, c->today);
}

static void add_up(Ctx *c, Progress *p, Owing *o, const Obligation *t)
{
    Standing s = obligation_standing(t, p->rest_due, c->today);
    o->standing = str_of(standing_word(s));
    p->total.fen += o->amount.fen;
    p->paid.fen += o->paid.fen;
    bool fell = s == STANDING_PAID || (o->due.day && o->due.day <= c->today.day);
    p->fell_due += fell && s != STANDING_WAIVED;
    p->performed += s == STANDING_PAID || s == STANDING_ENFORCED;
    bool earliest = p->first_overdue.day == 0 || o->due.day < p->first_overdue.day;
    if (s == STANDING_OVERDUE && earliest) p->first_overdue = o->due;
}

void progress_of(Ctx *c, const Case *k, Progress *p)
{
    Rows owings = owings_of(c, k->id);
    Obligation *list = NEW(c->mem, Obligation, owings.n + 1);
    Performance f = measure(c, k, owings, list);
    *p = (Progress){ .open = (int64_t)f.open, .overdue = (int64_t)f.overdue, .due = { f.due_fen },
                     .overdue_amount = { f.overdue_fen }, .accelerated = f.accelerated,
                     .rest_due = f.rest_due, .next = f.next, .obligations = owings };
    for (size_t i = 0; i < owings.n; i++) add_up(c, p, (Owing *)owings.at + i, &list[i]);
}

Event progress_event(Ctx *c, const Case *k)
{
    Rows owings = owings_of(c, k->id);
    Performance f = measure(c, k, owings, NEW(c->mem, Obligation, owings.n + 1));
    return ok(c) ? performance_event(state_of(k->state), &f) : EV__NONE;
}

void progress_settle(Ctx *c, Case *k)
{
    Event e = progress_event(c, k);
    const Step *s = e == EV__NONE ? NULL : flow_find(state_of(k->state), e);
    if (!s) return;
    if (step_admits(s, c->who.roles, c->who.sides)) case_fire(c, k, e, (Str){ 0 });
    else if (e != EV_OVERDUE && !task_open(c, k, S("cure"))) {
        task_add(c, k, S("cure"), ROLE_VISITOR, (Time){ now(c).s + 86400 });
    }
}

/* ---- from the agreement to its obligations ---------------------------------------- */

/* T31, T34: the clock's part of an event that people brought about. */
static void fire_as_system(Ctx *c, Case *k, Event e)
{
    Actor who = c->who;
    c->who = (Actor){ .roles = SYSTEM };
    case_fire(c, k, e, (Str){ 0 });
    c->who = who;
}

static void load_obligations(Ctx *c, Case *k)
{
    Accord a;
    if (!accord_of(c, k->id, &a)) return;
    for (size_t i = 0; i < a.obligations.n; i++) {
        const Commitment *o = (const Commitment *)a.obligations.at + i;
        db_insert(c, &q_owe, &(Owing){ .id = o->id, .case_id = k->id, .no = o->no, .duty = o->duty,
            .money = o->money, .debtor_id = o->debtor_id, .creditor_ids = o->creditor_ids,
            .joint_ids = o->joint_ids, .what = o->what, .amount = o->amount, .due = o->due, .open = true });
    }
    Event e = progress_event(c, k);
    if (e != EV__NONE) fire_as_system(c, k, e);
}

/* An event of performance must be what the facts ask for. */
static void must_be(Ctx *c, const Case *k, Event e)
{
    if (progress_event(c, k) != e) fail(c, ERR_BLOCKED, S("obligations"));
}
static void guard_overdue(Ctx *c, Case *k) { must_be(c, k, EV_OVERDUE); }
static void guard_cure(Ctx *c, Case *k) { must_be(c, k, EV_CURE); }
static void guard_cure_all(Ctx *c, Case *k) { must_be(c, k, EV_CURE_ALL); }
static void guard_perform(Ctx *c, Case *k) { must_be(c, k, EV_PERFORM); }

static void cured(Ctx *c, Case *k)
{
    static const char *const kinds[] = { "cure", "urge", "remedies", "default_report" };
    for (size_t i = 0; i < COUNT(kinds); i++) task_done(c, k, str_of(kinds[i]), S("cured"));
}

/* ---- payments ---------------------------------------- */

static Str own_side(const Ctx *c)
{
    if (!(c->who.roles & (uint32_t)PARTIES)) return (Str){ 0 };
    return c->who.sides & APPLICANT ? S("APPL") : c->who.sides & RESPONDENT ? S("RESP") : S("THIRD");
}

/* Is c's person on the side to which it is owed? */
static bool is_creditor(Ctx *c, const Owing *o)
{
    Party debtor;
    return party_get(c, o->debtor_id, &debtor) && !str_eq(debtor.side, own_side(c));
}

/* The obligation of this case; NOT_FOUND otherwise. */
static bool owing_get(Ctx *c, const Case *k, Id id, Owing *o)
{
    *o = (Owing){ .id = id };
    if (!db_get(c, &q_owing, o, o)) return false;
    return o->case_id.n == k->id.n || fail(c, ERR_NOT_FOUND, S("obligation"));
}

static void stand(Ctx *c, Owing *o)
{
    bool all = str_eq(o->duty, S("PAY")) && o->paid.fen >= o->amount.fen;
    o->open = !(o->waived || o->enforced || o->done.day || all);
    db_change(c, &q_stand, o);
}

static void count_in(Ctx *c, Owing *o, const Payment *p)
{
    o->paid.fen += p->amount.fen;
    bool all = !str_eq(o->duty, S("PAY")) || o->paid.fen >= o->amount.fen;
    if (all) o->done = p->day;
    stand(c, o);
}

static void check_payment(Ctx *c, const Owing *o, const Payment *p)
{
    bool pays = str_eq(o->duty, S("PAY"));
    if (!o->open) fail(c, ERR_CLASH, S("obligation"));
    if (pays && p->amount.fen == 0) fault(c, S("amount"), FAULT_REQUIRED);
    if (!pays && p->amount.fen) fault(c, S("amount"), FAULT_NOT_ALLOWED);
    if (pays && p->amount.fen > o->amount.fen - o->paid.fen) fault(c, S("amount"), FAULT_TOO_LARGE);
}

static bool may_count(const Case *k)
{
    State s = state_of(k->state);
    return s == ST_PERFORMING || s == ST_DEFAULTED;
}

static void pay(Ctx *c)
{
    Case k;
    Owing o;
    Payment p = { 0 };
    form_read(c, &payment_form, &p);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && !may_count(&k)) fail(c, ERR_WRONG_STATE, k.state);
    if (owing_get(c, &k, p.owing_id, &o)) check_payment(c, &o, &p);
    p.id = id_next(c);
    p.case_id = k.id;
    p.side = own_side(c);
    p.by_id = c->who.id;
    p.counted = ok(c) && (p.side.n == 0 || p.file.n || is_creditor(c, &o));
    db_insert(c, &q_pay, &p);
    if (p.counted) count_in(c, &o, &p);
    case_note(c, &k, S("payment"), p.note);
    progress_settle(c, &k);
    case_save(c, &k);
    reply_row(c, 201, &payment_form, &p);
    tx_end(c);
}

/* What the debtor said without proof: the creditor, or one of us, confirms it. */
static void confirm(Ctx *c)
{
    Case k;
    Owing o;
    Payment p = { 0 };
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    (void)case_unsealed(c, &k);
    p.id = arg_id(c, 1);
    if (db_get(c, &q_payment, &p, &p) && p.case_id.n != k.id.n) fail(c, ERR_NOT_FOUND, S("payment"));
    if (ok(c) && p.counted) fail(c, ERR_CLASH, S("payment"));
    if (owing_get(c, &k, p.owing_id, &o)) check_payment(c, &o, &p);
    if (ok(c) && own_side(c).n && !is_creditor(c, &o)) fail(c, ERR_FORBIDDEN, S("creditor"));
    p.counted = true;
    p.confirmed_by = c->who.id;
    p.confirmed_at = now(c);
    db_change(c, &q_count, &p);
    if (ok(c)) count_in(c, &o, &p);
    case_note(c, &k, S("payment_confirmed"), p.note);
    progress_settle(c, &k);
    case_save(c, &k);
    reply_row(c, 200, &payment_form, &p);
    tx_end(c);
}

/* ---- waived, enforced ---------------------------------------- */

static void end_obligation(Ctx *c, bool waive)
{
    Case k;
    Owing o;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    if (ok(c) && in.note.n == 0) fault(c, S("note"), FAULT_REQUIRED);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && !may_count(&k)) fail(c, ERR_WRONG_STATE, k.state);
    bool mine = owing_get(c, &k, arg_id(c, 1), &o);
    if (mine && own_side(c).n && !is_creditor(c, &o)) fail(c, ERR_FORBIDDEN, S("creditor"));
    if (mine && !o.open) fail(c, ERR_CLASH, S("obligation"));
    if (waive) o.waived = true;
    else o.enforced = true;
    if (ok(c)) stand(c, &o);
    case_note(c, &k, waive ? S("obligation_waived") : S("obligation_enforced"), in.note);
    progress_settle(c, &k);
    case_save(c, &k);
    reply_row(c, 200, &owing_form, &o);
    tx_end(c);
}

static void waive(Ctx *c) { end_obligation(c, true); }
static void enforced(Ctx *c) { end_obligation(c, false); }

/* ---- answers ---------------------------------------- */

static void show(Ctx *c)
{
    Case k;
    Progress p;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    progress_of(c, &k, &p);
    p.payments = payments_of(c, k.id);
    p.urgings = urgings_of(c, k.id);
    reply_row(c, 200, &progress_form, &p);
}

static const Hook hooks[] = {
    { AFTER, EV_SIGN, load_obligations },
    { BEFORE, EV_OVERDUE, guard_overdue },
    { BEFORE, EV_CURE, guard_cure },
    { BEFORE, EV_CURE_ALL, guard_cure_all },
    { BEFORE, EV_PERFORM, guard_perform },
    { AFTER, EV_CURE, cured },
    { AFTER, EV_CURE_ALL, cured },
};

enum { READERS = PARTIES | STAFF, KEEPERS = VISITOR | MEDIATORS };

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/performance", READERS, show, "履行情况", "how performance stands",
      .out = &progress_form },
    { "POST", "/api/v1/cases/:id/payments", PARTIES | KEEPERS, pay, "登记履行", "something was paid or done",
      .in = &payment_form, .out = &payment_form },
    { "POST", "/api/v1/cases/:id/payments/:payment/confirm", PARTIES | KEEPERS, confirm, "确认履行",
      "the creditor confirms", .out = &payment_form },
    { "POST", "/api/v1/cases/:id/obligations/:obligation/waive", PARTIES | KEEPERS, waive, "免除义务",
      "the creditor waives it", .in = &case_note_form, .out = &owing_form },
    { "POST", "/api/v1/cases/:id/obligations/:obligation/enforced", KEEPERS, enforced, "已强制执行",
      "a court enforced it", .in = &case_note_form, .out = &owing_form },
    { "POST", "/api/v1/cases/:id/perform", PARTIES | KEEPERS, case_event, "履行完毕", "all is performed",
      EV_PERFORM, .in = &case_note_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/cure", KEEPERS, case_event, "补足逾期部分", "cured, the rest on schedule",
      EV_CURE, .in = &case_note_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/cure-all", KEEPERS, case_event, "补足并履行完毕", "cured, all done",
      EV_CURE_ALL, .in = &case_note_form, .out = &case_form },
};

const Slice performance_slice = {
    .name = "performance", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .hook = hooks, .hooks = COUNT(hooks), .route = routes, .routes = COUNT(routes),
};
