/*
** Why a file was not signed or a volume not made, in Chinese: `why` as the signers
** say it (paper/sign.h).  What a platform said in its own words stays as it is.
*/
#ifndef SIGN_WHY_H
#define SIGN_WHY_H

#include "base/base.h"

Str signer_why_zh(Str why);

#endif
