/* What the kinds of signers share. */
#ifndef SIGN_IN_H
#define SIGN_IN_H

#include "paper/sign.h"

extern const SignerKind signer_seal; /* sign_seal.c */

void signer_describe(Signer *s);     /* name, number, until: of s->cert */

#endif
