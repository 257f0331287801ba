/*
** Whether the data folder's keys are those the database was written with: with
** others nobody could read what is sealed, and new values would be sealed so
** that the old keys do not open them.  The database remembers a digest by its keys.
*/
#ifndef KEY_CHECK_H
#define KEY_CHECK_H

#include "core/house.h"

extern const Slice key_check_slice;

/* False: they are others, or c failed.  A database that remembers none learns these. */
bool keys_fit(Ctx *c, const Keys *keys);

#endif
