/* G work injury, G04 work death, G05 illegal employer. */
#include "law/calc_list.h"

/* --- what they share --- */

/* Own wage within 60 to 300 % of the region's average, as num / (100 * SCALE). */
typedef struct OwnWage {
    Wide    num;
    int64_t shown; /* rounded, for the working */
} OwnWage;

static const int64_t percent_den = (int64_t)100 * FIGURE_SCALE;

static OwnWage own_wage(Run *r)
{
    Wide own = (Wide)val(r, F_OWN_WAGE_FEN) * percent_den;
    int64_t average = 0;
    if (!money_of(r, F_CITY_AVERAGE_FEN, P_CITY_AVERAGE, &average)) {
        warn(r, W_NO_CLAMP, NULL);
        return (OwnWage){ own, val(r, F_OWN_WAGE_FEN) };
    }
    Wide low = (Wide)average * rate(r, P_INJ_LOW), high = (Wide)average * rate(r, P_INJ_HIGH);
    if (own < low) own = low;
    else if (own > high) own = high;
    else return (OwnWage){ own, val(r, F_OWN_WAGE_FEN) };
    int64_t shown = fen_round(own, percent_den);
    warn(r, W_CLAMPED, ARGS(val(r, F_OWN_WAGE_FEN), shown));
    return (OwnWage){ own, shown };
}

static Payer fund_or_employer(const Run *r)
{
    return fact_is(r, F_INSURED) ? PAYER_FUND : PAYER_EMPLOYER;
}

static void insurance_said(Run *r)
{
    if (!has(r, F_INSURED)) warn(r, W_INSURED_UNKNOWN, NULL);
    if (!fact_is(r, F_INSURED)) warn(r, W_UNINSURED, NULL);
}

/* --- G --- */

static void disability_grant(Run *r, OwnWage own)
{
    int64_t grade = val(r, F_GRADE), months = rate_exact(r, P_INJ_GRANT, grade) / FIGURE_SCALE;
    int64_t fen = fen_round(own.num * months, percent_den);
    CiteId basis = grade <= 4 ? C_GSBX35 : grade <= 6 ? C_GSBX36 : C_GSBX37;
    CalcLine *line = item(r, W_GRANT, basis, fen);
    line->working = work(r, "%i × %y = %y", ARGS(months, own.shown, fen));
    line->payer = fund_or_employer(r);
}

/* Grades 1 to 6: a month's allowance, at least the minimum wage; not in the sum. */
static void monthly_allowance(Run *r, OwnWage own)
{
    int64_t grade = val(r, F_GRADE), minimum = 0;
    if (grade > 6 || (grade > 4 && fact_is(r, F_ENDED))) return;
    int64_t percent = rate_exact(r, P_INJ_MONTHLY, grade);
    int64_t fen = fen_round(own.num * percent, (Wide)percent_den * percent_den);
    CalcLine *line = aside(r, W_ALLOWANCE, grade <= 4 ? C_GSBX35 : C_GSBX36, fen);
    line->working = work(r, "%y × %n%% = %y", ARGS(own.shown, percent, fen));
    line->payer = grade <= 4 ? fund_or_employer(r) : PAYER_EMPLOYER;
    line->note = say(r, grade <= 4 ? W_A_MONTH : W_A_MONTH_IF, NULL);
    if (minimum_wage(r, false, &minimum) && fen < minimum) {
        line->amount_fen = minimum;
        warn(r, W_ALLOWANCE_FLOOR, ARGS(minimum));
    }
}

/* Within some years of retirement the employment subsidy shrinks, where the
** province says so: for each full year missing. */
static int64_t job_percent(Run *r)
{
    FigureAsk a = { .region = r->facts->region, .day = r->when };
    if (!has(r, F_RETIRE_YEARS)) return percent_den;
    if (!figure_at(r->data->rate[P_INJ_RETIRE_YEARS], a)) {
        warn(r, W_RETIRE_UNKNOWN, NULL);
        return percent_den;
    }
    int64_t missing = whole(r, P_INJ_RETIRE_YEARS) - val(r, F_RETIRE_YEARS) / FIGURE_SCALE;
    if (missing <= 0) return percent_den;
    int64_t left = percent_den - missing * rate(r, P_INJ_RETIRE_CUT);
    return left > 0 ? left : 0;
}

