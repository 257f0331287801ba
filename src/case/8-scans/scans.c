#include "case/8-scans/scans.h"

#include "core/files.h"
#include "core/range.h"
#include "paper/press.h"
#include "paper/scan.h"
#include "paper/zip_out.h"
#include "register/organisations/organisations.h"

#include <stdio.h>
#include <unistd.h>

enum { LEASE_S = 300, FILES_MAX = 200 };

static const Code state_rows[] = {
    { "reading", "识别中", "being read" }, { "sorting", "归类中", "being sorted" }, { "done", "已归类", "sorted" },
};
static const Codes states = { .name = "pile_state", .row = state_rows, .n = COUNT(state_rows) };
static const Code file_rows[] = {
    { "waiting", "待识别", "to be read" }, { "read", "已识别", "read" }, { "broken", "无法打开", "cannot be opened" },
};
static const Codes file_states = { .name = "pile_file_state", .row = file_rows, .n = COUNT(file_rows) };
static const Code page_rows[] = {
    { "FOUND", "待归入案件", "to be filed" }, { "FILED", "已归入案件", "filed" }, { "TRAY", "待人工处理", "in the tray" },
    { "BLANK", "空白页", "blank" }, { "DROPPED", "不予归入", "put aside" },
};
static const Codes page_states = { .name = "pile_page_state", .row = page_rows, .n = COUNT(page_rows) };
static const Code why_rows[] = {
    { "no_code", "没有二维码或无法识别", "no code, or not legible" },
    { "two_codes", "有不同文书的二维码", "codes of different papers" },
    { "unknown", "二维码不是本系统的文书", "no paper of ours" },
    { "office", "不属于某一案件的文书", "a paper about no case" },
    { "not_yours", "不在您可以办理的案件范围内", "not a case you may work on" },
    { "archived", "案卷已归档", "the case is archived" },
    { "full", "案件的文件数已达上限", "the case holds no more files" },
    { "broken", "页面损坏，无法显示", "damaged" },
    { "taken_back", "已撤销归入", "taken back" },
    { "by_hand", "人工处理", "by hand" },
};
static const Codes whys = { .name = "pile_page_why", .row = why_rows, .n = COUNT(why_rows) };

static const Field fields[] = {
    FIELD(Pile, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Pile, org,      .label = "组织", .en = "organisation", .rule = SERVER_SET),
    FIELD(Pile, org_path, .label = "组织路径", .en = "path", .rule = HIDDEN),
    FIELD(Pile, path_end, .label = "路径末", .en = "end of path", .rule = HIDDEN),
    FIELD(Pile, name,     .label = "名称", .en = "name", .rule = SERVER_SET),
    FIELD(Pile, state,    .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Pile, total,    .label = "页数", .en = "pages", .rule = SERVER_SET),
    FIELD(Pile, read,     .label = "已识别页数", .en = "pages read", .rule = SERVER_SET),
    FIELD(Pile, found,    .label = "待归入页数", .en = "pages to be filed", .rule = SERVER_SET),
    FIELD(Pile, filed,    .label = "已归入页数", .en = "pages filed", .rule = SERVER_SET),
    FIELD(Pile, tray,     .label = "待人工处理页数", .en = "pages in the tray", .rule = SERVER_SET),
    FIELD(Pile, blank,    .label = "空白页数", .en = "blank pages", .rule = SERVER_SET),
    FIELD(Pile, dropped,  .label = "不予归入页数", .en = "pages put aside", .rule = SERVER_SET),
    FIELD(Pile, broken,   .label = "无法打开的文件数", .en = "files that cannot be opened", .rule = SERVER_SET),
    FIELD(Pile, by_id,    .label = "上传人", .en = "by", .rule = SERVER_SET),
    FIELD(Pile, at,       .label = "上传时间", .en = "at", .rule = SERVER_SET),
    FIELD(Pile, lease,    .label = "占用至", .rule = HIDDEN),
    FIELD(Pile, attempts, .label = "次数", .rule = HIDDEN),
    FIELD(Pile, holder,   .label = "占用者", .rule = HIDDEN),
    FIELD(Pile, now,      .label = "现在", .rule = HIDDEN),
    FIELD(Pile, node,     .label = "进程", .rule = HIDDEN),
};
const Form pile_form = FORM(Pile, fields);

