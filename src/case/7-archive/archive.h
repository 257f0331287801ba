/*
** Closing, archiving, keeping and reopening (T35 to T37): the file's volumes and
** what is missing in them, the seal over every row of the case, how long it is
** kept.  劳动人事争议仲裁办案规则 22-24 (2017), by analogy; 档案法实施条例 19, 24 (2024).
*/
#ifndef ARCHIVE_H
#define ARCHIVE_H

#include "case/case.h"

/* What was archived, each time; never changed: a reopened case keeps its old seal. */
/* 1: as at first; 2: how the claims changed, and what was computed and kept, too. */
enum { SEAL_EDITION = 2 };

typedef struct Seal {
    Id      id, case_id;
    Str     no;     /* archive number */
    Str     seal;   /* SHA-256, chained over the rows */
    Str     sub;    /* the same over the sub-volume's rows: private notes */
    int64_t lines;  /* rows sealed, of both */
    int64_t edition; /* which rows a seal is taken over: SEAL_EDITION of its day */
    Time    at;
    Id      by_id;
    bool    good;   /* in answers: the rows are still those */
    Str     present; /* in answers: their seal now */
    Out    *text;    /* where the rows are written too; NULL: nowhere */
} Seal;

/* A row of a volume, and what the case has of it. */
typedef struct Content {
    Str     volume, label, en, papers, need, basis;
    int64_t no, items;
    bool    required, missing;
} Content;

/* How long, and since when it may be destroyed. */
typedef struct Keep {
    Id      case_id;
    Date    award_on;      /* a later award or judgment */
    Str     award_no;
    bool    model;         /* a typical case: kept for ever */
    Date    appraised_on;  /* agreed by two */
    Str     appraisal;     /* why */
    Id      appraised_by;  /* the second of them */
    Str     decision;      /* DESTROY, KEEP */
    Date    until;         /* kept longer than the rule says; none: not */
    Date    destroyed_on;
    Str     code, matter, basis; /* in answers */
    int64_t years;         /* 0: for ever */
    Date    first, last;   /* last is stored too, for the list of what is due */
    bool    destroyable;
    Str     why;           /* why not */
} Keep;

extern const Form  seal_form, content_form, keep_form;
extern const Slice archive_slice, seal_slice, keep_slice, appraisal_slice, loan_slice;

/* Every row of every volume; *missing counts those that lack something. */
Rows dossier_of(Ctx *c, const Case *k, size_t *missing);
/* The chained digest of all rows of the case as they are now, as s->edition takes it. */
void seal_take(Ctx *c, const Case *k, Seal *s);
/* The same, and the rows themselves, a line each: of main and sub-volume. */
void seal_rows(Ctx *c, const Case *k, Seal *s, Out *rows, Out *sub);
Str  seal_number(Ctx *c, Id case_id); /* the latest archive number; "" */
bool seal_last(Ctx *c, Id case_id, Seal *s);
void seal_add(Ctx *c, const Case *k);

bool loan_out(Ctx *c, Id case_id); /* somebody has it */
void keep_of(Ctx *c, const Case *k, Keep *p);
void keep_save(Ctx *c, const Case *k, Keep *p); /* with what follows from it, in *p too */

#endif
