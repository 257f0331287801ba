/* The words of a question: those of the page, or those of the server's row. */
import { either, helpOf, labelOf as serverLabel, type FieldFault, type FormField } from '@tiaojie/core'
import zh from '../texts/apply.zh'
import { pageTexts } from '../texts'
import type { Draft } from './draft'
import type { Question } from './plan'

export type Key = keyof typeof zh
export const applyText = pageTexts(zh, () => import('../texts/apply.en'))

const isFirm = (q: Question, d: Draft) => (q.on === 'me') === (d.intake.appl_type === 'EMPLOYER') && (q.on === 'me' || q.on === 'other')

function keyOf(q: Question, d: Draft): Key | undefined {
  const keys = isFirm(q, d) ? [`firm_${q.name}`, `party_${q.name}`] : [`${q.on}_${q.name}`, `party_${q.name}`]
  return keys.find((k): k is Key => k in zh)
}

/* Of a question, or of a fault the server named. */
export function labelOf(f: FormField | undefined, q: Question | undefined, d: Draft, fault?: FieldFault): string {
  if (fault) return either(fault.message, fault.message_en)
  const key = q && keyOf(q, d)
  return key ? applyText(key) : f ? serverLabel(f) : ''
}

export function hintOf(f: FormField, q: Question, d: Draft): string {
  const keys = isFirm(q, d) ? [`h_firm_${q.name}`] : [`h_${q.on}_${q.name}`]
  const key = keys.find((k): k is Key => k in zh)
  return key ? applyText(key) : helpOf(f)
}
