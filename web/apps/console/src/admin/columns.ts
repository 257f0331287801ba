/* Columns of the reference tables, whose own names are those of data/*.csv. */
import { either } from '@tiaojie/core'

const COLUMNS: Record<string, readonly [string, string]> = {
  basis: ['依据', 'Basis'], basis_zh: ['依据', 'Basis'], basis_en: ['依据（英文）', 'Basis in English'], to: ['止', 'Until'], from: ['起', 'From'],
  code: ['代码', 'Code'], kind: ['类别', 'Kind'], en: ['英文', 'English'], zh: ['中文', 'Chinese'], region: ['地区', 'Region'], name: ['名称', 'Name'],
  label_zh: ['名称', 'Name'], label_en: ['英文名称', 'Name in English'], effective_to: ['失效日期', 'In force until'],
  effective_from: ['生效日期', 'In force from'], effective_date: ['施行日期', 'In force from'], value: ['数值', 'Value'], unit: ['单位', 'Unit'],
  parent: ['上级', 'Above'], note: ['备注', 'Note'], note_zh: ['备注', 'Note'], note_en: ['备注（英文）', 'Note in English'], level: ['层级', 'Level'],
  law_id: ['法律', 'Law'], law_refs: ['相关法条', 'Articles'], item: ['项目', 'Item'], date: ['日期', 'Date'], title: ['标题', 'Title'],
  subject: ['对象', 'Subject'], no: ['序号', 'No.'], least: ['最少', 'At least'], labour_intensive: ['劳动密集', 'Labour intensive'], kinds: ['类别', 'Kinds'],
  key: ['键', 'Key'], article_no: ['条', 'Article'], article_label: ['条名', 'Article'], article_count: ['条数', 'Articles'], years: ['年数', 'Years'],
  year_of_notice: ['通知年度', 'Year of notice'], worked_check: ['验算例', 'Worked example'], word: ['关键词', 'Word'], weight: ['权重', 'Weight'],
  volume: ['卷', 'Volume'], version_date: ['版本日期', 'Edition of'], valid_to: ['有效至', 'Valid until'], valid_from: ['有效自', 'Valid from'],
  url: ['出处', 'Source'], text_source: ['文本来源', 'Source of the text'], text_kind: ['文本类型', 'Kind of text'], types: ['类型', 'Types'],
  total_max: ['总上限', 'At most in all'], text: ['正文', 'Text'], terms: ['用语', 'Terms'], tag: ['标签', 'Tag'], successor: ['后继代码', 'Successor'],
  step: ['步骤', 'Step'], status: ['状态', 'Status'], stat: ['统计项', 'Figure'], start_event: ['起算事件', 'Begins with'],
  staff_min: ['最少人数', 'Staff at least'], signed_by: ['签署', 'Signed by'], share_bp: ['比例（万分）', 'Share, 1/10,000'], section: ['章节', 'Section'],
  sealed: ['用印', 'Sealed'], scheme: ['方案', 'Scheme'], route: ['去处', 'Road'], route_zh: ['去处', 'Road'], route_en: ['去处（英文）', 'Road in English'],
  rota: ['名册', 'Rota'], roll: ['顺延', 'Rolls over'], result: ['结果', 'Result'], repeat: ['重复', 'Repeats'], publisher: ['发布机关', 'Published by'],
  profile: ['适用情形', 'Profile'], pause: ['中止', 'Pauses'], passage: ['段落', 'Passage'], outcome: ['结果', 'Outcome'], on_expiry: ['届满时', 'On expiry'],
  need: ['要求', 'Needed'], n: ['长度', 'Length'], minutes: ['分钟', 'Minutes'], matter_zh: ['事项', 'Matter'], matter_en: ['事项（英文）', 'Matter in English'],
  ledger: ['台账项', 'Ledger'], lead: ['牵头', 'Leads'], is_off: ['是否休息', 'Day off'], id: ['编号', 'Id'], have: ['六有', 'Have'], group: ['分组', 'Group'],
  forum: ['机构', 'Body'], formula: ['公式', 'Formula'], focus: ['焦点', 'Focus'], flags_basis: ['提示依据', 'Basis of the flag'], flag: ['提示', 'Flag'],
  final: ['终局', 'Final'], filing: ['立卷', 'Filing'], facts: ['事实', 'Facts'], extend_times: ['可延次数', 'Extensions'],
  extend_max: ['最长延期', 'Longest extension'], extend: ['延期', 'Extension'], empty: ['空白', 'Empty'], duty: ['职责', 'Duty'], due: ['期限', 'Due'],
  doc_no: ['文号', 'Document no.'], days: ['日数', 'Days'], counted: ['计入', 'Counted'], clause: ['款', 'Clause'],
  claim_yuan: ['请求金额（元）', 'Claimed, yuan'], claim: ['请求', 'Claim'], chapter: ['章', 'Chapter'], causes: ['案由', 'Causes'], batch: ['批次', 'Batch'],
  award_yuan: ['裁决金额（元）', 'Awarded, yuan'], archive: ['归档', 'Archive'], applies_to: ['适用于', 'Applies to'], analysis: ['评析', 'Analysis'],
  aliases: ['别名', 'Aliases'], alias: ['别名', 'Alias'], actor: ['办理人', 'By'],
}
export const columnName = (name: string): string => (COLUMNS[name] ? either(...COLUMNS[name]) : name)
