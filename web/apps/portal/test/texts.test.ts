import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readRoster } from '../src/apply/roster'
import { ahead, OPTIONS, type Ask, type Found } from '../src/scope'

const folder = `${import.meta.dirname}/../src`
const names = readdirSync(`${folder}/texts`).filter((f) => f.endsWith('.zh.ts')).map((f) => f.slice(0, -6))
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()

describe.each(names)('texts of %s', (name) => {
  it('are complete in English, with the same places, and in English', async () => {
    const zh = (await import(`../src/texts/${name}.zh.ts`)).default as Record<string, string>
    const en = (await import(`../src/texts/${name}.en.ts`)).default as Record<string, string>
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
    for (const key of Object.keys(zh)) {
      expect(en[key], key).toBeTruthy()
      expect(places(en[key]!), key).toEqual(places(zh[key]!))
      if (key !== 'english') expect(en[key], key).not.toMatch(/[\u4e00-\u9fff]/)
    }
  })
})

it('no page has Chinese outside its texts', () => {
  const files = readdirSync(folder, { recursive: true }) as string[]
  for (const file of files.filter((f) => f.endsWith('.vue'))) {
    const template = readFileSync(`${folder}/${file}`, 'utf8').replace(/<!--.*?-->|\/\*[\s\S]*?\*\//g, '')
    expect(template.replace(/[：、，。～]/g, ''), file).not.toMatch(/[\u4e00-\u9fff]/)
  }
})

describe('the scope test', () => {
  const asks: Ask[] = ['employer', 'relation', 'about', 'limited', 'prior', 'age']
  function ends(found: Found, seen: Set<string>): void {
    const now = ahead(found)
    if (typeof now !== 'string') {
      seen.add(now.end)
      return
    }
    expect(asks).toContain(now)
    for (const option of OPTIONS[now](found)) ends({ ...found, [now]: option }, seen)
  }
  it('ends every way, and every end is one the data has', () => {
    const seen = new Set<string>()
    ends({}, seen)
    const routes = readFileSync(`${import.meta.dirname}/../../../../data/routes.csv`, 'utf8')
    for (const end of seen) if (end.startsWith('NR')) expect(routes).toContain(`\n${end},`)
    expect([...seen].sort()).toEqual(['NR1', 'NR10', 'NR11', 'NR12', 'NR15', 'NR16', 'NR2', 'NR3', 'NR4', 'NR5', 'NR6', 'NR8', 'NR9', 'apply', 'unsure'])
  })
  it('answers as the house does', () => {
    const base = { employer: 'FIRM', relation: 'LABOUR', about: 'WORK', prior: 'NONE', age: 'OVER' }
    expect(ahead(base)).toMatchObject({ end: 'apply', notes: [] })
    expect(ahead({ ...base, about: 'CONTRIBUTION' })).toMatchObject({ end: 'apply', notes: ['NR7'] })
    expect(ahead({ ...base, age: 'UNDER' })).toMatchObject({ end: 'NR15' })
    expect(ahead({ ...base, about: 'INJURY', age: 'UNDER' })).toMatchObject({ end: 'apply', notes: ['NR15'] })
    expect(ahead({ ...base, relation: 'OVERAGE', limited: 'NO' })).toMatchObject({ end: 'NR16' })
    expect(ahead({ ...base, employer: 'PLATFORM', relation: 'NEF', limited: 'YES' })).toMatchObject({ end: 'apply', mediationOnly: true })
    expect(ahead({ ...base, employer: 'PLATFORM', relation: 'NEF', limited: 'RELATION' })).toMatchObject({ end: 'apply', relation: 'LABOUR', mediationOnly: false })
    expect(ahead({ employer: 'HOUSEHOLD' })).toMatchObject({ end: 'NR4' })
  })
})

describe('a roster', () => {
  it('is read in any order, with a header, and every bad line is named', () => {
    const rows = readRoster('姓名,身份证,手机\n张三\t11010519491231002X\t13800138000\n13800138001，李四，450206199003071239\n王五 123 13800138002\n\n赵六 11010519491231002X 13800138003\nA·B,450206199003071239,1380013')
    expect(rows.map((r) => [r.line, r.name, r.fault])).toEqual([[2, '张三', ''], [3, '李四', ''], [4, '王五', 'id'], [6, '赵六', 'twice'], [7, 'A·B', 'mobile']])
  })
})
