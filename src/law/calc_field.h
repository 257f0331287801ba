/*
** The vocabulary of the calculators: each thing a person can be asked has one
** row, one name and one meaning in all of them.
** F(id, name, kind, min, max, codes, zh, en): money and whole numbers and the
** decimals (in 1/10000) lie within min and max; a code is one of `codes`.
*/
#ifndef CALC_FIELD_H
#define CALC_FIELD_H

#define FEN_MAX 100000000000
#define CALC_REASONS                                                                              \
    "unlawful resign_fault agreed medical incompetent change layoff expiry task_done closed "     \
    "agreed_worker resign misconduct expiry_refused retired death public_post"

#define CALC_FIELDS(F)                                                                            \
    F(HIRE, hire, DATE, 0, 0, "", "入职日期（用工之日）", "first day of work")                   \
    F(LAST_DAY, last_day, DATE, 0, 0, "", "最后工作日（含当日）", "last day of work, inclusive") \
    F(REASON, reason, CODE, 0, 0, CALC_REASONS, "解除或者终止的原因", "why the relation ended")  \
    F(REGION, region, TEXT, 2, 12, "", "履行地区划代码（2至12位）", "GB/T 2260 code of the place of work") \
    F(WAGE_CLASS, wage_class, INT, 1, 5, "", "最低工资类别（几类区）", "class of the minimum wage") \
    F(MONTHLY_FEN, monthly_fen, MONEY, 1, FEN_MAX, "", "月工资标准", "monthly wage")               \
    F(AVERAGE_FEN, average_fen, MONEY, 0, FEN_MAX, "", "前12个月平均应得工资（年休假、竞业限制按各自口径）", \
      "average wage of the last 12 months")                                                       \
    F(LEAVE_AVERAGE_FEN, leave_average_fen, MONEY, 0, FEN_MAX, "", "剔除加班工资后的前12个月平均工资", \
      "average of the last 12 months without overtime pay, if different")                     \
    F(LAST_MONTH_FEN, last_month_fen, MONEY, 0, FEN_MAX, "", "上一个月工资标准", "wage of the month before") \
    F(CITY_AVERAGE_FEN, city_average_fen, MONEY, 1, FEN_MAX, "", "本地区（统筹地区）上年度职工月平均工资", \
      "previous year's average monthly wage of the city (insurance region)")                      \
    F(PROVINCE_AVERAGE_FEN, province_average_fen, MONEY, 1, FEN_MAX, "", "全省上年度职工月平均工资", \
      "previous year's average monthly wage of the province")                                     \
    F(ANNUAL_AVERAGE_FEN, annual_average_fen, MONEY, 1, FEN_MAX, "", "单位所在统筹地区上年度职工年平均工资", \
      "previous year's average yearly wage of the insurance region")                              \
    F(MINIMUM_FEN, minimum_fen, MONEY, 0, FEN_MAX, "", "当地月最低工资标准", "monthly minimum wage") \
    F(MINIMUM_HOUR_FEN, minimum_hour_fen, MONEY, 1, FEN_MAX, "", "当地小时最低工资标准", "hourly minimum wage") \
    F(EARLIER_MONTHS, earlier_months, INT, 0, 480, "", "非因本人原因转来、应合并计算的原单位工作月数", \
      "months at the former employer that are added")                                             \
    F(EARLIER_PAID, earlier_paid, BOOL, 0, 1, "", "原单位已支付经济补偿", "the former employer has compensated") \
    F(PART_TIME, part_time, BOOL, 0, 1, "", "非全日制用工", "part-time work")                     \
    F(NOTICE_GIVEN, notice_given, BOOL, 0, 1, "", "已提前三十日书面通知", "30 days' notice was given") \
    F(UNION_TOLD, union_told, BOOL, 0, 1, "", "解除前已通知工会", "the union was told beforehand") \
    F(SIGNED, signed, DATE, 0, 0, "", "书面劳动合同签订日期", "day the written contract was signed") \
    F(NO_CONTRACT, no_contract, BOOL, 0, 1, "", "始终未签订书面劳动合同", "no written contract was ever signed") \
    F(ASKED, asked, DATE, 0, 0, "", "提出请求（申请）日期", "day of the claim")                   \
    F(EXEMPT, exempt, CODE, 0, 0, "none force_majeure worker_fault auto_extended",               \
      "不支付二倍工资的法定情形", "statutory exception from double wage")                         \
    F(OPEN_DUE, open_due, DATE, 0, 0, "", "应当订立无固定期限劳动合同之日", "day an open-ended contract was due") \
    F(PERIODS, periods, LIST, 1, 240, "", "各工资支付周期", "the pay periods")                    \
    F(MONTHS, months, NUMBER, 0, 1200, "", "月数", "months")                                      \
    F(PAID_FEN, paid_fen, MONEY, 0, FEN_MAX, "", "已支付金额", "what was paid")                   \
    F(WITHHELD_FEN, withheld_fen, MONEY, 0, FEN_MAX, "", "依法代扣金额", "what was lawfully withheld") \
    F(OVERTIME_FEN, overtime_fen, MONEY, 0, FEN_MAX, "", "其中加班工资（每月）", "overtime pay in it, a month") \
    F(ALLOWANCE_FEN, allowance_fen, MONEY, 0, FEN_MAX, "", "其中中夜班、高低温、井下、有毒有害等津贴（每月）", \
      "shift, heat, underground and hazard allowances in it, a month")                            \
    F(WELFARE_FEN, welfare_fen, MONEY, 0, FEN_MAX, "", "其中法定福利待遇（每月）", "statutory welfare in it, a month") \
    F(ORDER_MISSED, order_missed, BOOL, 0, 1, "", "劳动行政部门已责令限期支付且逾期未付",        \
      "the labour department ordered payment and its limit has passed")                           \
    F(EXTRA_PERCENT, extra_percent, NUMBER, 50, 100, "", "加付赔偿金比例（百分之五十至一百）",   \
      "percent of the extra damages, 50 to 100")                                                  \
    F(HOURS, hours, LIST, 1, 1000, "", "加班记录", "days and hours worked")                       \
    F(SYSTEM, system, CODE, 0, 0, "standard comprehensive flexible", "工时制度", "working-hours system") \
    F(STANDARD_HOURS, standard_hours, NUMBER, 0, 10000, "", "综合计算周期内的法定标准工时",      \
      "standard hours of the period (comprehensive system)")                                      \
    F(WORKED_HOURS, worked_hours, NUMBER, 0, 744, "", "每月工作小时数（非全日制）", "hours a month (part-time)") \
    F(CAREER_YEARS, career_years, NUMBER, 0, 80, "", "累计工作年限（年）", "years of work at all employers") \
    F(TAKEN_DAYS, taken_days, NUMBER, 0, 366, "", "当年度已休年休假天数", "days of annual leave taken in the year") \
    F(YEAR, year, INT, 1995, 2100, "", "年休假所属公历年度", "calendar year of the leave")        \
    F(CONTINUOUS, continuous, BOOL, 0, 1, "", "连续工作已满12个月", "12 months of work without a gap") \
    F(WAIVED, waived, BOOL, 0, 1, "", "职工因本人原因书面提出不休", "gave the leave up in writing for own reasons") \
    F(PERSONAL_DAYS, personal_days, NUMBER, 0, 366, "", "当年度带薪事假天数", "paid personal leave in the year, days") \
    F(SICK_MONTHS, sick_months, NUMBER, 0, 12, "", "当年度累计病假月数", "sick leave in the year, months") \
    F(FROM, from, DATE, 0, 0, "", "期间起日", "first day of the period")                          \
    F(TO, to, DATE, 0, 0, "", "期间止日（含当日）", "last day of the period, inclusive")          \
    F(EMPLOYER_YEARS, employer_years, NUMBER, 0, 80, "", "本单位工作年限（年）", "years at this employer") \
    F(AGREED_FEN, agreed_fen, MONEY, 0, FEN_MAX, "", "约定的数额（每月或者违约金）", "the sum agreed (a month, or the penalty)") \
    F(BIRTH, birth, DATE, 0, 0, "", "分娩或者流产日期", "day of the birth or miscarriage")         \
    F(DELIVERY, delivery, CODE, 0, 0, "normal difficult miscarriage", "生育情形", "kind of delivery") \
    F(BABIES, babies, INT, 1, 10, "", "婴儿数", "babies born")                                    \
    F(CHILD, child, INT, 1, 20, "", "第几个子女", "which child of the mother")                    \
    F(PREGNANT_MONTHS, pregnant_months, NUMBER, 0, 10, "", "流产时怀孕月数", "months of pregnancy at a miscarriage") \
    F(EXTRA_DAYS, extra_days, INT, 0, 365, "", "省级规定增加的产假天数", "days the province adds") \
    F(INSURED, insured, BOOL, 0, 1, "", "已参加社会保险（工伤、生育）", "insured (work injury, maternity)") \
    F(EMPLOYER_AVERAGE_FEN, employer_average_fen, MONEY, 1, FEN_MAX, "", "用人单位上年度职工月平均工资", \
      "the employer's average monthly wage of the previous year")                                 \
    F(HEAT_FEN, heat_fen, MONEY, 0, FEN_MAX, "", "高温津贴月标准", "heat allowance a month")       \
    F(HEAT_DAY_FEN, heat_day_fen, MONEY, 0, FEN_MAX, "", "高温津贴日标准", "heat allowance a day") \
    F(DAYS, days, NUMBER, 0, 366, "", "天数", "days")                                             \
    F(OUTDOOR_C, outdoor_c, NUMBER, 0, 60, "", "露天作业日最高气温（摄氏度）", "day's highest outdoor temperature, Celsius") \
    F(INDOOR_C, indoor_c, NUMBER, 0, 60, "", "工作场所温度（摄氏度）", "temperature of the workplace, Celsius") \
    F(GRADE, grade, INT, 1, 10, "", "伤残等级", "disability grade")                               \
    F(OWN_WAGE_FEN, own_wage_fen, MONEY, 1, FEN_MAX, "", "本人工资（事故前12个月平均月缴费工资）", \
      "own wage: average contribution wage of the 12 months before the accident")                 \
    F(ENDED, ended, BOOL, 0, 1, "", "已解除或者终止劳动关系", "the relation has ended")            \
    F(RETIRE_YEARS, retire_years, NUMBER, 0, 60, "", "距法定退休年龄的年数", "years to the statutory retirement age") \
    F(CARE, care, CODE, 0, 0, "none part most full", "生活不能自理程度", "need of care")           \
    F(SUSPENSION_MONTHS, suspension_months, NUMBER, 0, 60, "", "停工留薪期月数", "months of paid suspension") \
    F(EXTENDED, extended, BOOL, 0, 1, "", "停工留薪期经鉴定委员会确认延长", "the longer suspension was confirmed") \
    F(MEDICAL_FEN, medical_fen, MONEY, 0, FEN_MAX, "", "工伤医疗费", "medical fees of the injury") \
    F(MEDICAL_SUBSIDY_FEN, medical_subsidy_fen, MONEY, 0, FEN_MAX, "", "一次性工伤医疗补助金（省级标准金额）", \
      "one-off medical subsidy, the province's sum")                                              \
    F(JOB_SUBSIDY_FEN, job_subsidy_fen, MONEY, 0, FEN_MAX, "", "一次性伤残就业补助金（省级标准金额）", \
      "one-off employment subsidy, the province's sum")                                           \
    F(COMPETE_MONTHS, compete_months, NUMBER, 0, 1200, "", "已履行竞业限制的月数", "months the non-compete was kept") \
    F(DEATH, death, DATE, 0, 0, "", "死亡日期", "day of the death")                                \
    F(URBAN_INCOME_FEN, urban_income_fen, MONEY, 1, FEN_MAX, "", "上一年度全国城镇居民人均可支配收入", \
      "national urban disposable income a head, previous year")                                   \
    F(AFTER_SUSPENSION, after_suspension, BOOL, 0, 1, "", "一级至四级伤残职工停工留薪期满后死亡", \
      "died of grade 1 to 4 after the suspension period")                                         \
    F(RELATIVES, relatives, LIST, 1, 20, "", "供养亲属", "dependants")                            \
    F(CONTRACT_MONTHS, contract_months, NUMBER, 0, 1200, "", "劳动合同期限（月）", "term of the contract, months") \
    F(TERM, term, CODE, 0, 0, "fixed open task", "劳动合同类型", "kind of contract")              \
    F(SERVED_MONTHS, served_months, NUMBER, 0, 1200, "", "已经履行的月数", "months already served") \
    F(PROBATION_FEN, probation_fen, MONEY, 0, FEN_MAX, "", "试用期月工资", "wage on probation, a month") \
    F(POST_LOWEST_FEN, post_lowest_fen, MONEY, 0, FEN_MAX, "", "本单位相同岗位最低档工资", "lowest wage of the same post") \
    F(SECOND, second, BOOL, 0, 1, "", "同一单位第二次约定试用期", "second probation at this employer") \
    F(PROBATION_ONLY, probation_only, BOOL, 0, 1, "", "合同仅约定试用期", "the contract is for probation alone") \
    F(ENDED_EARLY, ended_early, BOOL, 0, 1, "", "用人单位提前解除竞业限制", "the employer ended it early") \
    F(IN_SERVICE, in_service, BOOL, 0, 1, "", "在职期间的竞业限制", "during the employment")       \
    F(TRAINING_FEN, training_fen, MONEY, 0, FEN_MAX, "", "专项培训费用", "cost of the training")   \
    F(SERVICE_MONTHS, service_months, NUMBER, 0, 1200, "", "约定的服务期（月）", "service period, months") \
    F(TOTAL_FEN, total_fen, MONEY, 0, FEN_MAX, "", "总金额", "total")                              \
    F(PARTS, parts, INT, 1, 360, "", "期数", "number of instalments")                              \
    F(FIRST, first, DATE, 0, 0, "", "首期付款日", "first due day")                                 \
    F(EVERY_MONTHS, every_months, INT, 1, 24, "", "每隔几个月", "months between instalments")      \
    F(ITEMS, items, LIST, 1, 200, "", "各项请求", "the items")                                     \
    F(WORKERS, workers, INT, 0, 1000000, "", "被拖欠的劳动者人数", "workers unpaid")               \
    F(ONE_OWED_FEN, one_owed_fen, MONEY, 0, FEN_MAX, "", "其中一名劳动者被拖欠的最大数额", "the largest sum owed to one worker") \
    F(ORDERED, ordered, BOOL, 0, 1, "", "政府有关部门责令支付后仍不支付", "unpaid after a government order") \
    F(ONE_LIMIT_FEN, one_limit_fen, MONEY, 1, FEN_MAX, "", "本省一名劳动者的数额标准", "provincial sum for one worker") \
    F(MANY_LIMIT_FEN, many_limit_fen, MONEY, 1, FEN_MAX, "", "本省十名以上劳动者的数额标准", "provincial sum for ten or more") \
    F(SETTLEMENT_FEN, settlement_fen, MONEY, 0, FEN_MAX, "", "拟达成的调解金额", "the settlement offered") \
    F(CALCULATED_FEN, calculated_fen, MONEY, 0, FEN_MAX, "", "依法计算的金额", "the sum by law")

