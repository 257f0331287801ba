#include "law/reason.h"

void finding_add(Findings *f, const Reason *why, int64_t value, int64_t limit)
{
    BUG_IF(f->n == FINDINGS);
    f->list[f->n++] = (Finding){ why, value, limit };
}

bool finding_has(const Findings *f, Str code)
{
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(str_of(f->list[i].why->code), code)) return true;
    }
    return false;
}
