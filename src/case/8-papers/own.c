/*
** An office's own papers (自有模板): a DOCX with ${fields}, for one paper and for
** the offices at or below it.  Kept as it came; the newest one that is not ended
** counts.  A paper made from it is a DOCX, and a PDF where LibreOffice is installed.
*/
#include "case/8-papers/papers.h"

#include "core/crypto.h"
#include "core/files.h"
#include "core/range.h"
#include "paper/docx_fill.h"
#include "paper/office.h"
#include "paper/press.h"
#include "register/organisations/organisations.h"

#include <stdio.h>
#include <unistd.h>

enum { MEMORY = 128 << 20, FILE_MAX = 8 << 20, WRONG_ROOM = 4096, PATH = 1024 };

typedef struct OwnForm {
    Id      id;
    Str     code, name, org_path, path_end, file;
    int64_t size;
    Id      by_id;
    Time    at;
    Date    ended;
} OwnForm;
static const Field fields[] = {
    FIELD(OwnForm, id,       .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(OwnForm, code,     .label = "文书",     .en = "paper", .rule = REQUIRED, .max = 10),
    FIELD(OwnForm, name,     .label = "名称",     .en = "name", .rule = REQUIRED, .max = 120),
    FIELD(OwnForm, org_path, .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(OwnForm, path_end, .label = "路径末",   .en = "end of path", .rule = HIDDEN),
    FIELD(OwnForm, file,     .label = "SHA-256",  .en = "SHA-256", .rule = SERVER_SET),
    FIELD(OwnForm, size,     .label = "字节数",   .en = "bytes", .rule = SERVER_SET),
    FIELD(OwnForm, by_id,    .label = "上传人",   .en = "by", .rule = SERVER_SET),
    FIELD(OwnForm, at,       .label = "上传时间", .en = "at", .rule = SERVER_SET),
    FIELD(OwnForm, ended,    .label = "停用日期", .en = "ended on", .rule = SERVER_SET),
};
static const Form own_form = FORM(OwnForm, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE paper_form("            /* an office's own DOCX template */
      "  id       INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, org_path TEXT NOT NULL,"
      "  file     TEXT NOT NULL, size INTEGER NOT NULL, by_id INTEGER NOT NULL, at INTEGER NOT NULL, ended TEXT)"
      "  STRICT;"
      "CREATE INDEX paper_form_by_org ON paper_form(org_path, id);" },
};
#define COLUMNS "id, code, name, org_path, file, size, by_id, at, ended"
static const Query q_add = {
    .name = "paper_form.add", .in = &own_form,
    .sql = "INSERT INTO paper_form(" COLUMNS ")"
           " VALUES(:id, :code, :name, :org_path, :file, :size, :by_id, :at, :ended)",
};
static const Query q_end = {
    .name = "paper_form.end", .in = &own_form,
    .sql = "UPDATE paper_form SET ended = :ended WHERE id = :id AND ended IS NULL",
};
static const Query q_get = {
    .name = "paper_form.get", .in = &own_form, .out = &own_form,
    .sql = "SELECT " COLUMNS " FROM paper_form WHERE id = :id",
};
static const Query q_list = {
    .name = "paper_form.list", .in = &own_form, .out = &own_form,
    .sql = "SELECT " COLUMNS " FROM paper_form WHERE org_path <= :org_path ORDER BY org_path, id LIMIT 500",
};
static const Query *const queries[] = { &q_add, &q_end, &q_get, &q_list, NULL };

/* ---- filling one ------------------------------------------------------------------------------- */

static const char docx_type[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/* What was tried is the answer, and nothing else. */
static void give(Ctx *c, Str filled)
{
    if (filled.n > c->out.cap) {
        fail(c, ERR_TOO_LARGE, S("docx"));
        return;
    }
    c->status = 200;
    c->type = docx_type;
    out_str(&c->out, filled);
}

/* `mine`: what outlives the work. */
static void keep(Ctx *c, Made *m, Arena *mine, Str filled)
{
    m->docx = ok(c) ? str_copy(mine, file_put(c, filled)) : (Str){ 0 };
    m->docx_sm3 = str_copy(mine, sm3_hex(c->mem, filled));
    m->docx_size = (int64_t)filled.n;
}

/* The same as a PDF: of what an office wrote itself, by LibreOffice if it is there. */
static void print_pdf(Ctx *c, Made *m, Arena *mine, Str filled)
{
    char folder[PATH];
    OfficePdf pdf;
    if (!ok(c) || !c->house->press || !office_able()) return;
    const PressWay *way = press_way(c->house->press);
    int n = snprintf(folder, PATH, "%s/office-%lld", c->house->folder, (long long)m->id.n);
    if (n >= PATH || !office_pdf(c->mem, way->program, folder, filled, &pdf)) return;
    m->file = str_copy(mine, file_put(c, pdf.bytes));
    m->sm3 = str_copy(mine, sm3_hex(c->mem, pdf.bytes));
    m->size = (int64_t)pdf.bytes.n;
    m->pages = pdf.pages;
}

bool own_print(Ctx *c, PaperWork *w)
{
    OwnForm own = { .id = w->order.form_id };
    Str filled = { 0 };
    bool good = false;
    if (!ok(c) || !db_get(c, &q_get, &own, &own)) return false;
    bool ours = str_starts(w->made.org_path, own.org_path) && str_eq(own.code, w->order.code);
    if (!ours || own.ended.day) return fail(c, ERR_NOT_FOUND, S("form_id"));
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block), *mine = c->mem;
    Str bytes = file_read(&mem, str_c(&mem, file_path(c, own.file)), FILE_MAX, &good);
    w->filled.lacks = 0;
    c->mem = &mem;
    if (!good) fail(c, ERR_INTERNAL, S("file"));
    (void)docx_fill(c, bytes, &w->look, &w->filled, &filled);
    for (size_t i = 0; i < w->filled.lacks; i++) {
        w->filled.lack[i].path = str_copy(mine, w->filled.lack[i].path);
    }
    if (w->draft && ok(c) && w->filled.lacks == 0) give(c, filled);
    if (!w->draft) keep(c, &w->made, mine, filled);
    if (!w->draft && w->filled.lacks == 0) print_pdf(c, &w->made, mine, filled);
    w->made.label = str_copy(mine, own.name);
    c->why = str_copy(mine, c->why);
    c->mem = mine;
    block_close(&block);
    for (size_t i = 0; i < w->filled.lacks; i++) {
        fault_say(c, w->filled.lack[i].path, S("required"), w->filled.lack[i].zh);
    }
    return ok(c);
}

/* ---- keeping them -------------------------------------------------------------------------------- */

/* What template_check() found: the name at the end of its sentence. */
static Str last_name(Str sentence)
{
    Str name = sentence;
    for (size_t i = 0; i + 2 < sentence.n; i++) {
        bool mark = sentence.s[i] == ':' && sentence.s[i + 1] == ' ';
        if (mark) name = (Str){ sentence.s + i + 2, sentence.n - i - 2 };
    }
    return name;
}

/* Adds the first name of the line that means nothing, a line for each. */
static void check_line(Ctx *c, const Template *asks, Str source, Str line, Out *wrong)
{
    Template t = *asks;
    CaseFacts any;
    Facts facts = facts_for_check(&any, c->house->slices);
    size_t room = line.n + source.n + 32;
    Out body = { .buf = NEW(c->mem, char, room), .cap = room };
    const Str part[] = { S("@each "), source, S("\n~ "), line, S("\n@end\n") };
    size_t from = source.n ? 0 : 2, to = source.n ? COUNT(part) : COUNT(part) - 1;
    for (size_t i = from; i < to; i++) out_str(&body, part[i]);
    t.body = out_view(&body);
    const char *why = template_check(c->mem, &t, &facts);
    if (!why) return;
    out_str(wrong, last_name(str_of(why)));
    out_str(wrong, S("\n"));
}

/* Names in it that mean nothing: each would be a blank in every paper. */
static void check_fields(Ctx *c, const OwnForm *own, Str text, Out *wrong)
{
    Template asks = { 0 };
    Str source = { 0 };
    const PaperRule *rule = paper_find(&c->law->dossier, own->code);
    if (rule) (void)template_pick(rule->text, (Str){ 0 }, (Str){ 0 }, c->today, &asks);
    while (text.n) {
        Str line = str_cut(&text, '\n');
        if (str_eq(line, S("@end"))) source = (Str){ 0 };
        else if (str_starts(line, S("@each "))) source = (Str){ line.s + 6, line.n - 6 };
        else check_line(c, &asks, source, line, wrong);
    }
}

/* The upload, wherever it lies by now. */
static void check_upload(Ctx *c, const OwnForm *own)
{
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block), *mine = c->mem;
    Out wrong = { .buf = NEW(mine, char, WRONG_ROOM), .cap = WRONG_ROOM };
    Str text = { 0 };
    bool good = false;
    const char *path = str_c(&mem, c->upload.path);
    if (access(path, R_OK) != 0) path = str_c(&mem, file_path(c, c->upload.sha256));
    Str bytes = file_read(&mem, path, FILE_MAX, &good);
    const char *why = good ? docx_refuses(&mem, bytes) : "is too large";
    if (why) fail(c, ERR_BAD_TYPE, str_of(why));
    c->mem = &mem;
    if (ok(c) && docx_texts(c, bytes, &text)) check_fields(c, own, text, &wrong);
    c->mem = mine;
    block_close(&block);
    Str names = out_view(&wrong);
    while (names.n) fault_say(c, S("file"), S("not_known"), str_cut(&names, '\n'));
}

static void add(Ctx *c)
{
    OwnForm own = { .size = c->upload.size, .file = c->upload.sha256, .by_id = c->who.id, .at = now(c) };
    (void)form_read_query(c, &own_form, &own);
    if (ok(c) && !paper_find(&c->law->dossier, own.code)) fault(c, S("code"), FAULT_NOT_CODE);
    if (ok(c)) check_upload(c, &own);
    file_keep(c);
    tx_begin(c);
    own.id = id_next(c);
    own.org_path = c->who.org_path;
    db_insert(c, &q_add, &own);
    reply_row(c, 201, &own_form, &own);
    tx_end(c);
}

static void list(Ctx *c)
{
    Str path = c->who.org_path;
    Rows rows = db_list(c, &q_list, &(OwnForm){ .org_path = path });
    OwnForm *row = rows.at;
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        if (str_starts(path, row[i].org_path)) row[n++] = row[i];
    }
    reply_rows(c, &own_form, (Rows){ row, n }, (Str){ 0 });
}

