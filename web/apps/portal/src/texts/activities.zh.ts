export default {
  title: '普法宣传和预防活动',
  lead: '各调解组织和人社部门已经举办或者将要举办的活动，均不收费。',
  place: '地点：{place}',
  coming: '即将举办',
  none: '目前没有公布的活动。',
  loading: '正在读取……',
} as const
