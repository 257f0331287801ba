/*
** Statistics by place, by mediator, and of what is overdue now.
*/
#include "case/case_list.h"
#include "core/limits.h"
#include "law/period.h"
#include "oversight/statistics/statistics.h"
#include "register/organisations/org_dated.h"

#include <stdlib.h>

enum { PLACES_MAX = 400, PEOPLE_MAX = 400, PAGE = 50 };

/* What one place, or one person, has in the months. */
typedef struct Score {
    Id      org_id, user_id;
    Str     path, name, region, kind;
    int64_t month;
    Str     lines;
    int64_t registered, accepted, workers, closed, solved, withdrawn, on_time, late, days, marks,
        satisfaction, due,
            performed, open;
    int64_t from, to, sum, limit;
    Id      parent_id;
    Str     path_end;
    Date    last;      /* day of the months */
    bool    withheld;
} Score;
static const Field place_fields[] = {
    FIELD(Score, org_id,     .label = "组织编号", .en = "organisation"),
    FIELD(Score, user_id,    .label = "调解员",   .en = "mediator"),
    FIELD(Score, path,       .label = "组织路径", .en = "path"),
    FIELD(Score, name,       .label = "名称",     .en = "name"),
    FIELD(Score, region,     .label = "地区",     .en = "region"),
    FIELD(Score, kind,       .label = "机构类别", .en = "kind"),
    FIELD(Score, registered, .label = "登记",     .en = "registered"),
    FIELD(Score, accepted,   .label = "受理",     .en = "accepted"),
    FIELD(Score, workers,    .label = "涉及人数", .en = "workers"),
    FIELD(Score, closed,     .label = "结案",     .en = "closed"),
    FIELD(Score, solved,     .label = "调解成功", .en = "solved"),
    FIELD(Score, withdrawn,  .label = "撤回",     .en = "withdrawn"),
    FIELD(Score, on_time,    .label = "按期办结", .en = "closed on time"),
    FIELD(Score, late,       .label = "超期结案", .en = "closed late"),
    FIELD(Score, days,       .label = "办理天数合计", .en = "days in all"),
    FIELD(Score, marks,      .label = "评价数",   .en = "marks given"),
    FIELD(Score, satisfaction, .label = "评价合计", .en = "marks in all"),
    FIELD(Score, due,        .label = "到期应履行", .en = "fell due"),
    FIELD(Score, performed,  .label = "已履行",   .en = "performed"),
    FIELD(Score, open,       .label = "期末未结", .en = "open at the end"),
    FIELD(Score, withheld,   .label = "因数值过小不显示", .en = "too small to show"),
    FIELD(Score, month,      .label = "月份",     .en = "month", .rule = HIDDEN),
    FIELD(Score, lines,      .label = "计数",     .en = "lines", .rule = HIDDEN),
    FIELD(Score, from,       .label = "月份起",   .en = "from", .rule = HIDDEN),
    FIELD(Score, to,         .label = "月份止",   .en = "to", .rule = HIDDEN),
    FIELD(Score, sum,        .label = "类别",     .en = "kind of sum", .rule = HIDDEN),
    FIELD(Score, limit,      .label = "条数",     .en = "rows", .rule = HIDDEN),
    FIELD(Score, parent_id,  .label = "上级机构", .en = "parent", .rule = HIDDEN),
    FIELD(Score, last,       .label = "期末",     .en = "last day", .rule = HIDDEN),
    FIELD(Score, path_end,   .label = "路径末",   .en = "end", .rule = HIDDEN),
};
static const Form place_form = { "StatPlace", sizeof(Score), place_fields, COUNT(place_fields) };

