/* A07 unused annual leave, A06 sick pay and medical period, K01 maternity. */
#include "law/calc_list.h"

/* --- A07 --- */

/* The leave of one calendar year: its days, and how they were found. */
typedef struct Leave {
    int64_t full;      /* a whole year's, in days */
    int64_t unused;    /* in 1/FIGURE_SCALE days */
    int64_t elapsed;   /* days counted; 0 = the whole year */
} Leave;

/* Why there is no leave this year (条例 3、4, 2007); W__NONE if there is. */
static WordId leave_bar(Run *r, int64_t full)
{
    int64_t sick = rate_below(r, P_LEAVE_SICK, val(r, F_CAREER_YEARS) / FIGURE_SCALE);
    if (full == 0) return W_LEAVE_CAREER;
    if (has(r, F_CONTINUOUS) && !fact_is(r, F_CONTINUOUS)) return W_LEAVE_CONTINUOUS;
    if (has(r, F_PERSONAL_DAYS) && val(r, F_PERSONAL_DAYS) >= rate(r, P_LEAVE_PERSONAL))
        return W_LEAVE_PERSONAL;
    if (has(r, F_SICK_MONTHS) && val(r, F_SICK_MONTHS) >= sick) return W_LEAVE_SICK;
    return W__NONE;
}

static int64_t leave_year(const Run *r)
{
    if (has(r, F_YEAR)) return val(r, F_YEAR);
    if (has(r, F_LAST_DAY)) return date_civil(day(r, F_LAST_DAY)).year;
    return has(r, F_HIRE) ? date_civil(day(r, F_HIRE)).year : 0;
}

static int64_t or_none(int64_t days) { return days > 0 ? days : 0; }

/* 办法 12 leaver, 办法 5 joiner, else the whole year; the divisor is always 365. */
static Leave leave_of(Run *r, int64_t full, int64_t year)
{
    Date first = date_of((int)year, 1, 1), last = date_of((int)year, 12, 31), start = first;
    bool leaver = has(r, F_LAST_DAY) && day(r, F_LAST_DAY).day <= last.day;
    bool joiner = has(r, F_HIRE) && day(r, F_HIRE).day > first.day;
    int64_t taken = val(r, F_TAKEN_DAYS), divisor = whole(r, P_LEAVE_YEAR);
    Leave l = { .full = full };
    if (joiner) start = day(r, F_HIRE);
    if (!leaver && !joiner) {
        l.unused = or_none(full * FIGURE_SCALE - taken);
        return l;
    }
    l.elapsed = (leaver ? day(r, F_LAST_DAY).day : last.day) - start.day + 1;
    if (leaver) {
        int64_t left = or_none(l.elapsed * full * FIGURE_SCALE - taken * divisor);
        l.unused = left / divisor / FIGURE_SCALE * FIGURE_SCALE;
    } else {
        l.unused = or_none(l.elapsed * full / divisor * FIGURE_SCALE - taken);
    }
    return l;
}

static bool leave_dates(Run *r, int64_t year)
{
    if (year == 0) must(r, F_YEAR, "required", W_NEED_YEAR);
    if (has(r, F_HIRE) && has(r, F_LAST_DAY)) (void)ordered(r, F_HIRE, F_LAST_DAY);
    if (has(r, F_HIRE) && year && date_civil(day(r, F_HIRE)).year > year) must(r, F_YEAR, "order", W_ORDER);
    if (has(r, F_LAST_DAY) && year && date_civil(day(r, F_LAST_DAY)).year < year)
        must(r, F_YEAR, "order", W_ORDER);
    if (has(r, F_LAST_DAY) && !has(r, F_AVERAGE_FEN) && !has(r, F_LEAVE_AVERAGE_FEN)) {
        must(r, F_AVERAGE_FEN, "required", W_REQUIRED);
    }
    return !failed(r);
}

