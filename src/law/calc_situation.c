/*
** SITUATION: one form for a person's whole story.  It proposes the claims that
** exist, computes each with its own calculator, and says of every claim left
** out what excludes it, so that nothing is counted twice.
*/
#include "law/calc_list.h"

static bool any_column(const Run *r, ColumnId column)
{
    const CalcList *list = facts_rows(r->facts, F_PERIODS);
    for (size_t i = 0; has(r, F_PERIODS) && i < list->n; i++) {
        if (list->row[i].given[column]) return true;
    }
    return false;
}

static bool arrears(const Run *r) { return any_column(r, R_DUE_FEN); }

static bool below_minimum(const Run *r)
{
    return any_column(r, R_PAID) && (has(r, F_MINIMUM_FEN) || has(r, F_REGION) || any_column(r, R_MINIMUM));
}

static bool overtime(const Run *r) { return has(r, F_HOURS); }

static bool leave(const Run *r) { return has(r, F_CAREER_YEARS) && (has(r, F_LAST_DAY) || has(r, F_YEAR)); }

static bool no_contract(const Run *r)
{
    return fact_is(r, F_NO_CONTRACT) || (has(r, F_SIGNED) && day(r, F_SIGNED).day > day(r, F_HIRE).day)
        || has(r, F_OPEN_DUE);
}

static bool ended(const Run *r) { return has(r, F_LAST_DAY) && has(r, F_REASON); }

static bool unlawful(const Run *r) { return ended(r) && reason_is(r, "unlawful"); }

static bool compensated(const Run *r) { return ended(r) && reason_bars(r) == W__NONE; }

static bool without_notice(const Run *r)
{
    bool art40 = reason_is(r, "medical") || reason_is(r, "incompetent") || reason_is(r, "change");
    return compensated(r) && art40 && !fact_is(r, F_NOTICE_GIVEN);
}

static bool compete(const Run *r) { return has(r, F_COMPETE_MONTHS); }

static bool probation(const Run *r) { return has(r, F_SERVED_MONTHS); }

static bool injured(const Run *r) { return has(r, F_GRADE); }

static bool dead(const Run *r) { return has(r, F_DEATH) && !injured(r); }

static bool born(const Run *r) { return has(r, F_BIRTH); }

/* In this order; of two rows of one `group` the first that applies is taken,
** and the later ones are named as left out, with the reason. */
static const struct Rule {
    const Calc *calc;
    bool      (*applies)(const Run *r);
    int         group;
    WordId      excluded;
} rules[] = {
    { &calc_a01, arrears,        1, W__NONE },
    { &calc_a04, below_minimum,  1, W_OUT_A04 },
    { &calc_a02, overtime,       2, W__NONE },
    { &calc_a07, leave,          3, W__NONE },
    { &calc_a09, no_contract,    4, W__NONE },
    { &calc_b02, unlawful,       5, W__NONE },
    { &calc_b03, without_notice, 5, W_OUT_B03 },
    { &calc_b01, compensated,    5, W_OUT_B01 },
    { &calc_b07, compete,        6, W__NONE },
    { &calc_d03, probation,      7, W__NONE },
    { &calc_g,   injured,        8, W__NONE },
    { &calc_g04, dead,           8, W__NONE },
    { &calc_k01, born,           9, W__NONE },
};

static void leave_out(Run *r, const Calc *calc, WordId why)
{
    CalcResult *result = r->result;
    result->excluded[result->excludes++] = (CalcClaim){ .calc = calc, .why = say(r, why, NULL) };
}

/* Its required fields, or else it names what it lacks. */
static bool complete(Run *r, const Calc *calc)
{
    for (size_t i = 0; i < calc->uses; i++) {
        const CalcUse *use = &calc->use[i];
        if (use->required && !has(r, use->field)) must(r, use->field, "required", W_REQUIRED);
    }
    return !failed(r);
}

static void claim(Run *r, const Calc *calc)
{
    CalcResult *result = r->result;
    size_t first = result->lines.n;
    int64_t before = result->amount_fen;
    r->when = (Date){ 0 };
    if (!complete(r, calc)) return;
    calc->run(r);
    result->values = 0;
    if (result->amount_fen == before && !failed(r)) {
        result->lines.n = first;
        leave_out(r, calc, W_OUT_NOTHING);
        return;
    }
    result->claim[result->claims++] = (CalcClaim){
        .calc = calc, .amount_fen = result->amount_fen - before, .first = first, .end = result->lines.n };
}

static void assume(Run *r, Facts *f, FieldId field)
{
    if (f->given[field]) return;
    f->given[field] = true;
    f->v[field] = f->v[F_MONTHLY_FEN];
    warn(r, field == F_AVERAGE_FEN ? W_AVERAGE_ASSUMED : W_LAST_MONTH_ASSUMED, NULL);
}

