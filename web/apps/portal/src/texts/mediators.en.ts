import type { Texts } from '@tiaojie/core'
import type zh from './mediators.zh'

const en: Texts<keyof typeof zh> = {
  title: 'Roster of mediators',
  lead: 'The published mediators. Both sides may choose one together; somebody with an interest in the case can be asked to withdraw.',
  org: 'Organisation',
  special: 'Experience',
  languages: 'Languages',
  all: 'All organisations',
  found: 'Mediators: {n}',
  none: 'No mediator is published at present. Call 12333 or the centre.',
  loading: 'Looking…',
}
export default en
