/*
** What was computed for a case and kept with it, and what is carried from there
** into an offer (the minutes' 调解方案) or into the clauses of the agreement.
**
**   const facts = await caseFacts(id)
**   const kept = await keepReckoning(id, 'SITUATION', calcBody(fields, typed))
**   const row = agreed(draft, kept, parties)       // the row of the form, to be looked at and sent
**
** Texts that go into papers are Chinese: so are these.
*/
import { calcTyped, type CalcField, type CalcResult, type CalcTyped } from './calc'
import { PARTS, type Part } from './calc-words'
import { all, api } from './client'
import { yuan } from './format'
import { either } from './i18n'

type Item = Record<string, any>

export interface Reckoned {
  no: number
  cause: string
  money: string
  label: string
  label_en: string
  working: string
  working_en: string
  basis: string
  basis_en: string
  note: string
  note_en: string
  amount: string
  payer: string
}
export interface Reckoning {
  id: string
  calculator: string
  amount: string
  warnings: string
  warnings_en: string
  at: string
  lines: Reckoned[]
  also: Reckoned[]  /* for information, in no sum */
  figures: string   /* what else it found: JSON, name and value */
}
export interface CaseFacts {
  input: Record<string, unknown>
  missing: string[]
  check: string[]
}

/* What the case knows, by the calculators' names: the same in all of them. */
export async function caseFacts(id: string): Promise<CaseFacts> {
  return (await api.get('/api/v1/cases/{id}/situation', { path: { id } })).data as unknown as CaseFacts
}
export async function reckonings(id: string): Promise<Reckoning[]> {
  return (await all('/api/v1/cases/{id}/reckonings', { path: { id } })) as unknown as Reckoning[]
}
export async function keepReckoning(id: string, code: string, body: object, key?: string): Promise<Reckoning> {
  return (await api.post('/api/v1/cases/{id}/reckonings/{code}', { path: { id, code }, body: body as Record<string, never>, key })).data as unknown as Reckoning
}

/* The parts of "my situation" that the facts speak of, and the fields of those that are open. */
export const partsOf = (typed: CalcTyped): string[] => PARTS.filter((p) => !p.always && p.fields.some((f) => typed[f] !== undefined)).map((p) => p.key)
export function partFields(all: readonly CalcField[], chosen: readonly string[]): { part: Part; fields: CalcField[] }[] {
  const named = new Set(PARTS.flatMap((p) => p.fields))
  const of = (names: readonly string[]) => names.map((n) => all.find((f) => f.name === n)).filter((f): f is CalcField => Boolean(f))
  return PARTS.filter((p) => p.always || chosen.includes(p.key))
    .map((part) => ({ part, fields: part.key === 'rest' ? [...of(part.fields), ...all.filter((f) => !named.has(f.name))] : of(part.fields) }))
}
/* A calculator's fields as the case fills them, and which it needs that the case does not know. */
export function filledFrom(fields: readonly CalcField[], facts: CaseFacts | undefined): { typed: CalcTyped; lacks: CalcField[]; look: CalcField[] } {
  const typed = calcTyped([...fields], facts?.input ?? {})
  return { typed, lacks: fields.filter((f) => f.required && typed[f.name] === undefined), look: fields.filter((f) => typed[f.name] !== undefined && facts?.check.includes(f.name)) }
}

const asLine = (l: Reckoned) => ({
  label: either(l.label, l.label_en), working: either(l.working, l.working_en), basis: either(l.basis, l.basis_en), note: either(l.note, l.note_en),
  amount_fen: l.amount, payer: l.payer,
})
/* As a calculator answers, in the language of the screen. */
export function asResult(r: Reckoning): CalcResult {
  return {
    code: r.calculator, amount_fen: r.amount, warnings: either(r.warnings, r.warnings_en).split('\n').filter(Boolean),
    lines: r.lines.map(asLine), also: (r.also ?? []).map(asLine), values: r.figures ? (JSON.parse(r.figures) as Record<string, string>) : {},
  }
}

