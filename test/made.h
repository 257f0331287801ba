/* Applications that could be real and are not: the n-th is always the same. */
#ifndef MADE_H
#define MADE_H

#include "base/base.h"

enum { ID_NO_ROOM = 19, USCC_ROOM = 19 };

void made_id_no(uint64_t n, char id_no[static ID_NO_ROOM]); /* GB 11643, with its check digit */
void made_uscc(uint64_t n, char uscc[static USCC_ROOM]);    /* GB 32100 */

/* The body of POST /api/v1/cases: the n-th worker against the n-th employer,
** 30 workers to an employer, at the organisation with that id. */
typedef struct Made { uint64_t n; Str org, region; Date today; } Made;
void made_case(Out *o, const Made *m);

#endif
