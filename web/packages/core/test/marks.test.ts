import { expect, test } from 'vitest'
import { lacking, signers } from '../src'

const worker = (id: string, part = 'PARTY', more = {}) => ({ id, name: `劳动者${id}`, side: 'APPL', part, ...more })
const firm = { id: '9', name: '单位', side: 'RESP', part: 'PARTY' }
const all = ['MARK_APPLICANT', 'MARK_RESPONDENT', 'MARK_MEDIATOR', 'MARK_SEAL'].map((code) => ({ code }))

test('each who has not signed is named, then the mediator and the seal', () => {
  const lacks = lacking(all, [], [worker('1'), worker('2'), firm])
  expect(lacks.map((l) => [l.kind, l.party_id])).toEqual([['PARTY', '1'], ['PARTY', '2'], ['PARTY', '9'], ['MEDIATOR', ''], ['SEAL', '']])
})
test('elected representatives sign for their side, and who has left it does not', () => {
  expect(signers([worker('1'), worker('2', 'REP'), worker('3', 'PARTY', { split_on: '2026-01-01' })], 'APPL').map((p) => p.id)).toEqual(['2'])
})
test('a mark that is there is not asked for again', () => {
  expect(lacking([{ code: 'MARK_APPLICANT' }], [{ kind: 'PARTY', party_id: '1' }], [worker('1'), worker('2')]).map((l) => l.party_id)).toEqual(['2'])
})
