import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { BLOCKS } from '@tiaojie/core'
import { JOBS, MESSAGES, NOTES } from '../src/words'

const source = `${import.meta.dirname}/../../../../src`
const files = (readdirSync(source, { recursive: true }) as string[]).filter((f) => f.endsWith('.c'))
const events = readFileSync(`${source}/law/event.h`, 'utf8')

/* The record of a case is read by people: what the program writes there has a name in it. */
it('every word that is written into the record of a case has its name', () => {
  const said = new Set<string>()
  for (const file of files) {
    const text = readFileSync(`${source}/${file}`, 'utf8')
    for (const [, rest] of text.matchAll(/case_note\(c, [^,]+,([^;]*)\);/g)) {
      const what = [...rest!.matchAll(/S\("([a-z_]+)"\)/g)].map((m) => m[1]!)
      for (const w of rest!.startsWith(' S(') ? what.slice(0, 1) : what) said.add(w)
    }
  }
  const words = [...said]
  expect(words.length).toBeGreaterThan(40)
  expect(words.filter((w) => !NOTES[w] && !events.includes(`"${w}"`))).toEqual([])
})

/* Who is told that a step is blocked is told by what. */
it('every reason for which a step is blocked has its name', () => {
  const said = new Set<string>()
  for (const file of files) {
    for (const [, why] of readFileSync(`${source}/${file}`, 'utf8').matchAll(/(?:ERR_BLOCKED,|p->why =) S\("([a-z_]+)"\)/g)) said.add(why!)
  }
  said.delete('trial') /* of a look that changes nothing, never answered */
  expect(said.size).toBeGreaterThan(40)
  expect([...said].filter((w) => !BLOCKS[w] && !BLOCKS[w.split('_')[0]!])).toEqual([])
})

/* Who looks after the machine reads what it does, and about what it writes to people. */
it('every job and every message has its name', () => {
  const all = files.map((file) => readFileSync(`${source}/${file}`, 'utf8')).join('\n')
  const named = (pattern: RegExp) => [...all.matchAll(pattern)].map((m) => m[1]!)
  const jobs = named(/\.word = "([a-z_]+)",[^}]*\.run = /g)
  const messages = named(/(?:\.template = |\bnotice_party\(c, [^;]*?|\btell\(c, m, [^;]*?)S\("([a-z_]+)"\)/g)
  const says = all.slice(all.indexOf('struct Says')).split('};')[0]!
  messages.push(...[...says.matchAll(/"([a-z]+_[a-z_]+)"/g)].map((m) => m[1]!))
  expect([jobs.length > 40, messages.length > 12]).toEqual([true, true])
  expect([...jobs.filter((w) => !JOBS[w]), ...messages.filter((w) => !MESSAGES[w])]).toEqual([])
})
