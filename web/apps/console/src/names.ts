/*
** Names of what rows carry as codes and numbers: causes, divisions, industries,
** periods, papers, organisations, mediators.  Read once a visit, when first asked.
*/
import { reactive } from 'vue'
import { codeText, either, formOf, referenceRows, titled } from '@tiaojie/core'
import { maybe, rows, type Item } from './rest'
import { may, session } from './session'

interface Table {
  zh: string
  en: string
}
const tables = reactive<Record<string, Map<string, Table>>>({})
const asked = new Map<string, Promise<void>>()

type Source = () => Promise<[string, Table][]>
const same = (name: string): Table => ({ zh: name, en: name })
const reference = (name: string, code: string, zh: string, en: string): Source => async () =>
  (await referenceRows(name)).map((r) => [r[code]!, { zh: r[zh]!, en: r[en] || r[zh]! }])

const UNITS = ['hr', 'head', 'convener', 'member', 'org_manager'] /* who may see the member units */

const sources: Record<string, Source> = {
  causes: reference('causes', 'code', 'zh', 'en'),
  clocks: reference('clocks', 'code', 'label_zh', 'label_en'),
  papers: reference('papers', 'no', 'label_zh', 'label_en'),
  industries: async () => { /* sections, C, and their divisions, C13 */
    const sections = await referenceRows('industries')
    const divisions = await Promise.all(sections.map((s) => referenceRows('industries', { parent: s.code! })))
    return sections.flatMap((s, i) => [[s.code!, same(s.name!)], ...divisions[i]!.map((r): [string, Table] => [s.code! + r.code!, same(r.name!)])])
  },
  /* Who may not see the office's own list reads the table that it comes from. */
  units: async () => {
    if (may(...UNITS)) return (await rows('/member-units')).map((u): [string, Table] => [u.unit, same(u.name)])
    const table = await referenceRows('member_units')
    return [...table.filter((u) => u.region !== '*'), ...table.filter((u) => u.region === '*')].map((u) => [u.code!, { zh: u.zh!, en: titled(u.en || u.zh!) }])
  },
  budgets: async () => {
    const [list, form] = await Promise.all([maybe(rows('/budgets')), formOf('Budget')])
    const label = (b: Item, name: string) => codeText(form.fields.find((f) => f.name === name), b[name])
    return (list ?? []).map((b) => [b.id, same(`${b.year} ${label(b, 'source')} ${label(b, 'item')}`)])
  },
  contracts: async () => ((await maybe(rows('/contracts'))) ?? []).map((k) => [k.id, same(`${k.no} ${k.title}`)]),
  orgs: async () => ((await maybe(rows('/orgs'))) ?? []).map((o) => [o.id, same(o.name)]),
  mediators: async () => ((await maybe(rows('/mediators'))) ?? []).map((m) => [m.id, same(m.name)]),
  accounts: async () => ((await maybe(rows('/mediator-accounts'))) ?? []).map((a) => [a.id, same(`${a.name}（${a.login}）`)]),
  people: async () => [...((await maybe(rows('/mediators'))) ?? []).filter((m) => m.user_id).map((m): [string, Table] => [m.user_id, same(m.name)]),
    ...(session.me ? [[session.me.id, same(session.me.name)] as [string, Table]] : [])],
}

const PERSONS = ['people', 'accounts', 'mediators', 'orgs', 'budgets', 'contracts']

export function need(...names: string[]): Promise<void[]> {
  return Promise.all(names.map((name) => {
    let one = asked.get(name)
    if (!one) {
      one = sources[name]!().then((list) => { tables[name] = new Map(list) })
      one.catch(() => asked.delete(name))
      asked.set(name, one)
    }
    return one
  }))
}

/* The name, or the code itself as long as there is none; of a person nothing. */
export function nameOf(table: string, code: string | null | undefined): string {
  if (!code) return ''
  const found = tables[table]?.get(code)
  return found ? titled(either(found.zh, found.en)) : PERSONS.includes(table) ? '' : code
}

export function optionsOf(table: string): { value: string; label: string }[] {
  return [...(tables[table] ?? [])].map(([value, n]) => ({ value, label: titled(either(n.zh, n.en)) }))
}

/* C-MED.E is named like C-MED. */
export function clockName(code: string): string {
  const whole = nameOf('clocks', code)
  return whole === code ? nameOf('clocks', code.split('.')[0]) : whole
}

const regions = reactive<Record<string, string>>({})
const PSEUDO = 'pseudo'

/* 广西壮族自治区柳州市柳江区 of 450206, filled in when it is known. */
export function regionName(code: string | null | undefined): string {
  if (!code) return ''
  if (regions[code] === undefined) {
    regions[code] = code
    void readRegion(code)
  }
  return regions[code]!
}

async function readRegion(code: string): Promise<void> {
  const steps = [2, 4, 6, 9].filter((n) => n <= code.length).map((n) => code.slice(0, n))
  const parts = await Promise.all(steps.map(async (step, i) => {
    const below = await referenceRows('regions', { parent: i ? steps[i - 1]! : '' })
    const row = below.find((r) => r.code === step)
    return row && row.flag !== PSEUDO ? row.name! : ''
  }))
  if (parts.some(Boolean)) regions[code] = parts.join('')
}

export function forget(table: string): void {
  asked.delete(table)
}

export type { Item }
