/*
** A form of the server on the screen: what is typed (state), what is sent (body)
** and what is wrong with it (faults by path: "parties[0].name").
*/
import { reactive } from 'vue'
import { blockedBy, checkField, either, formOf, Problem, titled, today, valueOf, yuanPlain, type FormField, type FormRows } from '@tiaojie/core'
import { get, type Item } from '../rest'
import { t, type Key } from '../texts'
import { isDigest } from './choices'

export type State = Record<string, any>
export type Faults = Record<string, string>

/* Fields a person fills in. */
export function openFields(form: FormRows, hide: readonly string[] = []): FormField[] {
  return form.fields.filter((f) => !f.server_set && !hide.includes(f.name))
}

/* What is shown first: empty, or a row of the server. */
export function stateOf(form: FormRows, row: Item = {}): State {
  const state: State = {}
  for (const f of openFields(form)) {
    const value = row[f.name]
    if (f.kind === 'list') state[f.name] = ((value as Item[]) ?? []).map((one) => stateOf(f.form!, one))
    else if (f.many) state[f.name] = Array.isArray(value) ? [...value] : []
    else if (f.kind === 'bool') state[f.name] = value ?? (f.required ? undefined : false)
    else if (f.kind === 'money') state[f.name] = value && value !== '0' ? yuanPlain(String(value)) : ''
    else if (f.kind === 'int') state[f.name] = value ? String(value) : ''
    else state[f.name] = value ?? ''
  }
  return reactive(state)
}

function sent(f: FormField, value: unknown): unknown {
  if (f.kind === 'list') return (value as State[]).map((one) => bodyOf(f.form!, one))
  if (f.many) { /* one file's digest comes as a text */
    const list = typeof value === 'string' ? value.split(' ').filter(Boolean) : (value as string[])
    return list.length ? list : undefined
  }
  if (f.kind === 'bool') return value
  if (f.kind === 'time') return value ? String(value).slice(0, 19) + '+08:00' : undefined
  return valueOf(f, String(value ?? ''))
}

/* `keepEmpty`: an edit, where an emptied field is sent as empty. */
export function bodyOf(form: FormRows, state: State, hide: readonly string[] = [], keepEmpty = false): Item {
  const body: Item = {}
  for (const f of openFields(form, hide)) {
    let value = sent(f, state[f.name])
    if (value === undefined && keepEmpty && (f.kind === 'text' || f.kind === 'code')) value = f.many ? [] : ''
    if (value !== undefined) body[f.name] = value
  }
  return body
}

export function faultsOf(form: FormRows, state: State, hide: readonly string[] = [], prefix = ''): Faults {
  const faults: Faults = {}
  for (const f of openFields(form, hide)) {
    const path = prefix + f.name
    const why = checkField(f.kind === 'money' ? { ...f, kind: 'money' } : f, sent(f, state[f.name]), today())
    if (why) faults[path] = t(`fault.${why}` as Key, { min: f.min ?? 0, max: f.max ?? 0 })
    if (f.kind !== 'list') continue
    ;(state[f.name] as State[]).forEach((one, i) => Object.assign(faults, faultsOf(f.form!, one, [], `${path}[${i}].`)))
  }
  return faults
}

export function faultsFrom(e: unknown): Faults {
  if (!(e instanceof Problem)) return {}
  return Object.fromEntries(e.errors.map((x) => [x.field, either(x.message, x.message_en)]))
}

export function problemText(e: unknown): string {
  if (e instanceof Problem) {
    if (e.offline) return t('problem.offline')
    const details = e.errors.map((x) => either(x.detail, x.detail_en)).filter(Boolean)
    const which = e.code === 'blocked' ? blockedBy(e.detail) : details.join(either('；', '; '))
    return either(e.title, e.titleEn) + (which && `${t('colon')}${which}`)
  }
  return e instanceof Error ? e.message : String(e)
}

/* What a person is asked for, in his words: yuan, though fen are sent; a file, though its digest is. */
export function askOf(f: FormField): string {
  const label = either(f.label, f.en)
  if (f.kind === 'money') return titled(label.replace(/（分）|, fen$| in fen$/, '') + t('form.yuan'))
  return titled(isDigest(f) ? label.replace(/摘要$|^digest of the /, '') : label)
}

/* The same of a form that was sent: it was opened rightly, so somebody has taken the right or the
** record away since then, which the bare sentence does not say. */
export function refusalText(e: unknown): string {
  const why = e instanceof Problem && e.status === 403 ? t('problem.barred') : e instanceof Problem && e.status === 404 ? t('problem.gone') : ''
  return why || problemText(e)
}

/* The label at a path, for the summary of errors: "当事人 2 · 姓名或者名称". */
export function labelAt(form: FormRows, path: string): string {
  const m = /^(\w+)(?:\[(\d+)\])?(?:\.(.+))?$/.exec(path)
  const f = m && form.fields.find((x) => x.name === m[1])
  if (!m || !f) return path
  const here = askOf(f) + (m[2] ? ` ${Number(m[2]) + 1}` : '')
  return m[3] && f.form ? `${here} · ${labelAt(f.form, m[3])}` : here
}

export function idAt(base: string, path: string): string {
  return `${base}-${path.replace(/[^\w]+/g, '-')}`
}

let table: Promise<Map<string, { form: string; label: string }>> | undefined

/* Which form a route takes: "" for none. */
export async function formFor(method: string, path: string): Promise<string> {
  table ??= get('/forms').then((a: { items: Item[] }) =>
    new Map(a.items.map((i) => [`${i.method} ${i.path}`, { form: i.form as string, label: i.label as string }])))
  table.catch(() => { table = undefined })
  return (await table).get(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`)?.form ?? ''
}

export { formOf }
