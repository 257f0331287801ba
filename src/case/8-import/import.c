#include "case/8-import/import_file.h"
#include "case/8-import/import_in.h"
#include "case/8-import/said_text.h"

#include "case/case_list.h"
#include "core/audit.h"
#include "core/crypto.h"
#include "core/files.h"
#include "core/jobs.h"
#include "core/range.h"
#include "core/tx.h"
#include "excel/cell.h"
#include "law/phrase.h"
#include "register/calculators/calculators.h"
#include "register/people/people.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { CONVERT_MEMORY = 32 << 20, STEP_ROWS = 200, CHECK_ROWS = 1000, SAMPLES = 3, FAULTS = 200,
    KEPT_DAYS = 90 };

static const Code state_rows[] = {
    { "mapped", "待核对栏目", "columns to be looked at" }, { "checking", "检查中", "being checked" },
    { "checked", "检查完毕，待导入", "checked" }, { "running", "导入中", "being imported" },
    { "done", "导入完成", "imported" }, { "cancelled", "已停止", "stopped" },
    { "undoing", "撤销中", "being undone" }, { "undone", "已撤销", "undone" },
};
const Codes batch_states = { .name = "import_state", .row = state_rows, .n = COUNT(state_rows) };

static const Code kind_rows[] = {
    { "ledger", "调解台账", "a ledger" }, { "employers", "用人单位名册", "employers" },
    { "organisations", "调解组织名册", "organisations" }, { "mediators", "调解员名册", "mediators" },
};
static const Code why_rows[] = {
    { "no_head", "没有找到表头：请填写表头所在的行，或者逐栏选择对应的栏目",
      "no line of column names was found: please say in which line they are, or choose column by column" },
    { "turned", "栏目是竖着排列的（一列一件）：请在表格软件里复制全表，用“选择性粘贴—转置”另存以后再导入",
      "the columns run down, a case a column: please copy the table and paste it transposed, then import that" },
};
const Codes batch_whys = { .name = "import_why", .row = why_rows, .n = COUNT(why_rows) };

static const Codes kinds = { .name = "import_kind", .row = kind_rows, .n = COUNT(kind_rows) };

static const Field fields[] = {
    FIELD(Batch, id,         .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Batch, kind,       .label = "导入内容", .en = "what it is", .codes = &kinds),
    FIELD(Batch, org,        .label = "登记中心", .en = "registering centre", .rule = SERVER_SET),
    FIELD(Batch, org_path,   .label = "组织路径", .en = "path", .rule = HIDDEN),
    FIELD(Batch, path_end,   .label = "路径末", .en = "end of path", .rule = HIDDEN),
    FIELD(Batch, name,       .label = "文件名", .en = "name of the file", .rule = REQUIRED, .max = 120),
    FIELD(Batch, sha256,     .label = "SHA-256", .en = "SHA-256", .rule = SERVER_SET),
    FIELD(Batch, sheet,      .label = "工作表序号", .en = "sheet", .rule = SERVER_SET),
    FIELD(Batch, sheet_name, .label = "工作表", .en = "name of the sheet", .rule = SERVER_SET),
    FIELD(Batch, head,       .label = "表头所在行", .en = "line of the column names", .rule = SERVER_SET),
    FIELD(Batch, heads,      .label = "表头行数", .en = "lines of the column names", .rule = SERVER_SET),
    FIELD(Batch, map,        .label = "栏目对应", .en = "mapping", .rule = SERVER_SET, .max = 4000),
    FIELD(Batch, twice,      .label = "重复行也导入", .en = "rows of the same people and day, too", .rule = SERVER_SET),
    FIELD(Batch, state,      .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &batch_states),
    FIELD(Batch, all,        .label = "行数", .en = "rows", .rule = SERVER_SET),
    FIELD(Batch, place,      .label = "位置", .en = "place", .rule = HIDDEN),
    FIELD(Batch, other,      .label = "另一表头行", .rule = HIDDEN),
    FIELD(Batch, line,       .label = "已处理到行", .en = "line reached", .rule = SERVER_SET),
    FIELD(Batch, good,       .label = "可导入", .en = "can be imported", .rule = SERVER_SET),
    FIELD(Batch, bad,        .label = "有错误", .en = "wrong", .rule = SERVER_SET),
    FIELD(Batch, same,       .label = "重复", .en = "duplicates", .rule = SERVER_SET),
    FIELD(Batch, odd,        .label = "有提示", .en = "with a remark", .rule = SERVER_SET),
    FIELD(Batch, skipped,    .label = "跳过（空行、表头、合计、说明）", .en = "left out", .rule = SERVER_SET),
    FIELD(Batch, made,       .label = "已导入案件", .en = "cases imported", .rule = SERVER_SET),
    FIELD(Batch, kept,       .label = "已有后续办理、未撤销", .en = "not undone: worked on", .rule = SERVER_SET),
    FIELD(Batch, said,       .label = "检查结果字节数", .rule = HIDDEN),
    FIELD(Batch, why,        .label = "说明", .en = "why", .rule = SERVER_SET, .codes = &batch_whys),
    FIELD(Batch, by_id,      .label = "导入人", .en = "by", .rule = SERVER_SET),
    FIELD(Batch, at,         .label = "上传时间", .en = "uploaded at", .rule = SERVER_SET),
    FIELD(Batch, done_at,    .label = "完成时间", .en = "done at", .rule = SERVER_SET),
    FIELD(Batch, was,        .label = "此前位置", .rule = HIDDEN),
};
const Form batch_form = FORM(Batch, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE ledger_import("
      "  id INTEGER PRIMARY KEY, org INTEGER NOT NULL, org_path TEXT NOT NULL,"
      "  name TEXT NOT NULL, sha256 TEXT NOT NULL,"            /* of the file, and its digest */
      "  sheet INTEGER NOT NULL, sheet_name TEXT NOT NULL,"
      "  head INTEGER NOT NULL, heads INTEGER NOT NULL,"       /* where the column names are */
      "  map TEXT NOT NULL, twice INTEGER NOT NULL,"
      "  state TEXT NOT NULL CHECK(state IN ('mapped', 'checking', 'checked', 'running', 'done', 'cancelled',"
      " 'undoing', 'undone')),"
      "  \"all\" INTEGER NOT NULL, place INTEGER NOT NULL, line INTEGER NOT NULL,"
      "  good INTEGER NOT NULL, bad INTEGER NOT NULL, same INTEGER NOT NULL, odd INTEGER NOT NULL,"
      "  skipped INTEGER NOT NULL, made INTEGER NOT NULL, kept INTEGER NOT NULL,"
      "  said INTEGER NOT NULL, why TEXT NOT NULL, by_id INTEGER NOT NULL,"
      "  at INTEGER NOT NULL, done_at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX ledger_import_by_org ON ledger_import(org_path, id);" },
    { 2, "ALTER TABLE ledger_import ADD COLUMN kind TEXT NOT NULL DEFAULT 'ledger';"
      "ALTER TABLE ledger_import ADD COLUMN other INTEGER NOT NULL DEFAULT 0;" },
};

