/* The rows that are refused, as a workbook. */
#include "case/8-import/import_file.h"
#include "case/8-import/import_in.h"
#include "case/8-import/said_text.h"

#include "excel/cell.h"
#include "excel/table.h"

static const char reason_head[] = "错误原因";

static void put_row(Table *t, const GridRow *row, size_t columns, Str why)
{
    for (size_t i = 0; i < columns; i++) table_text(t, i < row->cells ? row->cell[i].text : (Str){ 0 });
    table_text(t, why);
    table_row(t);
}

enum { LINE_ROOM = 8192 };

/* In `words`, which has room for a line. */
static Str in_words(Ctx *c, const Batch *b, Str said, Out *words)
{
    Arena mem = *c->mem;
    *words = (Out){ .buf = words->buf, .cap = words->cap };
    out_str(words, said_text(&mem, said_rows(&mem, import_kind(c, b->kind), said)));
    return out_view(words);
}

static void put_refused(Ctx *c, Grid *g, const Batch *b, Table *t, size_t columns)
{
    char *buf = NEW(c->mem, char, LINE_ROOM);
    Out words = { .buf = NEW(c->mem, char, LINE_ROOM), .cap = LINE_ROOM };
    GridRow *row = NEW(c->mem, GridRow, 1);
    FILE *f = fopen(str_c(c->mem, batch_path(c, b->id, ".said")), "rbe");
    SaidLine said = { 0 };
    grid_seek(g, (size_t)b->sheet - 1, 0);
    while (f && ftello(f) < b->said && said_next(f, buf, LINE_ROOM, &said)) {
        if (said.kind != 'e' && said.kind != 'd') continue;
        while (row->line < said.line && grid_next(g, row)) { }
        if (row->line == said.line) put_row(t, row, columns, in_words(c, b, said.text, &words));
    }
    if (f) (void)fclose(f);
}

/* The first columns carry the file's own names, so that it can be imported again. */
static void name_columns(Ctx *c, Grid *g, const Batch *b, TableColumn *column, size_t *n)
{
    Mapping *m = NEW(c->mem, Mapping, 1);
    (void)mapping_read(import_kind(c, b->kind), b->map, m);
    import_names(c, g, b, m);
    *n = m->columns;
    for (size_t i = 0; i < m->columns; i++) column[i] = (TableColumn){ cell_tight(c->mem, m->name[i]), 16 };
    column[m->columns] = (TableColumn){ str_of(reason_head), 60 };
}

bool import_errors(Ctx *c, const Batch *b, FILE *to)
{
    Grid g;
    TablePart part;
    size_t columns = 0;
    TableColumn *column = NEW(c->mem, TableColumn, GRID_COLUMNS + 1);
    FILE *rows = tmpfile();
    bool good = rows && grid_open(&g, c->mem, str_c(c->mem, import_path(c, b->sha256, ".grid")));
    if (!good) {
        if (rows) (void)fclose(rows);
        return fail(c, ERR_INTERNAL, S("imports"));
    }
    name_columns(c, &g, b, column, &columns);
    Table *t = table_open(c->mem, rows, true, (TablePart){ 0 });
    put_refused(c, &g, b, t, columns);
    good = table_close(t, &part);
    TableHead head = { .title = S("未导入的行"), .xlsx = true, .column = column, .columns = columns + 1,
                       .mark = S("内部资料") };
    head.line[0] = S("改正后可以直接用本文件再次导入；“错误原因”一栏不导入");
    rewind(rows);
    good = good && table_whole(c->mem, &head, &part, rows, to);
    (void)fclose(rows);
    grid_close(&g);
    return good || fail(c, ERR_FULL, S("imports"));
}

void import_tell(Ctx *c, const Batch *b, FILE *to)
{
    char *buf = NEW(c->mem, char, LINE_ROOM);
    Out words = { .buf = NEW(c->mem, char, LINE_ROOM), .cap = LINE_ROOM };
    SaidLine said = { 0 };
    FILE *f = fopen(str_c(c->mem, batch_path(c, b->id, ".said")), "rbe");
    while (f && said_next(f, buf, LINE_ROOM, &said)) {
        if (said.kind == 's') continue;
        Str text = in_words(c, b, said.text, &words);
        (void)fprintf(to, "  line %lld%s: %.*s\n", (long long)said.line, said.kind == 'w' ? ", remark" : "",
                      (int)text.n, text.s);
    }
    if (f) (void)fclose(f);
}
