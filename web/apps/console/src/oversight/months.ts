/* What the pages of the month's end share: the lines, their places, values as people read them. */
import { either, today, yuan } from '@tiaojie/core'
import { get, type Item } from '../rest'
import type { Key } from '../texts'

export interface Line {
  no: number
  place: string
  key: string
  label: string
  en: string
  unit: string
  definition: string
  opens: boolean
}

let asked: Promise<Line[]> | undefined
export function reportLines(): Promise<Line[]> {
  asked ??= get('/report-lines').then((a) => a.items as Line[]).catch((e: unknown) => {
    asked = undefined
    throw e
  })
  return asked
}

export const lineText = (l: { label: string; en: string }): string => either(l.label, l.en)

/* fen as yuan, tenths of a day, hundredths of a mark. */
export function amount(unit: string, n: number | null): string {
  if (n === null) return '—'
  if (unit === 'fen') return yuan(String(n))
  if (unit === 'tenth of a day') return (n / 10).toFixed(1)
  if (unit === 'hundredth') return (n / 100).toFixed(2)
  return String(n)
}

export const percent = (num: number | null, den: number | null): string => (num === null || !den ? '—' : `${((num * 100) / den).toFixed(2)}%`)

/* Groups of the report's columns, in its order. */
export const GROUPS: { title: Key; places: RegExp }[] = [
  { title: 'mon.g.flow', places: /^(A|B|C|D|E|F|G\d|H\d)$/ },
  { title: 'mon.g.cause', places: /^I\d+$/ },
  { title: 'mon.g.industry', places: /^J\d$/ },
  { title: 'mon.g.group', places: /^K\d$/ },
  { title: 'mon.g.source', places: /^L\d+$/ },
  { title: 'mon.g.closed', places: /^(M|N|O|P|Q|R|S|T|U|V|W|AE)$/ },
  { title: 'mon.g.after', places: /^(X\d|Y\d|Z|AA\d|AB\d|AC\d|AD)$/ },
  { title: 'mon.g.other', places: /^(AF\d|AG\d|AH\d|AI\d)$/ },
]

export function monthPlus(month: string, n: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + n
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}
export const lastMonth = (): string => monthPlus(today().slice(0, 7), -1)

/* Where the cases of a line are listed. */
export function casesOf(month: string, line: string | number, more: Record<string, string> = {}): { path: string; query: Record<string, string> } {
  return { path: `/months/${month}/cases`, query: { line: String(line), ...more } }
}

export const STANDING: Record<string, { text: Key; tone: string }> = {
  draft: { text: 'mon.s.draft', tone: '' },
  submitted: { text: 'mon.s.submitted', tone: 'run' },
  returned: { text: 'mon.s.returned', tone: 'bad' },
  locked: { text: 'mon.s.locked', tone: 'good' },
  correcting: { text: 'mon.s.correcting', tone: 'warn' },
}
export type Row = Item