#define COLUMNS \
    "id, kind, org, org_path, name, sha256, sheet, sheet_name, head, heads, map, twice, state, \"all\", place, line, other," \
    " good, bad, same, odd, skipped, made, kept, said, why, by_id, at, done_at"
static const Query q_add = {
    .name = "import.add", .in = &batch_form,
    .sql = "INSERT INTO ledger_import(" COLUMNS ") VALUES(:id, :kind, :org, :org_path, :name, :sha256, :sheet, :sheet_name, :head,"
           " :heads, :map, :twice, :state, :all, :place, :line, :other, :good, :bad, :same, :odd, :skipped, :made, :kept, :said,"
           " :why, :by_id, :at, :done_at)",
};
static const Query q_get = {
    .name = "import.get", .in = &batch_form, .out = &batch_form,
    .sql = "SELECT " COLUMNS " FROM ledger_import WHERE id = :id",
};
static const Query q_list = {
    .name = "import.list", .in = &batch_form, .out = &batch_form,
    .sql = "SELECT " COLUMNS " FROM ledger_import WHERE org_path >= :org_path AND org_path < :path_end"
           " ORDER BY org_path, id DESC LIMIT 200",
};
static const Query q_unfinished = {
    .name = "import.unfinished", .in = &batch_form, .out = &batch_form,
    .sql = "SELECT " COLUMNS " FROM ledger_import WHERE org_path = :org_path AND sha256 = :sha256 AND kind = :kind"
           " AND (:sheet = 0 OR sheet = :sheet)"
           " AND state IN ('mapped', 'checking', 'checked', 'running', 'cancelled') ORDER BY id DESC LIMIT 1",
};
static const Query q_centres = {
    .name = "import.centres", .in = &batch_form, .out = &batch_form,
    .sql = "SELECT id AS org FROM org WHERE kind = 'CENTER' ORDER BY path LIMIT 2 /*scan*/",
};
static const Query q_roots = {
    .name = "import.roots", .in = &batch_form, .out = &batch_form,
    .sql = "SELECT id AS org FROM org WHERE parent_id = 0 ORDER BY path LIMIT 2",
};
static const Query q_set = {
    .name = "import.set", .in = &batch_form,
    .sql = "UPDATE ledger_import SET sheet = :sheet, sheet_name = :sheet_name, head = :head, heads = :heads, map = :map,"
           " twice = :twice, state = :state, \"all\" = :all, place = :place, line = :line, other = :other,"
           " good = :good, bad = :bad, same = :same, odd = :odd, skipped = :skipped, said = :said, kept = :kept,"
           " why = :why, done_at = :done_at WHERE id = :id",
};

