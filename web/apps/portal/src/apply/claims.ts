/* Claims as they are typed: in the application, and where it is changed later. */
import { fieldOf, yuanPlain, type FormRows } from '@tiaojie/core'
import { faultText } from '../fields'
import type { TypedClaim } from './draft'
import { sendValue } from './send'
import { applyText as t } from './words'

interface Claim { cause: string; amount: string; from?: string | null; until?: string | null; basis: string }

export const typedClaim = (c: Claim): TypedClaim =>
  ({ cause: c.cause, amount: c.amount === '0' ? '' : yuanPlain(c.amount), from: c.from ?? '', until: c.until ?? '', basis: c.basis })

export function claimValue(rows: FormRows, c: TypedClaim): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [name, typed] of Object.entries(c)) out[name] = sendValue(fieldOf(rows, name), typed)
  return out
}

/* By "claims.0.amount". */
export function claimFaults(rows: FormRows, claims: readonly TypedClaim[]): Record<string, string> {
  const faults: Record<string, string> = {}
  claims.forEach((c, i) => {
    if (!c.cause) faults[`claims.${i}.cause`] = faultText('required', { name: '', kind: 'code', label: '', en: '' })
    if (c.amount && !/^\d+$/.test(String(claimValue(rows, c).amount))) faults[`claims.${i}.amount`] = faultText('not_a_number')
    for (const day of ['from', 'until'] as const) if (c[day] && !/^\d{4}-\d\d-\d\d$/.test(c[day])) faults[`claims.${i}.${day}`] = faultText('not_a_date')
    if (c.from && c.until && c.until < c.from) faults[`claims.${i}.until`] = t('claimOrder')
  })
  return faults
}
