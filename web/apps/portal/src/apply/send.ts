/* The application as it is sent, and where a fault of the server's belongs. */
import { checkField, fieldOf, idFacts, mobileValid, tidyNumber, usccValid, valueOf, type BodyOf, type Fault, type FormField, type FormRows } from '@tiaojie/core'
import type { Draft, Typed } from './draft'
import { stepsOf, unasked, type On, type Question, type Step } from './plan'
import { readRoster } from '@tiaojie/core'
import { claimValue } from './claims'

export interface Forms {
  intake: FormRows
  party: FormRows
  claim: FormRows
}

export function fieldFor(forms: Forms, q: Question): FormField {
  return fieldOf(q.on === 'intake' ? forms.intake : forms.party, q.name)
}

export const idOf = (q: { on: string; name: string }) => `${q.on}.${q.name}`

/* Rows that the plan does not know: a field added on the server is a question here. */
export function added(forms: Forms, planned: Step[]): Question[] {
  const known = new Set(planned.flatMap((s) => s.questions.filter((q) => q.on === 'intake').map((q) => q.name)))
  return forms.intake.fields.filter((f) => !f.server_set && !known.has(f.name) && !unasked.has(f.name)).map((f) => ({ on: 'intake' as On, name: f.name }))
}

export function sendValue(f: FormField, typed: string | string[] | undefined): unknown {
  if (typed === undefined) return undefined
  if (Array.isArray(typed)) return typed.length ? typed : undefined
  if (f.kind === 'bool') return typed === '' ? undefined : typed === 'yes'
  return valueOf(f, typed.trim())
}

export type Why = Fault | 'bad_id' | 'bad_mobile' | 'bad_uscc'

export function checkQuestion(forms: Forms, d: Draft, q: Question, today: string): Why {
  const f = fieldFor(forms, q)
  const typed = d[q.on][q.name]
  const value = f.kind === 'bool' ? (typed === 'yes' || typed === 'no' ? true : undefined) : sendValue(f, typed)
  const fault = checkField({ ...f, required: f.required || q.must }, value, today)
  if (fault || value === undefined) return fault
  const text = String(typed)
  if (q.check === 'id') return d[q.on].id_type === 'ID' && !idFacts(text) ? 'bad_id' : ''
  if (q.check === 'mobile') return mobileValid(text) ? '' : 'bad_mobile'
  return q.check === 'uscc' && !usccValid(text) ? 'bad_uscc' : ''
}

function filled(rows: FormRows, typed: Typed, questions: Question[]): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const q of questions) {
    const value = sendValue(fieldOf(rows, q.name), typed[q.name])
    if (value === undefined) continue
    out[q.name] = q.check ? tidyNumber(String(value)) : value
  }
  return out
}

function parties(forms: Forms, d: Draft, asked: (on: On) => Question[]): Record<string, unknown>[] {
  const group = d.intake.appl_type === 'GROUP'
  const firm = d.intake.appl_type === 'EMPLOYER'
  const applicant = { side: 'APPL', kind: firm ? 'EMPLOYER' : 'WORKER' }
  const me = group
    ? readRoster(d.roster).map((r) => ({ ...applicant, name: r.name, id_type: 'ID', id_no: r.id_no, mobile: r.mobile }))
    : [{ ...applicant, ...filled(forms.party, d.me, asked('me')) }]
  const other = { side: 'RESP', kind: firm ? 'WORKER' : 'EMPLOYER', ...filled(forms.party, d.other, asked('other')) }
  const all: Record<string, unknown>[] = [...me, other]
  if (d.hasAgent === 'yes') all.push({ side: 'APPL', part: 'AGENT', kind: 'WORKER', id_type: 'ID', ...filled(forms.party, d.agent, asked('agent')) })
  return all
}

export const NOTICE = '2026-11'

/* The name drawn under it: a file of the draft, and whose; none where it was ticked alone. */
export interface Hand { signature: string; signer: 'PARTY' | 'AGENT' }

export function bodyOf(forms: Forms, d: Draft, code: string, hand?: Hand): BodyOf<'/api/v1/cases', 'post'> {
  const questions = stepsOf(d).flatMap((s) => s.questions).filter((q) => !q.show || q.show(d))
  const asked = (on: On) => questions.filter((q) => q.on === on)
  const own = [...asked('intake'), ...added(forms, stepsOf(d))]
  const body = {
    ...filled(forms.intake, d.intake, own), org: d.org, channel: 'WEB', mode: 'WRITTEN', notice: NOTICE, draft: code || undefined, ...hand,
    truthful: d.truthful, privacy: d.privacy, sensitive: d.sensitive,
    parties: parties(forms, d, asked), claims: d.claims.map((c) => claimValue(forms.claim, c)),
  }
  return body as unknown as BodyOf<'/api/v1/cases', 'post'>
}

/* "parties[1].uscc" of the server is the question other.uscc of the page. */
export function placeOf(field: string, d: Draft): string {
  const party = /^parties\[(\d+)\](?:\.(\w+))?$/.exec(field)
  if (!party) return field.startsWith('claims') ? field.replace(/\[(\d+)\]\./, '.$1.') : `intake.${field}`
  const n = Number(party[1])
  const own = d.intake.appl_type === 'GROUP' ? readRoster(d.roster).length : 1
  if (n < own) return d.intake.appl_type === 'GROUP' ? 'roster' : `me.${party[2]}`
  return `${n === own ? 'other' : 'agent'}.${party[2]}`
}