static bool only(Ctx *c, const Query *q, Id *org)
{
    Rows rows = db_list(c, q, &(Batch){ .all = 0 });
    if (rows.n == 1) *org = ((const Batch *)rows.at)->org;
    return rows.n == 1;
}

bool import_only_centre(Ctx *c, Id *org)
{
    return only(c, &q_centres, org);
}

bool import_only_root(Ctx *c, Id *org) { return only(c, &q_roots, org); }

bool import_get(Ctx *c, Id id, Batch *b)
{
    *b = (Batch){ .id = id };
    return db_get(c, &q_get, b, b);
}

bool import_unfinished(Ctx *c, Batch *b)
{
    return db_find(c, &q_unfinished, b, b);
}

/* ---- a file comes ------------------------------------------------------------------------- */

/* What is wrong with it, and where. */
static Str fault_text(Ctx *c, GridFault f, const GridPlace *at, bool english)
{
    Out o = { .buf = NEW(c->mem, char, 1000), .cap = 1000 };
    grid_place(&o, at, english);
    if (o.len) out_str(&o, english ? S(": ") : S("："));
    out_str(&o, str_of(english ? grid_fault_en(f) : grid_fault_zh(f)));
    return out_view(&o);
}

/* The file's rows, read once; again if it is sent again. */
static bool convert(Ctx *c, const Batch *b, const char *path)
{
    char *to = str_c(c->mem, import_path(c, b->sha256, ".grid"));
    char *tmp = str_c(c->mem, import_path(c, b->sha256, ".new"));
    if (!import_folder(c)) return fail(c, ERR_FULL, S("imports"));
    if (access(to, R_OK) == 0) return true;
    Block block = block_open(CONVERT_MEMORY);
    Arena mem = block_arena(&block);
    GridPlace at = { 0 };
    GridFault f = grid_make(&mem, path, tmp, &at);
    Str why = f ? fault_text(c, f, &at, false) : (Str){ 0 }, why_en = f ? fault_text(c, f, &at, true) : why;
    block_close(&block);
    if (f == GRID_GOOD && rename(tmp, to) != 0) f = GRID_NO_ROOM;
    if (f == GRID_NO_ROOM) return fail(c, ERR_FULL, S("imports"));
    if (f) fault_say_both(c, S("file"), S("not_allowed"), why, why_en);
    return ok(c);
}

static void take_guess(Ctx *c, Grid *g, const Guess *guess, Batch *b)
{
    const GridSheet *s = &g->sheet[guess->sheet];
    b->sheet = (int64_t)guess->sheet + 1;
    b->sheet_name = str_copy(c->mem, s->name);
    b->head = guess->head;
    b->heads = guess->heads;
    b->map = mapping_write(c->mem, &guess->map);
    b->all = s->rows;
}

static bool guess(Ctx *c, Batch *b)
{
    Grid g;
    Guess *best = NEW(c->mem, Guess, 1);
    best->map.kind = import_kind(c, b->kind);
    if (!ok(c)) return false;
    if (!grid_open(&g, c->mem, str_c(c->mem, import_path(c, b->sha256, ".grid")))) return fail(c,
        ERR_INTERNAL, S("imports"));
    bool known = b->sheet > 0 && b->sheet <= (int64_t)g.sheets;
    size_t asked = known ? (size_t)b->sheet - 1 : 0;
    if (b->sheet && !known) fault(c, S("sheet"), FAULT_TOO_LARGE);
    bool found = known ? import_guess_sheet(c, &g, asked, best) : import_guess(c, &g, best);
    if (found) take_guess(c, &g, best, b);
    Guess none = { .head = 1, .heads = 1, .sheet = asked, .map = best->map };
    if (!found && g.sheets) take_guess(c, &g, &none, b);
    if (best->score == 0) b->map = (Str){ 0 };
    if (best->score == 0) b->why = import_no_head(c, &g, best);
    grid_close(&g);
    return true;
}

bool import_begin(Ctx *c, Batch *b, const char *path)
{
    const Str said = b->map;
    if (!convert(c, b, path) || !guess(c, b)) return false;
    if (said.n) import_map(c, b, said);
    b->state = S("mapped");
    b->at = now(c);
    b->by_id = c->who.id;
    tx_begin(c);
    b->id = id_next(c);
    db_insert(c, &q_add, b);
    audit_about(c, b->id);
    if (c->route) reply_row(c, 201, &batch_form, b);
    else c->status = 204;
    tx_end(c);
    return ok(c);
}

