/*
** A day's papers for the printer (批量打印): every valid one that an office made
** that day, in the order of the cases, and an envelope for each that is still to
** be served, as one PDF.  Asked for by a row; bound beside the requests.
*/
#include "case/8-papers/papers.h"

#include "case/paper.h"
#include "case/party.h"
#include "core/crypto.h"
#include "core/files.h"
#include "core/range.h"
#include "paper/bind.h"
#include "register/organisations/organisations.h"

#include <stdio.h>
#include <unistd.h>

enum {
    MEMORY = 256 << 20, PARTS_MAX = 4000, PATH = 1024, WAIT_MS = 120000, FILE_MAX = 64 << 20,
};

typedef struct PrintPack {
    Id      id;
    Str     org_path, path_end;
    Date    day;
    bool    envelopes;
    Str     state;    /* asked, ready, failed */
    int64_t papers, letters, pages, size;
    Str     file;
    Id      by_id, org;
    Time    at;
} PrintPack;

static const Code state_rows[] = {
    { "asked", "制作中", "being made" }, { "ready", "可打印", "ready" }, { "failed", "未能制作", "failed" },
};
static const Codes states = { .name = "pack_state", .row = state_rows, .n = COUNT(state_rows) };
static const Field fields[] = {
    FIELD(PrintPack, id,        .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(PrintPack, org_path,  .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(PrintPack, path_end,  .label = "路径末",   .en = "end of path", .rule = HIDDEN),
    FIELD(PrintPack, day,       .label = "文书日期", .en = "day of the papers", .rule = NOT_FUTURE),
    FIELD(PrintPack, envelopes, .label = "附信封",   .en = "with envelopes"),
    FIELD(PrintPack, state,     .label = "状态",     .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(PrintPack, papers,    .label = "文书份数", .en = "papers", .rule = SERVER_SET),
    FIELD(PrintPack, letters,   .label = "信封数",   .en = "envelopes made", .rule = SERVER_SET),
    FIELD(PrintPack, pages,     .label = "页数",     .en = "pages", .rule = SERVER_SET),
    FIELD(PrintPack, size,      .label = "字节数",   .en = "bytes", .rule = SERVER_SET),
    FIELD(PrintPack, file,      .label = "SHA-256",  .en = "SHA-256", .rule = SERVER_SET),
    FIELD(PrintPack, by_id,     .label = "申请人",   .en = "asked by", .rule = SERVER_SET),
    FIELD(PrintPack, org,       .label = "组织",     .en = "organisation", .rule = SERVER_SET),
    FIELD(PrintPack, at,        .label = "申请时间", .en = "asked at", .rule = SERVER_SET),
};
static const Form pack_form = FORM(PrintPack, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE print_pack("            /* a day's papers as one PDF */
      "  id       INTEGER PRIMARY KEY, org_path TEXT NOT NULL, day TEXT NOT NULL, envelopes INTEGER NOT NULL,"
      "  state    TEXT NOT NULL CHECK(state IN ('asked', 'ready', 'failed')),"
      "  papers   INTEGER NOT NULL, letters INTEGER NOT NULL, pages INTEGER NOT NULL, size INTEGER NOT NULL,"
      "  file     TEXT NOT NULL, by_id INTEGER NOT NULL, org INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX print_pack_by_state ON print_pack(state, id);"
      "CREATE INDEX print_pack_by_org ON print_pack(org_path, id);" },
};
#define COLUMNS "id, org_path, day, envelopes, state, papers, letters, pages, size, file, by_id, org, at"
static const Query q_add = {
    .name = "print_pack.add", .in = &pack_form,
    .sql = "INSERT INTO print_pack(" COLUMNS ") VALUES(:id, :org_path, :day, :envelopes, :state, :papers, :letters,"
           " :pages, :size, :file, :by_id, :org, :at)",
};
static const Query q_next = {
    .name = "print_pack.next", .in = &pack_form, .out = &pack_form, .quiet = true,
    .sql = "SELECT " COLUMNS " FROM print_pack WHERE state = 'asked' ORDER BY state, id LIMIT 1",
};
static const Query q_set = {
    .name = "print_pack.set", .in = &pack_form,
    .sql = "UPDATE print_pack SET state = :state, papers = :papers, letters = :letters, pages = :pages, size = :size,"
           " file = :file WHERE id = :id AND state = 'asked'",
};
static const Query q_list = {
    .name = "print_pack.list", .in = &pack_form, .out = &pack_form,
    .sql = "SELECT " COLUMNS " FROM print_pack WHERE org_path >= :org_path AND org_path < :path_end"
           " ORDER BY id DESC LIMIT 50",
};
static const Query q_get = {
    .name = "print_pack.get", .in = &pack_form, .out = &pack_form,
    .sql = "SELECT " COLUMNS " FROM print_pack WHERE id = :id",
};
static const Query *const queries[] = { &q_add, &q_next, &q_set, &q_list, &q_get, NULL };

/* ---- its parts -------------------------------------------------------------------------------- */

static BindPart *part(Bind *b)
{
    return b->n < PARTS_MAX ? &b->part[b->n++] : NULL;
}

static void add_paper(Ctx *c, Bind *b, PrintPack *pack, const Made *m)
{
    BindPart *at = m->file.n ? part(b) : NULL;
    if (!at) return;
    *at = (BindPart){ .kind = BIND_PDF, .label = m->label, .source = file_path(c, m->file) };
    pack->papers++;
}

static void add_envelope(Ctx *c, Bind *b, PrintPack *pack, const Made *m, Id party)
{
    PaperWork *w = NEW(c->mem, PaperWork, 1);
    w->order = (PaperOrder){ .code = S("EN"), .party_id = party };
    Ctx look = *c; /* an address that is missing spoils one envelope, not the pack */
    if (!case_get(&look, m->case_id, &w->k) || !work_open(&look, w)) return;
    w->facts.head.number = m->number;
    work_look(&look, w);
    BindPart *at = ok(&look) && w->filled.lacks == 0 ? part(b) : NULL;
    if (!at) return;
    *at = (BindPart){ .kind = BIND_DOC, .level = 1, .label = w->t.title,
                      .source = out_view(&w->filled.source) };
    pack->letters++;
}

static void add_envelopes(Ctx *c, Bind *b, PrintPack *pack, const Made *m)
{
    Rows rows = papers_of(c, m->case_id);
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        const Paper *p = (const Paper *)rows.at + i;
        bool due = str_eq(p->state, S("issued")) && p->party_id.n && str_eq(p->file, m->file);
        if (due) add_envelope(c, b, pack, m, p->party_id);
    }
}

static void parts(Ctx *c, Bind *b, PrintPack *pack)
{
    Rows rows = made_on(c, pack->org_path, pack->day);
    *b = (Bind){ .title = S("批量打印"), .part = NEW(c->mem, BindPart, PARTS_MAX) };
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        const Made *m = (const Made *)rows.at + i;
        add_paper(c, b, pack, m);
        if (pack->envelopes && m->case_id.n) add_envelopes(c, b, pack, m);
    }
}

/* ---- binding ------------------------------------------------------------------------------------ */

static void path_of(const Ctx *c, Id id, const char *end, char path[static PATH])
{
    (void)snprintf(path, PATH, "%s/pack-%lld.%s", c->house->folder, (long long)id.n, end);
}

static bool bind_pack(Ctx *c, Bind *b, PrintPack *pack, const char *path)
{
    char plan[PATH];
    const PressWay *way = c->house->press ? press_way(c->house->press) : NULL;
    path_of(c, pack->id, "plan", plan);
    BindWay how = { .plan = plan, .path = path, .wait_ms = WAIT_MS };
    if (way) how.program = way->program;
    if (way) how.fonts = &way->fonts;
    bool good = bind_run(b, &how);
    pack->pages = b->pages;
    return good;
}

static void make(Ctx *c, PrintPack *pack)
{
    char path[PATH];
    Bind b;
    bool good = false;
    parts(c, &b, pack);
    path_of(c, pack->id, "pdf", path);
    if (ok(c) && b.n) good = bind_pack(c, &b, pack, path);
    Str bytes = good ? file_read(c->mem, path, FILE_MAX, &good) : (Str){ 0 };
    (void)unlink(path);
    if (good) pack->file = file_put(c, bytes);
    pack->size = (int64_t)bytes.n;
    pack->state = good && ok(c) ? S("ready") : S("failed");
    c->err = ERR_OK; /* what failed is told by the row */
    tx_begin(c);
    db_change_any(c, &q_set, pack);
    tx_end(c);
}

static void look(Ctx *c)
{
    PrintPack pack = { 0 };
    c->method = S("print_pack");
    if (!db_find(c, &q_next, &pack, &pack)) return;
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block), *mine = c->mem;
    c->mem = &mem;
    c->who.org = pack.org;
    c->who.org_path = pack.org_path;
    make(c, &pack);
    c->mem = mine;
    block_close(&block);
}

