/* The numbers of the record, and the cases that each of them counts. */
#include "case/case.h"
#include "core/limits.h"
#include "core/tx.h"
#include "oversight/assessment/assessment.h"
#include "oversight/coverage/coverage.h"
#include "oversight/training/training.h"
#include "register/organisations/org_words.h"
#include "register/standing.h"

typedef struct Ask {
    Id   user_id, after;
    Str  path, measure;
    Date from, to, cut; /* cut: what was archived or paid later does not count any more */
} Ask;
static const Field ask_fields[] = {
    FIELD(Ask, user_id, .label = "调解员", .en = "mediator"),
    FIELD(Ask, path,    .label = "路径",   .en = "path"),
    FIELD(Ask, measure, .label = "指标",   .en = "measure"),
    FIELD(Ask, from,    .label = "自",     .en = "from"),
    FIELD(Ask, to,      .label = "至",     .en = "to"),
    FIELD(Ask, cut,     .label = "截止",   .en = "until"),
    FIELD(Ask, after,   .label = "接续",   .en = "after"),
};
static const Form ask_form = { "AssessAsk", sizeof(Ask), ask_fields, COUNT(ask_fields) };

/* What the queries count, named as the measures are. */
typedef struct Numbers {
    int64_t accepted, closed, archived, ended, agreed, settled, spot, failed, withdrawn, on_time;
    int64_t due_n, paid_n, due_fen, paid_fen, rated, rating;
} Numbers;
static const Field number_fields[] = {
    FIELD(Numbers, accepted), FIELD(Numbers, closed), FIELD(Numbers, archived), FIELD(Numbers, ended),
    FIELD(Numbers, agreed), FIELD(Numbers, settled), FIELD(Numbers, spot), FIELD(Numbers, failed),
    FIELD(Numbers, withdrawn), FIELD(Numbers, on_time), FIELD(Numbers, due_n), FIELD(Numbers, paid_n),
    FIELD(Numbers, due_fen), FIELD(Numbers, paid_fen), FIELD(Numbers, rated), FIELD(Numbers, rating),
};
static const Form number_form = { "AssessNumbers", sizeof(Numbers), number_fields, COUNT(number_fields) };

/* One case behind a number. */
typedef struct AssessCase {
    Id   id;
    Str  no, what;
    Date day;
    Str  measure;
    Id   after;
} AssessCase;

#define AS_MEASURE_CODE(n, word, zh, en, who) { word, zh, en },
static const Code measure_rows[] = { ASSESS_MEASURES(AS_MEASURE_CODE) };
#undef AS_MEASURE_CODE
static const Codes measures = { "assess_measures", measure_rows, COUNT(measure_rows), NULL };

static const Field case_fields[] = {
    FIELD(AssessCase, id,   .label = "案件",   .en = "case"),
    FIELD(AssessCase, no,   .label = "登记号", .en = "ledger number"),
    FIELD(AssessCase, what, .label = "事项",   .en = "what"),
    FIELD(AssessCase, day,  .label = "日期",   .en = "day"),
};
static const Form case_form_of = { "AssessCase", sizeof(AssessCase), case_fields, COUNT(case_fields) };
static const Field case_find_fields[] = {
    FIELD(AssessCase, measure, .label = "指标", .en = "measure", .rule = REQUIRED, .codes = &measures),
    FIELD(AssessCase, after,   .label = "接续", .en = "after"),
};
static const Form case_find_form = { "AssessCaseFind", sizeof(AssessCase), case_find_fields, COUNT(case_find_fields) };

/* ---- SQL: each text once for mediators, once for organisations -------------------- */

#define BY_MEDIATOR "k.mediator_id = :user_id AND k.mediator_id <> 0"
#define BY_ORG "k.org_path = :path"
#define SUM_IF(cond, word) "CAST(COALESCE(SUM(CASE WHEN " cond " THEN 1 ELSE 0 END), 0) AS BIGINT) AS " word
#define IN_TIME(column) column " >= :from AND " column " <= :to"
#define IF_EVENT(events, word) "COUNT(DISTINCT CASE WHEN e.event IN (" events ") THEN k.id END) AS " word
#define KEPT "e.event <> 'withdraw' AND (k.due IS NULL OR e.day <= k.due)"
#define ENDED_BY "'sign', 'settle', 'perform_on_spot', 'fail', 'time_out', 'refuse_sign_end', 'withdraw'"
#define FROM_ENDINGS(subject) \
    " FROM cases k JOIN case_entry e ON e.case_id = k.id WHERE " subject " AND k.accepted IS NOT NULL" \
    " AND e.event IN (" ENDED_BY ") AND " IN_TIME("e.day")
