/* A01 unpaid wages, A04 minimum wage, A05 stoppage, A08 heat allowance. */
#include "law/calc_list.h"

/* --- A01 --- */

typedef struct Arrears {
    int64_t due, withheld, loss, paid;
} Arrears;

/* The part of a claimed deduction for loss that the law admits in one period:
** a share of the wage, and never below the minimum wage. */
static int64_t loss_admitted(Run *r, const CalcRow *row)
{
    int64_t minimum = row->v[R_MINIMUM], due = row->v[R_DUE_FEN];
    if (row->v[R_LOSS] == 0) return 0;
    if (!row->given[R_MINIMUM] && !minimum_wage(r, true, &minimum)) return 0;
    int64_t most = fen_round((Wide)due * rate(r, P_LOSS_PERCENT), (Wide)100 * FIGURE_SCALE);
    int64_t above = due > minimum ? due - minimum : 0;
    if (above < most) most = above;
    if (row->v[R_LOSS] <= most) return row->v[R_LOSS];
    warn(r, W_LOSS_CUT, ARGS(row->v[R_LOSS], most));
    return most;
}

static Arrears arrears_of(Run *r)
{
    Arrears a = { .withheld = val(r, F_WITHHELD_FEN), .paid = val(r, F_PAID_FEN) };
    const CalcList *list = facts_rows(r->facts, F_PERIODS);
    if (!has(r, F_PERIODS)) {
        a.due = fen_round((Wide)val(r, F_MONTHLY_FEN) * val(r, F_MONTHS), FIGURE_SCALE);
        return a;
    }
    for (size_t i = 0; i < list->n; i++) {
        const CalcRow *row = &list->row[i];
        a.due += row->v[R_DUE_FEN];
        a.withheld += row->v[R_WITHHELD];
        a.paid += row->v[R_PAID];
        a.loss += loss_admitted(r, row);
    }
    return a;
}

/* 劳动合同法 85 (2012): only after an order whose limit passed. */
static void extra_damages(Run *r, int64_t owed)
{
    if (!fact_is(r, F_ORDER_MISSED)) {
        if (has(r, F_EXTRA_PERCENT)) warn(r, W_EXTRA_ORDER, NULL);
        return;
    }
    if (has(r, F_EXTRA_PERCENT)) {
        int64_t percent = val(r, F_EXTRA_PERCENT);
        int64_t fen = fen_round((Wide)owed * percent, (Wide)100 * FIGURE_SCALE);
        item(r, W_EXTRA, C_LHT85, fen)->working = work(r, "%y × %n%% = %y", ARGS(owed, percent, fen));
        return;
    }
    int64_t low = rate(r, P_EXTRA_LOW), high = rate(r, P_EXTRA_HIGH);
    int64_t least = fen_round((Wide)owed * low, (Wide)100 * FIGURE_SCALE);
    int64_t most = fen_round((Wide)owed * high, (Wide)100 * FIGURE_SCALE);
    aside(r, W_EXTRA, C_LHT85, most)->working =
        work(r, "%y × %n%% ~ %n%% = %y ~ %y", ARGS(owed, low, high, least, most));
    warn(r, W_EXTRA_PERCENT, NULL);
}

static void run_a01(Run *r)
{
    if (!has(r, F_PERIODS)) {
        if (!has(r, F_MONTHLY_FEN)) must(r, F_MONTHLY_FEN, "required", W_PERIODS_OR_MONTHS);
        if (!has(r, F_MONTHS)) must(r, F_MONTHS, "required", W_PERIODS_OR_MONTHS);
    }
    bool other = has(r, F_COMPETE_MONTHS); /* in a whole story the months are another claim's */
    bool both = has(r, F_PERIODS) && has(r, F_MONTHS) && !other;
    if (both) must(r, F_MONTHS, "conflict", W_PERIODS_OR_MONTHS);
    if (failed(r)) return;
    Arrears a = arrears_of(r);
    int64_t kept = a.withheld + a.loss + a.paid;
    int64_t owed = a.due > kept ? a.due - kept : 0;
    CalcLine *line = item(r, W_ARREARS, C_LHT30, owed);
    line->working = work(r, "%y − %y − %y − %y = %y", ARGS(a.due, a.withheld, a.loss, a.paid, owed));
    line->note = say(r, W_ARREARS_NOTE, NULL);
    if (kept > a.due) warn(r, W_OVERPAID, ARGS(kept - a.due));
    extra_damages(r, owed);
}

