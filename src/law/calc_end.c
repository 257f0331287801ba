/* B01 compensation (N), B03 with pay in lieu of notice (N+1), B02 damages (2N). */
#include "law/calc_list.h"

/* Half months for the days from..last: a full year two, six months or more
** two, anything less one (劳动合同法 47, 2012). */
static int64_t half_months(Run *r, Date from, Date last)
{
    Date end = date_plus(last, 1);
    if (end.day <= from.day) return 0;
    int months = months_between(from, end);
    int years = months / 12;
    if (date_plus_months(from, years * 12).day >= end.day) return 2 * (int64_t)years;
    bool half = months - years * 12 < whole(r, P_HALF_YEAR);
    return 2 * (int64_t)years + (half ? 1 : 2);
}

/* The monthly wage that counts: never below the minimum wage. */
static int64_t floored(Run *r)
{
    int64_t base = val(r, F_AVERAGE_FEN), minimum = 0;
    if (minimum_wage(r, false, &minimum) && base < minimum) {
        warn(r, W_BASE_FLOOR, ARGS(base, minimum));
        base = minimum;
    }
    return base;
}

Severance severance_of(Run *r, Date from, Date last)
{
    Severance s = { .base = floored(r), .halves = half_months(r, from, last) };
    int64_t average = 0, limit = 2 * whole(r, P_CAP_YEARS);
    s.served = s.halves;
    if (!money_of(r, F_CITY_AVERAGE_FEN, P_CITY_AVERAGE, &average)) {
        warn(r, W_NO_CAP, NULL);
        return s;
    }
    Wide cap = (Wide)average * rate(r, P_CAP_TIMES);
    if ((Wide)s.base * FIGURE_SCALE <= cap) return s; /* strictly above, or no cap at all */
    s.base = fen_round(cap, FIGURE_SCALE);
    s.capped = true;
    if (s.halves > limit) s.halves = limit;
    return s;
}

static Date service_start(Run *r)
{
    Date hire = day(r, F_HIRE);
    int64_t more = val(r, F_EARLIER_MONTHS);
    if (more && fact_is(r, F_EARLIER_PAID)) {
        warn(r, W_EARLIER_PAID, NULL);
        return hire;
    }
    return date_plus_months(hire, -(int)more);
}

bool reason_is(const Run *r, const char *word)
{
    return has(r, F_REASON) && str_eq(calc_code_word(CALC_REASONS, val(r, F_REASON)), str_of(word));
}

WordId reason_bars(const Run *r)
{
    static const struct Bar { const char *reason; WordId word; } bars[] = {
        { "agreed_worker", W_BAR_AGREED }, { "resign", W_BAR_RESIGN }, { "misconduct", W_BAR_MISCONDUCT },
        { "expiry_refused", W_BAR_EXPIRY }, { "retired", W_BAR_RETIRED }, { "death", W_BAR_DEATH },
        { "public_post", W_BAR_PUBLIC },
    };
    if (fact_is(r, F_PART_TIME)) return W_BAR_PART_TIME;
    for (size_t i = 0; i < COUNT(bars); i++) {
        if (reason_is(r, bars[i].reason)) return bars[i].word;
    }
    return W__NONE;
}

/* N is computed; a reason that bars it makes it nothing, with the article. */
static bool barred(Run *r)
{
    WordId word = reason_bars(r);
    if (word == W__NONE) return false;
    warn(r, word, NULL);
    item(r, W_COMPENSATION, fact_is(r, F_PART_TIME) ? C_LHT71 : C_LHT46, 0);
    return true;
}

static void note_cap(Run *r, CalcLine *line, Severance s)
{
    if (!s.capped) return;
    line->note = say(r, W_CAPPED, ARGS(val(r, F_AVERAGE_FEN), s.base, s.served * FIGURE_SCALE / 2,
                                       s.halves * FIGURE_SCALE / 2));
}