#define FROM_OWING(subject) \
    " FROM cases k JOIN owing w ON w.case_id = k.id WHERE " subject " AND w.waived = 0 AND " IN_TIME("w.due")
#define FROM_VISITS(subject) \
    " FROM cases k JOIN visit v ON v.case_id = k.id WHERE " subject " AND v.satisfaction > 0 AND " IN_TIME("v.day")

#define CASES_OF(word, subject) \
    { .name = "assess.cases_" word, .in = &ask_form, .out = &number_form, \
      .sql = "SELECT " SUM_IF(IN_TIME("k.accepted"), "accepted") ", " SUM_IF(IN_TIME("k.closed"), "closed") ", " \
             SUM_IF(IN_TIME("k.closed") " AND k.archived <= :cut", \
                    "archived") " FROM cases k WHERE " subject }
#define ENDINGS_OF(word, subject) \
    { .name = "assess.endings_" word, .in = &ask_form, .out = &number_form, \
      .sql = "SELECT COUNT(DISTINCT k.id) AS ended, " IF_EVENT("'sign'", "agreed") ", " IF_EVENT("'settle'", "settled") \
             ", " IF_EVENT("'perform_on_spot'", "spot") ", " IF_EVENT("'fail', 'time_out', 'refuse_sign_end'", "failed") \
             ", " IF_EVENT("'withdraw'", "withdrawn") ", COUNT(DISTINCT CASE WHEN " KEPT " THEN k.id END) AS on_time" \
             FROM_ENDINGS(subject) }
#define OWING_OF(word, subject) \
    { .name = "assess.owing_" word, .in = &ask_form, .out = &number_form, \
      .sql = "SELECT COUNT(*) AS due_n, " SUM_IF("w.done <= :cut", "paid_n") \
             ", CAST(COALESCE(SUM(w.amount), 0) AS BIGINT) AS due_fen, CAST(COALESCE(SUM(w.paid), 0) AS BIGINT) AS paid_fen" \
             FROM_OWING(subject) }
#define VISITS_OF(word, subject) \
    { .name = "assess.visits_" word, .in = &ask_form, .out = &number_form, \
      .sql = "SELECT COUNT(*) AS rated, CAST(COALESCE(SUM(v.satisfaction), 0) AS BIGINT) AS rating" \
             FROM_VISITS(subject) }

/* The rows behind them, by the measure's word. */
#define LIST_CASES(word, subject) \
    { .name = "assess.list_cases_" word, .in = &ask_form, .out = &case_form_of, \
      .sql = "SELECT k.id, k.no, :measure AS what, CASE WHEN :measure = 'accepted' THEN k.accepted ELSE k.closed END AS day" \
             " FROM cases k WHERE " subject " AND k.id > :after AND ((:measure = 'accepted' AND " IN_TIME("k.accepted") \
             ") OR (:measure = 'closed' AND " IN_TIME("k.closed") ") OR (:measure = 'archived' AND " \
             IN_TIME("k.closed") " AND k.archived <= :cut)) ORDER BY k.id LIMIT 200" }
#define LIST_ENDINGS(word, subject) \
    { .name = "assess.list_endings_" word, .in = &ask_form, .out = &case_form_of, \
      .sql = "SELECT k.id, k.no, MAX(e.event) AS what, MAX(e.day) AS day" FROM_ENDINGS(subject) " AND k.id > :after" \
             " AND (:measure = 'ended' OR (:measure = 'agreed' AND e.event = 'sign')" \
             " OR (:measure = 'settled' AND e.event = 'settle') OR (:measure = 'spot' AND e.event = 'perform_on_spot')" \
             " OR (:measure = 'failed' AND e.event IN ('fail', 'time_out', 'refuse_sign_end'))" \
             " OR (:measure = 'withdrawn' AND e.event = 'withdraw') OR (:measure = 'on_time' AND " KEPT "))" \
             " GROUP BY k.id, k.no ORDER BY k.id LIMIT 200" }
#define LIST_OWING(word, subject) \
    { .name = "assess.list_owing_" word, .in = &ask_form, .out = &case_form_of, \
      .sql = "SELECT k.id, k.no, MAX(w.duty) AS what, MAX(w.due) AS day" FROM_OWING(subject) " AND k.id > :after" \
             " AND (:measure IN ('due_n', 'due_fen', 'paid_fen') OR w.done <= :cut)" \
             " GROUP BY k.id, k.no ORDER BY k.id LIMIT 200" }
