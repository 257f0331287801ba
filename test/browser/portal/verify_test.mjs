/*
** The verification page in a real browser: with and without scripts, Chinese and
** English, small and large; a file compared where it lies.
**   node test/browser/portal/verify_test.mjs      SHOTS=DIR: a picture of every page
*/
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { at, DESK, openBrowser, overhang, PHONE, SMALL, smallTargets, violations, visit } from './browser.mjs'
import { House, root } from './house.mjs'

const tests = []
const test = (name, run) => tests.push({ name, run })
const shots = process.env.SHOTS
if (shots) mkdirSync(shots, { recursive: true })
const must = (what, good) => { if (!good) throw new Error(what) }
const same = (what, got, wanted) => must(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`, JSON.stringify(got) === JSON.stringify(wanted))

async function owes(page, what) {
  if (shots) await page.screenshot({ path: `${shots}/${what}.png`, fullPage: true })
  same(`${what}: axe`, await violations(page), [])
  same(`${what}: over the side`, await overhang(page), [])
  same(`${what}: small targets`, await smallTargets(page, 44), [])
  same(`${what}: errors of the page`, page.wrongs, [])
}

/* An archived case of the demo, bound; its PDF's bytes. */
async function bound(house) {
  const binary = join(root, process.env.BUILD ?? 'build', 'tiaojie')
  execFileSync(binary, ['demo', 'cases', '--folder', house.folder, '--synthetic', '3'], { env: { ...process.env, TIAOJIE_DATA: join(root, 'data') } })
  const keeper = await house.as('archivist')
  const { items } = await keeper.get('/cases?state=archived')
  const one = items[0]
  await keeper.post(`/cases/${one.id}/bound`, { kind: 'main', format: 'PDF' })
  const volume = await house.wait(async () => (await keeper.get(`/cases/${one.id}/bound`)).items[0], 'the volume', 60000)
  const answer = await fetch(`${house.base}/api/v1/cases/${one.id}/bound/${volume.id}/content?reason=${encodeURIComponent('核对归档案卷')}`, { headers: { Cookie: keeper.cookie } })
  return { ...volume, applicant: one.applicant, bytes: Buffer.from(await answer.arrayBuffer()) }
}

test('a visitor types a code, sees what it is, and compares the file that was received', async ({ house, browser, volume }) => {
  for (const [name, viewport] of [['320', SMALL], ['390', PHONE], ['1280', DESK]]) {
    const page = await visit(browser, house.base, { viewport })
    await at(page, '/v')
    await owes(page, `verify-form-${name}`)
    await page.getByLabel(/验真码/).fill(volume.verify.toUpperCase().replace(/(.{4})/g, '$1 '))
    await page.getByRole('button', { name: '查验' }).click()
    await page.getByRole('heading', { name: '查到这份文书' }).waitFor()
    const text = await page.locator('.found').innerText()
    must('it holds', text.includes('有效'))
    must('its digest', text.includes(volume.sha256))
    must('no whole name', !text.includes(volume.applicant) && text.includes('*'))
    await page.locator('#file').setInputFiles({ name: '案卷.pdf', mimeType: 'application/pdf', buffer: volume.bytes })
    await page.locator('#result.good').waitFor()
    await owes(page, `verify-same-${name}`)
    const changed = Buffer.from(volume.bytes)
    changed[100] ^= 1
    await page.locator('#file').setInputFiles({ name: '案卷.pdf', mimeType: 'application/pdf', buffer: changed })
    await page.locator('#result.bad').waitFor()
    must('it says so', (await page.locator('#result').innerText()).includes('不一致'))
    await page.context().close()
  }
})

test('the page of a code works without a script, in English, by keyboard, and in the dark', async ({ house, browser, volume }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: SMALL, colorScheme: 'dark' })
  const page = await context.newPage()
  await page.goto(`${house.base}/v/${volume.verify}?lang=en`)
  must('it is one of ours', await page.getByRole('heading', { name: 'It is one of ours' }).isVisible())
  must('what needs a script is not shown', !(await page.locator('#compare').isVisible()))
  if (shots) await page.screenshot({ path: `${shots}/verify-dark-320.png`, fullPage: true })
  await page.getByLabel(/Verification code/).fill('0000 0000 0000 0000')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Nothing was found' }).waitFor({ timeout: 8000 })
  must('still English', (await page.locator('html').getAttribute('lang')) === 'en')
  await context.close()
})

test('what is not found is said, with whom to call; nothing that was typed becomes part of the page', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  await at(page, '/v?code=%3Cscript%3Ealert(1)%3C/script%3E&number=%22%3E%3Cimg src=x onerror=alert(1)%3E')
  await page.getByRole('heading', { name: '没有查到' }).waitFor()
  same('pictures', await page.locator('img').count(), 0)
  await owes(page, 'verify-unknown-390')
  await page.context().close()
})

const house = await House.open()
const browser = await openBrowser()
let passed = 0, failed = 0
try {
  const volume = await bound(house)
  for (const { name, run } of tests) {
    try {
      await run({ house, browser, volume })
      passed++
    } catch (error) {
      failed++
      console.log(`FAILED ${name}\n  ${error.message}`)
    }
  }
} catch (error) {
  failed++
  console.log(`FAILED ${error.message}`)
}
await browser.close()
await house.close()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
