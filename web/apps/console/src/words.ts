/*
** Words of the procedure that come without labels in lists: states, roles, flags.
** Code lists of forms bring their own labels; periods are named by data/clocks.csv.
*/
import { either, titled } from '@tiaojie/core'

type Pair = readonly [zh: string, en: string, tone?: 'run' | 'good' | 'warn' | 'bad']

export const STATES: Readonly<Record<string, Pair>> = {
  draft: ['草稿', 'draft'],
  submitted: ['已提交待登记', 'submitted', 'run'],
  registered: ['已登记待审查', 'registered', 'run'],
  correction: ['待补正', 'awaiting correction', 'warn'],
  consent: ['征询对方意愿', 'asking the other side', 'run'],
  rejected: ['不予受理', 'not accepted'],
  referred: ['移送（转办）', 'referred'],
  accepted: ['已受理待分流', 'accepted', 'run'],
  dispatched: ['已分流待接收', 'dispatched', 'run'],
  assigned: ['已指派', 'mediator assigned', 'run'],
  mediating: ['调解中', 'in mediation', 'run'],
  suspended: ['中止', 'suspended', 'warn'],
  pending_sign: ['待签署', 'awaiting signatures', 'warn'],
  effective: ['协议生效', 'agreement in force', 'good'],
  performing: ['履行中', 'being performed', 'good'],
  defaulted: ['逾期未履行', 'in default', 'bad'],
  performed: ['履行完毕', 'performed', 'good'],
  settled: ['自行和解', 'settled by the parties', 'good'],
  failed: ['调解不成终止', 'ended without agreement'],
  withdrawn: ['撤回', 'withdrawn'],
  closed: ['已结案', 'closed'],
  archived: ['已归档', 'archived'],
}

export const ORG_LEVELS: Readonly<Record<string, Pair>> = {
  1: ['省级', 'Province'], 2: ['市级', 'City'], 3: ['县（市、区）', 'County'], 4: ['乡镇（街道）', 'Township'], 5: ['企业、村（社区）、站点', 'Enterprise, village, site'],
}

export const ROLES: Readonly<Record<string, Pair>> = {
  party: ['公众用户', 'party or agent'],
  representative: ['推举的代表人', 'elected representative'],
  clerk: ['受理登记员', 'window clerk'],
  dispatcher: ['分流指派员', 'dispatcher'],
  mediator: ['调解员', 'mediator'],
  lead: ['牵头人', 'lead mediator'],
  lawyer: ['值班律师', 'duty lawyer'],
  head: ['中心负责人', 'centre head'],
  visitor: ['回访员', 'follow-up visitor'],
  archivist: ['档案员', 'archivist'],
  org_manager: ['基层调解组织管理员', 'manager of a grassroots organisation'],
  link_arb: ['仲裁联络员', 'arbitration liaison'],
  link_court: ['法院联络员', 'court liaison'],
  link_union: ['工会联络员', 'union liaison'],
  link_proc: ['检察院联络员', 'procuratorate liaison'],
  link_insp: ['劳动监察联络员', 'inspection liaison'],
  link_laid: ['法律援助联络员', 'legal-aid liaison'],
  hr: ['人社局工作人员', 'HR bureau officer'],
  convener: ['总召集人', 'general convener'],
  member: ['联席会议成员单位', 'member unit of the joint meeting'],
  statistician: ['统计员', 'statistics officer'],
  finance: ['财务人员', 'finance officer'],
  sys_admin: ['系统管理员', 'system administrator'],
  sec_admin: ['安全管理员', 'security administrator'],
  auditor: ['审计管理员', 'audit administrator'],
  system: ['系统', 'the system'],
}

export const FLAGS: Readonly<Record<string, Pair>> = {
  COLL: ['集体争议', 'collective', 'warn'],
  COLL50: ['五十人以上集体争议', 'collective, fifty or more', 'warn'],
  LAYOFF: ['规模裁员', 'large lay-off', 'warn'],
  MASS: ['群体性争议', 'mass', 'bad'],
  MAJOR: ['重大争议', 'major', 'bad'],
  COMPLEX: ['复杂争议', 'complex', 'warn'],
  SIMPLE: ['简单争议', 'simple'],
}

