/*
** Photographs of an application that is not sent yet: held with its draft, readable and
** removable by who has the code, the case's evidence when it is sent, and gone with the
** draft.  Nobody has signed in, so what is taken is small, few, and bounded in all.
*/
#include "case/1-intake/draft.h"
#include "case/evidence.h"

#include "core/files.h"
#include "core/range.h"

enum {
    EACH_MAX = 10 * 1024 * 1024,     /* bytes of a photograph */
    FILES_MAX = 12,                  /* of one draft, the drawn name among them */
    ALL_FILES_MAX = 20000,
};
static const int64_t all_bytes_max = (int64_t)8 << 30; /* of all drafts together */

typedef struct DraftFile {
    Id      id;
    Str     digest;     /* of the draft's code */
    Str     kind, name, title, type;
    int64_t size;
    Str     sha256;
    bool    signature;  /* a drawn name */
    int64_t n;
} DraftFile;

static const Field fields[] = {
    FIELD(DraftFile, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(DraftFile, digest,    .label = "草稿", .en = "draft", .rule = HIDDEN),
    FIELD(DraftFile, kind,      .label = "类别", .en = "kind", .rule = REQUIRED, .codes = &evidence_kinds),
    FIELD(DraftFile, name,      .label = "文件名", .en = "name of the file", .rule = REQUIRED, .max = 120),
    FIELD(DraftFile, title,     .label = "证据名称", .en = "title", .max = 200),
    FIELD(DraftFile, type,      .label = "类型", .en = "type", .rule = SERVER_SET),
    FIELD(DraftFile, size,      .label = "字节数", .en = "bytes", .rule = SERVER_SET),
    FIELD(DraftFile, sha256,    .label = "SHA-256", .en = "SHA-256", .rule = SERVER_SET),
    FIELD(DraftFile, signature, .label = "手写签名", .en = "a drawn name"),
    FIELD(DraftFile, n,         .label = "数", .en = "number", .rule = HIDDEN),
};
static const Form file_form = FORM(DraftFile, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE draft_file("
      "  id        INTEGER PRIMARY KEY,"  /* the held file's name */
      "  digest    TEXT NOT NULL,"        /* of the draft's code */
      "  kind      TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, type TEXT NOT NULL,"
      "  size      INTEGER NOT NULL, sha256 TEXT NOT NULL, signature INTEGER NOT NULL) STRICT;"
      "CREATE INDEX draft_file_by_draft ON draft_file(digest, id);" },
};

#define COLUMNS "id, digest, kind, name, title, type, size, sha256, signature"
static const Query q_add = {
    .name = "draft_file.add", .in = &file_form,
    .sql = "INSERT INTO draft_file(" COLUMNS ")"
           " VALUES(:id, :digest, :kind, :name, :title, :type, :size, :sha256, :signature)",
};
static const Query q_list = {
    .name = "draft_file.list", .in = &file_form, .out = &file_form,
    .sql = "SELECT " COLUMNS " FROM draft_file WHERE digest = :digest ORDER BY digest, id LIMIT 100",
};
static const Query q_get = {
    .name = "draft_file.get", .in = &file_form, .out = &file_form,
    .sql = "SELECT " COLUMNS " FROM draft_file WHERE id = :id AND digest = :digest",
};
static const Query q_known = {
    .name = "draft_file.known", .in = &file_form, .out = &file_form,
    .sql = "SELECT id FROM draft_file WHERE id = :id",
};
static const Query q_all = {
    .name = "draft_file.all", .out = &file_form,
    .sql = "SELECT count(*) AS n, CAST(coalesce(sum(size), 0) AS BIGINT) AS size FROM draft_file /*scan*/",
};
static const Query q_drop = {
    .name = "draft_file.drop", .in = &file_form,
    .sql = "DELETE FROM draft_file WHERE id = :id AND digest = :digest",
};
static const Query q_close = {
    .name = "draft_file.close", .in = &file_form,
    .sql = "DELETE FROM draft_file WHERE digest = :digest",
};
static const Query q_forget = {
    .name = "draft_file.forget",
    .sql = "DELETE FROM draft_file WHERE NOT EXISTS"
           " (SELECT 1 FROM draft d WHERE d.digest = draft_file.digest) /*scan*/",
};
static const Query q_unsign = {
    .name = "draft_file.unsign", .in = &file_form,
    .sql = "DELETE FROM draft_file WHERE digest = :digest AND signature = 1",
};
static const Query *const queries[] = {
    &q_add, &q_list, &q_get, &q_known, &q_all, &q_drop, &q_close, &q_forget, &q_unsign, NULL,
};

static Rows files_of(Ctx *c, Str code)
{
    return db_list(c, &q_list, &(DraftFile){ .digest = draft_digest(c, code) });
}

/* Those of the draft are few, and all together too. */
static void room_for(Ctx *c, int64_t size)
{
    DraftFile all = { 0 };
    if (files_of(c, c->arg[0]).n >= FILES_MAX) fail(c, ERR_BLOCKED, S("files"));
    bool known = ok(c) && db_get(c, &q_all, NULL, &all);
    if (known && (all.n >= ALL_FILES_MAX || all.size + size > all_bytes_max)) fail(c, ERR_FULL, S("drafts"));
}

/* A photograph or a scan; recordings wait for the receipt. */
static void read_file(Ctx *c, DraftFile *f)
{
    *f = (DraftFile){ .size = c->upload.size, .sha256 = c->upload.sha256 };
    (void)form_read_query(c, &file_form, f);
    const FileType *type = file_type(c, f->name);
    f->type = str_of(type ? type->word : NULL);
    bool picture = str_eq(f->type, S("jpg")) || str_eq(f->type, S("png"));
    bool taken = picture || (str_eq(f->type, S("pdf")) && !f->signature);
    if (ok(c) && (f->size == 0 || !taken)) fail(c, ERR_BAD_TYPE, f->name);
    if (ok(c) && f->size > EACH_MAX) fail(c, ERR_TOO_LARGE, f->name);
}

static void add(Ctx *c)
{
    DraftFile f;
    read_file(c, &f);
    tx_begin(c);
    (void)draft_there(c, c->arg[0]);
    f.digest = draft_digest(c, c->arg[0]);
    if (f.signature) db_change_any(c, &q_unsign, &f); /* drawn again */
    room_for(c, f.size);
    f.id = id_next(c);
    file_hold(c, f.id);
    db_insert(c, &q_add, &f);
    reply_row(c, 201, &file_form, &f);
    tx_end(c);
}

static void list(Ctx *c)
{
    size_t n = 0;
    if (!draft_there(c, c->arg[0])) return;
    Rows rows = files_of(c, c->arg[0]);
    DraftFile *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (file_held(c, row[i].id).n) row[n++] = row[i];
    }
    rows.n = n;
    reply_rows(c, &file_form, rows, (Str){ 0 });
}

