#include "law/contact.h"

static const Reason was_reached = { "CONTACT_REACHED", "已经联系上", "the party was reached", POLICY };
static const Reason few_days = {
    "CONTACT_ATTEMPTS", "联系次数不足（须在不同日期）", "too few attempts on different days", POLICY,
};
static const Reason few_channels = { "CONTACT_CHANNELS", "联系渠道不足", "too few channels", POLICY };

/* Is there an earlier attempt on the same day, by the same channel? */
static bool same_day(const Attempt *list, size_t i)
{
    size_t k = 0;
    while (k < i && list[k].day.day != list[i].day.day) k++;
    return k < i;
}

static bool same_channel(const Attempt *list, size_t i)
{
    size_t k = 0;
    while (k < i && !str_eq(list[k].channel, list[i].channel)) k++;
    return k < i;
}

Findings contact_missing(Look *look, const Attempt *list, size_t n)
{
    Findings f = { 0 };
    int64_t days = 0, channels = 0;
    bool reached = false;
    for (size_t i = 0; i < n; i++) {
        days += !same_day(list, i);
        channels += !same_channel(list, i);
        reached |= list[i].reached;
    }
    if (reached) finding_add(&f, &was_reached, 0, 0);
    if (!param_reached(look, "CONTACT_ATTEMPTS", days)) {
        finding_add(&f, &few_days, days, param(look, "CONTACT_ATTEMPTS"));
    }
    if (!param_reached(look, "CONTACT_CHANNELS", channels)) {
        finding_add(&f, &few_channels, channels, param(look, "CONTACT_CHANNELS"));
    }
    return f;
}

bool group_proposed(Look *look, Date first, Date second)
{
    int64_t apart = second.day > first.day ? second.day - first.day : first.day - second.day;
    int64_t window = param(look, "GROUP_WINDOW_DAYS");
    return look->missing.n == 0 && apart <= window;
}
