/*
** Everything a party sees of its case, in one look: what is not there yet, or not
** for this side, is simply absent.
*/
import { all, api, formOf, Problem, referenceRows, type AnswerOf, type FormRows, type ItemOf, type Row } from '@tiaojie/core'

type Of<P extends Parameters<typeof api.get>[0]> = AnswerOf<P, 'get'>
type Items<P extends Parameters<typeof api.get>[0]> = ItemOf<P>

export interface CaseView {
  case: Of<'/api/v1/cases/{id}'>
  choices: Record<string, boolean>
  clocks: Items<'/api/v1/cases/{id}/clocks'>[]
  intake: Of<'/api/v1/cases/{id}/intake'> | undefined
  parties: Items<'/api/v1/cases/{id}/parties'>[]
  mediators: Items<'/api/v1/cases/{id}/mediators'>[]
  sessions: Items<'/api/v1/cases/{id}/sessions'>[]
  minutes: Items<'/api/v1/cases/{id}/minutes'>[]
  facts: Items<'/api/v1/cases/{id}/facts'>[]
  evidence: Items<'/api/v1/cases/{id}/evidence'>[]
  made: Items<'/api/v1/cases/{id}/made'>[]
  service: Items<'/api/v1/cases/{id}/my-papers'>[]
  suspensions: Items<'/api/v1/cases/{id}/suspensions'>[]
  extensions: Items<'/api/v1/cases/{id}/extensions'>[]
  asks: Items<'/api/v1/cases/{id}/extension-asks'>[]
  agreement: Of<'/api/v1/cases/{id}/agreement'> | undefined
  marks: Items<'/api/v1/cases/{id}/marks'>[]
  missing: Items<'/api/v1/cases/{id}/marks/missing'>[]
  performance: Of<'/api/v1/cases/{id}/performance'> | undefined
  remedies: Of<'/api/v1/cases/{id}/remedies'> | undefined
  changes: Items<'/api/v1/cases/{id}/claims'>[] /* of the claims */
  recusals: Items<'/api/v1/cases/{id}/recusals'>[]
  pursuits: Items<'/api/v1/cases/{id}/pursuits'>[]
  opinions: Items<'/api/v1/cases/{id}/opinions'>[]
  office: Items<'/api/v1/public/orgs'> | undefined
  causes: Row[]
  routes: Row[] /* of refusals: why, and where to go instead */
  evidenceForm: FormRows | undefined
}

/* Absent, forbidden and not-yet are no faults here; a lost network is. */
function orNone<T>(p: Promise<T>): Promise<T | undefined> {
  return p.catch((e: unknown) => {
    if (e instanceof Problem && [403, 404, 409].includes(e.status)) return undefined
    throw e
  })
}

export async function loadCase(id: string): Promise<CaseView> {
  const o = { path: { id } }
  const list = <P extends Parameters<typeof all>[0]>(path: P): Promise<ItemOf<P>[]> => orNone(all(path, o)).then((rows) => rows ?? [])
  const [whole, choices, clocks, intake, parties, mediators, sessions, minutes, facts, evidence] = await Promise.all([
    api.get('/api/v1/cases/{id}', o), api.get('/api/v1/cases/{id}/choices', o), list('/api/v1/cases/{id}/clocks'),
    orNone(api.get('/api/v1/cases/{id}/intake', o)), list('/api/v1/cases/{id}/parties'), list('/api/v1/cases/{id}/mediators'),
    list('/api/v1/cases/{id}/sessions'), list('/api/v1/cases/{id}/minutes'), list('/api/v1/cases/{id}/facts'), list('/api/v1/cases/{id}/evidence'),
  ])
  const [made, service, asks, changes] = await Promise.all([list('/api/v1/cases/{id}/made'), list('/api/v1/cases/{id}/my-papers'), list('/api/v1/cases/{id}/extension-asks'), list('/api/v1/cases/{id}/claims')])
  const [suspensions, extensions, agreement, marks, missing, performance, remedies, recusals, pursuits, opinions, offices, causes, evidenceForm] = await Promise.all([
    list('/api/v1/cases/{id}/suspensions'), list('/api/v1/cases/{id}/extensions'), orNone(api.get('/api/v1/cases/{id}/agreement', o)),
    list('/api/v1/cases/{id}/marks'), list('/api/v1/cases/{id}/marks/missing'), orNone(api.get('/api/v1/cases/{id}/performance', o)),
    orNone(api.get('/api/v1/cases/{id}/remedies', o)), list('/api/v1/cases/{id}/recusals'), list('/api/v1/cases/{id}/pursuits'), list('/api/v1/cases/{id}/opinions'),
    orNone(all('/api/v1/public/orgs', { query: { kind: 'CENTER', limit: 200 } })), referenceRows('causes'), orNone(formOf('Evidence')),
  ])
  const routes = /^NR/.test(whole.data.ending) ? await referenceRows('routes') : []
  const open = (choices.data as { items: { event: string; open: boolean }[] }).items.map((c) => [c.event, c.open] as const)
  return {
    case: whole.data, choices: Object.fromEntries(open), clocks, intake: intake?.data, parties, mediators, sessions, minutes, facts, evidence,
    made, service, asks, changes, suspensions, extensions, agreement: agreement?.data, marks, missing, performance: performance?.data, remedies: remedies?.data, recusals, pursuits, opinions,
    office: offices?.find((o) => o.id === whole.data.owner), causes, routes, evidenceForm,
  }
}
