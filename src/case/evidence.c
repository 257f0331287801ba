/*
** Evidence and other files of a case.  Their bytes are streamed to the store
** (core/files.h); a row says whose they are and what for.  A file is never
** changed: a wrong one is withdrawn, with a reason, and stays readable.
*/
#include "case/evidence.h"

#include "core/files.h"
#include "core/range.h"
#include "core/right.h"

enum { FILES_MAX = 300 }; /* of one case */

static const Code kind_rows[] = {
    { "IDENTITY", "身份证明", "proof of identity" }, { "CONTRACT", "劳动合同", "contract" },
    { "PAYROLL", "工资凭证", "payroll" }, { "ATTENDANCE", "考勤记录", "attendance" },
    { "INSURANCE", "社保记录", "social insurance" }, { "INJURY", "工伤材料", "work injury" },
    { "NOTICE", "通知文书", "notice" }, { "CHAT", "聊天记录", "messages" },
    { "RECORDING", "录音录像", "recording" }, { "PROOF", "履行凭证", "proof of performance" },
    { "SCAN", "纸质文书扫描件", "scan of a paper" }, { "OTHER", "其他", "other" },
};
const Codes evidence_kinds = { .name = "evidence_kind", .row = kind_rows, .n = COUNT(kind_rows) };

static const Field fields[] = {
    FIELD(Evidence, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Evidence, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Evidence, kind,    .label = "类别", .en = "kind", .rule = REQUIRED, .codes = &evidence_kinds),
    FIELD(Evidence, name,    .label = "文件名", .en = "name of the file", .rule = REQUIRED, .max = 120),
    FIELD(Evidence, title,   .label = "证据名称", .en = "title", .max = 200),
    FIELD(Evidence, origin,  .label = "来源", .en = "where it comes from", .max = 200),
    FIELD(Evidence, pages,   .label = "页数", .en = "pages", .max = 100000),
    FIELD(Evidence, type,    .label = "类型", .en = "type", .rule = SERVER_SET),
    FIELD(Evidence, size,    .label = "字节数", .en = "bytes", .rule = SERVER_SET),
    FIELD(Evidence, sha256,  .label = "SHA-256", .en = "SHA-256", .rule = SERVER_SET),
    FIELD(Evidence, side,    .label = "提供方", .en = "side that gave it in", .rule = SERVER_SET),
    FIELD(Evidence, shared,  .label = "向对方出示", .en = "shown to the other side"),
    FIELD(Evidence, by,      .label = "提交人", .en = "given in by", .rule = SERVER_SET),
    FIELD(Evidence, at,      .label = "提交时间", .en = "at", .rule = SERVER_SET),
    FIELD(Evidence, withdrawn, .label = "撤回日期", .en = "withdrawn on", .rule = SERVER_SET),
    FIELD(Evidence, reason,  .label = "撤回原因", .en = "why", .rule = SERVER_SET),
    FIELD(Evidence, n,       .label = "数", .en = "number", .rule = HIDDEN),
};
const Form evidence_form = FORM(Evidence, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE evidence("
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  kind      TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, origin TEXT NOT NULL,"
      "  pages     INTEGER NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL,"
      "  sha256    TEXT NOT NULL,"         /* the file's name in the store */
      "  side      INTEGER NOT NULL, shared INTEGER NOT NULL,"
      "  by        INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  withdrawn TEXT, reason TEXT NOT NULL) STRICT;"
      "CREATE INDEX evidence_by_case ON evidence(case_id, id);"
      "CREATE INDEX evidence_by_file ON evidence(sha256);" },
};

#define COLUMNS \
    "id, case_id, kind, name, title, origin, pages, type, size, sha256, side, shared, by, at, withdrawn, reason"

static const Query q_add = {
    .name = "evidence.add", .in = &evidence_form,
    .sql = "INSERT INTO evidence(" COLUMNS ") VALUES(:id, :case_id, :kind, :name, :title, :origin, :pages, :type,"
           " :size, :sha256, :side, :shared, :by, :at, :withdrawn, :reason)",
};
static const Query q_list = {
    .name = "evidence.list", .in = &evidence_form, .out = &evidence_form,
    .sql = "SELECT " COLUMNS " FROM evidence WHERE case_id = :case_id ORDER BY case_id, id LIMIT 300",
};
static const Query q_get = {
    .name = "evidence.get", .in = &evidence_form, .out = &evidence_form,
    .sql = "SELECT " COLUMNS " FROM evidence WHERE id = :id AND case_id = :case_id",
};
static const Query q_count = {
    .name = "evidence.count", .in = &evidence_form, .out = &evidence_form,
    .sql = "SELECT count(*) AS n FROM evidence WHERE case_id = :case_id",
};
static const Query q_withdraw = {
    .name = "evidence.withdraw", .in = &evidence_form,
    .sql = "UPDATE evidence SET withdrawn = :withdrawn, reason = :reason WHERE id = :id AND withdrawn IS NULL",
};
static const Query q_share = {
    .name = "evidence.share", .in = &evidence_form,
    .sql = "UPDATE evidence SET shared = 1 WHERE id = :id",
};
static const Query *const queries[] = { &q_add, &q_list, &q_get, &q_count, &q_withdraw, &q_share, NULL };

Rows evidence_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_list, &(Evidence){ .case_id = case_id });
}

const Sealed evidence_sealed = { &evidence_form, evidence_of };

