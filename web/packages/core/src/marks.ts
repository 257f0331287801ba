/*
** Which marks an agreement still lacks, one a row: GET …/marks/missing says what kind
** is missing, the parties and the marks placed say whose; and a mark drawn before the office.
*/
import { api, newKey, upload } from './client'

type Item = Record<string, any>

export interface Lack {
  code: string
  kind: 'PARTY' | 'MEDIATOR' | 'SEAL'
  party_id: string
  name: string
}
const SIDES: Readonly<Record<string, string>> = { MARK_APPLICANT: 'APPL', MARK_RESPONDENT: 'RESP' }

/* Those who sign for a side: its representatives where it has elected some, else each of it. */
export function signers(parties: readonly Item[], side: string): Item[] {
  const here = parties.filter((p) => p.side === side && !p.split_on)
  const elected = here.filter((p) => p.part === 'REP')
  return elected.length ? elected : here.filter((p) => p.part === 'PARTY')
}

export function lacking(missing: readonly Item[], marks: readonly Item[], parties: readonly Item[]): Lack[] {
  return missing.flatMap((m): Lack[] => {
    const side = SIDES[m.code]
    if (!side) return [{ code: m.code, kind: m.code === 'MARK_SEAL' ? 'SEAL' : 'MEDIATOR', party_id: '', name: '' }]
    return signers(parties, side).filter((p) => !marks.some((x) => x.kind === 'PARTY' && x.party_id === p.id))
      .map((p) => ({ code: m.code, kind: 'PARTY', party_id: p.id, name: p.name }))
  })
}

/* Who may sign for a party: agents of its side with special power. */
export function agentsOf(parties: readonly Item[], lack: Lack): Item[] {
  const side = parties.find((x) => x.id === lack.party_id)?.side
  return lack.kind === 'PARTY' ? parties.filter((x) => x.part === 'AGENT' && x.side === side && x.scope === 'SPECIAL') : []
}

/* Of one signing: kept when it is tried again, so that it is placed once. */
export interface MarkKeys { file: string; mark: string }
export const markKeys = (): MarkKeys => ({ file: newKey(), mark: newKey() })

export interface Drawn { id: string; lack: Lack; agent: string; digest: string; image: Blob; keys: MarkKeys }

/* A name drawn before whoever runs the case: kept as a file of it, then the mark that rests on that. */
export async function placeDrawn({ id, lack, agent, digest, image, keys }: Drawn): Promise<void> {
  const party = lack.kind === 'PARTY' ? { party_id: lack.party_id, agent_id: agent || undefined } : {}
  const kept = await upload<{ sha256: string }>('/api/v1/cases/{id}/signatures', { path: { id }, query: { party_id: lack.party_id || undefined }, key: keys.file }, image, () => undefined)
  await api.post('/api/v1/cases/{id}/marks', { path: { id }, key: keys.mark,
    body: { kind: lack.kind, ...party, how: lack.kind === 'PARTY' ? 'COUNTER' : 'SIGNED', file: kept.sha256, digest } })
}
