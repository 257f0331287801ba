/*
** Who carries messages out of the house: one for each channel.  A courier blocks,
** so it is asked beside the requests, outside a transaction (outbox_send.c).
*/
#ifndef COURIER_H
#define COURIER_H

#include "core/outbox.h"

enum { COURIER_WAIT_MS = 8000, COURIER_WORDS = 200 }; /* patience; bytes of a reason */

typedef enum Fate { FATE_TAKEN, FATE_LATER, FATE_REFUSED } Fate;

typedef struct Given {
    Fate fate;
    Str  why; /* if it was not taken */
} Given;

typedef struct Courier {
    Str     channel;
    bool  (*there)(const Ctx *c);             /* is one named at start? */
    Given (*give)(Ctx *c, const Message *m);
} Courier;

extern const Courier courier_sms, courier_mail;

#endif
