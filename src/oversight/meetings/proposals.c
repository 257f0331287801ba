/*
** Suggestions of the people's congress and proposals of the CPPCC (R156): received,
** answered within the time the law sets, with the class of the answer.  An answer
** rests on an extract of the data, by office and year, which is kept as it was taken
** with its SHA-256; whether the figures would be others today can be asked.
*/
#include "core/attachment.h"
#include "core/crypto.h"
#include "core/tx.h"
#include "excel/table.h"
#include "law/law.h"
#include "oversight/meetings/meetings.h"
#include "register/standing.h"

typedef struct Proposal {
    Id      id, org;
    Str     org_path, kind, no, session, title, proposer, state;
    Date    received, due;
    bool    hard;         /* touches many, or is hard: the longer time */
    Str     helpers;
    Str     reply_no, reply_class, reply, signer;
    Date    replied_on;
    bool    open_to_public, late;
    Str     opinion;
    Id      made_by;
    Time    made_at;
    int64_t version;
} Proposal;

static const Code kind_rows[] = {
    { "NPC", "人大代表建议", "suggestion of a deputy" }, { "CPPCC", "政协提案", "proposal of the CPPCC" },
};
static const Codes kinds = { .name = "proposal_kind", .row = kind_rows, .n = COUNT(kind_rows) };
static const Code state_rows[] = {
    { "RECEIVED", "待答复", "to be answered" }, { "REPLIED", "已答复", "answered" }, { "CLOSED", "已办结", "closed" },
};
static const Codes states = { .name = "proposal_state", .row = state_rows, .n = COUNT(state_rows) };
static const Code class_rows[] = {
    { "A", "A 已经解决或者基本解决", "A solved" }, { "B", "B 正在解决或者列入计划", "B under way or planned" },
    { "C", "C 受条件限制，留作参考", "C cannot be solved for now" },
};
static const Codes classes = { .name = "reply_class", .row = class_rows, .n = COUNT(class_rows) };
static const Code opinion_rows[] = {
    { "SATISFIED", "满意", "satisfied" }, { "PARTLY", "基本满意", "on the whole satisfied" },
    { "NOT", "不满意", "not satisfied" },
};
static const Codes opinions = { .name = "proposer_opinion", .row = opinion_rows, .n = COUNT(opinion_rows) };

static const Field fields[] = {
    FIELD(Proposal, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Proposal, org,      .label = "承办机构", .en = "office", .rule = SERVER_SET),
    FIELD(Proposal, org_path, .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Proposal, kind,     .label = "类别", .en = "kind", .rule = REQUIRED, .codes = &kinds),
    FIELD(Proposal, session,  .label = "会议届次", .en = "session", .rule = REQUIRED, .max = 60),
    FIELD(Proposal, no,       .label = "件号", .en = "number", .rule = REQUIRED, .max = 20),
    FIELD(Proposal, title,    .label = "标题", .en = "title", .rule = REQUIRED, .min = 2, .max = 200),
    FIELD(Proposal, proposer, .label = "提出人（单位）", .en = "by whom", .rule = REQUIRED, .max = 100),
    FIELD(Proposal, received, .label = "交办日期", .en = "handed over on", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Proposal, hard,     .label = "涉及面广、处理难度大", .en = "touches many, or is hard"),
    FIELD(Proposal, helpers,  .label = "会办单位", .en = "units that help", .rule = MANY, .max = 200),
    FIELD(Proposal, due,      .label = "答复期限", .en = "to be answered by", .rule = SERVER_SET),
    FIELD(Proposal, late,     .label = "逾期", .en = "late", .rule = SERVER_SET),
    FIELD(Proposal, state,    .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Proposal, reply_no, .label = "答复文号", .en = "number of the answer", .rule = SERVER_SET),
    FIELD(Proposal, reply_class, .label = "办理结果", .en = "class of the answer", .rule = SERVER_SET, .codes = &classes),
    FIELD(Proposal, reply,    .label = "答复内容", .en = "the answer", .rule = SERVER_SET | PROSE, .max = 20000),
    FIELD(Proposal, signer,   .label = "签发人", .en = "signed by", .rule = SERVER_SET),
    FIELD(Proposal, replied_on, .label = "答复日期", .en = "answered on", .rule = SERVER_SET),
    FIELD(Proposal, open_to_public, .label = "主动公开", .en = "published", .rule = SERVER_SET),
    FIELD(Proposal, opinion,  .label = "代表委员意见", .en = "what the proposer says", .rule = SERVER_SET, .codes = &opinions),
    FIELD(Proposal, made_by,  .label = "登记人", .en = "by", .rule = SERVER_SET),
    FIELD(Proposal, made_at,  .label = "登记时间", .en = "at", .rule = SERVER_SET),
    FIELD(Proposal, version,  .label = "版本", .en = "version", .rule = SERVER_SET),
};
static const Form proposal_form = FORM(Proposal, fields);

