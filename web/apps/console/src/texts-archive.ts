/* Texts of the archive: volumes, loans, appraisal. */
export const ARCHIVE_TEXTS = {
  'page.archive': ['档案管理', 'Archive'],
  'arc.bound': ['装订成册的卷宗', 'Bound volumes'], 'arc.none': ['归档后由系统自动装订；也可以点击制作。', 'Bound by itself after the archiving; or have one made.'],
  'arc.reason': ['查阅理由（不少于4个字，将记入审计）', 'Why you read it (four characters or more; it is recorded)'], 'arc.need': ['填写理由后可查阅', 'give a reason first'],
  'arc.read': ['查阅', 'Read'], 'arc.pages': ['页数', 'Pages'], 'arc.size': ['大小', 'Size'], 'arc.made': ['制作时间', 'Made at'], 'arc.signed': ['电子签名', 'Signed by'], 'arc.code': ['验真码', 'Verification code'],
  'arc.missing': ['{n} 件未能并入', '{n} {n:part:parts} could not be bound'],
  'arc.loans': ['借阅登记', 'Loans'], 'arc.loans.none': ['没有借阅记录', 'Nobody borrowed it'], 'arc.late': ['逾期未还', 'not back in time'],
  'arc.appraisals': ['鉴定与销毁', 'Appraisal and destruction'], 'arc.appraisals.none': ['没有鉴定记录；保管期满后方可鉴定。', 'No appraisal: there is one only after the period.'],
  'arc.due': ['期满待鉴定', 'Period is over'], 'arc.due.none': ['没有保管期满的案卷', 'No file whose period is over'], 'arc.open': ['打开案卷', 'Open the file'],
} as const satisfies Record<string, readonly [zh: string, en: string]>