void import_start(Ctx *c, Batch *b, Str state)
{
    bool check = str_eq(state, S("checking"));
    if (check) b->good = b->bad = b->same = b->odd = b->skipped = b->said = 0;
    if (str_eq(state, S("undoing"))) b->kept = 0;
    b->state = state;
    b->place = b->line = b->other = 0;
    b->done_at = (Time){ 0 };
    db_change(c, &q_set, b);
}

void import_map(Ctx *c, Batch *b, Str map)
{
    Mapping *m = NEW(c->mem, Mapping, 1);
    if (!mapping_read(import_kind(c, b->kind), map, m)) fault(c, S("map"), FAULT_NOT_CODE);
    else b->map = mapping_write(c->mem, m);
}

/* ---- routes ------------------------------------------------------------------------------- */

/* Ledgers are the centre's matter, rosters the bureau's, too. */
static void need_kind(Ctx *c, const Batch *b)
{
    const ImportKind *kind = ok(c) ? import_kind(c, b->kind) : NULL;
    if (kind && !(c->who.roles & kind->who)) fail(c, ERR_FORBIDDEN, b->kind);
}

static void upload(Ctx *c)
{
    Org org;
    Batch b = { .kind = S("ledger"), .org = c->who.org, .org_path = c->who.org_path,
                .sha256 = c->upload.sha256 };
    (void)form_read_query(c, &batch_form, &b);
    /* Any table's name: what is in it is looked at later, and said. */
    (void)file_named(c, b.name, "csv txt tsv xlsx xlsm xls et ods xlsb htm html");
    if (ok(c) && c->upload.size == 0) fault(c, S("file"), FAULT_REQUIRED);
    need_kind(c, &b);
    if (ok(c) && !org_get(c, b.org, &org)) return;
    (void)import_begin(c, &b, str_c(c->mem, c->upload.path));
}

/* The import :id, if it belongs to c's person's subtree. */
static bool find(Ctx *c, Batch *b)
{
    if (!import_get(c, arg_id(c, 0), b)) return false;
    if (!str_starts(b->org_path, c->who.org_path)) fail(c, ERR_NOT_FOUND, S("import"));
    need_kind(c, b);
    return ok(c);
}

static void list(Ctx *c)
{
    Batch ask = { .org_path = c->who.org_path, .path_end = path_end(c->mem, c->who.org_path) };
    Rows rows = db_list(c, &q_list, &ask);
    Batch *b = rows.at;
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        if (c->who.roles & import_kind(c, b[i].kind)->who) b[n++] = b[i];
    }
    reply_rows(c, &batch_form, (Rows){ b, n }, (Str){ 0 });
}

static void show(Ctx *c)
{
    Batch b;
    if (find(c, &b)) reply_row(c, 200, &batch_form, &b);
}

/* A column of the file as the screen shows it. */
typedef struct Seat { int64_t column; Str name, key, label, label_en, s1, s2, s3, unit; } Seat;
static const Code unit_rows[] = { { "w", "万元", "10,000 yuan" }, { "q", "千元", "1,000 yuan" } };
static const Codes units = { .name = "import_unit", .row = unit_rows, .n = COUNT(unit_rows) };
static const Field seat_fields[] = {
    FIELD(Seat, column, .label = "列", .en = "column"), FIELD(Seat, name, .label = "原栏目", .en = "its name in the file"),
    FIELD(Seat, key, .label = "对应栏目", .en = "what it is"), FIELD(Seat, label, .label = "对应栏目名称", .en = "label of that"),
    FIELD(Seat, label_en, .label = "对应栏目英文名称", .en = "English label of that"),
    FIELD(Seat, unit, .label = "金额单位", .en = "what its sums count; empty: yuan", .codes = &units),
    FIELD(Seat, s1, .label = "例1", .en = "sample 1"), FIELD(Seat, s2, .label = "例2", .en = "sample 2"),
    FIELD(Seat, s3, .label = "例3", .en = "sample 3"),
};
static const Form seat_form = { .name = "ImportColumn", .size = sizeof(Seat), .field = seat_fields, .n = COUNT(seat_fields) };

/* What the n-th row holds in that column, unless it is long. */
static void keep_sample(Ctx *c, Seat *seat, int n, Str cell)
{
    Str *const to[SAMPLES] = { &seat->s1, &seat->s2, &seat->s3 };
    Str text = cell_tidy(c->mem, cell, false);
    if (text.n <= 200) *to[n] = str_copy(c->mem, text);
}

