import { describe, expect, test } from 'vitest'
import { calcBody, calcCode, calcFaults, calcText, calcTyped, PARTS, type CalcField } from '../src'

const f = (name: string, kind: CalcField['kind'], more: Partial<CalcField> = {}): CalcField => ({ name, kind, required: false, label_zh: name, label_en: name, ...more })
const fields = [f('hire', 'date', { required: true }), f('monthly_fen', 'money', { min: 1 }), f('insured', 'bool'), f('grade', 'integer', { min: 1, max: 10 }),
  f('hours', 'list', { columns: [f('date', 'date', { required: true }), f('hours', 'number', { max: 24 })] })]

describe('what is typed into a calculator', () => {
  test('is sent in fen, without what was left empty', () => {
    expect(calcBody(fields, { hire: '2020-03-01', monthly_fen: '6,000.5', insured: 'no', grade: '', hours: [{ date: '2026-01-01', hours: '3' }, { date: '', hours: '' }] }))
      .toEqual({ hire: '2020-03-01', monthly_fen: '600050', insured: false, hours: [{ date: '2026-01-01', hours: '3' }] })
  })
  test('is checked before it is sent, rows by their place', () => {
    expect(calcFaults(fields, { hire: '2020-02-30', monthly_fen: '0', grade: '11', hours: [{ date: '', hours: '25' }] }))
      .toEqual({ hire: 'not_a_date', monthly_fen: 'too_small', grade: 'too_large', 'hours[0].date': 'required', 'hours[0].hours': 'too_large' })
    expect(calcFaults(fields, { grade: '1.5' })).toEqual({ hire: 'required', grade: 'not_a_number' })
  })
  test('comes back from the server as it would be typed', () => {
    expect(calcTyped(fields, { hire: '2020-03-01', monthly_fen: '600000', insured: true, hours: [{ date: '2026-01-01', hours: 3 }] }))
      .toEqual({ hire: '2020-03-01', monthly_fen: '6000', insured: 'yes', hours: [{ date: '2026-01-01', hours: '3' }] })
  })
  test('has words for its codes, and none for people that are for programs', () => {
    expect(calcCode('reason', 'layoff')).toBe('经济性裁员')
    expect(calcText('未填最低工资标准（minimum_fen），未核对下限')).toBe('未填最低工资标准，未核对下限')
    expect(calcText('no minimum wage given (minimum_fen): the floor was not checked')).toBe('no minimum wage given: the floor was not checked')
    expect(new Set(PARTS.flatMap((p) => p.fields)).size).toBe(PARTS.flatMap((p) => p.fields).length)
  })
})
