/*
** How long a file is kept, appraisal before it may go, and who borrowed it.
*/
#include "case/7-archive/archive.h"

static const Field keep_fields[] = {
    FIELD(Keep, case_id,      .label = "案件", .en = "case"),
    FIELD(Keep, award_on,     .label = "后续裁决（判决）日期", .en = "later award or judgment"),
    FIELD(Keep, award_no,     .label = "裁决（判决）文号", .en = "its number"),
    FIELD(Keep, model,        .label = "典型案例", .en = "typical case"),
    FIELD(Keep, appraised_on, .label = "鉴定日期", .en = "appraised on"),
    FIELD(Keep, appraisal,    .label = "鉴定意见", .en = "appraisal"),
    FIELD(Keep, appraised_by, .label = "鉴定人", .en = "appraised by"),
    FIELD(Keep, code,         .label = "保管类别", .en = "kind of file"),
    FIELD(Keep, matter,       .label = "类别名称", .en = "its name"),
    FIELD(Keep, basis,        .label = "依据", .en = "basis"),
    FIELD(Keep, years,        .label = "保管年限（0为永久）", .en = "years, 0 for ever"),
    FIELD(Keep, first,        .label = "保管期起", .en = "kept from"),
    FIELD(Keep, last,         .label = "保管期止", .en = "kept until"),
    FIELD(Keep, destroyable,  .label = "可以销毁", .en = "may be destroyed"),
    FIELD(Keep, why,          .label = "不得销毁的原因", .en = "why not"),
};
const Form keep_form = FORM(Keep, keep_fields);

typedef struct Award { Date day; Str number; } Award;
static const Field award_fields[] = {
    FIELD(Award, day,    .label = "裁决（判决）日期", .en = "day", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Award, number, .label = "文号", .en = "number", .rule = REQUIRED, .min = 2, .max = 100),
};
static const Form award_form = FORM(Award, award_fields);

