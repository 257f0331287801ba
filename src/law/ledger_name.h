/*
** What ledgers of other offices call the columns of ours, and what they write
** in them: data/ledger_names.csv, `field`, `word` and another `name` for it.
** Field "column" names columns; outcome, cause, channel … the words in them.
** Names are compared by ledger_name_plain(): letters and digits alone.
*/
#ifndef LEDGER_NAME_H
#define LEDGER_NAME_H

#include "law/hanzi.h"
#include "law/sheet.h"

typedef struct LedgerName {
    Str word, name; /* `name` is plain */
} LedgerName;

enum { LEDGER_FIELDS = 32 };

typedef struct LedgerNames {
    LedgerName *row;
    size_t      n;
    struct { Str field; size_t first, n; } field[LEDGER_FIELDS];
    size_t      fields;
    uint16_t   *slot; /* where ledger_word() finds a row: one after its place; 0: none */
} LedgerNames;

bool ledger_names_read(LedgerNames *names, Arena *mem, Str text, const HanziTable *hanzi, Sheet *sheet);
/* All names of a field; *n says how many. */
const LedgerName *ledger_names_of(const LedgerNames *names, Str field, size_t *n);
/* The word for which `plain` is another name; "" if there is none. */
Str ledger_word(const LedgerNames *names, Str field, Str plain);

/* Without blanks, punctuation and brackets; letters in capitals, variants and traditional characters as the
** common ones.  `bare`: without what stands in brackets, too. */
Str ledger_name_plain(const HanziTable *hanzi, Arena *a, Str name, bool bare);

#endif
