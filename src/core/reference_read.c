/* Looking at the tables: from the request's law, so without the database. */
#include "core/limits.h"
#include "core/reference_row.h"
#include "core/web.h"

typedef struct TableHead {
    Str     name, zh, en, file;
    int64_t version;
    bool    may_change;
} TableHead;

static const Field head_fields[] = {
    FIELD(TableHead, name,       .label = "表",     .en = "table"),
    FIELD(TableHead, zh,         .label = "名称",   .en = "Chinese name"),
    FIELD(TableHead, en,         .label = "英文名", .en = "English name"),
    FIELD(TableHead, file,       .label = "文件",   .en = "file"),
    FIELD(TableHead, version,    .label = "版本",   .en = "version; 0: as shipped"),
    FIELD(TableHead, may_change, .label = "可导入", .en = "may be imported by the asker"),
};
const Form reference_head_form = FORM(TableHead, head_fields);

typedef struct Ask {
    Str     parent, q;
    Date    on;
    bool    all;
    int64_t after, limit;
} Ask;

static const Field ask_fields[] = {
    FIELD(Ask, parent, .label = "上级",       .en = "parent code", .max = 20),
    FIELD(Ask, q,      .label = "查找",       .en = "text to look for", .max = 60),
    FIELD(Ask, on,     .label = "生效日",     .en = "in force on (today)"),
    FIELD(Ask, all,    .label = "含历史和将来", .en = "past and coming rows too"),
    FIELD(Ask, after,  .label = "从第几行起", .en = "after this row"),
    FIELD(Ask, limit,  .label = "每页",       .en = "rows a page", .max = PAGE_MAX),
};
const Form reference_ask_form = FORM(Ask, ask_fields);

void reference_list(Ctx *c)
{
    TableHead *head = NEW(c->mem, TableHead, reference_tables_n);
    for (size_t i = 0; i < reference_tables_n; i++) {
        const DatedTable *t = &reference_tables[i];
        const LawFile *file = law_file(c->law, t->file);
        head[i] = (TableHead){ str_of(t->word), str_of(t->zh), str_of(t->en), str_of(t->file),
                               file ? file->version : 0, (c->who.roles & SYS_ADMIN) != 0 };
    }
    reply_rows(c, &reference_head_form, (Rows){ head, reference_tables_n }, (Str){ 0 });
}

/* ---- rows ------------------------------------------------------------------------------- */

/* What is asked, and how far the answer is. */
typedef struct Page {
    Ctx *c;
    const DatedTable *table;
    Ask     ask;
    bool    nested;   /* the table has a column "parent" */
    int64_t seen, written;
    bool    more;
} Page;

static bool row_in_force(const Page *p, const Csv *csv)
{
    const DatedTable *t = p->table;
    Date from = date_parse(csv_cell(csv, str_of(t->from)));
    if (p->ask.all || t->from[0] == 0) return true;
    if (t->to[0] == 0) return p->ask.on.day == 0 || from.day == p->ask.on.day;
    Date day = p->ask.on.day ? p->ask.on : p->c->today;
    return in_force(from, date_parse(csv_cell(csv, str_of(t->to))), day);
}

static bool row_has(const Csv *csv, Str part)
{
    for (size_t i = 0; i < csv->cells; i++) {
        if (str_has(csv->cell[i], part)) return true;
    }
    return part.n == 0;
}

/* A search goes through all levels below the parent; else one level is shown. */
static bool row_is_asked(const Page *p, const Csv *csv)
{
    bool child = str_eq(csv_cell(csv, S("parent")), p->ask.parent);
    bool below = str_starts(csv_cell(csv, S("code")), p->ask.parent);
    if (p->nested && !p->ask.all && p->ask.q.n == 0 && !child) return false;
    if (p->nested && !below && !child) return false;
    return row_in_force(p, csv) && row_has(csv, p->ask.q);
}

static void write_row(Page *p, const Csv *csv)
{
    Out *o = &p->c->out;
    out_str(o, p->written ? S(",{") : S("{"));
    for (size_t i = 0; i < csv->columns; i++) {
        if (i) out_str(o, S(","));
        out_json(o, csv->head[i]);
        out_str(o, S(":"));
        out_json(o, csv->cell[i]);
    }
    out_str(o, S("}"));
    p->written++;
}

/* False when the page is full and there is another row. */
static bool take_row(Page *p, const Csv *csv)
{
    if (!row_is_asked(p, csv) || p->seen++ < p->ask.after) return true;
    p->more = p->written == p->ask.limit;
    if (!p->more) write_row(p, csv);
    return !p->more;
}

static void take_text(Page *p, Str text)
{
    Csv csv;
    csv_open(&csv, p->c->mem, text);
    p->nested = csv_has(&csv, S("parent"));
    while (csv_next(&csv) && take_row(p, &csv)) continue;
}

/* Divisions have an index: a county's towns are found without reading them all. */
static void take_regions(Page *p)
{
    const Places *places = &p->c->law->places;
    PlaceSpan span = region_span(places, p->ask.parent);
    size_t below = p->ask.parent.n == 6 ? 9 : p->ask.parent.n + 2;
    bool level = p->ask.q.n == 0 && !p->ask.all;
    p->nested = true;
    for (size_t i = span.first; i < span.first + span.n; i++) {
        Csv csv;
        if (level && places->row[i].digits != below) continue;
        if (!str_has(place_line(places, &places->row[i]), p->ask.q)) continue;
        place_row(places, &places->row[i], p->c->mem, &csv);
        if (!take_row(p, &csv)) return;
    }
}

/* Two versions of a table never have the same tag, nor those of two releases. */
static void tag(Ctx *c, const DatedTable *t, const LawFile *file)
{
    Out o = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    out_str(&o, S("\""));
    out_int(&o, file->version);
    out_str(&o, S("-"));
    out_int(&o, file->digest);
    out_str(&o, S("\""));
    header(c, S("ETag"), out_view(&o));
    header(c, S("Cache-Control"), t->readers & ANYBODY ? S("public, max-age=300") : S("private, no-cache"));
}

static void write_page(Page *p, const LawFile *file)
{
    Ctx *c = p->c;
    out_str(&c->out, S("{\"name\":"));
    out_json(&c->out, str_of(p->table->word));
    out_str(&c->out, S(",\"version\":"));
    out_int(&c->out, file->version);
    out_str(&c->out, S(",\"items\":["));
    if (str_eq(str_of(p->table->word), S("regions"))) take_regions(p);
    else take_text(p, file->text);
    out_str(&c->out, S("],\"next\":\""));
    if (p->more) out_int(&c->out, p->ask.after + p->written);
    out_str(&c->out, S("\"}"));
}

void reference_show(Ctx *c)
{
    Page p = { .c = c, .table = reference_named(c) };
    form_read_query(c, &reference_ask_form, &p.ask);
    if (!ok(c)) return;
    const LawFile *file = law_file(c->law, p.table->file);
    BUG_IF(!file);
    if (p.ask.limit == 0) p.ask.limit = PAGE_MAX;
    c->status = 200;
    tag(c, p.table, file);
    write_page(&p, file);
}
