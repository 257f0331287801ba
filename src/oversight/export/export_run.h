/* An export on its way: its row, its files, and the job that makes it. */
#ifndef EXPORT_RUN_H
#define EXPORT_RUN_H

#include "oversight/export/export.h"

typedef struct Export {
    Id      id;
    Str     kind, format;
    Str     asked;       /* the list's query string */
    Str     filter;      /* the same in words */
    bool    whole;       /* personal columns unmasked */
    Str     reason;
    Str     state, why;
    int64_t rows, raw, packed, crc; /* TablePart */
    Str     after;       /* where the list goes on */
    int64_t size;        /* of the file */
    Id      by_id;
    Str     by_name, roles; /* as whom the list is read */
    Id      org;
    Str     org_path;
    Time    at, done_at;
    int64_t n;           /* of others that wait */
    int64_t was;         /* rows there were before this step */
} Export;

extern const Form  export_form;
extern const Query export_step_get, export_step_set;

const ExportKind *export_kind_of(Str word);          /* NULL if there is none */
const Route *export_route(Ctx *c, const ExportKind *kind); /* NULL after FORBIDDEN */
Str  export_path(Ctx *c, Id id, const char *ending); /* of its files in the data folder */
void export_step(Ctx *c, Id id);

#endif