static void add_samples(Ctx *c, Grid *g, const Batch *b, Seat *seat, size_t n)
{
    GridRow *row = NEW(c->mem, GridRow, 1);
    int seen = 0;
    for (grid_seek(g, (size_t)b->sheet - 1, 0); seen < SAMPLES && grid_next(g, row);) {
        if (row->line < b->head + b->heads) continue;
        for (size_t i = 0; i < n && i < row->cells; i++) keep_sample(c, &seat[i], seen, row->cell[i].text);
        seen++;
    }
}

static void columns(Ctx *c)
{
    Batch b;
    Grid g;
    Mapping *m = NEW(c->mem, Mapping, 1);
    if (!find(c, &b)) return;
    (void)mapping_read(import_kind(c, b.kind), b.map, m);
    if (!grid_open(&g, c->mem, str_c(c->mem, import_path(c, b.sha256, ".grid")))) {
        fail(c, ERR_NOT_FOUND, S("imports"));
        return;
    }
    import_names(c, &g, &b, m);
    Seat *seat = NEW(c->mem, Seat, m->columns + 1);
    for (size_t i = 0; i < m->columns; i++) {
        const Field *fd = m->field[i] >= 0 ? &m->kind->form->field[m->field[i]] : NULL;
        seat[i] = (Seat){ .column = (int64_t)i + 1, .name = cell_tidy(c->mem, m->name[i], false),
                          .key = str_of(fd ? fd->name : NULL), .label = str_of(fd ? fd->label : NULL),
                          .label_en = str_of(fd ? fd->en : NULL),
                          .unit = { fd ? &m->unit[m->field[i]] : NULL, fd && m->unit[m->field[i]] } };
    }
    add_samples(c, &g, &b, seat, m->columns);
    grid_close(&g);
    reply_rows(c, &seat_form, (Rows){ seat, m->columns }, (Str){ 0 });
}

typedef struct KeyAsk { Str kind; } KeyAsk;
static const Field key_fields[] = { FIELD(KeyAsk, kind, .label = "导入内容", .en = "what it is", .codes = &kinds) };
static const Form key_form = { .name = "ImportKeyAsk", .size = sizeof(KeyAsk), .field = key_fields, .n = COUNT(key_fields) };

static void keys(Ctx *c)
{
    KeyAsk ask = { S("ledger") };
    form_read_query(c, &key_form, &ask);
    const Form *form = ok(c) ? import_kind(c, ask.kind)->form : &old_row_form;
    Seat *seat = NEW(c->mem, Seat, form->n);
    size_t n = 0;
    for (size_t i = 0; i < form->n; i++) {
        const Field *fd = &form->field[i];
        bool shown = import_is_key(fd) && !(fd->rule & HIDDEN);
        if (!shown) continue;
        seat[n++] = (Seat){ .key = str_of(fd->name), .label = str_of(fd->label), .label_en = str_of(fd->en) };
    }
    reply_rows(c, &seat_form, (Rows){ seat, n }, (Str){ 0 });
}

/* What a person changes of the guess. */
typedef struct MapAsk { int64_t sheet, head, heads; Str map; bool twice; } MapAsk;
static const Field map_fields[] = {
    FIELD(MapAsk, sheet, .label = "工作表序号", .en = "sheet", .min = 0, .max = GRID_SHEETS),
    FIELD(MapAsk, head, .label = "表头所在行", .en = "line of the column names", .min = 0, .max = GRID_TOP),
    FIELD(MapAsk, heads, .label = "表头行数", .en = "lines of the column names", .min = 0, .max = 2),
    FIELD(MapAsk, map, .label = "栏目对应", .en = "what the columns are", .max = 4000,
          .help = "如 applicant=2 amount=7w：栏目=列号，以空格分隔，w 表示万元，q 表示千元",
          .help_en = "such as applicant=2 amount=7w: field=column, blanks between; w: in 10,000 yuan, q: in 1,000"),
    FIELD(MapAsk, twice, .label = "重复行也导入", .en = "rows of the same people and day, too"),
};
static const Form map_form = { .name = "ImportMap", .size = sizeof(MapAsk), .field = map_fields, .n = COUNT(map_fields) };

/* The sheets of the file, to choose from. */
typedef struct SheetRow { int64_t sheet; Str name; int64_t rows; bool hidden, alike; } SheetRow;
static const Field sheet_fields[] = {
    FIELD(SheetRow, sheet, .label = "序号", .en = "number"), FIELD(SheetRow, name, .label = "工作表", .en = "sheet"),
    FIELD(SheetRow, rows, .label = "行数", .en = "rows"), FIELD(SheetRow, hidden, .label = "隐藏", .en = "hidden"),
    FIELD(SheetRow, alike, .label = "栏目相同", .en = "has the same columns"),
};
static const Form sheet_form = { .name = "ImportSheet", .size = sizeof(SheetRow), .field = sheet_fields,
                                 .n = COUNT(sheet_fields) };

