/*
** Is it ours?  The scope classes with their switches, and the routes for what
** is not.  劳动争议调解仲裁法 2 (2008), 劳动人事争议仲裁办案规则 2 (2017),
** 司法解释（一） 1-2 (2020), 超龄劳动者基本权益保障暂行规定 19 (2026).  data/routes.csv:
** code,kind,zh,en,route_zh,route_en,basis,from,to
*/
#ifndef SCOPE_H
#define SCOPE_H

#include "law/cause.h"
#include "law/param.h"
#include "law/scope_facts.h"
#include "law/scope_words.h"

typedef struct Refusal {
    Str     code;
    Verdict kind; /* REJECT, REFER, STOP or WARN */
    Str     zh, en, route_zh, route_en, basis;
    Date    from, to;
} Refusal;

typedef struct Refusals {
    Refusal *row;
    size_t n, cap;
} Refusals;

void refusals_init(Refusals *r, Arena *mem, size_t cap);
void refusals_add(Refusals *r, Refusal row);
bool refusals_read(Refusals *r, Arena *mem, Str text, Sheet *sheet);
const Refusal *refusal_find(const Refusals *r, Str code, Date day); /* NULL if none is in force */

/* What the rules look up. */
typedef struct ScopeLaw {
    const Params *params;
    const Causes *causes;
    const Refusals *routes;
} ScopeLaw;

typedef struct ScopeFacts {
    EmployerKind employer;
    Relation relation;
    uint32_t matters;  /* set: M_GRADE_OBJECTION ... */
    Str      causes;   /* codes separated by blanks, the main one first */
    Str      region;   /* of the centre */
    Date     filed;    /* the day the rules are those of */
    Date     occurred; /* when the dispute or the injury arose; {0} is `filed` */
    Date     birth;    /* the worker's; {0} if unknown or the worker is many */
    uint32_t open;     /* the centre's classes: SC_1 | SC_2 ...; scope_set reads them */
} ScopeFacts;

enum { SCOPE_NOTES = 8 };

typedef struct Decision {
    Verdict verdict;
    Scope   scope;          /* SCOPE_NONE unless accepted (perhaps with warnings) or switched off */
    bool    mediation_only; /* no arbitration on it: SC6 */
    const Refusal *route;   /* of REJECT, REFER and STOP; NULL if accepted or switched off */
    const Refusal *note[SCOPE_NOTES]; /* and what else to tell: NR7, NR15, NR16 for some causes */
    size_t  notes;
    Str     missing;        /* a cause, route or parameter the data does not have */
} Decision;

/* Classes for which WARN is given without note: a person has to look (relation and
** employer do not fit). */
Decision scope_decide(const ScopeLaw *law, const ScopeFacts *facts);

#endif
