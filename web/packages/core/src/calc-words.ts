/* Words of the calculators' codes, of who pays and may act, and the parts of "my situation". */
import type { CalcResult } from './calc'
import { yuan } from './format'
import { either, titled } from './i18n'

type Pair = readonly [zh: string, en: string]

const CODES: Readonly<Record<string, Readonly<Record<string, Pair>>>> = {
  reason: {
    unlawful: ['单位违法解除、终止', 'unlawful dissolution or termination'],
    resign_fault: ['单位有过错，劳动者被迫解除（欠薪、不缴社保等）', 'the worker left because of the employer’s fault (unpaid wages, no insurance …)'],
    agreed: ['单位提出，双方协商解除', 'by agreement, proposed by the employer'],
    medical: ['医疗期满不能工作', 'unfit after the medical period'],
    incompetent: ['不能胜任工作', 'not equal to the work'],
    change: ['客观情况发生重大变化', 'a major change of circumstances'],
    layoff: ['经济性裁员', 'lay-off for economic reasons'],
    expiry: ['合同期满，单位不续订', 'the term ended and the employer did not renew'],
    task_done: ['以完成任务为期限的合同，任务完成', 'the contract’s task was completed'],
    closed: ['单位破产、关闭、解散', 'bankruptcy, closure, dissolution'],
    agreed_worker: ['劳动者提出，双方协商解除', 'by agreement, proposed by the worker'],
    resign: ['劳动者自行辞职', 'the worker resigned'],
    misconduct: ['劳动者严重违纪等过失', 'the worker’s serious misconduct'],
    expiry_refused: ['合同期满，单位维持条件续订而劳动者不同意', 'the term ended and the worker refused equal terms'],
    retired: ['达到退休年龄、享受养老待遇', 'retirement'],
    death: ['劳动者死亡', 'death of the worker'],
    public_post: ['公益性岗位', 'public-welfare post'],
  },
  system: { standard: ['标准工时', 'standard hours'], comprehensive: ['综合计算工时', 'comprehensive hours'], flexible: ['不定时工作', 'flexible hours'] },
  exempt: {
    none: ['没有', 'none'], force_majeure: ['不可抗力', 'force majeure'], worker_fault: ['劳动者故意或者重大过失', 'the worker’s intent or gross negligence'],
    auto_extended: ['合同依法自动续延', 'extended by law'],
  },
  term: { fixed: ['固定期限', 'fixed term'], open: ['无固定期限', 'open-ended'], task: ['以完成一定工作任务为期限', 'for a task'] },
  care: { none: ['能够自理', 'none'], part: ['部分不能自理', 'partly dependent'], most: ['大部分不能自理', 'largely dependent'], full: ['完全不能自理', 'fully dependent'] },
  kin: { spouse: ['配偶', 'spouse'], other: ['其他供养亲属', 'other dependant'] },
  delivery: { normal: ['顺产', 'normal'], difficult: ['难产', 'difficult'], miscarriage: ['流产', 'miscarriage'] },
  kind: {
    money: ['金额', 'a sum'], standard: ['劳动标准', 'a labour standard'], pay: ['劳动报酬', 'wages'], medical: ['工伤医疗费', 'injury medical fees'],
    compensation: ['经济补偿', 'compensation'], damages: ['赔偿金', 'damages'], insurance: ['社会保险', 'social insurance'], certificate: ['离职证明等', 'certificates'],
    relation: ['确认劳动关系', 'the labour relation'], reinstate: ['继续履行合同', 'reinstatement'], other: ['其他', 'other'],
  },
  org: {
    township: ['乡镇、街道调解组织', 'township organisation'], enterprise: ['企业调解委员会', 'enterprise committee'], pmc: ['人民调解委员会', 'people’s mediation committee'],
    centre: ['多元调解中心', 'mediation centre'], court_invited: ['法院特邀调解组织', 'court-invited organisation'], arbitration: ['仲裁机构', 'arbitration institution'], other: ['其他', 'other'],
  },
  court: { warn: ['不清楚', 'not known'], on: ['受理', 'yes'], off: ['不受理', 'no'] },
  review: { none: ['没有申请', 'not applied'], applied: ['已申请', 'applied'], statement: ['已出具调解书', 'statement issued'], refused: ['不予受理', 'refused'], withdrawn: ['已撤回', 'withdrawn'] },
  confirmation: { none: ['没有申请', 'not applied'], applied: ['已申请', 'applied'], ruled: ['已裁定确认', 'confirmed'], dismissed: ['裁定驳回', 'dismissed'], withdrawn: ['已撤回', 'withdrawn'] },
  payment_order: {
    none: ['没有申请', 'not applied'], filed: ['已申请', 'applied'], issued: ['已发出', 'issued'], effective: ['已生效', 'in force'],
    terminated: ['已终结（依调解协议申请）', 'ended (on the agreement)'], terminated_lht30: ['已终结（依劳动合同法第三十条申请）', 'ended (Labour Contract Law 30)'],
  },
  debtor: { employer: ['用人单位', 'the employer'], worker: ['劳动者', 'the worker'] },
}
const PAYERS: Readonly<Record<string, Pair>> = { employer: ['由单位支付', 'paid by the employer'], fund: ['由工伤（社会）保险基金支付', 'paid by the insurance fund'], worker: ['由劳动者支付', 'paid by the worker'] }
const SIDES: Readonly<Record<string, Pair>> = {
  both: ['双方共同', 'both sides together'], creditor: ['权利人', 'who is owed'], debtor: ['义务人', 'who owes'], worker: ['劳动者', 'the worker'], employer: ['用人单位', 'the employer'],
  either: ['任何一方', 'either side'], third: ['案外人', 'a third person'], anybody: ['任何人', 'anybody'], organisation: ['调解组织', 'the organisation'], mediator: ['调解员', 'the mediator'],
}
const say = (pair: Pair | undefined, code: string) => (pair ? either(pair[0], pair[1]) : code)

