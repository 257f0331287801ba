/* A calculator's field as a row of a form, so that the same controls draw it. */
import { calcCode, calcKnows, type CalcFault, type CalcField, type FormField, type Kind } from '@tiaojie/core'
import { faultText } from '../fields'

const KINDS: Readonly<Record<CalcField['kind'], Kind>> = {
  date: 'date', money: 'money', enum: 'code', bool: 'bool', integer: 'int', number: 'int', string: 'text', list: 'list',
}

export function asField(f: CalcField): FormField {
  return {
    name: f.name, kind: KINDS[f.kind], label: f.label_zh, en: f.label_en, required: f.required, min: f.min, max: f.max,
    options: f.codes?.map((value) => ({ value, label: calcKnows(f.name, value) ? calcCode(f.name, value) : value, en: calcCode(f.name, value) })),
  }
}
export const faultWords = (f: CalcField, why: CalcFault) => faultText(why, asField(f))