static const Field reply_fields[] = {
    FIELD(Proposal, reply_no,    .label = "答复文号", .en = "number of the answer", .rule = REQUIRED, .max = 60),
    FIELD(Proposal, reply_class, .label = "办理结果", .en = "class of the answer", .rule = REQUIRED, .codes = &classes),
    FIELD(Proposal, reply,       .label = "答复内容", .en = "the answer", .rule = REQUIRED | PROSE, .min = 2, .max = 20000),
    FIELD(Proposal, signer,      .label = "签发人", .en = "signed by", .rule = REQUIRED, .max = 50),
    FIELD(Proposal, replied_on,  .label = "答复日期", .en = "answered on", .rule = NOT_FUTURE),
    FIELD(Proposal, open_to_public, .label = "主动公开", .en = "published"),
};
static const Form reply_form = { "ProposalReply", sizeof(Proposal), reply_fields, COUNT(reply_fields) };
static const Field close_fields[] = {
    FIELD(Proposal, opinion, .label = "代表委员意见", .en = "what the proposer says", .rule = REQUIRED, .codes = &opinions),
};
static const Form close_form = { "ProposalClose", sizeof(Proposal), close_fields, COUNT(close_fields) };

typedef struct Extract {
    Id      id, proposal_id;
    int64_t from_year, to_year;
    Str     content, digest;
    Id      by;
    Time    at;
    bool    same;     /* in answers: the figures of today are these */
    Str     present;  /* and their digest */
} Extract;
static const Field extract_fields[] = {
    FIELD(Extract, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Extract, proposal_id, .label = "提案", .en = "proposal", .rule = SERVER_SET),
    FIELD(Extract, from_year,   .label = "起始年度", .en = "from the year", .rule = REQUIRED, .min = 2008, .max = 2100),
    FIELD(Extract, to_year,     .label = "截止年度", .en = "to the year", .rule = REQUIRED, .min = 2008, .max = 2100),
    FIELD(Extract, content,     .label = "数据（CSV）", .en = "the data, CSV", .rule = SERVER_SET | PROSE),
    FIELD(Extract, digest,      .label = "SHA-256", .en = "SHA-256", .rule = SERVER_SET),
    FIELD(Extract, by,          .label = "提取人", .en = "by", .rule = SERVER_SET),
    FIELD(Extract, at,          .label = "提取时间", .en = "at", .rule = SERVER_SET),
    FIELD(Extract, same,        .label = "与现有数据一致", .en = "the figures of today are these", .rule = SERVER_SET),
    FIELD(Extract, present,     .label = "现有数据的 SHA-256", .en = "SHA-256 of today's", .rule = SERVER_SET),
};
static const Form extract_form = FORM(Extract, extract_fields);

