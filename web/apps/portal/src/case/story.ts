/* What a case's data mean for the reader: who acts next, until when, what has happened, what waits for him. */
import { either, titled, yuan } from '@tiaojie/core'
import type { Me } from '../session'
import type zh from '../texts/case.zh'
import type { CaseView } from './load'

type Key = keyof typeof zh

/* Who acts in a state, and the clock that says until when. */
const ACTS: Record<string, { by: Key; clock: RegExp }> = {
  submitted: { by: 'by_clerk', clock: /^C-ACC$/ }, registered: { by: 'by_clerk', clock: /^C-ACC$/ },
  correction: { by: 'by_applicant', clock: /^C-CORR$/ }, consent: { by: 'by_respondent', clock: /^C-(CONSENT|ACC)$/ },
  accepted: { by: 'by_dispatcher', clock: /^C-(DISP|ASSIGN|MED)/ }, dispatched: { by: 'by_org', clock: /^C-(ORG|CONFIRM|MED)/ },
  assigned: { by: 'by_mediator', clock: /^C-MED/ }, mediating: { by: 'by_mediator', clock: /^C-MED/ },
  suspended: { by: 'by_wait', clock: /^C-(SUSP|MED)/ }, pending_sign: { by: 'by_marks', clock: /^C-(SIGN|MED)/ },
  effective: { by: 'by_debtor', clock: /^C-(PERF|OB)/ }, performing: { by: 'by_debtor', clock: /^C-(PERF|OB)/ },
  defaulted: { by: 'by_debtor', clock: /^C-(PERF|OB)/ },
  failed: { by: 'by_end', clock: /^C-RIGHT/ }, rejected: { by: 'by_end', clock: /^C-RIGHT/ }, referred: { by: 'by_end', clock: /^$/ },
  withdrawn: { by: 'by_end', clock: /^$/ },
}

export interface Next {
  by: Key
  day: string
  clock: CaseView['clocks'][number] | undefined
}

export function nextOf(v: CaseView): Next {
  const act = ACTS[v.case.state]
  const clock = act && v.clocks.find((c) => c.status === 'running' && act.clock.test(c.code))
  const pays = act?.by === 'by_debtor' ? v.performance?.next : undefined
  return { by: act?.by ?? 'by_done', day: pays ?? clock?.due ?? '', clock: pays ? undefined : clock }
}

export const clockName = (c: CaseView['clocks'][number]): string => titled(either(c.label, c.label_en)) || c.code

export interface Happened {
  day: string
  key: Key
  values?: Record<string, string | number>
}

export function happened(v: CaseView): Happened[] {
  const k = v.case
  const rows: (Happened | undefined)[] = [
    k.filed ? { day: k.filed, key: 'ev_filed' } : undefined,
    k.accepted ? { day: k.accepted, key: 'ev_accepted' } : undefined,
    ...v.mediators.map((m) => (m.since ? { day: m.since, key: 'ev_mediator' as Key, values: { name: m.name } } : undefined)),
    ...v.sessions.map((s) => (s.planned ? { day: s.planned.slice(0, 10), key: 'ev_session' as Key, values: { n: s.no } } : undefined)),
    ...v.minutes.map((m) => (m.at ? { day: m.at.slice(0, 10), key: 'ev_minutes' as Key, values: { n: m.version } } : undefined)),
    ...v.suspensions.map((s) => (s.day ? { day: s.day, key: 'ev_suspend' as Key } : undefined)),
    ...v.extensions.map((s) => (s.day ? { day: s.day, key: 'ev_extend' as Key, values: { n: s.days } } : undefined)),
    ...v.evidence.map((e) => (e.at ? { day: e.at.slice(0, 10), key: 'ev_evidence' as Key, values: { name: e.title || e.name } } : undefined)),
    ...(v.performance?.payments ?? []).map((p) => (p.day ? { day: p.day, key: 'ev_payment' as Key, values: { sum: yuan(p.amount) } } : undefined)),
    k.effective ? { day: k.effective, key: 'ev_effective' } : undefined,
    k.ended ? { day: k.ended, key: 'ev_ended' } : undefined,
    k.closed ? { day: k.closed, key: 'ev_closed' } : undefined,
  ]
  return rows.filter((r): r is Happened => Boolean(r)).sort((a, b) => a.day.localeCompare(b.day))
}

export interface Todo {
  key: Key
  href: string
}

export const isMine = (me: Me, side: string) => me.sides.includes(side === 'APPL' ? 'applicant' : side === 'RESP' ? 'respondent' : 'third_party')

export function hasSigned(v: CaseView, me: Me): boolean {
  return v.marks.some((m) => m.kind === 'PARTY' && m.party_id === me.id && m.version === v.agreement?.version)
}

export function todosOf(v: CaseView, me: Me): Todo[] {
  const side = me.sides.includes('respondent') ? 'respondent' : 'applicant'
  const mine = (r: { applicant: boolean; respondent: boolean }) => !r[side]
  const todos: (Todo | false)[] = [
    v.case.state === 'correction' && side === 'applicant' && { key: 'do_correct', href: '#correct' },
    v.case.state === 'consent' && side === 'respondent' && { key: 'do_answer', href: '/answer' },
    v.minutes.some(mine) && { key: 'do_minutes', href: '#sessions' },
    v.facts.some(mine) && { key: 'do_facts', href: '#sessions' },
    v.asks.some((a) => a.yours) && { key: 'do_extend', href: '#extension' },
    v.case.state === 'pending_sign' && !hasSigned(v, me) && { key: 'do_sign', href: '#agreement' },
    (v.performance?.payments ?? []).some((p) => !p.counted && !isMine(me, p.side)) && { key: 'do_confirmPay', href: '#performance' },
  ]
  return todos.filter((x): x is Todo => Boolean(x))
}
