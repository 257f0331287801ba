/*
** The file of a grid: rows one after another, the sheets at its end.
**
**   row    bytes that follow (4), line with its highest bit if it is hidden (4), cells (2), then each:
**          column (2), kind (1), length (4), text
**   index  for each sheet: name, hidden, from, to, rows, last line, spans
**   end    where the index begins (8), mark (8)
**
** Numbers as this machine has them: the file does not leave it.
*/
#include "excel/grid.h"

#include "excel/grid_write.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEAD = 10, CELL_HEAD = 7, ACTIVE = 256, LETTERS = 26, INDEX_MAX = 8 << 20, BUFFER = 256 * 1024 };
static const char mark[8] = "TJGRID2\n";
static const uint32_t HIDDEN = (uint32_t)1 << 31; /* of a row's line */

static const struct FaultRow { const char *word, *zh, *en; } faults[GRID__COUNT] = {
    [GRID_GOOD] = { "", "", "" },
#define FAULT_ROW(n, word, zh, en) [GRID_##n] = { word, zh, en },
    GRID_FAULTS(FAULT_ROW)
#undef FAULT_ROW
};

const char *grid_fault_word(GridFault f) { return faults[f].word; }
const char *grid_fault_zh(GridFault f) { return faults[f].zh; }
const char *grid_fault_en(GridFault f) { return faults[f].en; }

/* A to ZZ. */
static void place_column(Out *o, size_t column, bool english)
{
    if (column == 0 || column > (size_t)LETTERS * LETTERS) return;
    char letter = (char)('A' + (column - 1) % LETTERS), first = (char)('A' + (column - 1) / LETTERS - 1);
    out_str(o, english ? S(", column ") : S(" "));
    if (first >= 'A') out_str(o, (Str){ &first, 1 });
    out_str(o, (Str){ &letter, 1 });
    if (!english) out_str(o, S(" 列"));
}

void grid_place(Out *o, const GridPlace *at, bool english)
{
    bool sheet = at->sheet.n && !str_eq(at->sheet, S("CSV"));
    if (at->line == 0) return;
    if (sheet) out_str(o, english ? S("sheet “") : S("工作表“"));
    if (sheet) out_str(o, at->sheet);
    if (sheet) out_str(o, english ? S("”, ") : S("”"));
    out_str(o, english ? S("line ") : S("第 "));
    out_int(o, at->line);
    if (!english) out_str(o, S(" 行"));
    place_column(o, at->column, english);
}

/* ---- making --------------------------------------------------------------------------------- */

void grid_fault(GridMaker *m, GridFault f)
{
    if (m->fault == GRID_GOOD) m->fault = f;
}

static void put(GridMaker *m, const void *bytes, size_t n)
{
    if (m->fault) return;
    if (fwrite(bytes, 1, n, m->file) != n) grid_fault(m, errno == ENOSPC ? GRID_NO_ROOM : GRID_UNREADABLE);
    m->at += (int64_t)n;
}

static void row_bytes(GridMaker *m, const void *bytes, size_t n)
{
    out_str(&m->row, (Str){ bytes, n });
}

void grid_sheet(GridMaker *m, Str name, bool hidden)
{
    if (m->sheets == GRID_SHEETS) grid_fault(m, GRID_TOO_MANY);
    if (m->fault) return;
    Str kept = str_copy(m->mem, name);
    m->sheet[m->sheets++] = (GridSheet){ .name = kept, .hidden = hidden, .from = m->at };
    m->spans = 0;
    m->place = (GridPlace){ .sheet = kept };
}

void grid_row(GridMaker *m, int64_t line, bool hidden)
{
    uint32_t head[2] = { 0, (uint32_t)line | (hidden ? HIDDEN : 0) };
    uint16_t none = 0;
    if (m->fault) return;
    m->place.line = line;
    m->place.column = 0;
    if (line < 1 || line > GRID_LINES) grid_fault(m, GRID_TOO_MANY);
    m->row.len = 0;
    m->row.full = false;
    row_bytes(m, head, sizeof head);
    row_bytes(m, &none, sizeof none);
}

