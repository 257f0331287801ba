/* The months of reports, the lines of a month, what a case adds to them, the checks and rates. */
#include "law/period.h"
#include "oversight/statistics/small.h"
#include "oversight/month/facts.h"
#include "oversight/month/report.h"
#include "test.h"
#include "unit/lawdata.h"
#include "unit/suites.h"

enum { ROOM = 4 << 20 };

static Date day(const char *iso) { return date_parse(str_of(iso)); }

/* ---- months ----------------------------------------------------------------------------------- */

static Params rules(Arena *mem, const char *text)
{
    Params p;
    Sheet sheet;
    params_init(&p, mem, 20);
    check(params_read(&p, mem, str_of(text), &sheet), "month: the rules are read");
    return p;
}

/* Keywords: each number once, found by any of its terms, not before its day. */
static void test_keywords(const Law *law)
{
    const Keywords *list = &law->keywords;
    uint64_t seen = 0, twice = 0;
    Date day = date_of(2026, 8, 1);
    for (size_t i = 0; i < list->n; i++) {
        uint64_t bit = (uint64_t)1 << (list->row[i].no - 1);
        twice |= seen & bit;
        seen |= bit;
    }
    Date before = date_of(2008, 4, 30);
    check_int((int64_t)list->n, 24, "keywords: as many as data/README.md says");
    check(twice == 0, "keywords: no number twice");
    check(keywords_said(list, S("单位停发工资，也不付加班费。"), day) == 3, "keywords: two of them");
    check(keywords_said(list, S("单位停发工资"), before) == 0, "keywords: not before the first day");
    check(keywords_said(list, S(""), day) == 0, "keywords: none of nothing");
    check_int(KEYWORD_LINES, KEYWORDS_MAX, "keywords: a line for each");
}

static void test_calendar_months(Arena *mem)
{
    Params none = rules(mem, "key,region,from,to,value,unit,basis,note\n");
    Date since, until;
    check_int(period_of(&none, S("450206"), day("2026-02-28")), 202602, "month: the last of February");
    check_int(period_of(&none, S("450206"), day("2026-03-01")), 202603, "month: the first of March");
    period_days(&none, S("450206"), 202602, &since, &until);
    check_int(since.day, day("2026-02-01").day, "month: February begins");
    check_int(until.day, day("2026-03-01").day, "month: February is over");
    check_int(period_plus(202612, 1), 202701, "month: after December");
    check_int(period_plus(202601, -1), 202512, "month: before January");
    check_int(period_plus(202605, -25), 202404, "month: two years and a month before");
}

static void test_other_months(Arena *mem)
{
    Params p = rules(mem, "key,region,from,to,value,unit,basis,note\n"
                          "REPORT_FIRST_DAY,*,2008-05-01,,1,day,P,\n"
                          "REPORT_FIRST_DAY,45,2026-04-21,,21,day,P,\n");
    Date since, until;
    check_int(period_of(&p, S("450206"), day("2026-04-20")), 202604, "month: the day before the rule");
    check_int(period_of(&p, S("450206"), day("2026-04-21")), 202605, "month: the 21st is of the next");
    check_int(period_of(&p, S("450206"), day("2026-05-20")), 202605, "month: the 20th is the last");
    check_int(period_of(&p, S("450206"), day("2026-05-21")), 202606, "month: the day after");
    check_int(period_of(&p, S("450206"), day("2026-12-21")), 202701, "month: over the year's end");
    check_int(period_of(&p, S("320600"), day("2026-04-21")), 202604,
        "month: another province keeps the calendar");
    period_days(&p, S("450206"), 202604, &since, &until);
    check_int(since.day, day("2026-04-01").day, "month: the month of the change begins as before");
    check_int(until.day, day("2026-04-21").day, "month: and is short");
    period_days(&p, S("450206"), 202606, &since, &until);
    check_int(since.day, day("2026-05-21").day, "month: June begins on 21 May");
    check_int(until.day, day("2026-06-21").day, "month: and is over on 21 June");
    period_days(&p, S("450206"), 202701, &since, &until);
    check_int(since.day, day("2026-12-21").day, "month: January begins in the old year");
    check_int(until.day, day("2027-01-21").day, "month: and is over on 21 January");
    period_days(&p, S("450206"), 202802, &since, &until);
    check_int(until.day - since.day, 31, "month: February of a leap year is from 21 January to 20 February");
    period_days(&p, S("450206"), 202803, &since, &until);
    check_int(until.day - since.day, 29, "month: and March has the leap day");
    period_days(&p, S("450206"), 202612, &since, &until);
    check_int(until.day, day("2026-12-21").day, "month: the year is over on 21 December");
}

