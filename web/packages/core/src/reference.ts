/* Reference tables: rows of text by column, cached by the browser. */
import { api } from './client'
import { either } from './i18n'

export type Row = Record<string, string>

interface Page {
  items: Row[]
  next: string
}

const kept = new Map<string, Promise<Row[]>>()

async function pages(name: string, query: Record<string, string>): Promise<Row[]> {
  const rows: Row[] = []
  let after = ''
  do {
    const { data } = await api.get('/api/v1/reference/{name}', { path: { name }, query: { ...query, after } })
    const page = data as Page
    rows.push(...page.items)
    after = page.next
  } while (after)
  return rows
}

/* The rows in force today, below `parent` if the table is a tree. */
export function referenceRows(name: string, query: Record<string, string> = {}): Promise<Row[]> {
  const key = name + '?' + JSON.stringify(query)
  let rows = kept.get(key)
  if (!rows) {
    rows = pages(name, query)
    rows.catch(() => kept.delete(key))
    kept.set(key, rows)
  }
  return rows
}

/* Divisions below a code; "" is the country.  Names like 市辖区 that only hold a level are marked flag=pseudo. */
export function regionsBelow(parent: string): Promise<Row[]> {
  return referenceRows('regions', { parent })
}

/* What kind of text a law is (data/laws/laws.csv, level). */
const LEVELS: Readonly<Record<string, string>> = {
  法律: 'Laws', 行政法规: 'Administrative regulations', 部门规章: 'Departmental rules', 司法解释: 'Judicial interpretations',
  地方性法规: 'Local regulations', 规范性文件: 'Normative documents',
}
export const lawLevel = (level: string): string => either(level, LEVELS[level])