static void leave_line(Run *r, Leave l)
{
    int64_t average = has(r, F_LEAVE_AVERAGE_FEN) ? val(r, F_LEAVE_AVERAGE_FEN) : val(r, F_AVERAGE_FEN);
    int64_t percent = rate(r, P_LEAVE_RATE), month = rate(r, P_PAY_DAYS);
    int64_t normal = (int64_t)100 * FIGURE_SCALE;
    int64_t extra = fact_is(r, F_WAIVED) ? 0 : percent - normal;
    Wide daily = (Wide)average * l.unused, den = (Wide)month * 100 * FIGURE_SCALE;
    int64_t fen = fen_round(daily * extra, den), gross = fen_round(daily * (extra + normal), den);
    CalcLine *line = item(r, W_LEAVE, fact_is(r, F_WAIVED) ? C_NXJB10_2 : C_NXJB10, fen);
    line->working = work(r, "%y ÷ %n × %n × (%n%% − 100%%) = %y",
                         ARGS(average, month, l.unused, extra + normal, fen));
    aside(r, W_LEAVE_GROSS, C_NXJB10, gross)->working =
        work(r, "%y ÷ %n × %n × %n%% = %y", ARGS(average, month, l.unused, extra + normal, gross));
    if (fact_is(r, F_WAIVED)) warn(r, W_LEAVE_WAIVED, NULL);
    if (!has(r, F_AVERAGE_FEN) && !has(r, F_LEAVE_AVERAGE_FEN)) warn(r, W_LEAVE_NO_WAGE, NULL);
}

static void run_a07(Run *r)
{
    int64_t year = leave_year(r);
    if (!leave_dates(r, year)) return;
    r->when = date_of((int)year, 12, 31);
    int64_t full = rate_below(r, P_LEAVE_DAYS, val(r, F_CAREER_YEARS) / FIGURE_SCALE) / FIGURE_SCALE;
    WordId bar = leave_bar(r, full);
    Leave l = leave_of(r, bar == W__NONE ? full : 0, year);
    if (failed(r)) return;
    bool recent = has(r, F_HIRE) && date_civil(day(r, F_HIRE)).year >= year - 1;
    if (bar != W__NONE) warn(r, bar, NULL);
    else if (recent && !has(r, F_CONTINUOUS)) warn(r, W_CONTINUOUS_ASSUMED, NULL);
    value_i(r, "entitled_days", l.full);
    value_i(r, "calendar_days", l.elapsed);
    value_n(r, "days", l.unused);
    leave_line(r, l);
    CalcLine *line = &r->result->lines.line[r->result->lines.n - 1];
    if (l.elapsed) {
        line->note = say(r, W_LEAVE_SHARE,
                         ARGS(l.elapsed, rate(r, P_LEAVE_YEAR), l.full, val(r, F_TAKEN_DAYS), l.unused));
    }
}

static const CalcUse a07_use[] = {
    { F_CAREER_YEARS, true }, { F_AVERAGE_FEN, false }, { F_LEAVE_AVERAGE_FEN, false }, { F_HIRE, false },
    { F_LAST_DAY, false }, { F_YEAR, false }, { F_TAKEN_DAYS, false }, { F_CONTINUOUS, false },
    { F_WAIVED, false }, { F_PERSONAL_DAYS, false }, { F_SICK_MONTHS, false },
};

const Calc calc_a07 = {
    .code = "A07", .title = { "未休年休假工资报酬", "pay for unused annual leave" },
    .formula = { "（当年日历天数 ÷ 365 × 5/10/15天 − 已休）取整 × 日工资（剔除加班工资的月均工资 ÷ 21.75）× 200%",
                 "floor(calendar days ÷ 365 × 5/10/15 − taken) × daily wage (average without overtime ÷ 21.75)"
                 " × 200 % beyond the normal wage" },
    .basis = "职工带薪年休假条例（2007）3—5；企业职工带薪年休假实施办法（2008）5、10—12",
    .use = a07_use, .uses = COUNT(a07_use), .run = run_a07,
};

/* --- A06 --- */

/* Months of the medical period, and the months within which they count. */
static void medical_period(Run *r)
{
    Date from = day(r, F_FROM);
    int64_t years = val(r, F_EMPLOYER_YEARS) / FIGURE_SCALE;
    if (!has(r, F_EMPLOYER_YEARS)) years = months_between(day(r, F_HIRE), from) / 12;
    int64_t career = val(r, F_CAREER_YEARS);
    if (career < years * FIGURE_SCALE) {
        warn(r, W_CAREER_SHORT, NULL);
        career = years * FIGURE_SCALE;
    }
    bool long_career = career >= rate(r, P_SICK_CAREER);
    int64_t months = rate_below(r, long_career ? P_SICK_LONG : P_SICK_SHORT, years) / FIGURE_SCALE;
    int64_t span = rate_below(r, P_SICK_SPAN, months) / FIGURE_SCALE;
    Date end = date_plus(date_plus_months(from, (int)months), -1);
    value_i(r, "employer_years", years);
    value_i(r, "medical_months", months);
    value_i(r, "within_months", span);
    value_d(r, "medical_end", end);
    value_d(r, "within_end", date_plus(date_plus_months(from, (int)span), -1));
    if (has(r, F_TO) && day(r, F_TO).day > end.day) warn(r, W_MEDICAL_OVER, ARGS(end.day));
}

