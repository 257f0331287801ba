/*
** A case's life in the demo: a row of life.c's table of paths says what happens
** one after the other, its acts do it through the API.  All that chance decides
** follows from the seed and the case's number, so a life can be taken up again.
*/
#ifndef DEMO_LIFE_H
#define DEMO_LIFE_H

#include "demo/world.h"

enum { PATH_ACTS = 28 };

/* An official case as published: its facts are the application's, its award the
** agreement's.  NULL in a life that is made up. */
typedef struct Official {
    const char *code, *facts, *claim, *source, *laws, *cause, *second;
    const char *path;     /* the acts that lead to the published outcome */
    const char *ends;     /* the state in which it is closed */
    bool        employer_asks; /* it is the applicant */
    int64_t     claim_fen, award_fen;
} Official;

typedef struct Life {
    size_t  number;       /* its place in the series */
    const Official *official;
    const char *left;     /* the acts that are still to come: words */
    Date    next;         /* when the first of them is due */
    Id      id;
    Dice    root;         /* of its series */
    Dice    dice;         /* of the act at hand: of its own series */
    bool    over;
} Life;

/* A made-up case of this number, filed on the day; its path by chance. */
Life life_new(const World *w, const Dice *seed, size_t number, Date day);
Life life_official(const Official *o, const Dice *seed, size_t number, Date day);

/* What is due today; sets the next day, or `over`. */
void life_live(World *w, Life *l);

/* ---- for acts ---- */

/* What an act answers: done, or the same once more on a later day. */
typedef Date (*Act)(World *w, Life *l);
#define DONE ((Date){ 0 })

typedef struct ActRow {
    const char *word;
    Act         run;
    int         from, to; /* days after the act before, by chance */
    bool        in_time;  /* not once the period of mediation is over */
} ActRow;

extern const ActRow acts_begin[], acts_mediate[], acts_after[]; /* to a NULL word */

json_t *life_post(World *w, Life *l, const Actor *who, json_t *body, const char *path);
json_t *life_put(World *w, Life *l, const Actor *who, json_t *body, const char *path);
/* Of /api/v1/cases/:id/…, "" for the case itself; by the head. */
json_t *life_get(World *w, const Life *l, const char *path);
bool    life_is(World *w, const Life *l, const char *state);
const Actor *life_mediator(World *w, const Life *l); /* the lead's */
json_t *json_str(Str s);
const char *id_word(Demo *d, Id id);
const char *day_word(Demo *d, Date day);

#endif