export const MEASURES: Readonly<Record<string, Pair>> = {
  submitted: ['申请件数', 'submitted'],
  registered: ['登记件数', 'registered'],
  accepted: ['受理件数', 'accepted'],
  rejected: ['不予受理件数', 'not accepted'],
  referred: ['移送件数', 'referred'],
  agreed: ['达成协议件数', 'agreements in force'],
  spot: ['即时履行件数', 'performed on the spot'],
  settled: ['自行和解件数', 'settled by the parties'],
  failed: ['调解不成件数', 'ended without agreement'],
  withdrawn: ['撤回件数', 'withdrawn'],
  performed: ['履行完毕件数', 'performed'],
  closed: ['结案件数', 'closed'],
  open: ['在办增减', 'change of cases in hand'],
  workers: ['涉及人数', 'workers concerned'],
}

/* How a period stands. */
export const STANDINGS: Readonly<Record<string, Pair>> = {
  running: ['进行中', 'running', 'run'],
  paused: ['已中止', 'paused', 'warn'],
  met: ['按期完成', 'met', 'good'],
  missed: ['已逾期', 'missed', 'bad'],
  cancelled: ['已取消', 'cancelled'],
}

export function word(table: Readonly<Record<string, Pair>>, code: string): string {
  const pair = table[code]
  return pair ? titled(either(pair[0], pair[1])) : code
}

export function tone(table: Readonly<Record<string, Pair>>, code: string): string {
  return table[code]?.[2] ?? ''
}

export function words(table: Readonly<Record<string, Pair>>, codes: string | readonly string[]): string {
  const list = typeof codes === 'string' ? codes.split(' ').filter(Boolean) : codes
  return list.map((c) => word(table, c)).join(either('、', ', '))
}

/* Notes of a case's record that are no steps of the procedure. */
export const NOTES: Readonly<Record<string, Pair>> = {
  reckoned: ['存入计算结果', 'computation kept'],
  claims: ['变更调解请求', 'claims changed'],
  agreement_drafted: ['起草协议', 'agreement drafted'],
  answer: ['答复是否同意调解', 'answer to the invitation'],
  approval_granted: ['审批同意', 'approval granted'],
  approval_refused: ['审批不同意', 'approval refused'],
  clock_missed: ['期限已过', 'a period was missed'],
  clock_moved: ['日历更新，截止日变动', 'a new calendar moved a last day'],
  confirmed: ['确认', 'confirmed'],
  consents: ['登记劳动者是否同意', 'consents recorded'],
  contact: ['联系记录', 'contact'],
  elected: ['推举代表人', 'representatives elected'],
  evidence: ['提交证据', 'evidence given in'],
  evidence_shown: ['向对方出示证据', 'evidence shown'],
  evidence_withdrawn: ['撤回证据', 'evidence withdrawn'],
  extension_asked: ['征求双方同意延期', 'more time asked for'],
  extension_agreed: ['同意延期', 'agrees to more time'],
  extension_refused: ['不同意延期', 'refuses more time'],
  fact: ['记录无争议事实', 'undisputed fact recorded'],
  fed_back: ['结果反馈', 'result fed back'],
  flags: ['标记变动', 'flags changed'],
  joined: ['增加申请人', 'applicant joined'],
  major_closed: ['结束应急处置', 'emergency closed'],
  major_joint: ['启动联合处置', 'joint group started'],
  major_report: ['重大争议呈报', 'major dispute reported'],
  mark_placed: ['签名、盖章', 'mark placed'],
  minutes: ['调解笔录', 'minutes'],
  obligation_waived: ['免除义务', 'obligation waived'],
  overdue_reason: ['报告逾期原因', 'reason for delay reported'],
  paper_issued: ['制作文书', 'paper made'],
  paper_served: ['送达文书', 'paper served'],
  paper_made: ['制作文书', 'paper made'],
  paper_waits: ['文书等待盖章', 'paper waits for its seal'],
  paper_given_up: ['不再等待盖章', 'no longer waits for its seal'],
  paper_sent: ['发出文书', 'paper sent'],
  paper_opened: ['当事人打开文书', 'paper opened by the party'],
  paper_not_served: ['文书未送达', 'paper not served'],
  paper_revoked: ['作废文书', 'paper withdrawn'],
  negotiation: ['由协商转入', 'from a negotiation'],
  notice: ['电话、邮寄告知', 'by phone or post'],
  payment: ['登记履行', 'payment recorded'],
  payment_confirmed: ['确认履行', 'payment confirmed'],
  seen: ['现场情况', 'what was seen'],
  risk: ['由风险台账转入', 'from the ledger of risks'],
  session_cancelled: ['取消调解安排', 'session cancelled'],
  session_opened: ['召开调解', 'session opened'],
  session_planned: ['安排调解', 'session planned'],
  sham: ['涉嫌虚假调解', 'suspected sham mediation'],
  sham_decided: ['核查虚假调解嫌疑', 'sham suspicion decided'],
  split_from: ['分案而来', 'split off from a case'],
  split_to: ['分出案件', 'split off to a case'],
  visited: ['回访', 'follow-up visit'],
  duplicate: ['疑似重复申请', 'possible duplicate'],
  appraised: ['期满鉴定', 'appraised'],
  obligation_enforced: ['已强制执行', 'enforced by the court'],
  twin_linked: ['关联疑似重复案件', 'a possible duplicate linked'],
  twin_different: ['标记不是重复', 'said not to be a duplicate'],
  party_corrected: ['更正当事人信息', 'party corrected'],
  opinion: ['评价、投诉、建议', 'rating, complaint or suggestion'],
  opinion_answered: ['答复评价、投诉、建议', 'answer to it'],
  urged: ['督促履行', 'performance urged'],
  remedies_told: ['告知救济途径', 'remedies told'],
}