/* From the south, whose months end on the 20th, to the east, whose months are the calendar's; and back. */
static void test_moved_months(Arena *mem)
{
    Params p = rules(mem, "key,region,from,to,value,unit,basis,note\n"
                          "REPORT_FIRST_DAY,*,2008-05-01,,1,day,P,\n"
                          "REPORT_FIRST_DAY,45,2008-05-01,,21,day,P,\n");
    const Seat seat[] = { { { 0 }, S("450206") }, { day("2026-06-25"), S("320600") },
                          { day("2026-09-01"), S("450206") } };
    const Seats moved = { seat, COUNT(seat) }, one = { seat, 1 };
    Date since, until;
    check_int(period_at(&p, &one, day("2026-06-25")), 202607, "moves: without one as ever");
    check_int(period_at(&p, &moved, day("2026-06-24")), 202607, "moves: the day before");
    check_int(period_at(&p, &moved, day("2026-06-25")), 202607, "moves: in its calendar month as before");
    check_int(period_at(&p, &moved, day("2026-07-01")), 202607, "moves: then as where it lies now");
    check_int(period_at(&p, &moved, day("2026-07-21")), 202607, "moves: whose months go on");
    check_int(period_at(&p, &moved, day("2026-09-21")), 202610, "moves: and back");
    period_days_at(&p, &moved, 202607, &since, &until);
    check_int(since.day, day("2026-06-21").day, "moves: July begins as it did there");
    check_int(until.day, day("2026-08-01").day, "moves: and is over as it is here");
    Date before = until;
    for (int64_t month = 202608; month <= 202612; month++) {
        period_days_at(&p, &moved, month, &since, &until);
        check_int(since.day, before.day, "moves: no day is left out, none counts twice");
        before = until;
    }
}

static void test_written_months(void)
{
    int64_t m = 0;
    char text[16];
    Out o = { .buf = text, .cap = sizeof text };
    static const char *const wrong[] = { "", "2026", "2026-5", "2026-00", "2026-13", "2026-1a", "2026/05",
        "1989-05", "2026-055" };
    check(period_parse(S("2026-05"), &m) && m == 202605, "month: read");
    for (size_t i = 0; i < COUNT(wrong); i++) check(!period_parse(str_of(wrong[i]), &m), wrong[i]);
    period_write(&o, 202605);
    check_str(out_view(&o), S("2026-05"), "month: written");
}

/* ---- lines -------------------------------------------------------------------------------------- */

static void test_lines(void)
{
    char text[LINES_TEXT];
    Out o = { .buf = text, .cap = sizeof text };
    Lines l = { 0 }, twice = { 0 };
    lines_read(&l, S("2:40 3:-5 51:1560000 9999:1 0:3 x:1 7 8:"));
    check_int(l.n[2], 40, "lines: a number");
    check_int(l.n[3], -5, "lines: a negative one");
    check_int(l.n[51], 1560000, "lines: a sum");
    lines_write(&o, &l);
    check_str(out_view(&o), S("2:40 3:-5 51:1560000"), "lines: written without what is none");
    lines_read(&twice, out_view(&o));
    lines_read(&twice, out_view(&o));
    check_int(twice.n[2], 80, "lines: reading adds");
    lines_add(&twice, &l, -2);
    check_int(twice.n[2] + twice.n[3] + twice.n[51], 0, "lines: taken off again");
    check(line_of(S("closed")) == LINE_CLOSED && line_of(S("palace")) == LINE_NONE, "lines: by their keys");
}

