/*
** For the files of this folder that deal with case subsidies: a claim, what each
** mediator gets of it, and its way.
**
**   PROPOSED by a mediator, CHECKED by the head, APPROVED by the bureau, LISTED on a
**   pay list, PAID; REFUSED before that; RECOVERING and RECOVERED when the case turns
**   out to be a sham.
*/
#ifndef SUBSIDY_ROW_H
#define SUBSIDY_ROW_H

#include "law/subsidy.h"
#include "oversight/funds/funds.h"

typedef struct Subsidy {
    Id      id, case_id;
    Str     case_no;
    Id      org;
    Str     org_path, kind, result;
    int64_t workers;
    bool    confirmed, on_spot;
    Money   base, bonus, total, pay; /* pay: what the mediators get of it */
    int64_t percent, month;          /* 202605: in which the file was archived */
    Str     working;                 /* how it was computed, line by line */
    Str     state;
    Id      alike_case;              /* the file most like this one; 0: none is */
    Str     alike_no;
    int64_t alike_percent;
    Id      made_by;
    Time    made_at;
    int64_t version;
    Rows    shares;                  /* in answers */
} Subsidy;

typedef struct Share {
    Id      id, subsidy_id, case_id, mediator_id, user_id;
    Str     name;
    int64_t weight;
    bool    excluded;
    Str     grade;               /* of the last year assessed; "" */
    Money   share, withheld, cut, pay;
} Share;

extern const Form  subsidy_form, share_form;
extern const Codes subsidy_kinds, subsidy_results, subsidy_states;
extern const Move  subsidy_moves[];
#define SUBSIDY_APART S("propose check approve pay")

Rows subsidy_shares(Ctx *c, Id subsidy_id);
/* As c's person sees them: one (else NOT_FOUND), a mediator's of a month. */
bool subsidy_find(Ctx *c, Id id, Subsidy *s);
Rows subsidies_of(Ctx *c, Id mediator_id, int64_t month);
/* A step of the way; nobody decides on what they are paid themselves. */
void subsidy_step(Ctx *c, Subsidy *s, Str event, Str why);
/* Those of a month are given back what a claim took of it. */
void payee_give_back(Ctx *c, const Subsidy *s);
bool case_is_sham(Ctx *c, Id case_id);

/* Who is paid, and where to. */
typedef struct Payee {
    Id      mediator_id;
    Str     org_path, name;
    bool    public_post; /* staff on a public post: paid no subsidy */
    Str     basis;       /* how that is known */
    Str     bank, account, holder;
    int64_t version;
    int64_t month, taken;
    Id      after;
} Payee;
bool payee_find(Ctx *c, Id mediator_id, Payee *p);
/* What the mediator has of the month already; nobody else changes it meanwhile. */
int64_t payee_taken(Ctx *c, Id mediator_id, int64_t month);
void payee_take(Ctx *c, Id mediator_id, int64_t month, int64_t fen);

/* Signs the case's file and finds the one most like it: its percent, id and number. */
int64_t copy_find(Ctx *c, Id case_id, Str org_path, Id *other, Str *no);

#endif
