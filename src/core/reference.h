/*
** Reference data: the tables of the data folder, and above them what an
** administrator imported.  The effective text of a table is its newest version
** in the database, else the file as shipped; versions are only added.  Every
** process makes its Law from the effective texts, and a new one when their
** number has grown; requests that began with the old one end with it.
*/
#ifndef REFERENCE_H
#define REFERENCE_H

#include "core/dated.h"
#include "core/house.h"
#include "law/law.h"

extern const Slice reference_slice;

extern const DatedTable reference_tables[];
extern const size_t     reference_tables_n;
const DatedTable *reference_table(Str word); /* NULL if there is none */

/* At start, after web_prepare(): house->law from the effective texts, house->data
** first.  NULL, or what is wrong as a sentence, which lives in `mem`. */
const char *reference_open(House *h, Db *db, Arena *mem);
/* After all threads ended: frees every law that lies in a block of its own. */
void reference_close(House *h);
/* Looks whether there are newer texts; c->law is what holds afterwards.  True
** if it is another than before.  Never fails c. */
bool reference_follow(Ctx *c);
/* The same for who must not work with an older one: fails c if it cannot see. */
void reference_current(Ctx *c);

/* What is imported: rows of CSV, or for the calendar the JSON of a year. */
typedef struct Import {
    Str  csv;
    Str  mode;    /* "patch": new rows; "whole": the table */
    Str  note;
} Import;

/* Holds a text against the table, stores it unless `dry_run`, and replies with
** the difference.  INVALID names every row that is refused. */
void reference_import(Ctx *c, const DatedTable *table, const Import *in, bool dry_run);

/* Code lists of forms: what c->law knows today. */
extern const Codes region_codes, industry_codes, cause_codes;
/* Chinese names for lists and papers; "" if the code is not known. */
Str code_region(const Ctx *c, Str code);      /* 柳江区 */
Str code_region_path(const Ctx *c, Str code); /* 广西壮族自治区柳州市柳江区 */
Str code_industry(const Ctx *c, Str code);
Str code_cause(const Ctx *c, Str code);

#endif
