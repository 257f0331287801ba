/* A day that is read is written as it was; so is an instant. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char iso[11];
    Str text = { (const char *)data, n };
    Date d = date_parse(text);
    if (d.day) {
        date_write(d, iso);
        BUG_IF(!str_eq(text, (Str){ iso, 10 }));
        BUG_IF(date_plus(date_plus(d, 1), -1).day != d.day);
        (void)date_plus_months(d, (int)data[0] - 128);
    }
    Time t = time_parse(text);
    if (t.s) BUG_IF(time_date(t).day == 0);
    return 0;
}
