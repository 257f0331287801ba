import type { Texts } from '@tiaojie/core'
import type zh from './activities.zh'

const en: Texts<keyof typeof zh> = {
  title: 'Publicity and prevention',
  lead: 'What mediation organisations and the labour offices hold or have held; none of it costs anything.',
  place: 'Where: {place}',
  coming: 'to come',
  none: 'No activity is published at present.',
  loading: 'Loading…',
}
export default en