/* Each line that C names by a key of the report has its number there. */
static void test_keys(const Law *law)
{
    const ReportLaw *r = &law->report;
    size_t named = 0;
    for (size_t i = 0; i < r->lines; i++) {
        Line line = line_of(r->line[i].key);
        if (line == LINE_NONE) continue;
        named++;
        check_int(line, r->line[i].no, "lines: the report's number");
    }
    check(named > 50, "lines: most of the report's are named");
    check_int(r->line[LINE_CAUSE_PAY + CAUSE_LINES - 2].no, LINE_CAUSE_PAY + CAUSE_LINES - 1,
        "lines: the last cause");
    check_str(r->line[LINE_SOURCE_SELF + SOURCE_LINES - 2].key, S("source_referred"),
        "lines: the last source");
}

/* ---- AS-52 -------------------------------------------------------------------------------------- */

static void test_balance(const Law *law)
{
    Lines l = { 0 }, before = { 0 };
    Balance b[BALANCES_MAX];
    Rate rate[RATES_MAX];
    Sum start = { .open = 40 }, end = { .open = 40, .late = 2 };
    lines_read(&l, S("3:120 2:130 4:6 5:4 44:120 45:70 46:15 47:5 48:20 49:10 52:1234 53:100 117:3 66:9 101:2"
                     " 11:120 23:120 34:120"));
    before.n[LINE_CARRIED_OUT] = 40;
    lines_close(&l, &start, &end);
    size_t n = report_balances(&law->report, &l, &before, b);
    check(n == law->report.checks && balances_good(b, n), "AS-52: the sums come out");
    check_int(l.n[LINE_CARRIED_OUT], 40, "AS-52: open at the end");
    check_int(l.n[LINE_OVERDUE], 5, "late: closed late and still open");
    check_int(l.n[LINE_MEAN_DAYS], 103, "mean days, in tenths, half up");
    check_int(l.n[LINE_SATISFACTION], 450, "mean mark, in hundredths");
    n = report_rates(&l, rate);
    check(n > 1 && rate[0].num == 90 && rate[0].den == 120, "AS-52: success 90 of 120");
    check(rate[1].num == 90 && rate[1].den == 110, "AS-52: without those withdrawn 90 of 110");
    l.n[LINE_FAILED]--;
    n = report_balances(&law->report, &l, &before, b);
    check(!balances_good(b, n), "a case without an outcome is found");
    l.n[LINE_FAILED]++;
    before.n[LINE_CARRIED_OUT] = 39;
    n = report_balances(&law->report, &l, &before, b);
    check(!balances_good(b, n) && b[n - 1].right == 39, "a month that begins elsewhere is found");
}

/* ---- what a case is in its months ---------------------------------------------------------------- */

static int64_t at(const Facts *f, int64_t month, int64_t line)
{
    const Cell *cell = f->cells.at;
    int64_t n = 0;
    for (size_t i = 0; i < f->cells.n; i++) {
        n += cell[i].month == month && cell[i].line == line ? cell[i].n : 0;
    }
    return n;
}

static Facts facts(Ctx *c, const Case *k, const Happening *h, size_t n)
{
    Facts f = { .c = c, .k = k, .h = h, .n = n };
    facts_of(&f);
    return f;
}

static Case agreed_case(void)
{
    return (Case){ .id = { 1 }, .no = S("1"), .state = S("effective"), .cause = S("A01"),
        .industry = S("C13"),
                   .source = S("SELF"), .workers = 3, .amount = { 100 }, .flags = S("COLL"),
                       .region = S("450206"),
                   .filed = day("2026-01-28"), .accepted = day("2026-01-30"), .effective = day("2026-02-20"),
                   .due = day("2026-02-14") };
}

