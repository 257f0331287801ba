/*
** Every sentence the calculators say, and every article they rest on with its
** text version: here a lawyer reviews them.  Templates take %y yuan, %n a
** decimal, %i a whole number, %d a day.
*/
#ifndef CALC_TEXT_H
#define CALC_TEXT_H

#include "law/phrase.h"

/* W(id, zh, en) */
#define CALC_WORDS(W)                                                                             \
    W(_NONE, "", "")                                                                              \
    W(REQUIRED, "缺少必填项", "a required field is missing")                                      \
    W(RANGE, "超出允许范围", "out of range")                                                      \
    W(ORDER, "日期先后颠倒", "this day lies before the day it must follow")                       \
    W(NO_PARAMETER, "数据中没有该地区、该日期的参数，请直接填写", \
      "no such parameter for the region and day; give it yourself")                               \
    W(STALE, "以下参数可能已过期，请核对：", "this parameter may be out of date, check it: ")     \
    W(UNVERIFIED, "以下参数未经核实，请核对：", "this parameter is not verified, check it: ")     \
    W(NEED_MINIMUM, "请填写当地月最低工资标准，或者填写地区和类别", \
      "give the monthly minimum wage, or the region and its class")                               \
    W(NO_MINIMUM, "未填最低工资标准（minimum_fen），未核对下限", \
      "no minimum wage given (minimum_fen): the floor was not checked")                           \
    W(NEED_HOUR, "请填写小时最低工资标准", "give the hourly minimum wage")                        \
    W(NO_CAP, "未填当地上年度职工月平均工资（city_average_fen），未核对三倍封顶", \
      "no city average given (city_average_fen): the cap of three times was not checked")         \
    W(BASE_FLOOR, "工资基数%y低于最低工资，按%y计算", "the base of %y is below the minimum wage: %y is used") \
    W(PROVISIONAL, "%i年放假安排尚未公布，按周末和法定节日暂算", \
      "no official calendar for %i yet: weekends and statutory days were used")                   \
    W(OVERPAID, "已付和代扣超过应付%y，差额按零计", "paid and withheld exceed the sum due by %y: counted as 0") \
    W(ARREARS, "拖欠工资", "unpaid wages")                                                        \
    W(ARREARS_NOTE, "应付 − 代扣 − 扣赔 − 已付；支付和扣款由用人单位举证", \
      "due − withheld − deducted − paid; the employer proves payment and deductions")             \
    W(LOSS_CUT, "单位主张扣除%y，依法至多扣%y", "the employer deducts %y, the law admits %y")     \
    W(EXTRA, "逾期加付赔偿金", "extra damages after a missed order")                              \
    W(EXTRA_PERCENT, "加付比例由劳动行政部门确定，未计入合计", \
      "the labour department sets the percentage; not in the sum")                                \
    W(EXTRA_ORDER, "须经劳动行政部门责令限期支付且逾期未付，才加付赔偿金", \
      "extra damages only if the labour department ordered payment and its limit was missed")     \
    W(PERIODS_OR_MONTHS, "请填写各周期，或者月工资和月数", "give the periods, or the monthly wage and the months") \
    W(PERIODS_OR_PAID, "请填写各周期，或者每月已付金额", "give the periods, or what was paid a month") \
    W(PAID_NEEDED, "每个周期都要填写已付金额", "each period needs what was paid")                 \
    W(MINIMUM_GAP, "最低工资差额", "difference to the minimum wage")                              \
    W(NOT_NORMAL, "未提供正常劳动的周期不适用最低工资", "a period without normal work has no minimum wage") \
    W(CAREER_SHORT, "累计工作年限短于本单位工作年限，按后者计", \
      "the career is shorter than the years at this employer: those are counted")                \
    W(KEEP_RELATION, "一级至四级伤残保留劳动关系，退出工作岗位，不得解除或者终止", \
      "grades 1 to 4 keep the relation and leave the post: it may not be ended")                  \
    W(IDLE, "停工停产工资", "pay during the stoppage")                                            \
    W(HEAT, "高温津贴", "high-temperature allowance")                                             \
    W(NEED_HEAT, "请填写当地高温津贴标准", "give the local amount of the allowance")              \
    W(HEAT_ASSUMED, "未填温度，按符合高温条件计算", "no temperature given: taken as hot enough")  \
    W(NOT_HOT, "温度未达到应发高温津贴的条件", "not hot enough for the allowance")                \
    W(HEAT_STOP, "40℃以上应当停止当日室外露天作业", "at 40 °C or more outdoor work must stop")    \
    W(HEAT_SHORT, "37℃以上全天露天作业不得超过6小时，最热时段3小时不得安排", \
      "from 37 °C at most 6 hours outdoors and none in the 3 hottest hours")                      \
    W(MONTHS_OR_SPAN, "请填写月数，或者起止日期", "give the months, or the first and last day")   \
    W(OT_WORKDAY, "工作日延长工作时间", "beyond the hours of working days")                       \
    W(OT_RESTDAY, "休息日工作未补休", "rest days without compensatory rest")                      \
    W(OT_STATUTORY, "法定休假日工作", "statutory holidays")                                       \
    W(OT_NONE, "没有应付的加班费", "no overtime pay is due")                                      \
    W(READ_AS_EXTRA, "%d为工作日，所填%n小时视为标准工时以外；如在标准工时以内请填 overtime:false", \
      "%d is a working day: the %n h are read as beyond normal hours; else say overtime:false")   \
    W(DAY_LIMIT, "%d延长%n小时，超过每日%n小时上限", "%d: %n h extra, the daily limit is %n")     \
    W(DAY_USUAL, "延长工作时间一般每日不得超过1小时", "an extension is normally at most one hour a day") \
    W(MONTH_LIMIT, "%i年%i月加班超过每月%n小时上限", "%i-%i: more than the monthly limit of %n h") \
    W(RESTED_LATE, "%d的补休迟于%i个月，不作补休", "the rest for %d came later than %i months: it does not count") \
    W(DAY_TOO_LONG, "同一天超过24小时", "more than 24 hours on one day")                          \
    W(FLEXIBLE, "不定时工时制不执行加班费规定（地方另有规定的除外）", \
      "flexible hours have no overtime pay, unless a local rule says so")                         \
    W(SECOND_WAGE, "二倍工资差额（第二倍）", "the second wage")                                   \
    W(WINDOW, "自%d至%d", "from %d to %d")                                                        \
    W(OTHER_DIVISOR, "另一算法：零头按当月工作日折算", "the other way: the part month by its own working days") \
    W(WITHIN_YEAR, "申请前一年内的部分（按日计算时效的做法）", \
      "the part within a year before the claim (where the year runs by the day)")                 \
    W(LIMITATION, "%d以前的部分可能超过一年仲裁时效，金额未扣减", \
      "the part before %d may be out of time; the sum is not cut")                                \
    W(DEEMED_OPEN, "自%d起视为已订立无固定期限劳动合同", "deemed an open-ended contract from %d")  \
    W(FROM_LAW, "%d以前入职的，订立书面合同的期限自该日起算（劳动合同法第九十七条第二款）", \
      "hired before %d: the time to sign runs from that day (Labour Contract Law 97(2))")          \
    W(WHOLE_WINDOW, "未填签订、离职或者申请日期，按满一年计算", \
      "no day of signing, leaving or claim given: the whole window was counted")                  \
    W(OPEN_REFUSED, "应订未订无固定期限劳动合同的二倍工资差额", "second wage for a refused open-ended contract") \
    W(OPEN_EARLIER, "应当订立无固定期限劳动合同的，视为此前已订立书面合同；从未订立的请填 no_contract", \
      "an open-ended contract was due: earlier contracts are taken as written; if none ever was, say no_contract") \
    W(OPEN_DEEMED, "从未订立书面合同的，满一年视为已订立无固定期限劳动合同，其后不再支付二倍工资", \
      "nothing was ever signed: after a year the contract is deemed open-ended, with no second wage from then on") \
    W(NEED_END, "请填写申请、签订或者离职日期", "give the day of the claim, of signing or of leaving") \
    W(EXEMPT_FORCE, "因不可抗力未订立，不支付二倍工资", "force majeure: no second wage")          \
    W(EXEMPT_WORKER, "因劳动者故意或者重大过失未订立，不支付二倍工资", \
      "the worker's intent or gross negligence: no second wage")                                  \
    W(EXEMPT_AUTO, "劳动合同依法自动续延，不属于未订立", "the contract went on by law: no second wage") \
    W(SIGNED_CONFLICT, "既填未签订又填签订日期", "both unsigned and a day of signing")            \
    W(COMPENSATION, "经济补偿", "economic compensation")                                          \
    W(OLD_RULE, "2008年以前工作年限的经济补偿（按当时规定）", "compensation for the years before 2008 (rules of then)") \
    W(NEEDS_REVIEW, "须由法律人员复核：当时规定是否应当支付、基数和上限", \
      "needs review: whether, on what base and to what limit the old rules pay")                  \
    W(OLD_WARNING, "2008年以前部分依劳部发〔1994〕481号（未核实全文），须复核", \
      "the part before 2008 rests on Ministry of Labour [1994] No. 481, not verified: needs review")             \
    W(OLD_NONE, "2008年以前终止劳动合同无经济补偿规定", "before 2008 a contract's ending by term gave no compensation") \
    W(CAPPED, "月均工资%y高于三倍，按%y计；年限%n，计%n", "average %y is above three times: %y; %n years, %n counted") \
    W(EARLIER_PAID, "原单位已支付经济补偿，不再计算原单位年限", "the former employer has compensated: those years do not count") \
    W(NOT_UNLAWFUL, "所填原因不是违法解除或者终止；确属违法的，才支付赔偿金", \
      "the reason given is no unlawful dissolution: damages are due only if it was unlawful") \
    W(SEE_2N, "违法解除应当适用赔偿金（B02），与经济补偿不并用", "an unlawful dissolution has damages (B02) instead") \
    W(NOTICE_PAY, "代通知金", "pay in lieu of notice")                                            \
    W(NOT_ART40, "不属于第四十条情形，没有代通知金", "not a case of art. 40: no pay in lieu of notice") \
    W(NOTICE_GIVEN, "已提前三十日书面通知，没有代通知金", "30 days' notice was given: no pay in lieu") \
    W(NOT_WITH_2N, "代通知金不与违法解除赔偿金并用", "pay in lieu of notice does not go with 2N") \
    W(DAMAGES, "违法解除（终止）赔偿金", "damages for unlawful dissolution")                      \
    W(NOT_WITH_N, "已支付赔偿金的不再支付经济补偿，也没有代通知金", \
      "damages exclude economic compensation and pay in lieu of notice")                          \
    W(OR_REINSTATE, "也可以选择继续履行劳动合同并主张期间工资", \
      "or else: continue the contract, with the wages of the gap")                                \
    W(UNION, "未事先通知工会的解除违法，起诉前补正的除外", \
      "a dissolution without telling the union is unlawful, unless cured before the suit")        \
    W(BAR_AGREED, "劳动者提出并协商一致解除，无经济补偿", "the worker proposed the agreement: no compensation") \
    W(BAR_RESIGN, "劳动者提前通知辞职，无经济补偿", "ordinary resignation: no compensation")      \
    W(BAR_MISCONDUCT, "因劳动者过失（第三十九条）解除，无经济补偿", "dismissal under art. 39: no compensation") \
    W(BAR_EXPIRY, "单位维持或者提高条件续订而劳动者不同意，无经济补偿", \
      "the worker refused renewal on the same or better terms: no compensation")                  \
    W(BAR_RETIRED, "开始享受基本养老保险待遇而终止，无经济补偿", "ended by the pension: no compensation") \
    W(BAR_DEATH, "劳动者死亡而终止，无经济补偿", "ended by the worker's death: no compensation")  \
    W(BAR_PUBLIC, "公益性岗位不适用经济补偿规定", "subsidised public posts: no compensation")     \
    W(BAR_PART_TIME, "非全日制用工终止无经济补偿", "part-time work: no compensation")             \
    W(LEAVE, "未休年休假工资报酬（正常工资以外部分）", "unused annual leave, beyond the normal wage") \
    W(LEAVE_GROSS, "含正常工资的总额", "gross, with the normal wage already paid")                \
    W(LEAVE_SHARE, "%i ÷ %n × %i 天，已休%n天，应计%n天", "%i ÷ %n × %i days, %n taken: %n days")  \
    W(LEAVE_WAIVED, "职工书面提出不休，只支付正常工资，不再加付", "given up in writing: the normal wage only") \
    W(LEAVE_NO_WAGE, "未填平均工资，只计天数", "no average wage given: only the days are computed") \
    W(LEAVE_CAREER, "累计工作不满一年，没有年休假", "less than a year of work: no annual leave")  \
    W(LEAVE_CONTINUOUS, "连续工作不满12个月，没有年休假", "no 12 months without a gap: no annual leave") \
    W(LEAVE_PERSONAL, "带薪事假累计20天以上，不享受当年年休假", "20 days or more of paid personal leave: none this year") \
    W(LEAVE_SICK, "病假累计达到规定月数，不享受当年年休假", "sick leave reached the limit: none this year") \
    W(CONTINUOUS_ASSUMED, "未填连续工作是否满12个月（可含以前单位），按已满计算", \
      "not told whether 12 months were worked without a gap, former employers included: taken as so") \
    W(FIRST_CHILD, "未填第几个子女，按第一个计算", "child not told: taken as the first")          \
    W(NEED_YEAR, "请填写年度、入职或者离职日期", "give the year, the hire or the last day")       \
    W(SICK_PAY, "病假工资", "sick pay")                                                           \
    W(SICK_NO_SPAN, "未填病假止日，只计医疗期", "no last day of the sick leave: only the period is computed") \
    W(SICK_INSURANCE, "按80%支付的，单位还应承担劳动者个人缴纳的社会保险费和公积金", \
      "paying the 80% floor, the employer also bears the worker's own insurance and housing fund") \
    W(MEDICAL_OVER, "病假超过医疗期（至%d）", "the sick leave runs beyond the medical period (%d)") \
    W(HIRE_OR_YEARS, "请填写入职日期或者本单位工作年限", "give the hire or the years at this employer") \
    W(MATERNITY, "生育津贴（产假工资）", "maternity allowance")                                   \
    W(NEED_EMPLOYER_AVERAGE, "已参保的请填写单位上年度职工月平均工资", \
      "insured: give the employer's average wage of the previous year")                           \
    W(NEED_EXTRA, "没有该省增加产假天数的数据，请填写", "the province's extra days are not known: give them") \
    W(NO_EXTRA, "未填地区和省级增加的天数，只计国家规定", "no region and no extra days given: national days only") \
    W(TOP_UP, "津贴低于本人工资的差额", "the allowance's gap to her own wage")                    \
    W(TOP_UP_NOTE, "多数省份由单位补足，依当地规定，未计入合计", \
      "most provinces make the employer pay it; by local rule, not in the sum")                   \
    W(MATERNITY_BAN, "孕期、产期、哺乳期不得降低工资、辞退或者解除合同", \
      "no wage cut or dismissal during pregnancy, leave and nursing")                             \
    W(GRANT, "一次性伤残补助金", "one-off disability grant")                                      \
    W(SUBSIDY_MEDICAL, "一次性工伤医疗补助金", "one-off medical subsidy")                         \
    W(SUBSIDY_JOB, "一次性伤残就业补助金", "one-off employment subsidy")                          \
    W(ALLOWANCE, "伤残津贴（每月）", "disability allowance, a month")                             \
    W(ALLOWANCE_FLOOR, "伤残津贴低于最低工资的补足到%y", "the allowance is topped up to the minimum wage, %y") \
    W(A_MONTH, "按月支付，未计入合计", "paid by the month, not in the sum")                       \
    W(A_MONTH_IF, "难以安排工作的按月支付，未计入合计", "by the month if there is no suitable job; not in the sum") \
    W(NO_CLAMP, "未填统筹地区平均工资（city_average_fen），未核对60%至300%", \
      "no regional average given (city_average_fen): 60 to 300% was not checked")                 \
    W(CLAMPED, "本人工资%y按60%%至300%%限为%y", "own wage %y brought within 60 to 300 %%: %y")    \
    W(INSURED_UNKNOWN, "未填是否参加工伤保险，按未参保计算", "insurance not told: taken as uninsured") \
    W(UNINSURED, "未参加工伤保险的，全部由用人单位支付", "uninsured: the employer pays all")      \
    W(RETIRE_UNKNOWN, "没有该省临近退休递减规定的数据，未递减", \
      "no rule known for the years before retirement: not reduced")                               \
    W(NEED_SUBSIDY, "没有该省标准，请填写地区或者金额", "the province's standard is not known: give the region or the sum") \
    W(NEED_PROVINCE, "请填写全省上年度职工月平均工资", "give the province's average monthly wage") \
    W(SUBSIDY_LATER, "两项补助金在解除或者终止劳动关系时支付", "the two subsidies fall due when the relation ends") \
    W(SUBSIDY_ASSUMED, "未填是否离职，按已解除或者终止计算", "not told whether the relation ended: taken as ended") \
    W(SUBSIDY_UNKNOWN, "未填地区，未计算离职时的两项补助金", "no region: the two subsidies on leaving were not computed") \
    W(SUSPENSION, "停工留薪期工资", "pay of the suspension period")                               \
    W(SUSPENSION_LIMIT, "停工留薪期按%n个月计", "the suspension counts %n months")                \
    W(CARE, "生活护理费（每月）", "care, a month")                                                \
    W(MEDICAL_FEES, "工伤医疗费", "medical fees of the injury")                                   \
    W(FUNERAL, "丧葬补助金", "funeral allowance")                                                 \
    W(NO_FUNERAL, "未填统筹地区平均工资（city_average_fen），未计丧葬补助金", \
      "no regional average given (city_average_fen): the funeral allowance is missing")           \
    W(DEATH_GRANT, "一次性工亡补助金", "one-off death grant")                                     \
    W(ONE_SPOUSE, "配偶只能有一人", "there is one spouse at most")                                 \
    W(NO_GRANT, "停工留薪期满后死亡的，没有一次性工亡补助金", "death after the suspension period: no grant") \
    W(NEED_INCOME, "没有上一年度全国城镇居民人均可支配收入，请填写", \
      "the previous year's urban income is not known: give it")                                   \
    W(DEPENDANTS, "供养亲属抚恤金（每月合计）", "dependants' pension, a month")                   \
    W(KIN_LIMIT, "各供养亲属抚恤金之和以本人工资为限", "the dependants together get at most the own wage") \
    W(GRADE_OR_DEATH, "请填写伤残等级或者死亡日期其中一项", "give the grade or the day of death, one of them") \
    W(ILLEGAL, "一次性赔偿金", "lump sum")                                                        \
    W(ILLEGAL_DEATH, "一次性赔偿金（死亡）", "lump sum for the death")                            \
    W(ILLEGAL_OTHER, "丧葬补助等其他赔偿金", "funeral and other compensation")                    \
    W(PROBATION, "违法约定试用期赔偿金", "damages for the excess of probation")                   \
    W(PROBATION_WAGE, "试用期工资差额", "gap of the wage on probation")                           \
    W(PROBATION_SECOND, "同一单位只能约定一次试用期", "one probation at one employer: the second is void") \
    W(PROBATION_ONLY, "合同仅约定试用期的，试用期不成立", "a contract for probation alone has no probation") \
    W(COMPETE, "竞业限制经济补偿", "non-compete compensation")                                    \
    W(COMPETE_EXTRA, "单位提前解除的额外三个月补偿", "three more months for the early end")       \
    W(COMPETE_FLOOR, "30%%低于最低工资，按最低工资%y计", "30 %% is below the minimum wage: %y is used") \
    W(COMPETE_LIMIT, "竞业限制最长%n个月", "a non-compete lasts at most %n months")               \
    W(COMPETE_UNPAID, "单位三个月未支付的，劳动者可以请求解除竞业限制", \
      "three months unpaid: the worker may ask to end it")                                        \
    W(COMPETE_IN_SERVICE, "在职期间的竞业限制不需要补偿", "during the employment no compensation is due") \
    W(COMPETE_WHO, "仅限高级管理、高级技术和其他负有保密义务的人员，且以知悉的秘密为限", \
      "only senior managers, senior technicians and others with secrets, and only for those secrets") \
    W(TRAINING, "违反服务期违约金（上限）", "training penalty, at most")                          \
    W(TRAINING_CUT, "约定%y超过应分摊的%y，按后者", "agreed %y is above the share of %y: the share counts") \
    W(TRAINING_NONE, "劳动者依第三十八条解除的，不支付违约金", "a dissolution under art. 38 owes no penalty") \
    W(TRAINING_NO_BREACH, "不是劳动者违反服务期约定而离职，不支付违约金", \
      "the worker did not break the service period: no penalty")                                  \
    W(PART, "第%i期", "instalment %i")                                                            \
    W(ROLLED, "付款日逢休息日，顺延至%d", "the due day is a rest day: it moves to %d")            \
    W(SUM_DIFFERS, "各期之和与总额不符", "the parts do not add up to the total")                  \
    W(PARTS_DIFFER, "期数与所列各期的数目不符", "the number of parts is not that of the items")        \
    W(PART_EMPTY, "每期至少一分", "each part needs a fen at least")                               \
    W(AWARD_ITEM, "请求事项", "item")                                                             \
    W(FINAL, "终局", "final")                                                                     \
    W(NOT_FINAL, "非终局", "non-final")                                                           \
    W(SEPARATE_AWARDS, "同时包含终局和非终局事项，应当分别制作裁决书", \
      "both final and non-final items: two separate awards")                                      \
    W(INFORMATION, "仅供参考，以仲裁裁决为准", "for information; the award decides")              \
    W(CRIME_SUM, "拖欠总额", "arrears in all")                                                    \
    W(CRIME_ONE, "一名劳动者三个月以上", "one worker, three months or more") \
    W(CRIME_MANY, "十名以上劳动者累计", "ten workers or more, in all")                            \
    W(CRIME_DEPENDS, "处于幅度之内，以本省公布的数额为准", "within the band: the province's figure decides") \
    W(CRIME_ORDER, "须经政府有关部门责令支付仍不支付", "only if unpaid after an order of the authorities") \
    W(CRIME_SINGLE, "未填一名劳动者的最大数额，按人均%y计", "no single worker's sum given: the mean of %y counts") \
    W(WAIVED, "放弃的金额", "what is given up")                                                   \
    W(WAIVER_LOOK, "比依法计算金额少50%以上，请负责人或者法律人员复核；不妨碍达成协议", \
      "more than 50% below the sum by law: a second look by the head or a lawyer; no bar")      \
    W(OUT_A04, "全额工资欠付已包含低于最低工资的差额", "the arrears of the full wage include this gap") \
    W(OUT_B01, "已由前列赔偿金（2N）代替或者包含于N+1", "replaced by damages (2N), or part of N+1") \
    W(OUT_B03, "赔偿金（2N）不与代通知金并用", "2N excludes pay in lieu of notice")               \
    W(OUT_NOTHING, "依法计算没有应付金额", "nothing is due by law")                              \
    W(NO_REASON, "未填解除或者终止的原因，未计算经济补偿或者赔偿金", \
      "no reason given: compensation or damages were not computed")                               \
    W(NOTHING, "所填情况没有可以计算的请求", "the facts give no claim that can be computed")      \
    W(AVERAGE_ASSUMED, "未填前12个月平均工资，按月工资计算", "no 12-month average given: the monthly wage is used") \
    W(LAST_MONTH_ASSUMED, "未填上月工资，按月工资计算", "no last month given: the monthly wage is used")

