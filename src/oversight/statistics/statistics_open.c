/*
** Figures that an office publishes on the portal, by its own choice (R135): of
** the last twelve months that are over, in sums that tell of nobody.
*/
#include "core/tx.h"
#include "law/period.h"
#include "oversight/statistics/statistics.h"

enum { OFFICES_MAX = 50 };

typedef struct OpenFigures {
    Id      org_id;
    Str     name, path;
    bool    published;
    Id      by_id;
    Time    at;
    Str     from, to;
    int64_t accepted, workers, closed, solved, due, performed;
    Money   agreed_fen;
    Str     definition;
    int64_t limit;
} OpenFigures;
static const Field fields[] = {
    FIELD(OpenFigures, org_id,     .label = "组织编号", .en = "organisation", .rule = SERVER_SET),
    FIELD(OpenFigures, name,       .label = "名称",     .en = "name", .rule = SERVER_SET),
    FIELD(OpenFigures, published,  .label = "对外公布", .en = "published", .rule = REQUIRED),
    FIELD(OpenFigures, from,       .label = "月份起",   .en = "from the month", .rule = SERVER_SET),
    FIELD(OpenFigures, to,         .label = "月份止",   .en = "to the month", .rule = SERVER_SET),
    FIELD(OpenFigures, accepted,   .label = "受理件数", .en = "accepted", .rule = SERVER_SET),
    FIELD(OpenFigures, workers,    .label = "涉及劳动者人数", .en = "workers", .rule = SERVER_SET),
    FIELD(OpenFigures, closed,     .label = "结案件数", .en = "closed", .rule = SERVER_SET),
    FIELD(OpenFigures, solved,     .label = "调解成功件数", .en = "solved", .rule = SERVER_SET),
    FIELD(OpenFigures, agreed_fen, .label = "协议金额（分）", .en = "agreed, fen", .rule = SERVER_SET),
    FIELD(OpenFigures, due,        .label = "到期应履行项数", .en = "obligations that fell due", .rule = SERVER_SET),
    FIELD(OpenFigures, performed,  .label = "已履行项数", .en = "performed", .rule = SERVER_SET),
    FIELD(OpenFigures, definition, .label = "统计口径", .en = "definition", .rule = SERVER_SET),
    FIELD(OpenFigures, path,       .label = "组织路径", .en = "path", .rule = HIDDEN),
    FIELD(OpenFigures, by_id,      .label = "经办人",   .en = "by", .rule = HIDDEN),
    FIELD(OpenFigures, at,         .label = "时间",     .en = "at", .rule = HIDDEN),
    FIELD(OpenFigures, limit,      .label = "条数",     .en = "rows", .rule = HIDDEN),
};
static const Form open_form = FORM(OpenFigures, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE open_figures("
      "  org_id INTEGER PRIMARY KEY REFERENCES org(id), path TEXT NOT NULL, published INTEGER NOT NULL,"
      "  by_id INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;" },
};

static const Query q_set = {
    .name = "open_figures.set", .in = &open_form,
    .sql = "INSERT INTO open_figures(org_id, path, published, by_id, at) VALUES(:org_id, :path, :published, :by_id, :at)"
           " ON CONFLICT(org_id) DO UPDATE SET published = excluded.published, by_id = excluded.by_id, at = excluded.at",
};
static const Query q_get = {
    .name = "open_figures.get", .in = &open_form, .out = &open_form,
    .sql = "SELECT org_id, path, published, by_id, at FROM open_figures WHERE org_id = :org_id",
};
static const Query q_list = {
    .name = "open_figures.list", .in = &open_form, .out = &open_form,
    .sql = "SELECT f.org_id, f.path, o.name, f.published FROM open_figures f JOIN org o ON o.id = f.org_id"
           " WHERE f.published = 1 ORDER BY f.path LIMIT :limit /*scan*/", /* of the few offices that publish */
};
static const Query *const queries[] = { &q_set, &q_get, &q_list, NULL };

/* The twelve months before this one. */
static void count(Ctx *c, OpenFigures *f)
{
    Lines l = { 0 };
    int64_t last = period_plus(period_of(&c->law->params, (Str){ 0 }, c->today), -1);
    Sum of = { .kind = SUM_TREE, .path = f->path, .from = period_plus(last, -11), .to = last };
    report_lines(c, &of, &l);
    f->from = month_text(c, of.from);
    f->to = month_text(c, of.to);
    f->accepted = l.n[LINE_ACCEPTED];
    f->workers = l.n[LINE_WORKERS];
    f->closed = l.n[LINE_CLOSED];
    f->solved = l.n[LINE_AGREED] + l.n[LINE_SETTLED] + l.n[LINE_AT_ONCE];
    f->agreed_fen = (Money){ l.n[LINE_AGREED_FEN] };
    f->due = l.n[LINE_DUE];
    f->performed = l.n[LINE_PERFORMED];
    f->definition = S("调解成功率=（达成协议+达成和解+即时履行）÷结案合计；" REPORT_DEFINITION);
}

/* Of so few cases nothing is published: they could be told apart. */
static bool enough(Ctx *c, const OpenFigures *f)
{
    const Param *small = param_find(&c->law->params, S("SMALL_CELL"), (Str){ 0 }, c->today);
    return !small || f->accepted >= small->value;
}

static void list(Ctx *c)
{
    Rows rows = db_list(c, &q_list, &(OpenFigures){ .limit = OFFICES_MAX });
    OpenFigures *at = rows.at;
    size_t n = 0;
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        count(c, &at[i]);
        if (enough(c, &at[i])) at[n++] = at[i];
    }
    reply_rows(c, &open_form, (Rows){ at, n }, (Str){ 0 });
}

static void show(Ctx *c)
{
    OpenFigures f = { .org_id = c->who.org };
    (void)db_find(c, &q_get, &f, &f);
    f.path = c->who.org_path;
    count(c, &f);
    reply_row(c, 200, &open_form, &f);
}

static void set(Ctx *c)
{
    Org org;
    OpenFigures f = { 0 };
    form_read(c, &open_form, &f);
    tx_begin(c);
    if (org_get(c, c->who.org, &org)) {
        f.org_id = org.id;
        f.path = org.path;
        f.name = org.name;
        f.by_id = c->who.id;
        f.at = now(c);
        db_insert(c, &q_set, &f);
        count(c, &f);
    }
    reply_row(c, 200, &open_form, &f);
    tx_end(c);
}

static const Route routes[] = {
    { "GET", "/api/v1/open-figures", ANYBODY, list, "公开数据", "figures that offices publish", .out = &open_form,
      .list = true },
    { "GET", "/api/v1/statistics/published", HR, show, "本机构公开数据", "what one's own office would publish",
      .out = &open_form },
    { "POST", "/api/v1/statistics/published", HR, set, "公开或者停止公开数据", "publish one's figures, or not",
      .in = &open_form, .out = &open_form },
};

const Slice statistics_open_slice = {
    .name = "statistics_open", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
