#include "core/attachment.h"

#include "core/files.h"
#include "core/range.h"

static const Code kind_rows[] = {
    { "EVIDENCE", "完成凭证", "evidence that it was done" }, { "MATERIAL", "会议材料", "material" },
    { "PROOF", "支出凭证", "proof of an expense" },          { "CONTRACT", "合同", "contract" },
    { "ACCEPTANCE", "验收材料", "acceptance" },              { "REPLY", "答复文件", "reply" },
    { "ARTICLE", "宣传材料", "publicity material" },         { "SIX", "六有证明", "proof of the six haves" },
    { "OTHER", "其他", "other" },
};
static const Codes kinds = { .name = "attachment_kind", .row = kind_rows, .n = COUNT(kind_rows) };

static const Field fields[] = {
    FIELD(Attachment, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Attachment, subject, .label = "所属记录", .en = "of what", .rule = SERVER_SET),
    FIELD(Attachment, kind,    .label = "类别", .en = "kind", .rule = REQUIRED, .codes = &kinds),
    FIELD(Attachment, name,    .label = "文件名", .en = "name of the file", .rule = REQUIRED, .max = 120),
    FIELD(Attachment, type,    .label = "类型", .en = "type", .rule = SERVER_SET),
    FIELD(Attachment, size,    .label = "字节数", .en = "bytes", .rule = SERVER_SET),
    FIELD(Attachment, sha256,  .label = "SHA-256", .en = "SHA-256", .rule = SERVER_SET),
    FIELD(Attachment, by,      .label = "上传人", .en = "by", .rule = SERVER_SET),
    FIELD(Attachment, at,      .label = "上传时间", .en = "at", .rule = SERVER_SET),
};
const Form attachment_form = FORM(Attachment, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE attachment("           /* append-only */
      "  id      INTEGER PRIMARY KEY,"
      "  subject INTEGER NOT NULL,"        /* the record it belongs to: its id is no other's */
      "  kind    TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL,"
      "  sha256  TEXT NOT NULL,"           /* the file's name in the store */
      "  by      INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX attachment_by_subject ON attachment(subject, id);" },
};
static const char *const keeps[] = { "attachment", NULL };

#define COLUMNS "id, subject, kind, name, type, size, sha256, by, at"
static const Query q_add = {
    .name = "attachment.add", .in = &attachment_form,
    .sql = "INSERT INTO attachment(" COLUMNS ") VALUES(:id, :subject, :kind, :name, :type, :size, :sha256, :by, :at)",
};
static const Query q_list = {
    .name = "attachment.list", .in = &attachment_form, .out = &attachment_form,
    .sql = "SELECT " COLUMNS " FROM attachment WHERE subject = :subject ORDER BY subject, id LIMIT 200",
};
static const Query q_get = {
    .name = "attachment.get", .in = &attachment_form, .out = &attachment_form,
    .sql = "SELECT " COLUMNS " FROM attachment WHERE id = :id AND subject = :subject",
};
static const Query *const queries[] = { &q_add, &q_list, &q_get, NULL };

void attachment_read(Ctx *c, Attachment *a)
{
    *a = (Attachment){ .size = c->upload.size, .sha256 = c->upload.sha256, .by = c->who.id, .at = now(c) };
    (void)form_read_query(c, &attachment_form, a);
    const FileType *type = file_type(c, a->name);
    a->type = str_of(type ? type->word : NULL);
    if (ok(c) && a->size == 0) fail(c, ERR_BAD_TYPE, a->name);
    file_keep(c);
}

void attachment_add(Ctx *c, Attachment *a, Id subject)
{
    a->id = id_next(c);
    a->subject = subject;
    db_insert(c, &q_add, a);
}

Rows attachment_list(Ctx *c, Id subject)
{
    return db_list(c, &q_list, &(Attachment){ .subject = subject });
}

bool attachment_has(Ctx *c, Id subject, Str kind)
{
    Rows rows = attachment_list(c, subject);
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(((const Attachment *)rows.at)[i].kind, kind)) return true;
    }
    return false;
}

void attachment_reply(Ctx *c, Id subject, Id id)
{
    Attachment a = { .id = id, .subject = subject };
    if (!db_get(c, &q_get, &a, &a)) return;
    const FileType *type = file_type_of(a.type);
    c->type = type ? type->mime : "application/octet-stream";
    header(c, S("Content-Disposition"), S("inline"));
    reply_file(c, file_path(c, a.sha256), a.size);
}

const Slice attachment_slice = {
    .name = "attachment", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
};
