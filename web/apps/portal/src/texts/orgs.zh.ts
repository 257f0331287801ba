export default {
  title: '调解组织',
  lead: '都可以打电话、上门，或者在网上申请；服务免费。',
  region: '按地方找',
  kind: '按类别找',
  allKinds: '全部类别',
  found: '共 {n} 个组织',
  none: '没有符合条件的组织。换一个地方或者类别试试，也可以拨打 12333。',
  loading: '正在查找……',
  mediators: '看调解员名册',
} as const