static void test_agreed(Ctx *c)
{
    Case k = agreed_case();
    const Happening h[] = {
        { .what = S("registered"), .day = day("2026-01-29") }, { .what = S("group"), .n = 1 | 8 },
        { .what = S("owing"), .day = day("2026-03-31"), .until = day("2026-04-02"), .n = 70 },
        { .what = S("owing"), .day = day("2026-03-31"), .until = day("2026-03-30"), .n = 20 },
        { .what = S("owing"), .day = day("2026-03-31"), .word = S("waived"), .n = 10 },
        { .what = S("clock"), .word = S("C-JCONF"), .day = day("2026-03-22"), .n = 1,
            .until = day("2026-02-25") },
        { .what = S("applied"), .word = S("JCONF"), .day = day("2026-02-25") },
        { .what = S("pursuit"), .word = S("JCONF valid"), .day = day("2026-03-05") },
        { .what = S("visit"), .day = day("2026-04-05"), .n = 5 },
    };
    Facts f = facts(c, &k, h, COUNT(h));
    check(at(&f, 202601, LINE_REGISTERED) == 1 && at(&f, 202601, LINE_ACCEPTED) == 1,
        "facts: registered, accepted");
    check(at(&f, 202601, LINE_COLLECTIVE_PEOPLE) == 3 && at(&f, 202601, LINE_MAJOR) == 0,
        "facts: collective");
    check(at(&f, 202601, LINE_GROUP_RURAL) == 1 && at(&f, 202601, LINE_GROUP_FEMALE) == 1
        && at(&f, 202601, LINE_GROUP_DISPATCH) == 0, "facts: groups");
    check(at(&f, 202602, LINE_CLOSED) == 1 && at(&f, 202602, LINE_AGREED) == 1, "facts: closed by agreement");
    check(at(&f, 202602, LINE_AGREED_FEN) == 100 && at(&f, 202602, LINE_MEAN_DAYS) == 21,
        "facts: its sum and days");
    check(at(&f, 202602, LINE_LATE_CLOSED) == 1 && at(&f, 202602, LINE_ON_TIME) == 0,
        "facts: after its last day");
    check(at(&f, 202602, LINE_LATE_BEGAN) == 1 && at(&f, 202602, LINE_LATE_ENDED) == 1,
        "facts: late, and no more");
    check(at(&f, 202603, LINE_DUE) == 2 && at(&f, 202603, LINE_DUE_FEN) == 90,
        "facts: what is waived is not due");
    check(at(&f, 202603, LINE_PERFORMED) == 1 && at(&f, 202603, LINE_PERFORMED_FEN) == 20,
        "facts: by the month's end");
    check(at(&f, 202602, LINE_ELIGIBLE) == 1 && at(&f, 202602, LINE_APPLIED) == 1 && at(&f, 202602,
        LINE_PASSED) == 1,
        "facts: the funnel counts in the agreement's month");
    check(at(&f, 202602, LINE_CONFIRM_APPLIED) == 1 && at(&f, 202603, LINE_CONFIRM_PASSED) == 1,
        "facts: confirmed");
    check(at(&f, 202604, LINE_SATISFACTION) == 5 && at(&f, 202604, LINE_MARKS) == 1, "facts: a visit's mark");
}

/* An old month stays where it was counted, though the office has moved to where months go otherwise. */
static void test_moved_office(Ctx *c)
{
    Case k = agreed_case();
    Law law = *c->law;
    const Law *kept = c->law;
    law.params = rules(c->mem, "key,region,from,to,value,unit,basis,note\n"
                               "REPORT_FIRST_DAY,45,2008-05-01,,21,day,P,\n"
                               "RETURN_MONTHS,*,2008-05-01,,6,month,P,\n");
    c->law = &law;
    const Happening moved[] = { { .what = S("region"), .word = S("320600") },
                                { .what = S("seat"), .word = S("450206 320600"), .day = day("2026-03-02") } };
    Facts f = facts(c, &k, moved, 2);
    bool there = at(&f, 202602, LINE_ACCEPTED) == 1 && at(&f, 202601, LINE_ACCEPTED) == 0;
    check(there, "facts: counted where it lay");
    Facts now_there = facts(c, &k, moved, 1);
    check(at(&now_there, 202601, LINE_ACCEPTED) == 1, "facts: who was always there");
    c->law = kept;
}

