/* Reading the statistics of months and a subtree. */
import { get, maybe, type Item } from '../rest'

export interface Asked { org: string; from: string; to: string }
export interface Statistics { all: Item; places: Item[]; people: Item[]; overdue: Item[]; before: Item | undefined }

export async function readStatistics(ask: Asked, more: { people?: boolean; before?: Asked } = {}): Promise<Statistics> {
  const q = { ...ask }
  const [all, places, people, overdue, before] = await Promise.all([
    get('/statistics', q), get('/statistics/places', q),
    more.people ? maybe(get('/statistics/mediators', q)) : undefined,
    get('/statistics/overdue', q), more.before ? maybe(get('/statistics', { ...more.before })) : undefined,
  ])
  let list = places.items as Item[]
  const busy = list.filter((p) => p.withheld || p.registered || p.closed || p.open)
  if (busy.length === 1) list = [...busy, ...(((await maybe(get('/statistics/places', { ...q, org: busy[0]!.org_id })))?.items ?? []) as Item[])] /* a bureau with one centre: what lies below it */
  return { all, places: list, people: people?.items ?? [], overdue: overdue.items, before }
}

export const solved = (m: Item): number => (m.agreed ?? 0) + (m.settled ?? 0) + (m.at_once ?? 0)
/* Five shades, by where the value lies below the greatest. */
export function shade(value: number | null, top: number): number {
  return value ? Math.min(5, Math.ceil((value * 5) / Math.max(1, top))) : 0
}
