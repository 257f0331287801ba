/* What the form's parts say, and the words of a fault. */
import { yuanPlain, type Fault, type FormField } from '@tiaojie/core'
import zh from './texts/fields.zh'
import { pageTexts } from './texts'

export const fieldText = pageTexts(zh, () => import('./texts/fields.en'))

export function faultText(fault: Fault, field?: FormField): string {
  if (!fault) return ''
  if (fault === 'required' && (field?.kind === 'code' || field?.kind === 'bool')) return fieldText('requiredChoice')
  const bound = (n: number | undefined) => (field?.kind === 'money' ? yuanPlain(String(n ?? 0)) : (n ?? ''))
  return fieldText(fault, { min: bound(field?.min), max: bound(field?.max) })
}
