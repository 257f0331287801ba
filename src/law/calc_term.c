/* D03 probation, B07 non-compete, B08 training penalty. */
#include "law/calc_list.h"

/* --- D03 --- */

enum { TERM_FIXED, TERM_OPEN, TERM_TASK };

/* The longest lawful probation in months, as a decimal. */
static int64_t probation_limit(Run *r)
{
    if (fact_is(r, F_SECOND)) {
        warn(r, W_PROBATION_SECOND, NULL);
        return 0;
    }
    if (fact_is(r, F_PROBATION_ONLY)) {
        warn(r, W_PROBATION_ONLY, NULL);
        return 0;
    }
    if (val(r, F_TERM) == TERM_TASK) return 0;
    if (val(r, F_TERM) == TERM_OPEN) return rate(r, P_PROBATION_OPEN);
    return rate_below(r, P_PROBATION, val(r, F_CONTRACT_MONTHS) / FIGURE_SCALE);
}

/* The least wage on probation: a share of the contract wage or of the lowest
** of the same post, and the minimum wage (条例 15, 2008). */
static int64_t probation_floor(Run *r)
{
    int64_t from = val(r, F_MONTHLY_FEN), minimum = 0;
    if (has(r, F_POST_LOWEST_FEN) && val(r, F_POST_LOWEST_FEN) < from) from = val(r, F_POST_LOWEST_FEN);
    int64_t floor = fen_round((Wide)from * rate(r, P_PROBATION_PERCENT), (Wide)100 * FIGURE_SCALE);
    if (minimum_wage(r, false, &minimum) && floor < minimum) floor = minimum;
    return floor;
}

static void probation_wage(Run *r, int64_t months)
{
    if (!has(r, F_PROBATION_FEN)) return;
    int64_t floor = probation_floor(r), wage = val(r, F_PROBATION_FEN);
    if (wage >= floor) return;
    int64_t fen = fen_round((Wide)(floor - wage) * months, FIGURE_SCALE);
    item(r, W_PROBATION_WAGE, C_LHT20, fen)->working =
        work(r, "(%y − %y) × %n = %y", ARGS(floor, wage, months, fen));
}

static void run_d03(Run *r)
{
    if (val(r, F_TERM) == TERM_FIXED && !has(r, F_CONTRACT_MONTHS) && !fact_is(r, F_PROBATION_ONLY)) {
        must(r, F_CONTRACT_MONTHS, "required", W_REQUIRED);
    }
    int64_t limit = probation_limit(r), served = val(r, F_SERVED_MONTHS), wage = val(r, F_MONTHLY_FEN);
    if (failed(r)) return;
    int64_t excess = served > limit ? served - limit : 0;
    int64_t fen = fen_round((Wide)wage * excess, FIGURE_SCALE);
    CalcLine *line = item(r, W_PROBATION, C_LHT83, fen);
    line->working = work(r, "(%n − %n) × %y = %y", ARGS(served, served - excess, wage, fen));
    value_n(r, "limit_months", limit);
    value_n(r, "excess_months", excess);
    probation_wage(r, served - excess);
}

static const CalcUse d03_use[] = {
    { F_SERVED_MONTHS, true }, { F_MONTHLY_FEN, true }, { F_CONTRACT_MONTHS, false }, { F_TERM, false },
    { F_PROBATION_FEN, false }, { F_POST_LOWEST_FEN, false }, { F_MINIMUM_FEN, false }, { F_REGION, false },
    { F_WAGE_CLASS, false }, { F_SECOND, false }, { F_PROBATION_ONLY, false },
};

const Calc calc_d03 = {
    .code = "D03", .title = { "违法约定试用期赔偿金", "damages for an unlawful probation" },
    .formula = { "试用期满月工资 × 超过法定上限（0/1/2/6个月）已履行的月数；试用期工资低于80%或者最低工资的另补差额",
                 "wage after probation × months served beyond the limit (0, 1, 2 or 6); plus the gap to 80 % or the"
                 " minimum wage" },
    .basis = "劳动合同法（2012）19、20、83；实施条例（2008）15",
    .use = d03_use, .uses = COUNT(d03_use), .run = run_d03,
};

/* --- B07 --- */

/* A month's compensation: as agreed, else a share of the average. */
static bool monthly_compensation(Run *r, Wide *num)
{
    int64_t minimum = 0, percent = rate(r, P_COMPETE_PERCENT);
    Wide den = (Wide)100 * FIGURE_SCALE;
    if (val(r, F_AGREED_FEN)) { /* nothing agreed is not agreed (法释〔2020〕26号 36) */
        *num = (Wide)val(r, F_AGREED_FEN) * den;
        return true;
    }
    if (!has(r, F_AVERAGE_FEN)) {
        must(r, F_AVERAGE_FEN, "required", W_REQUIRED);
        return false;
    }
    *num = (Wide)val(r, F_AVERAGE_FEN) * percent;
    if (minimum_wage(r, false, &minimum) && *num < (Wide)minimum * den) {
        warn(r, W_COMPETE_FLOOR, ARGS(minimum));
        *num = (Wide)minimum * den;
    }
    return true;
}

