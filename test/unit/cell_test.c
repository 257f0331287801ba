/* What people write into cells: days, sums, numbers of people, yes and no. */
#include "excel/cell.h"
#include "excel/grid.h"
#include "excel/table.h"
#include "test.h"
#include "unit/suites.h"

static char memory[1 << 20];

static Arena fresh(void)
{
    return (Arena){ memory, memory + sizeof memory };
}

static const struct { const char *text, *iso; } days[] = {
    { "2026-05-01", "2026-05-01" }, { "2026-5-1", "2026-05-01" }, { "2026.5.1", "2026-05-01" }, { "2026.05.01", "2026-05-01" },
    { "2026/5/1", "2026-05-01" }, { "2026年5月1日", "2026-05-01" }, { "2026年05月01日", "2026-05-01" }, { "2026年5月1", "2026-05-01" },
    { "2026 年 5 月 1 日", "2026-05-01" }, { "20260501", "2026-05-01" }, { "260501", "2026-05-01" }, { "26.5.1", "2026-05-01" },
    { "26-5-1", "2026-05-01" }, { "26/5/1", "2026-05-01" }, { "98.12.31", "1998-12-31" }, { "5/1/2026", "2026-05-01" },
    { "5/31/2026", "2026-05-31" }, { "31/5/2026", "2026-05-31" }, { "46143", "2026-05-01" }, { "46143.5", "2026-05-01" },
    { "２０２６．５．１", "2026-05-01" }, { "二〇二六年五月一日", "2026-05-01" }, { "二〇二六年十二月三十一日", "2026-12-31" },
    { "二○二六年十月二十日", "2026-10-20" }, { "2026-05-01 09:30", "2026-05-01" }, { "2026-05-01T09:30:00", "2026-05-01" },
    { "2026.5.1上午", "2026-05-01" }, { "2026年5月1日（星期五）", "2026-05-01" }, { " 2026-5-1 ", "2026-05-01" }, { "2026.5.1.",
    "2026-05-01" },
    { "2026 5 1", "2026-05-01" }, { "2026—5—1", "2026-05-01" }, { "2026 5", "" },
    { "2024-2-29", "2024-02-29" }, { "2026。5。1", "2026-05-01" }, { "2026、5、1", "2026-05-01" }, { "'2026-05-01", "2026-05-01" },
    { "民国112年5月9日", "2023-05-09" }, { "民国 一一二年五月九日", "2023-05-09" }, { "民国99.12.31", "2010-12-31" },
    { "民国2023年5月9日", "" }, { "民国112年13月9日", "" },
    /* Not a day, or not one alone. */
    { "2026-2-29", "" }, { "2026-13-1", "" }, { "2026年5月", "" }, { "5月1日", "" }, { "2026.5.1-5.10", "" }, { "2026.5.1至5.10", "" },
    { "13/13/2026", "" }, { "2026", "" }, { "", "" }, { "明天", "" }, { "20260230", "" }, { "226-5-1", "" }, { "2026-5-32", "" },
    { "0", "" }, { "19999", "" }, { "2026-5-1x", "" }, { "2026--5-1", "" },
};

