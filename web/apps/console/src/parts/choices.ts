/*
** Where the values of a field come from when its form does not list them: reference
** tables, organisations, the case's own parties, sessions and obligations.
*/
import { inject, type InjectionKey } from 'vue'
import type { FormField } from '@tiaojie/core'
import { either, titled } from '@tiaojie/core'
import { yuan } from '@tiaojie/core'
import { optionsOf } from '../names'
import { ORG_LEVELS, ROLES, word } from '../words'
import { timeText } from '@tiaojie/core'
import type { Item } from '../rest'

export interface Choice {
  value: string
  label: string
}

/* What a dialog of a case may point at. */
export interface CaseContext {
  parties: Item[]
  sessions: Item[]
  obligations: Item[]
  routes: Item[]
}
export const caseContext: InjectionKey<CaseContext> = Symbol('case')

export function useCaseContext(): CaseContext {
  return inject(caseContext, { parties: [], sessions: [], obligations: [], routes: [] })
}

const DIVISION = 3
export const STAFF_ROLES = Object.keys(ROLES).filter((r) => !['party', 'representative', 'system'].includes(r))

/* Tables to have read before the choices are asked for. */
export function tableOf(f: FormField): string {
  if (f.codes === 'cause' || f.codes === 'causes') return 'causes'
  if (f.codes === 'paper') return 'papers'
  if (f.codes === 'industry' || f.name === 'industry' || f.name === 'industries') return 'industries'
  if (['lead_unit', 'convener', 'helpers', 'turn', 'skipped'].includes(f.name)) return 'units'
  if (f.kind !== 'id') return ''
  if (f.name === 'budget_id') return 'budgets'
  if (f.name === 'contract_id') return 'contracts'
  if (f.name === 'body' || f.name === 'lead_body') return 'orgs'
  if (f.name === 'org' || f.name === 'org_id' || f.name === 'parent_id') return 'orgs'
  if (f.name === 'user_id') return 'accounts'
  if (f.name === 'responsible_id') return 'people'
  return f.name === 'mediator_id' ? 'mediators' : ''
}

export function isRegion(f: FormField): boolean {
  return f.kind === 'text' && (f.name === 'region' || f.name.endsWith('_region') || f.name.startsWith('region_')) && !f.many
}

export function isDigest(f: FormField): boolean {
  return f.kind === 'text' && (f.name === 'file' || f.name === 'proof')
}

export const isOrgLevel = (f: FormField): boolean => f.name === 'level' && f.kind === 'int'

export function choicesOf(f: FormField, c: CaseContext): Choice[] | undefined {
  if (f.options) return f.options.map((o) => ({ value: o.value, label: titled(either(o.label, o.en)) }))
  const table = tableOf(f)
  if (table === 'industries') return optionsOf(table).filter((o) => (f.many ? o.value.length <= DIVISION : o.value.length === DIVISION)) /* a division, C13; an organisation's sections, too */
  if (table) return optionsOf(table)
  if (isOrgLevel(f)) return Object.keys(ORG_LEVELS).map((value) => ({ value, label: word(ORG_LEVELS, value) }))
  if (f.codes === 'roles') return STAFF_ROLES.map((value) => ({ value, label: word(ROLES, value) }))
  if (f.codes === 'refusal') return c.routes.map((r) => ({ value: r.code, label: either(r.label_zh ?? r.zh, r.label_en ?? r.en) }))
  if (f.name === 'agent_id') return c.parties.filter((p) => p.part === 'AGENT').map((p) => ({ value: p.id, label: p.name }))
  if (['party_id', 'debtor_id', 'creditor_ids', 'joint_ids'].includes(f.name)) return c.parties.map((p) => ({ value: p.id, label: p.name }))
  if (f.name === 'session_id') return c.sessions.map((s) => ({ value: s.id, label: `${s.no} · ${timeText(s.planned)}` }))
  if (f.name === 'owing_id') {
    return c.obligations.map((o) => ({ value: o.id, label: `${o.no} · ${o.what || '¥' + yuan(o.amount)} · ${o.due ?? ''}` }))
  }
  return undefined
}
