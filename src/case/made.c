#include "case/made.h"

#include "case/paper.h"
#include "case/party.h"
#include "core/files.h"
#include "core/range.h"
#include "register/organisations/organisations.h"

static const Code state_rows[] = {
    { "valid", "有效", "valid" }, { "replaced", "已被替换", "replaced" }, { "revoked", "已撤销", "revoked" },
    { "sealing", "等待用印", "waiting for the seal" },
};
const Codes made_state = { .name = "made_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(Made, id,        .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(Made, case_id,   .label = "案件",     .en = "case", .rule = SERVER_SET),
    FIELD(Made, code,      .label = "文书",     .en = "paper", .rule = SERVER_SET),
    FIELD(Made, variant,   .label = "种类",     .en = "which of several", .rule = SERVER_SET),
    FIELD(Made, label,     .label = "文书名称", .en = "its name", .rule = SERVER_SET),
    FIELD(Made, number,    .label = "文号",     .en = "number", .rule = SERVER_SET),
    FIELD(Made, seq,       .label = "份次",     .en = "which one", .rule = SERVER_SET),
    FIELD(Made, version,   .label = "模板版本", .en = "version of the template", .rule = SERVER_SET),
    FIELD(Made, region,    .label = "模板适用地", .en = "place of the template", .rule = SERVER_SET),
    FIELD(Made, file,      .label = "PDF SHA-256", .en = "SHA-256 of the PDF", .rule = SERVER_SET),
    FIELD(Made, sm3,       .label = "PDF SM3",  .en = "SM3 of the PDF", .rule = SERVER_SET),
    FIELD(Made, size,      .label = "PDF 字节数", .en = "bytes of the PDF", .rule = SERVER_SET),
    FIELD(Made, pages,     .label = "页数",     .en = "pages", .rule = SERVER_SET),
    FIELD(Made, docx,      .label = "DOCX SHA-256", .en = "SHA-256 of the DOCX", .rule = SERVER_SET),
    FIELD(Made, docx_sm3,  .label = "DOCX SM3", .en = "SM3 of the DOCX", .rule = SERVER_SET),
    FIELD(Made, docx_size, .label = "DOCX 字节数", .en = "bytes of the DOCX", .rule = SERVER_SET),
    FIELD(Made, verify,    .label = "验真码",   .en = "verification code", .rule = SERVER_SET),
    FIELD(Made, sides,     .label = "当事方",   .en = "for which sides", .rule = SERVER_SET),
    FIELD(Made, volume,    .label = "卷",       .en = "volume", .rule = SERVER_SET),
    FIELD(Made, party_id,  .label = "受送达人", .en = "for which party", .rule = SERVER_SET | LATER),
    FIELD(Made, parties,   .label = "当事人",   .en = "parties", .rule = HIDDEN),
    FIELD(Made, seal_page, .label = "用印页",   .en = "page of the seal", .rule = SERVER_SET),
    FIELD(Made, seal_x,    .label = "用印处横向", .en = "where the seal goes, across", .rule = SERVER_SET),
    FIELD(Made, seal_y,    .label = "用印处纵向", .en = "where the seal goes, down", .rule = SERVER_SET),
    FIELD(Made, replaces,  .label = "替换",     .en = "in place of", .rule = SERVER_SET),
    FIELD(Made, reason,    .label = "理由",     .en = "why", .rule = SERVER_SET),
    FIELD(Made, org_path,  .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(Made, by_id,     .label = "制作人",   .en = "made by", .rule = SERVER_SET),
    FIELD(Made, at,        .label = "制作时间", .en = "made at", .rule = SERVER_SET),
    FIELD(Made, day,       .label = "制作日期", .en = "made on", .rule = SERVER_SET),
    FIELD(Made, state,     .label = "状态",     .en = "state", .rule = SERVER_SET, .codes = &made_state),
    FIELD(Made, ended_on,  .label = "失效日期", .en = "ended on", .rule = SERVER_SET),
    FIELD(Made, why_ended, .label = "失效原因", .en = "why it ended", .rule = SERVER_SET),
    FIELD(Made, path_end,  .label = "路径末",   .en = "end of path", .rule = HIDDEN),
    FIELD(Made, about_id,  .label = "所据记录", .en = "record it was made from", .rule = HIDDEN), /* no part of a seal */
};
const Form made_form = FORM(Made, fields);

static const Field about_fields[] = {
    FIELD(Made, about_id, .label = "所据记录", .en = "record it was made from"),
    FIELD(Made, org_path, .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(Made, path_end, .label = "路径末",   .en = "end of path", .rule = HIDDEN),
};
static const Form about_form = { "OfficePaperAsk", sizeof(Made), about_fields, COUNT(about_fields) };

/* How one ended. */
typedef struct MadeEnd {
    Id   made_id, case_id;
    Str  state, reason;
    Id   by_id;
    Date day;
} MadeEnd;
static const Field end_fields[] = {
    FIELD(MadeEnd, made_id, .label = "文书", .en = "paper", .rule = SERVER_SET),
    FIELD(MadeEnd, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(MadeEnd, state,   .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &made_state),
    FIELD(MadeEnd, reason,  .label = "理由", .en = "why", .rule = REQUIRED | PROSE, .min = 2, .max = 1000),
    FIELD(MadeEnd, by_id,   .label = "经办", .en = "by", .rule = SERVER_SET),
    FIELD(MadeEnd, day,     .label = "日期", .en = "day", .rule = SERVER_SET),
};
static const Form end_form = FORM(MadeEnd, end_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE made("                /* a document; append-only */
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL,"
      "  code      TEXT NOT NULL, variant TEXT NOT NULL, label TEXT NOT NULL, number TEXT NOT NULL,"
      "  seq       INTEGER NOT NULL, version INTEGER NOT NULL, region TEXT NOT NULL,"
      "  file      TEXT NOT NULL, sm3 TEXT NOT NULL, size INTEGER NOT NULL, pages INTEGER NOT NULL,"
      "  docx      TEXT NOT NULL, docx_sm3 TEXT NOT NULL, docx_size INTEGER NOT NULL,"
      "  verify    TEXT NOT NULL, sides INTEGER NOT NULL, volume TEXT NOT NULL, parties TEXT NOT NULL,"
      "  seal_page INTEGER NOT NULL, seal_x INTEGER NOT NULL, seal_y INTEGER NOT NULL,"
      "  replaces  INTEGER NOT NULL, reason TEXT NOT NULL, org_path TEXT NOT NULL,"
      "  by_id     INTEGER NOT NULL, at INTEGER NOT NULL, day TEXT NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX made_by_case ON made(case_id, code, variant, seq) WHERE case_id > 0;"
      "CREATE INDEX made_in_case ON made(case_id, id);"
      "CREATE UNIQUE INDEX made_by_code ON made(verify);"
      "CREATE INDEX made_by_day ON made(day, org_path);"
      "CREATE TABLE made_end("            /* how it ended: replaced or revoked; append-only */
      "  made_id   INTEGER PRIMARY KEY REFERENCES made, case_id INTEGER NOT NULL,"
      "  state     TEXT NOT NULL CHECK(state IN ('replaced', 'revoked')), reason TEXT NOT NULL,"
      "  by_id     INTEGER NOT NULL, day TEXT NOT NULL) STRICT;" },
    { 2,
      "CREATE TABLE made_wait("           /* what waits for the seal platform, as it will be in made; append-only */
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL,"
      "  code      TEXT NOT NULL, variant TEXT NOT NULL, label TEXT NOT NULL, number TEXT NOT NULL,"
      "  seq       INTEGER NOT NULL, version INTEGER NOT NULL, region TEXT NOT NULL,"
      "  file      TEXT NOT NULL, sm3 TEXT NOT NULL, size INTEGER NOT NULL, pages INTEGER NOT NULL,"
      "  docx      TEXT NOT NULL, docx_sm3 TEXT NOT NULL, docx_size INTEGER NOT NULL,"
      "  verify    TEXT NOT NULL, sides INTEGER NOT NULL, volume TEXT NOT NULL, parties TEXT NOT NULL,"
      "  seal_page INTEGER NOT NULL, seal_x INTEGER NOT NULL, seal_y INTEGER NOT NULL,"
      "  replaces  INTEGER NOT NULL, reason TEXT NOT NULL, org_path TEXT NOT NULL,"
      "  by_id     INTEGER NOT NULL, at INTEGER NOT NULL, day TEXT NOT NULL) STRICT;" },
    { 3,
      "ALTER TABLE made ADD COLUMN about_id INTEGER NOT NULL DEFAULT 0;" /* of whatever kind its template says */
      "ALTER TABLE made_wait ADD COLUMN about_id INTEGER NOT NULL DEFAULT 0;"
      "CREATE INDEX made_by_about ON made(about_id, id) WHERE about_id > 0;" },
    { 4, "CREATE UNIQUE INDEX made_office_no ON made(number) WHERE case_id = 0;" },
    { 5, "ALTER TABLE made ADD COLUMN party_id INTEGER NOT NULL DEFAULT 0;"
         "ALTER TABLE made_wait ADD COLUMN party_id INTEGER NOT NULL DEFAULT 0;" },
    { 6, "CREATE INDEX made_by_file ON made(file); CREATE INDEX made_by_docx ON made(docx);" },
};
static const char *const keeps[] = { "made", "made_end", "made_wait", NULL };

#define COLUMNS \
    "id, case_id, code, variant, label, number, seq, version, region, file, sm3, size, pages, docx, docx_sm3," \
    " docx_size, verify, sides, volume, parties, seal_page, seal_x, seal_y, replaces, reason, org_path, by_id, at, day," \
    " about_id, party_id"
#define SELECT \
    "SELECT m.id, m.case_id, m.code, m.variant, m.label, m.number, m.seq, m.version, m.region, m.file, m.sm3, m.size," \
    " m.pages, m.docx, m.docx_sm3, m.docx_size, m.verify, m.sides, m.volume, m.parties, m.seal_page, m.seal_x," \
    " m.seal_y, m.replaces, m.reason, m.org_path, m.by_id, m.at, m.day, m.about_id, m.party_id, coalesce(e.state, 'valid') AS state," \
    " e.day AS ended_on, coalesce(e.reason, '') AS why_ended FROM made m LEFT JOIN made_end e ON e.made_id = m.id"

static const Query q_add = {
    .name = "made.add", .in = &made_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO made(" COLUMNS ") VALUES(:id, :case_id, :code, :variant, :label, :number, :seq, :version,"
           " :region, :file, :sm3, :size, :pages, :docx, :docx_sm3, :docx_size, :verify, :sides, :volume, :parties,"
           " :seal_page, :seal_x, :seal_y, :replaces, :reason, :org_path, :by_id, :at, :day,"
           " :about_id, :party_id)",
};
static const Query q_wait = {
    .name = "made.wait", .in = &made_form,
    .sql = "INSERT INTO made_wait(" COLUMNS ") VALUES(:id, :case_id, :code, :variant, :label, :number, :seq, :version,"
           " :region, :file, :sm3, :size, :pages, :docx, :docx_sm3, :docx_size, :verify, :sides, :volume, :parties,"
           " :seal_page, :seal_x, :seal_y, :replaces, :reason, :org_path, :by_id, :at, :day,"
           " :about_id, :party_id)",
};
static const Query q_waiting = {
    .name = "made.waiting", .in = &made_form, .out = &made_form,
    .sql = "SELECT " COLUMNS " FROM made_wait WHERE id = :id",
};
static const Query q_end = {
    .name = "made.end", .in = &end_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO made_end(made_id, case_id, state, reason, by_id, day)"
           " VALUES(:made_id, :case_id, :state, :reason, :by_id, :day)",
};
static const Query q_list = {
    .name = "made.list", .in = &made_form, .out = &made_form,
    .sql = SELECT " WHERE m.case_id = :case_id ORDER BY m.case_id, m.id LIMIT 2000",
};
static const Query q_get = {
    .name = "made.get", .in = &made_form, .out = &made_form, .sql = SELECT " WHERE m.id = :id",
};
static const Query q_code = {
    .name = "made.code", .in = &made_form, .out = &made_form, .sql = SELECT " WHERE m.verify = :verify",
};
static const Query q_day = {
    .name = "made.day", .in = &made_form, .out = &made_form,
    .sql = SELECT " WHERE m.day = :day AND m.org_path >= :org_path AND m.org_path < :path_end"
                  " AND e.made_id IS NULL ORDER BY m.case_id, m.id LIMIT 2000",
};
static const Filter of_record[] = { { "about_id", " AND m.about_id = :about_id AND m.about_id > 0" } };
static const Query q_office = {
    .name = "made.office", .in = &about_form, .out = &made_form,
    .sql = SELECT " WHERE m.case_id = 0 AND m.org_path >= :org_path AND m.org_path < :path_end",
    .filter = of_record, .filters = COUNT(of_record), .tail = " ORDER BY m.case_id DESC, m.id DESC LIMIT 200",
};
static const Query q_numbered = {
    .name = "made.numbered", .in = &made_form, .out = &made_form,
    .sql = "SELECT count(*) AS seq FROM made WHERE case_id = 0 AND number >= :number AND number < :path_end",
};
static const Query *const queries[] = {
    &q_add, &q_wait, &q_waiting, &q_end, &q_list, &q_get, &q_code, &q_day, &q_office, &q_numbered, NULL,
};

Rows made_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_list, &(Made){ .case_id = case_id });
}

const Sealed made_sealed = { &made_form, made_of };

bool made_get(Ctx *c, Id id, Made *m)
{
    return db_get(c, &q_get, &(Made){ .id = id }, m);
}

void made_wait(Ctx *c, const Made *m)
{
    db_insert(c, &q_wait, m);
}

bool made_waiting(Ctx *c, Id id, Made *m)
{
    return db_get(c, &q_waiting, &(Made){ .id = id }, m);
}

bool made_by_code(Ctx *c, Str verify, Made *m)
{
    return db_find(c, &q_code, &(Made){ .verify = verify }, m);
}

int64_t made_numbered(Ctx *c, Str number)
{
    Made m = { .number = number, .path_end = path_end(c->mem, number) };
    return db_get(c, &q_numbered, &m, &m) ? m.seq : 0;
}

Rows made_on(Ctx *c, Str org_path, Date day)
{
    Made ask = { .org_path = org_path, .path_end = path_end(c->mem, org_path), .day = day };
    return db_list(c, &q_day, &ask);
}

static void end(Ctx *c, const Made *m, Str state, Str reason)
{
    MadeEnd e = { .made_id = m->id, .case_id = m->case_id, .state = state, .reason = reason,
                  .by_id = c->who.id, .day = c->today };
    db_insert(c, &q_end, &e);
}

void made_add(Ctx *c, const Made *m)
{
    Made old;
    if (m->replaces.n && made_get(c, m->replaces, &old)) {
        bool same = old.case_id.n == m->case_id.n && str_eq(old.code, m->code);
        same = same && str_eq(old.variant, m->variant);
        if (!same) fault(c, S("replaces"), FAULT_MISMATCH);
        if (ok(c) && !str_eq(old.state, S("valid"))) fail(c, ERR_CLASH, old.state);
        end(c, &old, S("replaced"), m->reason);
    }
    db_insert(c, &q_add, m);
}

/* ---- handlers -------------------------------------------------------------------------- */

/* Is c's person another party of its case than the one that it is for?  Agents act for their side. */
static bool of_another(Ctx *c, const Made *m)
{
    if (m->party_id.n == 0 || m->party_id.n == c->who.id.n) return false;
    Rows rows = parties_of(c, m->case_id);
    for (size_t i = 0; i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        if (p->id.n == c->who.id.n && party_own(p)) return true;
    }
    return false;
}

/* A party sees what is meant for it or its side; the sub-volume is the office's. */
static bool sees(Ctx *c, const Made *m)
{
    bool party = (c->who.roles & (uint32_t)PARTIES) != 0;
    if (!party) return true;
    return m->sides & (int64_t)c->who.sides && !str_eq(m->volume, S("sub")) && !of_another(c, m);
}

static void list(Ctx *c)
{
    Case k;
    size_t n = 0;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows rows = made_of(c, k.id);
    Made *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (sees(c, &row[i])) row[n++] = row[i];
    }
    reply_rows(c, &made_form, (Rows){ row, n }, (Str){ 0 });
}

/* The paper :made of case :id, for whoever may read it. */
static bool find(Ctx *c, Case *k, Made *m)
{
    if (!case_get(c, arg_id(c, 0), k) || !made_get(c, arg_id(c, 1), m)) return false;
    return (m->case_id.n == k->id.n && sees(c, m)) || fail(c, ERR_NOT_FOUND, S("paper"));
}

static const char docx_type[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

static void give(Ctx *c, Str file, int64_t size, const char *type)
{
    if (!ok(c) || file.n == 0) {
        fail(c, ERR_NOT_FOUND, S("file"));
        return;
    }
    if (!file_there(c, file)) fail(c, ERR_NOT_FOUND, S("destroyed"));
    c->type = type;
    reply_file(c, file_path(c, file), size);
}

static void pdf(Ctx *c)
{
    Case k;
    Made m = { 0 };
    if (!find(c, &k, &m)) return;
    header(c, S("Content-Disposition"), S("inline"));
    give(c, m.file, m.size, "application/pdf");
}

static void docx(Ctx *c)
{
    Case k;
    Made m = { 0 };
    if (!find(c, &k, &m)) return;
    header(c, S("Content-Disposition"), S("attachment"));
    give(c, m.docx, m.docx_size, docx_type);
}

static void revoke(Ctx *c)
{
    Case k;
    Made m = { 0 };
    MadeEnd e = { 0 };
    form_read(c, &end_form, &e);
    tx_begin(c);
    (void)find(c, &k, &m);
    (void)case_unsealed(c, &k);
    if (ok(c) && !str_eq(m.state, S("valid"))) fail(c, ERR_CLASH, m.state);
    end(c, &m, S("revoked"), e.reason);
    case_note(c, &k, S("paper_revoked"), m.label);
    case_save(c, &k);
    m.state = S("revoked");
    m.ended_on = c->today;
    m.why_ended = e.reason;
    reply_row(c, 200, &made_form, &m);
    tx_end(c);
}

/* ---- papers about no case: the office's ------------------------------------------------ */

/* What is made of a record tells what is in it: of a person's pay, of an assessment. */
static bool sees_office(const Ctx *c, const Made *m)
{
    enum { OFFICE = HEAD | ORG_MANAGER | HR | FINANCE | CONVENER | LINK_UNION | LINK_ARB | LINK_COURT };
    bool own = m->by_id.n == c->who.id.n;
    return own || m->about_id.n == 0 || (c->who.roles & (uint32_t)OFFICE) != 0;
}

static void list_office(Ctx *c)
{
    Str path = c->who.org_path;
    Made ask = { 0 };
    size_t n = 0;
    (void)form_read_query(c, &about_form, &ask);
    ask.org_path = path;
    ask.path_end = path.n ? path_end(c->mem, path) : path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_office, &ask);
    Made *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (sees_office(c, &row[i])) row[n++] = row[i];
    }
    reply_rows(c, &made_form, (Rows){ row, n }, (Str){ 0 });
}

