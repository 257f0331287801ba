/*
** For the reference_*.c files alone: the stored rows, and what they share.
*/
#ifndef REFERENCE_ROW_H
#define REFERENCE_ROW_H

#include "core/reference.h"

/* A version of a table, as stored. */
typedef struct ReferenceFile {
    Id      id;
    Str     name;     /* DatedTable.word */
    int64_t version;
    Str     text;
    Str     digest;
    Id      imported_by;
    Time    imported_at;
    Str     note;
    int64_t added, ended, changed, removed, moved;
    int64_t edition;  /* how many there are of all tables */
} ReferenceFile;

extern const Form  reference_file_form;
extern const Query q_reference_add;

void reference_list(Ctx *c);     /* GET /api/v1/reference */
void reference_show(Ctx *c);     /* GET /api/v1/reference/:name */
extern const Form reference_ask_form, reference_head_form;
void reference_post(Ctx *c);     /* POST /api/v1/reference/:name */
extern const Form import_form, import_how_form, imported_form;

/* The table the route names, if c's person may see it; else NULL and c failed. */
const DatedTable *reference_named(Ctx *c);

/* {"year":2027,"days":[{"name":…,"date":…,"isOffDay":…}]} as rows of the calendar.
** "" with *fault set if it is not that. */
Str holidays_csv(Arena *mem, Str json, const char **fault);

#endif
