/*
** Weak spots of the files, and the training they ask for: groups of causes in
** which mediation fails, or ends late, more often than on the whole.  Shares are
** compared crosswise, never divided.
*/
#include "case/case.h"
#include "core/limits.h"
#include "core/reference.h"
#include "oversight/training/training.h"
#include "register/organisations/organisations.h"

typedef struct Weak {
    Str     topic, why, form;
    int64_t n, of;          /* failed or late, of those that ended */
    int64_t all_n, all_of;  /* the same of all causes */
    Date    from, to;
} Weak;

static const Code why_rows[] = {
    { "FAILS", "调解不成率高于总体", "fails more often than on the whole" },
    { "LATE",  "超期率高于总体",     "ends late more often than on the whole" },
};
static const Codes whys = { "weak_reasons", why_rows, COUNT(why_rows), NULL };

static const Field weak_fields[] = {
    FIELD(Weak, topic,  .label = "建议主题", .en = "topic", .codes = &course_topics),
    FIELD(Weak, why,    .label = "薄弱环节", .en = "why", .codes = &whys),
    FIELD(Weak, form,   .label = "建议形式", .en = "form"),
    FIELD(Weak, n,      .label = "件数（分子）", .en = "cases, numerator"),
    FIELD(Weak, of,     .label = "调解结束件数（分母）", .en = "ended, denominator"),
    FIELD(Weak, all_n,  .label = "总体件数（分子）", .en = "of all causes, numerator"),
    FIELD(Weak, all_of, .label = "总体调解结束件数（分母）", .en = "of all causes, denominator"),
    FIELD(Weak, from,   .label = "自", .en = "from"),
    FIELD(Weak, to,     .label = "至", .en = "to"),
};
static const Form weak_form = { "TrainingWeak", sizeof(Weak), weak_fields, COUNT(weak_fields) };

typedef struct WeakCase {
    Id   id, after;
    Str  no, cause, state, topic, why, path, path_end;
    Date day, due, from, to;
    int64_t ended, failed, late;
} WeakCase;

