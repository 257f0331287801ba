/* Divisions by their code: known, named, and found below a parent. */
#include "law/region.h"
#include "test.h"
#include "unit/suites.h"

static void names(const Places *p, Arena mem)
{
    static const struct { const char *code, *name, *path; } wants[] = {
        { "45", "广西壮族自治区", "广西壮族自治区" },
        { "450206", "柳江区", "广西壮族自治区柳州市柳江区" }, /* and not 市郊区, which had the code before */
        { "450221", "柳江县", "广西壮族自治区柳州市柳江县" }, /* lapsed in 2016 */
        { "441900003", "东城街道", "广东省东莞市东城街道" },   /* the city is its own county */
        { "469001", "五指山市", "海南省五指山市" },            /* below a placeholder */
        { "110101001", "东华门街道", "北京市东城区东华门街道" },
    };
    for (size_t i = 0; i < COUNT(wants); i++) {
        Str code = str_of(wants[i].code);
        check(region_known(p, code), wants[i].code);
        check_str(region_name(p, &mem, code), str_of(wants[i].name), wants[i].code);
        check_str(region_path(p, &mem, code), str_of(wants[i].path), wants[i].code);
    }
}

static void unknown(const Places *p, Arena mem)
{
    static const char *const codes[] = {
        "", "4", "450", "45020", "450299", "999999", "45020600", "450206999", "4502060011", "45020x", "-50206",
        "00", "4500",
    };
    for (size_t i = 0; i < COUNT(codes); i++) {
        check(!region_known(p, str_of(codes[i])), codes[i]);
        check_str(region_name(p, &mem, str_of(codes[i])), (Str){ 0 }, codes[i]);
    }
}

/* Zeros that fill a code up, and villages, which the table does not have. */
static void shortened(void)
{
    static const struct { const char *code, *want; } rows[] = {
        { "450000", "45" }, { "450200", "4502" }, { "450206", "450206" }, { "450206000", "450206" },
        { "450206000000", "450206" }, { "450206100000", "450206100" }, { "450206100203", "450206100" },
        { "4500", "45" }, { "45", "45" }, { "45020", "45020" }, { "", "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_str(region_short(str_of(rows[i].code)), str_of(rows[i].want), rows[i].code);
    }
}

static void spans(const Places *p)
{
    size_t towns = 0;
    PlaceSpan liujiang = region_span(p, S("450206"));
    for (size_t i = liujiang.first; i < liujiang.first + liujiang.n; i++) towns += p->row[i].digits == 9;
    check_int((int64_t)towns, 8, "the towns of Liujiang");
    check_int((int64_t)region_span(p, (Str){ 0 }).n, (int64_t)p->n, "the country is all rows");
    check_int((int64_t)region_span(p, S("999999")).n, 0, "nothing below what is not there");
    check_int((int64_t)region_span(p, S("450206001")).n, 0, "nothing below a town");
    check(p->n > 47000, "all of them are there");
}

#define HEAD "code,name,level,parent,flag,valid_from,valid_to,successor,basis\n"

static void faults(Arena mem)
{
    static const struct { const char *text, *fault; } wants[] = {
        { HEAD "123,x,1,,,,,,b\n",
          "r.csv:2: code: not 2, 4, 6 or 9 digits" },
        { HEAD "11,x,1,,,,,,b\n1201,x,2,11,,,,,b\n",
          "r.csv:3: parent: not what the code begins with" },
        { HEAD "11,,1,,,,,,b\n",
          "r.csv:2: name: must not be empty" },
        { HEAD "11,x,1,,,2001-02-29,,,b\n",
          "r.csv:2: valid_from: is no day (YYYY-MM-DD)" },
    };
    for (size_t i = 0; i < COUNT(wants); i++) {
        Places p;
        places_init(&p, &mem, 10);
        Str said = str_of(places_read(&p, &mem, "r.csv", str_of(wants[i].text)));
        check_str(said, str_of(wants[i].fault), "a fault");
    }
}

void test_region(void)
{
    Block block = block_open(32 << 20);
    Arena mem = block_arena(&block);
    Places p;
    bool good = false;
    Str text = file_read(&mem, TEST_DATA "/regions.csv", 8 << 20, &good);
    places_init(&p, &mem, 60000);
    check(good && !places_read(&p, &mem, "regions.csv", text), "the shipped divisions");
    names(&p, mem);
    unknown(&p, mem);
    shortened();
    spans(&p);
    faults(mem);
    block_close(&block);
}