typedef struct ProposalAsk { Id id, after; Str path, path_end, state; } ProposalAsk;
static const Field ask_fields[] = {
    FIELD(ProposalAsk, state,    .label = "状态", .en = "state", .codes = &states),
    FIELD(ProposalAsk, after,    .label = "接续", .en = "next of the page before"),
    FIELD(ProposalAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(ProposalAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(ProposalAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form ask_form = FORM(ProposalAsk, ask_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE proposal("             /* of a deputy or the CPPCC, to be answered */
      "  id       INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL,"
      "  kind     TEXT NOT NULL, session TEXT NOT NULL, no TEXT NOT NULL, title TEXT NOT NULL,"
      "  proposer TEXT NOT NULL, received TEXT NOT NULL, hard INTEGER NOT NULL, helpers TEXT NOT NULL,"
      "  due      TEXT NOT NULL, state TEXT NOT NULL,"
      "  reply_no TEXT NOT NULL, reply_class TEXT NOT NULL, reply TEXT NOT NULL, signer TEXT NOT NULL,"
      "  replied_on TEXT, open_to_public INTEGER NOT NULL, opinion TEXT NOT NULL,"
      "  made_by  INTEGER NOT NULL, made_at INTEGER NOT NULL, version INTEGER NOT NULL,"
      "  UNIQUE(org, kind, session, no)) STRICT;"
      "CREATE INDEX proposal_by_path ON proposal(org_path, id);"
      "CREATE TABLE proposal_extract("     /* the figures an answer rests on; append-only */
      "  id       INTEGER PRIMARY KEY, proposal_id INTEGER NOT NULL REFERENCES proposal,"
      "  from_year INTEGER NOT NULL, to_year INTEGER NOT NULL,"
      "  content  TEXT NOT NULL, digest TEXT NOT NULL,"   /* CSV as taken, its SHA-256 */
      "  by       INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX proposal_extract_by_proposal ON proposal_extract(proposal_id, id);" },
};
static const char *const keeps[] = { "proposal_extract", NULL };

#define COLUMNS \
    "id, org, org_path, kind, session, no, title, proposer, received, hard, helpers, due, state, reply_no, reply_class," \
    " reply, signer, replied_on, open_to_public, opinion, made_by, made_at, version"
static const Query q_add = {
    .name = "proposal.add", .in = &proposal_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO proposal(" COLUMNS ") VALUES(:id, :org, :org_path, :kind, :session, :no, :title, :proposer,"
           " :received, :hard, :helpers, :due, :state, :reply_no, :reply_class, :reply, :signer, :replied_on,"
           " :open_to_public, :opinion, :made_by, :made_at, :version)",
};
static const Query q_save = {
    .name = "proposal.save", .in = &proposal_form,
    .sql = "UPDATE proposal SET state = :state, reply_no = :reply_no, reply_class = :reply_class, reply = :reply,"
           " signer = :signer, replied_on = :replied_on, open_to_public = :open_to_public, opinion = :opinion,"
           " version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "proposal.get", .in = &ask_form, .out = &proposal_form,
    .sql = "SELECT " COLUMNS " FROM proposal WHERE id = :id AND org_path >= :path AND org_path < :path_end",
};
static const Filter filters[] = { { "state", " AND state = :state" }, { "after", " AND id < :after" } };
static const Query q_list = {
    .name = "proposal.list", .in = &ask_form, .out = &proposal_form,
    .sql = "SELECT " COLUMNS " FROM proposal WHERE org_path >= :path AND org_path < :path_end",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 100",
};
static const Query q_extract = {
    .name = "proposal_extract.add", .in = &extract_form,
    .sql = "INSERT INTO proposal_extract(id, proposal_id, from_year, to_year, content, digest, by, at)"
           " VALUES(:id, :proposal_id, :from_year, :to_year, :content, :digest, :by, :at)",
};
static const Query q_extracts = {
    .name = "proposal_extract.list", .in = &extract_form, .out = &extract_form,
    .sql = "SELECT id, proposal_id, from_year, to_year, content, digest, by, at FROM proposal_extract"
           " WHERE proposal_id = :proposal_id ORDER BY proposal_id, id LIMIT 50",
};

/* A figure of an office and year. */
typedef struct YearCell {
    Str     path, path_end, name, measure;
    int64_t from, to, year, n, depth;
} YearCell;
static const Field cell_fields[] = {
    FIELD(YearCell, path), FIELD(YearCell, path_end), FIELD(YearCell, name), FIELD(YearCell, measure),
    FIELD(YearCell, from), FIELD(YearCell, to), FIELD(YearCell, year), FIELD(YearCell, n),
    FIELD(YearCell, depth),
};
static const Form cell_form = FORM(YearCell, cell_fields);
static const Query q_years = {
    .name = "proposal_extract.years", .in = &cell_form, .out = &cell_form,
    .sql = "SELECT o.path, o.name, b.month / 100 AS year, b.measure, CAST(sum(b.n) AS BIGINT) AS n FROM"
           " (SELECT path, month, measure, n FROM total WHERE path >= :path AND path < :path_end"
           " AND month >= :from AND month <= :to"
           " UNION ALL SELECT g.path, f.month, f.measure, f.n FROM total_fresh f JOIN org g ON f.path >= g.path"
           " AND f.path < g.path || '~' WHERE g.path >= :path AND g.path < :path_end"
           " AND f.month >= :from AND f.month <= :to) AS b" /* what has not been folded in yet: few */
           " JOIN org o ON o.path = b.path WHERE length(o.path) <= :depth /*scan*/"
           " GROUP BY o.path, o.name, b.month / 100, b.measure ORDER BY o.path, b.month / 100, b.measure",
};
static const Query *const queries[] = { &q_add, &q_save, &q_get, &q_list, &q_extract, &q_extracts,
                                       &q_years, NULL };

/* ---- the extract -------------------------------------------------------------------------- */

enum { EXTRACT_MAX = 512 * 1024, COLUMN_N = 6, LEVELS_SHOWN = 2 };
static const struct Column { const char *zh, *measure; } columns[COLUMN_N] = {
    { "受理", "accepted" }, { "达成协议", "agreed" }, { "即时履行", "spot" }, { "自行和解", "settled" },
    { "调解不成", "failed" }, { "撤回", "withdrawn" },
};

static void write_head(Out *o)
{
    out_str(o, S("机构,年度"));
    for (size_t i = 0; i < COLUMN_N; i++) {
        out_str(o, S(","));
        out_str(o, str_of(columns[i].zh));
    }
    out_str(o, S("\n"));
}

static void write_line(Out *o, const YearCell *cell, const int64_t *n)
{
    csv_text(o, cell->name);
    out_str(o, S(","));
    out_int(o, cell->year);
    for (size_t i = 0; i < COLUMN_N; i++) {
        out_str(o, S(","));
        out_int(o, n[i]);
    }
    out_str(o, S("\n"));
}

static void count(const YearCell *cell, int64_t *n)
{
    for (size_t i = 0; i < COLUMN_N; i++) {
        if (str_eq(cell->measure, str_of(columns[i].measure))) n[i] += cell->n;
    }
}

/* A line an office and year, the office itself and two levels below. */
static void extract_take(Ctx *c, const Proposal *p, Extract *e)
{
    YearCell ask = { .path = p->org_path, .path_end = path_end(c->mem, p->org_path),
                     .from = e->from_year * 100 + 1, .to = e->to_year * 100 + 12,
                     .depth = (int64_t)p->org_path.n + (int64_t)LEVELS_SHOWN * PATH_STEP };
    Rows rows = db_list(c, &q_years, &ask);
    const YearCell *cell = rows.at;
    Out o = { .buf = NEW(c->mem, char, EXTRACT_MAX), .cap = EXTRACT_MAX };
    int64_t n[COLUMN_N] = { 0 };
    write_head(&o);
    for (size_t i = 0; i < rows.n; i++) {
        bool last = i + 1 == rows.n || cell[i + 1].year != cell[i].year;
        last = last || !str_eq(cell[i + 1].path, cell[i].path);
        count(&cell[i], n);
        if (!last) continue;
        write_line(&o, &cell[i], n);
        for (size_t k = 0; k < COLUMN_N; k++) n[k] = 0;
    }
    if (o.full) fail(c, ERR_TOO_LARGE, S("extract"));
    e->content = out_view(&o);
    e->digest = sha256_hex(c->mem, e->content);
}

/* ---- routes --------------------------------------------------------------------------------- */

static const Move moves[] = {
    { "reply", "RECEIVED", "REPLIED",  HR | HEAD, false },
    { "again", "REPLIED",  "RECEIVED", HR | HEAD, true },
    { "close", "REPLIED",  "CLOSED",   HR | HEAD, false },
    { NULL, NULL, NULL, 0, false },
};

static ProposalAsk asking(Ctx *c)
{
    bool placed = c->who.org_path.n > 0;
    return (ProposalAsk){ .path = placed ? c->who.org_path : S("~"),
                          .path_end = placed ? path_end(c->mem, c->who.org_path) : S("~") };
}

static void judge(const Ctx *c, Proposal *p)
{
    Date day = p->replied_on.day ? p->replied_on : c->today;
    p->late = day.day > p->due.day;
}

static bool proposal_get(Ctx *c, Proposal *p)
{
    ProposalAsk ask = asking(c);
    ask.id = arg_id(c, 0);
    bool good = db_get(c, &q_get, &ask, p);
    if (good) judge(c, p);
    return good;
}

static Date due_of(Ctx *c, const Org *o, const Proposal *p)
{
    Look look = { .params = &c->law->params, .region = o->region, .day = p->received };
    bool npc = str_eq(p->kind, S("NPC"));
    const char *key = npc ? p->hard ? "NPC_REPLY_LONG_MONTHS" : "NPC_REPLY_MONTHS"
                          : p->hard ? "CPPCC_REPLY_LONG_MONTHS" : "CPPCC_REPLY_MONTHS";
    int64_t months = param(&look, key);
    if (months == 0) fail(c, ERR_BLOCKED, str_of(key));
    return date_plus_months(p->received, (int)months);
}

static void reply_proposal(Ctx *c, int status, const Proposal *p)
{
    tag_version(c, p->version);
    reply_row(c, status, &proposal_form, p);
}

static void add(Ctx *c)
{
    Org o = { 0 };
    Proposal p = { .state = S("RECEIVED"), .made_by = c->who.id, .made_at = now(c), .version = 1 };
    form_read(c, &proposal_form, &p);
    tx_begin(c);
    if (office_own(c, &o)) p.due = due_of(c, &o, &p);
    p.id = id_next(c);
    p.org = o.id;
    p.org_path = o.path;
    judge(c, &p);
    db_insert(c, &q_add, &p);
    reply_proposal(c, 201, &p);
    tx_end(c);
}

static void list(Ctx *c)
{
    ProposalAsk ask = asking(c);
    form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    Proposal *p = rows.at;
    for (size_t i = 0; i < rows.n; i++) judge(c, &p[i]);
    reply_page(c, &proposal_form, rows, 100, offsetof(Proposal, id));
}

static void show(Ctx *c)
{
    Proposal p = { 0 };
    (void)proposal_get(c, &p);
    reply_proposal(c, 200, &p);
}

static void extract(Ctx *c)
{
    Proposal p = { 0 };
    Extract e = { .by = c->who.id, .at = now(c), .same = true };
    form_read(c, &extract_form, &e);
    if (ok(c) && e.from_year > e.to_year) fault(c, S("to_year"), FAULT_ORDER);
    tx_begin(c);
    (void)proposal_get(c, &p);
    if (ok(c) && str_eq(p.state, S("CLOSED"))) fail(c, ERR_BLOCKED, p.state);
    if (ok(c)) extract_take(c, &p, &e);
    e.id = id_next(c);
    e.proposal_id = p.id;
    e.present = e.digest;
    db_insert(c, &q_extract, &e);
    p.version++;
    db_change(c, &q_save, &p);
    reply_row(c, 201, &extract_form, &e);
    tx_end(c);
}

static void extracts(Ctx *c)
{
    Proposal p = { 0 };
    if (!proposal_get(c, &p)) return;
    Rows rows = db_list(c, &q_extracts, &(Extract){ .proposal_id = p.id });
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        Extract *e = (Extract *)rows.at + i, is = *e;
        extract_take(c, &p, &is);
        e->present = is.digest;
        e->same = str_eq(is.digest, e->digest);
    }
    reply_rows(c, &extract_form, rows, (Str){ 0 });
}

static void turn(Ctx *c, Proposal *p, Str event, Str why)
{
    Standing e = { .subject = p->id, .event = event, .was = p->state, .reason = why };
    standing_move(c, moves, &e, (Date){ 0 });
    p->state = e.status;
    p->version++;
    judge(c, p);
    db_change(c, &q_save, p);
    reply_proposal(c, 200, p);
}

static void answer(Ctx *c)
{
    Proposal p = { 0 }, in = { .replied_on = c->today };
    form_read(c, &reply_form, &in);
    tx_begin(c);
    (void)proposal_get(c, &p);
    if (ok(c) && in.replied_on.day < p.received.day) fault(c, S("replied_on"), FAULT_ORDER);
    Rows taken = db_list(c, &q_extracts, &(Extract){ .proposal_id = p.id });
    if (ok(c) && taken.n == 0) fail(c, ERR_BLOCKED, S("extract"));
    p.reply_no = in.reply_no;
    p.reply_class = in.reply_class;
    p.reply = in.reply;
    p.signer = in.signer;
    p.replied_on = in.replied_on;
    p.open_to_public = in.open_to_public;
    turn(c, &p, S("reply"), in.reply_no);
    tx_end(c);
}

/* Whoever is not satisfied is answered again. */
static void conclude(Ctx *c)
{
    Proposal p = { 0 }, in = { 0 };
    form_read(c, &close_form, &in);
    tx_begin(c);
    (void)proposal_get(c, &p);
    bool again = str_eq(in.opinion, S("NOT"));
    p.opinion = in.opinion;
    turn(c, &p, again ? S("again") : S("close"), in.opinion);
    tx_end(c);
}

static void history(Ctx *c)
{
    Proposal p = { 0 };
    if (!proposal_get(c, &p)) return;
    reply_rows(c, &standing_form, standing_list(c, p.id), (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/proposals", HR | HEAD, list, "建议提案", "suggestions and proposals", .query = &ask_form,
      .out = &proposal_form, .list = true },
    { "POST", "/api/v1/proposals", HR | HEAD, add, "登记建议提案", "enter one", .in = &proposal_form, .out = &proposal_form },
    { "GET", "/api/v1/proposals/:id", HR | HEAD, show, "查看建议提案", "one of them", .out = &proposal_form },
    { "GET", "/api/v1/proposals/:id/extracts", HR | HEAD, extracts, "数据提取记录",
      "the extracts taken for it, and whether they still hold", .out = &extract_form, .list = true },
    { "POST", "/api/v1/proposals/:id/extracts", HR | HEAD, extract, "提取数据", "take an extract", .in = &extract_form,
      .out = &extract_form },
    { "POST", "/api/v1/proposals/:id/reply", HR | HEAD, answer, "答复", "answer it", .in = &reply_form, .out = &proposal_form },
    { "POST", "/api/v1/proposals/:id/close", HR | HEAD, conclude, "登记意见并办结", "what the proposer says of the answer",
      .in = &close_form, .out = &proposal_form },
    { "GET", "/api/v1/proposals/:id/history", HR | HEAD, history, "办理记录", "what was done", .out = &standing_form,
      .list = true },
};

const Slice proposals_slice = {
    .name = "proposal", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
