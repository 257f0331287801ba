/*
** What every browser test has: a house, a browser, tests that are counted, pictures.
**
**   const { house, browser, test, end } = await frame({ cases: 90, alone: true })
**   await test('somebody gets what he wants', async () => { … })
**   await end()                     the last line says how many got it
**
**   node …_test.mjs [WORD…]         only tests whose names have a WORD
**   SHOTS=DIR                       a picture of every page that is looked at
**   LOG=1                           what the server refused        STOP=1   the first failure ends it
*/
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser, overhang, smallTargets, violations } from './browser.mjs'
import { House } from './house.mjs'

const shots = process.env.SHOTS
if (shots) mkdirSync(shots, { recursive: true })

export function holds(it, what) {
  if (!it) throw new Error(what)
}
export function same(got, wanted, what) {
  holds(JSON.stringify(got) === JSON.stringify(wanted), `${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`)
}

export async function shoot(page, what, fullPage = true) {
  if (shots) await page.screenshot({ path: join(shots, `${what.replace(/[^\w.-]+/g, '-')}.png`), fullPage }).catch(() => undefined)
}

/* Every page owes this to everybody: WCAG 2.2 AA, nothing over the side, no errors of
** its own; on a phone (`least` px) targets that can be met.  From its top: wherever else it
** stands, something is half under the head, which axe takes for a small target. */
export async function owes(page, what, { least = 0, rules = [], whole = true } = {}) {
  if (whole) await page.evaluate(() => window.scrollTo(0, 0))
  await shoot(page, what, whole)
  same(await violations(page, rules), [], `${what}: axe`)
  same(await overhang(page), [], `${what}: over the side`)
  if (least) same(await smallTargets(page, least), [], `${what}: small targets`)
  same(page.wrongs, [], `${what}: errors of the page`)
}

/* What the open pages say, for whoever looks for the fault. */
async function tell(browser, n) {
  const pages = browser.contexts().flatMap((c) => c.pages())
  for (const [i, page] of pages.entries()) {
    const told = await page.locator('[role=alert]:visible').allInnerTexts().catch(() => [])
    if (told.length) console.log(`       on ${page.url()}: ${told.join(' / ')}`)
    await shoot(page, `FAIL-${n}-${i}`)
  }
}

/* `alone`: each test has its own pages, closed behind it. */
export async function frame({ alone = false, ...of } = {}) {
  const words = process.argv.slice(2)
  const began = Date.now()
  const house = await House.open(of)
  const browser = await openBrowser()
  let passed = 0
  let failed = 0
  async function test(name, run) {
    if (words.length && !words.some((w) => name.includes(w))) return
    const start = Date.now()
    try {
      await run()
      passed++
      console.log(`  ok   ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`)
    } catch (e) {
      failed++
      console.log(`  FAIL ${name}\n       ${String(e.stack ?? e).split('\n').slice(0, 12).join('\n       ')}`)
      await tell(browser, failed)
      if (process.env.STOP) await end()
    }
    if (alone) for (const context of browser.contexts()) await context.close()
  }
  async function end() {
    await browser.close()
    await house.close()
    console.log(`       ${((Date.now() - began) / 1000).toFixed(1)} s in all`)
    console.log(`${passed} passed, ${failed} failed`)
    process.exit(failed ? 1 : 0)
  }
  return { house, browser, test, end }
}
