/* The rows that are refused, as a workbook. */
#include "case/8-import/import_file.h"
#include "case/8-import/import_in.h"
#include "case/8-import/said_text.h"

#include "excel/cell.h"
#include "excel/table.h"

/* What the workbook says itself. */
static const struct { const char *reason, *title, *how, *mark; } books[] = {
    { "错误原因", "未导入的行", "改正后可以直接用本文件再次导入；“错误原因”一栏不导入", "内部资料" },
    { "Why refused", "Rows that were not imported",
      "Corrected, this file can be imported as it is; the column “Why refused” is not", "For internal use" },
};

enum { LINE_ROOM = 8192 };

/* What is said of the rows of an import, a line at a time. */
typedef struct Telling {
    Ctx         *c;
    const Batch *b;
    bool         english;
    FILE        *from;
    char        *buf;
    Out          words; /* has room for a line */
    SaidLine     said;
} Telling;

static Telling telling(Ctx *c, const Batch *b, bool english)
{
    return (Telling){
        .c = c, .b = b, .english = english,
        .from = fopen(str_c(c->mem, batch_path(c, b->id, ".said")), "rbe"),
        .buf = NEW(c->mem, char, LINE_ROOM),
        .words = { .buf = NEW(c->mem, char, LINE_ROOM), .cap = LINE_ROOM },
    };
}

static bool telling_next(Telling *t)
{
    return t->from && said_next(t->from, t->buf, LINE_ROOM, &t->said);
}

static void telling_clear(Telling *t)
{
    if (t->from) (void)fclose(t->from);
    t->from = NULL;
}

/* The line as one sentence; it lasts until the next. */
static Str in_words(Telling *t)
{
    Arena mem = *t->c->mem;
    t->words = (Out){ .buf = t->words.buf, .cap = t->words.cap };
    Rows said = said_rows(&mem, import_kind(t->c, t->b->kind), t->said.text);
    out_str(&t->words, said_text(&mem, said, t->english));
    return out_view(&t->words);
}

static void put_row(Table *t, const GridRow *row, size_t columns, Str why)
{
    for (size_t i = 0; i < columns; i++) table_text(t, i < row->cells ? row->cell[i].text : (Str){ 0 });
    table_text(t, why);
    table_row(t);
}

static void put_refused(Telling *w, Grid *g, Table *t, size_t columns)
{
    GridRow *row = NEW(w->c->mem, GridRow, 1);
    grid_seek(g, (size_t)w->b->sheet - 1, 0);
    while (w->from && ftello(w->from) < w->b->said && telling_next(w)) {
        if (w->said.kind != 'e' && w->said.kind != 'd') continue;
        while (row->line < w->said.line && grid_next(g, row)) { }
        if (row->line == w->said.line) put_row(t, row, columns, in_words(w));
    }
}

/* The first columns carry the file's own names, so that it can be imported again. */
static void name_columns(Ctx *c, Grid *g, const Batch *b, TableColumn *column, size_t *n)
{
    Mapping *m = NEW(c->mem, Mapping, 1);
    (void)mapping_read(import_kind(c, b->kind), b->map, m);
    import_names(c, g, b, m);
    *n = m->columns;
    for (size_t i = 0; i < m->columns; i++) column[i] = (TableColumn){ cell_tight(c->mem, m->name[i]), 16 };
}

bool import_errors(Ctx *c, const Batch *b, bool english, FILE *to)
{
    enum { WHY_WIDTH = 60 };
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
    column[columns] = (TableColumn){ str_of(books[english].reason), WHY_WIDTH };
    Table *t = table_open(c->mem, rows, true, (TablePart){ 0 });
    Telling w = telling(c, b, english);
    put_refused(&w, &g, t, columns);
    telling_clear(&w);
    good = table_close(t, &part);
    TableHead head = { .title = str_of(books[english].title), .xlsx = true, .column = column,
                       .columns = columns + 1, .mark = str_of(books[english].mark) };
    head.line[0] = str_of(books[english].how);
    rewind(rows);
    good = good && table_whole(c->mem, &head, &part, rows, to);
    (void)fclose(rows);
    grid_close(&g);
    return good || fail(c, ERR_FULL, S("imports"));
}

void import_tell(Ctx *c, const Batch *b, bool english, FILE *to)
{
    Telling w = telling(c, b, english);
    while (telling_next(&w)) {
        if (w.said.kind == 's') continue;
        Str text = in_words(&w);
        (void)fprintf(to, "  line %lld%s: %.*s\n", (long long)w.said.line,
                      w.said.kind == 'w' ? ", remark" : "", (int)text.n, text.s);
    }
    telling_clear(&w);
}
