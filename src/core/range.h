/*
** Answers that are a stored file, whole or in part (RFC 9110, 14).
*/
#ifndef RANGE_H
#define RANGE_H

#include "core/ctx.h"

/* What a Range header asks of `size` bytes: the status of the answer.  206:
** *from and *length say which; 200: all of them, because there is no header,
** it is no range of bytes, or it asks for several at once; 416: beyond the end. */
int range_parse(Str text, int64_t size, int64_t *from, int64_t *length);

/* Replies with the file, or the part that c asks for: status, Accept-Ranges,
** Content-Range.  Fails with BAD_RANGE.  The type is the caller's to set. */
void reply_file(Ctx *c, Str path, int64_t size);

#endif