/* What a note of the record consists of when it is a word of the program. */
export const NOTE_WORDS: Readonly<Record<string, Pair>> = {
  PARTY: ['当事人签名或者盖章', 'a party'],
  MEDIATOR: ['调解员签名', 'the mediator'],
  SEAL: ['调解组织印章', 'the organisation’s seal'],
  APPL: ['申请人', 'applicant'],
  RESP: ['被申请人', 'respondent'],
  THIRD: ['第三人', 'third party'],
  AGREE: ['同意调解', 'agrees'],
  DECLINE: ['不同意调解', 'declines'],
  NONE: ['没有答复', 'no answer'],
  RATING: ['评价', 'rating'],
  COMPLAINT: ['投诉', 'complaint'],
  SUGGESTION: ['建议', 'suggestion'],
  PHONE: ['电话', 'telephone'],
  SMS: ['短信', 'text message'],
  VISIT: ['上门', 'visit'],
  POST: ['邮寄', 'by post'],
  MAIL: ['邮寄', 'by post'],
  WECHAT: ['微信', 'WeChat'],
  ONLINE: ['网上', 'online'],
  ONSITE: ['现场', 'in person'],
  VIDEO: ['视频', 'video'],
  ASYNC: ['异步', 'each in their own time'],
  MIXED: ['线上线下结合', 'online and in person'],
  VERBAL: ['口头报告', 'verbal report'],
  FIRST: ['首报', 'first report'],
  UPDATE: ['续报', 'continuing report'],
  FINAL: ['终报', 'final report'],
  UNREAD: ['网上送达后没有阅读', 'sent online and not read'],
  confirmed: ['已认定', 'confirmed'],
  cleared: ['已排除', 'cleared'],
  simple: ['简单争议', 'simple'],
  collective: ['集体争议', 'collective'],
  major: ['重大争议', 'major'],
}