void grid_cell(GridMaker *m, size_t column, Cell cell)
{
    uint16_t cells, at = (uint16_t)column;
    uint32_t n = (uint32_t)cell.text.n;
    unsigned char kind = (unsigned char)cell.kind;
    if (cell.kind == CELL_EMPTY || (cell.kind == CELL_TEXT && str_trim(cell.text).n == 0)) return;
    if (m->fault) return;
    m->place.column = column + 1;
    if (column >= GRID_COLUMNS) {
        grid_fault(m, GRID_TOO_MANY);
        return;
    }
    row_bytes(m, &at, sizeof at);
    row_bytes(m, &kind, 1);
    row_bytes(m, &n, sizeof n);
    row_bytes(m, cell.text.s, cell.text.n);
    memcpy(&cells, m->row.buf + 8, sizeof cells);
    cells++;
    memcpy(m->row.buf + 8, &cells, sizeof cells);
}

void grid_row_end(GridMaker *m)
{
    uint32_t n = (uint32_t)m->row.len - 4, line;
    if (m->row.full) grid_fault(m, GRID_TOO_MANY);
    if (m->fault || m->row.len == HEAD) return;
    memcpy(m->row.buf, &n, sizeof n);
    memcpy(&line, m->row.buf + 4, sizeof line);
    GridSheet *s = &m->sheet[m->sheets - 1];
    s->rows++;
    s->last = line & ~HIDDEN;
    put(m, m->row.buf, m->row.len);
}

void grid_span(GridMaker *m, GridSpan span)
{
    bool good = span.top && span.left && span.top <= span.bottom && span.left <= span.right;
    if (good && m->spans < GRID_SPANS) m->span[m->spans++] = span;
}

/* ---- reading ----------------------------------------------------------------------------------- */

static bool get(FILE *f, void *to, size_t n)
{
    return fread(to, 1, n, f) == n;
}

static bool read_row(FILE *f, char *buf, GridRow *row)
{
    uint32_t n, line, length;
    uint16_t cells, column;
    if (!get(f, &n, sizeof n) || n < HEAD - 4 || n > GRID_ROW_ROOM || !get(f, buf, n)) return false;
    memcpy(&line, buf, sizeof line);
    memcpy(&cells, buf + 4, sizeof cells);
    *row = (GridRow){ .line = line & ~HIDDEN, .hidden = line & HIDDEN, .at = row->at };
    size_t at = HEAD - 4;
    for (size_t i = 0; i < cells; i++) {
        if (at + CELL_HEAD > n) return false;
        memcpy(&column, buf + at, sizeof column);
        memcpy(&length, buf + at + 3, sizeof length);
        if (column >= GRID_COLUMNS || length > n - at - CELL_HEAD) return false;
        row->cell[column] = (Cell){ (CellKind)buf[at + 2], { buf + at + CELL_HEAD, length } };
        if (column >= row->cells) row->cells = column + 1U;
        at += CELL_HEAD + length;
    }
    return true;
}

void grid_seek(Grid *g, size_t sheet, int64_t at)
{
    BUG_IF(sheet >= g->sheets);
    g->at = at ? at : g->sheet[sheet].from;
    g->end = g->sheet[sheet].to;
    (void)fseeko(g->file, g->at, SEEK_SET);
}

bool grid_next(Grid *g, GridRow *row)
{
    row->at = g->at;
    if (g->at >= g->end || !read_row(g->file, g->buf, row)) return false;
    g->at = ftello(g->file);
    return true;
}

/* ---- vertical spans, filled ---------------------------------------------------------------------- */

typedef struct Fill {
    GridSpan span;
    Cell     cell;
} Fill;

typedef struct Filler {
    const GridSpan *next, *end;
    Fill   active[ACTIVE];
    size_t n;
} Filler;

static void begin_spans(GridMaker *m, Filler *f, const GridRow *row)
{
    while (f->next < f->end && f->next->top <= row->line) {
        const GridSpan *s = f->next++;
        size_t column = s->left - 1;
        bool open = s->top == row->line && s->bottom > s->top && f->n < ACTIVE && column < GRID_COLUMNS;
        if (!open) continue;
        Cell cell = row->cell[column];
        cell.text = str_copy(m->mem, cell.text);
        f->active[f->n++] = (Fill){ *s, cell };
    }
}

static void fill_row(GridMaker *m, Filler *f, GridRow *row)
{
    size_t kept = 0;
    for (size_t i = 0; i < f->n; i++) {
        Fill *x = &f->active[i];
        size_t column = x->span.left - 1;
        if (x->span.bottom < row->line) continue;
        if (row->cell[column].kind == CELL_EMPTY) row->cell[column] = x->cell;
        if (row->cells <= column && x->cell.kind) row->cells = column + 1;
        f->active[kept++] = *x;
    }
    f->n = kept;
    begin_spans(m, f, row);
}