export const calcCode = (field: string, code: string) => say(CODES[field]?.[code], code)
export const calcKnows = (field: string, code: string) => Boolean(CODES[field]?.[code])
export const payerText = (code: string) => say(PAYERS[code], code)
export const sideText = (code: string) => say(SIDES[code], code)

/* What a worker may have to say, part by part; `always` is asked of everybody. */
export interface Part {
  key: string
  zh: string
  en: string
  fields: readonly string[]
  always?: boolean
}
export const PARTS: readonly Part[] = [
  { key: 'work', zh: '工作和工资', en: 'Work and wage', always: true, fields: ['hire', 'monthly_fen', 'region', 'asked'] },
  { key: 'end', zh: '被辞退、离职、合同到期', en: 'Dismissed, left, contract ended', fields: ['last_day', 'reason', 'average_fen', 'last_month_fen', 'city_average_fen', 'notice_given', 'union_told', 'earlier_months', 'earlier_paid', 'part_time'] },
  { key: 'contract', zh: '没有签书面劳动合同', en: 'No written contract', fields: ['no_contract', 'signed', 'open_due', 'exempt'] },
  { key: 'wages', zh: '拖欠、克扣工资', en: 'Unpaid wages', fields: ['periods', 'order_missed', 'extra_percent'] },
  { key: 'overtime', zh: '加班费', en: 'Overtime', fields: ['hours', 'system', 'standard_hours'] },
  { key: 'leave', zh: '年休假没有休', en: 'Annual leave not taken', fields: ['career_years', 'taken_days', 'year', 'leave_average_fen', 'continuous', 'waived', 'personal_days', 'sick_months'] },
  { key: 'probation', zh: '试用期太长或者工资太低', en: 'Probation too long or paid too little', fields: ['served_months', 'contract_months', 'term', 'probation_fen', 'post_lowest_fen', 'second', 'probation_only'] },
  { key: 'compete', zh: '竞业限制', en: 'Non-compete', fields: ['compete_months', 'agreed_fen', 'ended_early'] },
  { key: 'injury', zh: '工伤', en: 'Work injury', fields: ['grade', 'own_wage_fen', 'insured', 'ended', 'retire_years', 'care', 'suspension_months', 'extended', 'medical_fen', 'medical_subsidy_fen', 'job_subsidy_fen', 'province_average_fen'] },
  { key: 'death', zh: '工亡', en: 'Death at work', fields: ['death', 'urban_income_fen', 'after_suspension', 'relatives'] },
  { key: 'birth', zh: '生育', en: 'Maternity', fields: ['delivery', 'babies', 'child', 'pregnant_months', 'birth', 'extra_days', 'employer_average_fen'] },
  { key: 'rest', zh: '其他', en: 'Other', fields: ['minimum_fen', 'wage_class'] },
]
export const partTitle = (p: Part) => either(p.zh, p.en)

/* What a calculator found on the way and a person wants to know, by the names of its answer. */
const FOUND: Readonly<Record<string, Pair>> = {
  medical_months: ['医疗期（月）', 'medical period, months'], medical_end: ['连续病休的，医疗期满日', 'it ends, if taken at once'],
  within_months: ['累计病休的计算期（月）', 'sick leave is added up within, months'], within_end: ['计算期满日', 'that span ends'],
  entitled_days: ['全年应休天数', 'days of leave a year'], days: ['计算的天数', 'days counted'],
  limit_months: ['试用期法定上限（月）', 'longest lawful probation, months'], excess_months: ['超过上限的月数', 'months above it'],
  income_year: ['居民收入的统计年度', 'year of the income figure'], leave_from_earliest: ['最早休假日', 'leave from, at the earliest'],
  employer_fen: ['其中由单位支付（元）', 'of it paid by the employer, yuan'], fund_fen: ['其中由基金支付（元）', 'of it paid by the fund, yuan'],
  limit_fen: ['终局裁决的单项上限（元）', 'limit of a final item, yuan'], award: ['裁决类型', 'kind of award'],
  one_worker: ['一名劳动者三个月以上的标准', 'one worker, three months or more'], ten_workers: ['十名以上劳动者的标准', 'ten workers or more'],
  crime_suspected: ['涉嫌拒不支付劳动报酬罪', 'criminal refusal to pay suspected'],
}
const ANSWERS: Readonly<Record<string, Pair>> = {
  final: ['终局', 'final'], non_final: ['非终局', 'not final'], mixed: ['部分终局、部分非终局', 'partly final'],
  yes: ['达到', 'reached'], no: ['没有达到', 'not reached'], depends: ['看本省公布的数额', 'depends on the province’s figure'],
}
export const valuesOf = (r: CalcResult): { name: string; label: string; text: string }[] =>
  Object.entries(r.values ?? {}).filter(([name, v]) => FOUND[name] && v !== '' && !(name.endsWith('_fen') && v === '0')).map(([name, v]) => ({
    name, label: titled(say(FOUND[name], name)), text: name.endsWith('_fen') ? yuan(String(v)) : titled(say(ANSWERS[String(v)], String(v))) }))

/* These answer a question; what they add up is no claim. */
export const isClaim = (code: string) => !['INST', 'FINAL', 'CRIM', 'WAIVER'].includes(code)

/* The cause of the application that a calculator's sum belongs to. */
export function causeOf(code: string): string {
  const causes: Record<string, string> = { G: 'G03', D03: 'D03' }
  return causes[code] ?? code
}