export interface Owed {
  cause: string
  money: string
  payer: string
  amount: string
  label: string
}
/* What one side owes the other, a sum for each cause; what a fund pays is none of it. */
export function owedOf(r: Reckoning): Owed[] {
  const sums: Owed[] = []
  for (const l of r.lines) {
    if (l.amount === '0' || !['employer', 'worker'].includes(l.payer)) continue
    const same = l.cause ? sums.find((s) => s.cause === l.cause && s.payer === l.payer) : undefined
    if (!same) sums.push({ cause: l.cause, money: l.money, payer: l.payer, amount: l.amount, label: l.label })
    else {
      same.amount = String(BigInt(same.amount) + BigInt(l.amount))
      if (!same.label.split('、').includes(l.label)) same.label += `、${l.label}`
    }
  }
  return sums
}

const sides = (parties: readonly Item[]) => ({
  employer: parties.filter((p) => p.kind === 'EMPLOYER' && p.part === 'PARTY'),
  worker: parties.filter((p) => p.kind === 'WORKER' && p.part === 'PARTY' && !p.split_on),
})
const names = (people: readonly Item[], other: string) => people.map((p) => p.name).join('、') || other
const below = (before: unknown, more: string) => [String(before ?? '').trim(), more].filter(Boolean).join('\n')

export function clauseOf(o: Owed, parties: readonly Item[]): string {
  const { employer, worker } = sides(parties)
  const [from, to] = o.payer === 'worker' ? [names(worker, '劳动者'), names(employer, '用人单位')] : [names(employer, '用人单位'), names(worker, '劳动者')]
  return `${from}向${to}支付${o.label}${yuan(o.amount)}元。`
}

/* The row of an agreement with these sums: an obligation for each cause.  What another cause has,
** and what is no payment, stays; a cause that is there already gets the new sum in one piece. */
export function agreed(row: Item, r: Reckoning, parties: readonly Item[]): Item {
  const owed = owedOf(r)
  if (!owed.length) return row
  const before = ((row.obligations ?? []) as Item[]).filter((o) => o.duty !== 'PAY' || (o.amount && String(o.amount) !== '0'))
  const others = before.filter((o) => !owed.some((s) => s.cause && s.cause === o.cause))
  const { employer, worker } = sides(parties)
  const ids = (people: readonly Item[]) => people.map((p) => p.id as string)
  const like = before.find((o) => o.duty === 'PAY') ?? ((row.obligations ?? []) as Item[])[0] ?? {}
  const fresh = owed.map((s) => {
    const [from, to] = s.payer === 'worker' ? [worker, employer] : [employer, worker]
    return { duty: 'PAY', money: s.money, cause: s.cause, amount: s.amount, debtor_id: from[0]?.id, creditor_ids: ids(to), method: like.method, due_on: like.due_on }
  })
  const obligations = [...others, ...fresh]
  const total = obligations.reduce((sum, o) => sum + BigInt(o.amount || 0), 0n)
  return { ...row, obligations, total: String(total), result: below(row.result, owed.map((o) => clauseOf(o, parties)).join('\n')) }
}

/* The minutes with these sums as what the mediator put to both sides, working and articles with them. */
export function offered(row: Item, r: Reckoning): Item {
  const lines = r.lines.filter((l) => l.amount !== '0').map((l) => `${l.label}${yuan(l.amount)}元（${l.working}；${l.basis}）`)
  return { ...row, proposals: below(row.proposals, lines.join('；\n')) }
}

/* While the claims may change (变更调解请求). */
export const CLAIMS_OPEN: readonly string[] = ['registered', 'correction', 'consent', 'accepted', 'dispatched', 'assigned', 'mediating']
/* Whether what is asked differs in a cause or a sum. */
export const claimsDiffer = (now: readonly Item[], next: readonly Item[]): boolean =>
  now.length !== next.length || next.some((c) => !now.some((x) => x.cause === c.cause && x.amount === c.amount))

/* The claims with these sums as what the applicant asks: a cause that is claimed gets the new sum, another is added.
** What the applicant would owe, and what a fund pays, is none of it. */
export function claimed(claims: readonly Item[], r: Reckoning, applicant: string): Item[] {
  const owed = owedOf(r).filter((o) => o.cause && o.payer === (applicant === 'EMPLOYER' ? 'worker' : 'employer'))
  const kept = claims.map((c) => {
    const sum = owed.find((o) => o.cause === c.cause)
    return { cause: c.cause, amount: sum?.amount ?? c.amount, from: c.from, until: c.until, basis: c.basis }
  })
  const fresh = owed.filter((o) => !claims.some((c) => c.cause === o.cause)).map((o) => ({ cause: o.cause, amount: o.amount, basis: o.label }))
  return [...kept, ...fresh]
}
