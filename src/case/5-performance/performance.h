/*
** Performance (履行监督): what an agreement in force obliges to, paid or not,
** from ST_EFFECTIVE to ST_PERFORMED.  Overdue from 00:00 after the due day; the
** system fires that, people cure it.  劳动争议调解仲裁法 15 (2008); 民法典 203 (2020).
*/
#ifndef CASE_PERFORMANCE_H
#define CASE_PERFORMANCE_H

#include "case/4-agreement/agreement.h"

/* An obligation and where it stands; its id is the obligation's. */
typedef struct Owing {
    Id      id, case_id;
    int64_t no;
    Str     duty, money;
    Id      debtor_id;
    Str     creditor_ids;
    Str     joint_ids;    /* who is liable for it with the debtor */
    Str     what;
    Money   amount, paid;
    Date    due, done;    /* in effect; performed in full on */
    bool    waived, enforced, open;
    bool    late;         /* found overdue by the clock */
    Str     standing;     /* in answers: STANDING_… */
    Date    day;          /* a parameter */
} Owing;

/* What was paid or done: counts at once when it is proved, else when the
** creditor confirms it. */
typedef struct Payment {
    Id    id, case_id, owing_id;
    Money amount;
    Date  day;
    Str   file;           /* SHA-256 of the proof */
    Str   note;
    Str   side;           /* who says so; "" is staff */
    Id    by_id;
    bool  counted;
    Id    confirmed_by;
    Time  confirmed_at;
} Payment;

/* Urging the debtor (D18), or telling the creditor of the remedies. */
typedef struct Urging {
    Id   id, case_id;
    Str  kind;            /* URGE REMEDIES */
    Str  way;             /* PERSON PHONE SMS POST */
    Date day;
    Str  note, file;
    Id   by_id;
} Urging;

/* How all of it stands on a day. */
typedef struct Progress {
    int64_t open, overdue;
    int64_t fell_due, performed; /* due by now or done already; of these, performed */
    Money   total, paid, due, overdue_amount;
    bool    accelerated;
    Date    rest_due, next, first_overdue;
    Rows    obligations, payments, urgings;
} Progress;

extern const Form  owing_form, payment_form, urging_form, progress_form;
extern const Slice performance_slice, default_slice, remedies_slice;

Rows owings_of(Ctx *c, Id case_id);
Rows payments_of(Ctx *c, Id case_id);
Rows urgings_of(Ctx *c, Id case_id);
/* Without its rows of payments and urgings. */
void progress_of(Ctx *c, const Case *k, Progress *p);
int64_t urgings_count(Ctx *c, Id case_id, Str kind);

/* What the facts ask for now; EV__NONE: the state is right as it is. */
Event progress_event(Ctx *c, const Case *k);
/* Fires that, if c's person may; otherwise asks for somebody who may. */
void progress_settle(Ctx *c, Case *k);

#endif