/* Twelve months in twelve sheets: those that read as b's does, whatever was said of its columns since. */
static size_t alike(Ctx *c, Grid *g, const Batch *b, int64_t *sheet)
{
    size_t n = 0;
    Guess *own = NEW(c->mem, Guess, 1);
    own->head = b->head;
    own->map.kind = import_kind(c, b->kind);
    if (!import_guess_sheet(c, g, (size_t)b->sheet - 1, own)) return 0;
    const Str map = mapping_write(c->mem, &own->map);
    for (size_t i = 0; i < g->sheets; i++) {
        Arena mem = *c->mem;
        Guess *one = NEW(c->mem, Guess, 1);
        one->map.kind = own->map.kind;
        bool other = (int64_t)i + 1 != b->sheet && !g->sheet[i].hidden;
        bool same = other && import_guess_sheet(c, g, i, one);
        same = same && str_eq(mapping_write(c->mem, &one->map), map);
        if (same) sheet[n++] = (int64_t)i + 1;
        *c->mem = mem;
    }
    return n;
}

size_t import_alike(Ctx *c, const Batch *b, int64_t sheet[GRID_SHEETS])
{
    Grid g;
    if (!grid_open(&g, c->mem, str_c(c->mem, import_path(c, b->sha256, ".grid")))) return 0;
    size_t n = alike(c, &g, b, sheet);
    grid_close(&g);
    return n;
}

/* Another sheet of the same file, as an import of its own. */
static void another(Ctx *c)
{
    Batch b, more;
    MapAsk in = { 0 };
    (void)form_read(c, &map_form, &in);
    if (ok(c) && in.sheet == 0) fault(c, S("sheet"), FAULT_REQUIRED);
    if (!ok(c) || !find(c, &b)) return;
    more = (Batch){ .kind = b.kind, .org = b.org, .org_path = b.org_path, .name = b.name, .sha256 = b.sha256,
                    .sheet = in.sheet, .map = in.map, .twice = in.twice };
    (void)import_begin(c, &more, "");
}

static void sheets(Ctx *c)
{
    Batch b;
    Grid g;
    int64_t same[GRID_SHEETS];
    if (!find(c, &b)) return;
    if (!grid_open(&g, c->mem, str_c(c->mem, import_path(c, b.sha256, ".grid")))) {
        fail(c, ERR_NOT_FOUND, S("imports"));
        return;
    }
    SheetRow *row = NEW(c->mem, SheetRow, g.sheets + 1);
    for (size_t i = 0; i < g.sheets; i++) {
        row[i] = (SheetRow){ (int64_t)i + 1, g.sheet[i].name, g.sheet[i].rows, g.sheet[i].hidden, false };
    }
    size_t n = g.sheets, n_same = alike(c, &g, &b, same);
    for (size_t i = 0; i < n_same; i++) row[same[i] - 1].alike = true;
    reply_rows(c, &sheet_form, (Rows){ row, n }, (Str){ 0 });
    grid_close(&g);
}

/* Another sheet or head is guessed anew; then what was said of the columns holds. */
static void remap(Ctx *c, Batch *b, const MapAsk *in)
{
    Grid g;
    bool other = (in->sheet && in->sheet != b->sheet) || (in->head && in->head != b->head);
    Guess *guess = NEW(c->mem, Guess, 1);
    if (!ok(c)) return;
    if (!grid_open(&g, c->mem, str_c(c->mem, import_path(c, b->sha256, ".grid")))) {
        fail(c, ERR_NOT_FOUND, S("imports"));
        return;
    }
    if (in->sheet > (int64_t)g.sheets) fault(c, S("sheet"), FAULT_TOO_LARGE);
    size_t sheet = (size_t)(in->sheet ? in->sheet : b->sheet) - 1;
    guess->head = in->head;
    guess->map.kind = import_kind(c, b->kind);
    if (ok(c) && other && !import_guess_sheet(c, &g, sheet, guess)) {
        *guess = (Guess){ .sheet = sheet, .head = in->head ? in->head : 1, .heads = 1 };
        (void)mapping_read(import_kind(c, b->kind), (Str){ 0 }, &guess->map);
    }
    if (ok(c) && other) take_guess(c, &g, guess, b);
    grid_close(&g);
    if (in->heads) b->heads = in->heads;
    if (in->map.n) import_map(c, b, in->map);
    b->twice = in->twice;
}

