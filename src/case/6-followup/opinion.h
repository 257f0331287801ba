/*
** What a party says of the service: a rating, a complaint or a suggestion
** (domain 12.7), and the answer of the centre's head.  Any time from the
** application on; a complaint is a task of the head's until it is answered.
*/
#ifndef CASE_OPINION_H
#define CASE_OPINION_H

#include "case/party.h"

typedef struct Opinion {
    Id      id, case_id;
    Str     kind;      /* RATING COMPLAINT SUGGESTION */
    int64_t stars;     /* of a rating: 1 to 5 */
    Str     text;
    Str     side;      /* who said it */
    Id      by_id;     /* the party */
    Time    at;
    Str     answer;
    Id      answered_by;
    Time    answered_at;
} Opinion;

extern const Form  opinion_form;
extern const Slice opinion_slice;

#endif
