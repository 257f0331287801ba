/*
** Scenarios: text that says who does what and what is answered.
**
**   == title                      a scenario; what follows belongs to it
**   today 2026-09-18              the clock, at 10:00 in China; or now 2026-09-18T23:50
**   actor clerk id=$u roles=clerk org=$o path=$p     who "clerk" is from here on
**   actor zhang id=7 roles=party side=applicant case=$id   a party of one case; else side=respondent
**   as clerk                      who asks; `as nobody` signs out
**   header If-Match: "1"          for the next request only
**   key abc                       the next request's Idempotency-Key
**   upload %PDF-1.7\x0a…           the next request's body is a file of these bytes
**   upload <                      … is the file that was answered last
**   POST /api/v1/cases {"a":1}    a request; its body may go on over more lines
**   201 {"id":"$case"}            its status and part of its answer; goes on over indented lines
**   says 现予受理                  the file that was answered (PDF, DOCX, XLSX, CSV) has this text
**   bytes $book                   binds $book to the answer's digest, or compares it
**   lacks 私下                     neither the answer nor its file has this text
**   sql 7                         how many statements it took, at most
**   run job_word                  runs a job now, in its transaction
**   tick                          all jobs that are due at this time
**   look volume                   what a process does beside its jobs, once, by its slice
**   let name text                 sets $name
**   # a comment
**
** In an expected answer "$x" is bound if x is not known, else compared; "*" is
** anything but null; an object may have more members; a list has these items,
** in this order, perhaps with others between; [] is empty.  $x in a path or a
** body is replaced.  After each answer $etag and $cookie are set from its head.
** Names bound in files that begin with "0-" are known to all files after them.
*/
#ifndef SCENARIO_H
#define SCENARIO_H

#include "core/house.h"

typedef struct Result {
    int passed, failed;
    int64_t faults; /* statements that were made to fail */
} Result;

typedef struct Player Player;

Player *player_open(const House *house, Db *db);
void    player_close(Player *p);
/* From now on statements fail before each request and job goes through; which:
** the `first` of each (1 …), then one in `every`.  After web_prepare(). */
void    player_sweep(Player *p, const char *address, int first, int every);
/* Plays a file; prints what is not as it says. */
Result  player_run(Player *p, const char *path);
/* After all of them: prints each route whose query string nobody asked anything by. */
Result  player_unasked(Player *p);

#endif
