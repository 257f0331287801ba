export default {
  title: '调解员名册',
  lead: '以下是向社会公布的调解员。双方可以共同选定一位；有利害关系的，可以申请回避。',
  org: '所在组织',
  special: '擅长',
  languages: '语言',
  all: '全部组织',
  found: '共 {n} 位',
  none: '暂时没有公布的调解员。请拨打 12333 或者调解中心电话询问。',
  loading: '正在查找……',
} as const
