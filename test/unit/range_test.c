/* Ranges of a file (RFC 9110, 14.1.2). */
#include "core/range.h"
#include "test.h"
#include "unit/suites.h"

static const struct Ask {
    const char *text;
    int64_t     size;
    int         status;
    int64_t     from, length; /* of a 206 */
} asks[] = {
    { "", 100, 200, 0, 0 },
    { "bytes=0-0", 100, 206, 0, 1 },
    { "bytes=0-98", 100, 206, 0, 99 },
    { "bytes=0-99", 100, 206, 0, 100 },
    { "bytes=0-100", 100, 206, 0, 100 },
    { "bytes=99-99", 100, 206, 99, 1 },
    { "bytes=99-", 100, 206, 99, 1 },
    { "bytes=100-", 100, 416, 0, 0 },
    { "bytes=100-100", 100, 416, 0, 0 },
    { "bytes=-1", 100, 206, 99, 1 },
    { "bytes=-99", 100, 206, 1, 99 },
    { "bytes=-100", 100, 206, 0, 100 },
    { "bytes=-101", 100, 206, 0, 100 },
    { "bytes=-0", 100, 416, 0, 0 },
    { "bytes=-", 100, 200, 0, 0 },
    { "bytes=", 100, 200, 0, 0 },
    { "bytes=5", 100, 200, 0, 0 },
    { "bytes=9-5", 100, 200, 0, 0 },
    { "bytes=5-9,11-12", 100, 200, 0, 0 },
    { "bytes=a-9", 100, 200, 0, 0 },
    { "bytes=1-b", 100, 200, 0, 0 },
    { "bytes=--5", 100, 200, 0, 0 },
    { "bytes=+1-5", 100, 200, 0, 0 },
    { "items=0-5", 100, 200, 0, 0 },
    { "bytes = 0-5", 100, 206, 0, 6 },
    { "bytes=0-0", 0, 416, 0, 0 },
    { "bytes=-5", 0, 416, 0, 0 },
    { "bytes=0-99999999999999999999", 100, 206, 0, 100 },
    { "bytes=99999999999999999999-", 100, 416, 0, 0 },
};

void test_range(void)
{
    for (size_t i = 0; i < COUNT(asks); i++) {
        const struct Ask *a = &asks[i];
        int64_t from = -1, length = -1;
        check_int(range_parse(str_of(a->text), a->size, &from, &length), a->status, a->text);
        if (a->status == 206) check(from == a->from && length == a->length, a->text);
        if (a->status == 200) check(from == 0 && length == a->size, a->text);
    }
}
