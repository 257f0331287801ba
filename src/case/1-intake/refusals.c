/*
** Why somebody does not want to be mediated, once a case, whoever hears it: the respondent
** himself by his link, a clerk on the phone; and the sums by reason.  What is asked in the
** invitation's answer is what the sums name, so an office learns which doubt to answer.
*/
#include "case/1-intake/link.h"
#include "register/organisations/organisations.h"

static const Code why_rows[] = {
    { "SETTLED", "已经付清或者已经处理好", "paid or settled already" },
    { "DENIED", "不是本单位员工，或者要求不属实", "not an employee, or not true" },
    { "NO_FAULT", "认为自己没有过错，参加就等于认错", "did nothing wrong: coming would look like admitting it" },
    { "NO_TIME", "没有时间、不想再花精力", "no time for it" },
    { "TOO_HIGH", "要求太高，没有谈的余地", "the claim is far too high" },
    { "NO_TRUST", "认为调解没有用，签了还会再告", "mediation does not settle it" },
    { "ARBITRATION", "想直接走仲裁、诉讼", "prefers arbitration or court" },
    { "OTHER", "其他", "another reason" },
};
const Codes refusal_why = { .name = "refusal_why", .row = why_rows, .n = COUNT(why_rows) };

typedef struct RefusalWhy {
    Id   case_id;
    Str  why;
    Date day;
} RefusalWhy;
static const Field why_fields[] = {
    FIELD(RefusalWhy, case_id), FIELD(RefusalWhy, why), FIELD(RefusalWhy, day),
};
static const Form why_form = FORM(RefusalWhy, why_fields);

typedef struct RefusalSum {
    Date    from, to;
    Str     org_path, path_end;
    Str     why;
    int64_t n, ended;
} RefusalSum;
static const Field sum_fields[] = {
    FIELD(RefusalSum, from,     .label = "起", .en = "from", .rule = HIDDEN),
    FIELD(RefusalSum, to,       .label = "止", .en = "to", .rule = HIDDEN),
    FIELD(RefusalSum, org_path, .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(RefusalSum, path_end, .label = "路径末", .en = "end of path", .rule = HIDDEN),
    FIELD(RefusalSum, why,      .label = "不愿意调解的原因", .en = "why not mediated", .codes = &refusal_why),
    FIELD(RefusalSum, n,        .label = "件数", .en = "cases"),
    FIELD(RefusalSum, ended,    .label = "其中因此未受理", .en = "of these not accepted for it"),
};
static const Form sum_form = FORM(RefusalSum, sum_fields);
static const Field ask_fields[] = {
    FIELD(RefusalSum, from, .label = "起", .en = "from", .rule = REQUIRED),
    FIELD(RefusalSum, to,   .label = "止", .en = "to", .rule = REQUIRED),
};
static const Form ask_form = { "RefusalAsk", sizeof(RefusalSum), ask_fields, COUNT(ask_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE refusal_why("
      "  case_id INTEGER PRIMARY KEY REFERENCES cases, why TEXT NOT NULL, day TEXT NOT NULL) STRICT;"
      "CREATE INDEX refusal_why_by_day ON refusal_why(day, why);" },
};

static const Query q_set = {
    .name = "refusals.set", .in = &why_form, .quiet = true,
    .sql = "INSERT INTO refusal_why(case_id, why, day) VALUES(:case_id, :why, :day)"
           " ON CONFLICT(case_id) DO UPDATE SET why = :why, day = :day",
};
static const Query q_sums = {
    .name = "refusals.sums", .in = &sum_form, .out = &sum_form,
    .sql = "SELECT r.why, COUNT(*) AS n, CAST(SUM(CASE WHEN k.state = 'rejected' THEN 1 ELSE 0 END) AS BIGINT) AS ended"
           " FROM refusal_why r JOIN cases k ON k.id = r.case_id WHERE r.day >= :from AND r.day <= :to"
           " AND k.org_path >= :org_path AND k.org_path < :path_end GROUP BY r.why ORDER BY COUNT(*) DESC, r.why",
};
static const Query *const queries[] = { &q_set, &q_sums, NULL };

void refusal_heard(Ctx *c, const Case *k, Str why)
{
    if (ok(c) && why.n) db_insert(c, &q_set, &(RefusalWhy){ .case_id = k->id, .why = why, .day = c->today });
}

Str refusal_said(Ctx *c, Str why, Str note)
{
    size_t cap = note.n + 200;
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    for (size_t i = 0; i < COUNT(why_rows); i++) {
        if (!str_eq(why, str_of(why_rows[i].word)) || str_eq(why, S("OTHER"))) continue;
        out_str(&o, str_of(why_rows[i].zh));
        out_str(&o, S("。"));
    }
    out_str(&o, note);
    return out_view(&o);
}

static void sums(Ctx *c)
{
    RefusalSum ask = { .org_path = c->who.org_path, .path_end = path_end(c->mem, c->who.org_path) };
    if (!form_read_query(c, &ask_form, &ask)) return;
    if (ask.from.day == 0) fault(c, S("from"), FAULT_REQUIRED);
    if (ask.to.day == 0) fault(c, S("to"), FAULT_REQUIRED);
    if (ask.to.day && ask.to.day < ask.from.day) fault(c, S("to"), FAULT_ORDER);
    if (!ok(c)) return;
    reply_rows(c, &sum_form, db_list(c, &q_sums, &ask), (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/statistics/refusals", CLERK | DISPATCHER | HEAD | HR | ORG_MANAGER, sums, "不愿意调解的原因统计",
      "why mediation was declined, in numbers", .query = &ask_form, .out = &sum_form, .list = true },
};

const Slice refusals_slice = {
    .name = "refusals", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .route = routes,
    .routes = COUNT(routes),
};
