/*
** How many disputes of a place went to arbitration and to court in a month: what the
** share of mediation is held against (R134, domain.md 5.6).  The bureau enters both,
** or the liaisons of the arbitration body and the court each their own; one number a
** place, month and kind, kept with the bureau's path.
*/
#include "core/audit.h"
#include "core/tx.h"
#include "law/period.h"
#include "oversight/statistics/statistics.h"

typedef struct Filing {
    Str     path, path_end, kind, source;
    int64_t month, n, from, to;
    Str     months;     /* in answers: 2026-05 */
    Id      by_id;
    Time    at;
} Filing;

static const Code kind_rows[] = {
    { "ARBITRATION", "仲裁立案", "arbitration cases filed" }, { "SUIT", "法院受理", "suits accepted" },
};
static const Codes kinds = { .name = "filing_kind", .row = kind_rows, .n = COUNT(kind_rows) };
static const Field fields[] = {
    FIELD(Filing, kind,   .label = "类别", .en = "kind", .rule = REQUIRED, .codes = &kinds),
    FIELD(Filing, n,      .label = "件数", .en = "number", .rule = REQUIRED, .min = 0, .max = 10000000),
    FIELD(Filing, source, .label = "数据来源", .en = "where the number is from", .max = 200),
    FIELD(Filing, months, .label = "月份", .en = "month", .rule = SERVER_SET),
    FIELD(Filing, by_id,  .label = "填报人", .en = "by", .rule = SERVER_SET),
    FIELD(Filing, at,     .label = "填报时间", .en = "at", .rule = SERVER_SET),
    FIELD(Filing, month,    .label = "月份", .en = "month", .rule = HIDDEN),
    FIELD(Filing, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(Filing, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(Filing, from,     .label = "月份起", .en = "from", .rule = HIDDEN),
    FIELD(Filing, to,       .label = "月份止", .en = "to", .rule = HIDDEN),
};
static const Form filing_form = FORM(Filing, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE filing("
      "  path TEXT NOT NULL, month INTEGER NOT NULL, kind TEXT NOT NULL CHECK(kind IN ('ARBITRATION', 'SUIT')),"
      "  n INTEGER NOT NULL CHECK(n >= 0), source TEXT NOT NULL, by_id INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  PRIMARY KEY(path, month, kind)) STRICT;" },
};
static const Query q_put = {
    .name = "filing.put", .in = &filing_form,
    .sql = "INSERT INTO filing(path, month, kind, n, source, by_id, at)"
           " VALUES(:path, :month, :kind, :n, :source, :by_id, :at) ON CONFLICT(path, month, kind)"
           " DO UPDATE SET n = excluded.n, source = excluded.source, by_id = excluded.by_id, at = excluded.at",
};
static const Query q_sum = {
    .name = "filing.sum", .in = &filing_form, .out = &filing_form,
    .sql = "SELECT kind, CAST(SUM(n) AS BIGINT) AS n FROM filing WHERE path >= :path AND path < :path_end"
           " AND month >= :from AND month <= :to GROUP BY kind",
};
static const Query q_list = {
    .name = "filing.list", .in = &filing_form, .out = &filing_form,
    .sql = "SELECT month, kind, n, source, by_id, at FROM filing WHERE path = :path AND month >= :from"
           " AND month <= :to ORDER BY month, kind LIMIT 200",
};
static const Query *const queries[] = { &q_put, &q_sum, &q_list, NULL };

void filings_of(Ctx *c, const Sum *of, Lines *l)
{
    Filing ask = { .path = of->path, .path_end = of->path_end, .from = of->from, .to = of->to };
    Rows rows = db_list(c, &q_sum, &ask);
    for (size_t i = 0; i < rows.n; i++) {
        const Filing *f = (const Filing *)rows.at + i;
        l->n[str_eq(f->kind, S("SUIT")) ? LINE_SUITS : LINE_ARBITRATION] += f->n;
    }
}

/* The bureau's: of a liaison, the office above the own body. */
static Str place_of(const Ctx *c)
{
    Str path = c->who.org_path;
    bool liaison = !(c->who.roles & (uint32_t)(HR | HEAD)) && path.n > PATH_STEP;
    return liaison ? (Str){ path.s, path.n - PATH_STEP } : path;
}

/* A liaison enters what the own body filed. */
static bool may_enter(const Ctx *c, Str kind)
{
    if (c->who.roles & HR) return true;
    bool suit = str_eq(kind, S("SUIT"));
    return (c->who.roles & (uint32_t)(suit ? LINK_COURT : LINK_ARB)) != 0;
}

static void put(Ctx *c)
{
    Filing f = { .by_id = c->who.id, .at = now(c) };
    form_read(c, &filing_form, &f);
    if (!period_parse(c->arg[0], &f.month)) fail(c, ERR_NOT_FOUND, S("month"));
    tx_begin(c);
    if (ok(c) && (c->who.org_path.n == 0 || !may_enter(c, f.kind))) fail(c, ERR_FORBIDDEN, f.kind);
    f.path = place_of(c);
    f.months = month_text(c, f.month);
    audit_about(c, c->who.org);
    db_change(c, &q_put, &f);
    reply_row(c, 200, &filing_form, &f);
    tx_end(c);
}

static void list(Ctx *c)
{
    StatAsk in = { 0 };
    Filing ask = { .path = place_of(c) };
    form_read_query(c, &stat_ask_form, &in);
    if (ok(c) && !period_parse(in.from, &ask.from)) fault(c, S("from"), FAULT_NOT_DATE);
    if (ok(c) && !period_parse(in.to, &ask.to)) fault(c, S("to"), FAULT_NOT_DATE);
    Rows rows = db_list(c, &q_list, &ask);
    for (size_t i = 0; i < rows.n; i++) {
        Filing *f = (Filing *)rows.at + i;
        f->months = month_text(c, f->month);
    }
    reply_rows(c, &filing_form, rows, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/filings", HR | HEAD | LINK_ARB | LINK_COURT, list, "仲裁立案、法院受理数",
      "what went to arbitration and to court, by month", .query = &stat_ask_form, .out = &filing_form, .list = true },
    { "PUT", "/api/v1/filings/:month", HR | LINK_ARB | LINK_COURT, put, "填报仲裁立案、法院受理数",
      "enter a month's number", .in = &filing_form, .out = &filing_form },
};

const Slice filings_slice = {
    .name = "filing", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .route = routes,
    .routes = COUNT(routes),
};