static void copy_row(GridMaker *m, const GridRow *row)
{
    grid_row(m, row->line, row->hidden);
    for (size_t i = 0; i < row->cells; i++) grid_cell(m, i, row->cell[i]);
    grid_row_end(m);
}

/* Writes the sheet once more behind itself, each covered cell with what covers it. */
static void fill_spans(GridMaker *m)
{
    GridSheet *s = &m->sheet[m->sheets - 1];
    bool vertical = false;
    for (size_t i = 0; i < m->spans; i++) vertical |= m->span[i].bottom > m->span[i].top;
    if (!vertical || m->fault || fflush(m->file) != 0) return;
    Arena before = *m->mem; /* a book has many sheets: what one takes is given back */
    Filler *f = NEW(m->mem, Filler, 1);
    GridRow *row = NEW(m->mem, GridRow, 1);
    char *buf = arena_room(m->mem, GRID_ROW_ROOM);
    FILE *in = fopen(m->path, "rbe");
    bool good = in && fseeko(in, s->from, SEEK_SET) == 0;
    f->next = m->span;
    f->end = m->span + m->spans;
    int64_t from = m->at, left = s->rows;
    Arena mem = *m->mem;
    s->rows = 0;
    for (; good && left > 0; left--) {
        if (f->n == 0) *m->mem = mem; /* nothing is kept of the spans before */
        good = read_row(in, buf, row);
        if (good) fill_row(m, f, row);
        if (good) copy_row(m, row);
    }
    if (in) (void)fclose(in);
    if (!good) grid_fault(m, GRID_UNREADABLE);
    s->from = from;
    s->to = m->at;
    *m->mem = before;
}

static int by_top(const void *a, const void *b)
{
    const GridSpan *x = a, *y = b;
    return (x->top > y->top) - (x->top < y->top);
}

void grid_sheet_end(GridMaker *m)
{
    size_t n = 0;
    if (m->fault) return;
    GridSheet *s = &m->sheet[m->sheets - 1];
    s->to = m->at;
    if (m->spans) qsort(m->span, m->spans, sizeof *m->span, by_top);
    while (n < m->spans && m->span[n].top <= GRID_TOP) n++;
    GridSpan *top = NEW(m->mem, GridSpan, n + 1);
    if (n) memcpy(top, m->span, n * sizeof *top);
    s->span = top;
    s->spans = n;
    fill_spans(m);
}

/* ---- the index ------------------------------------------------------------------------------------ */

static void write_index(GridMaker *m)
{
    int64_t from = m->at;
    uint32_t sheets = (uint32_t)m->sheets;
    put(m, &sheets, sizeof sheets);
    for (size_t i = 0; i < m->sheets; i++) {
        const GridSheet *s = &m->sheet[i];
        uint32_t n[3] = { (uint32_t)s->name.n, s->hidden + 2U * s->date1904, (uint32_t)s->spans };
        int64_t v[4] = { s->from, s->to, s->rows, s->last };
        put(m, n, sizeof n);
        put(m, v, sizeof v);
        put(m, s->name.s, s->name.n);
        if (s->spans) put(m, s->span, s->spans * sizeof *s->span);
    }
    put(m, &from, sizeof from);
    put(m, mark, sizeof mark);
}

static bool read_sheet(Grid *g, Arena *mem, GridSheet *s)
{
    uint32_t n[3];
    int64_t v[4];
    if (!get(g->file, n, sizeof n) || !get(g->file, v, sizeof v)) return false;
    if (n[0] > INDEX_MAX || n[2] > GRID_SPANS) return false;
    char *name = NEW(mem, char, n[0] + 1);
    GridSpan *span = NEW(mem, GridSpan, n[2] + 1);
    *s = (GridSheet){ .name = { name, n[0] }, .hidden = n[1] & 1, .date1904 = n[1] & 2, .from = v[0],
                      .to = v[1], .rows = v[2], .last = v[3], .span = span, .spans = n[2] };
    return get(g->file, name, n[0]) && get(g->file, span, n[2] * sizeof *span);
}

