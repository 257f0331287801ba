/* A09: the second wage of the months without a written contract. */
#include "law/calc_list.h"

/* The second wage of a..b, as full months and working days of the rest. */
static int64_t second_wage(Run *r, Span s)
{
    int64_t days = rate(r, P_PAY_DAYS);
    return fen_round((Wide)val(r, F_MONTHLY_FEN) * (s.months * days + s.days * FIGURE_SCALE), days);
}

static Str span_working(Run *r, Span s, int64_t fen)
{
    int64_t wage = val(r, F_MONTHLY_FEN);
    if (s.days == 0) return work(r, "%y × %i = %y", ARGS(wage, s.months, fen));
    return work(r, "%y × %i + %y ÷ %n × %i = %y",
                ARGS(wage, s.months, wage, rate(r, P_PAY_DAYS), s.days, fen));
}

/* Who was hired before the law was in force has a month from that day to get a contract (97(2)). */
static Date counted_from(Run *r)
{
    Date hire = day(r, F_HIRE), law = law_from(r);
    if (hire.day < law.day) warn(r, W_FROM_LAW, ARGS(law.day));
    return later(hire, law);
}

static Date leaving_or_claim(const Run *r, Date end)
{
    if (has(r, F_LAST_DAY)) end = earlier(end, day(r, F_LAST_DAY));
    if (has(r, F_ASKED)) end = earlier(end, day(r, F_ASKED));
    return end;
}

/* The last day before signing, the request's day, the last day of work. */
static Date window_end(const Run *r, Date end)
{
    if (has(r, F_SIGNED)) end = earlier(end, date_plus(day(r, F_SIGNED), -1));
    return leaving_or_claim(r, end);
}

/* The other divisor in use: that month's own working days. */
static void other_divisor(Run *r, Span s)
{
    if (s.days == 0) return;
    int64_t scheduled = working_days(r, s.rest, date_plus(date_plus_months(s.rest, 1), -1));
    if (scheduled == 0) return;
    int64_t wage = val(r, F_MONTHLY_FEN);
    int64_t fen = fen_round((Wide)wage * (s.months * scheduled + s.days), scheduled);
    aside(r, W_OTHER_DIVISOR, C_SF2_6, fen)->working =
        work(r, "%y × %i + %y ÷ %i × %i = %y", ARGS(wage, s.months, wage, scheduled, s.days, fen));
}

/* Said, never cut: whether the year runs by the day or as a lump differs. */
static void limitation(Run *r, Date from, Date end)
{
    if (!has(r, F_ASKED) || end.day < from.day) return;
    Date safe = date_plus_months(day(r, F_ASKED), -(int)whole(r, P_LIMITATION));
    if (from.day >= safe.day) return;
    warn(r, W_LIMITATION, ARGS(safe.day));
    Span s = span_of(r, safe, end);
    int64_t fen = second_wage(r, s);
    aside(r, W_WITHIN_YEAR, C_TJZC27, fen)->working = span_working(r, s, fen);
}

static void exempted(Run *r)
{
    static const WordId words[] = { W__NONE, W_EXEMPT_FORCE, W_EXEMPT_WORKER, W_EXEMPT_AUTO };
    item(r, W_SECOND_WAGE, val(r, F_EXEMPT) == 3 ? C_SF2_8 : C_SF2_7, 0);
    warn(r, words[val(r, F_EXEMPT)], NULL);
}

static void window_line(Run *r)
{
    Date start = counted_from(r);
    Date from = date_plus_months(start, (int)whole(r, P_DOUBLE_FROM));
    Date year = date_plus_months(start, (int)whole(r, P_DOUBLE_TO));
    Date end = window_end(r, date_plus(year, -1));
    if (failed(r)) return;
    Span s = span_after(r, start, from, end);
    int64_t fen = second_wage(r, s);
    CalcLine *line = item(r, W_SECOND_WAGE, C_LHT82, fen);
    line->working = span_working(r, s, fen);
    if (end.day >= from.day) {
        line->note = say(r, W_WINDOW, ARGS(from.day, end.day));
        value_d(r, "window_from", from);
        value_d(r, "window_to", end);
        provisional_said(r, s, end);
    }
    value_i(r, "full_months", s.months);
    value_i(r, "part_days", s.days);
    other_divisor(r, s);
    limitation(r, from, end);
    if (end.day + 1 == year.day && (!has(r, F_SIGNED) || day(r, F_SIGNED).day > year.day)) {
        warn(r, W_DEEMED_OPEN, ARGS(year.day));
    }
    if (!has(r, F_SIGNED) && !has(r, F_ASKED) && !has(r, F_LAST_DAY)) warn(r, W_WHOLE_WINDOW, NULL);
}