static bool state_is(const Batch *b, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(b->state, str_of(list[i]))) return true;
    }
    return false;
}

static void need_state(Ctx *c, const Batch *b, const char *const *list, size_t n)
{
    if (ok(c) && !state_is(b, list, n)) fail(c, ERR_BLOCKED, b->state);
}

static const char *const before_run[] = { "mapped", "checked", "cancelled" };

static void set_map(Ctx *c)
{
    Batch b;
    MapAsk in = { 0 };
    (void)form_read(c, &map_form, &in);
    tx_begin(c);
    if (find(c, &b)) need_state(c, &b, before_run, COUNT(before_run));
    if (ok(c) && b.made) fail(c, ERR_BLOCKED, S("made"));
    remap(c, &b, &in);
    b.state = S("mapped");
    db_change(c, &q_set, &b);
    reply_row(c, 200, &batch_form, &b);
    tx_end(c);
}

/* Starts a step in the caller's transaction, and asks for the job that does it. */
static void start(Ctx *c, Str state, const char *const *from, size_t n)
{
    Batch b;
    tx_begin(c);
    if (find(c, &b)) need_state(c, &b, from, n);
    if (ok(c) && b.map.n == 0) fail(c, ERR_BLOCKED, S("map"));
    if (ok(c)) import_start(c, &b, state);
    job_add(c, S("import_step"), b.id, now(c), (Str){ 0 });
    audit_about(c, b.id);
    reply_row(c, 202, &batch_form, &b);
    tx_end(c);
}

static void check(Ctx *c)
{
    start(c, S("checking"), before_run, COUNT(before_run));
}

static void run(Ctx *c)
{
    static const char *const from[] = { "checked" };
    start(c, S("running"), from, COUNT(from));
}

static void undo(Ctx *c)
{
    static const char *const from[] = { "done", "cancelled", "undone" };
    start(c, S("undoing"), from, COUNT(from));
}

static void cancel(Ctx *c)
{
    static const char *const from[] = { "checking", "running", "undoing" };
    Batch b;
    tx_begin(c);
    if (find(c, &b)) need_state(c, &b, from, COUNT(from));
    if (ok(c)) b.state = S("cancelled");
    db_change(c, &q_set, &b);
    reply_row(c, 200, &batch_form, &b);
    tx_end(c);
}

/* A finding of the check. */
typedef struct Finding { int64_t line; Str kind, why; Rows said; } Finding;
static const Code finding_rows[] = {
    { "e", "错误", "wrong" }, { "d", "重复", "duplicate" }, { "w", "提示", "remark" }, { "s", "跳过", "left out" },
};
static const Codes finding_kinds = { .name = "import_finding", .row = finding_rows, .n = COUNT(finding_rows) };
static const Field finding_fields[] = {
    FIELD(Finding, line, .label = "行号", .en = "line"),
    FIELD(Finding, kind, .label = "类别", .en = "kind", .codes = &finding_kinds),
    FIELD(Finding, why, .label = "说明", .en = "what was found, in Chinese", .max = 8000),
    FIELD(Finding, said, .label = "逐项说明", .en = "the same item by item", .child = &said_form),
};
static const Form finding_form = { .name = "ImportFinding", .size = sizeof(Finding), .field = finding_fields,
                                   .n = COUNT(finding_fields) };
typedef struct FindingAsk { Str kind, after; } FindingAsk;
static const Field finding_ask_fields[] = {
    FIELD(FindingAsk, kind, .label = "类别", .en = "kind", .codes = &finding_kinds),
    FIELD(FindingAsk, after, .label = "接续", .en = "next of the page before", .max = 20),
};
static const Form finding_ask_form = { .name = "ImportFindingAsk", .size = sizeof(FindingAsk),
                                       .field = finding_ask_fields, .n = COUNT(finding_ask_fields) };

static void findings(Ctx *c)
{
    enum { LINE_ROOM = 8192 };
    Batch b;
    FindingAsk ask = { 0 };
    int64_t at = 0;
    SaidLine line;
    (void)form_read_query(c, &finding_ask_form, &ask);
    if (ask.after.n && !str_int(ask.after, &at)) fault(c, S("after"), FAULT_NOT_CODE);
    if (!ok(c) || !find(c, &b)) return;
    char *buf = NEW(c->mem, char, LINE_ROOM);
    Finding *row = NEW(c->mem, Finding, FAULTS);
    size_t n = 0;
    FILE *f = fopen(str_c(c->mem, batch_path(c, b.id, ".said")), "rbe");
    if (f) (void)fseeko(f, at, SEEK_SET);
    while (f && n < FAULTS && ftello(f) < b.said && said_next(f, buf, LINE_ROOM, &line)) {
        Str kind = { &line.kind, 1 };
        if (ask.kind.n && !str_eq(ask.kind, kind)) continue;
        Rows said = said_rows(c->mem, import_kind(c, b.kind), str_copy(c->mem, line.text));
        row[n++] = (Finding){ line.line, str_copy(c->mem, kind), said_text(c->mem, said, false), said };
    }
    int64_t next = f ? ftello(f) : b.said;
    if (f) (void)fclose(f);
    Str more = next < b.said ? phrase_number(c->mem, next).zh : (Str){ 0 };
    reply_rows(c, &finding_form, (Rows){ row, n }, more);
}

