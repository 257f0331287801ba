#include "register/organisations/org_seal.h"

#include "core/files.h"
#include "core/range.h"
#include "core/tx.h"
#include "paper/sign.h"
#include "register/organisations/org_check.h"

enum { SEAL_MAX = 2 << 20 };

static const Field fields[] = {
    FIELD(OrgSeal, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(OrgSeal, org_id,    .label = "机构", .en = "organisation", .rule = SERVER_SET),
    FIELD(OrgSeal, name,      .label = "文件名", .en = "name of the file", .rule = REQUIRED, .max = 120),
    FIELD(OrgSeal, file,      .label = "印章图片摘要", .en = "digest of the picture", .rule = SERVER_SET),
    FIELD(OrgSeal, automatic, .label = "制作文书时自动加盖", .en = "on every paper, whoever makes it"),
    FIELD(OrgSeal, since,     .label = "启用日期", .en = "in use since", .rule = SERVER_SET),
    FIELD(OrgSeal, until,     .label = "停用日期", .en = "until", .rule = SERVER_SET),
    FIELD(OrgSeal, by_id,     .label = "经办", .en = "by", .rule = SERVER_SET),
};
static const Form org_seal_form = FORM(OrgSeal, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE org_seal("           /* pictures of seals, used ones too */
      "  id     INTEGER PRIMARY KEY, org_id INTEGER NOT NULL REFERENCES org,"
      "  name   TEXT NOT NULL, file TEXT NOT NULL, automatic INTEGER NOT NULL,"
      "  since  TEXT NOT NULL, until TEXT, by_id INTEGER NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX org_seal_in_use ON org_seal(org_id) WHERE until IS NULL;"
      "CREATE INDEX org_seal_by_org ON org_seal(org_id, id);" },
};

static const Query q_add = {
    .name = "org_seal.add", .in = &org_seal_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO org_seal(id, org_id, name, file, automatic, since, until, by_id)"
           " VALUES(:id, :org_id, :name, :file, :automatic, :since, :until, :by_id)",
};
static const Query q_end = {
    .name = "org_seal.end", .in = &org_seal_form,
    .sql = "UPDATE org_seal SET until = :until WHERE org_id = :org_id AND until IS NULL",
};
static const Query q_get = {
    .name = "org_seal.get", .in = &org_seal_form, .out = &org_seal_form,
    .sql = "SELECT id, org_id, name, file, automatic, since, until, by_id FROM org_seal"
           " WHERE org_id = :org_id AND until IS NULL",
};
static const Query q_list = {
    .name = "org_seal.list", .in = &org_seal_form, .out = &org_seal_form,
    .sql = "SELECT id, org_id, name, file, automatic, since, until, by_id FROM org_seal WHERE org_id = :org_id"
           " ORDER BY org_id, id LIMIT 200",
};
static const Query *const queries[] = { &q_add, &q_end, &q_get, &q_list, NULL };

bool org_seal_of(Ctx *c, Id org_id, OrgSeal *s)
{
    *s = (OrgSeal){ .org_id = org_id };
    return db_find(c, &q_get, s, s);
}

bool org_seal_may(const Ctx *c, const OrgSeal *s)
{
    return s->automatic || (c->who.roles & (uint32_t)(HEAD | ORG_MANAGER)) != 0;
}

static bool theirs(Ctx *c, Org *org)
{
    if (!org_get(c, arg_id(c, 0), org)) return false;
    org_need_view(c, org); /* administrators belong to none */
    return ok(c);
}

/* A new one takes the place of the old, which stays in the list. */
static void put(Ctx *c)
{
    Org org;
    OrgSeal s = { .since = c->today, .by_id = c->who.id, .file = c->upload.sha256 };
    (void)form_read_query(c, &org_seal_form, &s);
    const FileType *type = file_type(c, s.name);
    bool png = type && str_eq(str_of(type->word), S("png"));
    if (ok(c) && !png) fail(c, ERR_BAD_TYPE, s.name);
    if (ok(c) && c->upload.size > SEAL_MAX) fail(c, ERR_TOO_LARGE, s.name);
    file_keep(c);
    tx_begin(c);
    (void)theirs(c, &org);
    s.id = id_next(c);
    s.org_id = org.id;
    db_change_any(c, &q_end, &(OrgSeal){ .org_id = org.id, .until = c->today });
    db_insert(c, &q_add, &s);
    reply_row(c, 201, &org_seal_form, &s);
    tx_end(c);
}

static void end(Ctx *c)
{
    Org org;
    tx_begin(c);
    (void)theirs(c, &org);
    db_change(c, &q_end, &(OrgSeal){ .org_id = org.id, .until = c->today });
    reply_done(c);
    tx_end(c);
}

static void list(Ctx *c)
{
    Org org;
    if (!theirs(c, &org)) return;
    reply_rows(c, &org_seal_form, db_list(c, &q_list, &(OrgSeal){ .org_id = org.id }), (Str){ 0 });
}

static void picture(Ctx *c)
{
    Org org;
    OrgSeal s;
    int64_t size = 0;
    if (!theirs(c, &org)) return;
    if (!org_seal_of(c, org.id, &s) || !file_size(c, s.file, &size)) {
        fail(c, ERR_NOT_FOUND, S("seal"));
        return;
    }
    c->type = "image/png";
    reply_file(c, file_path(c, s.file), size);
}

/* ---- the certificate that this server signs with ------------------------------------------ */

typedef struct SignerState {
    Str  kind, label, en, name, number;
    Date until;
    int64_t left; /* days */
} SignerState;
static const Field signer_fields[] = {
    FIELD(SignerState, kind,   .label = "方式",     .en = "kind"),
    FIELD(SignerState, label,  .label = "签名方式", .en = "how it signs"),
    FIELD(SignerState, en,     .label = "英文",     .en = "in English"),
    FIELD(SignerState, name,   .label = "证书持有人", .en = "holder of the certificate"),
    FIELD(SignerState, number, .label = "证书序列号", .en = "its serial number"),
    FIELD(SignerState, until,  .label = "有效期至", .en = "valid until"),
    FIELD(SignerState, left,   .label = "剩余天数", .en = "days left"),
};
static const Form signer_form = FORM(SignerState, signer_fields);

static void signer(Ctx *c)
{
    const Signer *s = c->house->signer;
    SignerState state = { 0 };
    if (s) {
        const SignerKind *k = s->kind;
        state = (SignerState){ .kind = str_of(k->word), .label = str_of(k->zh), .en = str_of(k->en),
                               .name = str_of(s->name), .number = str_of(s->number),
                               .until = date_parse(str_of(s->until)) };
        state.left = state.until.day - c->today.day;
    }
    reply_row(c, 200, &signer_form, &state);
}

enum { KEEPERS = SYS_ADMIN | ORG_MANAGER };

static const Route routes[] = {
    { "GET", "/api/v1/orgs/:id/seals", KEEPERS | HEAD, list, "印章图片", "pictures of its seal", .out = &org_seal_form,
      .list = true },
    { "POST", "/api/v1/orgs/:id/seals", KEEPERS, put, "启用印章图片", "use a picture of its seal",
      .query = &org_seal_form, .out = &org_seal_form, .upload = true },
    { "GET", "/api/v1/orgs/:id/seals/picture", KEEPERS | HEAD, picture, "查看印章图片", "the picture in use" },
    { "POST", "/api/v1/orgs/:id/seals/end", KEEPERS, end, "停用印章图片", "use it no more" },
    { "GET", "/api/v1/signer", KEEPERS | HEAD, signer, "电子签名证书", "the certificate papers are signed with",
      .out = &signer_form },
};

const Slice org_seal_slice = {
    .name = "org_seal", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