/* ---- answers -------------------------------------------------------------------------------------- */

static void ask(Ctx *c)
{
    PrintPack pack = { .state = S("asked"), .by_id = c->who.id, .org_path = c->who.org_path,
                       .org = c->who.org, .at = now(c) };
    form_read(c, &pack_form, &pack);
    if (pack.day.day == 0) pack.day = c->today;
    tx_begin(c);
    Rows rows = made_on(c, pack.org_path, pack.day);
    if (ok(c) && rows.n == 0) fail(c, ERR_BLOCKED, S("no papers"));
    pack.id = id_next(c);
    db_insert(c, &q_add, &pack);
    reply_row(c, 201, &pack_form, &pack);
    tx_end(c);
}

static void list(Ctx *c)
{
    PrintPack find = { .org_path = c->who.org_path, .path_end = path_end(c->mem, c->who.org_path) };
    reply_rows(c, &pack_form, db_list(c, &q_list, &find), (Str){ 0 });
}

static void content(Ctx *c)
{
    PrintPack pack = { .id = arg_id(c, 0) };
    if (!db_get(c, &q_get, &pack, &pack)) return;
    if (!org_sees(c, pack.org_path)) fail(c, ERR_NOT_FOUND, S("print_pack"));
    if (ok(c) && pack.file.n == 0) fail(c, ERR_BLOCKED, pack.state);
    if (!ok(c)) return;
    c->type = "application/pdf";
    header(c, S("Content-Disposition"), S("inline"));
    reply_file(c, file_path(c, pack.file), pack.size);
}

enum { PRINTERS = CLERK | DISPATCHER | MEDIATORS | HEAD | ORG_MANAGER | ARCHIVIST };

static const Route routes[] = {
    { "POST", "/api/v1/print-packs", PRINTERS, ask, "批量打印", "ask for a day's papers as one file", .in = &pack_form,
      .out = &pack_form },
    { "GET", "/api/v1/print-packs", PRINTERS, list, "打印文件", "files for the printer", .out = &pack_form,
      .list = true },
    { "GET", "/api/v1/print-packs/:id/pdf", PRINTERS, content, "打印文件 PDF", "one of them as PDF" },
};

const Slice print_pack_slice = {
    .name = "print_pack", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .look = look,
};
