/*
** Calculators: what each asks for comes from the server, which also computes.
** Typed values are text; a list is rows of typed values.
**
**   const c = await calculatorOf('B01')
**   const faults = calcFaults(c.fields, typed)          // by path "hours[0].date"
**   const result = await compute('B01', calcBody(c.fields, typed))
*/
import { api } from './client'
import { fenOf, yuanPlain } from './format'
import { either, titled } from './i18n'
import { realDay } from './identity'
import { preferences } from './preferences'

export interface CalcField {
  name: string
  kind: 'date' | 'money' | 'enum' | 'bool' | 'integer' | 'number' | 'string' | 'list'
  required: boolean
  label_zh: string
  label_en: string
  min?: number
  max?: number
  codes?: string[]
  columns?: CalcField[]
}
export interface Calculator {
  code: string
  title: string
  formula: string
  basis: string
  fields: CalcField[]
}
export interface LawLink {
  law: string
  article: string
  label: string
  href: string
}
export interface CalcLine {
  label: string
  working: string
  amount_fen: string
  basis: string
  payer: string
  note?: string
  links?: LawLink[]
}
export interface CalcResult {
  code: string
  amount_fen: string
  lines: CalcLine[]
  claims?: { code: string; amount_fen: string; lines: CalcLine[] }[]
  excluded?: { code: string; why: string }[]
  also?: CalcLine[] /* for information, in no sum */
  values?: Record<string, unknown>
  warnings: string[]
}
export interface Remedy {
  code: string
  title: string
  who: string
  status: string
  until?: string
  paper?: string
  amount_fen?: string
  basis: string
  links?: LawLink[]
  why: string[]
}
export interface RemedyResult {
  state: string
  owed_fen?: string
  due_now_fen?: string
  remedies: Remedy[]
  warnings?: string[]
}
export type CalcTyped = Record<string, string | Record<string, string>[]>

const lang = () => ({ lang: preferences.language === 'en' ? 'en' : undefined })
const kept = new Map<string, Promise<unknown>>()
function once<T>(key: string, read: () => Promise<T>): Promise<T> {
  const name = `${preferences.language} ${key}`
  let got = kept.get(name) as Promise<T> | undefined
  if (!got) {
    got = read()
    got.catch(() => kept.delete(name))
    kept.set(name, got)
  }
  return got
}

const named = (c: Calculator): Calculator => ({ ...c, title: titled(c.title) })
export const calculators = () => once('', async () =>
  ((await api.get('/api/v1/calculators', { query: lang() })).data as { items: { code: string; title: string }[] }).items.map((c) => ({ ...c, title: titled(c.title) })))
export const calculatorOf = (code: string) => once(code, async () =>
  named((await api.get('/api/v1/calculators/{code}', { path: { code }, query: lang() })).data as Calculator))
export const remedyFields = () => once('REMEDIES', async () =>
  (await api.get('/api/v1/remedies', { query: lang() })).data as unknown as Calculator)

export async function compute(code: string, body: object, key?: string): Promise<CalcResult> {
  return (await api.post('/api/v1/calculators/{code}', { path: { code }, query: lang(), body: body as Record<string, never>, key })).data as CalcResult
}
export async function remedies(body: object, key?: string): Promise<RemedyResult> {
  return (await api.post('/api/v1/remedies', { query: lang(), body: body as Record<string, never>, key })).data as unknown as RemedyResult
}

/* The label of a field, sums in yuan. */
export const calcLabel = (f: CalcField) => titled(either(f.label_zh, f.label_en))
/* A field's name in a text of the server is for programs. */
export const calcText = (text: string) => text.replace(/ ?[（(][a-z_]+[）)]/g, '').replace(/\b[a-z_]+\.[a-z_]+(@\d+)? = /g, '')

function sent(f: CalcField, typed: string): unknown {
  if (typed.trim() === '') return undefined
  if (f.kind === 'money') return fenOf(typed) ?? typed
  if (f.kind === 'bool') return typed === 'yes'
  if (f.kind === 'integer' || f.kind === 'number') return typed.normalize('NFKC').trim()
  return typed.trim()
}

/* What is sent: fields left empty are left out, rows without a value too. */
export function calcBody(fields: CalcField[], typed: CalcTyped): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const f of fields) {
    const value = typed[f.name]
    if (Array.isArray(value)) {
      const rows = value.map((row) => calcBody(f.columns ?? [], row)).filter((row) => Object.keys(row).length)
      if (rows.length) body[f.name] = rows
    } else if (value !== undefined) {
      const one = sent(f, value)
      if (one !== undefined) body[f.name] = one
    }
  }
  return body
}

export type CalcFault = 'required' | 'not_a_date' | 'not_a_number' | 'too_small' | 'too_large'

function faultOf(f: CalcField, typed: string): CalcFault | '' {
  if (typed.trim() === '') return f.required ? 'required' : ''
  if (f.kind === 'date') return realDay(typed) ? '' : 'not_a_date'
  const plain = typed.normalize('NFKC').trim()
  const number = f.kind === 'money' ? fenOf(typed) : /^\d+(\.\d+)?$/.test(plain) ? plain : undefined
  if (!['money', 'integer', 'number'].includes(f.kind)) return ''
  if (number === undefined || (f.kind === 'integer' && number.includes('.'))) return 'not_a_number'
  if (f.min !== undefined && Number(number) < f.min) return 'too_small'
  return f.max !== undefined && Number(number) > f.max ? 'too_large' : ''
}

export function calcFaults(fields: CalcField[], typed: CalcTyped, prefix = ''): Record<string, CalcFault> {
  const faults: Record<string, CalcFault> = {}
  for (const f of fields) {
    const value = typed[f.name]
    if (f.kind === 'list') {
      ;(Array.isArray(value) ? value : []).forEach((row, i) => Object.assign(faults, calcFaults(f.columns ?? [], row, `${prefix}${f.name}[${i}].`)))
      continue
    }
    const why = faultOf(f, typeof value === 'string' ? value : '')
    if (why) faults[prefix + f.name] = why
  }
  return faults
}

/* Values of the server (fen, true) as they are typed (yuan, yes). */
export function calcTyped(fields: CalcField[], body: Record<string, unknown>): CalcTyped {
  const typed: CalcTyped = {}
  for (const f of fields) {
    const value = body[f.name]
    if (value === undefined || value === null) continue
    if (Array.isArray(value)) typed[f.name] = value.map((row) => calcTyped(f.columns ?? [], row as Record<string, unknown>) as Record<string, string>)
    else if (f.kind === 'money') typed[f.name] = yuanPlain(String(value))
    else if (f.kind === 'bool') typed[f.name] = value ? 'yes' : 'no'
    else typed[f.name] = String(value)
  }
  return typed
}
