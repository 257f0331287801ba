/*
** The month's end of a whole network: everything below one office in one page
** that is kept (each organisation, each kind, each level, the total), what was
** handed in locked with it, who is missing named; and the reminders before.
*/
#include "case/task.h"
#include "core/crypto.h"
#include "core/jobs.h"
#include "core/limits.h"
#include "law/org_kind.h"
#include "law/period.h"
#include "oversight/month/month.h"
#include "oversight/month/part.h"
#include "oversight/month/recorded.h"
#include "register/mediators/mediator_posts.h"

enum { BODY_MAX_BYTES = REPLY_MAX - 4096, ROWS_MAX = 1500, REMINDED = 100, AGAIN_DAYS = 2 };

/* An organisation of the network, with what it has in the month. */
typedef struct Node {
    Id      org_id, parent_id;
    Str     path, name, kind;
    int64_t level;
    bool    reports;
    Str     state, digest;
    int64_t version, locked;             /* locked: the version that was, 0: none; */
    Str     lines, kept, tree;           /* kept: its lines */
    int64_t open, undecided, late;       /* at the beginning */
    int64_t full, part;
    int64_t month, limit;
    Str     path_end, after;
    Date    day, since, until;
    Time    morrow;                      /* of `day` */
    Str     region;
    Id      id;                          /* of its month_report; 0: none */
    int64_t n;
} Node;
static const Field node_fields[] = {
    FIELD(Node, org_id,    .label = "组织编号", .en = "organisation"),
    FIELD(Node, parent_id, .label = "上级机构", .en = "parent", .rule = HIDDEN),
    FIELD(Node, path,      .label = "组织路径", .en = "path"),
    FIELD(Node, name,      .label = "名称",     .en = "name"),
    FIELD(Node, kind,      .label = "机构类别", .en = "kind", .codes = &org_kinds),
    FIELD(Node, level,     .label = "层级",     .en = "level"),
    FIELD(Node, reports,   .label = "应报送",   .en = "must report", .rule = HIDDEN),
    FIELD(Node, state,     .label = "状态",     .en = "state", .codes = &month_states),
    FIELD(Node, digest,    .label = "摘要值",   .en = "SHA-256", .rule = HIDDEN),
    FIELD(Node, version,   .label = "版次",     .en = "version", .rule = HIDDEN),
    FIELD(Node, locked,    .label = "锁定版次", .en = "locked version", .rule = HIDDEN),
    FIELD(Node, kept,      .label = "锁定计数", .en = "locked lines", .rule = HIDDEN),
    FIELD(Node, morrow,    .label = "次日",     .en = "morrow", .rule = HIDDEN),
    FIELD(Node, lines,     .label = "计数",     .en = "lines", .rule = HIDDEN),
    FIELD(Node, tree,      .label = "合计",     .en = "with all below", .rule = HIDDEN),
    FIELD(Node, open,      .label = "未结",     .en = "open", .rule = HIDDEN),
    FIELD(Node, undecided, .label = "未定",     .en = "undecided", .rule = HIDDEN),
    FIELD(Node, late,      .label = "超期",     .en = "late", .rule = HIDDEN),
    FIELD(Node, full,      .label = "专职",     .en = "full-time", .rule = HIDDEN),
    FIELD(Node, part,      .label = "兼职",     .en = "part-time", .rule = HIDDEN),
    FIELD(Node, month,     .label = "月份",     .en = "month", .rule = HIDDEN),
    FIELD(Node, limit,     .label = "条数",     .en = "rows", .rule = HIDDEN),
    FIELD(Node, path_end,  .label = "路径末",   .en = "end", .rule = HIDDEN),
    FIELD(Node, after,     .label = "接续",     .en = "after", .rule = HIDDEN),
    FIELD(Node, day,       .label = "日期",     .en = "day", .rule = HIDDEN),
    FIELD(Node, since,     .label = "期初",     .en = "since", .rule = HIDDEN),
    FIELD(Node, until,     .label = "期末",     .en = "until", .rule = HIDDEN),
    FIELD(Node, region,    .label = "地区",     .en = "region", .rule = HIDDEN),
    FIELD(Node, id,        .label = "月报",     .en = "report", .rule = HIDDEN),
    FIELD(Node, n,         .label = "家数",     .en = "number", .rule = HIDDEN),
};
static const Form node_form = FORM(Node, node_fields);