/* As it was given in: to change it, or to see what it says. */
static void content(Ctx *c)
{
    OwnForm own = { .id = arg_id(c, 0) };
    if (!db_get(c, &q_get, &own, &own)) return;
    if (!str_starts(c->who.org_path, own.org_path)) fail(c, ERR_NOT_FOUND, S("form"));
    if (!ok(c)) return;
    c->type = docx_type;
    header(c, S("Content-Disposition"), S("attachment"));
    reply_file(c, file_path(c, own.file), own.size);
}

static void end(Ctx *c)
{
    OwnForm own = { .id = arg_id(c, 0) };
    tx_begin(c);
    bool found = db_get(c, &q_get, &own, &own);
    if (found && !org_sees(c, own.org_path)) fail(c, ERR_NOT_FOUND, S("form"));
    if (ok(c) && own.ended.day) fail(c, ERR_CLASH, S("ended"));
    own.ended = c->today;
    db_change(c, &q_end, &own);
    reply_row(c, 200, &own_form, &own);
    tx_end(c);
}

enum { KEEPERS = HEAD | HR, USERS = STAFF };

static const Route routes[] = {
    { "POST", "/api/v1/paper-forms", KEEPERS, add, "上传自有模板", "give in an office's own template",
      .query = &own_form, .out = &own_form, .upload = true },
    { "GET", "/api/v1/paper-forms", USERS, list, "自有模板", "the office's own templates", .out = &own_form,
      .list = true },
    { "GET", "/api/v1/paper-forms/:id/docx", USERS, content, "自有模板文件", "such a template as it was given in" },
    { "POST", "/api/v1/paper-forms/:id/end", KEEPERS, end, "停用自有模板", "no longer use it", .out = &own_form },
};

const Slice own_form_slice = {
    .name = "own_form", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
