/*
** The public verification page (文书验真): what may be said to anybody about a
** paper, a volume or a message by its code, so that nobody need take it for a
** fraud.  No more than that: 个人信息保护法 6 (2021); 劳动人事争议 is not public.
*/
#ifndef VERIFY_H
#define VERIFY_H

#include "core/house.h"

typedef enum VerifiedState {
    VERIFIED_VALID, VERIFIED_REPLACED, VERIFIED_REVOKED, VERIFIED__COUNT
} VerifiedState;

/* What a code stands for; "" and 0 where there is nothing to say. */
typedef struct Verified {
    Str   kind, kind_en;   /* 调解协议书 */
    Str   number, office;
    Str   parties;         /* masked */
    Date  day, ended_on;
    VerifiedState state;
    Str   sha256, docx;    /* of its files, for the comparison in the browser */
    Str   signer;
    int64_t pages;
    bool  message;         /* a message, not a file */
} Verified;

/* False: no such code. */
bool verify_find(Ctx *c, Str code, Verified *v);

/* What somebody asked for. */
typedef struct VerifyAsk {
    Str code, number, lang;
} VerifyAsk;

typedef enum VerifySaid { VERIFY_ASKS, VERIFY_FOUND, VERIFY_UNKNOWN, VERIFY_TOO_MANY } VerifySaid;
/* Writes the page; *v is read if it was found. */
void verify_page(Ctx *c, const VerifyAsk *ask, VerifySaid said, const Verified *v);

extern const Slice verify_slice, verify_find_slice;

#endif
