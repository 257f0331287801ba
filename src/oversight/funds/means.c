/*
** Means between districts (R143): people, venue and money of each district in the
** reader's subtree, beside the mean of all.  The six haves, the pool, the budgets,
** and what a case cost in subsidies: as the year ended, or as it is today.
*/
#include "core/reference.h"
#include "law/law.h"
#include "oversight/funds/funds.h"
#include "register/mediators/mediator_posts.h"
#include "register/organisations/org_dated.h"

typedef struct Means {
    Str     region, name;
    int64_t orgs, six_ok, venue, mediators, full_time, accepted, subsidy_cases;
    Money   approved, paid, subsidies, per_case, per_subsidy;
    int64_t below; /* of the mean funds per case, in percent: 0 if not below */
    int64_t year, from, to;
    Str     path, path_end;
    Date    day;
    Time    morrow;
} Means;

static const Field fields[] = {
    FIELD(Means, region,    .label = "地区代码", .en = "code"),
    FIELD(Means, name,      .label = "地区", .en = "district"),
    FIELD(Means, orgs,      .label = "调解组织", .en = "organisations"),
    FIELD(Means, six_ok,    .label = "六有达标", .en = "all six haves"),
    FIELD(Means, venue,     .label = "有场地", .en = "with a venue"),
    FIELD(Means, mediators, .label = "在任调解员", .en = "mediators in office"),
    FIELD(Means, full_time, .label = "其中专职", .en = "of whom full-time"),
    FIELD(Means, accepted,  .label = "受理件数", .en = "accepted"),
    FIELD(Means, approved,  .label = "预算", .en = "budget"),
    FIELD(Means, paid,      .label = "已支付", .en = "paid"),
    FIELD(Means, per_case,  .label = "每件预算", .en = "budget per case"),
    FIELD(Means, subsidies, .label = "已发补助", .en = "subsidies paid"),
    FIELD(Means, subsidy_cases, .label = "补助案件", .en = "cases paid for"),
    FIELD(Means, per_subsidy, .label = "件均补助", .en = "mean subsidy"),
    FIELD(Means, below,     .label = "低于平均（%）", .en = "percent below the mean"),
    FIELD(Means, year,     .label = "年度", .en = "year", .rule = HIDDEN),
    FIELD(Means, from,     .label = "起", .en = "from", .rule = HIDDEN),
    FIELD(Means, to,       .label = "止", .en = "to", .rule = HIDDEN),
    FIELD(Means, day,      .label = "日期", .en = "day", .rule = HIDDEN),
    FIELD(Means, morrow,   .label = "次日", .en = "morrow", .rule = HIDDEN),
    FIELD(Means, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(Means, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form means_form = FORM(Means, fields);

typedef struct MeansAsk { int64_t year; } MeansAsk;
static const Field ask_fields[] = {
    FIELD(MeansAsk, year, .label = "年度", .en = "year", .rule = REQUIRED, .min = 2008, .max = 2100),
};
static const Form ask_form = FORM(MeansAsk, ask_fields);

#define BELOW(t) t ".org_path >= :path AND " t ".org_path < :path_end"
#define SEAT(o) ORG_SEAT(o, ":day")
#define IN_DISTRICT(org_id) \
    org_id " IN (SELECT o.id FROM org o WHERE " SEAT("o") " = d.region AND o.path >= :path" \
    " AND o.path < :path_end)"
#define OF_DISTRICT(t) "WHERE " IN_DISTRICT(t ".org") " AND " BELOW(t)
#define CHECKED(what) \
    "COALESCE((SELECT z." what " FROM standing z WHERE z.subject = g.id AND z.day <= :day" \
    " AND z.event IN ('six_all', 'six_some') ORDER BY z.day DESC, z.id DESC LIMIT 1), '')"
#define SERVING(more) \
    "(SELECT COUNT(*) FROM mediator_post p WHERE " IN_DISTRICT("p.org_id") more \
    " AND" MEDIATOR_POST_HELD("p", "< :morrow") " AND" MEDIATOR_SERVED("p", ":day") " AND " BELOW("p") ")"
static const Query q_means = { /* a row a district: a year's figures, read by whoever writes the report */
    .name = "means.list", .in = &means_form, .out = &means_form,
    .sql = "SELECT d.region, COUNT(*) AS orgs,"
           " CAST(SUM(CASE WHEN d.event = 'six_all' THEN 1 ELSE 0 END) AS BIGINT) AS six_ok,"
           " CAST(SUM(CASE WHEN d.detail LIKE '%VENUE%' THEN 1 ELSE 0 END) AS BIGINT) AS venue,"
           " " SERVING("") " AS mediators, " SERVING(" AND p.work = 'FT'") " AS full_time,"
           " (SELECT CAST(COALESCE(SUM(b.approved), 0) AS BIGINT) FROM budget b " OF_DISTRICT("b")
           " AND b.year = :year) AS approved,"
           " (SELECT CAST(COALESCE(SUM(b.paid), 0) AS BIGINT) FROM budget b " OF_DISTRICT("b")
           " AND b.year = :year) AS paid,"
           " (SELECT COUNT(*) FROM cases k WHERE " IN_DISTRICT("k.owner")
           " AND k.owner_path >= :path AND k.owner_path < :path_end AND k.accepted IS NOT NULL"
           " AND CAST(substr(k.accepted, 1, 4) AS BIGINT) = :year) AS accepted,"
           " (SELECT CAST(COALESCE(SUM(s.pay), 0) AS BIGINT) FROM subsidy s " OF_DISTRICT("s")
           " AND s.state = 'PAID' AND s.month >= :from AND s.month <= :to) AS subsidies,"
           " (SELECT COUNT(*) FROM subsidy s " OF_DISTRICT("s")
           " AND s.state = 'PAID' AND s.month >= :from AND s.month <= :to) AS subsidy_cases"
           " FROM (SELECT " SEAT("g") " AS region, " CHECKED("event") " AS event, " CHECKED("detail") " AS detail"
           " FROM org g WHERE g.path >= :path AND g.path < :path_end AND g.kind NOT IN ('HRSS', 'ARB', 'COURT', 'PROC',"
           " 'LINSP', 'LAID', 'PLC', 'JUST', 'FIN', 'MIIT', 'GU', 'FIC', 'EC')) AS d /*scan*/"
           " GROUP BY d.region ORDER BY d.region LIMIT 200",
};
static const Query *const queries[] = { &q_means, NULL };

static int64_t per(int64_t fen, int64_t n)
{
    return n > 0 ? (2 * fen + n) / (2 * n) : 0; /* half up */
}

static void show(Ctx *c)
{
    MeansAsk in = { 0 };
    form_read_query(c, &ask_form, &in);
    OfficeScope s = office_scope(c, OBJ_FUND);
    Means ask = { .year = in.year, .from = in.year * 100 + 1, .to = in.year * 100 + 12, .path = s.path,
                  .path_end = s.path_end, .day = date_of((int)in.year, 12, 31) };
    if (ask.day.day > c->today.day) ask.day = c->today;
    ask.morrow = time_at(date_plus(ask.day, 1), 0, 0);
    Rows rows = db_list(c, &q_means, &ask);
    Means *m = rows.at;
    int64_t fen = 0, cases = 0;
    for (size_t i = 0; i < rows.n; i++) {
        m[i].name = code_region(c, m[i].region);
        m[i].per_case.fen = per(m[i].approved.fen, m[i].accepted);
        m[i].per_subsidy.fen = per(m[i].subsidies.fen, m[i].subsidy_cases);
        fen += m[i].accepted ? m[i].approved.fen : 0;
        cases += m[i].accepted;
    }
    int64_t mean = per(fen, cases);
    for (size_t i = 0; i < rows.n; i++) {
        bool less = m[i].accepted && m[i].per_case.fen < mean;
        if (less) m[i].below = per((mean - m[i].per_case.fen) * 100, mean);
    }
    reply_rows(c, &means_form, rows, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/means", HR | HEAD | FINANCE, show, "地区保障条件比较", "people, venue and funds of the districts",
      .query = &ask_form, .out = &means_form, .list = true },
};

const Slice means_slice = { .name = "means", .query = queries, .route = routes, .routes = COUNT(routes) };