#define LIST_VISITS(word, subject) \
    { .name = "assess.list_visits_" word, .in = &ask_form, .out = &case_form_of, \
      .sql = "SELECT k.id, k.no, CAST(MAX(v.satisfaction) AS TEXT) AS what, MAX(v.day) AS day" FROM_VISITS(subject) \
             " AND k.id > :after GROUP BY k.id, k.no ORDER BY k.id LIMIT 200" }

enum { OF_CASES, OF_ENDINGS, OF_OWING, OF_VISITS, OF__COUNT };
static const Query sums[2][OF__COUNT] = {
    { CASES_OF("m", BY_MEDIATOR), ENDINGS_OF("m", BY_MEDIATOR), OWING_OF("m", BY_MEDIATOR), VISITS_OF("m", BY_MEDIATOR) },
    { CASES_OF("o", BY_ORG), ENDINGS_OF("o", BY_ORG), OWING_OF("o", BY_ORG), VISITS_OF("o", BY_ORG) },
};
static const Query lists[2][OF__COUNT] = {
    { LIST_CASES("m", BY_MEDIATOR), LIST_ENDINGS("m", BY_MEDIATOR), LIST_OWING("m", BY_MEDIATOR),
      LIST_VISITS("m", BY_MEDIATOR) },
    { LIST_CASES("o", BY_ORG), LIST_ENDINGS("o", BY_ORG), LIST_OWING("o", BY_ORG), LIST_VISITS("o", BY_ORG) },
};
static const Query *const queries[] = {
    &sums[0][0], &sums[0][1], &sums[0][2], &sums[0][3], &sums[1][0], &sums[1][1], &sums[1][2], &sums[1][3],
    &lists[0][0], &lists[0][1], &lists[0][2], &lists[0][3], &lists[1][0], &lists[1][1], &lists[1][2],
    &lists[1][3], NULL,
};

/* Which queries tell of a measure; OF__COUNT: none, it counts no cases. */
static const int told_by[AM__COUNT] = {
    [AM_DAYS] = OF__COUNT, [AM_ACCEPTED] = OF_CASES, [AM_CLOSED] = OF_CASES, [AM_ARCHIVED] = OF_CASES,
    [AM_ENDED] = OF_ENDINGS, [AM_AGREED] = OF_ENDINGS, [AM_SETTLED] = OF_ENDINGS, [AM_SPOT] = OF_ENDINGS,
    [AM_FAILED] = OF_ENDINGS, [AM_WITHDRAWN] = OF_ENDINGS, [AM_ON_TIME] = OF_ENDINGS, [AM_DUE_N] = OF_OWING,
    [AM_PAID_N] = OF_OWING, [AM_DUE_FEN] = OF_OWING, [AM_PAID_FEN] = OF_OWING, [AM_RATED] = OF_VISITS,
    [AM_RATING] = OF_VISITS, [AM_TRAINING_MIN] = OF__COUNT, [AM_TRAINING_NEED] = OF__COUNT,
    [AM_SIX] = OF__COUNT,
    [AM_LED] = OF__COUNT, [AM_LED_MET] = OF__COUNT, [AM_HAND] = OF__COUNT,
};

/* ---- the numbers ------------------------------------------------------------------------ */

static int side_of(const Assessment *a)
{
    return str_eq(a->subject, S("MEDIATOR")) ? 0 : 1;
}

/* Scored again after the freeze, it is of the same record: as it stood on that day. */
static Ask ask_of(const Ctx *c, const Assessment *a, const Assessed *s)
{
    return (Ask){ .user_id = s->user_id, .path = s->org_path, .from = a->from_day, .to = a->to_day,
                  .cut = a->frozen_on.day ? a->frozen_on : c->today };
}