static const struct { const char *text; int64_t unit, fen; } sums[] = {
    { "1200", 1, 120000 }, { "1200元", 1, 120000 }, { "1,200.00", 1, 120000 }, { "￥1,200.00", 1, 120000 }, { "¥1200", 1, 120000 },
    { "1.2万", 1, 1200000 }, { "1.2万元", 1, 1200000 }, { "约1.2万元", 1, 1200000 }, { "1万2千", 1, 1200000 }, { "1万2千5百元", 1,
    1250000 },
    { "壹万贰仟元整", 1, 1200000 }, { "人民币壹万贰仟叁佰肆拾伍元陆角柒分", 1, 1234567 }, { "拾万元", 1, 10000000 }, { "5千", 1, 500000 },
    { "￥1，200", 1, 120000 }, { "1，200，300.5", 1, 120030050 }, { "1.5w", 1, 1500000 }, { "2W元", 1, 2000000 },
    { "1，x", 1, -1 }, { "１２００", 1, 120000 }, { "1 200.50", 1, 120050 }, { "0", 1, 0 }, { "0.00", 1, 0 }, { "12345.678", 1, 1234568 },
    { "12345.674", 1, 1234567 }, { "1200.4999999999999", 1, 120050 }, { "0.30000000000000004", 1, 30 }, { "3.5", 10000, 3500000 },
    { "3.5万", 10000, 3500000 }, { "35000元", 10000, 3500000 }, { "1.2亿", 1, 12000000000 }, { "五万", 1, 5000000 }, { "100000000000", 1,
    10000000000000 },
    { "", 1, -1 }, { "元", 1, -1 }, { "八千左右", 1, 800000 }, { "-5", 1, -1 }, { "3000-5000", 1, -1 }, { "8000+2000", 1, -1 }, { "若干",
    1, -1 },
    { "2万3", 1, -1 }, { "三千五", 1, -1 }, { "一百二元", 1, -1 }, { "1万2元", 1, -1 }, { "十二元", 1, 1200 }, { "一百零二", 1, 10200 },
    { "壹万零伍元", 1, 1000500 }, { "叁佰伍拾元伍角", 1, 35050 }, { "1万50", 1, 1005000 }, { "3", 10000, 3000000 }, { "3", 1000, 300000 },
    { "3500元（大写：叁仟伍佰元整）", 1, 350000 }, { "3500(大写叁仟伍佰元)", 1, 350000 }, { "3500元（大写：叁仟元）", 1, -1 },
    { "（大写：叁仟元）", 1, -1 }, { "3500（大写", 1, -1 }, { "3500（含加班费）", 1, -1 },
    { "1.2.3", 1, -1 }, { "999999999999", 1, -1 }, { "每月3000", 1, -1 }, { "1200美元", 1, -1 },
};

static const struct { const char *text; int64_t n; } counts[] = {
    { "30", 30 }, { "30人", 30 }, { "约30余人", 30 }, { "30人（其中女5人）", 30 }, { "三人", 3 }, { "十二人", 12 }, { "1名", 1 },
    { "1.0", 1 },
    { "1.5", -1 }, { "若干人", -1 }, { "", -1 }, { "-3", -1 },
};

static const struct { const char *text, *plain; } numbers[] = {
    { "1200", "1200" }, { "1.38E10", "13800000000" }, { "1.3807720031E10", "13807720031" }, { "0.5", "0.5" }, { "5.10", "5.1" },
    { "1E-2", "0.01" }, { "1.5e3", "1500" }, { "-3", "-3" }, { "+3", "3" }, { "007", "7" }, { "0", "0" }, { "4.5020619900307098E17",
    "450206199003070980" },
    { "1.2.3", "" }, { "abc", "" }, { "", "" }, { "1E999", "" }, { "1E", "" }, { "0x10", "" },
};

static void test_dates(void)
{
    for (size_t i = 0; i < COUNT(days); i++) {
        Arena a = fresh();
        Date d;
        char iso[11] = "";
        bool good = cell_date(&a, str_of(days[i].text), &d);
        if (good) date_write(d, iso);
        check_str(str_of(iso), str_of(days[i].iso), days[i].text);
    }
}