static void errors(Ctx *c)
{
    Batch b;
    bool english = ask_english(c);
    if (!ok(c) || !find(c, &b)) return;
    char *path = str_c(c->mem, batch_path(c, b.id, english ? ".errors-en" : ".errors"));
    FILE *to = fopen(path, "wbe");
    bool good = to && import_errors(c, &b, english, to);
    int64_t size = good ? ftello(to) : 0;
    if (to) (void)fclose(to);
    if (!good) fail(c, ERR_FULL, S("imports"));
    c->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    header(c, S("Content-Disposition"), S("attachment; filename=\"import-errors.xlsx\""));
    reply_file(c, (Str){ path, strlen(path) }, size);
}

static void job(Ctx *c, Id id)
{
    Batch b;
    if (!import_get(c, id, &b) || !import_under_way(&b)) return;
    import_step(c, id, str_eq(b.state, S("checking")) ? CHECK_ROWS : STEP_ROWS);
    if (ok(c) && import_get(c, id, &b) && import_under_way(&b)) job_add(c, S("import_step"), id, now(c),
        (Str){ 0 });
}

static const JobKind jobs[] = { { .word = "import_step", .run = job } };

enum { WHO = CLERK | HEAD | HR, LEDGER_WHO = CLERK | HEAD };
static const Route routes[] = {
    { "POST", "/api/v1/imports", WHO, upload, "上传台账文件", "send a ledger", .query = &batch_form, .out = &batch_form,
      .upload = true },
    { "GET", "/api/v1/imports", WHO, list, "台账导入记录", "imports", .out = &batch_form, .list = true },
    { "GET", "/api/v1/imports/keys", WHO, keys, "可导入的栏目", "what a column may be", .query = &key_form, .out = &seat_form,
      .list = true },
    { "GET", "/api/v1/imports/:id", WHO, show, "导入进度", "how far an import is", .out = &batch_form },
    { "GET", "/api/v1/imports/:id/sheets", WHO, sheets, "工作表", "its sheets", .out = &sheet_form, .list = true },
    { "POST", "/api/v1/imports/:id/sheets", WHO, another, "导入另一工作表", "another sheet of the file", .in = &map_form,
      .out = &batch_form },
    { "GET", "/api/v1/imports/:id/columns", WHO, columns, "栏目对应", "its columns, and what they are taken for",
      .out = &seat_form, .list = true },
    { "POST", "/api/v1/imports/:id/map", WHO, set_map, "修改栏目对应", "say what the columns are", .in = &map_form,
      .out = &batch_form },
    { "POST", "/api/v1/imports/:id/check", WHO, check, "检查", "check it: nothing is stored", .out = &batch_form },
    { "GET", "/api/v1/imports/:id/findings", WHO, findings, "检查结果", "what was found, line by line",
      .query = &finding_ask_form, .out = &finding_form, .list = true },
    { "GET", "/api/v1/imports/:id/errors", WHO, errors, "下载错误行", "the refused rows with their reasons, as a workbook",
      .query = &ask_lang_form },
    { "POST", "/api/v1/imports/:id/run", WHO, run, "导入", "import it", .out = &batch_form },
    { "POST", "/api/v1/imports/:id/cancel", WHO, cancel, "停止", "stop what is under way", .out = &batch_form },
    { "POST", "/api/v1/imports/:id/undo", WHO, undo, "撤销导入", "take all of it out again", .out = &batch_form },
};

static const Query *const queries[] = { &q_add, &q_get, &q_list, &q_unfinished, &q_centres, &q_roots, &q_set,
    &import_place, NULL };

static const ImportKind ledger[] = {
    { .word = "ledger", .zh = "调解台账", .en = "a ledger", .form = &old_row_form, .names = "column",
      .must = "applicant respondent case_name", .sides = { "applicant", "respondent" }, .who = LEDGER_WHO },
};

const Slice import_slice = {
    .name = "import", .import = ledger, .imports = COUNT(ledger),
    .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .job = jobs, .jobs = COUNT(jobs),
};