static void sick_pay(Run *r)
{
    int64_t minimum = 0, percent = rate(r, P_SICK_PERCENT), days = rate(r, P_PAY_DAYS);
    if (!minimum_wage(r, true, &minimum)) return;
    Span s = span_paid(r, span_of(r, day(r, F_FROM), day(r, F_TO)));
    provisional_said(r, s, day(r, F_TO));
    int64_t floor = fen_round((Wide)minimum * percent, (Wide)100 * FIGURE_SCALE);
    bool agreed = val(r, F_AGREED_FEN) > floor;
    Wide each = agreed ? (Wide)val(r, F_AGREED_FEN) * 100 * FIGURE_SCALE : (Wide)minimum * percent;
    int64_t due =
        fen_round(each * (s.months * days + s.days * FIGURE_SCALE), (Wide)days * 100 * FIGURE_SCALE);
    int64_t paid = val(r, F_PAID_FEN), fen = or_none(due - paid);
    CalcLine *line = item(r, W_SICK_PAY, C_SICK, fen);
    if (agreed) {
        line->working = work(r, "%y × (%i + %i ÷ %n) − %y = %y",
                             ARGS(val(r, F_AGREED_FEN), s.months, s.days, days, paid, fen));
    } else {
        line->working = work(r, "%y × %n%% × (%i + %i ÷ %n) − %y = %y",
                             ARGS(minimum, percent, s.months, s.days, days, paid, fen));
    }
    if (!agreed && rate(r, P_SICK_INSURANCE)) warn(r, W_SICK_INSURANCE, NULL);
}

static void run_a06(Run *r)
{
    if (!has(r, F_HIRE) && !has(r, F_EMPLOYER_YEARS)) must(r, F_HIRE, "required", W_HIRE_OR_YEARS);
    if (has(r, F_HIRE)) (void)ordered(r, F_HIRE, F_FROM);
    if (has(r, F_TO)) (void)ordered(r, F_FROM, F_TO);
    if (failed(r)) return;
    r->when = has(r, F_TO) ? day(r, F_TO) : day(r, F_FROM);
    medical_period(r);
    if (has(r, F_TO)) sick_pay(r);
    else item(r, W_SICK_PAY, C_YLQ3, 0)->note = say(r, W_SICK_NO_SPAN, NULL);
}

static const CalcUse a06_use[] = {
    { F_FROM, true },        { F_CAREER_YEARS, true }, { F_HIRE, false },   { F_EMPLOYER_YEARS, false },
    { F_TO, false },         { F_MINIMUM_FEN, false }, { F_REGION, false }, { F_WAGE_CLASS, false },
    { F_AGREED_FEN, false }, { F_PAID_FEN, false },
};

const Calc calc_a06 = {
    .code = "A06", .title = { "病假工资与医疗期", "sick pay and medical period" },
    .formula = { "医疗期按累计与本单位工作年限；病假工资不低于最低工资的80% ×（整月 + 零头工作日 ÷ 21.75）− 已付",
                 "medical period by years of work at all and at this employer; sick pay at least 80 % of the"
                 " minimum wage × (months + working days ÷ 21.75) − paid" },
    .basis = "企业职工患病或非因工负伤医疗期规定（1994）3、4；劳部发〔1995〕309号 59；江苏省工资支付条例（2026）27、32",
    .use = a06_use, .uses = COUNT(a06_use), .run = run_a06,
};

/* --- K01 --- */

typedef enum Delivery { DELIVERY_NORMAL, DELIVERY_DIFFICULT, DELIVERY_MISCARRIAGE } Delivery;