static Str years_working(Run *r, Severance s, int64_t fen)
{
    return work(r, "%n × %y = %y", ARGS(s.halves * FIGURE_SCALE / 2, s.base, fen));
}

/* Years before the law (97(3)): a month a year, a part of one counts whole;
** only where the rules of then gave compensation, hence for review. */
static void old_rule(Run *r, Date from, Date last)
{
    if (reason_is(r, "expiry") || reason_is(r, "task_done") || reason_is(r, "closed")) {
        warn(r, W_OLD_NONE, NULL);
        return;
    }
    Date end = date_plus(last, 1);
    int months = months_between(from, end), years = months / 12;
    years += date_plus_months(from, years * 12).day < end.day;
    int64_t limit = whole(r, P_OLD_CAP);
    bool limited = reason_is(r, "agreed") || reason_is(r, "incompetent");
    if (limited && years > limit) years = (int)limit;
    int64_t base = floored(r), fen = base * years;
    CalcLine *line = item(r, W_OLD_RULE, C_LHT97, fen);
    line->working = work(r, "%i × %y = %y", ARGS(years, base, fen));
    line->note = say(r, W_NEEDS_REVIEW, NULL);
    line->tag = S("needs_review");
    warn(r, W_OLD_WARNING, NULL);
}

static bool service_read(Run *r, Date *from, Date *last)
{
    if (!ordered(r, F_HIRE, F_LAST_DAY)) return false;
    *last = day(r, F_LAST_DAY);
    r->when = *last;
    *from = service_start(r);
    return true;
}

static void compensation(Run *r)
{
    Date from, last;
    if (!service_read(r, &from, &last) || barred(r)) return;
    Date split = law_from(r), start = later(from, split);
    Severance s = severance_of(r, start, last);
    if (failed(r)) return;
    int64_t fen = fen_round((Wide)s.base * s.halves, 2);
    CalcLine *line = item(r, W_COMPENSATION, C_LHT47, fen);
    line->working = years_working(r, s, fen);
    note_cap(r, line, s);
    value_n(r, "months", s.halves * FIGURE_SCALE / 2);
    value(r, "capped", s.capped ? S("true") : S("false"));
    if (from.day < split.day) old_rule(r, from, earlier(last, date_plus(split, -1)));
}

static void run_b01(Run *r)
{
    compensation(r);
    if (reason_is(r, "unlawful")) warn(r, W_SEE_2N, NULL);
}

static bool needs_notice(Run *r)
{
    bool art40 = reason_is(r, "medical") || reason_is(r, "incompetent") || reason_is(r, "change");
    if (fact_is(r, F_PART_TIME)) return false; /* 71: ended at any moment, without notice */
    if (has(r, F_REASON) && !art40) {
        warn(r, W_NOT_ART40, NULL);
        return false;
    }
    if (fact_is(r, F_NOTICE_GIVEN)) warn(r, W_NOTICE_GIVEN, NULL);
    return !fact_is(r, F_NOTICE_GIVEN);
}

static void run_b03(Run *r)
{
    compensation(r);
    if (failed(r)) return;
    int64_t fen = needs_notice(r) ? val(r, F_LAST_MONTH_FEN) : 0;
    CalcLine *line = item(r, W_NOTICE_PAY, C_LHT40, fen);
    line->working = work(r, "%y × %i = %y", ARGS(val(r, F_LAST_MONTH_FEN), fen != 0, fen));
    warn(r, W_NOT_WITH_2N, NULL);
}