static const Field case_fields[] = {
    FIELD(WeakCase, id,    .label = "案件",     .en = "case"),
    FIELD(WeakCase, no,    .label = "登记号",   .en = "ledger number"),
    FIELD(WeakCase, cause, .label = "案由",     .en = "cause"),
    FIELD(WeakCase, day,   .label = "调解结束", .en = "ended on"),
    FIELD(WeakCase, due,   .label = "期限届满", .en = "was due"),
    FIELD(WeakCase, topic,    .label = "主题", .en = "topic", .rule = HIDDEN),
    FIELD(WeakCase, why,      .label = "原因", .en = "why", .rule = HIDDEN),
    FIELD(WeakCase, state,    .label = "状态", .en = "state", .rule = HIDDEN),
    FIELD(WeakCase, ended,    .label = "结束", .en = "ended", .rule = HIDDEN),
    FIELD(WeakCase, failed,   .label = "不成", .en = "failed", .rule = HIDDEN),
    FIELD(WeakCase, late,     .label = "超期", .en = "late", .rule = HIDDEN),
    FIELD(WeakCase, path,     .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(WeakCase, path_end, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(WeakCase, from,     .label = "自", .en = "from", .rule = HIDDEN),
    FIELD(WeakCase, to,       .label = "至", .en = "to", .rule = HIDDEN),
    FIELD(WeakCase, after,    .label = "接续", .en = "after", .rule = HIDDEN),
};
static const Form weak_case_form = { "TrainingWeakCase", sizeof(WeakCase), case_fields, COUNT(case_fields) };

static const Field find_fields[] = {
    FIELD(WeakCase, topic, .label = "主题", .en = "topic", .rule = REQUIRED, .codes = &course_topics),
    FIELD(WeakCase, why,   .label = "薄弱环节", .en = "why", .rule = REQUIRED, .codes = &whys),
};
static const Form find_form = { "TrainingWeakFind", sizeof(WeakCase), find_fields, COUNT(find_fields) };

#define OVER_BY "'sign', 'settle', 'perform_on_spot', 'fail', 'time_out', 'refuse_sign_end', 'withdraw'"
#define FAILED_BY "'fail', 'time_out', 'refuse_sign_end'"
#define ENDED \
    " FROM cases k JOIN case_entry e ON e.case_id = k.id WHERE k.org_path >= :path AND k.org_path < :path_end" \
    " AND k.accepted IS NOT NULL AND e.event IN (" OVER_BY ") AND e.day >= :from AND e.day <= :to"
static const Query q_causes = {
    .name = "training_weak.causes", .in = &weak_case_form, .out = &weak_case_form,
    .sql = "SELECT k.cause, COUNT(DISTINCT k.id) AS ended,"
           " COUNT(DISTINCT CASE WHEN e.event IN (" FAILED_BY ") THEN k.id END) AS failed,"
           " COUNT(DISTINCT CASE WHEN e.day > k.due THEN k.id END) AS late" ENDED " GROUP BY k.cause ORDER BY k.cause",
};
static const Query q_cases = {
    .name = "training_weak.cases", .in = &weak_case_form, .out = &weak_case_form,
    .sql = "SELECT k.id, k.no, k.cause, e.day, k.due" ENDED
           " AND ((:why = 'FAILS' AND e.event IN (" FAILED_BY ")) OR (:why = 'LATE' AND e.day > k.due))"
           " ORDER BY k.id, e.id LIMIT 2000",
};
static const Query *const queries[] = { &q_causes, &q_cases, NULL };

/* Which topic teaches what a group of causes needs. */
static const char *const topic_of_group[GROUP__COUNT] = {
    [GROUP_PAY] = "WAGE", [GROUP_END] = "ENDING", [GROUP_REL] = "RELATION", [GROUP_CONC] = "CONTRACT",
    [GROUP_CHG] = "CONTRACT", [GROUP_PERF] = "CONTRACT", [GROUP_TIME] = "HOURS", [GROUP_INS] = "INSURANCE",
    [GROUP_INJ] = "INJURY", [GROUP_WELF] = "WELFARE", [GROUP_TRAIN] = "WELFARE", [GROUP_PROT] = "WELFARE",
    [GROUP_PERS] = "PERSONNEL", [GROUP_COLLC] = "COLLECTIVE", [GROUP_NEF] = "NEF", [GROUP_OVER] = "NEF",
    [GROUP_DISP] = "CONTRACT", [GROUP_OTH] = "OTHER",
};

static Str topic_of(const Ctx *c, Str code)
{
    const Cause *cause = cause_find(&c->law->causes, code, c->today);
    return str_of(cause ? topic_of_group[cause->stat] : "OTHER");
}

static WeakCase ask_of(Ctx *c)
{
    enum { MONTHS = 12 };
    WeakCase ask = { .path = c->who.org_path, .from = date_plus(date_plus_months(c->today, -MONTHS), 1),
                     .to = c->today };
    ask.path_end = ask.path.n ? path_end(c->mem, ask.path) : ask.path; /* nobody's: nothing */
    return ask;
}

static void add(Rows causes, const Ctx *c, Str topic, WeakCase *sum)
{
    const WeakCase *row = causes.at;
    for (size_t i = 0; i < causes.n; i++) {
        if (topic.n && !str_eq(topic_of(c, row[i].cause), topic)) continue;
        sum->ended += row[i].ended;
        sum->failed += row[i].failed;
        sum->late += row[i].late;
    }
}

static void push(Ctx *c, const Weak *w, int64_t least, Rows *rows, size_t *cap)
{
    bool weak = w->of >= least && w->n * w->all_of > w->all_n * w->of;
    if (weak) *(Weak *)rows_push(c->mem, rows, cap, sizeof *w) = *w;
}

static void weak_list(Ctx *c)
{
    WeakCase ask = ask_of(c), all = { 0 };
    Org org = { 0 };
    if (c->who.org.n) (void)org_get(c, c->who.org, &org);
    Look look = { .params = &c->law->params, .region = org.region, .day = c->today };
    int64_t least = param(&look, "TRAINING_WEAK_CASES");
    Rows causes = db_list(c, &q_causes, &ask), rows = { 0 };
    size_t cap = 0;
    add(causes, c, (Str){ 0 }, &all);
    for (size_t i = 0; i < course_topics.n; i++) {
        WeakCase sum = { 0 };
        Weak w = { .topic = str_of(course_topics.row[i].word), .from = ask.from, .to = ask.to,
            .all_of = all.ended };
        add(causes, c, w.topic, &sum);
        w.of = sum.ended;
        w.why = S("FAILS");
        w.form = S("CASES");
        w.n = sum.failed;
        w.all_n = all.failed;
        push(c, &w, least, &rows, &cap);
        w.why = S("LATE");
        w.form = S("LECTURE");
        w.n = sum.late;
        w.all_n = all.late;
        push(c, &w, least, &rows, &cap);
    }
    reply_rows(c, &weak_form, rows, (Str){ 0 });
}

static void weak_cases(Ctx *c)
{
    WeakCase ask = ask_of(c);
    (void)form_read_query(c, &find_form, &ask);
    Rows rows = db_list(c, &q_cases, &ask);
    WeakCase *k = rows.at;
    size_t n = 0;
    for (size_t i = 0; i < rows.n && n < PAGE_MAX; i++) {
        bool again = n && k[n - 1].id.n == k[i].id.n;
        if (!again && str_eq(topic_of(c, k[i].cause), ask.topic)) k[n++] = k[i];
    }
    reply_rows(c, &weak_case_form, (Rows){ k, n }, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/training-weak", HR | HEAD, weak_list, .zh = "案卷中的薄弱环节与培训建议",
      .en = "weak spots of the files, and the training they ask for", .out = &weak_form, .list = true },
    { "GET", "/api/v1/training-weak-cases", HR | HEAD, weak_cases, .zh = "薄弱环节的案件", .en = "the cases of a weak spot",
      .query = &find_form, .out = &weak_case_form, .list = true },
};

const Slice training_weak_slice = {
    .name = "training_weak", .route = routes, .routes = COUNT(routes), .query = queries,
};