static const CalcUse a01_use[] = {
    { F_PERIODS, false }, { F_MONTHLY_FEN, false }, { F_MONTHS, false }, { F_WITHHELD_FEN, false },
    { F_PAID_FEN, false }, { F_MINIMUM_FEN, false }, { F_REGION, false }, { F_WAGE_CLASS, false },
    { F_ORDER_MISSED, false }, { F_EXTRA_PERCENT, false },
};

const Calc calc_a01 = {
    .code = "A01", .title = { "拖欠、克扣工资", "unpaid wages" },
    .formula = { "各周期应付 − 依法代扣 − 依法扣赔 − 已付；责令逾期的另加付50%至100%",
                 "due − lawfully withheld − admitted deduction − paid, over all periods; 50 to 100 % more"
                 " after a missed order" },
    .basis = "劳动合同法（2012）30、85；工资支付暂行规定（1994）15、16",
    .use = a01_use, .uses = COUNT(a01_use), .run = run_a01,
};

/* --- A04 --- */

static int64_t countable(const CalcRow *row)
{
    int64_t out = row->v[R_OVERTIME_PAY] + row->v[R_ALLOWANCE] + row->v[R_WELFARE];
    return row->v[R_PAID] > out ? row->v[R_PAID] - out : 0;
}

/* The least that is due for a month, in fen / FIGURE_SCALE: of a part-timer, by the hour. */
static bool least_wage(Run *r, int64_t *least)
{
    if (!fact_is(r, F_PART_TIME)) {
        bool known = minimum_wage(r, true, least);
        *least *= FIGURE_SCALE;
        return known;
    }
    int64_t hour = val(r, F_MINIMUM_HOUR_FEN);
    if (!has(r, F_MINIMUM_HOUR_FEN) && !minimum_of(r, P_MINIMUM_HOUR, &hour)) {
        must(r, F_MINIMUM_HOUR_FEN, "missing_parameter", W_NEED_HOUR);
    }
    if (!has(r, F_WORKED_HOURS)) must(r, F_WORKED_HOURS, "required", W_REQUIRED);
    if (failed(r)) return false;
    *least = hour * val(r, F_WORKED_HOURS);
    return true;
}

/* A part-timer's least wage shows its hours, for only the sum of all months is rounded. */
static Str gap_working(Run *r, int64_t least, int64_t counts, Args rest)
{
    if (!fact_is(r, F_PART_TIME) || least % FIGURE_SCALE == 0)
        return work(r, "(%y − %y) × %n = %y", ARGS(least / FIGURE_SCALE, counts, rest[0], rest[1]));
    return work(r, "(%y × %n − %y) × %n = %y",
                ARGS(least / val(r, F_WORKED_HOURS), val(r, F_WORKED_HOURS), counts, rest[0], rest[1]));
}

static void shortfall(Run *r, const CalcRow *row, int64_t months)
{
    int64_t least = row->v[R_MINIMUM] * FIGURE_SCALE;
    bool normal = !row->given[R_NORMAL] || row->v[R_NORMAL];
    if (!normal) warn(r, W_NOT_NORMAL, NULL);
    if (!normal || (!row->given[R_MINIMUM] && !least_wage(r, &least))) return;
    int64_t counts = countable(row), gap = least - counts * FIGURE_SCALE;
    int64_t fen = gap > 0 ? fen_round((Wide)gap * months, (Wide)FIGURE_SCALE * FIGURE_SCALE) : 0;
    CalcLine *line = item(r, W_MINIMUM_GAP, C_ZDGZ12, fen);
    if (gap < 0) counts = least / FIGURE_SCALE;
    line->working = gap_working(r, least, counts, ARGS(months, fen));
    line->tag = row->text;
}