/* What one word means here: the wage stands in for averages that were not
** given, and the months of a non-compete are B07's months. */
static const Facts *story(Run *r)
{
    Facts *f = NEW(r->mem, Facts, 1);
    *f = *r->facts;
    if (ended(r) || leave(r)) assume(r, f, F_AVERAGE_FEN);
    if (without_notice(r)) assume(r, f, F_LAST_MONTH_FEN);
    if (compete(r)) {
        f->given[F_MONTHS] = true;
        f->v[F_MONTHS] = f->v[F_COMPETE_MONTHS];
    }
    if (has(r, F_LAST_DAY) && !has(r, F_ENDED)) {
        f->given[F_ENDED] = true;
        f->v[F_ENDED] = 1;
    }
    return f;
}

static void totals(Run *r)
{
    int64_t sum[PAYER_NONE + 1] = { 0 };
    for (size_t i = 0; i < r->result->lines.n; i++) {
        sum[r->result->lines.line[i].payer] += r->result->lines.line[i].amount_fen;
    }
    value_i(r, "employer_fen", sum[PAYER_EMPLOYER]);
    value_i(r, "fund_fen", sum[PAYER_FUND]);
}

static void run_situation(Run *r)
{
    int taken = 0;
    if (has(r, F_LAST_DAY) && !ordered(r, F_HIRE, F_LAST_DAY)) return;
    if (has(r, F_LAST_DAY) && !has(r, F_REASON)) warn(r, W_NO_REASON, NULL);
    r->facts = story(r);
    for (size_t i = 0; i < COUNT(rules); i++) {
        const struct Rule *rule = &rules[i];
        if (!rule->applies(r)) continue;
        if (rule->group == taken && rule->excluded != W__NONE) leave_out(r, rule->calc, rule->excluded);
        else if (rule->group != taken) claim(r, rule->calc);
        taken = rule->group;
    }
    if (ended(r) && reason_bars(r) != W__NONE) leave_out(r, &calc_b01, reason_bars(r));
    if (r->result->claims == 0) warn(r, W_NOTHING, NULL);
    totals(r);
}

static const CalcUse situation_use[] = {
    { F_HIRE, true }, { F_MONTHLY_FEN, true }, { F_LAST_DAY, false }, { F_REASON, false },
    { F_AVERAGE_FEN, false }, { F_LEAVE_AVERAGE_FEN, false }, { F_LAST_MONTH_FEN, false },
    { F_CITY_AVERAGE_FEN, false }, { F_PROVINCE_AVERAGE_FEN, false }, { F_MINIMUM_FEN, false },
    { F_REGION, false }, { F_WAGE_CLASS, false }, { F_EARLIER_MONTHS, false },
    { F_EARLIER_PAID, false }, { F_PART_TIME, false }, { F_NOTICE_GIVEN, false },
    { F_UNION_TOLD, false }, { F_SIGNED, false }, { F_NO_CONTRACT, false }, { F_ASKED, false },
    { F_EXEMPT, false }, { F_OPEN_DUE, false }, { F_PERIODS, false }, { F_ORDER_MISSED, false },
    { F_EXTRA_PERCENT, false }, { F_HOURS, false }, { F_SYSTEM, false }, { F_STANDARD_HOURS, false },
    { F_CAREER_YEARS, false }, { F_TAKEN_DAYS, false }, { F_YEAR, false }, { F_CONTINUOUS, false },
    { F_WAIVED, false }, { F_PERSONAL_DAYS, false }, { F_SICK_MONTHS, false },
    { F_COMPETE_MONTHS, false }, { F_AGREED_FEN, false }, { F_ENDED_EARLY, false },
    { F_SERVED_MONTHS, false }, { F_CONTRACT_MONTHS, false }, { F_TERM, false },
    { F_PROBATION_FEN, false }, { F_POST_LOWEST_FEN, false }, { F_SECOND, false },
    { F_PROBATION_ONLY, false }, { F_GRADE, false }, { F_OWN_WAGE_FEN, false },
    { F_MEDICAL_SUBSIDY_FEN, false }, { F_JOB_SUBSIDY_FEN, false }, { F_INSURED, false },
    { F_ENDED, false }, { F_RETIRE_YEARS, false }, { F_CARE, false }, { F_SUSPENSION_MONTHS, false },
    { F_EXTENDED, false }, { F_MEDICAL_FEN, false }, { F_DEATH, false }, { F_URBAN_INCOME_FEN, false },
    { F_AFTER_SUSPENSION, false }, { F_RELATIVES, false }, { F_BIRTH, false }, { F_DELIVERY, false },
    { F_BABIES, false }, { F_CHILD, false }, { F_PREGNANT_MONTHS, false }, { F_EXTRA_DAYS, false },
    { F_EMPLOYER_AVERAGE_FEN, false },
};

const Calc calc_situation = {
    .code = "SITUATION", .title = { "我的情况", "my situation" },
    .formula = { "依所填情况列出可以提出的各项请求并逐项计算；互相排斥的只计一项并说明理由",
                 "lists the claims that the facts give and computes each; of claims that exclude each other one is"
                 " counted, and the reason is said" },
    .basis = "各计算器所列条文",
    .use = situation_use, .uses = COUNT(situation_use), .run = run_situation,
};