/* One of the two subsidies: a sum that was given, else the province's months. */
typedef struct Subsidy {
    RateId  rate;
    FieldId own;
    WordId  word;
    Payer   payer;
} Subsidy;

static void subsidy(Run *r, const Subsidy *s, int64_t percent)
{
    FigureAsk a = { .region = r->facts->region, .day = r->when, .step = val(r, F_GRADE) };
    CiteId basis = val(r, F_GRADE) <= 6 ? C_GSBX36 : C_GSBX37;
    int64_t average = val(r, F_PROVINCE_AVERAGE_FEN), given = val(r, s->own);
    if (has(r, s->own)) {
        int64_t sum = fen_round((Wide)given * percent, percent_den);
        CalcLine *line = item(r, s->word, basis, sum);
        line->working = work(r, "%y × %n%% = %y", ARGS(given, percent, sum));
        line->payer = s->payer;
        return;
    }
    if (!figure_at(r->data->rate[s->rate], a)) must(r, s->own, "missing_parameter", W_NEED_SUBSIDY);
    else if (!has(r, F_PROVINCE_AVERAGE_FEN)) {
        must(r, F_PROVINCE_AVERAGE_FEN, "missing_parameter", W_NEED_PROVINCE);
    }
    if (failed(r)) return;
    int64_t months = rate_exact(r, s->rate, val(r, F_GRADE)) / FIGURE_SCALE;
    int64_t fen = fen_round((Wide)average * months * percent, percent_den);
    CalcLine *line = item(r, s->word, basis, fen);
    line->payer = s->payer;
    if (percent == percent_den) line->working = work(r, "%i × %y = %y", ARGS(months, average, fen));
    else line->working = work(r, "%i × %y × %n%% = %y", ARGS(months, average, percent, fen));
}

static void subsidies(Run *r)
{
    Payer fund = fund_or_employer(r);
    if (val(r, F_GRADE) < 5) {
        if (fact_is(r, F_ENDED)) warn(r, W_KEEP_RELATION, NULL);
        return;
    }
    if (has(r, F_ENDED) && !fact_is(r, F_ENDED)) {
        warn(r, W_SUBSIDY_LATER, NULL);
        return;
    }
    bool known = has(r, F_REGION) || has(r, F_PROVINCE_AVERAGE_FEN) || has(r, F_MEDICAL_SUBSIDY_FEN);
    if (!has(r, F_ENDED)) warn(r, known ? W_SUBSIDY_ASSUMED : W_SUBSIDY_UNKNOWN, NULL);
    if (!has(r, F_ENDED) && !known) return;
    subsidy(r, &(Subsidy){ P_INJ_MEDICAL, F_MEDICAL_SUBSIDY_FEN, W_SUBSIDY_MEDICAL, fund }, percent_den);
    subsidy(r, &(Subsidy){ P_INJ_JOB, F_JOB_SUBSIDY_FEN, W_SUBSIDY_JOB, PAYER_EMPLOYER }, job_percent(r));
}

static void suspension(Run *r)
{
    int64_t months = val(r, F_SUSPENSION_MONTHS), most = rate(r, P_INJ_STOP);
    if (!has(r, F_SUSPENSION_MONTHS)) return;
    if (!has(r, F_MONTHLY_FEN)) must(r, F_MONTHLY_FEN, "required", W_REQUIRED);
    if (fact_is(r, F_EXTENDED)) most += rate(r, P_INJ_STOP_MORE);
    if (months > most) {
        warn(r, W_SUSPENSION_LIMIT, ARGS(most));
        months = most;
    }
    int64_t due = fen_round((Wide)val(r, F_MONTHLY_FEN) * months, FIGURE_SCALE), paid = val(r, F_PAID_FEN);
    int64_t fen = due > paid ? due - paid : 0;
    item(r, W_SUSPENSION, C_GSBX33, fen)->working =
        work(r, "%y × %n − %y = %y", ARGS(val(r, F_MONTHLY_FEN), months, paid, fen));
}

