/* The mediator's own cases on the phone, for where there is no network: names, state, sessions; three days at most. */
import { all, api } from '@tiaojie/core'
import { takeAlong, takenAlong } from '@tiaojie/core/waiting'

type Row = Record<string, any>
export interface AlongCase { row: Row; parties: Row[]; sessions: Row[]; newest: string }
export interface Along { at: string; cases: AlongCase[]; missed: number }
const DAYS_MS = 72 * 3600e3

const list = async (id: string, tail: string): Promise<Row[]> => (await all(`/api/v1/cases/{id}/${tail}` as '/api/v1/cases/{id}/parties', { path: { id } })) as Row[]

async function one(id: string): Promise<AlongCase> {
  const [row, parties, sessions, minutes] = await Promise.all([api.get('/api/v1/cases/{id}', { path: { id } }), list(id, 'parties'), list(id, 'sessions'), list(id, 'minutes')])
  const { no, state, applicant, respondent, due, appl_type } = row.data as Row
  return {
    row: { id, no, state, applicant, respondent, due, appl_type, amount: '0' },
    parties: parties.map(({ id: party, name, side, kind, part }) => ({ id: party, name, side, kind, part })),
    sessions: sessions.map(({ id: session, no: n, planned, mode, place, room, state: s, attendees, identified, rights_told }) => ({ id: session, no: n, planned, mode, place, room, state: s, attendees, identified, rights_told })),
    newest: minutes[minutes.length - 1]?.id ?? '',
  }
}

/* At most a hundred, one after the other: the line may be poor. */
export async function takeMine(owner: string, ids: string[]): Promise<Along> {
  const along: Along = { at: new Date().toISOString(), cases: [], missed: 0 }
  for (const id of ids.slice(0, 100)) {
    try {
      along.cases.push(await one(id))
    } catch {
      along.missed++
    }
  }
  await takeAlong(owner, along)
  return along
}
export async function mine(owner: string): Promise<Along | undefined> {
  const along = await takenAlong<Along>(owner)
  return along && Date.now() - Date.parse(along.at) < DAYS_MS ? along : undefined
}