static const Field file_fields[] = {
    FIELD(PileFile, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(PileFile, pile_id, .label = "扫描件", .en = "pile", .rule = SERVER_SET),
    FIELD(PileFile, seq,     .label = "序号", .en = "which file", .rule = SERVER_SET),
    FIELD(PileFile, name,    .label = "文件名", .en = "name of the file", .rule = REQUIRED, .max = 120),
    FIELD(PileFile, type,    .label = "类型", .en = "type", .rule = SERVER_SET),
    FIELD(PileFile, size,    .label = "字节数", .en = "bytes", .rule = SERVER_SET),
    FIELD(PileFile, sha256,  .label = "SHA-256", .en = "SHA-256", .rule = SERVER_SET),
    FIELD(PileFile, pages,   .label = "页数", .en = "pages", .rule = SERVER_SET),
    FIELD(PileFile, place,   .label = "已识别页数", .en = "pages read", .rule = SERVER_SET),
    FIELD(PileFile, state,   .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &file_states),
    FIELD(PileFile, why,     .label = "说明", .en = "why", .rule = SERVER_SET),
    FIELD(PileFile, was,     .label = "此前页数", .rule = HIDDEN),
};
const Form pile_file_form = FORM(PileFile, file_fields);

static const Field page_fields[] = {
    FIELD(PilePage, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(PilePage, pile_id, .label = "扫描件", .en = "pile", .rule = SERVER_SET),
    FIELD(PilePage, file_id, .label = "文件", .en = "file", .rule = SERVER_SET),
    FIELD(PilePage, seq,     .label = "第几页", .en = "page of the pile", .rule = SERVER_SET),
    FIELD(PilePage, place,   .label = "文件中第几页", .en = "page of the file", .rule = SERVER_SET),
    FIELD(PilePage, sha256,  .label = "SHA-256", .en = "SHA-256", .rule = SERVER_SET),
    FIELD(PilePage, size,    .label = "字节数", .en = "bytes", .rule = SERVER_SET),
    FIELD(PilePage, code,    .label = "验真码", .en = "verification code", .rule = SERVER_SET),
    FIELD(PilePage, number,  .label = "文书第几页", .en = "page of the paper", .rule = SERVER_SET),
    FIELD(PilePage, state,   .label = "状态", .en = "state", .codes = &page_states),
    FIELD(PilePage, why,     .label = "原因", .en = "why", .rule = SERVER_SET, .codes = &whys),
    FIELD(PilePage, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(PilePage, made_id, .label = "文书", .en = "paper", .rule = SERVER_SET),
    FIELD(PilePage, evidence_id, .label = "归入的文件", .en = "filed as", .rule = SERVER_SET),
    FIELD(PilePage, case_no, .label = "登记号", .en = "registration number", .rule = SERVER_SET),
    FIELD(PilePage, applicant, .label = "申请人", .en = "applicant", .rule = SERVER_SET),
    FIELD(PilePage, respondent, .label = "被申请人", .en = "respondent", .rule = SERVER_SET),
    FIELD(PilePage, label,   .label = "文书名称", .en = "name of the paper", .rule = SERVER_SET),
    FIELD(PilePage, paper_no, .label = "文号", .en = "number of the paper", .rule = SERVER_SET),
};
const Form pile_page_form = FORM(PilePage, page_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE pile("
      "  id       INTEGER PRIMARY KEY, org INTEGER NOT NULL, org_path TEXT NOT NULL, name TEXT NOT NULL,"
      "  state    TEXT NOT NULL CHECK(state IN ('reading', 'sorting', 'done')),"
      "  by_id    INTEGER NOT NULL, at INTEGER NOT NULL, lease INTEGER NOT NULL,"
      "  attempts INTEGER NOT NULL, holder INTEGER NOT NULL) STRICT;"
      "CREATE INDEX pile_by_org ON pile(org_path, id);"
      "CREATE INDEX pile_by_state ON pile(state, lease, id);"
      "CREATE TABLE pile_file("               /* as it came */
      "  id       INTEGER PRIMARY KEY, pile_id INTEGER NOT NULL REFERENCES pile, seq INTEGER NOT NULL,"
      "  name     TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,"
      "  pages    INTEGER NOT NULL, place INTEGER NOT NULL,"
      "  state    TEXT NOT NULL CHECK(state IN ('waiting', 'read', 'broken')), why TEXT NOT NULL,"
      "  UNIQUE(pile_id, seq)) STRICT;"
      "CREATE TABLE pile_page("               /* each page, and where it went */
      "  id       INTEGER PRIMARY KEY, pile_id INTEGER NOT NULL REFERENCES pile, file_id INTEGER NOT NULL,"
      "  seq      INTEGER NOT NULL, place INTEGER NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,"
      "  code     TEXT NOT NULL, number INTEGER NOT NULL,"
      "  state    TEXT NOT NULL CHECK(state IN ('FOUND', 'FILED', 'TRAY', 'BLANK', 'DROPPED')), why TEXT NOT NULL,"
      "  case_id  INTEGER NOT NULL, made_id INTEGER NOT NULL, evidence_id INTEGER NOT NULL,"
      "  UNIQUE(pile_id, seq)) STRICT;"
      "CREATE INDEX pile_page_by_state ON pile_page(pile_id, state, seq);" },
};

#define OF_STATE(word, name) \
    ", (SELECT count(*) FROM pile_page g WHERE g.pile_id = p.id AND g.state = '" word "') AS " name
#define SELECT \
    "SELECT p.id, p.org, p.org_path, p.name, p.state, p.by_id, p.at, p.lease, p.attempts," \
    " (SELECT CAST(coalesce(sum(f.pages), 0) AS BIGINT) FROM pile_file f WHERE f.pile_id = p.id) AS total," \
    " (SELECT count(*) FROM pile_page g WHERE g.pile_id = p.id) AS read," \
    " (SELECT count(*) FROM pile_file f WHERE f.pile_id = p.id AND f.state = 'broken') AS broken" \
    OF_STATE("FOUND", "found") OF_STATE("FILED", "filed") OF_STATE("TRAY", "tray") OF_STATE("BLANK", "blank") \
    OF_STATE("DROPPED", "dropped") " FROM pile p"
#define FILE_COLUMNS "id, pile_id, seq, name, type, size, sha256, pages, place, state, why"
#define PAGE_COLUMNS \
    "id, pile_id, file_id, seq, place, sha256, size, code, number, state, why, case_id, made_id, evidence_id"

static const Query q_add = {
    .name = "pile.add", .in = &pile_form,
    .sql = "INSERT INTO pile(id, org, org_path, name, state, by_id, at, lease, attempts, holder)"
           " VALUES(:id, :org, :org_path, :name, :state, :by_id, :at, 0, 0, 0)",
};
static const Query q_get = {
    .name = "pile.get", .in = &pile_form, .out = &pile_form, .sql = SELECT " WHERE p.id = :id",
};
static const Query q_list = {
    .name = "pile.list", .in = &pile_form, .out = &pile_form,
    .sql = SELECT " WHERE p.org_path >= :org_path AND p.org_path < :path_end ORDER BY p.org_path, p.id DESC LIMIT 200",
};
static const Query q_next = {
    .name = "pile.next", .in = &pile_form, .out = &pile_form,
    .sql = SELECT " WHERE p.state IN ('reading', 'sorting') AND p.lease <= :now ORDER BY p.lease, p.id LIMIT 1",
};
static const Query q_claim = {
    .name = "pile.claim", .in = &pile_form, .quiet = true,
    .sql = "UPDATE pile SET lease = :lease, holder = :holder, attempts = attempts + 1"
           " WHERE id = :id AND state IN ('reading', 'sorting') AND lease <= :now",
};
static const Query q_back = {
    .name = "pile.back", .in = &pile_form, .quiet = true,
    .sql = "UPDATE pile SET lease = 0 WHERE state IN ('reading', 'sorting') AND lease > :now"
           " AND holder % 1024 = :node",
};
static const Query q_state = {
    .name = "pile.state", .in = &pile_form, .quiet = true,
    .sql = "UPDATE pile SET state = :state, lease = :lease, attempts = :attempts WHERE id = :id",
};
static const Query q_file_add = {
    .name = "pile.file_add", .in = &pile_file_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO pile_file(" FILE_COLUMNS ") VALUES(:id, :pile_id, :seq, :name, :type, :size, :sha256, :pages,"
           " :place, :state, :why)",
};
static const Query q_files = {
    .name = "pile.files", .in = &pile_file_form, .out = &pile_file_form,
    .sql = "SELECT " FILE_COLUMNS " FROM pile_file WHERE pile_id = :pile_id ORDER BY pile_id, seq LIMIT 200",
};
static const Query q_file_next = {
    .name = "pile.file_next", .in = &pile_file_form, .out = &pile_file_form,
    .sql = "SELECT " FILE_COLUMNS " FROM pile_file WHERE pile_id = :pile_id AND state = 'waiting'"
           " ORDER BY pile_id, seq LIMIT 1",
};
static const Query q_file_set = {
    .name = "pile.file_set", .in = &pile_file_form, .quiet = true,
    .sql = "UPDATE pile_file SET pages = :pages, place = :place, state = :state, why = :why"
           " WHERE id = :id AND place = :was AND state = 'waiting'",
};
static const Query q_file_again = {
    .name = "pile.file_again", .in = &pile_file_form,
    .sql = "UPDATE pile_file SET state = 'waiting', why = '' WHERE pile_id = :pile_id AND state = 'broken'",
};
static const Query q_page_add = {
    .name = "pile.page_add", .in = &pile_page_form, .clash = ERR_AGAIN, .quiet = true,
    .sql = "INSERT INTO pile_page(" PAGE_COLUMNS ") VALUES(:id, :pile_id, :file_id, :seq, :place, :sha256, :size, :code,"
           " :number, :state, :why, :case_id, :made_id, :evidence_id)",
};
static const Query q_pages = {
    .name = "pile.pages", .in = &pile_page_form, .out = &pile_page_form,
    .sql = "SELECT " PAGE_COLUMNS " FROM pile_page WHERE pile_id = :pile_id ORDER BY pile_id, seq LIMIT 5000",
};
static const Query q_pages_of = {
    .name = "pile.pages_of", .in = &pile_page_form, .out = &pile_page_form,
    .sql = "SELECT " PAGE_COLUMNS " FROM pile_page WHERE pile_id = :pile_id AND state = :state"
           " ORDER BY pile_id, seq LIMIT 5000",
};
/* With the names of the case and the paper that it went to. */
#define NAMED \
    "SELECT g.id, g.pile_id, g.file_id, g.seq, g.place, g.sha256, g.size, g.code, g.number, g.state, g.why," \
    " g.case_id, g.made_id, g.evidence_id, coalesce(k.no, '') AS case_no," \
    " coalesce(k.applicant, '') AS applicant, coalesce(k.respondent, '') AS respondent," \
    " coalesce(m.label, '') AS label, coalesce(m.number, '') AS paper_no" \
    " FROM pile_page g LEFT JOIN cases k ON k.id = g.case_id" \
    " LEFT JOIN made m ON m.id = g.made_id AND m.case_id = g.case_id"
static const Query q_named = {
    .name = "pile.named", .in = &pile_page_form, .out = &pile_page_form,
    .sql = NAMED " WHERE g.pile_id = :pile_id ORDER BY g.pile_id, g.seq LIMIT 5000",
};
static const Query q_named_of = {
    .name = "pile.named_of", .in = &pile_page_form, .out = &pile_page_form,
    .sql = NAMED " WHERE g.pile_id = :pile_id AND g.state = :state ORDER BY g.pile_id, g.seq LIMIT 5000",
};
static const Query q_page = {
    .name = "pile.page", .in = &pile_page_form, .out = &pile_page_form,
    .sql = "SELECT " PAGE_COLUMNS " FROM pile_page WHERE pile_id = :pile_id AND seq = :seq",
};
static const Query q_page_set = {
    .name = "pile.page_set", .in = &pile_page_form,
    .sql = "UPDATE pile_page SET state = :state, why = :why, case_id = :case_id, evidence_id = :evidence_id"
           " WHERE id = :id",
};
static const Query *const queries[] = {
    &q_add, &q_get, &q_list, &q_next, &q_claim, &q_back, &q_state, &q_file_add, &q_files, &q_file_next,
    &q_file_set, &q_file_again, &q_page_add, &q_pages, &q_pages_of, &q_named, &q_named_of, &q_page,
    &q_page_set, NULL,
};

/* ---- for the steps ------------------------------------------------------------------------- */

bool pile_get(Ctx *c, Id id, Pile *p)
{
    *p = (Pile){ .id = id };
    if (!db_get(c, &q_get, p, p)) return false;
    return org_sees(c, p->org_path) || fail(c, ERR_NOT_FOUND, S("pile"));
}

Rows pile_pages(Ctx *c, Id pile, Str state)
{
    const PilePage ask = { .pile_id = pile, .state = state };
    return db_list(c, state.n ? &q_pages_of : &q_pages, &ask);
}

void pages_set(Ctx *c, PilePage *p)
{
    db_change(c, &q_page_set, p);
}

bool scans_claim(Ctx *c, Pile *p)
{
    *p = (Pile){ .now = now(c) };
    if (!db_find(c, &q_next, p, p)) return false;
    p->now = now(c);
    p->lease = (Time){ now(c).s + LEASE_S };
    p->holder = id_next(c);
    tx_begin(c);
    db_change(c, &q_claim, p);
    c->status = 204;
    tx_end(c);
    return ok(c);
}

static void start(Ctx *c)
{
    tx_begin(c);
    db_change_any(c, &q_back, &(Pile){ .now = now(c), .node = id_node(id_next(c)) });
    c->status = 204;
    tx_end(c);
}

bool scans_next_file(Ctx *c, Id pile, PileFile *f)
{
    *f = (PileFile){ .pile_id = pile };
    return db_find(c, &q_file_next, f, f);
}

void scans_page_add(Ctx *c, PilePage *p)
{
    p->id = id_next(c);
    db_insert(c, &q_page_add, p);
}

void scans_file_set(Ctx *c, PileFile *f)
{
    db_change(c, &q_file_set, f);
}

void scans_release(Ctx *c, const Pile *p, Str state)
{
    Pile over = *p;
    over.state = state;
    over.attempts = 0;
    over.lease = (Time){ 0 };
    db_change(c, &q_state, &over);
}

/* ---- a pile comes ---------------------------------------------------------------------------- */

/* The upload, as a file of the pile; before the transaction. */
static void read_file(Ctx *c, PileFile *f)
{
    *f = (PileFile){ .size = c->upload.size, .sha256 = c->upload.sha256, .state = S("waiting") };
    (void)form_read_query(c, &pile_file_form, f);
    if (ok(c) && f->size == 0) fault(c, S("file"), FAULT_REQUIRED);
    const FileType *type = file_type(c, f->name);
    bool sheet = type && (type->word[0] == 'p' || type->word[0] == 'j'); /* pdf png jpg */
    if (type && !sheet) fail(c, ERR_BAD_TYPE, f->name);
    f->type = str_of(type ? type->word : NULL);
    if (ok(c) && !scan_able()) fail(c, ERR_BLOCKED, S("poppler-utils"));
    file_keep(c);
}

static void upload(Ctx *c)
{
    PileFile f;
    Pile p = { .org = c->who.org, .org_path = c->who.org_path, .state = S("reading"), .by_id = c->who.id,
               .at = now(c) };
    read_file(c, &f);
    p.name = f.name;
    tx_begin(c);
    p.id = f.pile_id = id_next(c);
    f.id = id_next(c);
    f.seq = 1;
    db_insert(c, &q_add, &p);
    db_insert(c, &q_file_add, &f);
    reply_row(c, 201, &pile_form, &p);
    tx_end(c);
}

/* More of the same pile: pictures come one by one. */
static void add_file(Ctx *c)
{
    Pile p;
    PileFile f;
    read_file(c, &f);
    tx_begin(c);
    if (pile_get(c, arg_id(c, 0), &p) && p.by_id.n != c->who.id.n) fail(c, ERR_FORBIDDEN, S("by"));
    f.pile_id = p.id;
    Rows files = db_list(c, &q_files, &f);
    if (ok(c) && files.n >= FILES_MAX) fail(c, ERR_BLOCKED, S("files"));
    f.id = id_next(c);
    f.seq = (int64_t)files.n + 1;
    db_insert(c, &q_file_add, &f);
    scans_release(c, &p, S("reading"));
    reply_row(c, 201, &pile_file_form, &f);
    tx_end(c);
}

static void read_again(Ctx *c)
{
    Pile p;
    tx_begin(c);
    (void)pile_get(c, arg_id(c, 0), &p);
    if (ok(c) && p.broken == 0) fail(c, ERR_WRONG_STATE, p.state);
    db_change_any(c, &q_file_again, &(PileFile){ .pile_id = p.id });
    scans_release(c, &p, S("reading"));
    p.state = S("reading");
    reply_row(c, 200, &pile_form, &p);
    tx_end(c);
}

/* ---- what it came to ---------------------------------------------------------------------------- */

static void list(Ctx *c)
{
    Pile ask = { .org_path = c->who.org_path, .path_end = path_end(c->mem, c->who.org_path) };
    reply_rows(c, &pile_form, db_list(c, &q_list, &ask), (Str){ 0 });
}

static void show(Ctx *c)
{
    Pile p;
    if (pile_get(c, arg_id(c, 0), &p)) reply_row(c, 200, &pile_form, &p);
}

static void files(Ctx *c)
{
    Pile p;
    if (!pile_get(c, arg_id(c, 0), &p)) return;
    reply_rows(c, &pile_file_form, db_list(c, &q_files, &(PileFile){ .pile_id = p.id }), (Str){ 0 });
}

static void pages(Ctx *c)
{
    Pile p;
    PilePage ask = { 0 };
    (void)form_read_query(c, &pile_page_form, &ask);
    if (!pile_get(c, arg_id(c, 0), &p)) return;
    ask.pile_id = p.id;
    reply_rows(c, &pile_page_form, db_list(c, ask.state.n ? &q_named_of : &q_named, &ask), (Str){ 0 });
}

static void give(Ctx *c, Str sha256, int64_t size, const char *mime)
{
    if (!ok(c)) return;
    if (sha256.n == 0 || !file_there(c, sha256)) {
        fail(c, ERR_NOT_FOUND, S("file"));
        return;
    }
    c->type = mime;
    header(c, S("Content-Disposition"), S("inline"));
    reply_file(c, file_path(c, sha256), size);
}

static void page_content(Ctx *c)
{
    Pile p;
    PilePage page = { 0 };
    if (!pile_get(c, arg_id(c, 0), &p)) return;
    page.pile_id = p.id;
    if (!str_int(c->arg[1], &page.seq)) fail(c, ERR_NOT_FOUND, S("page"));
    (void)db_get(c, &q_page, &page, &page);
    give(c, page.sha256, page.size, "application/pdf");
}

/* Drawn when it is looked at; nothing of it is kept. */
static void page_picture(Ctx *c)
{
    Pile p;
    PilePage page = { 0 };
    Str bytes = { 0 };
    if (!pile_get(c, arg_id(c, 0), &p)) return;
    page.pile_id = p.id;
    if (!str_int(c->arg[1], &page.seq)) fail(c, ERR_NOT_FOUND, S("page"));
    (void)db_get(c, &q_page, &page, &page);
    if (ok(c) && (page.sha256.n == 0 || !file_there(c, page.sha256))) fail(c, ERR_NOT_FOUND, S("file"));
    if (!ok(c)) return;
    const PressWay *way = c->house->press ? press_way(c->house->press) : NULL;
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/page-%lld.jpg", c->house->folder, (long long)id_next(c).n);
    bool good = scan_picture(way ? way->program : NULL, str_c(c->mem, file_path(c, page.sha256)), path);
    if (good) bytes = file_read(c->mem, path, c->out.cap, &good);
    (void)unlink(path);
    if (!good) fail(c, ERR_BLOCKED, S("broken"));
    c->type = "image/jpeg";
    c->status = 200;
    out_str(&c->out, bytes);
}

static void file_content(Ctx *c)
{
    Pile p;
    if (!pile_get(c, arg_id(c, 0), &p)) return;
    Rows rows = db_list(c, &q_files, &(PileFile){ .pile_id = p.id });
    const Id id = arg_id(c, 1);
    for (size_t i = 0; i < rows.n; i++) {
        const PileFile *f = (const PileFile *)rows.at + i;
        const FileType *type = file_type_of(f->type);
        if (f->id.n != id.n || !type) continue;
        give(c, f->sha256, f->size, type->mime);
        return;
    }
    fail(c, ERR_NOT_FOUND, S("file"));
}

enum { WHO = CLERK, READERS = CLERK | HEAD };

static const Route routes[] = {
    { "POST", "/api/v1/piles", WHO, upload, "上传扫描件", "send a scanned pile", .query = &pile_file_form,
      .out = &pile_form, .upload = true },
    { "GET", "/api/v1/piles", READERS, list, "扫描件归类记录", "scanned piles", .out = &pile_form, .list = true },
    { "GET", "/api/v1/piles/:id", READERS, show, "归类进度", "how far a pile is", .out = &pile_form },
    { "POST", "/api/v1/piles/:id/files", WHO, add_file, "追加扫描文件", "another file of the same pile",
      .query = &pile_file_form, .out = &pile_file_form, .upload = true },
    { "GET", "/api/v1/piles/:id/files", READERS, files, "扫描文件", "its files as they came", .out = &pile_file_form,
      .list = true },
    { "GET", "/api/v1/piles/:id/files/:file/content", READERS, file_content, "查看扫描文件", "a file as it came" },
    { "GET", "/api/v1/piles/:id/pages", READERS, pages, "扫描页", "its pages, and where each went",
      .query = &pile_page_form, .out = &pile_page_form, .list = true },
    { "GET", "/api/v1/piles/:id/pages/:page/content", READERS, page_content, "查看扫描页", "a page as PDF" },
    { "GET", "/api/v1/piles/:id/pages/:page/picture", READERS, page_picture, "查看扫描页图像", "a page as a picture" },
    { "POST", "/api/v1/piles/:id/read", WHO, read_again, "重新识别", "try the files again that could not be opened",
      .out = &pile_form },
    { "POST", "/api/v1/piles/:id/assign", WHO, scans_assign, "人工归入案件", "file pages by hand", .in = &pick_order_form,
      .out = &evidence_form },
    { "POST", "/api/v1/piles/:id/drop", WHO, scans_drop, "不予归入", "put pages aside", .in = &pick_order_form,
      .out = &pile_form },
    { "POST", "/api/v1/piles/:id/undo", WHO, scans_undo, "撤销归入", "take back what was filed", .in = &undo_order_form,
      .out = &pile_form },
};

const Slice scans_slice = {
    .name = "scans", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .start = start, .look = scans_look,
};
