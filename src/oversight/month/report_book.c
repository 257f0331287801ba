/* The report as a workbook: the same rows give the same bytes. */
#include "excel/table.h"
#include "law/period.h"
#include "oversight/month/part.h"

#include <stdio.h>

enum { LABEL_WIDTH = 34, VALUE_WIDTH = 18, PLACE_WIDTH = 8 };

static const struct Names { const char *zh, *en; } names[] = {
    { "栏次", "column" }, { "项目", "line" }, { "数值", "value" }, { "来源", "from" },
};

static Str named(size_t i, bool english)
{
    return str_of(english ? names[i].en : names[i].zh);
}

static void value_cell(Ctx *c, Table *t, const ReportLine *line, const Report *r)
{
    int64_t n = r->lines.n[line->no];
    bool plain = !str_eq(line->unit, S("tenth of a day")) && !str_eq(line->unit, S("hundredth"));
    Out o = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    if (line->no == LINE_ANALYSIS) {
        table_text(t, r->analysis);
    } else if (plain && str_eq(line->unit, S("fen"))) {
        table_sum(t, (Money){ n });
    } else if (plain) {
        table_number(t, n);
    } else {
        report_amount(&o, line->unit, n);
        table_text(t, out_view(&o));
    }
}

/* "第2版，第1次更正：漏报一场 SHA-256 b354c1c616caaf3e" */
static Str version_of(Ctx *c, const Part *p, bool english)
{
    Str text = part_text(c, p, english);
    Out o = { .buf = NEW(c->mem, char, text.n + p->reason.n + 60), .cap = text.n + p->reason.n + 60 };
    out_str(&o, text);
    if (p->reason.n) out_str(&o, english ? S(": ") : S("："));
    out_str(&o, p->reason);
    if (p->digest.n) out_str(&o, S(" SHA-256 "));
    if (p->digest.n) out_str(&o, (Str){ p->digest.s, 16 });
    return out_view(&o);
}

/* From which versions: what the months above are the sum of. */
static void write_parts(Ctx *c, const Report *r, bool english, Table *t)
{
    for (size_t i = 0; i < r->parts.n; i++) {
        const Part *p = (const Part *)r->parts.at + i;
        Out what = { .buf = NEW(c->mem, char, 200), .cap = 200 };
        period_write(&what, p->month);
        out_str(&what, S(" "));
        out_str(&what, part_source(p, english));
        table_text(t, named(3, english));
        table_text(t, out_view(&what));
        table_text(t, version_of(c, p, english));
        table_row(t);
    }
}

static bool write_rows(Ctx *c, const Report *r, bool english, FILE *to, TablePart *part)
{
    const ReportLaw *law = &c->law->report;
    Table *t = table_open(c->mem, to, true, (TablePart){ 0 });
    for (size_t i = 0; i < law->lines; i++) {
        const ReportLine *line = &law->line[i];
        Out place = { .buf = NEW(c->mem, char, 16), .cap = 16 };
        out_str(&place, line->column);
        out_str(&place, line->sub);
        table_text(t, out_view(&place));
        table_text(t, english ? line->label.en : line->label.zh);
        value_cell(c, t, line, r);
        table_row(t);
    }
    write_parts(c, r, english, t);
    return table_close(t, part);
}

static Str span(Ctx *c, const Report *r)
{
    Out o = { .buf = NEW(c->mem, char, 80), .cap = 80 };
    out_date(&o, r->since);
    out_str(&o, S(" — "));
    out_date(&o, date_plus(r->until, -1));
    out_str(&o, S("  " REPORT_DEFINITION));
    return out_view(&o);
}

/* What the file has, behind what `o` has. */
static bool take(Out *o, FILE *from)
{
    if (fseek(from, 0, SEEK_SET) != 0) return false;
    size_t n = fread(o->buf + o->len, 1, o->cap - o->len, from);
    o->len += n;
    return n > 0 && fgetc(from) == EOF;
}

bool report_book(Ctx *c, Out *o, const Report *r, bool english)
{
    const TableColumn column[] = {
        { named(0, english), PLACE_WIDTH }, { named(1, english), LABEL_WIDTH }, { named(2, english),
            VALUE_WIDTH },
    };
    TableHead head = { .title = report_title(r, english), .line = { r->name, span(c, r) }, .column = column,
                       .columns = COUNT(column), .xlsx = true };
    TablePart part = { 0 };
    FILE *rows = tmpfile(), *whole = tmpfile();
    bool good = rows && whole && write_rows(c, r, english, rows, &part) && fseek(rows, 0, SEEK_SET) == 0
             && table_whole(c->mem, &head, &part, rows, whole) && take(o, whole);
    if (rows) (void)fclose(rows);
    if (whole) (void)fclose(whole);
    return good;
}
