#include "core/session.h"

void session_find(Ctx *c)
{
    (void)c;
}
