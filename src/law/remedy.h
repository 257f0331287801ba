/*
** What each side may do about a mediation agreement on a day: until when, with
** which paper, on which article, and why not the others (domain.md 2.9, 2.10).
** Pure: the day is given.  It never decides whether a claim is barred.
*/
#ifndef REMEDY_H
#define REMEDY_H

#include "law/calculator.h"
#include "law/law.h"
#include "law/remedy_text.h"

typedef enum TermKind {
    TERM_PAY, TERM_MEDICAL, TERM_COMPENSATION, TERM_DAMAGES, TERM_INSURANCE, TERM_CERTIFICATE, TERM_RELATION,
    TERM_REINSTATE, TERM_OTHER,
} TermKind;

typedef enum TermState { TERM_PLANNED, TERM_DUE, TERM_PART, TERM_OVERDUE, TERM_PAID } TermState;

typedef struct Term {
    int64_t   v[RT__COUNT];
    bool      given[RT__COUNT];
    Str       name;
    Date      due;     /* effective: a rest day moved on */
    int64_t   owed_fen;
    TermState state;
    bool      now;     /* owed today: overdue, or by acceleration */
} Term;

typedef struct Agreement {
    int64_t v[RF__COUNT];
    bool    given[RF__COUNT];
    Str     region;
    Term   *term;
    size_t  terms;
} Agreement;

typedef enum RemedyStatus { REMEDY_CLOSED, REMEDY_OPEN, REMEDY_LATER, REMEDY_LOCKED } RemedyStatus;

enum { REMEDY_WHYS = 4, REMEDY_WARNINGS = 16 };

typedef struct Remedy {
    RemedyStatus status;
    Date         until;     /* the last day; 0 = none is set */
    bool         provisional; /* it rests on a year without an official calendar */
    int64_t      amount_fen;
    Text         basis;     /* of the clock, if one runs; else the remedy's own */
    RemedyWord   why[REMEDY_WHYS];
    size_t       whys;
} Remedy;

typedef struct Remedies {
    const char *state;      /* not_effective, performing, defaulted, performed */
    int64_t     owed_fen, due_now_fen;
    bool        sham;
    Remedy      remedy[RM__COUNT];
    RemedyWord  warning[REMEDY_WARNINGS];
    size_t      warnings;
} Remedies;

typedef struct RemedyLaw {
    const Law      *law;
    const CalcData *data;
} RemedyLaw;

/* Fills each term's due, owed_fen, state and now. */
void remedies_find(const RemedyLaw *law, Agreement *a, Arena *mem, Remedies *r);

Text remedy_word(RemedyWord w);
const char *remedy_word_code(RemedyWord w); /* LATE */

#endif
