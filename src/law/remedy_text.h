/*
** The form of `law remedies`, the remedies, and every reason for or against
** one, with the article and its text version.
*/
#ifndef REMEDY_TEXT_H
#define REMEDY_TEXT_H

#include "law/calc_facts.h"

#define REMEDY_ORGS "township enterprise pmc centre court_invited arbitration other"

/* F(id, name, kind, min, max, codes, zh, en), as in calc_field.h */
#define REMEDY_FIELDS(F)                                                                          \
    F(TODAY, today, DATE, 0, 0, "", "查询之日", "the day asked about")                            \
    F(TERMS, terms, LIST, 1, 400, "", "协议约定的各项义务", "the obligations of the agreement")    \
    F(EFFECTIVE, effective, DATE, 0, 0, "", "协议生效日（双方签名盖章、调解员签名、调解组织盖章齐备之日）", \
      "day the agreement took effect: both parties, the mediator and the organisation's seal")     \
    F(ORG, org, CODE, 0, 0, REMEDY_ORGS, "调解组织类型", "kind of mediating organisation")          \
    F(COURT, court, CODE, 0, 0, "warn on off", "当地法院受理非人民调解组织协议的司法确认（开关）",  \
      "does the local court confirm agreements of organisations other than people's mediation")     \
    F(REVIEW, review, CODE, 0, 0, "none applied statement refused withdrawn", "仲裁审查", "arbitration review") \
    F(CONFIRMATION, confirmation, CODE, 0, 0, "none applied ruled dismissed withdrawn", "司法确认", \
      "judicial confirmation")                                                                      \
    F(PAYMENT_ORDER, payment_order, CODE, 0, 0, "none filed issued effective terminated terminated_lht30", \
      "支付令（terminated：依调解协议申请后终结；terminated_lht30：依劳动合同法第三十条申请后终结）", \
      "payment order (terminated: asked for on the agreement; terminated_lht30: under LHT 30)")     \
    F(ORDER_RECEIVED, order_received, DATE, 0, 0, "", "债务人收到支付令之日", "day the debtor received the order") \
    F(DEBTOR, debtor, CODE, 0, 0, "employer worker", "义务人", "who owes")                          \
    F(ACCELERATION, acceleration, BOOL, 0, 1, "", "协议写明一期逾期则全部到期", "acceleration is written in") \
    F(NO_ROLL, no_roll, BOOL, 0, 1, "", "协议约定付款日不顺延", "the agreement excludes moving a due day") \
    F(OTHER_DEBTS, other_debts, BOOL, 0, 1, "", "双方还有其他债务纠纷", "other debts in dispute between the parties") \
    F(UNREACHABLE, unreachable, BOOL, 0, 1, "", "支付令不能送达", "the order cannot be served")     \
    F(LAST_DAY, last_day, DATE, 0, 0, "", "劳动关系终止日", "end of the relation")                  \
    F(INTERRUPTED, interrupted, DATE, 0, 0, "", "最近一次时效中断之日", "last interruption of limitation") \
    F(FLIGHT, flight, BOOL, 0, 1, "", "转移财产、逃匿", "assets moved or the debtor fled")          \
    F(ORDERED, ordered, BOOL, 0, 1, "", "政府有关部门责令支付后仍不支付", "unpaid after a government order") \
    F(WORKERS, workers, INT, 1, 1000000, "", "涉及劳动者人数", "workers concerned")                 \
    F(MONTHS, months, NUMBER, 0, 1200, "", "拖欠月数", "months unpaid")                             \
    F(MIGRANT, migrant, BOOL, 0, 1, "", "农民工工资", "migrant workers' wages")                     \
    F(SAME_DAY, same_day, INT, 0, 100000, "", "同一单位同日同类协议数", "agreements of the same employer and day") \
    F(PAYROLL, payroll, BOOL, 0, 1, "", "有工资支付凭证", "payroll records exist")                  \
    F(ENFORCEMENTS, enforcements, INT, 0, 100000, "", "单位被执行案件数", "enforcement cases against the employer") \
    F(SHAM, sham, BOOL, 0, 1, "", "疑似虚假调解（人工标记）", "suspected sham, marked by hand")     \
    F(CLEARED, cleared, BOOL, 0, 1, "", "虚假嫌疑已排除", "the suspicion is cleared")               \
    F(REGION, region, TEXT, 2, 12, "", "区划代码", "region code")

