/* The totals of an import's step: however many different ones its rows have. */
#include "case/8-import/import_in.h"
#include "unit/suites.h"
#include "test.h"

/* Each case in a month of its own, so that no sum is like another.  Nothing is stored:
** the context has failed already. */
void test_import_sums(void)
{
    enum { CASES = 3000 };
    Block block = block_open((size_t)16 << 20);
    Arena mem = block_arena(&block);
    Ctx c = { .mem = &mem, .err = ERR_AGAIN };
    Sums *sums = sums_open(&c);
    int done = 0;
    for (int i = 0; i < CASES; i++, done++) {
        Date day = date_plus_months(date_of(1950, 1, 1), i);
        Case k = { .org_path = S("0001"), .cause = S("A01"), .workers = 1, .amount = { 100 },
                   .before = S("failed") };
        OldRow row = { .registered = day, .accepted = day, .closed = day };
        sums_add(&c, sums, &k, &row, 1);
    }
    check_int(done, CASES, "sums: more than there are cells find their place");
    block_close(&block);
}
