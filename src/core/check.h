/*
** Checks of numbers for Field.check: the rules of law/identity.h, as Faults.
** What is only odd passes here; the screen asks for warnings by itself.
*/
#ifndef CHECK_H
#define CHECK_H

#include "core/ctx.h"

Fault check_uscc(const Ctx *c, Str text);   /* GB 32100-2015 */
Fault check_id_no(const Ctx *c, Str text);  /* GB 11643 */
Fault check_mobile(const Ctx *c, Str text);
Fault check_phone(const Ctx *c, Str text);  /* a mobile or a landline number */
Fault check_link(const Ctx *c, Str text);   /* https://host.name/…, nobody's password in it */

Fault check_place(const Ctx *c, Str text);  /* a division's code that there is, or was: 2 to 12 digits */

/* The same in capitals and without blanks, as it is kept. */
Str  number_kept(Arena *a, Str text);

#endif