typedef struct Loan {
    Id   id, case_id;
    Str  borrower, purpose;
    Date lent_on, due, returned_on;
    Id   by_id;
} Loan;
static const Field loan_fields[] = {
    FIELD(Loan, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Loan, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Loan, borrower,    .label = "借阅人", .en = "borrower", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Loan, purpose,     .label = "借阅事由", .en = "purpose", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
    FIELD(Loan, lent_on,     .label = "借出日期", .en = "lent on", .rule = SERVER_SET),
    FIELD(Loan, due,         .label = "应还日期", .en = "due back", .rule = REQUIRED),
    FIELD(Loan, returned_on, .label = "归还日期", .en = "returned on", .rule = SERVER_SET),
    FIELD(Loan, by_id,       .label = "经办", .en = "by", .rule = SERVER_SET),
};
static const Form loan_form = FORM(Loan, loan_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE case_keep("              /* what bears on how long a file is kept */
      "  case_id  INTEGER PRIMARY KEY REFERENCES cases,"
      "  award_on TEXT, award_no TEXT NOT NULL, model INTEGER NOT NULL,"
      "  appraised_on TEXT, appraisal TEXT NOT NULL, appraised_by INTEGER NOT NULL) STRICT;"
      "CREATE TABLE loan("                   /* who borrowed the file */
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  borrower TEXT NOT NULL, purpose TEXT NOT NULL, lent_on TEXT NOT NULL, due TEXT NOT NULL,"
      "  returned_on TEXT, by_id INTEGER NOT NULL) STRICT;"
      "CREATE INDEX loan_by_case ON loan(case_id, id);" },
};

static const Query q_get = {
    .name = "keep.get", .in = &keep_form, .out = &keep_form,
    .sql = "SELECT case_id, award_on, award_no, model, appraised_on, appraisal, appraised_by FROM case_keep"
           " WHERE case_id = :case_id",
};
static const Query q_set = {
    .name = "keep.set", .in = &keep_form,
    .sql = "INSERT INTO case_keep(case_id, award_on, award_no, model, appraised_on, appraisal, appraised_by)"
           " VALUES(:case_id, :award_on, :award_no, :model, :appraised_on, :appraisal, :appraised_by)"
           " ON CONFLICT(case_id) DO UPDATE SET award_on = excluded.award_on, award_no = excluded.award_no,"
           " model = excluded.model, appraised_on = excluded.appraised_on, appraisal = excluded.appraisal,"
           " appraised_by = excluded.appraised_by",
};
static const Query q_lend = {
    .name = "loan.add", .in = &loan_form,
    .sql = "INSERT INTO loan(id, case_id, borrower, purpose, lent_on, due, returned_on, by_id)"
           " VALUES(:id, :case_id, :borrower, :purpose, :lent_on, :due, :returned_on, :by_id)",
};
static const Query q_return = {
    .name = "loan.return", .in = &loan_form,
    .sql = "UPDATE loan SET returned_on = :returned_on WHERE id = :id AND case_id = :case_id"
           " AND returned_on IS NULL",
};
static const Query q_loans = {
    .name = "loan.list", .in = &loan_form, .out = &loan_form,
    .sql = "SELECT id, case_id, borrower, purpose, lent_on, due, returned_on, by_id FROM loan"
           " WHERE case_id = :case_id ORDER BY case_id, id LIMIT 200",
};
static const Query *const queries[] = { &q_get, &q_set, &q_lend, &q_return, &q_loans, NULL };

/* ---- which row of data/retention.csv ------------------------------------------------------- */

static bool any_cause(const Case *k, const char *head)
{
    Str rest = k->causes;
    while (rest.n) {
        if (str_starts(str_cut(&rest, ' '), str_of(head))) return true;
    }
    return false;
}

static bool is_model(const Case *k, const Keep *p) { (void)k; return p->model; }
static bool is_award(const Case *k, const Keep *p) { (void)k; return p->award_on.day != 0; }
static bool is_major(const Case *k, const Keep *p)
{
    (void)p;
    return flag_set(k, "MAJOR") || flag_set(k, "MASS");
}
static bool is_collective(const Case *k, const Keep *p) { (void)p; return flag_set(k, "COLL"); }
static bool is_death(const Case *k, const Keep *p)
{
    (void)p;
    return any_cause(k, "G04") || flag_set(k, "DEATH");
}
static bool is_injury(const Case *k, const Keep *p) { (void)p; return any_cause(k, "G"); }
static bool is_any(const Case *k, const Keep *p) { (void)k; (void)p; return true; }

/* The longest first. */
static const struct Fit {
    const char *code;
    bool      (*fits)(const Case *k, const Keep *p);
} kinds[] = {
    { "MED_MODEL", is_model }, { "MED_AWARD", is_award }, { "MED_MAJOR", is_major },
    { "MED_COLLECTIVE", is_collective }, { "MED_DEATH", is_death }, { "MED_INJURY", is_injury }, { "MED", is_any },
};

static void judge(const Ctx *c, Keep *p)
{
    bool expired = p->years && p->last.day && p->last.day < c->today.day;
    p->destroyable = expired && p->appraised_on.day > p->last.day;
    if (p->first.day == 0) p->why = S("not_closed");
    else if (p->years == 0) p->why = S("permanent");
    else if (!expired) p->why = S("not_expired");
    else if (!p->destroyable) p->why = S("appraisal");
}

static void keep_of(Ctx *c, const Case *k, Keep *p)
{
    *p = (Keep){ .case_id = k->id };
    if (!ok(c)) return;
    (void)db_find(c, &q_get, p, p);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (!kinds[i].fits(k, p)) continue;
        p->code = str_of(kinds[i].code);
        break;
    }
    Date on = k->closed.day ? k->closed : c->today;
    const Retention *row = retention_find(&c->law->retentions, p->code, on);
    if (!row) return;
    p->matter = row->matter.zh;
    p->basis = row->basis;
    p->years = row->years;
    if (k->closed.day) {
        Keeping span = retention_span(row, k->closed);
        p->first = span.first;
        p->last = span.last;
    }
    judge(c, p);
}