static void content(Ctx *c)
{
    DraftFile f = { .id = arg_id(c, 1), .digest = draft_digest(c, c->arg[0]) };
    if (!db_get(c, &q_get, &f, &f)) return;
    Str path = file_held(c, f.id);
    if (path.n == 0) fail(c, ERR_NOT_FOUND, S("file"));
    const FileType *type = file_type_of(f.type);
    c->type = type ? type->mime : "application/octet-stream";
    header(c, S("Content-Disposition"), S("inline"));
    reply_file(c, path, f.size);
}

static void drop(Ctx *c)
{
    DraftFile f = { .id = arg_id(c, 1), .digest = draft_digest(c, c->arg[0]) };
    tx_begin(c);
    db_change(c, &q_drop, &f);
    reply_done(c);
    tx_end(c);
    if (ok(c)) file_let_go(c, f.id);
}

/* ---- when it is sent, and when it is not ------------------------------------------------- */

static bool is_wanted(const DraftFile *f, const Intake *in)
{
    return !f->signature || str_eq(f->sha256, in->signature);
}

void draft_give(Ctx *c, const Case *k, const Intake *in, Id person)
{
    const Id who = c->who.id;
    if (in->draft.n == 0) return;
    Rows rows = files_of(c, in->draft);
    if (who.n == 0) c->who.id = person;
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        const DraftFile *f = (const DraftFile *)rows.at + i;
        if (!is_wanted(f, in) || file_held(c, f->id).n == 0) continue;
        file_adopt(c, f->id, f->sha256);
        evidence_add(c, k, &(Evidence){ .kind = f->kind, .name = f->name, .title = f->title, .type = f->type,
                                        .size = f->size, .sha256 = f->sha256 });
    }
    c->who.id = who;
    db_change_any(c, &q_close, &(DraftFile){ .digest = draft_digest(c, in->draft) });
}

bool draft_has_hand(Ctx *c, Str code, Str sha256)
{
    Rows rows = files_of(c, code);
    for (size_t i = 0; i < rows.n; i++) {
        const DraftFile *f = (const DraftFile *)rows.at + i;
        if (f->signature && str_eq(f->sha256, sha256) && file_held(c, f->id).n) return true;
    }
    return false;
}

/* At once: whoever throws an application away wants its photographs gone. */
void draft_files_drop(Ctx *c, Str code)
{
    Rows rows = files_of(c, code);
    for (size_t i = 0; i < rows.n && ok(c); i++) file_let_go(c, ((const DraftFile *)rows.at)[i].id);
    db_change_any(c, &q_close, &(DraftFile){ .digest = draft_digest(c, code) });
}

static bool is_known(Ctx *c, Id id)
{
    DraftFile f = { .id = id };
    return db_find(c, &q_known, &f, &f) || !ok(c);
}

void draft_files_forget(Ctx *c)
{
    db_change_any(c, &q_forget, NULL);
    files_held_sweep(c, is_known);
}

static const Route routes[] = {
    { "POST", "/api/v1/drafts/:code/files", ANYBODY, add, "给草稿添加照片", "a photograph to a draft",
      .query = &file_form, .out = &file_form, .upload = true, .most = EACH_MAX },
    { "GET", "/api/v1/drafts/:code/files", ANYBODY, list, "草稿的照片", "its photographs", .out = &file_form, .list = true },
    { "GET", "/api/v1/drafts/:code/files/:file/content", ANYBODY, content, "查看照片", "a photograph's bytes" },
    { "DELETE", "/api/v1/drafts/:code/files/:file", ANYBODY, drop, "删除照片", "remove it" },
};

const Slice draft_file_slice = {
    .name = "draft_file", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
