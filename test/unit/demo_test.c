/* The demo's chance and the numbers it makes up. */
#include "demo/made_up.h"
#include "law/law.h"
#include "test.h"
#include "unit/law_data.h"
#include "unit/suites.h"

#include <stdlib.h>
#include <string.h>

enum { MANY = 2000, NAMES_MEMORY = 8 << 20 };

static void chance(void)
{
    static const int64_t weight[] = { 0, 3, 0, 1 };
    Dice a = dice_of(7), b = dice_of(7), other = dice_of(8);
    int64_t counted[COUNT(weight)] = { 0 };
    bool same = true, differs = false, within = true;
    for (int i = 0; i < MANY; i++) {
        int64_t v = dice_between(&a, -3, 3);
        same &= v == dice_between(&b, -3, 3);
        differs |= v != dice_between(&other, -3, 3);
        within &= v >= -3 && v <= 3;
        counted[dice_weighted(&a, weight, COUNT(weight))]++;
        (void)dice_weighted(&b, weight, COUNT(weight));
    }
    check(same, "the same seed, the same row");
    check(differs, "another seed, another row");
    check(within, "both ends are the limits");
    check_int(counted[0] + counted[2], 0, "a weight of none never comes");
    check(counted[1] > MANY / 2 && counted[3] > MANY / 8, "by their shares");
    check_int(dice_between(&a, 5, 5), 5, "one value");
    Dice first = dice_split(&a, 1), second = dice_split(&a, 2), again = dice_split(&a, 1);
    check(first.at == again.at && first.at != second.at, "a series of its own for each number");
}

static bool valid(const LawData *d, const char *kind, const char *value, Identity *it)
{
    IdentityAsk ask = { .on = date_of(2025, 6, 1) };
    return identity_check(&d->law.identity, str_of(kind), str_of(value), &ask, it) && it->valid;
}

/* Numbers pass every check, and say what the person is. */
static void people(const LawData *d, const Names *names, Arena *mem)
{
    Dice dice = dice_of(1);
    int64_t ids = 0, mobiles = 0, fitting = 0;
    for (int i = 0; i < MANY; i++) {
        Identity it;
        Someone p = someone(names, mem, &dice, date_of(2025, 6, 1));
        ids += valid(d, "id", p.id_no, &it) && it.warnings == 0;
        fitting += it.sex == p.sex && it.age >= 18 && it.age < 60;
        mobiles += valid(d, "mobile", p.mobile, &it);
    }
    check_int(ids, MANY, "identity numbers");
    check_int(fitting, MANY, "sex and age as the number says");
    check_int(mobiles, MANY, "mobile numbers");
}

static void employers(const LawData *d, const Names *names, Arena *mem)
{
    Dice dice = dice_of(1);
    int64_t codes = 0, sizes = 0;
    for (int i = 0; i < MANY; i++) {
        Identity it;
        Firm f = some_firm(names, mem, &dice);
        codes += valid(d, "uscc", f.uscc, &it) && strcmp(it.region, "450206") == 0;
        sizes += f.staff > 0 && strlen(f.industry) == 3;
    }
    check_int(codes, MANY, "unified social credit codes");
    check_int(sizes, MANY, "staff and industry");
}

void test_demo(void)
{
    LawData d;
    Names names;
    Block block = block_open(NAMES_MEMORY);
    Arena mem = block_arena(&block);
    chance();
    (void)setenv("TIAOJIE_DATA", TEST_DATA, 0);
    bool good = law_data_open(&d) && !names_read(&names, &mem);
    check(good, "the demo's tables are read");
    if (good) people(&d, &names, &mem);
    if (good) employers(&d, &names, &mem);
    law_data_close(&d);
    block_close(&block);
}
