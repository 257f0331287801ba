/*
** Numbers that carry their own check: GB 11643 (citizen identity), GB 32100
** (unified social credit code), mobile numbers.  The server checks them again.
*/
const ID_WEIGHT = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECK = '10X98765432'
const USCC_CHARS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/* Full-width characters, blanks and small letters are what people type. */
export function tidyNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
}

export function realDay(day: string): boolean {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!m) return false
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day
}

export interface IdFacts {
  birth: string
  sex: 'M' | 'F'
  region: string
}

/* What a number says; undefined if it is not valid. */
export function idFacts(typed: string): IdFacts | undefined {
  const no = tidyNumber(typed)
  if (!/^[1-9]\d{16}[\dX]$/.test(no)) return undefined
  const sum = ID_WEIGHT.reduce((s, w, i) => s + w * Number(no[i]), 0)
  const birth = `${no.slice(6, 10)}-${no.slice(10, 12)}-${no.slice(12, 14)}`
  if (ID_CHECK[sum % 11] !== no[17] || !realDay(birth)) return undefined
  return { birth, sex: Number(no[16]) % 2 ? 'M' : 'F', region: no.slice(0, 6) }
}

export function usccValid(typed: string): boolean {
  const no = tidyNumber(typed)
  if (!/^[0-9A-HJ-NP-RTUWXY]{18}$/.test(no)) return false
  let weight = 1
  let sum = 0
  for (const c of no.slice(0, 17)) {
    sum += USCC_CHARS.indexOf(c) * weight
    weight = (weight * 3) % 31
  }
  return USCC_CHARS[(31 - (sum % 31)) % 31] === no[17]
}

export function mobileValid(typed: string): boolean {
  return /^1[3-9]\d{9}$/.test(tidyNumber(typed).replace(/^\+?86/, ''))
}
