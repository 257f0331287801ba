#include "law/identity.h"
#include "test.h"
#include "unit/law_data.h"
#include "unit/suites.h"

static Identity look(const LawData *d, const char *kind, Str value, const char *on)
{
    IdentityAsk ask = { .on = date_parse(str_of(on)) };
    Identity it = { 0 };
    check(identity_check(&d->law.identity, str_of(kind), value, &ask, &it), kind);
    check(it.valid || (it.reason.zh.n && it.reason.en.n), "a refusal says why");
    return it;
}

/* Every example of domain.md 3.5. */
static void citizens(LawData *d)
{
    static const struct { const char *number; bool valid; char sex; const char *region, *birth; } ids[] = {
        { "11010519491231002X", true, 'F', "110105", "1949-12-31" },
        { "11010519491231002x", true, 'F', "110105", "1949-12-31" },
        { "440524188001010014", true, 'M', "440524", "1880-01-01" }, /* the standard's sample */
        { "450206199003071239", true, 'M', "450206", "1990-03-07" },
        { "330282198511150042", true, 'F', "330282", "1985-11-15" },
        { "320685200002291014", true, 'M', "320685", "2000-02-29" },
        { "320685200102291015", false, 0, "", "" },
        { "450206199003071238", false, 0, "", "" },
        { "45020619900307123", false, 0, "", "" },
        { "4502061990030712390", false, 0, "", "" },
        { "45020619900307123A", false, 0, "", "" },
        { "4502061990030712X9", false, 0, "", "" },
        { "320621800229101", false, 0, "", "" },
        { "", false, 0, "", "" },
    };
    for (size_t i = 0; i < COUNT(ids); i++) {
        Identity it = look(d, "id", str_of(ids[i].number), NULL);
        check_int(it.valid, ids[i].valid, ids[i].number);
        if (!it.valid) continue;
        check_int(it.sex, ids[i].sex, ids[i].number);
        check_str(str_of(it.region), str_of(ids[i].region), ids[i].number);
        char room[16];
        Out birth = { .buf = room, .cap = sizeof room };
        birth_write(&birth, it.birth);
        check_str(out_view(&birth), str_of(ids[i].birth), ids[i].number);
        check_str(it.kind, S("id"), "its kind");
    }
    check_str(str_of(look(d, "id", S(" 11010519491231002x "), NULL).number), S("11010519491231002X"),
              "upper case");
    check(!look(d, "id", (Str){ "450206199003071239\0", 19 }, NULL).valid, "a NUL is no digit");
}

static void changed_digits(LawData *d)
{
    char number[] = "450206199003071239";
    for (size_t i = 0; i + 1 < sizeof number; i++) {
        for (char ch = '0'; ch <= '9'; ch++) {
            char was = number[i];
            number[i] = ch;
            Identity it = look(d, "id", str_of(number), NULL);
            check_int(it.valid, ch == was, "one changed digit is found");
            number[i] = was;
        }
    }
}

static void ages(LawData *d)
{
    static const struct { const char *on; int age; bool flagged; } days[] = {
        { "2026-04-01", 15, true }, { "2026-05-31", 15, true }, { "2026-06-01", 16, false },
    };
    for (size_t i = 0; i < COUNT(days); i++) {
        Identity it = look(d, "id", S("450305201006010027"), days[i].on);
        check(it.valid, "AS-35: the number itself is good");
        check_int(it.age, days[i].age, days[i].on);
        check_int((it.warnings >> IDENTITY_NR15) & 1, days[i].flagged, days[i].on);
    }
    check(!look(d, "id", S("450305201006010027"), "2010-05-31").valid, "not yet born");
    check_int(age_on((Civil){ 2012, 2, 29 }, date_of(2028, 2, 28)), 15, "29 February, the day before");
    check_int(age_on((Civil){ 2012, 2, 29 }, date_of(2027, 3, 1)), 15,
              "29 February in a common year, the day after");
}

static void regions(LawData *d)
{
    Identity it = look(d, "id", S("450206199003071239"), NULL);
    check_int(it.warnings, 0, "a region in use");
    it = look(d, "id", S("999999199003071239"), NULL);
    check(!it.valid || it.warnings == 0, "a number that begins with 9 is no citizen's region");
    IdentityAsk ask = { .archive = true };
    check(identity_check(&d->law.identity, S("id"), S("320621800229101"), &ask, &it), "an old number");
    check(it.valid && (it.warnings >> IDENTITY_OLD15 & 1), "is converted for the archive");
    check_str((Str){ it.number, 17 }, S("32062119800229101"), "with the century put in");
    check(it.warnings >> IDENTITY_ABOLISHED & 1, "its region is abolished: a warning");
    check(look(d, "id", str_of(it.number), NULL).valid, "and it is good as it stands");
    check(identity_check(&d->law.identity, S("id"), S("320621810229101"), &ask, &it) && !it.valid,
          "no such day");
}

