import { describe, expect, it } from 'vitest'
import { checkField, daysBetween, fenOf, fill, idFacts, mobileValid, timeText, today, urlOf, usccValid, yuan, yuanPlain, type FormField } from '../src/index'

describe('money', () => {
  it('shows fen as yuan', () => {
    expect([yuan('0'), yuan('5'), yuan('123456789'), yuan('-150'), yuan('')]).toEqual(['0.00', '0.05', '1,234,567.89', '-1.50', ''])
    expect([yuanPlain('1234500'), yuanPlain('1234550')]).toEqual(['12345', '12345.50'])
  })
  it('reads what people type', () => {
    expect([fenOf('12,345.6'), fenOf('１２元'), fenOf('0.05'), fenOf('¥ 7')]).toEqual(['1234560', '1200', '5', '700'])
    expect([fenOf('1.234'), fenOf('-1'), fenOf('abc'), fenOf('')]).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('days', () => {
  it('are those of Shanghai', () => {
    expect(timeText('2026-02-02T17:05:00Z')).toBe('2026-02-03 01:05')
    expect(today(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01')
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2)
  })
})

describe('numbers with a check digit', () => {
  it('citizen identity', () => {
    expect(idFacts('11010519491231002x')).toEqual({ birth: '1949-12-31', sex: 'F', region: '110105' })
    expect(idFacts('110105194912310021')).toBeUndefined()
    expect(idFacts('11010519490231002X')).toBeUndefined()
  })
  it('credit code and mobile', () => {
    expect([usccValid('91350100M000100Y43'), usccValid('91350100M000100Y44')]).toEqual([true, false])
    expect([mobileValid('138 0013 8000'), mobileValid('+8613800138000'), mobileValid('12800138000')]).toEqual([true, true, false])
  })
})

describe('fields', () => {
  const text: FormField = { name: 'facts', kind: 'text', label: '事实', en: 'facts', required: true, min: 2, max: 3 }
  it('count characters as the server does', () => {
    expect([checkField(text, ''), checkField(text, '龘'), checkField(text, '𬀩𬀩𬀩'), checkField(text, '四个字了')]).toEqual(['required', 'too_short', '', 'too_long'])
  })
  it('know numbers, days and codes', () => {
    const wage: FormField = { name: 'wage', kind: 'money', label: '', en: '', min: 1, max: 100 }
    expect([checkField(wage, '0'), checkField(wage, '1'), checkField(wage, '101'), checkField(wage, '1.5')]).toEqual(['too_small', '', 'too_large', 'not_a_number'])
    const day: FormField = { name: 'd', kind: 'date', label: '', en: '', not_future: true }
    expect([checkField(day, '2026-02-30'), checkField(day, '2026-02-03', '2026-02-02'), checkField(day, '2026-02-02', '2026-02-02')]).toEqual(['not_a_date', 'future', ''])
    const code: FormField = { name: 'c', kind: 'code', label: '', en: '', many: true, options: [{ value: 'A', label: '', en: '' }] }
    expect([checkField(code, ['A']), checkField(code, ['B']), checkField(code, [])]).toEqual(['', 'not_a_code', ''])
  })
})

describe('texts and addresses', () => {
  it('fill their places', () => {
    expect(fill('共{n}件，{x}', { n: 3 })).toBe('共3件，{x}')
    expect(urlOf('/api/v1/cases/{id}/papers', { path: { id: '7/1' }, query: { a: 'b c', none: undefined } })).toBe('/api/v1/cases/7%2F1/papers?a=b%20c')
  })
})