static const Query q_places = {
    .name = "statistics.places", .in = &place_form, .out = &place_form,
    .sql = "SELECT o.id AS org_id, o.path, o.name, " ORG_SEAT("o", ":last") " AS region, o.kind, COALESCE(s.month, 0) AS month,"
           " COALESCE(s.lines, '') AS lines,"
           " CAST(COALESCE((SELECT sum(t.open) FROM month_sum t WHERE t.kind = 0 AND t.path = o.path"
           " AND t.month <= :to), 0) AS BIGINT) AS open FROM org o LEFT JOIN month_sum s ON s.kind = 0"
           " AND s.path = o.path AND s.month >= :from AND s.month <= :to WHERE o.parent_id = :parent_id"
           " ORDER BY o.path, s.month LIMIT :limit",
};
static const Query q_people = {
    .name = "statistics.people", .in = &place_form, .out = &place_form,
    .sql = "SELECT path, month, lines, open FROM month_sum WHERE kind = 2 AND path >= :path AND path < :path_end"
           " AND month >= :from AND month <= :to ORDER BY path, month LIMIT :limit",
};
static const Query q_name = {
    .name = "statistics.name", .in = &place_form, .out = &place_form,
    .sql = "SELECT name FROM mediator WHERE user_id = :user_id AND user_id <> 0",
};

/* Something owed that is overdue. */
typedef struct Overdue {
    Id      id, case_id, before;
    Str     path, path_end, scope_end;
    Date    today, since, until;
    int64_t n, fen, bucket, limit;
} Overdue;
static const Field overdue_fields[] = {
    FIELD(Overdue, bucket,    .label = "账龄段",   .en = "how long overdue"),
    FIELD(Overdue, n,         .label = "项数",     .en = "obligations"),
    FIELD(Overdue, fen,       .label = "金额（分）", .en = "amount, fen"),
    FIELD(Overdue, id,        .label = "编号",     .en = "number", .rule = HIDDEN),
    FIELD(Overdue, case_id,   .label = "案件",     .en = "case", .rule = HIDDEN),
    FIELD(Overdue, before,    .label = "之前",     .en = "before", .rule = HIDDEN),
    FIELD(Overdue, path,      .label = "组织",     .en = "organisation", .rule = HIDDEN),
    FIELD(Overdue, path_end,  .label = "组织止",   .en = "end", .rule = HIDDEN),
    FIELD(Overdue, today,     .label = "今天",     .en = "today", .rule = HIDDEN),
    FIELD(Overdue, since,     .label = "自",       .en = "from", .rule = HIDDEN),
    FIELD(Overdue, until,     .label = "至",       .en = "until", .rule = HIDDEN),
    FIELD(Overdue, limit,     .label = "条数",     .en = "rows", .rule = HIDDEN),
};
static const Form overdue_form = { "OverdueAge", sizeof(Overdue), overdue_fields, COUNT(overdue_fields) };

static const Query q_overdue = {
    .name = "statistics.overdue", .in = &overdue_form, .out = &overdue_form,
    .sql = "SELECT count(*) AS n, CAST(COALESCE(sum(w.amount - w.paid), 0) AS BIGINT) AS fen FROM owing w"
           " JOIN cases k ON k.id = w.case_id WHERE w.open = 1 AND w.due >= :since AND w.due < :until"
           " AND k.org_path >= :path AND k.org_path < :path_end",
};
static const Query q_overdue_cases = {
    .name = "statistics.overdue_cases", .in = &overdue_form, .out = &overdue_form,
    .sql = "SELECT DISTINCT k.id AS case_id FROM owing w JOIN cases k ON k.id = w.case_id WHERE w.open = 1"
           " AND w.due >= :since AND w.due < :until AND k.org_path >= :path AND k.org_path < :path_end"
           " AND k.id < :before ORDER BY k.id DESC LIMIT :limit",
};
static const Query *const queries[] = { &q_places, &q_people, &q_name, &q_overdue, &q_overdue_cases, NULL };

/* ---- places and people ------------------------------------------------------------------------------- */

static void fill(Score *p, const Lines *l)
{
    const int64_t *n = l->n;
    p->registered = n[LINE_REGISTERED];
    p->accepted = n[LINE_ACCEPTED];
    p->workers = n[LINE_WORKERS];
    p->closed = n[LINE_CLOSED];
    p->solved = n[LINE_AGREED] + n[LINE_SETTLED] + n[LINE_AT_ONCE];
    p->withdrawn = n[LINE_WITHDRAWN];
    p->on_time = n[LINE_ON_TIME];
    p->late = n[LINE_LATE_CLOSED];
    p->days = n[LINE_MEAN_DAYS];
    p->marks = n[LINE_MARKS];
    p->satisfaction = n[LINE_SATISFACTION];
    p->due = n[LINE_DUE];
    p->performed = n[LINE_PERFORMED];
}

