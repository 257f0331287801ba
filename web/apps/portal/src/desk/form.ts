/* A form of the server as it is typed on the phone, and as it is sent. */
import { checkField, today, valueOf, yuanPlain, type FormField, type FormRows } from '@tiaojie/core'
import { faultText } from '../fields'

/* Where a sum that was computed may go. */
export type Where = 'agreement' | 'minutes' | 'claims'
export type Into = Partial<Record<Where, object>>

export type Value = string | string[] | State[]
export interface State { [name: string]: Value }
type Row = Record<string, unknown>

/* A label without the unit of the data: sums are typed in yuan. */
export const plainLabel = (label: string) => label.replace(/（分）|, fen$| in fen$|（1至5）/, '')

export const openFields = (form: FormRows, hide: readonly string[]) => form.fields.filter((f) => !f.server_set && !hide.includes(f.name))

export function stateOf(form: FormRows, row: Row = {}): State {
  const state: State = {}
  for (const f of form.fields.filter((x) => !x.server_set)) {
    const v = row[f.name]
    if (f.kind === 'list') state[f.name] = (Array.isArray(v) ? v : []).map((one) => stateOf(f.form!, one as Row))
    else if (f.many) state[f.name] = Array.isArray(v) ? [...(v as string[])] : []
    else if (f.kind === 'bool') state[f.name] = v === true ? 'yes' : v === false && row.id ? 'no' : ''
    else if (f.kind === 'money') state[f.name] = v && v !== '0' ? yuanPlain(String(v)) : ''
    else if (f.kind === 'time') state[f.name] = v ? String(v).slice(0, 16) : ''
    else state[f.name] = v === null || v === undefined || v === 0 ? '' : String(v)
  }
  return state
}

function sent(f: FormField, v: Value | undefined): unknown {
  if (f.kind === 'list') return (v as State[]).map((one) => bodyOf(f.form!, one, []))
  if (f.many) return (v as string[]).length ? v : undefined
  const text = String(v ?? '')
  if (f.kind === 'bool') return text === '' ? undefined : text === 'yes'
  if (f.kind === 'time') return text ? `${text}:00+08:00` : undefined
  return valueOf(f, text)
}

export function bodyOf(form: FormRows, state: State, hide: readonly string[]): Row {
  const body: Row = {}
  for (const f of openFields(form, hide)) {
    const v = sent(f, state[f.name])
    if (v !== undefined) body[f.name] = v
  }
  return body
}

export function faultsOf(form: FormRows, state: State, hide: readonly string[], prefix = ''): Record<string, string> {
  const faults: Record<string, string> = {}
  for (const f of openFields(form, hide)) {
    const why = checkField(f, sent(f, state[f.name]), today())
    if (why) faults[prefix + f.name] = faultText(why, f)
    if (f.kind === 'list') (state[f.name] as State[]).forEach((one, i) => Object.assign(faults, faultsOf(f.form!, one, [], `${prefix}${f.name}[${i}].`)))
  }
  return faults
}
export const idOf = (path: string) => path.replace(/[[\].]+/g, '-')
