import type { Texts } from '@tiaojie/core'
import type zh from './figures.zh'

const en: Texts<keyof typeof zh> = {
  title: 'Open figures',
  lead: 'Published by each office at its own choice: sums of the last twelve whole months, about nobody in particular.',
  span: '{from} to {to}',
  accepted: 'Accepted',
  workers: 'Workers concerned',
  closed: 'Closed',
  solved: 'Solved',
  rate: 'Success',
  sum: 'Agreed',
  performed: 'Obligations due and performed',
  cases: '{n} {n:case:cases}',
  people: '{n} {n:person:people}',
  of: '{n} / {m} ({p} %)',
  wan: '{n} × 10,000 yuan',
  none: 'No office publishes figures at present.',
  loading: 'Loading…',
}
export default en
