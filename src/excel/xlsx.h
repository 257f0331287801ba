/* The parts of a workbook, as xlsx.c hands them to xlsx_sheet.c. */
#ifndef EXCEL_XLSX_H
#define EXCEL_XLSX_H

#include "excel/grid_write.h"

#include <expat.h>
#include <zip.h>

enum { XLSX_STYLES = 65536 };

typedef struct Strings Strings; /* the shared ones */

typedef struct Xlsx {
    GridMaker *m;
    zip_t     *zip;
    int64_t    read;                 /* bytes so far, of all parts */
    bool       date1904;
    unsigned char date[XLSX_STYLES / 8]; /* which styles show dates */
    size_t     styles;
    Strings   *strings;
} Xlsx;

typedef struct XmlHandlers {
    void *data;
    void (*start)(void *data, const char *name, const char **attributes); /* names without prefix */
    void (*end)(void *data, const char *name);
    void (*text)(void *data, Str text);
} XmlHandlers;

/* Parses one part; false if there is none of this name.  Faults go to x->m. */
bool xlsx_part(Xlsx *x, Str name, const XmlHandlers *h);
Str  xml_attribute(const char **attributes, const char *name); /* "" if absent; names without prefix */

Strings *strings_open(Arena *mem);
void     strings_close(Strings *s);
void     strings_add(Strings *s, Str text);
/* "" if there is no such one; lives until the next call. */
Str      strings_get(Strings *s, int64_t index);
bool     strings_broken(const Strings *s);

void xlsx_styles(Xlsx *x, Str part);
bool is_date_format(Str code); /* of a custom number format */
void xlsx_strings(Xlsx *x, Str part);
void xlsx_sheet(Xlsx *x, Str part);

#endif
