#include "oversight/export/export.h"

#include "core/audit.h"
#include "core/jobs.h"
#include "core/range.h"
#include "core/right.h"
#include "core/routes.h"
#include "core/tx.h"
#include "oversight/export/export_run.h"
#include "register/people/people.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { KEPT_DAYS = 7, OPEN_MAX = 5 }; /* how long a file is kept; exports that one person may have waiting */

const ExportKind export_kinds[] = {
    { "ledger", "调解登记台账", "registration ledger", "/api/v1/ledger", "", true },
    { "cases", "案件列表", "cases", "/api/v1/cases",
      "org_path owner before profile filed_at level version ending synthetic", false },
    { "search", "案件检索结果", "cases found", "/api/v1/search",
      "org_path owner before profile filed_at level version ending synthetic", false },
    { "orgs", "调解组织名册", "organisations", "/api/v1/orgs", "path version", false },
    { "mediators", "调解员名册", "mediators", "/api/v1/mediators", "org_path photo version", false },
    { "decisions", "任务看板", "tasks", "/api/v1/decisions", "org_path lead_body version", false },
    { "subsidies", "办案补助", "case subsidies", "/api/v1/subsidies", "org_path version shares", false },
    { "expenses", "经费支出", "expenses", "/api/v1/expenses", "org_path version", false },
    { "statistics", "统计表", "statistics", "/api/v1/statistics/table", "en line", false },
    { "statistics_places", "分地区统计", "statistics by place", "/api/v1/statistics/places", "path", false },
    { "statistics_mediators", "分调解员统计", "statistics by mediator", "/api/v1/statistics/mediators", "path", false },
    { "overdue", "逾期未履行账龄", "how long obligations are overdue", "/api/v1/statistics/overdue", "", false },
    { "overdue_cases", "逾期未履行的案件", "overdue cases", "/api/v1/statistics/overdue/cases",
      "org_path owner before profile filed_at level version ending synthetic", false },
    { "employers", "用人单位名册", "employers", "/api/v1/employers", "type_hint version", false },
};
const size_t export_kinds_n = COUNT(export_kinds);

static const Code format_rows[] = { { "xlsx", "Excel 工作簿", "Excel workbook" }, { "csv", "CSV 文本", "CSV text" } };
static const Codes formats = { .name = "export_format", .row = format_rows, .n = COUNT(format_rows) };
static const Code state_rows[] = {
    { "queued", "排队中", "queued" }, { "running", "生成中", "being made" }, { "done", "已完成", "done" },
    { "failed", "失败", "failed" }, { "cancelled", "已取消", "cancelled" }, { "expired", "已过期删除", "expired" },
};
static const Codes states = { .name = "export_state", .row = state_rows, .n = COUNT(state_rows) };
static bool known_kind(const Ctx *c, Str word)
{
    (void)c;
    return export_kind_of(word) != NULL;
}
static const Codes kinds = { .name = "export_kind", .known = known_kind };

static const Field fields[] = {
    FIELD(Export, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Export, kind,    .label = "导出内容", .en = "what", .rule = REQUIRED, .codes = &kinds),
    FIELD(Export, format,  .label = "格式", .en = "format", .codes = &formats),
    FIELD(Export, asked,   .label = "筛选条件", .en = "the list's query string", .max = 2000),
    FIELD(Export, whole,   .label = "导出完整证件与电话", .en = "unmasked"),
    FIELD(Export, reason,  .label = "理由", .en = "why unmasked", .max = 200),
    FIELD(Export, filter,  .label = "筛选说明", .en = "the filter in words", .rule = SERVER_SET, .max = 2000),
    FIELD(Export, state,   .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Export, rows,    .label = "已导出条数", .en = "rows so far", .rule = SERVER_SET),
    FIELD(Export, size,    .label = "字节数", .en = "bytes", .rule = SERVER_SET),
    FIELD(Export, why,     .label = "失败原因", .en = "why it failed", .rule = SERVER_SET),
    FIELD(Export, by_id,   .label = "导出人", .en = "by", .rule = SERVER_SET),
    FIELD(Export, by_name, .label = "导出人姓名", .en = "by name", .rule = SERVER_SET),
    FIELD(Export, at,      .label = "申请时间", .en = "asked at", .rule = SERVER_SET),
    FIELD(Export, done_at, .label = "完成时间", .en = "done at", .rule = SERVER_SET),
    FIELD(Export, roles,   .label = "角色", .en = "roles", .rule = HIDDEN),
    FIELD(Export, org,     .label = "组织", .en = "organisation", .rule = HIDDEN),
    FIELD(Export, org_path, .label = "组织路径", .en = "path", .rule = HIDDEN),
    FIELD(Export, after,   .label = "接续", .en = "goes on after", .rule = HIDDEN),
    FIELD(Export, raw,     .label = "原字节数", .rule = HIDDEN),
    FIELD(Export, packed,  .label = "压缩字节数", .rule = HIDDEN),
    FIELD(Export, crc,     .label = "校验", .rule = HIDDEN),
    FIELD(Export, n,       .label = "数", .rule = HIDDEN),
    FIELD(Export, was,     .label = "此前条数", .rule = HIDDEN),
};
const Form export_form = FORM(Export, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE export("
      "  id      INTEGER PRIMARY KEY, kind TEXT NOT NULL, format TEXT NOT NULL,"
      "  asked   TEXT NOT NULL, filter TEXT NOT NULL,"        /* the list's query string, and in words */
      "  whole   INTEGER NOT NULL, reason TEXT NOT NULL,"     /* personal columns unmasked, and why */
      "  state   TEXT NOT NULL CHECK(state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')),"
      "  rows    INTEGER NOT NULL, raw INTEGER NOT NULL, packed INTEGER NOT NULL, crc INTEGER NOT NULL,"
      "  after   TEXT NOT NULL,"                              /* where the list goes on */
      "  size    INTEGER NOT NULL, why TEXT NOT NULL,"
      "  by_id   INTEGER NOT NULL, by_name TEXT NOT NULL,"
      "  roles   TEXT NOT NULL, org INTEGER NOT NULL, org_path TEXT NOT NULL," /* as whom */
      "  at      INTEGER NOT NULL, done_at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX export_by_person ON export(by_id, id);"
      "CREATE INDEX export_by_age ON export(state, done_at);" },
};

