import type { Texts } from '@tiaojie/core'
import type zh from './orgs.zh'

const en: Texts<keyof typeof zh> = {
  title: 'Mediation organisations',
  lead: 'Call, come, or apply online; the service is free.',
  region: 'By place',
  kind: 'By kind',
  allKinds: 'All kinds',
  found: 'Organisations: {n}',
  none: 'None found. Try another place or kind, or call 12333.',
  loading: 'Looking…',
  mediators: 'See the roster of mediators',
}
export default en