/* A contract signed before the open-ended one was due is another one. */
static bool signed_before_due(const Run *r)
{
    return has(r, F_SIGNED) && day(r, F_SIGNED).day < day(r, F_OPEN_DUE).day;
}

/* 82(2): from the day an open-ended contract was due to the eve of its signing. */
static void open_line(Run *r)
{
    Date from = day(r, F_OPEN_DUE), end = date_of(9999, 12, 30);
    bool first = signed_before_due(r);
    if ((first || !has(r, F_SIGNED)) && !has(r, F_LAST_DAY) && !has(r, F_ASKED)) {
        must(r, F_ASKED, "required", W_NEED_END);
        return;
    }
    end = first ? leaving_or_claim(r, end) : window_end(r, end);
    Span s = span_of(r, from, end);
    int64_t fen = second_wage(r, s);
    CalcLine *line = item(r, W_OPEN_REFUSED, C_LHT82_2, fen);
    line->working = span_working(r, s, fen);
    if (end.day >= from.day) line->note = say(r, W_WINDOW, ARGS(from.day, end.day));
    provisional_said(r, s, end);
    other_divisor(r, s);
    limitation(r, from, end);
}

/* An open-ended contract is due after written ones, so the first year's window
** counts beside it only if it was signed late; and where nothing was ever
** signed, the year that makes it open-ended by law ends the second wage
** (法释〔2025〕12号 9). */
static void open_contract(Run *r)
{
    if (fact_is(r, F_NO_CONTRACT)) {
        window_line(r);
        warn(r, W_OPEN_DEEMED, NULL);
        return;
    }
    if (signed_before_due(r)) window_line(r);
    else warn(r, W_OPEN_EARLIER, NULL);
    if (!failed(r)) open_line(r);
}

static void run_a09(Run *r)
{
    Date hire = day(r, F_HIRE);
    if (has(r, F_LAST_DAY)) (void)ordered(r, F_HIRE, F_LAST_DAY);
    if (has(r, F_ASKED)) (void)ordered(r, F_HIRE, F_ASKED);
    if (fact_is(r, F_NO_CONTRACT) && has(r, F_SIGNED)) must(r, F_SIGNED, "conflict", W_SIGNED_CONFLICT);
    if (has(r, F_OPEN_DUE)) (void)ordered(r, F_HIRE, F_OPEN_DUE);
    if (failed(r)) return;
    r->when = later(hire, has(r, F_ASKED) ? day(r, F_ASKED) : hire);
    if (val(r, F_EXEMPT)) {
        exempted(r);
        return;
    }
    if (has(r, F_OPEN_DUE)) open_contract(r);
    else window_line(r);
}

static const CalcUse a09_use[] = {
    { F_HIRE, true }, { F_MONTHLY_FEN, true }, { F_SIGNED, false }, { F_ASKED, false }, { F_LAST_DAY, false },
    { F_NO_CONTRACT, false }, { F_EXEMPT, false }, { F_OPEN_DUE, false }, { F_REGION, false },
};

const Calc calc_a09 = {
    .code = "A09", .title = { "未订立书面劳动合同二倍工资差额", "second wage without a written contract" },
    .formula = { "自用工满一个月的次日至补订前一日，最长至满一年的前一日：整月 × 月工资 + 月工资 ÷ 21.75 × 零头工作日",
                 "from one month after the hire to the eve of signing, at most to the eve of one year: full months"
                 " × wage + wage ÷ 21.75 × working days of the rest" },
    .basis = "劳动合同法（2012）14、82；实施条例（2008）6、7；法释〔2025〕12号 6—9",
    .use = a09_use, .uses = COUNT(a09_use), .run = run_a09,
};