/* Work that runs by itself. */
export const JOBS: Readonly<Record<string, Pair>> = {
  clocks_due: ['检查到期期限', 'look at periods that end'],
  clocks_due_hours: ['检查按小时计算的期限', 'look at periods in hours'],
  clock_expire: ['期限届满', 'a period ends'],
  clocks_recompute: ['重新计算期限', 'count periods again'],
  total_fold: ['汇总统计', 'fold totals'],
  audit_seal: ['封存审计记录', 'seal the audit record'],
  search_index: ['更新检索', 'update the search'],
  outbox_demo: ['发送消息（演示）', 'send messages (demo)'],
  outbox_send: ['发送消息', 'send messages'],
  look_overdue: ['检查逾期义务', 'look for overdue obligations'],
  look_ahead: ['检查即将到期的义务', 'look for obligations ahead'],
  overdue: ['义务逾期', 'an obligation is overdue'],
  remind: ['提醒履行', 'remind to perform'],
  urge_again: ['再次督促', 'urge again'],
  default_report: ['报告逾期未履行', 'report a default'],
  offers_lapse: ['委托来件逾期', 'offers lapse'],
  forget_attempts: ['清理登录失败记录', 'forget failed sign-ins'],
  forget_drafts: ['清理过期草稿', 'forget old drafts'],
  forget_sessions: ['清理过期会话', 'forget old sessions'],
  forget_answers: ['清理旧请求号', 'forget old request keys'],
  coverage_letters: ['发出建组提示函', 'send letters about missing organisations'],
  org_recheck: ['提示组织复查', 'remind of the yearly check'],
  month_late: ['提醒逾期未报月报', 'remind of a late monthly report'],
  forget_jobs: ['清理旧任务', 'forget old jobs'],
  forget_exports: ['清理旧导出文件', 'forget old exported files'],
  export_step: ['导出', 'export'],
  import_step: ['导入', 'import'],
  destroy_files: ['销毁到期档案的文件', 'destroy files of records past their time'],
  loans_late: ['催还逾期借阅的档案', 'ask for archives lent too long'],
  mediator_left: ['查找调解员离任的案件', 'look for cases whose mediator has left'],
  service_lapse: ['查找无人打开的送达链接', 'look for served links that nobody opened'],
  twin_sweep: ['查找疑似重复案件', 'look for cases that may be the same'],
  notice_look: ['检查未送达的通知', 'look for notices that did not arrive'],
  task_remind: ['提醒待办', 'remind of tasks'],
  late_mail: ['发送超期案件邮件', 'mail what is late'],
  negotiation_silence: ['协商逾期无答复', 'negotiations without an answer'],
  letter_overdue: ['检查提示函逾期未复', 'look for letters without an answer'],
  risk_look: ['风险到期复查', 'risks to look at again'],
  risk_watch: ['风险监测', 'watch for risks'],
  risk_screening: ['提醒风险排查', 'remind of a screening'],
  coverage_due: ['保存建组目标到期结果', 'keep what a coverage target reached'],
  course_remind: ['提醒培训', 'remind of courses'],
  meeting_remind: ['提醒会议', 'remind of meetings'],
  decision_remind: ['催办议定事项', 'remind of decisions'],
  month_fold: ['汇总月报', 'fold monthly figures'],
  month_rebuild: ['重新汇总月报', 'fold monthly figures anew'],
  month_remind: ['提醒报送月报', 'remind of monthly reports'],
  recheck_tasks: ['更新组织复查任务', 'keep the tasks of yearly checks'],
  subsidy_recall: ['追回补贴', 'ask subsidies back'],
}

/* Messages, by what they are about. */
export const MESSAGES: Readonly<Record<string, Pair>> = {
  invite: ['调解邀请', 'invitation to mediate'],
  claims: ['请求变更告知', 'claims have changed'],
  mediation_over: ['调解终止告知', 'mediation has ended'],
  extension_ask: ['征求延期意见', 'more time is asked for'],
  paper_sent: ['文书送达', 'a paper is served'],
  party_code: ['当事人登录验证码', 'sign-in code of a party'],
  task_reminder: ['待办提醒', 'reminder of a task'],
  late_digest: ['超期案件汇总', 'what is late'],
  meeting_notice: ['会议通知', 'notice of a meeting'],
  meeting_reminder: ['会议提醒', 'reminder of a meeting'],
  course_reminder: ['培训提醒', 'reminder of a course'],
  decision_reminder: ['议定事项催办', 'reminder of a decision'],
  coverage: ['建组提示函', 'letter about a missing organisation'],
  performance_due: ['履行提醒', 'reminder to perform'],
  performance_overdue: ['督促履行', 'performance urged'],
  performance_remedies: ['救济途径告知', 'remedies told'],
}

/* Schemes of assessment. */
export const SCHEMES: Readonly<Record<string, Pair>> = {
  MED: ['调解员', 'mediators'],
  ORG: ['调解组织', 'organisations'],
  MEM: ['成员单位', 'member units'],
}
