/*
** A workbook: a ZIP of XML parts.  What is refused is refused before it is
** unpacked, and again by what it turns out to be.
*/
#include "excel/xlsx.h"

#include <string.h>

enum { CHUNK = 64 * 1024, ENTRIES_MAX = 10000, RATIO_MAX = 200, PARTS = 256, PATH_MAX_BYTES = 512,
    DEPTH_MAX = 64 };
static const int64_t RATIO_FROM = (int64_t)16 * 1024 * 1024, PART_MAX = 3000000000, ALL_MAX = 4000000000;

/* ---- XML ------------------------------------------------------------------------------------ */

typedef struct Reading {
    Xlsx      *x;
    XML_Parser parser;
    const XmlHandlers *h;
    int        depth;
} Reading;

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

Str xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2) {
        if (strcmp(local(attributes[0]), name) == 0) return str_of(attributes[1]);
    }
    return (Str){ 0 };
}

static void stop(Reading *r, GridFault f)
{
    grid_fault(r->x->m, f);
    (void)XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL on_start(void *data, const char *name, const char **attributes)
{
    Reading *r = data;
    if (++r->depth > DEPTH_MAX) stop(r, GRID_UNREADABLE);
    if (r->x->m->fault) (void)XML_StopParser(r->parser, XML_FALSE);
    else r->h->start(r->h->data, local(name), attributes);
}

static void XMLCALL on_end(void *data, const char *name)
{
    Reading *r = data;
    r->depth--;
    if (r->h->end) r->h->end(r->h->data, local(name));
}

static void XMLCALL on_text(void *data, const char *text, int n)
{
    Reading *r = data;
    if (r->h->text) r->h->text(r->h->data, (Str){ text, (size_t)n });
}

static void XMLCALL on_doctype(void *data, const char *name, const char *system, const char *public,
    int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    stop(data, GRID_ENTITIES);
}

static void parse(Reading *r, zip_file_t *part, int64_t size)
{
    int64_t all = 0;
    zip_int64_t n = 0;
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    XML_SetUserData(r->parser, r);
    do {
        void *buf = XML_GetBuffer(r->parser, CHUNK);
        n = buf ? zip_fread(part, buf, CHUNK) : -1;
        all += n > 0 ? n : 0;
        r->x->read += n > 0 ? n : 0;
        bool bomb = n >= 0 && (all > size || r->x->read > ALL_MAX);
        if (bomb) grid_fault(r->x->m, GRID_BOMB);
        else if (n < 0 || XML_ParseBuffer(r->parser, (int)n, n == 0) != XML_STATUS_OK) {
            grid_fault(r->x->m, GRID_UNREADABLE);
        }
    } while (n > 0 && r->x->m->fault == GRID_GOOD);
}

bool xlsx_part(Xlsx *x, Str name, const XmlHandlers *h)
{
    zip_stat_t info;
    Reading r = { .x = x, .h = h };
    if (x->m->fault || name.n == 0 || name.n > PATH_MAX_BYTES) return false;
    if (zip_stat(x->zip, str_c(x->m->mem, name), ZIP_FL_NOCASE, &info) != 0) return false;
    zip_file_t *part = zip_fopen_index(x->zip, info.index, 0);
    r.parser = XML_ParserCreate(NULL);
    if (part && r.parser) parse(&r, part, (int64_t)info.size);
    else grid_fault(x->m, GRID_UNREADABLE);
    if (r.parser) XML_ParserFree(r.parser);
    if (part) (void)zip_fclose(part);
    return true;
}

/* ---- what the ZIP has ------------------------------------------------------------------------- */

static bool ends_with(Str s, Str end)
{
    return s.n >= end.n && str_eq((Str){ s.s + s.n - end.n, end.n }, end);
}

static void check_entry(Xlsx *x, const zip_stat_t *e)
{
    Str name = str_of(e->name);
    int64_t size = (int64_t)e->size, packed = (int64_t)e->comp_size;
    if (ends_with(name, S("vbaProject.bin"))) grid_fault(x->m, GRID_MACROS);
    if (str_eq(name, S("xl/workbook.bin")) || str_eq(name, S("content.xml"))) grid_fault(x->m,
        GRID_OTHER_BOOK);
    if (e->valid & ZIP_STAT_ENCRYPTION_METHOD && e->encryption_method != ZIP_EM_NONE) {
        grid_fault(x->m, GRID_ENCRYPTED);
    }
    bool xml = ends_with(name, S(".xml")) || ends_with(name, S(".rels"));
    bool bomb = size < 0 || size > PART_MAX || (size > RATIO_FROM && size / RATIO_MAX > packed);
    if (xml && bomb) grid_fault(x->m, GRID_BOMB);
}

static void check_entries(Xlsx *x)
{
    zip_int64_t n = zip_get_num_entries(x->zip, 0);
    if (n > ENTRIES_MAX) grid_fault(x->m, GRID_BOMB);
    for (zip_int64_t i = 0; i < n && x->m->fault == GRID_GOOD; i++) {
        zip_stat_t info;
        if (zip_stat_index(x->zip, (zip_uint64_t)i, 0, &info) != 0 || !info.name) grid_fault(x->m,
            GRID_UNREADABLE);
        else check_entry(x, &info);
    }
}

/* ---- which part is what -------------------------------------------------------------------------- */

typedef struct Relation { Str id, target, type; } Relation;

typedef struct Parts {
    Xlsx    *x;
    Relation relation[PARTS];
    size_t   relations;
    Str      folder;       /* targets are beside it */
    struct { Str name, id; bool hidden; } sheet[PARTS];
    size_t   sheets;
} Parts;

/* "worksheets/sheet1.xml" beside xl/workbook.xml, or "/xl/worksheets/sheet1.xml". */
static Str target_path(Parts *p, Str target)
{
    Out o = { .buf = NEW(p->x->m->mem, char, PATH_MAX_BYTES), .cap = PATH_MAX_BYTES };
    if (str_starts(target, S("/"))) return (Str){ target.s + 1, target.n - 1 };
    while (str_starts(target, S("./"))) target = (Str){ target.s + 2, target.n - 2 };
    if (str_starts(target, S("../"))) target = (Str){ target.s + 3, target.n - 3 };
    else out_str(&o, p->folder);
    out_str(&o, target);
    return out_view(&o);
}

static void on_relation(void *data, const char *name, const char **attributes)
{
    Parts *p = data;
    Arena *mem = p->x->m->mem;
    if (strcmp(name, "Relationship") != 0 || p->relations == PARTS) return;
    Str target = str_copy(mem, xml_attribute(attributes, "Target"));
    p->relation[p->relations++] = (Relation){ .id = str_copy(mem, xml_attribute(attributes, "Id")),
        .target = target_path(p, target), .type = str_copy(mem, xml_attribute(attributes, "Type")) };
}

static Str related(const Parts *p, Str type_end, Str id)
{
    for (size_t i = 0; i < p->relations; i++) {
        const Relation *r = &p->relation[i];
        if (id.n ? str_eq(r->id, id) : ends_with(r->type, type_end)) return r->target;
    }
    return (Str){ 0 };
}

static void on_workbook(void *data, const char *name, const char **attributes)
{
    Parts *p = data;
    Arena *mem = p->x->m->mem;
    Str flag = xml_attribute(attributes, "date1904");
    if (strcmp(name, "workbookPr") == 0) p->x->date1904 = str_eq(flag, S("1")) || str_eq(flag, S("true"));
    if (strcmp(name, "sheet") != 0 || p->sheets == PARTS) return;
    Str state = xml_attribute(attributes, "state");
    p->sheet[p->sheets].name = str_copy(mem, xml_attribute(attributes, "name"));
    p->sheet[p->sheets].id = str_copy(mem, xml_attribute(attributes, "id"));
    p->sheet[p->sheets++].hidden = str_eq(state, S("hidden")) || str_eq(state, S("veryHidden"));
}

/* "xl/workbook.xml" → "xl/_rels/workbook.xml.rels"; *folder becomes "xl/". */
static Str relations_of(Arena *mem, Str part, Str *folder)
{
    Out o = { .buf = NEW(mem, char, PATH_MAX_BYTES), .cap = PATH_MAX_BYTES };
    size_t slash = part.n;
    while (slash && part.s[slash - 1] != '/') slash--;
    *folder = (Str){ part.s, slash };
    out_str(&o, *folder);
    out_str(&o, S("_rels/"));
    out_str(&o, (Str){ part.s + slash, part.n - slash });
    out_str(&o, S(".rels"));
    return out_view(&o);
}

static void on_type(void *data, const char *name, const char **attributes)
{
    Xlsx *x = data;
    (void)name;
    Str type = xml_attribute(attributes, "ContentType");
    if (str_has(type, S("macroEnabled"))) grid_fault(x->m, GRID_MACROS);
}

static void read_book(Xlsx *x)
{
    Parts *p = NEW(x->m->mem, Parts, 1);
    p->x = x;
    XmlHandlers relations = { .data = p, .start = on_relation }, workbook = { .data = p,
        .start = on_workbook };
    (void)xlsx_part(x, S("[Content_Types].xml"), &(XmlHandlers){ .data = x, .start = on_type });
    (void)xlsx_part(x, S("_rels/.rels"), &relations);
    Str book = related(p, S("/officeDocument"), (Str){ 0 });
    if (book.n == 0) book = S("xl/workbook.xml");
    p->relations = 0;
    (void)xlsx_part(x, relations_of(x->m->mem, book, &p->folder), &relations);
    if (!xlsx_part(x, book, &workbook)) grid_fault(x->m, GRID_NO_TABLE);
    xlsx_styles(x, related(p, S("/styles"), (Str){ 0 }));
    xlsx_strings(x, related(p, S("/sharedStrings"), (Str){ 0 }));
    for (size_t i = 0; i < p->sheets; i++) {
        Str part = related(p, (Str){ 0 }, p->sheet[i].id);
        if (part.n == 0 || !str_has(part, S("sheet"))) continue; /* charts have other parts */
        grid_sheet(x->m, p->sheet[i].name, p->sheet[i].hidden);
        if (!x->m->fault) x->m->sheet[x->m->sheets - 1].date1904 = x->date1904;
        xlsx_sheet(x, part);
        grid_sheet_end(x->m);
    }
}

void read_xlsx(GridMaker *m, const char *path)
{
    Xlsx *x = NEW(m->mem, Xlsx, 1);
    x->m = m;
    x->zip = zip_open(path, ZIP_RDONLY, NULL);
    if (!x->zip) {
        grid_fault(m, GRID_UNREADABLE);
        return;
    }
    x->strings = strings_open(m->mem);
    check_entries(x);
    read_book(x);
    if (strings_broken(x->strings)) grid_fault(m, GRID_NO_ROOM);
    strings_close(x->strings);
    zip_discard(x->zip);
}
