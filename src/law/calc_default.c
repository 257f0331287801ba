#include "law/calc_default.h"

static const CalcDefault defaults[] = {
    { &calc_fields[F_HIRE], NULL, { "不按入职推算", "nothing is counted from it" } },
    { &calc_fields[F_LAST_DAY], NULL, { "视为仍在职", "taken as still employed" } },
    { &calc_fields[F_REASON], NULL, { "按应当支付处理，不核对原因",
      "taken as one that entitles; not checked" } },
    { &calc_fields[F_REGION], NULL, { "只用全国规定", "national rules alone" } },
    { &calc_fields[F_WAGE_CLASS], NULL, { "当地只有一类的用该类；有多类的须填",
      "the only class of the place; must be given where there are several" } },
    { &calc_fields[F_MONTHLY_FEN], NULL, { "不用", "not used" } },
    { &calc_fields[F_AVERAGE_FEN], NULL, { "“我的情况”用月工资标准", "SITUATION takes monthly_fen" } },
    { &calc_fields[F_LEAVE_AVERAGE_FEN], NULL, { "用 average_fen", "average_fen" } },
    { &calc_fields[F_LAST_MONTH_FEN], NULL, { "“我的情况”用月工资标准",
      "SITUATION takes monthly_fen" } },
    { &calc_fields[F_CITY_AVERAGE_FEN], NULL, { "按地区和日期查参数表；没有的，不核对，必需的须填",
      "by region and day from the figures; where there is none it is not checked, or must be given" } },
    { &calc_fields[F_PROVINCE_AVERAGE_FEN], NULL, { "计算省级补助金的须填",
      "must be given for subsidies of the province" } },
    { &calc_fields[F_ANNUAL_AVERAGE_FEN], NULL, { "伤残的须填", "must be given for a grade" } },
    { &calc_fields[F_MINIMUM_FEN], NULL, { "按地区和日期查参数表；没有的，不核对，必需的须填",
      "by region and day from the figures; where there is none it is not checked, or must be given" } },
    { &calc_fields[F_MINIMUM_HOUR_FEN], NULL, { "按地区和日期查参数表；没有的，不核对，必需的须填",
      "by region and day from the figures; where there is none it is not checked, or must be given" } },
    { &calc_fields[F_EARLIER_MONTHS], "0", { "", "" } },
    { &calc_fields[F_SIGNED], NULL, { "视为未签订", "taken as not signed" } },
    { &calc_fields[F_ASKED], NULL, { "不提示时效", "limitation is not spoken of" } },
    { &calc_fields[F_EXEMPT], "none", { "", "" } },
    { &calc_fields[F_OPEN_DUE], NULL, { "不适用第八十二条第二款", "art. 82(2) does not apply" } },
    { &calc_fields[F_PERIODS], NULL, { "按每月数额和月数", "by the sums a month and the months" } },
    { &calc_fields[F_MONTHS], NULL, { "A04按一个月；其他按起止日期",
      "one month in A04; else by from and to" } },
    { &calc_fields[F_PAID_FEN], NULL, { "零；A04须填", "0; A04 needs it" } },
    { &calc_fields[F_WITHHELD_FEN], "0", { "", "" } },
    { &calc_fields[F_OVERTIME_FEN], "0", { "", "" } },
    { &calc_fields[F_ALLOWANCE_FEN], "0", { "", "" } },
    { &calc_fields[F_WELFARE_FEN], "0", { "", "" } },
    { &calc_fields[F_EXTRA_PERCENT], NULL, { "列出百分之五十至一百的幅度，不计入合计",
      "the band of 50 to 100 percent is shown, not summed" } },
    { &calc_fields[F_HOURS], NULL, { "不计算加班费", "no overtime pay" } },
    { &calc_fields[F_SYSTEM], "standard", { "", "" } },
    { &calc_fields[F_STANDARD_HOURS], NULL, { "综合计算的须填", "must be given for comprehensive" } },
    { &calc_fields[F_WORKED_HOURS], NULL, { "非全日制的须填", "must be given for part-time" } },
    { &calc_fields[F_CAREER_YEARS], NULL, { "不计算年休假", "no annual leave" } },
    { &calc_fields[F_TAKEN_DAYS], "0", { "", "" } },
    { &calc_fields[F_YEAR], NULL, { "最后工作日所在年度，没有的用入职年度",
      "the year of last_day, else of hire" } },
    { &calc_fields[F_CONTINUOUS], "true", { "", "" } },
    { &calc_fields[F_PERSONAL_DAYS], "0", { "", "" } },
    { &calc_fields[F_SICK_MONTHS], "0", { "", "" } },
    { &calc_fields[F_FROM], NULL, { "按月数", "by the months" } },
    { &calc_fields[F_TO], NULL, { "只到起日或者按月数", "by the months" } },
    { &calc_fields[F_EMPLOYER_YEARS], NULL, { "按入职日期推算", "from hire" } },
    { &calc_fields[F_AGREED_FEN], NULL, { "视为未约定", "taken as not agreed" } },
    { &calc_fields[F_BIRTH], NULL, { "不推算休假起日", "the first day of the leave is not computed" } },
    { &calc_fields[F_DELIVERY], "normal", { "", "" } },
    { &calc_fields[F_BABIES], "1", { "", "" } },
    { &calc_fields[F_CHILD], "1", { "", "" } },
    { &calc_fields[F_PREGNANT_MONTHS], NULL, { "流产的须填", "must be given for a miscarriage" } },
    { &calc_fields[F_EXTRA_DAYS], NULL, { "按地区和胎次查参数表",
      "by region and child from the figures" } },
    { &calc_fields[F_INSURED], NULL, { "按未参保计算，并提示", "computed as not insured, and said" } },
    { &calc_fields[F_EMPLOYER_AVERAGE_FEN], NULL, { "已参保的须填", "must be given if insured" } },
    { &calc_fields[F_HEAT_FEN], NULL, { "按地区查参数表", "by region from the figures" } },
    { &calc_fields[F_HEAT_DAY_FEN], NULL, { "按月计算", "computed by the month" } },
    { &calc_fields[F_DAYS], NULL, { "按日计算的须填", "must be given with a daily amount" } },
    { &calc_fields[F_OUTDOOR_C], NULL, { "视为符合高温条件，并提示", "taken as hot enough, and said" } },
    { &calc_fields[F_INDOOR_C], NULL, { "视为符合高温条件，并提示", "taken as hot enough, and said" } },
    { &calc_fields[F_GRADE], NULL, { "不计算伤残待遇", "no injury benefits" } },
    { &calc_fields[F_OWN_WAGE_FEN], NULL, { "有供养亲属的须填", "must be given with dependants" } },
    { &calc_fields[F_ENDED], NULL, { "按已解除计算，并提示", "computed as ended, and said" } },
    { &calc_fields[F_RETIRE_YEARS], NULL, { "不递减", "no reduction" } },
    { &calc_fields[F_CARE], "none", { "", "" } },
    { &calc_fields[F_SUSPENSION_MONTHS], NULL, { "不计算停工留薪", "no paid suspension" } },
    { &calc_fields[F_MEDICAL_FEN], "0", { "", "" } },
    { &calc_fields[F_MEDICAL_SUBSIDY_FEN], NULL, { "按地区和等级查参数表",
      "by region and grade from the figures" } },
    { &calc_fields[F_JOB_SUBSIDY_FEN], NULL, { "按地区和等级查参数表",
      "by region and grade from the figures" } },
    { &calc_fields[F_COMPETE_MONTHS], NULL, { "不计算竞业限制", "no non-compete" } },
    { &calc_fields[F_DEATH], NULL, { "不计算死亡待遇", "no death benefits" } },
    { &calc_fields[F_URBAN_INCOME_FEN], NULL, { "按死亡的上一年度查参数表",
      "of the year before the death, from the figures" } },
    { &calc_fields[F_RELATIVES], NULL, { "不计算抚恤金", "no pension of dependants" } },
    { &calc_fields[F_CONTRACT_MONTHS], NULL, { "固定期限的须填", "must be given for a fixed term" } },
    { &calc_fields[F_TERM], "fixed", { "", "" } },
    { &calc_fields[F_SERVED_MONTHS], NULL, { "不计算试用期", "no probation" } },
    { &calc_fields[F_PROBATION_FEN], NULL, { "不核对试用期工资", "the wage is not checked" } },
    { &calc_fields[F_POST_LOWEST_FEN], NULL, { "按合同工资核对", "checked by the contract wage" } },
    { &calc_fields[F_TOTAL_FEN], NULL, { "不计算", "not computed" } },
    { &calc_fields[F_PARTS], NULL, { "按所列各期", "by the items" } },
    { &calc_fields[F_FIRST], NULL, { "不排付款日", "no due days" } },
    { &calc_fields[F_EVERY_MONTHS], "1", { "", "" } },
    { &calc_fields[F_ITEMS], NULL, { "按期数均分", "equal parts" } },
    { &calc_fields[F_WORKERS], NULL, { "不计算", "not computed" } },
    { &calc_fields[F_ONE_OWED_FEN], NULL, { "取平均数", "the mean" } },
    { &calc_fields[F_ONE_LIMIT_FEN], NULL, { "用全国的幅度", "the national band" } },
    { &calc_fields[F_MANY_LIMIT_FEN], NULL, { "用全国的幅度", "the national band" } },
    { &calc_columns[R_START], "00:00", { "", "" } },
    { &calc_columns[R_REST_DAY], NULL, { "不核对补休是否及时",
      "whether the rest came in time is not checked" } },
    { &calc_columns[R_OVERTIME], NULL, { "超过八小时的部分；不超过三小时的视为加班",
      "what is beyond 8 hours; 3 hours or less are read as overtime" } },
    { &calc_columns[R_PERIOD], NULL, { "不用", "not used" } },
    { &calc_columns[R_DUE_FEN], "0", { "", "" } },
    { &calc_columns[R_WITHHELD], "0", { "", "" } },
    { &calc_columns[R_LOSS], "0", { "", "" } },
    { &calc_columns[R_PAID], NULL, { "零；A04须填", "0; A04 needs it" } },
    { &calc_columns[R_OVERTIME_PAY], "0", { "", "" } },
    { &calc_columns[R_ALLOWANCE], "0", { "", "" } },
    { &calc_columns[R_WELFARE], "0", { "", "" } },
    { &calc_columns[R_NORMAL], "true", { "", "" } },
    { &calc_columns[R_MINIMUM], NULL, { "用 minimum_fen", "minimum_fen" } },
    { &calc_columns[R_NAME], NULL, { "不用", "not used" } },
    { &calc_columns[R_KIND], "money", { "", "" } },
    { &calc_columns[R_DUE], NULL, { "不排付款日", "no due day" } },
};