/* A row of few cases tells who they were: it is left empty for who sees no names. */
static void hide(Score *p)
{
    *p = (Score){ .org_id = p->org_id, .path = p->path, .name = p->name, .region = p->region, .kind = p->kind,
                  .withheld = true };
}

/* One alone would be what the others leave of the whole: the smallest beside it is left empty, too. */
static void withhold(const Stat *s, Rows rows)
{
    Score *at = rows.at, *least = NULL;
    size_t hidden = 0;
    for (size_t i = 0; i < rows.n; i++) {
        bool few = (at[i].accepted && at[i].accepted < s->small) || (at[i].closed && at[i].closed < s->small);
        if (few) hide(&at[i]);
        hidden += few;
        bool some = !few && at[i].accepted + at[i].closed > 0;
        if (some && (!least || at[i].accepted < least->accepted)) least = &at[i];
    }
    if (hidden == 1 && least) hide(least);
}

/* Rows of one path, month after month, become one. */
static Rows folded(Ctx *c, Rows rows, bool (*alike)(const Score *a, const Score *b))
{
    Score *at = rows.at;
    size_t n = 0;
    Lines l = { 0 };
    (void)c;
    for (size_t i = 0; i < rows.n; i++) {
        lines_read(&l, at[i].lines);
        if (i + 1 < rows.n && alike(&at[i], &at[i + 1])) continue;
        at[n] = at[i];
        fill(&at[n++], &l);
        l = (Lines){ 0 };
    }
    return (Rows){ at, n };
}

static bool same_path(const Score *a, const Score *b) { return str_eq(a->path, b->path); }
static bool same_user(const Score *a, const Score *b) { return a->user_id.n == b->user_id.n; }

static void places(Ctx *c)
{
    Stat s;
    if (!stat_asked(c, &s)) return;
    Score ask = { .parent_id = s.org.id, .from = s.from, .to = s.to, .limit = (int64_t)PLACES_MAX * 60 };
    Date since, morrow;
    report_days(c, &s.org, s.to, &since, &morrow);
    ask.last = date_plus(morrow, -1);
    Rows rows = folded(c, db_list(c, &q_places, &ask), same_path);
    withhold(&s, rows);
    reply_rows(c, &place_form, rows, (Str){ 0 });
}

static Id user_of(Str path)
{
    (void)str_cut(&path, '@');
    return id_parse(path);
}

static int by_user(const void *a, const void *b)
{
    const Score *x = a, *y = b;
    return (x->user_id.n > y->user_id.n) - (x->user_id.n < y->user_id.n);
}

static int by_closed(const void *a, const void *b)
{
    const Score *x = a, *y = b;
    if (x->closed != y->closed) return (x->closed < y->closed) - (x->closed > y->closed);
    return by_user(a, b);
}

static Rows people_of(Ctx *c, const Stat *s, Id only)
{
    Score ask = { .path = s->org.path, .path_end = path_end(c->mem, s->org.path), .from = s->from,
        .to = s->to,
                  .limit = (int64_t)PEOPLE_MAX * 60 };
    Rows rows = db_list(c, &q_people, &ask);
    Score *at = rows.at;
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        at[i].user_id = user_of(at[i].path);
        if (only.n == 0 || at[i].user_id.n == only.n) at[n++] = at[i];
    }
    if (n) qsort(at, n, sizeof *at, by_user);
    rows = folded(c, (Rows){ at, n }, same_user);
    if (rows.n) qsort(rows.at, rows.n, sizeof(Score), by_closed);
    if (rows.n > PEOPLE_MAX) rows.n = PEOPLE_MAX;
    return rows;
}

static void people(Ctx *c)
{
    Stat s;
    if (!stat_asked(c, &s)) return;
    Rows rows = people_of(c, &s, (Id){ 0 });
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        Score *p = (Score *)rows.at + i, named = { .user_id = p->user_id };
        if (db_find(c, &q_name, &named, &named)) p->name = named.name;
    }
    reply_rows(c, &place_form, rows, (Str){ 0 });
}