static void test_others(Ctx *c)
{
    Case k = agreed_case();
    k.effective = (Date){ 0 };
    k.state = S("mediating");
    Facts open = facts(c, &k, NULL, 0);
    check(at(&open, 202602, LINE_LATE_BEGAN) == 1 && at(&open, 202602, LINE_CLOSED) == 0,
        "facts: open and late");
    k.state = S("suspended");
    Facts paused = facts(c, &k, NULL, 0);
    check(at(&paused, 202602, LINE_LATE_BEGAN) == 0, "facts: not late while it rests");
    k.state = S("closed");
    k.before = S("failed");
    k.ended = day("2026-02-14");
    Facts failed = facts(c, &k, NULL, 0);
    check(at(&failed, 202602, LINE_FAILED) == 1 && at(&failed, 202602, LINE_ON_TIME) == 1,
        "facts: on its last day");
    k.before = S("withdrawn");
    Facts gone = facts(c, &k, NULL, 0);
    check(at(&gone, 202602, LINE_WITHDRAWN) == 1 && at(&gone, 202602, LINE_ON_TIME) == 0,
        "facts: withdrawn is not on time");
    k.accepted = (Date){ 0 };
    Facts before = facts(c, &k, NULL, 0);
    check(at(&before, 202602, LINE_WITHDRAWN_BEFORE) == 1 && at(&before, 202602, LINE_CLOSED) == 0,
        "facts: before acceptance");
    k.before = S("rejected");
    Facts refused = facts(c, &k, NULL, 0);
    check(at(&refused, 202602, LINE_REFUSED) == 1, "facts: refused");
    k = agreed_case();
    k.source = S("SPLIT");
    const Happening later[] = { { .what = S("first"), .day = day("2026-02-10") } };
    Facts split = facts(c, &k, later, 1);
    check(at(&split, 202601, LINE_ACCEPTED) == 0 && at(&split, 202602, LINE_ACCEPTED) == 1
        && at(&split, 202602, LINE_SOURCE_SELF) == 1, "facts: split off later, counted from then");
}

/* What who sees no names may see: "x" is hidden. */
static const struct Cells { int64_t n[6], rows, columns; bool both; const char *seen; } cells[] = {
    { { 5, 3, 2 }, 1, 3, false, "5 x x " },          /* 2 would be what is left of 10 */
    { { 5, 0, 2 }, 1, 3, false, "x 0 x " },
    { { 0, 0, 2 }, 1, 3, false, "0 0 x " },          /* its total is hidden itself */
    { { 9, 1, 2 }, 1, 3, false, "9 x x " },          /* two hide each other */
    { { 9, 8, 3 }, 1, 3, false, "9 8 3 " },
    { { 9, 1, 7, 8, 6, 5 }, 2, 3, false, "9 x x 8 6 5 " },
    { { 9, 1, 7, 8, 6, 5 }, 2, 3, true, "9 x x 8 x x " }, /* down the columns, too */
};

static void test_small(void)
{
    Stat s = { .small = 3 };
    for (size_t i = 0; i < COUNT(cells); i++) {
        char text[60];
        int64_t n[6];
        Out o = { .buf = text, .cap = sizeof text };
        for (size_t k = 0; k < 6; k++) n[k] = cells[i].n[k];
        small_hide(&s, n, cells[i].rows, cells[i].columns, cells[i].both);
        for (int64_t k = 0; k < cells[i].rows * cells[i].columns; k++) {
            if (n[k] == CELL_HIDDEN) out_str(&o, S("x"));
            else out_int(&o, n[k]);
            out_str(&o, S(" "));
        }
        check_str(out_view(&o), str_of(cells[i].seen), cells[i].seen);
    }
    Lines l = { 0 };
    Rate r = { .key = "success", .num = 4, .den = 5 };
    check(small_rate(&s, &r, &l), "one that did not succeed");
    r.den = 7;
    check(!small_rate(&s, &r, &l), "three that did not");
    l.n[LINE_ACCEPTED] = 2;
    l.n[LINE_CLAIM_FEN] = 1200000;
    small_lines(&s, &l);
    check(l.n[LINE_CLAIM_FEN] == CELL_HIDDEN, "what two claimed");
    s.small = 0;
    l = (Lines){ 0 };
    l.n[LINE_ACCEPTED] = 1;
    small_lines(&s, &l);
    check_int(l.n[LINE_ACCEPTED], 1, "who sees names sees all");
}

void test_month(void)
{
    Law law;
    Block data = lawdata_open(&law);
    Block block = block_open(ROOM);
    Arena mem = block_arena(&block);
    Ctx c = { .mem = &mem, .law = &law, .today = day("2026-06-01") };
    test_calendar_months(&mem);
    test_keywords(&law);
    test_other_months(&mem);
    test_moved_months(&mem);
    test_written_months();
    test_lines();
    test_keys(&law);
    test_balance(&law);
    test_agreed(&c);
    test_others(&c);
    test_moved_office(&c);
    block_close(&block);
    block_close(&data);
    test_small();
}
