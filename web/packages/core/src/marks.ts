/*
** Which marks an agreement still lacks, one a row: GET …/marks/missing says what kind
** is missing, the parties and the marks placed say whose.
*/
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