/* The columns of the lists: hours, periods, relatives, items. */
#define CALC_COLUMNS(F)                                                                           \
    F(DATE, date, DATE, 0, 0, "", "日期", "day")                                                  \
    F(START, start, CLOCK, 0, 1439, "", "开始时间（时:分）", "start, HH:MM")                       \
    F(WORKED, hours, NUMBER, 0, 24, "", "当日工作小时数", "hours worked that day")                 \
    F(RESTED, rested, BOOL, 0, 1, "", "已安排补休", "compensatory rest was given")                 \
    F(REST_DAY, rest_day, DATE, 0, 0, "", "补休日期", "day of the compensatory rest")              \
    F(OVERTIME, overtime, BOOL, 0, 1, "", "全部为标准工时以外的时间", "all of it beyond normal hours") \
    F(PERIOD, period, TEXT, 0, 40, "", "周期名称", "name of the period")                           \
    F(DUE_FEN, due_fen, MONEY, 0, FEN_MAX, "", "应付工资", "wage due")                             \
    F(WITHHELD, withheld_fen, MONEY, 0, FEN_MAX, "", "依法代扣", "lawfully withheld")              \
    F(LOSS, loss_fen, MONEY, 0, FEN_MAX, "", "单位主张扣除的损失赔偿", "deducted for loss")         \
    F(PAID, paid_fen, MONEY, 0, FEN_MAX, "", "已付", "paid")                                       \
    F(OVERTIME_PAY, overtime_fen, MONEY, 0, FEN_MAX, "", "其中加班工资", "overtime pay in it")      \
    F(ALLOWANCE, allowance_fen, MONEY, 0, FEN_MAX, "", "其中特殊津贴", "special allowances in it")   \
    F(WELFARE, welfare_fen, MONEY, 0, FEN_MAX, "", "其中法定福利", "statutory welfare in it")        \
    F(NORMAL, normal, BOOL, 0, 1, "", "提供了正常劳动", "normal work was given")                    \
    F(MINIMUM, minimum_fen, MONEY, 0, FEN_MAX, "", "该周期最低工资", "minimum wage of the period")   \
    F(KIN, kin, CODE, 0, 0, "spouse other", "与死者关系", "relation to the dead")                   \
    F(LONE, lone, BOOL, 0, 1, "", "孤寡老人或者孤儿", "lone elder or orphan")                       \
    F(NAME, name, TEXT, 0, 120, "", "名称", "name")                                                \
    F(KIND, kind, CODE, 0, 0, "money standard other",                                             \
      "类别：金额、劳动标准、其他", "a sum of money, a labour standard, or other")                   \
    F(AMOUNT, amount_fen, MONEY, 0, FEN_MAX, "", "金额", "amount")                                  \
    F(DUE, due, DATE, 0, 0, "", "付款日", "due day")

#endif