static bool find_office(Ctx *c, Made *m)
{
    if (!made_get(c, arg_id(c, 0), m)) return false;
    bool mine = m->case_id.n == 0 && org_sees(c, m->org_path) && sees_office(c, m);
    return mine || fail(c, ERR_NOT_FOUND, S("paper"));
}

static void pdf_office(Ctx *c)
{
    Made m = { 0 };
    if (!find_office(c, &m)) return;
    header(c, S("Content-Disposition"), S("inline"));
    give(c, m.file, m.size, "application/pdf");
}

static void docx_office(Ctx *c)
{
    Made m = { 0 };
    if (!find_office(c, &m)) return;
    header(c, S("Content-Disposition"), S("attachment"));
    give(c, m.docx, m.docx_size, docx_type);
}

enum { READERS = STAFF | PARTIES, OFFICE = STAFF | FINANCE | CONVENER | LINK_UNION | LINK_ARB | LINK_COURT };

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/made", READERS, list, "已制作的文书", "the papers that were made", .out = &made_form,
      .list = true },
    { "GET", "/api/v1/cases/:id/made/:made/pdf", READERS, pdf, "文书 PDF", "a paper as PDF" },
    { "GET", "/api/v1/cases/:id/made/:made/docx", READERS, docx, "文书 DOCX", "a paper as DOCX" },
    { "POST", "/api/v1/cases/:id/made/:made/revoke", HEAD, revoke, "撤销文书", "revoke a paper, with a reason",
      .in = &end_form, .out = &made_form },
    { "GET", "/api/v1/office-papers", OFFICE, list_office, "机关文书", "papers about no case", .query = &about_form,
      .out = &made_form, .list = true },
    { "GET", "/api/v1/office-papers/:made/pdf", OFFICE, pdf_office, "机关文书 PDF", "such a paper as PDF" },
    { "GET", "/api/v1/office-papers/:made/docx", OFFICE, docx_office, "机关文书 DOCX", "such a paper as DOCX" },
};

const Slice made_slice = {
    .name = "made", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