#define TERM_KINDS "pay medical compensation damages insurance certificate relation reinstate other"

#define TERM_FIELDS(F)                                                                            \
    F(KIND, kind, CODE, 0, 0, TERM_KINDS, "义务种类", "kind of obligation")                         \
    F(DUE, due, DATE, 0, 0, "", "履行日", "due day")                                                \
    F(AMOUNT, amount_fen, MONEY, 0, FEN_MAX, "", "金额", "amount")                                  \
    F(PAID, paid_fen, MONEY, 0, FEN_MAX, "", "已付", "paid")                                        \
    F(DONE, done, BOOL, 0, 1, "", "已履行", "performed")                                            \
    F(NAME, name, TEXT, 0, 120, "", "名称", "name")

/* M(id, code, who, paper, zh, en, basis zh, basis en) */
#define REMEDIES(M)                                                                               \
    M(REVIEW, "arbitration_review", "both", "D26", "共同申请仲裁审查", "apply jointly for arbitration review", \
      "办案规则（2017年）第七十四、七十五条", "Case Rules (2017) arts. 74, 75")                     \
    M(CONFIRM, "judicial_confirmation", "both", "D27", "共同申请司法确认", "apply jointly for judicial confirmation", \
      "民事诉讼法（2023年修正）第二百零五条、人民调解法（2010年）第三十三条", \
      "Civil Procedure Law (2023 text) art. 205, People's Mediation Law (2010) art. 33")            \
    M(ARBITRATE, "arbitration", "creditor", "D21", "申请劳动人事争议仲裁", "apply for arbitration",  \
      "劳动争议调解仲裁法（2007年）第十五条、协商调解规定（2011年）第二十八条", \
      "Mediation and Arbitration Law (2007 text) art. 15, Order 17 (2011) art. 28")                 \
    M(PAYMENT_ORDER, "payment_order", "creditor", "D28", "申请支付令", "apply for a payment order",  \
      "劳动争议调解仲裁法（2007年）第十六条、法释〔2020〕26号第十三条", \
      "Mediation and Arbitration Law (2007 text) art. 16, SPC Interpretation I (2020) art. 13")     \
    M(SUE_AGREEMENT, "suit_on_agreement", "creditor", "D21", "持调解协议直接起诉（支付令终结后）", \
      "sue on the agreement after the payment order ended", \
      "法释〔2020〕26号第十三条第三款", "SPC Interpretation I (2020) art. 13(3)")                   \
    M(SUE_PAY, "direct_suit", "creditor", "D21", "仅就劳动报酬的协议直接起诉", "sue directly on an agreement on pay alone", \
      "法释〔2020〕26号第五十一条第二款", "SPC Interpretation I (2020) art. 51(2)")                 \
    M(ENFORCE, "enforcement", "creditor", "D21", "向人民法院申请执行", "apply to the court for enforcement", \
      "民事诉讼法（2023年修正）第二百零六、二百五十条、劳动争议调解仲裁法（2007年）第五十一条", \
      "Civil Procedure Law (2023 text) arts. 206, 250, Mediation and Arbitration Law (2007 text) art. 51") \
    M(OBJECT, "objection", "debtor", "D21", "对支付令提出书面异议", "object to the payment order in writing", \
      "民事诉讼法（2023年修正）第二百二十七、二百二十八条", "Civil Procedure Law (2023 text) arts. 227, 228") \
    M(INSPECTION, "labour_inspection", "creditor", "D20", "向劳动保障监察投诉", "complain to labour inspection", \
      "劳动保障监察条例（2004年）第二十条、保障农民工工资支付条例（2019年）第四十一条", \
      "Labour Inspection Regulation (2004) art. 20, Migrant Wages Regulation (2019) art. 41")       \
    M(POLICE, "police_referral", "creditor", "D20", "涉嫌拒不支付劳动报酬罪，移送公安", \
      "suspected criminal refusal to pay: referral to the police", \
      "刑法第二百七十六条之一、法释〔2013〕3号第三、四条", "Criminal Law art. 276-1, SPC Interpretation [2013] No. 3 arts. 3, 4") \
    M(PERFORM, "perform", "debtor", "D19", "履行协议", "perform", \
      "劳动争议调解仲裁法（2007年）第十四条第二款", "Mediation and Arbitration Law (2007 text) art. 14(2)") \
    M(SUPPLEMENT, "supplement", "both", "D14", "另行订立补充协议", "conclude a supplementary agreement", \
      "产品规则：生效协议不得修改", "product rule: an effective agreement is never edited")