static const CalcDefault no_word = { .value = "false" };

const CalcDefault *calc_default(const CalcField *field)
{
    for (size_t i = 0; i < COUNT(defaults); i++) {
        if (defaults[i].field == field) return &defaults[i];
    }
    return field->kind == FACT_BOOL ? &no_word : NULL;
}

Str calc_unit(const CalcField *field)
{
    static const struct Ending { const char *end, *unit; } ends[] = {
        { "_fen", "fen" }, { "months", "months" }, { "years", "years" }, { "days", "days" },
        { "hours", "hours" }, { "_percent", "percent" }, { "_c", "celsius" },
    };
    Str name = str_of(field->name);
    for (size_t i = 0; i < COUNT(ends) && field->kind <= FACT_NUMBER; i++) {
        Str end = str_of(ends[i].end);
        if (end.n > name.n) continue;
        if (str_eq(end, (Str){ name.s + name.n - end.n, end.n })) return str_of(ends[i].unit);
    }
    return (Str){ 0 };
}

Str calc_kind_help(FactKind kind, bool english)
{
    static const Phrase help[FACT__COUNT] = {
        [FACT_MONEY] = { "整数分，字符串或者整数", "whole fen, as a string or an integer" },
        [FACT_INT] = { "整数", "a whole number" },
        [FACT_NUMBER] = { "数，至多四位小数，数字或者字符串",
                          "a number with at most 4 decimals, also as a string" },
        [FACT_DATE] = { "YYYY-MM-DD", "YYYY-MM-DD" },
        [FACT_BOOL] = { "true 或者 false", "true or false" },
        [FACT_CODE] = { "所列代码之一", "one of the codes" },
        [FACT_TEXT] = { "字符串", "a string" },
        [FACT_CLOCK] = { "HH:MM", "HH:MM" },
        [FACT_LIST] = { "对象的数组", "an array of objects" },
    };
    return str_of(english ? help[kind].en : help[kind].zh);
}