static void early_end(Run *r, Wide each)
{
    if (!fact_is(r, F_ENDED_EARLY)) return;
    int64_t extra = rate(r, P_COMPETE_EXTRA);
    int64_t fen = fen_round(each * extra, (Wide)100 * FIGURE_SCALE * FIGURE_SCALE);
    int64_t shown = fen_round(each, (Wide)100 * FIGURE_SCALE);
    item(r, W_COMPETE_EXTRA, C_SF1_39, fen)->working = work(r, "%y × %n = %y", ARGS(shown, extra, fen));
}

static void run_b07(Run *r)
{
    int64_t months = val(r, F_MONTHS), most = rate(r, P_COMPETE_MONTHS), paid = val(r, F_PAID_FEN);
    Wide each = 0;
    r->when = day(r, F_LAST_DAY);
    if (fact_is(r, F_IN_SERVICE)) {
        warn(r, W_COMPETE_IN_SERVICE, NULL);
        item(r, W_COMPETE, C_SF2_14, 0);
        return;
    }
    if (!monthly_compensation(r, &each) || failed(r)) return;
    if (months > most) {
        warn(r, W_COMPETE_LIMIT, ARGS(most));
        months = most;
    }
    int64_t due = fen_round(each * months, (Wide)100 * FIGURE_SCALE * FIGURE_SCALE);
    int64_t fen = due > paid ? due - paid : 0, shown = fen_round(each, (Wide)100 * FIGURE_SCALE);
    CalcLine *line = item(r, W_COMPETE, val(r, F_AGREED_FEN) ? C_LHT23 : C_SF1_36, fen);
    line->working = work(r, "%y × %n − %y = %y", ARGS(shown, months, paid, fen));
    early_end(r, each);
    if ((Wide)(due - paid) * 100 * FIGURE_SCALE * FIGURE_SCALE >= each * rate(r, P_COMPETE_UNPAID)) {
        warn(r, W_COMPETE_UNPAID, NULL);
    }
    warn(r, W_COMPETE_WHO, NULL);
}

static const CalcUse b07_use[] = {
    { F_MONTHS, true }, { F_AVERAGE_FEN, false }, { F_AGREED_FEN, false }, { F_MINIMUM_FEN, false },
    { F_REGION, false }, { F_WAGE_CLASS, false }, { F_PAID_FEN, false }, { F_ENDED_EARLY, false },
    { F_IN_SERVICE, false }, { F_LAST_DAY, false },
};

const Calc calc_b07 = {
    .code = "B07", .title = { "竞业限制经济补偿", "non-compete compensation" },
    .formula = { "未约定：前12个月平均工资 × 30%（不低于最低工资）× 已履行月数（最多24）− 已付；单位提前解除另加3个月",
                 "not agreed: 30 % of the 12-month average (at least the minimum wage) × months kept (at most 24)"
                 " − paid; 3 more months if the employer ends it early" },
    .basis = "劳动合同法（2012）23、24；法释〔2020〕26号 36、38、39；法释〔2025〕12号 13、14",
    .use = b07_use, .uses = COUNT(b07_use), .run = run_b07,
};

/* --- B08 --- */

/* Why the worker owes no penalty (实施条例 26, 2008); W__NONE if one is owed. */
static WordId no_penalty(const Run *r)
{
    static const char *const no_breach[] = {
        "unlawful", "agreed", "medical", "incompetent", "change", "layoff",
        "expiry", "task_done", "closed", "retired", "death", "public_post",
    };
    if (reason_is(r, "resign_fault")) return W_TRAINING_NONE;
    for (size_t i = 0; i < COUNT(no_breach); i++) {
        if (reason_is(r, no_breach[i])) return W_TRAINING_NO_BREACH;
    }
    return W__NONE;
}

static void run_b08(Run *r)
{
    int64_t total = val(r, F_SERVICE_MONTHS), served = val(r, F_SERVED_MONTHS), cost = val(r, F_TRAINING_FEN);
    if (total == 0) must(r, F_SERVICE_MONTHS, "range", W_RANGE);
    if (failed(r)) return;
    int64_t left = total > served ? total - served : 0;
    int64_t share = fen_round((Wide)cost * left, total), fen = share;
    if (has(r, F_AGREED_FEN) && val(r, F_AGREED_FEN) < fen) fen = val(r, F_AGREED_FEN);
    if (has(r, F_AGREED_FEN) && val(r, F_AGREED_FEN) > share)
        warn(r, W_TRAINING_CUT, ARGS(val(r, F_AGREED_FEN), share));
    WordId none = no_penalty(r);
    if (none != W__NONE) {
        warn(r, none, NULL);
        fen = 0;
    }
    CalcLine *line = item(r, W_TRAINING, C_LHT22, fen);
    line->working = work(r, "%y × %n ÷ %n = %y", ARGS(cost, left, total, share));
    line->payer = PAYER_WORKER;
}

static const CalcUse b08_use[] = {
    { F_TRAINING_FEN, true }, { F_SERVICE_MONTHS, true }, { F_SERVED_MONTHS, true }, { F_AGREED_FEN, false },
    { F_REASON, false },
};

const Calc calc_b08 = {
    .code = "B08", .title = { "违反服务期违约金上限", "limit of the training penalty" },
    .formula = { "培训费用 × 未履行服务期 ÷ 服务期，且不超过约定", "training cost × unserved ÷ service period, and not"
                 " above what was agreed" },
    .basis = "劳动合同法（2012）22；实施条例（2008）16、26",
    .use = b08_use, .uses = COUNT(b08_use), .run = run_b08,
};