/* Of 2024, a leap year. */
static void test_days_of(void)
{
    static const struct { const char *text, *iso; } rows[] = {
        { "5月7日", "2024-05-07" }, { "5.10", "2024-05-10" }, { "5/7", "2024-05-07" },
        { "2月29日（星期四）", "2024-02-29" }, { "五月七日", "2024-05-07" }, { "2月30日", "" }, { "5月", "" },
        { "13.1", "" }, { "5.7-5.8", "" }, { "2024.5.7", "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Arena a = fresh();
        Date d;
        char iso[11] = "";
        bool good = cell_day_of(&a, str_of(rows[i].text), 2024, &d);
        if (good) date_write(d, iso);
        check_str(str_of(iso), str_of(rows[i].iso), rows[i].text);
    }
}

static void test_sums(void)
{
    for (size_t i = 0; i < COUNT(sums); i++) {
        Arena a = fresh();
        Money m;
        bool good = cell_money(&a, str_of(sums[i].text), sums[i].unit, &m);
        check_int(good ? m.fen : -1, sums[i].fen, sums[i].text);
    }
    for (size_t i = 0; i < COUNT(counts); i++) {
        Arena a = fresh();
        int64_t n = 0;
        bool good = cell_count(&a, str_of(counts[i].text), &n);
        check_int(good ? n : -1, counts[i].n, counts[i].text);
    }
}

static void test_numbers(void)
{
    for (size_t i = 0; i < COUNT(numbers); i++) {
        char buf[64];
        Out o = { .buf = buf, .cap = sizeof buf };
        bool good = number_plain(&o, str_of(numbers[i].text));
        check_str(good ? out_view(&o) : (Str){ 0 }, str_of(numbers[i].plain), numbers[i].text);
    }
    check(cell_is_rounded(S("450206199003071000")), "an identity number kept as a number has lost its end");
    check(cell_is_rounded(S("4.50206E+17")) && !cell_is_rounded(S("4.5E+3")), "and as a CSV shows it");
    check(cell_is_ditto(S("同上")) && cell_is_ditto(S("〃")) && !cell_is_ditto(S("同上海")), "as above");
    check(!cell_is_rounded(S("450206199003071239")) && !cell_is_rounded(S("13800000000")), "others have not");
    check_int(serial_date(S("1"), false).day, 1, "1900-01-01");
    check_int(serial_date(S("59"), false).day, date_parse(S("1900-02-28")).day,
        "the day before the day that never was");
    check_int(serial_date(S("60"), false).day, 0, "29 February 1900 never was");
    check_int(serial_date(S("61"), false).day, date_parse(S("1900-03-01")).day, "the day after it");
    check_int(serial_date(S("44681"), true).day, date_parse(S("2026-05-01")).day, "counted from 1904");
    check_int(serial_date(S("0.5"), false).day, 0, "a time of day is no day");
}

static void test_words(void)
{
    Arena a = fresh();
    bool yes = false;
    int64_t n = 0;
    check_str(cell_tidy(&a, S("　张　三\n"), false), S("张 三"), "blanks of full width");
    check_str(cell_tidy(&a, S("第一行\r\n第二行"), true), S("第一行\n第二行"), "lines stay where they may");
    check_str(cell_tidy(&a, S("第一行\r\n第二行"), false), S("第一行 第二行"), "else they are one");
    check_str(cell_tight(&a, S("１３８ ０７７２　００３１")), S("13807720031"),
        "a telephone number of full width");
    check_str(cell_tidy(&a, S("'=1+1"), false), S("=1+1"), "our own mark of text comes off");
    check_str(cell_tidy(&a, S("'＠公司"), false), S("＠公司"), "before a wide sign, too");
    check_str(cell_tidy(&a, S("'甲"), false), S("'甲"), "another mark is the text's own");
    check_str(cell_tidy(&a, S("O'Neil"), false), S("O'Neil"), "another quotation mark stays");
    check_str(cell_tidy(&a, S("a\xE2\x80\x8B\x62"), false), S("ab"), "what cannot be seen is left out");
    check(cell_yes(S("是"), &yes) && yes && cell_yes(S("√"), &yes) && yes, "yes");
    check(cell_yes(S("否"), &yes) && !yes && cell_yes(S(""), &yes) && !yes, "no");
    check(!cell_yes(S("也许"), &yes), "perhaps is neither");
    check(cell_grade(S("非常满意"), &n) && n == 5 && cell_grade(S("3"), &n) && n == 3, "grades");
    check(!cell_grade(S("6"), &n) && !cell_grade(S("0"), &n), "no grade beyond five");
    check(cell_is_blank(S("/")) && cell_is_blank(S("——")) && cell_is_blank(S(""))
        && !cell_is_blank(S("0")), "signs of nothing");
}

/* No cell of ours is taken for a formula; what it says stays. */
static void test_csv(void)
{
    static const struct { const char *text, *cell; } rows[] = {
        { "甲", "甲" }, { "a,b", "\"a,b\"" }, { "=1+1", "'=1+1" }, { "＝1+1", "'＝1+1" }, { "－甲", "'－甲" },
        { "@a,b", "\"'@a,b\"" }, { "\n=1", "\"'\n=1\"" }, { "=\"a\"", "\"'=\"\"a\"\"\"" }, { "a=1", "a=1" },
    };
    char room[64];
    for (size_t i = 0; i < COUNT(rows); i++) {
        Out o = { .buf = room, .cap = sizeof room };
        csv_text(&o, str_of(rows[i].text));
        check_str(out_view(&o), str_of(rows[i].cell), rows[i].text);
    }
}

void test_cell(void)
{
    test_csv();
    test_dates();
    test_days_of();
    test_sums();
    test_numbers();
    test_words();
}