bool evidence_has(Ctx *c, Id case_id, Str kind)
{
    Rows rows = evidence_of(c, case_id);
    for (size_t i = 0; i < rows.n; i++) {
        const Evidence *e = (const Evidence *)rows.at + i;
        if (str_eq(e->kind, kind) && e->withdrawn.day == 0) return true;
    }
    return false;
}

/* A party sees what its own side gave in, and what was shown to it. */
static bool sees(const Ctx *c, const Evidence *e)
{
    bool party = (c->who.roles & (uint32_t)PARTIES) != 0;
    return !party || e->shared || (e->side & (int64_t)c->who.sides) != 0;
}

void evidence_add(Ctx *c, const Case *k, Evidence *e)
{
    Evidence count = { .case_id = k->id };
    if (!case_unsealed(c, k)) return;
    if (db_get(c, &q_count, &count, &count) && count.n >= FILES_MAX) fail(c, ERR_BLOCKED, S("files"));
    e->id = id_next(c);
    e->case_id = k->id;
    e->side = c->who.sides;
    e->by = c->who.id;
    e->at = now(c);
    db_insert(c, &q_add, e);
    case_note(c, k, S("evidence"), e->name);
}

static void add(Ctx *c)
{
    Case k;
    Evidence e = { .size = c->upload.size, .sha256 = c->upload.sha256 };
    (void)form_read_query(c, &evidence_form, &e);
    const FileType *type = file_type(c, e.name);
    e.type = str_of(type ? type->word : NULL);
    if (ok(c) && e.size == 0) fail(c, ERR_BAD_TYPE, e.name);
    file_keep(c);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    (void)right_need(c, OBJ_EVIDENCE, MAY_WRITE);
    evidence_add(c, &k, &e);
    reply_row(c, 201, &evidence_form, &e);
    tx_end(c);
}

static void list(Ctx *c)
{
    Case k;
    size_t n = 0;
    if (!case_get(c, arg_id(c, 0), &k) || !right_need(c, OBJ_EVIDENCE, MAY_READ)) return;
    Rows rows = evidence_of(c, k.id);
    Evidence *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (sees(c, &row[i])) row[n++] = row[i];
    }
    rows.n = n;
    reply_rows(c, &evidence_form, rows, (Str){ 0 });
}

/* The file :fid of case :id, for whoever may read it. */
static bool find(Ctx *c, Case *k, Evidence *e)
{
    if (!case_get(c, arg_id(c, 0), k) || !right_need(c, OBJ_EVIDENCE, MAY_READ)) return false;
    *e = (Evidence){ .id = arg_id(c, 1), .case_id = k->id };
    if (!db_get(c, &q_get, e, e)) return false;
    return sees(c, e) || fail(c, ERR_NOT_FOUND, S("evidence"));
}

static void content(Ctx *c)
{
    Case k;
    Evidence e;
    if (!find(c, &k, &e)) return;
    if (!file_there(c, e.sha256)) fail(c, ERR_NOT_FOUND, S("destroyed"));
    const FileType *type = file_type_of(e.type);
    c->type = type ? type->mime : "application/octet-stream";
    header(c, S("Content-Disposition"), S("inline"));
    reply_file(c, file_path(c, e.sha256), e.size);
}

static void withdraw(Ctx *c)
{
    Case k;
    Evidence e;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    if (ok(c) && in.note.n == 0) fault(c, S("note"), FAULT_REQUIRED);
    tx_begin(c);
    bool found = find(c, &k, &e) && case_unsealed(c, &k);
    if (found && e.by.n != c->who.id.n && !(c->who.roles & CLERK)) fail(c, ERR_FORBIDDEN, S("by"));
    e.withdrawn = c->today;
    e.reason = in.note;
    db_change(c, &q_withdraw, &e);
    case_note(c, &k, S("evidence_withdrawn"), in.note);
    reply_row(c, 200, &evidence_form, &e);
    tx_end(c);
}

void evidence_withdraw(Ctx *c, const Case *k, Id id, Str note)
{
    Evidence e = { .id = id, .withdrawn = c->today, .reason = note };
    db_change_any(c, &q_withdraw, &e);
    case_note(c, k, S("evidence_withdrawn"), note);
}

static void share(Ctx *c)
{
    Case k = { 0 };
    Evidence e = { 0 };
    tx_begin(c);
    if (find(c, &k, &e)) (void)case_unsealed(c, &k);
    e.shared = true;
    db_change(c, &q_share, &e);
    case_note(c, &k, S("evidence_shown"), e.name);
    reply_row(c, 200, &evidence_form, &e);
    tx_end(c);
}

enum { READERS = PARTIES | CLERK | MEDIATORS | HEAD | LAWYER | ARCHIVIST };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/evidence", PARTIES | CLERK, add, "提交证据文件", "give in a file",
      .query = &evidence_form, .out = &evidence_form, .upload = true },
    { "GET", "/api/v1/cases/:id/evidence", READERS, list, "证据清单", "the files", .out = &evidence_form, .list = true },
    { "GET", "/api/v1/cases/:id/evidence/:file/content", READERS, content, "查看文件", "a file's bytes" },
    { "POST", "/api/v1/cases/:id/evidence/:file/withdraw", PARTIES | CLERK, withdraw, "撤回文件", "withdraw a file",
      .in = &case_note_form, .out = &evidence_form },
    { "POST", "/api/v1/cases/:id/evidence/:file/share", CLERK | MEDIATORS, share, "向对方出示", "show it to the other side",
      .out = &evidence_form },
};

const Slice evidence_slice = {
    .name = "evidence", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
