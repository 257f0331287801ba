/*
** How long a file is kept: the row of data/retention.csv that fits it, the span
** that follows, and what lengthens it.
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
    FIELD(Keep, decision,     .label = "鉴定结论", .en = "decision"),
    FIELD(Keep, until,        .label = "延长保管至", .en = "kept longer, until"),
    FIELD(Keep, destroyed_on, .label = "销毁日期", .en = "destroyed on"),
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
    { 2,
      "ALTER TABLE case_keep ADD COLUMN decision TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE case_keep ADD COLUMN until TEXT;"        /* kept longer than the rule says */
      "ALTER TABLE case_keep ADD COLUMN destroyed_on TEXT;"
      "ALTER TABLE case_keep ADD COLUMN last TEXT;"         /* of the span; none: for ever, or not archived */
      "CREATE INDEX case_keep_by_last ON case_keep(last, case_id);" },
};

#define COLUMNS \
    "case_id, award_on, award_no, model, appraised_on, appraisal, appraised_by, decision, until, destroyed_on"

static const Query q_get = {
    .name = "keep.get", .in = &keep_form, .out = &keep_form,
    .sql = "SELECT " COLUMNS " FROM case_keep WHERE case_id = :case_id",
};
static const Query q_set = {
    .name = "keep.set", .in = &keep_form,
    .sql = "INSERT INTO case_keep(" COLUMNS ", last)"
           " VALUES(:case_id, :award_on, :award_no, :model, :appraised_on, :appraisal, :appraised_by, :decision,"
           " :until, :destroyed_on, :last)"
           " ON CONFLICT(case_id) DO UPDATE SET award_on = excluded.award_on, award_no = excluded.award_no,"
           " model = excluded.model, appraised_on = excluded.appraised_on, appraisal = excluded.appraisal,"
           " appraised_by = excluded.appraised_by, decision = excluded.decision, until = excluded.until,"
           " destroyed_on = excluded.destroyed_on, last = excluded.last",
};
static const Query *const queries[] = { &q_get, &q_set, NULL };

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

/* Destroyed only after the period, on the decision of two (档案法实施条例 24). */
static void judge(const Ctx *c, Keep *p)
{
    bool expired = p->years && p->last.day && p->last.day < c->today.day;
    bool decided = p->appraised_on.day > p->last.day && str_eq(p->decision, S("DESTROY"));
    if (p->destroyed_on.day) p->why = S("destroyed");
    else if (p->first.day == 0) p->why = S("not_closed");
    else if (p->years == 0) p->why = S("permanent");
    else if (!expired) p->why = S("not_expired");
    else if (!decided) p->why = S("appraisal");
    p->destroyable = p->why.n == 0;
}

static void span_of(Ctx *c, const Case *k, Keep *p)
{
    p->code = p->matter = p->basis = p->why = (Str){ 0 };
    p->first = p->last = (Date){ 0 };
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
    if (p->last.day && p->until.day > p->last.day) p->last = p->until;
    judge(c, p);
}

void keep_of(Ctx *c, const Case *k, Keep *p)
{
    *p = (Keep){ .case_id = k->id };
    if (!ok(c)) return;
    (void)db_find(c, &q_get, p, p);
    span_of(c, k, p);
}

void keep_save(Ctx *c, const Case *k, Keep *p)
{
    if (!ok(c)) return;
    span_of(c, k, p);
    db_change(c, &q_set, p);
}

/* From the archiving on, the list of what is due knows it. */
static void after_archiving(Ctx *c, Case *k)
{
    Keep p;
    keep_of(c, k, &p);
    keep_save(c, k, &p);
}

static void before_reopening(Ctx *c, Case *k)
{
    Keep p;
    keep_of(c, k, &p);
    if (ok(c) && p.destroyed_on.day) fail(c, ERR_BLOCKED, S("destroyed"));
}

/* What was thought of its value before it lived on is no longer so. */
static void after_reopening(Ctx *c, Case *k)
{
    Keep p;
    keep_of(c, k, &p);
    p.decision = (Str){ 0 };
    p.until = (Date){ 0 };
    keep_save(c, k, &p);
}

static const Hook hooks[] = {
    { AFTER, EV_ARCHIVE, after_archiving }, { BEFORE, EV_REOPEN, before_reopening },
    { AFTER, EV_REOPEN, after_reopening },
};

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
    keep_save(c, k, p);
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

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/retention", STAFF, show, "保管期限", "how long it is kept", .out = &keep_form },
    { "POST", "/api/v1/cases/:id/award", ARCHIVIST | CLERK | HEAD, award, "登记后续裁决（判决）",
      "a later award or judgment", .in = &award_form, .out = &keep_form },
    { "POST", "/api/v1/cases/:id/model", HEAD, make_model, "列为典型案例", "a typical case", .out = &keep_form },
};

const Slice keep_slice = {
    .name = "keep", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .hook = hooks, .hooks = COUNT(hooks), .route = routes, .routes = COUNT(routes),
};