static void care_and_medical(Run *r)
{
    if (val(r, F_CARE) && !has(r, F_CITY_AVERAGE_FEN)) must(r, F_CITY_AVERAGE_FEN, "required", W_REQUIRED);
    if (val(r, F_CARE) && !failed(r)) {
        int64_t percent = rate_exact(r, P_INJ_CARE, val(r, F_CARE));
        int64_t fen = fen_round((Wide)val(r, F_CITY_AVERAGE_FEN) * percent, percent_den);
        CalcLine *line = aside(r, W_CARE, C_GSBX34, fen);
        line->working = work(r, "%y × %n%% = %y", ARGS(val(r, F_CITY_AVERAGE_FEN), percent, fen));
        line->payer = fund_or_employer(r);
        line->note = say(r, W_A_MONTH, NULL);
    }
    if (val(r, F_MEDICAL_FEN) == 0) return;
    CalcLine *line = item(r, W_MEDICAL_FEES, C_GSBX30, val(r, F_MEDICAL_FEN));
    line->working = work(r, "%y", ARGS(val(r, F_MEDICAL_FEN)));
    line->payer = fund_or_employer(r);
}

static void run_g(Run *r)
{
    r->when = day(r, F_LAST_DAY);
    OwnWage own = own_wage(r);
    disability_grant(r, own);
    subsidies(r);
    suspension(r);
    care_and_medical(r);
    monthly_allowance(r, own);
    insurance_said(r);
}

static const CalcUse g_use[] = {
    { F_GRADE, true }, { F_OWN_WAGE_FEN, true }, { F_CITY_AVERAGE_FEN, false },
    { F_PROVINCE_AVERAGE_FEN, false }, { F_MEDICAL_SUBSIDY_FEN, false }, { F_JOB_SUBSIDY_FEN, false },
    { F_REGION, false }, { F_INSURED, false }, { F_ENDED, false },
    { F_RETIRE_YEARS, false }, { F_CARE, false }, { F_SUSPENSION_MONTHS, false }, { F_EXTENDED, false },
    { F_MONTHLY_FEN, false }, { F_PAID_FEN, false }, { F_MEDICAL_FEN, false }, { F_MINIMUM_FEN, false },
    { F_WAGE_CLASS, false }, { F_LAST_DAY, false },
};

const Calc calc_g = {
    .code = "G", .title = { "工伤待遇", "work injury" },
    .formula = { "伤残补助金：等级月数 × 本人工资（60%—300%）；五至十级离职另加医疗补助金、就业补助金（省级标准）；停工留薪期工资",
                 "grant: months by grade × own wage (60 to 300 % of the average); grades 5 to 10 on leaving: medical"
                 " and employment subsidy of the province; pay of the suspension" },
    .basis = "工伤保险条例（2010）30、33—37、62、64；省级规定",
    .use = g_use, .uses = COUNT(g_use), .run = run_g,
};

/* --- G04 --- */

static int64_t urban_income(Run *r, int64_t year)
{
    FigureAsk a = { .day = { 0 }, .step = year };
    if (has(r, F_URBAN_INCOME_FEN)) return val(r, F_URBAN_INCOME_FEN);
    if (!figure_at(r->data->rate[P_URBAN_INCOME], a)) {
        must(r, F_URBAN_INCOME_FEN, "missing_parameter", W_NEED_INCOME);
        return 0;
    }
    return rate_exact(r, P_URBAN_INCOME, year) / FIGURE_SCALE;
}

static void times_line(Run *r, WordId word, CiteId basis, int64_t times, int64_t fen)
{
    int64_t total = times * fen;
    CalcLine *line = item(r, word, basis, total);
    line->working = work(r, "%i × %y = %y", ARGS(times, fen, total));
    line->payer = fund_or_employer(r);
}

/* Each dependant's month; together not above the dead person's wage. */
static void dependants(Run *r)
{
    const CalcList *list = facts_rows(r->facts, F_RELATIVES);
    if (!has(r, F_RELATIVES)) return;
    if (!has(r, F_OWN_WAGE_FEN)) must(r, F_OWN_WAGE_FEN, "required", W_REQUIRED);
    size_t spouses = 0;
    for (size_t i = 0; i < list->n; i++) spouses += list->row[i].v[R_KIN] == 0;
    if (spouses > 1) must(r, F_RELATIVES, "conflict", W_ONE_SPOUSE);
    if (failed(r)) return;
    OwnWage own = own_wage(r);
    int64_t sum = 0;
    for (size_t i = 0; i < list->n; i++) {
        const CalcRow *row = &list->row[i];
        sum += rate_exact(r, P_DEATH_KIN, row->v[R_KIN]) + (row->v[R_LONE] ? rate(r, P_DEATH_LONE) : 0);
    }
    int64_t share = sum > percent_den ? percent_den : sum;
    if (sum > percent_den) warn(r, W_KIN_LIMIT, NULL);
    int64_t fen = fen_round(own.num * share, (Wide)percent_den * percent_den);
    CalcLine *line = aside(r, W_DEPENDANTS, C_GSBX39_2, fen);
    line->working = work(r, "%y × %n%% = %y", ARGS(own.shown, share, fen));
    line->note = say(r, W_A_MONTH, NULL);
    line->payer = fund_or_employer(r);
}

