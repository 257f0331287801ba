/*
** What a case's file is made of: the papers (data/papers.csv), the volumes with
** their contents in order (data/archive_checklist.csv), and the columns of the
** registration ledger (data/ledger_columns.csv).
*/
#ifndef DOSSIER_H
#define DOSSIER_H

#include "law/phrase.h"
#include "law/sheet.h"

typedef struct PaperRule {
    Str  no;      /* D03 */
    Text label;
    Str  from, to; /* who makes it, who receives it: words */
    Str  volume;  /* main, sub; "": in no file */
    Str  word;    /* 受: what its numbers say; "": nothing */
    Str  text;    /* its templates: papers/D03.txt */
} PaperRule;

/* When a row of a volume must have something in it. */
#define NEEDS(X)                                                                            \
    X(GENERATED, "generated") X(IF_ANY, "if_any") X(ONE, "one") X(ONE_IF_ACCEPTED, "one_if_accepted") \
    X(ALL_IF_ACCEPTED, "all_if_accepted") X(ALL_IF_MEDIATED, "all_if_mediated")             \
    X(ONE_IF_AGREEMENT, "one_if_agreement")
#define AS_NEED(n, word) NEED_##n,
typedef enum Need { NEEDS(AS_NEED) NEED__COUNT } Need;
#undef AS_NEED

typedef struct VolumeRow {
    Str     volume; /* main, sub */
    int64_t no;
    Str     key;    /* what the program calls it: evidence */
    Text    label;
    Str     papers; /* words */
    Str     variant; /* which of several of the same number: its word, or "first"; "": all */
    Need    need;
    Str     basis;
} VolumeRow;

typedef struct LedgerColumn {
    Str  key;
    Text label;
} LedgerColumn;

typedef struct Dossier {
    PaperRule    *paper;
    size_t        papers;
    VolumeRow    *row;
    size_t        rows;
    LedgerColumn *column;
    size_t        columns;
} Dossier;

const PaperRule *paper_find(const Dossier *d, Str no); /* NULL if unknown */
const char      *need_word(Need n);

/* Each fills its part; what is wrong is left in `sheet`. */
bool dossier_read_papers(Dossier *d, Arena *mem, Str text, Sheet *sheet);
bool dossier_read_volumes(Dossier *d, Arena *mem, Str text, Sheet *sheet);
bool dossier_read_ledger(Dossier *d, Arena *mem, Str text, Sheet *sheet);

#endif