/* A mediator's own numbers. */
static void mine(Ctx *c)
{
    Stat s;
    if (!stat_asked(c, &s)) return;
    reply_rows(c, &place_form, people_of(c, &s, c->who.id), (Str){ 0 });
}

/* ---- what is overdue now ------------------------------------------------------------------------------ */

/* Days overdue from … to: the last has no end. */
static const struct Bucket { int from, to; } buckets[] = { { 1, 30 }, { 31, 90 }, { 91, 180 }, { 181,
    36500 } };

static Overdue overdue_of(Ctx *c, const Stat *s, size_t bucket)
{
    return (Overdue){ .path = s->org.path, .path_end = path_end(c->mem, s->org.path), .today = c->today,
                      .since = date_plus(c->today, -buckets[bucket].to),
                      .until = date_plus(c->today, 1 - buckets[bucket].from) };
}

static void overdue(Ctx *c)
{
    Stat s;
    if (!stat_asked(c, &s)) return;
    Overdue *row = NEW(c->mem, Overdue, COUNT(buckets));
    for (size_t i = 0; i < COUNT(buckets); i++) {
        Overdue ask = overdue_of(c, &s, i);
        (void)db_find(c, &q_overdue, &ask, &row[i]);
        row[i].bucket = buckets[i].from;
        if (row[i].n && row[i].n < s.small) row[i] = (Overdue){ .bucket = buckets[i].from, .n = -1 };
    }
    reply_rows(c, &overdue_form, (Rows){ row, COUNT(buckets) }, (Str){ 0 });
}

static void overdue_cases(Ctx *c)
{
    Stat s;
    int64_t from = 0;
    size_t bucket = COUNT(buckets);
    if (!stat_asked(c, &s)) return;
    (void)str_int(s.ask.bucket, &from);
    for (size_t i = 0; i < COUNT(buckets); i++) {
        if (buckets[i].from == from) bucket = i;
    }
    if (bucket == COUNT(buckets)) fault(c, S("bucket"), FAULT_NOT_CODE);
    if (!ok(c)) return;
    Overdue ask = overdue_of(c, &s, bucket);
    ask.limit = PAGE + 1;
    ask.before = id_parse(s.ask.after);
    if (ask.before.n == 0) ask.before.n = INT64_MAX;
    Rows rows = db_list(c, &q_overdue_cases, &ask);
    size_t n = rows.n < PAGE ? rows.n : PAGE;
    Id *id = NEW(c->mem, Id, n + 1);
    for (size_t i = 0; i < n; i++) id[i] = ((const Overdue *)rows.at)[i].case_id;
    Out next = { .buf = NEW(c->mem, char, 24), .cap = 24 };
    if (rows.n > PAGE) out_int(&next, id[n - 1].n);
    reply_rows(c, &case_form, cases_by_id(c, id, n), out_view(&next));
}

enum { NAMED = HEAD | HR | ORG_MANAGER };

static const Route routes[] = {
    { "GET", "/api/v1/statistics/places", MONTH_READ, places, "分地区（下级组织）统计", "by the places right below",
      .query = &stat_ask_form, .out = &place_form, .list = true },
    { "GET", "/api/v1/statistics/mediators", NAMED, people, "分调解员统计", "by mediator",
      .query = &stat_ask_form, .out = &place_form, .list = true },
    { "GET", "/api/v1/statistics/mine", MEDIATORS, mine, "我的办案统计", "a mediator's own numbers",
      .query = &stat_ask_form, .out = &place_form, .list = true },
    { "GET", "/api/v1/statistics/overdue", MONTH_READ, overdue, "逾期未履行账龄", "how long obligations are overdue",
      .query = &stat_ask_form, .out = &overdue_form, .list = true },
    { "GET", "/api/v1/statistics/overdue/cases", NAMED, overdue_cases, "逾期未履行的案件", "the cases of it",
      .query = &stat_ask_form, .out = &case_form, .list = true },
};

const Slice statistics_people_slice = {
    .name = "statistics_people", .query = queries, .route = routes, .routes = COUNT(routes),
};