/* A page that was kept. */
typedef struct Closing {
    Id      id;
    Str     path;
    int64_t month, version, reports, missing;
    Str     body, digest, reason;
    Id      by_id;
    Time    at;
    Str     path_end;
} Closing;
static const Field closing_fields[] = {
    FIELD(Closing, id,       .label = "编号",     .en = "id"),
    FIELD(Closing, path,     .label = "组织路径", .en = "path"),
    FIELD(Closing, month,    .label = "月份",     .en = "month"),
    FIELD(Closing, version,  .label = "版次",     .en = "version"),
    FIELD(Closing, reports,  .label = "锁定月报数", .en = "reports locked"),
    FIELD(Closing, missing,  .label = "缺报组织数", .en = "organisations missing"),
    FIELD(Closing, body,     .label = "汇总表",   .en = "body", .rule = HIDDEN),
    FIELD(Closing, digest,   .label = "摘要值",   .en = "SHA-256"),
    FIELD(Closing, reason,   .label = "缺报说明", .en = "why without them", .rule = PROSE, .max = 2000),
    FIELD(Closing, by_id,    .label = "经办人",   .en = "by"),
    FIELD(Closing, at,       .label = "时间",     .en = "at"),
    FIELD(Closing, path_end, .label = "路径末",   .en = "end", .rule = HIDDEN),
};
static const Form closing_form = FORM(Closing, closing_fields);

typedef struct CloseNote { Str reason; } CloseNote;
static const Field close_fields[] = {
    FIELD(CloseNote, reason, .label = "缺报说明", .en = "why without them", .rule = PROSE, .max = 2000),
};
static const Form close_form = FORM(CloseNote, close_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE month_closing("           /* append-only */
      "  id INTEGER PRIMARY KEY, path TEXT NOT NULL, month INTEGER NOT NULL, version INTEGER NOT NULL,"
      "  reports INTEGER NOT NULL, missing INTEGER NOT NULL,"
      "  body TEXT NOT NULL, digest TEXT NOT NULL, reason TEXT NOT NULL,"
      "  by_id INTEGER NOT NULL, at INTEGER NOT NULL, UNIQUE(path, month, version)) STRICT;"
      "CREATE TABLE month_reminder("          /* who was reminded, the last time */
      "  org_id INTEGER NOT NULL, month INTEGER NOT NULL, day TEXT NOT NULL, PRIMARY KEY(org_id, month)) STRICT;" },
};
static const char *const keeps[] = { "month_closing", NULL };

#define STOCK(what) \
    "CAST(COALESCE((SELECT sum(t." what ") FROM month_sum t WHERE t.kind = 1 AND t.path = o.path" \
    " AND t.month < :month), 0) AS BIGINT) AS " what
#define CREW(is) \
    "(SELECT count(*) FROM mediator_post p WHERE p.org_id = o.id AND p.work " is " 'FT'" \
    " AND" MEDIATOR_POST_HELD("p", "< :morrow") " AND" MEDIATOR_SERVED("p", ":day") ")"