static void run_a04(Run *r)
{
    const CalcList *list = facts_rows(r->facts, F_PERIODS);
    for (size_t i = 0; has(r, F_PERIODS) && i < list->n; i++) {
        if (!list->row[i].given[R_PAID]) must(r, F_PERIODS, "required", W_PAID_NEEDED);
        shortfall(r, &list->row[i], FIGURE_SCALE);
    }
    static const FieldId monthly[] = { F_PAID_FEN, F_OVERTIME_FEN, F_ALLOWANCE_FEN, F_WELFARE_FEN };
    for (size_t i = 0; has(r, F_PERIODS) && i < COUNT(monthly); i++) {
        if (has(r, monthly[i])) must(r, monthly[i], "conflict", W_PERIODS_OR_PAID);
    }
    if (has(r, F_PERIODS)) return;
    CalcRow row = { 0 };
    row.v[R_PAID] = val(r, F_PAID_FEN);
    row.v[R_OVERTIME_PAY] = val(r, F_OVERTIME_FEN);
    row.v[R_ALLOWANCE] = val(r, F_ALLOWANCE_FEN);
    row.v[R_WELFARE] = val(r, F_WELFARE_FEN);
    if (!has(r, F_PAID_FEN)) must(r, F_PAID_FEN, "required", W_PERIODS_OR_PAID);
    shortfall(r, &row, has(r, F_MONTHS) ? val(r, F_MONTHS) : FIGURE_SCALE);
}

static const CalcUse a04_use[] = {
    { F_PERIODS, false }, { F_PAID_FEN, false }, { F_OVERTIME_FEN, false }, { F_ALLOWANCE_FEN, false },
    { F_WELFARE_FEN, false }, { F_MONTHS, false }, { F_MINIMUM_FEN, false }, { F_REGION, false },
    { F_WAGE_CLASS, false }, { F_PART_TIME, false }, { F_WORKED_HOURS, false }, { F_MINIMUM_HOUR_FEN, false },
};

const Calc calc_a04 = {
    .code = "A04", .title = { "低于最低工资的差额", "difference to the minimum wage" },
    .formula = { "每月：最低工资 −（已付 − 加班工资 − 特殊津贴 − 法定福利），不足零按零计",
                 "a month: minimum wage − (paid − overtime pay − special allowances − statutory welfare), at"
                 " least 0" },
    .basis = "最低工资规定（2004）12；劳动合同法（2012）85",
    .use = a04_use, .uses = COUNT(a04_use), .run = run_a04,
};

/* --- A05 --- */

static int64_t less_paid(Run *r, int64_t fen)
{
    int64_t paid = val(r, F_PAID_FEN);
    if (paid > fen) warn(r, W_OVERPAID, ARGS(paid - fen));
    return fen > paid ? fen - paid : 0;
}

static void run_a05(Run *r)
{
    int64_t minimum = 0, wage = val(r, F_MONTHLY_FEN), days = rate(r, P_PAY_DAYS);
    r->when = day(r, F_TO);
    if (!ordered(r, F_FROM, F_TO)) return;
    Date next = date_plus_months(day(r, F_FROM), 1);
    Span first = span_paid(r, span_of(r, day(r, F_FROM), earlier(day(r, F_TO), date_plus(next, -1))));
    Span rest = span_paid(r, span_after(r, day(r, F_FROM), next, day(r, F_TO)));
    bool beyond = day(r, F_TO).day >= next.day;
    if (beyond && !minimum_wage(r, true, &minimum)) return;
    provisional_said(r, beyond ? rest : first, day(r, F_TO));
    int64_t percent = beyond ? rate(r, P_IDLE_PERCENT) : 0;
    Wide full = (Wide)wage * (first.months * days + first.days * FIGURE_SCALE) * 100 * FIGURE_SCALE;
    Wide low = (Wide)minimum * percent * (rest.months * days + rest.days * FIGURE_SCALE);
    int64_t due = fen_round(full + low, (Wide)days * 100 * FIGURE_SCALE);
    int64_t fen = less_paid(r, due);
    CalcLine *line = item(r, W_IDLE, C_GZZF12, fen);
    if (!beyond) {
        line->working = work(r, "%y × (%i + %i ÷ %n) − %y = %y",
                             ARGS(wage, first.months, first.days, days, val(r, F_PAID_FEN), fen));
        return;
    }
    line->working = work(r, "%y × (%i + %i ÷ %n) + %y × %n%% × (%i + %i ÷ %n) − %y = %y",
                         ARGS(wage, first.months, first.days, days, minimum, percent, rest.months, rest.days,
                              days, val(r, F_PAID_FEN), fen));
}

static const CalcUse a05_use[] = {
    { F_FROM, true }, { F_TO, true }, { F_MONTHLY_FEN, true }, { F_MINIMUM_FEN, false },
    { F_REGION, false }, { F_WAGE_CLASS, false }, { F_PAID_FEN, false },
};