bool grid_open(Grid *g, Arena *mem, const char *path)
{
    int64_t from = 0;
    char end[8];
    uint32_t sheets = 0;
    *g = (Grid){ .file = fopen(path, "rbe") };
    if (!g->file) return false;
    g->buf = arena_room(mem, GRID_ROW_ROOM);
    bool good = fseeko(g->file, -16, SEEK_END) == 0 && get(g->file, &from, sizeof from) && get(g->file,
        end, 8)
             && memcmp(end, mark, 8) == 0 && fseeko(g->file, from, SEEK_SET) == 0
             && get(g->file, &sheets, sizeof sheets) && sheets <= GRID_SHEETS;
    for (size_t i = 0; good && i < sheets; i++) good = read_sheet(g, mem, &g->sheet[g->sheets++]);
    if (!good) grid_close(g);
    return good;
}

void grid_close(Grid *g)
{
    if (g->file) (void)fclose(g->file);
    *g = (Grid){ 0 };
}

/* ---- from any file ----------------------------------------------------------------------------------- */

static bool contains(const char *path, Str what)
{
    char buf[4096 + 64];
    size_t kept = 0, n = 0;
    bool found = false;
    FILE *f = fopen(path, "rbe");
    while (f && !found && (n = fread(buf + kept, 1, 4096, f)) > 0) {
        found = str_has((Str){ buf, kept + n }, what);
        size_t all = kept + n;
        kept = all < what.n ? all : what.n;
        memmove(buf, buf + all - kept, kept);
    }
    if (f) (void)fclose(f);
    return found;
}

/* An OLE file: a workbook that was encrypted, or one of the old kind. */
static GridFault old_kind(const char *path)
{
    static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return contains(path, (Str){ encrypted, sizeof encrypted - 1 }) ? GRID_ENCRYPTED : GRID_OLD_XLS;
}

static bool is_markup(Str head)
{
    static const char *const tags[] = {
        "<html", "<HTML", "<!DOCTYPE", "<table", "<TABLE", "<?xml", "<meta", "<Workbook",
    };
    for (size_t i = 0; i < COUNT(tags); i++) {
        if (str_starts(str_trim(head), str_of(tags[i]))) return true;
    }
    return false;
}

static void read_any(GridMaker *m, const char *path)
{
    char buf[512];
    FILE *f = fopen(path, "rbe");
    size_t n = f ? fread(buf, 1, sizeof buf, f) : 0;
    if (f) (void)fclose(f);
    Str head = { buf, n };
    if (n == 0) grid_fault(m, f ? GRID_EMPTY : GRID_UNREADABLE);
    else if (str_starts(head, S("PK\x03\x04"))) read_xlsx(m, path);
    else if (str_starts(head, S("\xD0\xCF\x11\xE0"))) grid_fault(m, old_kind(path));
    else if (str_starts(head, S("\x09\x08")) || str_starts(head, S("\x09\x04"))) grid_fault(m, GRID_OLD_XLS);
    else if (is_markup(head)) grid_fault(m, GRID_OTHER_BOOK);
    else if (str_starts(head, S("%PDF"))) grid_fault(m, GRID_NO_TABLE);
    else read_csv(m, path);
}

static void check_rows(GridMaker *m)
{
    int64_t rows = 0;
    if (m->fault == GRID_GOOD) m->place = (GridPlace){ 0 };
    for (size_t i = 0; i < m->sheets; i++) rows += m->sheet[i].rows;
    if (rows == 0) grid_fault(m, GRID_EMPTY);
    if (rows > 2 * (int64_t)GRID_LINES) grid_fault(m, GRID_TOO_MANY);
}

GridFault grid_make(Arena *mem, const char *from, const char *to, GridPlace *at)
{
    GridMaker *m = NEW(mem, GridMaker, 1);
    *m = (GridMaker){ .mem = mem, .path = to, .file = fopen(to, "wbe") };
    if (!m->file) return GRID_NO_ROOM;
    (void)setvbuf(m->file, arena_room(mem, BUFFER), _IOFBF, BUFFER);
    m->span = NEW(mem, GridSpan, 1); /* … and as many more: few books have some */
    (void)arena_room(mem, (GRID_SPANS - 1) * sizeof *m->span);
    m->row = (Out){ .buf = arena_room(mem, GRID_ROW_ROOM), .cap = GRID_ROW_ROOM };
    read_any(m, from);
    check_rows(m);
    write_index(m);
    if (fflush(m->file) != 0 || fsync(fileno(m->file)) != 0) grid_fault(m, GRID_NO_ROOM);
    if (fclose(m->file) != 0) grid_fault(m, GRID_NO_ROOM);
    if (m->fault) (void)unlink(to);
    *at = m->place;
    return m->fault;
}