static void run_b02(Run *r)
{
    Date from, last;
    if (!service_read(r, &from, &last)) return;
    if (fact_is(r, F_PART_TIME)) {
        (void)barred(r);
        return;
    }
    Severance s = severance_of(r, from, last);
    int64_t times = rate(r, P_UNLAWFUL_TIMES);
    if (failed(r)) return;
    int64_t fen = fen_round((Wide)s.base * s.halves * times, (Wide)2 * FIGURE_SCALE);
    CalcLine *line = item(r, W_DAMAGES, C_LHT87, fen);
    line->working = work(r, "%n × %n × %y = %y", ARGS(times, s.halves * FIGURE_SCALE / 2, s.base, fen));
    note_cap(r, line, s);
    value_n(r, "months", s.halves * FIGURE_SCALE / 2);
    value(r, "capped", s.capped ? S("true") : S("false"));
    if (has(r, F_REASON) && !reason_is(r, "unlawful")) warn(r, W_NOT_UNLAWFUL, NULL);
    warn(r, W_NOT_WITH_N, NULL);
    warn(r, W_OR_REINSTATE, NULL);
    if (has(r, F_UNION_TOLD) && !fact_is(r, F_UNION_TOLD)) warn(r, W_UNION, NULL);
}

static const CalcUse b01_use[] = {
    { F_HIRE, true }, { F_LAST_DAY, true }, { F_AVERAGE_FEN, true }, { F_CITY_AVERAGE_FEN, false },
    { F_MINIMUM_FEN, false }, { F_REGION, false }, { F_WAGE_CLASS, false }, { F_REASON, false },
    { F_EARLIER_MONTHS, false }, { F_EARLIER_PAID, false }, { F_PART_TIME, false },
};
static const CalcUse b02_use[] = {
    { F_HIRE, true }, { F_LAST_DAY, true }, { F_AVERAGE_FEN, true }, { F_CITY_AVERAGE_FEN, false },
    { F_MINIMUM_FEN, false }, { F_REGION, false }, { F_WAGE_CLASS, false }, { F_REASON, false },
    { F_EARLIER_MONTHS, false }, { F_EARLIER_PAID, false }, { F_PART_TIME, false }, { F_UNION_TOLD, false },
};
static const CalcUse b03_use[] = {
    { F_HIRE, true }, { F_LAST_DAY, true }, { F_AVERAGE_FEN, true }, { F_CITY_AVERAGE_FEN, false },
    { F_MINIMUM_FEN, false }, { F_REGION, false }, { F_WAGE_CLASS, false }, { F_REASON, false },
    { F_EARLIER_MONTHS, false }, { F_EARLIER_PAID, false }, { F_PART_TIME, false },
    { F_LAST_MONTH_FEN, true }, { F_NOTICE_GIVEN, false },
};

const Calc calc_b01 = {
    .code = "B01", .title = { "经济补偿", "economic compensation (N)" },
    .formula = { "年限（满六个月按一年，不满六个月按半年）× 前12个月平均工资；高于当地平均工资三倍的按三倍且最多十二年",
                 "years (six months or more count one, less a half) × 12-month average; above three times the"
                 " city's average: three times, and at most twelve years" },
    .basis = "劳动合同法（2012）46、47、97；实施条例（2008）10、22、27；劳部发〔1994〕481号",
    .use = b01_use, .uses = COUNT(b01_use), .run = run_b01,
};

const Calc calc_b02 = {
    .code = "B02", .title = { "违法解除（终止）赔偿金", "damages for unlawful dissolution (2N)" },
    .formula = { "2 × 经济补偿标准，年限自用工之日起（含2008年以前）", "2 × the standard of N, years from the"
                 " hire, those before 2008 included" },
    .basis = "劳动合同法（2012）47、48、87；实施条例（2008）25",
    .use = b02_use, .uses = COUNT(b02_use), .run = run_b02,
};

const Calc calc_b03 = {
    .code = "B03", .title = { "经济补偿与代通知金", "compensation and pay in lieu of notice (N+1)" },
    .formula = { "N + 上一个月工资标准（第四十条且未提前三十日通知）",
                 "N + the wage of the month before (art. 40 without 30 days' notice)" },
    .basis = "劳动合同法（2012）40、46、47；实施条例（2008）20",
    .use = b03_use, .uses = COUNT(b03_use), .run = run_b03,
};