const Calc calc_a05 = {
    .code = "A05", .title = { "停工停产工资", "pay during a stoppage" },
    .formula = { "第一个工资支付周期（一个月）按合同工资；以后按最低工资的规定比例；减已付",
                 "first pay cycle (one month) at the contract wage, then the set share of the minimum wage, less"
                 " what was paid" },
    .basis = "工资支付暂行规定（1994）12；江苏省工资支付条例（2026）31",
    .use = a05_use, .uses = COUNT(a05_use), .run = run_a05,
};

/* --- A08 --- */

static bool is_hot(Run *r)
{
    if (!has(r, F_OUTDOOR_C) && !has(r, F_INDOOR_C)) {
        warn(r, W_HEAT_ASSUMED, NULL);
        return true;
    }
    if (val(r, F_OUTDOOR_C) >= rate(r, P_HEAT_STOP)) warn(r, W_HEAT_STOP, NULL);
    else if (val(r, F_OUTDOOR_C) >= rate(r, P_HEAT_SHORT)) warn(r, W_HEAT_SHORT, NULL);
    bool hot = has(r, F_OUTDOOR_C) && val(r, F_OUTDOOR_C) >= rate(r, P_HEAT_OUTDOOR);
    return hot || (has(r, F_INDOOR_C) && val(r, F_INDOOR_C) >= rate(r, P_HEAT_INDOOR));
}

/* Calendar months of from..to that lie in the province's season. */
static int64_t heat_months(Run *r)
{
    Civil a = date_civil(day(r, F_FROM)), b = date_civil(day(r, F_TO));
    int64_t first = whole(r, P_HEAT_FIRST), last = whole(r, P_HEAT_LAST), n = 0;
    for (int m = a.year * 12 + a.month - 1; m <= b.year * 12 + b.month - 1; m++) {
        n += m % 12 + 1 >= first && m % 12 + 1 <= last;
    }
    return n;
}

static int64_t months_claimed(Run *r)
{
    if (has(r, F_MONTHS)) return val(r, F_MONTHS);
    if (has(r, F_FROM) && has(r, F_TO)) return ordered(r, F_FROM, F_TO) ? heat_months(r) * FIGURE_SCALE : 0;
    must(r, F_MONTHS, "required", W_MONTHS_OR_SPAN);
    return 0;
}

static void run_a08(Run *r)
{
    int64_t each = val(r, F_HEAT_DAY_FEN), count = val(r, F_DAYS);
    r->when = day(r, F_TO);
    if (has(r, F_HEAT_DAY_FEN)) {
        if (!has(r, F_DAYS)) must(r, F_DAYS, "required", W_REQUIRED);
    } else {
        RateId by = has(r, F_INDOOR_C) && !has(r, F_OUTDOOR_C) ? P_HEAT_INSIDE : P_HEAT_MONTH;
        count = months_claimed(r);
        if (!money_of(r, F_HEAT_FEN, by, &each)) must(r, F_HEAT_FEN, "missing_parameter", W_NEED_HEAT);
    }
    if (failed(r)) return;
    if (!is_hot(r)) {
        warn(r, W_NOT_HOT, NULL);
        count = 0;
    }
    int64_t fen = less_paid(r, fen_round((Wide)each * count, FIGURE_SCALE));
    item(r, W_HEAT, C_HEAT, fen)->working =
        work(r, "%y × %n − %y = %y", ARGS(each, count, val(r, F_PAID_FEN), fen));
}

static const CalcUse a08_use[] = {
    { F_MONTHS, false }, { F_FROM, false }, { F_TO, false }, { F_REGION, false }, { F_HEAT_FEN, false },
    { F_HEAT_DAY_FEN, false }, { F_DAYS, false }, { F_OUTDOOR_C, false }, { F_INDOOR_C, false },
    { F_PAID_FEN, false },
};

const Calc calc_a08 = {
    .code = "A08", .title = { "高温津贴", "high-temperature allowance" },
    .formula = { "月（日）标准 × 高温季节内的月（日）数 − 已付；露天35℃以上或者工作场所未降至33℃以下时应付",
                 "monthly (daily) amount × months (days) within the season − paid; due outdoors from 35 °C or"
                 " where the workplace is not below 33 °C" },
    .basis = "防暑降温措施管理办法（2012）17；省级标准",
    .use = a08_use, .uses = COUNT(a08_use), .run = run_a08,
};