static void run_g04(Run *r)
{
    Date death = day(r, F_DEATH);
    int64_t average = 0, year = date_civil(death).year - 1;
    r->when = death;
    if (money_of(r, F_CITY_AVERAGE_FEN, P_CITY_AVERAGE, &average)) {
        times_line(r, W_FUNERAL, C_GSBX39_1, whole(r, P_DEATH_FUNERAL), average);
    } else {
        warn(r, W_NO_FUNERAL, NULL);
    }
    if (fact_is(r, F_AFTER_SUSPENSION)) {
        warn(r, W_NO_GRANT, NULL);
    } else {
        times_line(r, W_DEATH_GRANT, C_GSBX39_3, whole(r, P_DEATH_GRANT), urban_income(r, year));
        value_i(r, "income_year", year);
    }
    dependants(r);
    insurance_said(r);
}

static const CalcUse g04_use[] = {
    { F_DEATH, true }, { F_CITY_AVERAGE_FEN, false }, { F_REGION, false }, { F_URBAN_INCOME_FEN, false },
    { F_INSURED, false }, { F_OWN_WAGE_FEN, false }, { F_RELATIVES, false }, { F_AFTER_SUSPENSION, false },
};

const Calc calc_g04 = {
    .code = "G04", .title = { "工亡待遇", "work death" },
    .formula = { "丧葬补助金6 × 统筹地区上年度月平均工资；一次性工亡补助金20 × 死亡上一年度全国城镇居民人均可支配收入；抚恤金按月",
                 "funeral 6 × the region's average monthly wage; grant 20 × the national urban disposable income of"
                 " the year before the death; dependants by the month" },
    .basis = "工伤保险条例（2010）39、62",
    .use = g04_use, .uses = COUNT(g04_use), .run = run_g04,
};

/* --- G05 --- */

static void run_g05(Run *r)
{
    bool dead = has(r, F_DEATH);
    if (dead == has(r, F_GRADE)) must(r, F_GRADE, "conflict", W_GRADE_OR_DEATH);
    if (!dead && !has(r, F_ANNUAL_AVERAGE_FEN)) must(r, F_ANNUAL_AVERAGE_FEN, "required", W_REQUIRED);
    if (failed(r)) return;
    if (dead) {
        r->when = day(r, F_DEATH);
        int64_t income = urban_income(r, date_civil(r->when).year - 1);
        times_line(r, W_ILLEGAL_DEATH, C_FFYG6, whole(r, P_ILLEGAL_DEATH), income);
        times_line(r, W_ILLEGAL_OTHER, C_FFYG6, whole(r, P_ILLEGAL_OTHER), income);
        return;
    }
    int64_t times = rate_exact(r, P_ILLEGAL, val(r, F_GRADE)) / FIGURE_SCALE;
    times_line(r, W_ILLEGAL, C_FFYG5, times, val(r, F_ANNUAL_AVERAGE_FEN));
}

static const CalcUse g05_use[] = {
    { F_GRADE, false }, { F_DEATH, false }, { F_ANNUAL_AVERAGE_FEN, false }, { F_URBAN_INCOME_FEN, false },
};

const Calc calc_g05 = {
    .code = "G05", .title = { "非法用工一次性赔偿", "lump sum of an illegal employer" },
    .formula = { "等级倍数（16/14/12/10/8/6/4/3/2/1）× 上年度职工年平均工资；死亡20 + 10倍上一年度城镇居民人均可支配收入",
                 "multiple by grade × the region's average yearly wage; death 20 + 10 times the previous year's"
                 " urban disposable income" },
    .basis = "非法用工单位伤亡人员一次性赔偿办法（2010）5、6；工伤保险条例（2010）66",
    .use = g05_use, .uses = COUNT(g05_use), .run = run_g05,
};