/* The days a province adds; none known for a named region is an error. */
static int64_t extra_days(Run *r)
{
    if (has(r, F_EXTRA_DAYS)) return val(r, F_EXTRA_DAYS);
    if (r->facts->region.n == 0) {
        warn(r, W_NO_EXTRA, NULL);
        return 0;
    }
    int64_t child = has(r, F_CHILD) ? val(r, F_CHILD) : 1;
    if (!has(r, F_CHILD)) warn(r, W_FIRST_CHILD, NULL);
    FigureAsk a = { .region = r->facts->region, .day = r->when, .step = child };
    if (!figure_step(r->data->rate[P_BIRTH_EXTRA], a)) {
        must(r, F_EXTRA_DAYS, "missing_parameter", W_NEED_EXTRA);
        return 0;
    }
    return rate_below(r, P_BIRTH_EXTRA, child) / FIGURE_SCALE;
}

static int64_t maternity_days(Run *r)
{
    Delivery kind = (Delivery)val(r, F_DELIVERY);
    if (kind == DELIVERY_MISCARRIAGE) {
        if (!has(r, F_PREGNANT_MONTHS)) must(r, F_PREGNANT_MONTHS, "required", W_REQUIRED);
        return rate_below(r, P_BIRTH_LOST, val(r, F_PREGNANT_MONTHS) / FIGURE_SCALE) / FIGURE_SCALE;
    }
    int64_t more = has(r, F_BABIES) ? val(r, F_BABIES) - 1 : 0;
    int64_t days = whole(r, P_BIRTH_DAYS) + more * whole(r, P_BIRTH_BABY);
    if (kind == DELIVERY_DIFFICULT) days += whole(r, P_BIRTH_DIFFICULT);
    return days + extra_days(r);
}

static void top_up(Run *r, int64_t days, int64_t fen)
{
    int64_t month = rate(r, P_BIRTH_MONTH);
    int64_t own = fen_round((Wide)val(r, F_MONTHLY_FEN) * days * FIGURE_SCALE, month);
    if (own <= fen) return;
    CalcLine *line = aside(r, W_TOP_UP, C_NZG5, own - fen);
    line->working =
        work(r, "%y ÷ %n × %i − %y = %y", ARGS(val(r, F_MONTHLY_FEN), month, days, fen, own - fen));
    line->note = say(r, W_TOP_UP_NOTE, NULL);
}

static void run_k01(Run *r)
{
    bool insured = fact_is(r, F_INSURED);
    FieldId by = insured ? F_EMPLOYER_AVERAGE_FEN : F_MONTHLY_FEN;
    r->when = day(r, F_BIRTH);
    if (!has(r, by)) must(r, by, "required", insured ? W_NEED_EMPLOYER_AVERAGE : W_REQUIRED);
    int64_t days = maternity_days(r), month = rate(r, P_BIRTH_MONTH);
    if (failed(r)) return;
    int64_t fen = fen_round((Wide)val(r, by) * days * FIGURE_SCALE, month);
    CalcLine *line = item(r, W_MATERNITY, C_NZG8, fen);
    line->working = work(r, "%y ÷ %n × %i = %y", ARGS(val(r, by), month, days, fen));
    line->payer = insured ? PAYER_FUND : PAYER_EMPLOYER;
    value_i(r, "days", days);
    if (insured) top_up(r, days, fen);
    if (has(r, F_BIRTH) && val(r, F_DELIVERY) != DELIVERY_MISCARRIAGE) {
        value_d(r, "leave_from_earliest", date_plus(day(r, F_BIRTH), -(int)whole(r, P_BIRTH_BEFORE)));
    }
    warn(r, W_MATERNITY_BAN, NULL);
}

static const CalcUse k01_use[] = {
    { F_INSURED, true }, { F_MONTHLY_FEN, false }, { F_EMPLOYER_AVERAGE_FEN, false }, { F_DELIVERY, false },
    { F_BABIES, false }, { F_CHILD, false }, { F_PREGNANT_MONTHS, false }, { F_REGION, false },
    { F_EXTRA_DAYS, false }, { F_BIRTH, false },
};

const Calc calc_k01 = {
    .code = "K01", .title = { "生育津贴（产假工资）", "maternity allowance" },
    .formula = { "（98天 + 难产15 + 多胞胎每多一个15 + 省级增加；流产15/42天）× 月工资 ÷ 30",
                 "(98 days + 15 difficult + 15 each further baby + the province's; miscarriage 15 or 42) × monthly"
                 " wage ÷ 30" },
    .basis = "女职工劳动保护特别规定（2012）5、7、8；省级人口与计划生育条例",
    .use = k01_use, .uses = COUNT(k01_use), .run = run_k01,
};
