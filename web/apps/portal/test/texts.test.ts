import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readRoster } from '@tiaojie/core'
import { ahead, OPTIONS, questionOf, type Ask, type Found } from '../src/scope'

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

/* Low literacy: a sentence, and what stands between two marks, has a length one can read aloud. */
it.each(names)('%s reads easily: 60 characters a sentence, 25 at a stretch', async (name) => {
  const zh = (await import(`../src/texts/${name}.zh.ts`)).default as Record<string, string>
  for (const [key, text] of Object.entries(zh)) {
    for (const sentence of text.split(/[。！？；\n]/)) {
      expect(sentence.length, `${name}.${key}: ${sentence}`).toBeLessThanOrEqual(60)
      for (const part of sentence.split(/[，、：（）“”《》\s]/)) expect(part.length, `${name}.${key}: ${part}`).toBeLessThanOrEqual(25)
    }
  }
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
  const seen: string[] = []
  function ends(found: Found): void {
    const now = ahead(found)
    if (!now) {
      const q = questionOf(found, '2026-02-28')
      seen.push([q.employer, q.relation, q.matters, q.causes, q.birth].join(' '))
      return
    }
    expect(asks).toContain(now)
    for (const option of OPTIONS[now](found)) ends({ ...found, [now]: option })
  }
  it('ends every way in a question that the server knows', () => {
    ends({})
    const words = readFileSync(`${import.meta.dirname}/../../../../src/law/scope_facts.h`, 'utf8')
    const causes = readFileSync(`${import.meta.dirname}/../../../../data/causes.csv`, 'utf8')
    for (const line of seen) {
      const [employer, relation, matter, cause] = line.split(' ')
      expect(words).toContain(`X(${employer},`)
      expect(words).toContain(`X(${relation},`)
      if (matter) expect(words).toMatch(new RegExp(`X\\(${matter},`))
      if (cause) expect(causes).toContain(`\n${cause},`)
    }
    expect(new Set(seen).size).toBeGreaterThan(40)
  })
  it('says what was answered in the words of the server', () => {
    const base = { employer: 'FIRM', relation: 'LABOUR', about: 'WORK', prior: 'NONE', age: 'OVER' }
    expect(questionOf(base, '2026-03-02')).toMatchObject({ employer: 'ENT', relation: 'LABOUR', causes: 'A01' })
    expect(questionOf({ ...base, prior: 'PRIOR' }, '2026-03-02')).toMatchObject({ matters: 'PRIOR' })
    expect(questionOf({ ...base, age: 'UNDER' }, '2024-02-29')).toMatchObject({ birth: '2009-02-28' })
    expect(questionOf({ ...base, employer: 'PLATFORM', relation: 'NEF', limited: 'RELATION' }, '2026-03-02')).toMatchObject({ causes: 'C01' })
    expect(questionOf({ employer: 'HOUSEHOLD' }, '2026-03-02')).toMatchObject({ employer: 'HOUSEHOLD', relation: 'DOMESTIC' })
  })
})

describe('a roster', () => {
  it('is read in any order, with a header, and every bad line is named', () => {
    const rows = readRoster('姓名,身份证,手机\n张三\t11010519491231002X\t13800138000\n13800138001，李四，450206199003071239\n王五 123 13800138002\n\n赵六 11010519491231002X 13800138003\nA·B,450206199003071239,1380013')
    expect(rows.map((r) => [r.line, r.name, r.fault])).toEqual([[2, '张三', ''], [3, '李四', ''], [4, '王五', 'id'], [6, '赵六', 'twice'], [7, 'A·B', 'mobile']])
  })
})