static void foreigners(LawData *d)
{
    Identity it = look(d, "id", S("911124198108030024"), NULL);
    check(it.valid && str_eq(it.kind, S("foreign")), "the new card of a permanent resident");
    check(!look(d, "id", S("911124198108030025"), NULL).valid, "with its check digit");
    it = look(d, "id", S("USA110080010101"), NULL);
    check(it.valid && str_eq(it.kind, S("foreign")), "the old card");
    it = look(d, "id", S("810000199408230021"), NULL);
    check(it.valid && str_eq(it.kind, S("hmt")), "a residence permit of Hong Kong");
    check(look(d, "passport", S("E12345678"), NULL).valid, "a passport");
    check(look(d, "passport", S("A1234"), NULL).valid && !look(d, "passport", S("A123"), NULL).valid,
          "5 signs");
    check(look(d, "passport", S("A1234567890123456"), NULL).valid, "17 signs");
    check(!look(d, "passport", S("A12345678901234567"), NULL).valid, "18 signs");
    check(!look(d, "passport", S("e12345678"), NULL).valid
              && !look(d, "passport", S("E-12345"), NULL).valid,
          "others");
}

static void employers(LawData *d)
{
    static const struct { const char *number; bool valid; const char *type; } codes[] = {
        { "91350100M000100Y43", true, "enterprise" }, { "91450206MA5K00001A", true, "enterprise" },
        { "12330282MB1A00002P", true, "institution" }, { "92320685MA1X00003D", true, "individual_business" },
        { "91330282MA2C00012W", true, "enterprise" }, { "91330282MA2C00012X", false, "" },
        { "91330282MA2C0001OW", false, "" }, { "91330282MI2C00012W", false, "" },
        { "91330282MA2C00012", false, "" }, { "9133A282MA2C00012W", false, "" },
        { "91450206ma5k00001a", true, "enterprise" }, { "", false, "" },
    };
    for (size_t i = 0; i < COUNT(codes); i++) {
        Identity it = look(d, "uscc", str_of(codes[i].number), NULL);
        check_int(it.valid, codes[i].valid, codes[i].number);
        if (it.valid) check_str(it.employer->word, str_of(codes[i].type), codes[i].number);
    }
    check_str(str_of(look(d, "uscc", S("12330282MB1A00002P"), NULL).region), S("330282"), "its region");
}

static void contacts(LawData *d)
{
    static const struct { const char *kind, *value; bool valid;
    } rows[] = {
        { "mobile", "13812345678", true },
        { "mobile", "19912345678", true },
        { "mobile", "12812345678", false },
        { "mobile", "1381234567", false },
        { "mobile", "138123456789", false },
        { "mobile", "23812345678", false },
        { "phone", "0772-3812345", true },
        { "phone", "07723812345", true },
        { "phone", "010-62345678", true },
        { "phone", "01062345678", true },
        { "phone", "0772-3812345-8001", true },
        { "phone", "0772-38123456-123456", true }, /* the longest there is */
        { "phone", "0772-38123456-1234567", false },
        { "phone", "0772-381234", false },
        { "phone", "772-3812345", false },
        { "phone", "0772-3812345-", false },
        { "phone", "0772-3812345-1234567", false },
        { "phone", "0772-381234567", false },
        { "postcode", "545100", true },
        { "postcode", "54510", false },
        { "postcode", "5451000", false },
        { "postcode", "54510a", false },
        { "bank", "123456789012", true },
        { "bank", "12345678901", false },
        { "bank", "1234567890123456789", true },
        { "bank", "12345678901234567890", false },
        { "bank", "62220212345678a", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_int(look(d, rows[i].kind, str_of(rows[i].value), NULL).valid, rows[i].valid, rows[i].value);
    }
    check_int(look(d, "bank", S("4111111111111111"), NULL).warnings, 0, "Luhn fits");
    check(look(d, "bank", S("4111111111111112"), NULL).warnings >> IDENTITY_LUHN & 1,
          "Luhn does not: a warning");
    Identity it;
    IdentityAsk ask = { 0 };
    check(!identity_check(&d->law.identity, S("fax"), S("1"), &ask, &it), "there is no such kind");
}

static void masked(void (*mask)(Out *, Str), const char *value, const char *want)
{
    char room[128];
    Out o = { .buf = room, .cap = sizeof room };
    mask(&o, str_of(value));
    check_str(out_view(&o), str_of(want), value);
}

static void masks(void)
{
    masked(mask_number, "450206199003071239", "450206********1239");
    masked(mask_number, "6222021234567890123", "***************0123");
    masked(mask_number, "123", "**3");
    masked(mask_number, "", "");
    masked(mask_phone, "13812345678", "138****5678");
    masked(mask_phone, "0772-3812345", "0772-****345");
    masked(mask_phone, "", "");
    masked(mask_name, "张三", "张*");
    masked(mask_name, "欧阳小明", "欧***");
    masked(mask_name, "张", "张*");
    masked(mask_name, "", "");
}

void test_identity(void)
{
    LawData d;
    if (law_data_open(&d)) {
        citizens(&d);
        changed_digits(&d);
        ages(&d);
        regions(&d);
        foreigners(&d);
        employers(&d);
        contacts(&d);
    }
    masks();
    law_data_close(&d);
}
