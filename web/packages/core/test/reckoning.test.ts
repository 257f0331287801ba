import { describe, expect, test } from 'vitest'
import { agreed, asResult, claimed, filledFrom, offered, owedOf, partFields, partsOf, PARTS, type CalcField, type Reckoned, type Reckoning } from '../src'

const line = (more: Partial<Reckoned>): Reckoned => ({ no: 1, cause: 'B01', money: 'COMPENSATION', label: '经济补偿', label_en: 'compensation', working: '6000 × 6', working_en: '6000 × 6', basis: '劳动合同法47',
  basis_en: 'LCL 47', note: '', note_en: '', amount: '3600000', payer: 'employer', ...more })
const kept = (...lines: Reckoned[]): Reckoning => ({ id: '1', calculator: 'SITUATION', amount: '0', warnings: '', warnings_en: '', at: '', lines, also: [], figures: '' })
const parties = [{ id: '7', kind: 'WORKER', part: 'PARTY', name: '韦大年' }, { id: '8', kind: 'EMPLOYER', part: 'PARTY', name: '百朋木业' }, { id: '9', kind: 'WORKER', part: 'AGENT', name: '某律师' }]

describe('what was computed', () => {
  test('is shown again with what it said for information and what else it found', () => {
    const r = asResult({ ...kept(line({})), also: [line({ label: '另一种算法', amount: '5' })], figures: '{"months":"3"}' })
    expect([r.also?.[0]?.label, r.values]).toEqual(['另一种算法', { months: '3' }])
    expect(asResult(kept(line({}))).values).toEqual({})
  })
  test('is owed by cause, without what a fund pays or what is nothing', () => {
    const r = kept(line({ cause: 'A02', label: '平日', amount: '100' }), line({ cause: 'A02', label: '休息日', amount: '250' }), line({ cause: 'G03', payer: 'fund', amount: '9' }), line({ amount: '0' }))
    expect(owedOf(r)).toEqual([{ cause: 'A02', money: 'COMPENSATION', payer: 'employer', amount: '350', label: '平日、休息日' }])
  })
  test('becomes an obligation from the employer to each worker, and a clause', () => {
    const row = agreed({ obligations: [{ duty: 'PAY', debtor_id: '8', method: '银行转账' }], result: '' }, kept(line({})), parties)
    expect(row.obligations).toEqual([{ duty: 'PAY', money: 'COMPENSATION', cause: 'B01', amount: '3600000', debtor_id: '8', creditor_ids: ['7'], method: '银行转账', due_on: undefined }])
    expect(row.total).toBe('3600000')
    expect(row.result).toBe('百朋木业向韦大年支付经济补偿36,000.00元。')
  })
  test('becomes what the applicant asks: a new sum for a cause that is claimed, another cause is added', () => {
    const before = [{ no: 1, cause: 'A01', amount: '500', basis: '三月' }, { no: 2, cause: 'B01', amount: '100', from: '2026-01-01', until: null, basis: '' }]
    const r = kept(line({}), line({ cause: 'A02', label: '加班费', amount: '250' }), line({ cause: 'G03', payer: 'fund', amount: '9' }), line({ cause: 'B08', payer: 'worker', amount: '7', label: '违约金' }))
    expect(claimed(before, r, 'WORKER')).toEqual([{ cause: 'A01', amount: '500', from: undefined, until: undefined, basis: '三月' },
      { cause: 'B01', amount: '3600000', from: '2026-01-01', until: null, basis: '' }, { cause: 'A02', amount: '250', basis: '加班费' }])
    expect(claimed([], r, 'EMPLOYER')).toEqual([{ cause: 'B08', amount: '7', basis: '违约金' }])
  })
  test('leaves other causes and other duties as they are, and puts its own sum in place of what was there', () => {
    const draft = { result: '一、双方解除劳动合同。', obligations: [{ duty: 'PAY', cause: 'A01', amount: '2000000' }, { duty: 'PAY', cause: 'B01', amount: '100' }, { duty: 'CERTIFICATE', what: '离职证明' }] }
    const row = agreed(draft, kept(line({})), parties)
    expect(row.obligations.map((o: { cause?: string; amount?: string }) => [o.cause, o.amount])).toEqual([['A01', '2000000'], [undefined, undefined], ['B01', '3600000']])
    expect(row.total).toBe('5600000')
    expect(row.result).toBe('一、双方解除劳动合同。\n百朋木业向韦大年支付经济补偿36,000.00元。')
    expect(agreed(draft, kept(line({ payer: 'fund' })), parties)).toBe(draft)
  })
  test('a worker who owes pays the employer', () => {
    const row = agreed({}, kept(line({ payer: 'worker', cause: 'B08', money: 'OTHER' })), parties)
    expect(row.obligations[0]).toMatchObject({ debtor_id: '7', creditor_ids: ['8'] })
  })
  test('is an offer with its working and article, below what was written', () => {
    expect(offered({ proposals: '先付一半' }, kept(line({}))).proposals).toBe('先付一半\n经济补偿36,000.00元（6000 × 6；劳动合同法47）')
  })
})
describe('a calculator that the case fills', () => {
  const f = (name: string, kind: CalcField['kind'], required = false): CalcField => ({ name, kind, required, label_zh: name, label_en: name })
  test('says what it needs and the case does not know, and what is to be looked at', () => {
    const got = filledFrom([f('hire', 'date', true), f('average_fen', 'money', true), f('reason', 'enum')], { input: { hire: '2024-03-01', reason: 'layoff', region: '45' }, missing: [], check: ['reason'] })
    expect(got.typed).toEqual({ hire: '2024-03-01', reason: 'layoff' })
    expect([got.lacks.map((x) => x.name), got.look.map((x) => x.name)]).toEqual([['average_fen'], ['reason']])
  })
  test('opens the parts that the facts speak of, and no field is in none', () => {
    expect(partsOf({ hire: '2024-03-01', reason: 'layoff', career_years: '5' })).toEqual(['end', 'leave'])
    const fields = [f('hire', 'date', true), f('reason', 'enum'), f('unheard_of', 'string')]
    expect(partFields(fields, PARTS.map((p) => p.key)).flatMap((p) => p.fields).length).toBe(3)
    expect(partFields(fields, []).flatMap((p) => p.fields.map((x) => x.name))).toEqual(['hire'])
  })
})
