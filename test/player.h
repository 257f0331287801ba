/*
** The inside of a Player, shared by what reads a scenario's lines (scenario.c)
** and what asks and runs jobs for them (player.c).
**
** THE FAULT SWEEP.  With a Dump, each request and each job is first done with
** its 1st, 2nd, … statement failing, commits counted, until none fails: only
** that last one may change anything, and only it may say that it is done.  But
** a repeated request may get its first answer again, whatever fails; and when a
** session was last seen is noted beside the request, and harms none (session.c).
*/
#ifndef PLAYER_H
#define PLAYER_H

#include "dump.h"
#include "scenario.h"

#include <jansson.h>

enum { NAMES = 2000, ACTORS = 512, FORMS = 256, SCRATCH = 24 * 1024 * 1024, FILE_MAX_BYTES = 1024 * 1024 };

typedef struct Name { char name[48], value[512]; } Name;
typedef struct Who { char name[48]; Actor actor; char path[64]; } Who;

struct Player {
    const House *house;
    Db     *db;
    Block   block, rooms;
    char   *reply, *more; /* rooms for answers: made once, clearing them took a sixth of the time */
    Name    names[NAMES];
    size_t  n, globals;
    Who     who[ACTORS];
    size_t  whos;
    Actor   as;
    Time    clock;
    Head    head;       /* of the next request */
    Block   text; Arena text_mem; /* what its headers point to */
    char    key[80];
    Upload  upload;     /* of the next request */
    bool    own_key;    /* the scenario gave it: perhaps once more */
    int64_t keys;       /* requests without a key of their own get one */
    const char *file, *title;
    int     line;
    bool    bad;        /* this scenario failed already */
    Result  result;
    int     expected;   /* the status that the scenario expects next; 0: none */
    int     status;     /* of the last answer */
    json_t *answer;
    char   *raw;
    size_t  raw_n;
    Str     extra;
    char    path[1024], type[100]; /* of the file that was answered; "": none */
    int64_t statements;
    const Form *form[FORMS]; /* query strings that were asked by so far */
    size_t  forms;
    Dump   *dump;       /* of the fault sweep; NULL: none */
    int     first, every; /* which statements fail: the first of them, then one in so many; 0: none */
};

/* scenario.c: the names of a scenario, and what is wrong with it. */
void player_set(Player *p, Str name, Str value);
Str  player_fill(Player *p, Arena *mem, Str text); /* with every known $name replaced */
void player_complain(Player *p, const char *what, const char *more);

/* player_paper.c: the file that was answered says this; neither it nor a JSON answer does. */
void player_says(Player *p, Str text);
void player_lacks(Player *p, Str text);
/* Its bytes: "$x" is bound to their digest, or they are those that x was bound to. */
void player_bytes(Player *p, Arena *mem, Str name);
void player_pictures(Player *p, Str count); /* on the pages of the PDF that was answered */

/* player_english.c: what an answer says in English has no Chinese in it. */
void player_english(Player *p, Str target);

/* player.c */
void player_ask(Player *p, Str method, Str target, Str body);
void player_look(Player *p, Str slice); /* what a process looks after beside its jobs, once */
void player_tick(Player *p);          /* all jobs that are due, and those that they ask for */
void player_job(Player *p, Str word); /* one job, as its worker would, but now */

#endif