/* W(id, zh, en) */
#define REMEDY_WORDS(W)                                                                           \
    W(_NONE, "", "")                                                                              \
    W(NOT_EFFECTIVE, "协议尚未生效（四项签章未齐备）", "the agreement is not effective yet")       \
    W(BEFORE_EFFECT, "查询之日早于生效日", "the day lies before the agreement took effect")         \
    W(LATE, "已超过申请期限", "the period has passed")                                             \
    W(RELATION, "确认劳动关系的协议不予仲裁审查；可以删除或者另立该条后再申请", \
      "an agreement that confirms the labour relation is not reviewed: remove or split the clause") \
    W(COURT_DONE, "已经人民法院司法确认", "the court has confirmed it")                             \
    W(REVIEWED, "已出具仲裁调解书，可以直接申请执行", "there is an arbitration mediation statement: enforce it") \
    W(APPLIED, "已申请，等待结果", "applied for, waiting")                                          \
    W(REFUSED, "申请已被驳回或者撤回", "the application was refused or withdrawn")                  \
    W(SHAM, "疑似虚假调解，排除前锁定，报告负责人和法院（D12s）", \
      "suspected sham: locked until cleared; report to the head and the court (D12s)")              \
    W(COURT_OFF, "当地法院不受理该类调解组织协议的司法确认", "the local court does not confirm agreements of this organisation") \
    W(COURT_WARN, "非人民调解组织的协议能否确认，各地法院做法不一，请先询问", \
      "courts differ on agreements of other than people's mediation: ask first")                    \
    W(LATE_REVIEW_OK, "错过仲裁审查不影响司法确认", "a missed arbitration review does not bar confirmation") \
    W(NOT_DEFAULTED, "没有逾期未履行的义务", "nothing is overdue")                                  \
    W(TITLE, "已有可执行文书，应当申请执行", "there is an enforceable title: apply for enforcement") \
    W(ON_AGREEMENT, "协议合法有效且无新证据的，仲裁可以依据协议裁决", \
      "if the agreement is valid and nothing new appears, the award can rest on it")                \
    W(MUST_ARBITRATE, "依劳动合同法第三十条的支付令终结后，须先申请仲裁", \
      "after a payment order under LHT 30 ended, arbitration comes first")                          \
    W(UNLIMITED, "劳动关系存续期间追索劳动报酬不受一年时效限制", \
      "arrears of pay are not limited while the relation lasts")                                    \
    W(LIMITED, "时效期限仅供参考，是否超过由仲裁、法院认定", "limitation is for reference: it is never decided here") \
    W(MAYBE_LATE, "可能已超过仲裁时效，仍可以申请", "limitation may have passed; one may still apply") \
    W(NO_MONEY, "逾期的义务不是金钱给付", "what is overdue is not money")                           \
    W(NOT_FOUR, "仅限拖欠劳动报酬、工伤医疗费、经济补偿、赔偿金", \
      "only for arrears of pay, injury medical fees, economic compensation and damages")            \
    W(DEBTOR_WORKER, "义务人不是用人单位", "the debtor is not the employer")                        \
    W(OTHER_DEBTS, "双方还有其他债务纠纷，不符合督促程序", "other debts in dispute: no payment order") \
    W(UNREACHABLE, "支付令不能送达，不符合督促程序", "the order cannot be served: no payment order") \
    W(ORDER_PENDING, "支付令程序进行中", "a payment order is under way")                            \
    W(ORDER_ENDED, "支付令程序已终结", "the payment order has ended")                               \
    W(ORDER_NOT_ENDED, "须先经支付令程序并被裁定终结", "only after a payment order was terminated")  \
    W(NOT_PAY_ONLY, "协议不是仅就劳动报酬达成", "the agreement is not on pay alone")                \
    W(NOT_LISTED_ORG, "不是调解仲裁法第十条规定的调解组织", "not an organisation of TJZC art. 10")   \
    W(NO_TITLE, "没有可执行文书：须先经仲裁审查、司法确认或者支付令生效", \
      "no enforceable title yet: review, confirmation or an effective payment order first")         \
    W(NO_ORDER, "没有已送达的支付令", "no payment order was received")                              \
    W(NO_PAY, "没有逾期的劳动报酬", "no pay is overdue")                                            \
    W(WITHIN_TWO_YEARS, "自违法行为终了之日起二年内", "within two years of the end of the breach")   \
    W(BELOW_CRIME, "未达数额，或者未经责令支付且无逃匿转移财产", \
      "below the thresholds, or neither an order nor flight")                                       \
    W(CRIME_BAND, "数额以本省标准为准", "the province's figure decides")                            \
    W(DONE, "已全部履行", "all is performed")                                                       \
    W(ACCELERATED, "依约定，其余各期同时到期", "by the clause the rest is due too")                 \
    W(ASSUMED_ORG, "未填调解组织类型，按乡镇（街道）调解组织处理", "organisation not told: taken as a township's") \
    W(CENTRE, "调解中心是否属于调解仲裁法第十条的组织，依其设立情况认定", \
      "whether a centre counts under TJZC art. 10 depends on how it was set up")                    \
    W(URGE, "向义务人发督促履行通知书（D18），并告知权利人救济途径（D21）", \
      "urge the debtor (D18) and tell the creditor the remedies (D21)")                             \
    W(PROVISIONAL, "部分日期所在年度放假安排尚未公布，为暂算", "some days rest on years without an official calendar") \
    W(NO_DUE, "金钱义务未写履行期限，内容不明确，可能影响审查和确认", \
      "a sum without a due day is unclear: review and confirmation may be refused")

#define REMEDY_FIELD_ID(id, ...) RF_##id,
#define REMEDY_TERM_ID(id, ...) RT_##id,
#define REMEDY_ID(id, ...) RM_##id,
#define REMEDY_WORD_ID(id, ...) RW_##id,
typedef enum RemedyField { REMEDY_FIELDS(REMEDY_FIELD_ID) RF__COUNT } RemedyField;
typedef enum TermField { TERM_FIELDS(REMEDY_TERM_ID) RT__COUNT } TermField;
typedef enum RemedyId { REMEDIES(REMEDY_ID) RM__COUNT } RemedyId;
typedef enum RemedyWord { REMEDY_WORDS(REMEDY_WORD_ID) RW__COUNT } RemedyWord;

extern const CalcField remedy_fields[RF__COUNT];
extern const CalcField term_fields[RT__COUNT];

/* How a remedy is called and written: its row. */
typedef struct RemedyRow {
    const char *code, *who, *paper;
    Phrase      title, basis;
} RemedyRow;

extern const RemedyRow remedy_rows[RM__COUNT];

#endif
