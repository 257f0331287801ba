/* What every page needs: the shell's texts, the centre one has found, what to say of a failure. */
import { api, either, Problem, type ItemOf } from '@tiaojie/core'
import { reactive } from 'vue'
import zh from './texts/shell.zh'
import { pageTexts } from './texts'

export const shellText = pageTexts(zh, () => import('./texts/shell.en'))

export type Office = ItemOf<'/api/v1/public/orgs'>

const KEPT = 'tiaojie.office'

function read(): Office | undefined {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/* The centre whose telephone the page's foot shows. */
export const chosen = reactive<{ office?: Office }>({ office: read() })

export function chooseOffice(office: Office): void {
  chosen.office = office
  try {
    localStorage.setItem(KEPT, JSON.stringify(office))
  } catch {
    /* it holds for this visit */
  }
}

/* Centres first, then what else mediates, then the others. */
export function inOrder(offices: Office[]): Office[] {
  const rank = (o: Office) => ['CENTER', 'TOWN', 'SUB'].indexOf(o.kind) + 1 || (o.scopes.length ? 8 : 9)
  return [...offices].sort((a, b) => rank(a) - rank(b))
}

/* Offices that serve a place. */
export async function officesOf(region: string): Promise<Office[]> {
  const { data } = await api.get('/api/v1/public/orgs', { query: { region: region || undefined, limit: 200 } })
  return inOrder(data.items)
}

/* The only centre of the house is everybody's. */
export async function findOnlyCentre(): Promise<void> {
  if (chosen.office) return
  const { data } = await api.get('/api/v1/public/orgs', { query: { kind: 'CENTER', limit: 2 } })
  if (data.items.length === 1) chosen.office = data.items[0]
}

export function sayProblem(e: unknown): string {
  if (!(e instanceof Problem)) return shellText('wrong')
  if (e.offline) return shellText('offline')
  if (e.status === 429) return shellText('tooMany')
  return either(e.title, e.titleEn) || shellText('wrong')
}
