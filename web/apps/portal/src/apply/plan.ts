/*
** The application's pages and questions in order: data, not code.  Labels,
** limits, codes and help are the server's Form rows; texts/apply.*.ts asks the
** question in plain words.  A field of Intake that is neither here nor in
** `unasked` is shown on the page "more" with the server's own label.
*/
import type { Draft } from './draft'

export type On = 'intake' | 'me' | 'other' | 'agent'

export interface Question {
  on: On
  name: string
  must?: boolean                       /* asked for although the row alone does not require it */
  widget?: 'region' | 'town'
  reference?: string                   /* options from this reference table's upper level */
  show?: (d: Draft) => boolean
  check?: 'id' | 'mobile' | 'uscc'
  inputmode?: 'numeric' | 'tel'
  autocomplete?: string
}

export interface Step {
  key: 'who' | 'place' | 'me' | 'address' | 'roster' | 'other' | 'firm' | 'job' | 'pay' | 'claims' | 'story' | 'proof' | 'agent' | 'more' | 'review'
  questions: Question[]
  show?: (d: Draft) => boolean
}

const is = (d: Draft, type: string) => d.intake.appl_type === type
const group = (d: Draft) => is(d, 'GROUP')
const firmAsks = (d: Draft) => is(d, 'EMPLOYER')
const special = (d: Draft) => ['COMPREHENSIVE', 'FLEXIBLE'].includes(String(d.intake.hours ?? ''))
const claimed = (d: Draft, test: (cause: string) => boolean) => d.claims.some((c) => test(c.cause))
const injured = (d: Draft) => claimed(d, (c) => c.startsWith('G'))

function person(on: 'me' | 'other'): Question[] {
  const passport = (d: Draft) => d[on].id_type === 'PASSPORT'
  const mine = on === 'me'
  return [
    { on, name: 'name', autocomplete: mine ? 'name' : undefined },
    { on, name: 'id_type', must: true },
    { on, name: 'id_no', must: true, check: 'id' },
    { on, name: 'sex', must: true, show: passport },
    { on, name: 'birth', must: true, show: passport },
    { on, name: 'mobile', must: true, check: 'mobile', inputmode: 'tel', autocomplete: mine ? 'tel' : undefined },
  ]
}

const firm = (on: 'me' | 'other'): Question[] => [
  { on, name: 'name' },
  { on, name: 'uscc', check: 'uscc' },
  { on, name: 'no_uscc', must: true, show: (d) => !d[on].uscc },
  { on, name: 'emp_type', must: true },
  { on, name: 'industry', must: true, reference: 'industries' },
  { on, name: 'legal_rep', must: true },
  { on, name: 'mobile', check: 'mobile', inputmode: 'tel', must: on === 'me' },
]

export const steps: Step[] = [
  { key: 'who', questions: [{ on: 'intake', name: 'appl_type' }] },
  { key: 'place', questions: [{ on: 'intake', name: 'region', widget: 'town' }, { on: 'intake', name: 'place' }] },
  { key: 'me', questions: person('me'), show: (d) => is(d, 'WORKER') },
  { key: 'address', show: (d) => is(d, 'WORKER'), questions: [
    { on: 'me', name: 'addr', must: true }, { on: 'me', name: 'svc_addr', must: true }, { on: 'me', name: 'e_service' }, { on: 'me', name: 'tags' } ] },
  { key: 'roster', questions: [], show: group },
  { key: 'firm', questions: firm('me'), show: firmAsks },
  { key: 'other', questions: firm('other'), show: (d) => !firmAsks(d) },
  { key: 'other', show: firmAsks, questions: [
    ...person('other'), { on: 'other', name: 'addr', must: true }, { on: 'other', name: 'svc_addr', must: true } ] },
  { key: 'job', questions: [
    { on: 'intake', name: 'relation' }, { on: 'intake', name: 'hire_date' }, { on: 'intake', name: 'post' }, { on: 'intake', name: 'contract' },
    { on: 'intake', name: 'hours' }, { on: 'intake', name: 'hours_no', must: true, show: special } ] },
  { key: 'pay', questions: [
    { on: 'intake', name: 'wage' }, { on: 'intake', name: 'wage12' }, { on: 'intake', name: 'employed' },
    { on: 'intake', name: 'end_date', must: true, show: (d) => d.intake.employed === 'no' },
    { on: 'intake', name: 'end_reason', must: true, show: (d) => d.intake.employed === 'no' } ] },
  { key: 'claims', questions: [
    { on: 'intake', name: 'career_years', must: true, show: (d) => claimed(d, (c) => c === 'A07') },
    { on: 'intake', name: 'injury_date', must: true, show: injured }, { on: 'intake', name: 'injury_no', show: injured },
    { on: 'intake', name: 'grade', show: injured } ] },
  { key: 'story', questions: [{ on: 'intake', name: 'facts' }, { on: 'intake', name: 'knew_date' }] },
  { key: 'proof', questions: [{ on: 'intake', name: 'evidence' }, { on: 'intake', name: 'witnesses' }, { on: 'intake', name: 'prior' }] },
  { key: 'agent', questions: [
    { on: 'agent', name: 'name', show: (d) => d.hasAgent === 'yes' },
    { on: 'agent', name: 'mobile', must: true, check: 'mobile', inputmode: 'tel', show: (d) => d.hasAgent === 'yes' },
    { on: 'agent', name: 'id_no', check: 'id', show: (d) => d.hasAgent === 'yes' },
    { on: 'agent', name: 'scope', must: true, show: (d) => d.hasAgent === 'yes' } ] },
  { key: 'more', questions: [
    { on: 'intake', name: 'online_ok' }, { on: 'intake', name: 'rec_ok' }, { on: 'intake', name: 'aid' }, { on: 'intake', name: 'urgent' } ] },
  { key: 'review', questions: [] },
]

/* Of Intake, but not questions of a page above: set by the page, or a clerk's. */
export const unasked = new Set([
  'org', 'channel', 'mode', 'source', 'filed_at', 'matters', 'truthful', 'privacy', 'sensitive', 'notice', 'read_back', 'draft', 'parties',
  'claims', 'signature', 'signer', 'care', 'insured', 'sign_date', 'contract_start', 'contract_end',
])

export function stepsOf(d: Draft): Step[] {
  return steps.filter((s) => !s.show || s.show(d))
}