#define COLUMNS \
    "id, kind, format, asked, filter, whole, reason, state, rows, raw, packed, crc, after, size, why, by_id," \
    " by_name, roles, org, org_path, at, done_at"

static const Query q_add = {
    .name = "export.add", .in = &export_form,
    .sql = "INSERT INTO export(" COLUMNS ") VALUES(:id, :kind, :format, :asked, :filter, :whole, :reason, :state, :rows,"
           " :raw, :packed, :crc, :after, :size, :why, :by_id, :by_name, :roles, :org, :org_path, :at,"
           " :done_at)",
};
static const Query q_get = {
    .name = "export.get", .in = &export_form, .out = &export_form,
    .sql = "SELECT " COLUMNS " FROM export WHERE id = :id AND by_id = :by_id",
};
static const Query q_list = {
    .name = "export.list", .in = &export_form, .out = &export_form,
    .sql = "SELECT " COLUMNS " FROM export WHERE by_id = :by_id ORDER BY id DESC LIMIT 100",
};
static const Query q_open = {
    .name = "export.open", .in = &export_form, .out = &export_form,
    .sql = "SELECT count(*) AS n FROM export WHERE by_id = :by_id AND state IN ('queued', 'running')",
};
static const Query q_cancel = {
    .name = "export.cancel", .in = &export_form,
    .sql = "UPDATE export SET state = 'cancelled' WHERE id = :id AND state IN ('queued', 'running')",
};
static const Query q_old = {
    .name = "export.old", .in = &export_form, .out = &export_form,
    .sql = "SELECT " COLUMNS " FROM export WHERE state = 'done' AND done_at < :at LIMIT 200",
};
static const Query q_expire = {
    .name = "export.expire", .in = &export_form,
    .sql = "UPDATE export SET state = 'expired' WHERE id = :id",
};
static const Query *const queries[] = {
    &q_add, &q_get, &q_list, &q_open, &q_cancel, &q_old, &q_expire, &export_step_get, &export_step_set, NULL,
};

const ExportKind *export_kind_of(Str word)
{
    for (size_t i = 0; i < COUNT(export_kinds); i++) {
        if (str_eq(str_of(export_kinds[i].word), word)) return &export_kinds[i];
    }
    return NULL;
}

/* The list's route, if c's person may use it. */
const Route *export_route(Ctx *c, const ExportKind *kind)
{
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            bool same = strcmp(r->pattern, kind->pattern) == 0 && strcmp(r->method, "GET") == 0;
            if (same && r->who & c->who.roles) return r;
        }
    }
    fail(c, ERR_FORBIDDEN, str_of(kind->word));
    return NULL;
}

/* ---- asking for one ---------------------------------------------------------------------------- */