/* ---- handlers ----------------------------------------------------------------------------------- */

static void show(Ctx *c)
{
    Case k;
    Keep p;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    keep_of(c, &k, &p);
    reply_row(c, 200, &keep_form, &p);
}

static void store(Ctx *c, const Case *k, Keep *p)
{
    db_change(c, &q_set, p);
    keep_of(c, k, p);
    reply_row(c, 200, &keep_form, p);
}

static void award(Ctx *c)
{
    Case k;
    Keep p;
    Award in = { 0 };
    form_read(c, &award_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    keep_of(c, &k, &p);
    p.award_on = in.day;
    p.award_no = in.number;
    store(c, &k, &p);
    tx_end(c);
}

static void make_model(Ctx *c)
{
    Case k;
    Keep p;
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    keep_of(c, &k, &p);
    p.model = true;
    store(c, &k, &p);
    tx_end(c);
}

/* After the period only; before it there is nothing to appraise (档案法实施条例 24). */
static void appraise(Ctx *c)
{
    Case k;
    Keep p;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    if (ok(c) && str_length(in.note) < 2) fault(c, S("note"), FAULT_REQUIRED);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    keep_of(c, &k, &p);
    if (ok(c) && !str_eq(p.why, S("appraisal"))) fail(c, ERR_BLOCKED, p.why);
    p.appraised_on = c->today;
    p.appraisal = in.note;
    p.appraised_by = c->who.id;
    store(c, &k, &p);
    tx_end(c);
}

static void lend(Ctx *c)
{
    Case k;
    Loan l = { .lent_on = c->today };
    form_read(c, &loan_form, &l);
    if (ok(c) && l.due.day < c->today.day) fault(c, S("due"), FAULT_PAST);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && state_of(k.state) != ST_ARCHIVED) fail(c, ERR_WRONG_STATE, k.state);
    l.id = id_next(c);
    l.case_id = k.id;
    l.by_id = c->who.id;
    db_insert(c, &q_lend, &l);
    reply_row(c, 201, &loan_form, &l);
    tx_end(c);
}

static void give_back(Ctx *c)
{
    Case k;
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    db_change(c, &q_return, &(Loan){ .id = arg_id(c, 1), .case_id = k.id, .returned_on = c->today });
    reply_done(c);
    tx_end(c);
}

static void show_loans(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &loan_form, db_list(c, &q_loans, &(Loan){ .case_id = k.id }), (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/retention", STAFF, show, "保管期限", "how long it is kept", .out = &keep_form },
    { "POST", "/api/v1/cases/:id/award", ARCHIVIST | CLERK | HEAD, award, "登记后续裁决（判决）",
      "a later award or judgment", .in = &award_form, .out = &keep_form },
    { "POST", "/api/v1/cases/:id/model", HEAD, make_model, "列为典型案例", "a typical case", .out = &keep_form },
    { "POST", "/api/v1/cases/:id/appraisal", ARCHIVIST, appraise, "期满鉴定", "appraise after the period",
      .in = &case_note_form, .out = &keep_form },
    { "GET", "/api/v1/cases/:id/loans", ARCHIVIST | HEAD, show_loans, "借阅登记", "who borrowed it",
      .out = &loan_form, .list = true },
    { "POST", "/api/v1/cases/:id/loans", ARCHIVIST, lend, "借出", "lend the file", .in = &loan_form,
      .out = &loan_form },
    { "POST", "/api/v1/cases/:id/loans/:loan/return", ARCHIVIST, give_back, "归还", "it came back" },
};

const Slice keep_slice = {
    .name = "keep", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
