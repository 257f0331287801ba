/*
** A small slice to test the server with: rows, files, a slow handler, a
** stream of events.
*/
#ifndef THINGS_H
#define THINGS_H

#include "core/house.h"

extern const Slice things_slice;

int64_t things_count(const House *house); /* rows, on a connection of its own */
void    things_spoil(const House *house, Str key); /* the answer kept for that key can no longer be read */
void    things_hold(bool on); /* the slow handler waits until it is off again */

#endif
