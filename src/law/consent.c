#include "law/consent.h"

#define ELECTION "劳动争议调解仲裁法 7 (2008)；劳动人事争议仲裁办案规则 63 (2017)"
static const Reason too_few = { "REPS_TOO_FEW", "代表人少于法定人数", "too few representatives", ELECTION };
static const Reason too_many = { "REPS_TOO_MANY", "代表人多于法定人数", "too many representatives", ELECTION };
static const Reason no_need = { "REPS_NOT_COLLECTIVE", "未达到推举代表人的人数", "not enough workers to elect any", ELECTION };

Findings representatives_check(Look *look, int64_t workers, int64_t elected)
{
    Findings f = { 0 };
    int64_t least = param(look, "COLL_REPS_MIN"), most = param(look, "COLL_REPS_MAX");
    if (!param_reached(look, "COLL_WORKERS", workers)) {
        finding_add(&f, &no_need, workers, param(look, "COLL_WORKERS"));
        return f;
    }
    if (elected < least) finding_add(&f, &too_few, elected, least);
    if (elected > most) finding_add(&f, &too_many, elected, most);
    return f;
}

Split consents_split(const Consent *list, size_t n, Id *bound, Id *apart)
{
    Split split = { 0 };
    for (size_t i = 0; i < n; i++) {
        if (list[i].given) bound[split.bound++] = list[i].worker;
        else apart[split.apart++] = list[i].worker;
    }
    return split;
}