static void of_cases(Ctx *c, const Assessment *a, const Assessed *s, AssessFacts *f)
{
    Ask ask = ask_of(c, a, s);
    Numbers n = { 0 };
    for (size_t i = 0; i < OF__COUNT; i++) (void)db_find(c, &sums[side_of(a)][i], &ask, &n);
    f->n[AM_ACCEPTED] = n.accepted;
    f->n[AM_CLOSED] = n.closed;
    f->n[AM_ARCHIVED] = n.archived;
    f->n[AM_ENDED] = n.ended;
    f->n[AM_AGREED] = n.agreed;
    f->n[AM_SETTLED] = n.settled;
    f->n[AM_SPOT] = n.spot;
    f->n[AM_FAILED] = n.failed;
    f->n[AM_WITHDRAWN] = n.withdrawn;
    f->n[AM_ON_TIME] = n.on_time;
    f->n[AM_DUE_N] = n.due_n;
    f->n[AM_PAID_N] = n.paid_n;
    f->n[AM_DUE_FEN] = n.due_fen;
    f->n[AM_PAID_FEN] = n.paid_fen;
    f->n[AM_RATED] = n.rated;
    f->n[AM_RATING] = n.rating;
}

static bool leads(const Target *t, Str kind)
{
    return has_word(t->lead, kind);
}

/* Coverage targets in this unit's lead that were due by the end of the period. */
static void of_targets(Ctx *c, const Assessment *a, const Assessed *s, AssessFacts *f)
{
    const Targets *list = &c->law->targets;
    Str area = cover_area(c);
    for (size_t i = 0; ok(c) && i < list->n; i++) {
        const Target *t = &list->row[i];
        Str within = target_within(c->mem, t, area);
        bool counts = within.n && leads(t, s->kind) && t->due.day <= a->to_day.day;
        if (!counts || !in_force(t->from, t->to, a->to_day)) continue;
        f->n[AM_LED]++;
        f->n[AM_LED_MET] += cover_reached(t, cover_count(c, &(CoverAsk){ .target = t, .within = within,
                                                                        .day = a->to_day }));
    }
}

/* Which of the six the last check by that day found; its detail names photographs, too. */
static int64_t six_of(Ctx *c, Id org_id, Date day)
{
    Rows rows = standing_list(c, org_id);
    int64_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        const Standing *e = (const Standing *)rows.at + i;
        bool check = str_eq(e->event, S("six_all")) || str_eq(e->event, S("six_some"));
        if (!check || e->day.day > day.day) continue;
        for (size_t k = 0; k < six_haves.n; k++) n += has_word(e->detail, str_of(six_haves.row[k].word));
        break;
    }
    return n;
}

AssessFacts assess_facts(Ctx *c, const Assessment *a, const Assessed *s)
{
    AssessFacts f = { .used = 0 };
    bool member = str_eq(a->subject, S("MEMBER")), org = str_eq(a->subject, S("ORG"));
    f.n[AM_DAYS] = a->to_day.day - a->from_day.day + 1;
    if (member) of_targets(c, a, s, &f);
    if (member || !ok(c)) return f;
    of_cases(c, a, s, &f);
    TrainingAsk t = { .mediator_id = org ? (Id){ 0 } : s->subject_id,
        .org_id = org ? s->subject_id : (Id){ 0 },
                      .from = a->from_day, .to = a->to_day };
    f.n[AM_TRAINING_MIN] = training_done(c, &t);
    f.n[AM_TRAINING_NEED] = training_need(c, &t);
    if (org) f.n[AM_SIX] = six_of(c, s->subject_id, a->to_day);
    return f;
}

/* ---- the cases behind a number ------------------------------------------------------------ */

static void cases(Ctx *c)
{
    Assessed s = { 0 };
    Assessment a = { 0 };
    AssessCase find = { 0 };
    (void)form_read_query(c, &case_find_form, &find);
    (void)assessed_get(c, arg_id(c, 0), &s, &a);
    int by = OF__COUNT;
    for (unsigned i = 0; i < AM__COUNT; i++) {
        if (str_eq(str_of(assess_names[i].word), find.measure)) by = told_by[i];
    }
    Ask ask = ask_of(c, &a, &s);
    ask.measure = find.measure;
    ask.after = find.after;
    Rows rows = { 0 };
    if (ok(c) && by != OF__COUNT && !str_eq(a.subject, S("MEMBER"))) {
        rows = db_list(c, &lists[side_of(&a)][by], &ask);
    }
    reply_page(c, &case_form_of, rows, PAGE_MAX, offsetof(AssessCase, id));
}

static const Route routes[] = {
    { "GET", "/api/v1/assessed/:id/cases", HR | HEAD | ORG_MANAGER | MEDIATORS, cases, .zh = "考核指标的案件",
      .en = "the cases behind a number", .query = &case_find_form, .out = &case_form_of, .list = true },
};

const Slice assess_facts_slice = {
    .name = "assess_facts", .route = routes, .routes = COUNT(routes), .query = queries,
};
