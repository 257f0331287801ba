export default {
  phone: '电话',
  address: '地址',
  hours: '工作时间',
  invited: '法院特邀调解组织',
} as const