static const Query q_nodes = {
    .name = "month.nodes", .in = &node_form, .out = &node_form,
    .sql = "SELECT o.id AS org_id, o.parent_id, o.path, o.name, o.kind, o.level,"
           " CAST(CASE WHEN" MONTH_MUST " THEN 1 ELSE 0 END AS BIGINT) AS reports,"
           " COALESCE(r.state, 'draft') AS state, COALESCE(r.digest, '') AS digest, COALESCE(r.version, 0) AS version,"
           " COALESCE(r.locked, 0) AS locked, COALESCE(r.lines, '') AS kept, COALESCE(s.lines, '') AS lines,"
           " " STOCK("open") ", " STOCK("undecided") ", " STOCK("late") ","
           " " CREW("=") " AS full, " CREW("<>") " AS part"
           " FROM org o LEFT JOIN month_report r ON r.org_id = o.id AND r.month = :month"
           " LEFT JOIN month_sum s ON s.kind = 1 AND s.path = o.path AND s.month = :month"
           " WHERE o.path >= :path AND o.path < :path_end AND o.path > :after ORDER BY o.path LIMIT :limit",
};
static const Query q_missing = {
    .name = "month.missing", .in = &node_form, .out = &node_form,
    .sql = "SELECT o.id AS org_id, o.path, o.name, o.kind, o.level, COALESCE(r.state, 'draft') AS state,"
           " COALESCE(r.id, 0) AS id FROM org o LEFT JOIN month_report r ON r.org_id = o.id AND r.month = :month"
           " WHERE" MONTH_MUST " AND o.path >= :path AND o.path < :path_end AND o.path > :after"
           " AND COALESCE(r.state, 'draft') IN ('draft', 'returned') ORDER BY o.path LIMIT :limit",
};
static const Query q_missing_count = {
    .name = "month.missing_count", .in = &node_form, .out = &node_form,
    .sql = "SELECT count(*) AS n FROM org o LEFT JOIN month_report r ON r.org_id = o.id AND r.month = :month"
           " WHERE" MONTH_MUST " AND o.path >= :path AND o.path < :path_end"
           " AND COALESCE(r.state, 'draft') IN ('draft', 'returned')",
};
static const Query q_handed_count = {
    .name = "month.handed_count", .in = &closing_form, .out = &closing_form,
    .sql = "SELECT count(*) AS reports FROM month_report WHERE month = :month AND path > :path AND path < :path_end"
           " AND state IN ('submitted', 'correcting')",
};
static const Query q_lock = {
    .name = "month.lock_all", .in = &closing_form,
    .sql = "UPDATE month_report SET state = 'locked', locked = version, lines = handed, locked_at = :at, at = :at,"
           " by_id = :by_id WHERE month = :month AND path > :path AND path < :path_end"
           " AND state IN ('submitted', 'correcting')",
};
static const Query q_note = {
    .name = "month.note_all", .in = &closing_form,
    .sql = "INSERT INTO month_entry(entry_id, id, event, version, reason, by_id, at)"
           " SELECT :id + row_number() OVER (ORDER BY id), id, 'locked', version, '', :by_id, :at FROM month_report"
           " WHERE month = :month AND path > :path AND path < :path_end AND state IN ('submitted', 'correcting')"
           " /*scan*/", /* of what was numbered */
};
static const Query q_last = {
    .name = "month.closing_last", .in = &closing_form, .out = &closing_form,
    .sql = "SELECT id, path, month, version, reports, missing, digest, reason, by_id, at, body FROM month_closing"
           " WHERE path = :path AND month = :month ORDER BY version DESC LIMIT 1",
};
static const Query q_close = {
    .name = "month.close", .in = &closing_form, .quiet = true, .clash = ERR_AGAIN, /* month.closed says its digest */
    .sql = "INSERT INTO month_closing(id, path, month, version, reports, missing, body, digest, reason, by_id, at)"
           " VALUES(:id, :path, :month, :version, :reports, :missing, :body, :digest, :reason, :by_id, :at)",
};
static const Query q_due = { /* whose reminder is not younger than :day */
    .name = "month.unreminded", .in = &node_form, .out = &node_form,
    .sql = "SELECT o.id AS org_id, o.path, o.name, o.kind, o.level, o.region, COALESCE(r.id, 0) AS id FROM org o"
           " LEFT JOIN month_report r ON r.org_id = o.id AND r.month = :month"
           " LEFT JOIN month_reminder w ON w.org_id = o.id AND w.month = :month"
           " WHERE" MONTH_MUST " AND o.path >= :path AND o.path < :path_end AND o.path > :after"
           " AND COALESCE(r.state, 'draft') IN ('draft', 'returned') AND (w.day IS NULL OR w.day < :day)"
           " ORDER BY o.path LIMIT :limit",
};
static const Query q_reminded = {
    .name = "month.reminded", .in = &node_form,
    .sql = "INSERT INTO month_reminder(org_id, month, day) VALUES(:org_id, :month, :day)"
           " ON CONFLICT(org_id, month) DO UPDATE SET day = excluded.day",
};
static const Query q_draft = {
    .name = "month.draft", .in = &node_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO month_report(id, org_id, path, month, state, version, digest, locked, lines, handed, analysis,"
           " reason, by_id, at, locked_at)"
           " VALUES(:id, :org_id, :path, :month, 'draft', 0, '', 0, '', '', '', '', 0, 0, 0)",
};
static const Query *const queries[] = {
    &q_nodes, &q_missing, &q_missing_count, &q_handed_count, &q_lock, &q_note, &q_last, &q_close, &q_due,
    &q_reminded, &q_draft, &q_part_closings, &q_part_later, NULL,
};

/* ---- the page ---------------------------------------------------------------------------------------- */

typedef struct Page {
    Ctx    *c;
    Out     out;
    Org     org;
    int64_t month;
    Date    since, until;
    Lines   total;     /* as it was locked, where it was; */
    Lines   counted;   /* as it is counted now */
    Lines  *kind;      /* ORG__COUNT of them */
    int64_t count[ORG__COUNT];
    int64_t orgs, broken;
    int64_t locked, open, changed; /* reports as locked; counted now; locked and counted otherwise now */
    bool    all;       /* every organisation has its row; else those right below */
    Rows    recorded;  /* of Recorded, by path as the organisations are */
    size_t  next;
} Page;

/* The flows of a node and its stock; lines_close() does the rest. */
static void node_lines(const Node *n, Lines *l, Sum *start, Sum *end)
{
    lines_read(l, n->lines);
    const int64_t *v = l->n;
    *start = (Sum){ .open = n->open, .undecided = n->undecided, .late = n->late };
    *end = *start;
    end->open += v[LINE_ACCEPTED] + v[LINE_MOVED_IN] - v[LINE_CLOSED] - v[LINE_MOVED_OUT];
    end->undecided += v[LINE_REGISTERED] + v[LINE_UNDECIDED_MOVED_IN] - v[LINE_ACCEPTED] - v[LINE_REFUSED]
                    - v[LINE_REFERRED] - v[LINE_WITHDRAWN_BEFORE] - v[LINE_UNDECIDED_MOVED_OUT];
    end->late += v[LINE_LATE_BEGAN] - v[LINE_LATE_ENDED];
    l->n[LINE_MEDIATORS_FULL] = n->full;
    l->n[LINE_MEDIATORS_PART] = n->part;
}

/* What adds up: stocks as lines, sums of days and marks not yet means. */
static void with_stock(Lines *l, const Sum *start, const Sum *end)
{
    l->n[LINE_CARRIED_IN] = start->open;
    l->n[LINE_CARRIED_OUT] = end->open;
    l->n[LINE_UNDECIDED_IN] = start->undecided;
    l->n[LINE_UNDECIDED_OUT] = end->undecided;
    l->n[LINE_LATE_OPEN] = end->late;
}

static void closed_lines(Lines *l)
{
    Sum start = { .open = l->n[LINE_CARRIED_IN], .undecided = l->n[LINE_UNDECIDED_IN] };
    Sum end = { .open = l->n[LINE_CARRIED_OUT], .undecided = l->n[LINE_UNDECIDED_OUT],
        .late = l->n[LINE_LATE_OPEN] };
    lines_close(l, &start, &end);
}

static void text_of(Page *p, const Lines *l)
{
    char text[LINES_TEXT];
    Out o = { .buf = text, .cap = sizeof text };
    Lines closed = *l;
    closed_lines(&closed);
    for (size_t i = LINE_CLOCK_MET; i < LINE__COUNT; i++) closed.n[i] = 0; /* of the statistics */
    lines_write(&o, &closed);
    out_json(&p->out, out_view(&o));
}

static void add_row(Page *p, const Node *n, const Lines *l)
{
    Out *o = &p->out;
    out_str(o, p->orgs ? S(",\n") : S("\n"));
    out_str(o, S("{\"org\":\""));
    out_int(o, n->org_id.n);
    out_str(o, S("\",\"name\":"));
    out_json(o, n->name);
    out_str(o, S(",\"kind\":"));
    out_json(o, n->kind);
    out_str(o, S(",\"level\":"));
    out_int(o, n->level);
    out_str(o, S(",\"path\":"));
    out_json(o, n->path);
    out_str(o, S(",\"version\":"));
    out_int(o, n->version);
    out_str(o, S(",\"locked\":"));
    out_int(o, n->locked);
    out_str(o, S(",\"digest\":"));
    out_json(o, n->digest);
    out_str(o, S(",\"lines\":"));
    text_of(p, l);
    out_str(o, S("}"));
    p->orgs++;
}

/* Both go by path: what was passed over is of no organisation any more. */
static const Recorded *recorded_of(Page *p, Str path)
{
    const Recorded *r = p->recorded.at;
    while (p->next < p->recorded.n && str_cmp(r[p->next].path, path) < 0) p->next++;
    return p->next < p->recorded.n && str_eq(r[p->next].path, path) ? &r[p->next] : NULL;
}

static bool differs(Ctx *c, const Lines *counted, const Lines *kept)
{
    const ReportLaw *law = &c->law->report;
    Lines l = *counted;
    bool other = false;
    closed_lines(&l);
    for (size_t i = 0; i < law->lines; i++) other = other || l.n[law->line[i].no] != kept->n[law->line[i].no];
    return other;
}

/* What was locked counts as it was locked; *counted is what there is now. */
static void lines_of_node(Page *p, const Node *n, Lines *counted, Lines *l)
{
    Sum start, end;
    node_lines(n, counted, &start, &end);
    const Recorded *r = recorded_of(p, n->path);
    if (r) lines_recorded(counted, r);
    with_stock(counted, &start, &end);
    *l = *counted;
    p->locked += n->locked > 0;
    p->open += n->locked == 0 && n->reports;
    if (n->locked == 0) return;
    *l = (Lines){ 0 };
    lines_read(l, n->kept);
    p->changed += differs(p->c, counted, l);
    lines_open(l);
}

static void add_node(Page *p, const Node *n)
{
    Lines l = { 0 }, counted = { 0 }, closed;
    Balance b[BALANCES_MAX];
    OrgKind kind = ORG__COUNT;
    lines_of_node(p, n, &counted, &l);
    lines_add(&p->counted, &counted, 1);
    lines_add(&p->total, &l, 1);
    if (org_kind_of(n->kind, &kind)) lines_add(&p->kind[kind], &l, 1);
    if (kind < ORG__COUNT) p->count[kind]++;
    closed = l;
    closed_lines(&closed);
    Lines before = { 0 };
    before.n[LINE_CARRIED_OUT] = closed.n[LINE_CARRIED_IN];
    p->broken += !balances_good(b, report_balances(&p->c->law->report, &closed, &before, b));
    if (p->all || n->parent_id.n == p->org.id.n) add_row(p, n, &l);
}

static void add_nodes(Page *p)
{
    char after[PATH_STEP * PATH_DEPTH + 1];
    Node ask = { .path = p->org.path, .path_end = path_end(p->c->mem, p->org.path), .month = p->month,
                 .limit = PAGE_MAX, .day = date_plus(p->until, -1), .morrow = time_at(p->until, 0, 0),
                 .since = p->since, .until = p->until };
    Recorded of = { .path = ask.path, .path_end = ask.path_end, .since = p->since, .until = p->until };
    p->recorded = report_recorded(p->c, &of);
    p->next = 0;
    Arena kept = *p->c->mem;
    for (bool more = true; more && ok(p->c);) {
        Rows rows = db_list(p->c, &q_nodes, &ask);
        const Node *n = rows.at;
        for (size_t i = 0; i < rows.n; i++) add_node(p, &n[i]);
        more = rows.n == PAGE_MAX;
        if (!more) break;
        for (size_t i = 0; i < n[rows.n - 1].path.n; i++) after[i] = n[rows.n - 1].path.s[i];
        ask.after = (Str){ after, n[rows.n - 1].path.n };
        if (ok(p->c)) *p->c->mem = kept;
    }
}

static void add_kinds(Page *p)
{
    const char *gap = "";
    out_str(&p->out, S("\n],\"kinds\":{"));
    for (unsigned k = 0; k < ORG__COUNT; k++) {
        if (p->count[k] == 0) continue;
        out_str(&p->out, str_of(gap));
        out_json(&p->out, str_of(org_kind_word((OrgKind)k)));
        out_str(&p->out, S(":"));
        text_of(p, &p->kind[k]);
        gap = ",";
    }
    out_str(&p->out, S("}"));
}

/* The sum of all rows, as they are counted now, must be what is kept of the subtree. */
static bool rolls_up(Page *p)
{
    Lines tree = { 0 };
    Sum of = { .kind = SUM_TREE, .path = p->org.path, .from = p->month, .to = p->month };
    report_lines(p->c, &of, &tree);
    Lines total = p->counted;
    closed_lines(&total);
    bool same = true;
    for (size_t i = LINE_CARRIED_IN; i <= LINE_CARRIED_OUT; i++) same = same && tree.n[i] == total.n[i];
    return same;
}

static void add_missing(Page *p)
{
    Node ask = { .path = p->org.path, .path_end = path_end(p->c->mem, p->org.path), .month = p->month,
                 .limit = ROWS_MAX, .since = p->since, .until = p->until };
    Rows rows = db_list(p->c, &q_missing, &ask);
    out_str(&p->out, S(",\"missing\":["));
    for (size_t i = 0; i < rows.n; i++) {
        if (i) out_str(&p->out, S(","));
        out_json(&p->out, ((const Node *)rows.at)[i].name);
    }
    out_str(&p->out, S("]}"));
}

static void open_page(Page *p)
{
    Out *o = &p->out;
    out_str(o, S("{\"definition\":\"" REPORT_DEFINITION "\",\"org\":\""));
    out_int(o, p->org.id.n);
    out_str(o, S("\",\"name\":"));
    out_json(o, p->org.name);
    out_str(o, S(",\"month\":\""));
    period_write(o, p->month);
    out_str(o, S("\",\"since\":\""));
    out_date(o, p->since);
    out_str(o, S("\",\"until\":\""));
    out_date(o, date_plus(p->until, -1));
    out_str(o, S("\",\"orgs\":["));
}

/* How many rows the page would have decides whether each has its own. */
static int64_t count_below(Ctx *c, const Org *org, int64_t month)
{
    Node ask = { .path = org->path, .path_end = path_end(c->mem, org->path), .month = month,
                 .limit = ROWS_MAX + 1 };
    report_days(c, org, month, &ask.since, &ask.until);
    return (int64_t)db_list(c, &q_missing, &ask).n;
}

static Str page_of(Ctx *c, const Org *org, int64_t month)
{
    Page p = { .c = c, .org = *org, .month = month, .all = count_below(c, org, month) <= ROWS_MAX };
    p.out = (Out){ .buf = NEW(c->mem, char, BODY_MAX_BYTES), .cap = BODY_MAX_BYTES };
    p.kind = NEW(c->mem, Lines, ORG__COUNT);
    report_days(c, org, month, &p.since, &p.until);
    open_page(&p);
    add_nodes(&p);
    add_kinds(&p);
    out_str(&p.out, S(",\"total\":"));
    text_of(&p, &p.total);
    out_str(&p.out, S(",\"broken\":"));
    out_int(&p.out, p.broken);
    out_str(&p.out, S(",\"rolls_up\":"));
    out_str(&p.out, rolls_up(&p) ? S("true") : S("false"));
    out_str(&p.out, S(",\"locked\":"));
    out_int(&p.out, p.locked);
    out_str(&p.out, S(",\"open\":"));
    out_int(&p.out, p.open);
    out_str(&p.out, S(",\"changed\":"));
    out_int(&p.out, p.changed);
    add_missing(&p);
    if (p.out.full) fail(c, ERR_TOO_LARGE, S("organisations"));
    return out_view(&p.out);
}

void month_network(Ctx *c, const Org *org, int64_t month, Part *part)
{
    Page p = { .c = c, .org = *org, .month = month, .kind = NEW(c->mem, Lines, ORG__COUNT) };
    report_days(c, org, month, &p.since, &p.until);
    add_nodes(&p);
    part->lines = p.total;
    closed_lines(&part->lines);
    part->locked = p.locked;
    part->open = p.open;
}

/* ---- routes ------------------------------------------------------------------------------------------- */

static void network(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    if (!month_asked(c, &ask, &org, &r)) return;
    Str page = page_of(c, &org, r.month);
    if (!ok(c)) return;
    out_str(&c->out, page);
    c->status = 200;
}

static void close_it(Ctx *c, const Org *org, Closing *k)
{
    Closing last = *k;
    Node missing = { .path = org->path, .path_end = k->path_end, .month = k->month };
    report_days(c, org, k->month, &missing.since, &missing.until);
    tally_settle(c, org->path);
    if (db_find(c, &q_last, &last, &last)) k->version = last.version;
    (void)db_find(c, &q_missing_count, &missing, &missing);
    (void)db_find(c, &q_handed_count, k, k);
    k->missing = missing.n;
    if (ok(c) && k->missing && k->reason.n < 2) fail(c, ERR_BLOCKED, S("missing"));
    db_insert(c, &q_note, k);
    db_change_any(c, &q_lock, k);
    k->body = page_of(c, org, k->month);
    k->digest = sha256_hex(c->mem, k->body);
    k->version++;
    db_insert(c, &q_close, k);
}

static void close_month(Ctx *c)
{
    Org org;
    CloseNote in = { 0 };
    Closing k = { .by_id = c->who.id, .at = now(c), .id = id_next(c) };
    Date since, until = { 0 };
    form_read(c, &close_form, &in);
    k.reason = in.reason;
    tx_begin(c);
    if (!period_parse(c->arg[0], &k.month)) fail(c, ERR_NOT_FOUND, S("month"));
    if (org_get(c, c->who.org, &org)) {
        k.path = org.path;
        k.path_end = path_end(c->mem, org.path);
        report_days(c, &org, k.month, &since, &until);
        if (c->today.day < until.day) fail(c, ERR_BLOCKED, S("not_over"));
        close_it(c, &org, &k);
    }
    reply_row(c, 201, &closing_form, &k);
    tx_end(c);
}

static void show_closing(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    if (!month_asked(c, &ask, &org, &r)) return;
    Closing k = { .path = org.path, .month = r.month };
    db_get(c, &q_last, &k, &k);
    if (!ok(c)) return;
    header(c, S("X-Digest"), k.digest);
    out_str(&c->out, k.body);
    c->status = 200;
}

static void list_missing(Ctx *c)
{
    MonthAsk ask;
    Org org;
    Report r;
    if (!month_asked(c, &ask, &org, &r)) return;
    Node find = { .path = org.path, .path_end = path_end(c->mem, org.path), .month = r.month,
                  .limit = PAGE_MAX, .after = ask.after };
    report_days(c, &org, r.month, &find.since, &find.until);
    Rows rows = db_list(c, &q_missing, &find);
    const Node *last = rows.n == PAGE_MAX ? (const Node *)rows.at + rows.n - 1 : NULL;
    reply_rows(c, &node_form, rows, last ? last->path : (Str){ 0 });
}

/* ---- reminders --------------------------------------------------------------------------- */

static void remind_one(Ctx *c, Node *n)
{
    if (n->id.n == 0) {
        n->id = id_next(c);
        db_insert(c, &q_draft, n);
    }
    Case about = { .id = n->id, .no = month_text(c, n->month), .org_path = n->path };
    Role whose = str_eq(n->kind, S("CENTER")) ? ROLE_HEAD : ROLE_ORG_MANAGER;
    bool asked = task_open(c, &about, S("month_report"));
    if (!asked) task_add(c, &about, S("month_report"), whose, task_due(c, 2));
    n->day = c->today;
    db_insert(c, &q_reminded, n);
}

/* Is it one of the first days after the month, as the months of its place go (1st to 31st, 21st to 20th)? */
static bool due_now(Ctx *c, const Node *n, int64_t month)
{
    const Param *days = param_find(&c->law->params, S("REPORT_DUE_DAYS"), n->region, c->today);
    Date since, until;
    period_days(&c->law->params, n->region, month, &since, &until);
    return days && c->today.day >= until.day && c->today.day < until.day + days->value;
}

/* At most REMINDED at a time; `by_day`: only whose days these are.  Returns how many. */
static size_t remind_below(Ctx *c, Str path, int64_t month, bool by_day)
{
    size_t done = 0;
    Node ask = { .path = path, .path_end = path_end(c->mem, path), .month = month, .limit = REMINDED,
                 .day = date_plus(c->today, 1 - AGAIN_DAYS) };
    period_days(&c->law->params, (Str){ 0 }, month, &ask.since, &ask.until);
    for (bool more = true; more && ok(c) && done < REMINDED;) {
        Rows rows = db_list(c, &q_due, &ask);
        more = rows.n == REMINDED;
        for (size_t i = 0; i < rows.n && done < REMINDED; i++) {
            Node *n = (Node *)rows.at + i;
            ask.after = n->path;
            n->month = month;
            if (by_day && !due_now(c, n, month)) continue;
            remind_one(c, n);
            done++;
        }
    }
    return done;
}

typedef struct Reminded { int64_t reminded; } Reminded;
static const Field reminded_fields[] = {
    FIELD(Reminded, reminded, .label = "已提醒组织数", .en = "organisations reminded"),
};
static const Form reminded_form = FORM(Reminded, reminded_fields);

static void remind(Ctx *c)
{
    Reminded done = { 0 };
    int64_t month = 0;
    tx_begin(c);
    if (!period_parse(c->arg[0], &month)) fail(c, ERR_NOT_FOUND, S("month"));
    if (ok(c)) done.reminded = (int64_t)remind_below(c, c->who.org_path, month, false);
    reply_row(c, 200, &reminded_form, &done);
    tx_end(c);
}

/* Every morning: whoever is in the first days of a month and has not reported the one before.  Where months
** end on the 20th, that is the month that the others are still in. */
static void remind_all(Ctx *c, Id arg)
{
    (void)arg;
    int64_t month = period_plus(period_of(&c->law->params, (Str){ 0 }, c->today), -1);
    bool more = remind_below(c, (Str){ 0 }, month, true) == REMINDED;
    more |= remind_below(c, (Str){ 0 }, period_plus(month, 1), true) == REMINDED;
    if (more) job_add(c, S("month_remind"), (Id){ 0 }, now(c), (Str){ 0 });
}

static const JobKind jobs[] = { { .word = "month_remind", .run = remind_all, .daily = "08:00" } };

static const Route routes[] = {
    { "GET", "/api/v1/months/:month/network", MONTH_READ, network, "月度汇总（现算）", "the whole network's month, now",
      .query = &month_ask_form },
    { "GET", "/api/v1/months/:month/closing", MONTH_READ, show_closing, "月度汇总（已关账）",
      "the whole network's month, as it was closed", .query = &month_ask_form },
    { "POST", "/api/v1/months/:month/close", MONTH_TAKE, close_month, "月末关账",
      "close the month: lock what was handed in, keep the page", .in = &close_form, .out = &closing_form },
    { "GET", "/api/v1/months/:month/missing", MONTH_READ, list_missing, "缺报组织", "who has not reported",
      .query = &month_ask_form, .out = &node_form, .list = true },
    { "POST", "/api/v1/months/:month/remind", MONTH_TAKE, remind, "提醒报送", "remind who has not reported",
      .out = &reminded_form },
};

const Slice month_close_slice = {
    .name = "month_close", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
