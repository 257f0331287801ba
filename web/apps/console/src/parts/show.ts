/* A value of a row as text, from its field: codes, money, days, names of what it points at. */
import { codeText, timeText, yuan, type FormField } from '@tiaojie/core'
import { either } from '@tiaojie/core'
import { nameOf, need, regionName } from '../names'
import { t } from '../texts'
import { ORG_LEVELS, ROLES, word, words } from '../words'
import { isOrgLevel, isRegion, tableOf, type CaseContext } from './choices'

const PEOPLE = ['by', 'by_id', 'actor', 'asked_by', 'decided_by', 'saved_by', 'visitor_id', 'confirmed_by', 'done_by', 'user_id', 'appraised_by', 'allowed_by', 'returned_to', 'second_id', 'destroyed_by']

export function show(f: FormField | undefined, value: any, context?: CaseContext): string {
  if (value === null || value === undefined || value === '') return ''
  if (!f) return String(value)
  if (f.kind === 'bool') return value ? t('yes') : t('no')
  if (f.kind === 'money') return value === '0' ? '' : `¥${yuan(value)}`
  if (f.kind === 'time') return timeText(value)
  if (isOrgLevel(f)) return word(ORG_LEVELS, String(value))
  if (f.kind === 'int') return value === 0 ? '' : String(value)
  if (f.codes === 'roles') return words(ROLES, value)
  if (isRegion(f)) return regionName(value)
  const table = PEOPLE.includes(f.name) ? 'people' : tableOf(f)
  const one = (v: string): string => {
    if (table) {
      void need(table)
      return nameOf(table, v)
    }
    if (f.name === 'territory') return regionName(v)
    if (f.kind === 'id' || f.name === 'creditor_ids') return context?.parties.find((x) => x.id === v)?.name ?? ''
    return codeText(f, v)
  }
  return Array.isArray(value) ? value.map(one).join(either('、', ', ')) : one(String(value))
}

/* Times and numbers keep their width, sums stand right. */
export function cellClass(f: FormField | undefined): string {
  if (f?.kind === 'money' || f?.kind === 'int') return 'right num'
  return f?.kind === 'date' || f?.kind === 'time' ? 'num' : ''
}