/* The filter in words: 状态：调解中；收件日期起：2026-01-01. */
static Str in_words(Ctx *c, const Form *query, Str asked)
{
    enum { ROOM = 2000 };
    Ctx look = *c;
    char *row = arena_alloc(c->mem, 1, query->size, _Alignof(max_align_t));
    Out o = { .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
    look.query = asked;
    if (!form_read_query(&look, query, row)) *c = look;
    for (size_t i = 0; i < query->n && ok(c); i++) {
        const Field *fd = &query->field[i];
        bool shown = !(fd->rule & HIDDEN) && field_is_set(fd, row) && strcmp(fd->name, "limit") != 0;
        if (!shown) continue;
        if (o.len) out_str(&o, S("；"));
        out_str(&o, str_of(fd->label));
        out_str(&o, S("："));
        out_str(&o, export_text(c, fd, row));
    }
    return o.len ? out_view(&o) : S("全部");
}

static void check_whole(Ctx *c, const Export *e)
{
    if (!e->whole || !ok(c)) return;
    (void)right_need(c, OBJ_FULL_ID, MAY_READ);
    (void)reveal_for(c, S("export"), e->id, e->reason);
    c->reveal = false;
}

static void add(Ctx *c)
{
    Export e = { .by_id = c->who.id, .at = now(c), .state = S("queued"), .format = S("xlsx"),
                 .org = c->who.org, .org_path = c->who.org_path }, open = e;
    Out roles = { .buf = NEW(c->mem, char, 400), .cap = 400 };
    User u = { 0 };
    (void)form_read(c, &export_form, &e);
    const ExportKind *kind = ok(c) ? export_kind_of(e.kind) : NULL;
    const Route *route = kind ? export_route(c, kind) : NULL;
    if (route && route->query) e.filter = in_words(c, route->query, e.asked);
    roles_write(&roles, c->who.roles);
    e.roles = out_view(&roles);
    tx_begin(c);
    e.id = id_next(c);
    check_whole(c, &e);
    if (ok(c) && db_find(c, &q_open, &open, &open) && open.n >= OPEN_MAX) fail(c, ERR_TOO_MANY, S("export"));
    if (ok(c) && user_find(c, c->who.id, &u)) e.by_name = u.name;
    audit_about(c, e.id);
    db_insert(c, &q_add, &e);
    job_add(c, S("export_step"), e.id, now(c), (Str){ 0 });
    reply_row(c, 201, &export_form, &e);
    tx_end(c);
}

static bool find(Ctx *c, Export *e)
{
    *e = (Export){ .id = arg_id(c, 0), .by_id = c->who.id };
    return db_get(c, &q_get, e, e);
}

static void show(Ctx *c)
{
    Export e;
    if (find(c, &e)) reply_row(c, 200, &export_form, &e);
}

static void list(Ctx *c)
{
    reply_rows(c, &export_form, db_list(c, &q_list, &(Export){ .by_id = c->who.id }), (Str){ 0 });
}

static void cancel(Ctx *c)
{
    Export e;
    tx_begin(c);
    bool running = find(c, &e) && (str_eq(e.state, S("queued")) || str_eq(e.state, S("running")));
    if (ok(c) && !running) fail(c, ERR_BLOCKED, e.state);
    e.state = S("cancelled");
    db_change(c, &q_cancel, &e);
    reply_row(c, 200, &export_form, &e);
    tx_end(c);
}

/* attachment; filename*=UTF-8''%E8… */
static Str attachment(Ctx *c, const Export *e)
{
    enum { ROOM = 400 };
    static const char hex[] = "0123456789ABCDEF";
    const ExportKind *kind = export_kind_of(e->kind);
    Out o = { .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
    Str name = str_of(kind ? kind->zh : "export");
    out_str(&o, S("attachment; filename*=UTF-8''"));
    for (size_t i = 0; i < name.n; i++) {
        unsigned char b = (unsigned char)name.s[i];
        char code[3] = { '%', hex[b >> 4], hex[b & 15] };
        out_str(&o, (Str){ code, 3 });
    }
    out_date(&o, time_date(e->at));
    out_str(&o, S("."));
    out_str(&o, e->format);
    return out_view(&o);
}

static const char book_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static void content(Ctx *c)
{
    Export e;
    if (!find(c, &e)) return;
    if (!str_eq(e.state, S("done"))) {
        fail(c, ERR_BLOCKED, e.state);
        return;
    }
    bool xlsx = str_eq(e.format, S("xlsx"));
    c->type = xlsx ? book_type : "text/csv; charset=utf-8";
    header(c, S("Content-Disposition"), attachment(c, &e));
    reply_file(c, export_path(c, e.id, "whole"), e.size);
}

static void forget(Ctx *c, Id arg)
{
    (void)arg;
    Export ask = { .at = { now(c).s - (int64_t)KEPT_DAYS * 86400 } };
    Rows rows = db_list(c, &q_old, &ask);
    for (size_t i = 0; i < rows.n; i++) {
        const Export *e = (const Export *)rows.at + i;
        db_change(c, &q_expire, e);
        (void)unlink(str_c(c->mem, export_path(c, e->id, "whole")));
    }
}

static const JobKind jobs[] = {
    { .word = "export_step", .run = export_step },
    { .word = "forget_exports", .run = forget, .daily = "03:40" },
};

enum { EXPORTERS = STAFF | STATISTICIAN | CONVENER };

static const Route routes[] = {
    { "POST", "/api/v1/exports", EXPORTERS, add, "导出名单、台账", "ask for a list as a file", .in = &export_form,
      .out = &export_form },
    { "GET", "/api/v1/exports", EXPORTERS, list, "我的导出", "one's own exports", .out = &export_form, .list = true },
    { "GET", "/api/v1/exports/:id", EXPORTERS, show, "导出进度", "how far an export is", .out = &export_form },
    { "POST", "/api/v1/exports/:id/cancel", EXPORTERS, cancel, "取消导出", "cancel it", .out = &export_form },
    { "GET", "/api/v1/exports/:id/file", EXPORTERS, content, "下载导出文件", "its file" },
};

const Slice export_slice = {
    .name = "export", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
