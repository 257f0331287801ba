/* Case subsidies: rates, boundaries, the split to the fen, the cap; copies of a text. */
#include "law/shingle.h"
#include "law/subsidy.h"
#include "test.h"
#include "unit/lawdata.h"
#include "unit/suites.h"

static int64_t worth(Arena *mem, const Law *law, SubsidyFacts f)
{
    Look look = { .params = &law->params, .region = S("450222"), .day = date_of(2026, 3, 2) };
    SubsidySum sum;
    subsidy_sum(mem, &look, &f, &sum);
    return sum.total;
}

/* The test table of domain.md 12.3: 100, 200, 400, 800 + 20 a worker above 10, failed 30 %. */
static void test_rates(Arena *mem, const Law *law)
{
    static const struct { SubsidyFacts f; int64_t yuan; const char *what; } rows[] = {
        { { SUBSIDY_SIMPLE, RESULT_AGREED, 1, false, false }, 100, "simple" },
        { { SUBSIDY_ORDINARY, RESULT_AGREED, 1, false, false }, 200, "ordinary" },
        { { SUBSIDY_COMPLEX, RESULT_AGREED, 3, false, false }, 400, "complex" },
        { { SUBSIDY_COLLECTIVE, RESULT_AGREED, 9, false, false }, 800, "collective, nine" },
        { { SUBSIDY_COLLECTIVE, RESULT_AGREED, 10, false, false }, 800, "collective, ten: none above ten" },
        { { SUBSIDY_COLLECTIVE, RESULT_AGREED, 11, false, false }, 820, "collective, eleven: one above" },
        { { SUBSIDY_COLLECTIVE, RESULT_AGREED, 60, false, false }, 1800, "collective, sixty" },
        { { SUBSIDY_COMPLEX, RESULT_AGREED, 60, false, false }, 400, "no workers but in collective ones" },
        { { SUBSIDY_SIMPLE, RESULT_FAILED, 1, false, false }, 30, "simple, failed" },
        { { SUBSIDY_COLLECTIVE, RESULT_FAILED, 11, false, false }, 246, "30 % of all of it" },
        { { SUBSIDY_ORDINARY, RESULT_SETTLED, 1, false, false }, 200, "settled" },
        { { SUBSIDY_SIMPLE, RESULT_FAILED, 1, true, true }, 30, "no bonus without an agreement" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_int(worth(mem, law, rows[i].f), rows[i].yuan * 100, rows[i].what);
    }
    int64_t plain = worth(mem, law, rows[0].f);
    SubsidyFacts both = { SUBSIDY_SIMPLE, RESULT_AGREED, 1, true, true };
    SubsidyFacts one = { SUBSIDY_SIMPLE, RESULT_AGREED, 1, true, false };
    check(worth(mem, law, one) > plain && worth(mem, law, both) > worth(mem, law, one), "each bonus adds");
}

static void test_kinds(void)
{
    check_int(subsidy_kind(S("COLL COMPLEX MAJOR")), SUBSIDY_COLLECTIVE, "collective comes first");
    check_int(subsidy_kind(S("MAJOR")), SUBSIDY_COMPLEX, "major is complex");
    check_int(subsidy_kind(S("SIMPLE")), SUBSIDY_SIMPLE, "simple");
    check_int(subsidy_kind(S("")), SUBSIDY_ORDINARY, "no flag: ordinary");
}

static void test_rounding(Arena *mem)
{
    Params p;
    params_init(&p, mem, 4);
    Date from = date_of(2020, 1, 1), to = date_of(2025, 12, 31);
    params_add(&p, (Param){ .key = S("SUBSIDY_SIMPLE_FEN"), .from = from, .value = 10005 });
    params_add(&p, (Param){ .key = S("SUBSIDY_FAILED_PERCENT"), .from = from, .to = to, .value = 30 });
    params_add(&p, (Param){ .key = S("SUBSIDY_FAILED_PERCENT"), .from = date_plus(to, 1), .value = 50 });
    Look look = { .params = &p, .region = S("450222"), .day = to };
    SubsidySum sum;
    SubsidyFacts f = { SUBSIDY_SIMPLE, RESULT_FAILED, 1, false, false };
    subsidy_sum(mem, &look, &f, &sum);
    check_int(sum.total, 3002, "3001.5 fen are 3002: half up");
    look.day = date_plus(to, 1);
    subsidy_sum(mem, &look, &f, &sum);
    check_int(sum.total, 5003, "the next day the next row: 5002.5");
    f.result = RESULT_AGREED;
    subsidy_sum(mem, &look, &f, &sum);
    check_str(sum.missing, S("SUBSIDY_AGREED_PERCENT"), "a rate that nobody set is named");
    check_int(sum.total, 0, "and nothing is paid");
}

static int64_t sum_of(const SubsidyShare *r, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += r[i].withheld + r[i].cut + r[i].pay;
    return sum;
}

static void test_split(void)
{
    SubsidyShare third[3] = { { .weight = 1 }, { .weight = 1 }, { .weight = 1 } };
    subsidy_split(10000, 0, third, 3);
    bool thirds = third[0].pay == 3334 && third[1].pay == 3333 && third[2].pay == 3333;
    check(thirds, "the fen left over goes to the first");
    SubsidyShare seven[2] = { { .weight = 3 }, { .weight = 4 } };
    subsidy_split(100, 0, seven, 2);
    check(seven[0].pay == 43 && seven[1].pay == 57, "42.86 and 57.14: the larger remainder gets it");
    SubsidyShare post[2] = { { .weight = 1, .excluded = true }, { .weight = 1 } };
    subsidy_split(20001, 0, post, 2);
    check(post[0].pay == 0 && post[0].withheld == 10001, "staff on a public post get nothing");
    check(post[1].pay == 10000, "and nobody gets it for them");
    SubsidyShare graded[2] = { { .weight = 1, .less = 50, .taken = 5 }, { .weight = 2, .less = 100 } };
    subsidy_split(300, 40, graded, 2);
    bool capped = graded[0].withheld == 50 && graded[0].pay == 35 && graded[0].cut == 15;
    check(capped, "by the grade first, then the cap");
    check(graded[1].withheld == 200 && graded[1].pay == 0, "and nothing of the worst");
    for (int64_t total = 0; total < 200; total++) {
        SubsidyShare r[4] = { { .weight = 2, .less = 33 }, { .weight = 3, .excluded = true },
                              { .weight = 5, .taken = 10 }, { .weight = 1 } };
        subsidy_split(total, 40, r, 4);
        check(sum_of(r, 4) == total, "withheld, cut and paid are the whole");
    }
}

static void test_cap(void)
{
    SubsidyShare r = { .weight = 1, .taken = 290000 };
    subsidy_split(10000, 300000, &r, 1);
    check(r.pay == 10000 && r.cut == 0, "up to the cap: all of it");
    r = (SubsidyShare){ .weight = 1, .taken = 290001 };
    subsidy_split(10000, 300000, &r, 1);
    check(r.pay == 9999 && r.cut == 1, "one fen above is cut");
    r = (SubsidyShare){ .weight = 1, .taken = 300001 };
    subsidy_split(10000, 300000, &r, 1);
    check(r.pay == 0 && r.cut == 10000, "nothing is left");
    r = (SubsidyShare){ .weight = 1, .taken = 300001 };
    subsidy_split(10000, 0, &r, 1);
    check_int(r.pay, 10000, "no cap");
}

/* ---- copies ------------------------------------------------------------------------------------ */

static const char first[] =
    "申请人张三于2023年3月1日入职某厂，从事装配工作，约定月工资五千二百元。自2025年10月起，单位以订单不足为由停发工资，"
    "申请人多次向车间主任和人事催要未果，遂申请调解。调解员先与单位负责人联系，核对考勤和工资表，确认拖欠三个月工资属实；"
    "随后组织双方面对面调解，讲明劳动合同法关于及时足额支付劳动报酬的规定，单位同意分两期支付，申请人表示接受。";
static const char copy[] =
    "申请人李小红于2024年7月15日入职某厂，从事装配工作，约定月工资五千二百元。自2026年1月起，单位以订单不足为由停发工资，"
    "申请人多次向车间主任和人事催要未果，遂申请调解。调解员先与单位负责人联系，核对考勤和工资表，确认拖欠三个月工资属实；"
    "随后组织双方面对面调解，讲明劳动合同法关于及时足额支付劳动报酬的规定，单位同意分两期支付，申请人表示接受。";
static const char other[] =
    "申请人在下班途中发生交通事故，经认定为工伤，伤残等级九级。单位未缴纳工伤保险费，双方对一次性伤残补助金、一次性工伤医疗补助金"
    "和就业补助金的数额有分歧。调解员邀请工会法律服务站律师参加，逐项计算待遇，经过三次背靠背谈话，单位同意先行支付医疗费，"
    "其余部分在三个月内付清，并补缴此前的社会保险费，申请人同意解除劳动关系并办理交接手续。";

/* The first text with its sentences turned round, blanks put in, a name in two, letters of full width. */
static const char turned[] =
    "随后组织双方面对面调解，讲明劳动合同法关于及时足额支付劳动报酬的规定，单位同意分两期支付，申请人表示接受。\n\n"
    "申请人多次向车间主任和人事催要未果，遂申请调解。调解员先与单位负责人联系，核对考勤和工资表，确认拖欠三个月工资属实；"
    "申请人李小红于2024年7月15日入职某厂，从事装配工作，约定月工资五千二百元。自2026年1月起，单位以订单不足为由停发工资，";
static const char spaced[] =
    "申 请 人 李　小 红 于２０２４年７月１５日 入职 某厂，从事 装配工作，约定 月工资 五千二百元。自２０２６年１月起，单位以 订单不足 为由"
    "停发 工资，\n申请人 多次向 车间主任 和人事 催要未果，遂申请调解。\n调解员 先与单位负责人联系，核对考勤"
    "和工资表，确认拖欠三个月工资属实；"
    "\n随后 组织双方 面对面 调解，讲明劳动合同法关于及时足额支付劳动报酬的规定，单位同意分两期支付，申请人表示接受。";

static void test_disguises(const Shingles *text)
{
    Shingles x, y;
    Str names[] = { S(""), S("王　五"), S("李小红") };
    shingles_of(str_of(turned), names, COUNT(names), &x);
    check(shingles_alike(text, &x) >= 80, "paragraphs in another order");
    shingles_of(str_of(spaced), names, COUNT(names), &x);
    check_int(shingles_alike(text, &x), 100, "blanks within words and within a name; digits of full width");
    static const char mixed[] = "在ＡＢＣｄｅｆ公司任职，工号ABC，系统为Gtqk，住在QWERTY小区，"
                                "合同编号为ZXCVBNM并且约定了试用期";
    static const char plain[] = "在abcDEF公司任职，工号ａｂｃ，系统为gTQK，住在qwerty小区，"
                                "合同编号为zxcvbnm并且约定了试用期";
    shingles_of(str_of(mixed), NULL, 0, &x);
    shingles_of(str_of(plain), NULL, 0, &y);
    check_int(shingles_alike(&x, &y), 100, "letters of full width and small ones");
}

static void test_copies(void)
{
    Shingles a, b, c, again;
    Str names_a[] = { S("张三") }, names_b[] = { S("李小红") };
    char hex[SHINGLE_HEX], bands[2][SHINGLE_BANDS][18];
    Out o = { .buf = hex, .cap = sizeof hex };
    shingles_of(str_of(first), names_a, 1, &a);
    shingles_of(str_of(copy), names_b, 1, &b);
    shingles_of(str_of(other), NULL, 0, &c);
    check_int(shingles_alike(&a, &b), 100, "another name, another date: a copy");
    check(shingles_alike(&a, &c) < 20, "another case is none");
    shingles_write(&o, &a);
    check(shingles_read(out_view(&o), &again) && shingles_alike(&again, &b) == 100, "written and read");
    check(!shingles_read(S("12"), &again), "too short to be one");
    size_t shared = 0;
    for (size_t i = 0; i < SHINGLE_BANDS; i++) {
        Out x = { .buf = bands[0][i], .cap = 18 }, y = { .buf = bands[1][i], .cap = 18 };
        shingles_band(&x, &a, i);
        shingles_band(&y, &c, i);
        shared += str_eq(out_view(&x), out_view(&y));
    }
    check_int((int64_t)shared, 0, "different cases share no band");
    test_disguises(&a);
    shingles_of(S("拖欠工资三个月"), NULL, 0, &b);
    check_int(shingles_alike(&b, &b), 0, "a few words say nothing");
}

void test_subsidy(void)
{
    static Law law;
    Block block = lawdata_open(&law), room = block_open(4 << 20);
    Arena mem = block_arena(&room);
    test_rates(&mem, &law);
    test_kinds();
    test_rounding(&mem);
    test_split();
    test_cap();
    test_copies();
    block_close(&room);
    block_close(&block);
}