/* C(id, zh, en): the article and the year of the text it stands in. */
#define CALC_CITES(C)                                                                             \
    C(POLICY, "产品规则", "product rule")                                                         \
    C(LHT20, "劳动合同法（2012年修正）第二十条", "Labour Contract Law (2012 text) art. 20")       \
    C(LHT22, "劳动合同法（2012年修正）第二十二条", "Labour Contract Law (2012 text) art. 22")     \
    C(LHT23, "劳动合同法（2012年修正）第二十三条", "Labour Contract Law (2012 text) art. 23")     \
    C(LHT30, "劳动合同法（2012年修正）第三十条", "Labour Contract Law (2012 text) art. 30")       \
    C(LHT40, "劳动合同法（2012年修正）第四十条、实施条例（2008年）第二十条", \
      "Labour Contract Law (2012 text) art. 40, Regulation (2008) art. 20")                       \
    C(LHT46, "劳动合同法（2012年修正）第四十六条", "Labour Contract Law (2012 text) art. 46")     \
    C(LHT47, "劳动合同法（2012年修正）第四十六、四十七条", "Labour Contract Law (2012 text) arts. 46, 47") \
    C(LHT71, "劳动合同法（2012年修正）第七十一条", "Labour Contract Law (2012 text) art. 71")     \
    C(LHT82, "劳动合同法（2012年修正）第八十二条第一款、实施条例（2008年）第六、七条", \
      "Labour Contract Law (2012 text) art. 82(1), Regulation (2008) arts. 6, 7")                 \
    C(LHT82_2, "劳动合同法（2012年修正）第八十二条第二款", "Labour Contract Law (2012 text) art. 82(2)") \
    C(LHT83, "劳动合同法（2012年修正）第十九、八十三条", "Labour Contract Law (2012 text) arts. 19, 83") \
    C(LHT85, "劳动合同法（2012年修正）第八十五条", "Labour Contract Law (2012 text) art. 85")     \
    C(LHT87, "劳动合同法（2012年修正）第八十七条、实施条例（2008年）第二十五条", \
      "Labour Contract Law (2012 text) art. 87, Regulation (2008) art. 25")                       \
    C(LHT97, "劳动合同法（2012年修正）第九十七条第三款、劳部发〔1994〕481号", \
      "Labour Contract Law (2012 text) art. 97(3), Ministry of Labour [1994] No. 481")                           \
    C(LF44_1, "劳动法（2018年修正）第四十四条第一项", "Labour Law (2018 text) art. 44(1)")        \
    C(LF44_2, "劳动法（2018年修正）第四十四条第二项", "Labour Law (2018 text) art. 44(2)")        \
    C(LF44_3, "劳动法（2018年修正）第四十四条第三项", "Labour Law (2018 text) art. 44(3)")        \
    C(GZZF12, "工资支付暂行规定（1994年）第十二条", "Wage Payment Provisions (1994) art. 12")     \
    C(GZZF13, "工资支付暂行规定（1994年）第十三条", "Wage Payment Provisions (1994) art. 13")     \
    C(ZDGZ12, "最低工资规定（2004年）第十二条", "Minimum Wage Provisions (2004) art. 12")         \
    C(HEAT, "防暑降温措施管理办法（2012年）第十七条", "Heatstroke Prevention Measures (2012) art. 17") \
    C(SF2_6, "法释〔2025〕12号第六条", "SPC Interpretation II (2025) art. 6")                     \
    C(SF2_7, "法释〔2025〕12号第七条", "SPC Interpretation II (2025) art. 7")                     \
    C(SF2_8, "法释〔2025〕12号第八条", "SPC Interpretation II (2025) art. 8")                     \
    C(SF2_14, "法释〔2025〕12号第十四条", "SPC Interpretation II (2025) art. 14")                 \
    C(SF1_36, "法释〔2020〕26号第三十六条", "SPC Interpretation I (2020) art. 36")                \
    C(SF1_39, "法释〔2020〕26号第三十九条", "SPC Interpretation I (2020) art. 39")                \
    C(TJZC27, "劳动争议调解仲裁法（2007年）第二十七条", "Mediation and Arbitration Law (2007 text) art. 27") \
    C(TJZC47, "劳动争议调解仲裁法（2007年）第四十七条第一项、办案规则（2017年）第五十条", \
      "Mediation and Arbitration Law (2007 text) art. 47(1), Case Rules (2017) art. 50")          \
    C(TJZC47_2, "劳动争议调解仲裁法（2007年）第四十七条第二项", "Mediation and Arbitration Law (2007 text) art. 47(2)") \
    C(NXJB10, "企业职工带薪年休假实施办法（2008年）第十至十二条", "Annual Leave Measures (2008) arts. 10-12") \
    C(NXJB10_2, "企业职工带薪年休假实施办法（2008年）第十条第二款", "Annual Leave Measures (2008) art. 10(2)") \
    C(YLQ3, "企业职工患病或非因工负伤医疗期规定（1994年）第三、四条", "Medical Period Provisions (1994) arts. 3, 4") \
    C(SICK, "劳部发〔1995〕309号第五十九条", "Ministry of Labour [1995] No. 309 art. 59")                        \
    C(NZG5, "女职工劳动保护特别规定（2012年）第五条", "Female Workers Provisions (2012) art. 5")  \
    C(NZG8, "女职工劳动保护特别规定（2012年）第七、八条", "Female Workers Provisions (2012) arts. 7, 8") \
    C(GSBX30, "工伤保险条例（2010年修订）第三十条", "Work Injury Regulation (2010 text) art. 30") \
    C(GSBX33, "工伤保险条例（2010年修订）第三十三条", "Work Injury Regulation (2010 text) art. 33") \
    C(GSBX34, "工伤保险条例（2010年修订）第三十四条", "Work Injury Regulation (2010 text) art. 34") \
    C(GSBX35, "工伤保险条例（2010年修订）第三十五条", "Work Injury Regulation (2010 text) art. 35") \
    C(GSBX36, "工伤保险条例（2010年修订）第三十六条", "Work Injury Regulation (2010 text) art. 36") \
    C(GSBX37, "工伤保险条例（2010年修订）第三十七条", "Work Injury Regulation (2010 text) art. 37") \
    C(GSBX39_1, "工伤保险条例（2010年修订）第三十九条第一款第一项", "Work Injury Regulation (2010 text) art. 39(1)1") \
    C(GSBX39_2, "工伤保险条例（2010年修订）第三十九条第一款第二项", "Work Injury Regulation (2010 text) art. 39(1)2") \
    C(GSBX39_3, "工伤保险条例（2010年修订）第三十九条第一款第三项", "Work Injury Regulation (2010 text) art. 39(1)3") \
    C(FFYG5, "非法用工单位伤亡人员一次性赔偿办法（2010年）第五条", "Illegal Employers Measures (2010) art. 5") \
    C(FFYG6, "非法用工单位伤亡人员一次性赔偿办法（2010年）第六条", "Illegal Employers Measures (2010) art. 6") \
    C(CRIM3, "法释〔2013〕3号第三、四条", "SPC Interpretation [2013] No. 3 arts. 3, 4")           \
    C(CC203, "民法典（2020年）第二百零三条", "Civil Code (2020) art. 203")

#define CALC_WORD_ID(id, zh, en) W_##id,
#define CALC_CITE_ID(id, zh, en) C_##id,
typedef enum WordId { CALC_WORDS(CALC_WORD_ID) W__COUNT } WordId;
typedef enum CiteId { CALC_CITES(CALC_CITE_ID) C__COUNT } CiteId;

extern const Phrase calc_words[W__COUNT];
extern const Phrase calc_cites[C__COUNT];

#endif
