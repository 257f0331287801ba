/*
** The verification page in a real browser: with and without scripts, Chinese and
** English, small and large; a file compared where it lies.
**   node test/browser/portal/verify_test.mjs [WORD…]
*/
import { at, DESK, PHONE, SMALL, visit } from '../lib/browser.mjs'
import { frame, holds, owes as owesAll, same, shoot } from '../lib/frame.mjs'

const { house, browser, test, end } = await frame({ cases: 90, alone: true })
const owes = (page, what) => owesAll(page, what, { least: 44, rules: ['best-practice'] })

/* An archived case of the demo, bound; its PDF's bytes. */
async function bound() {
  const keeper = await house.as('archivist')
  const { items } = await keeper.get('/cases?state=archived')
  const one = items[0]
  await keeper.post(`/cases/${one.id}/bound`, { kind: 'main', format: 'PDF' })
  const volume = await house.wait(async () => (await keeper.get(`/cases/${one.id}/bound`)).items[0], 'the volume', 60000)
  const answer = await fetch(`${house.base}/api/v1/cases/${one.id}/bound/${volume.id}/content?reason=${encodeURIComponent('核对归档案卷')}`, { headers: { Cookie: keeper.cookie } })
  return { ...volume, applicant: one.applicant, bytes: Buffer.from(await answer.arrayBuffer()) }
}
const volume = await bound()

await test('a visitor types a code, sees what it is, and compares the file that was received', async () => {
  for (const [name, viewport] of [['320', SMALL], ['390', PHONE], ['1280', DESK]]) {
    const page = await visit(browser, house.base, { viewport })
    await at(page, '/v')
    await owes(page, `verify-form-${name}`)
    await page.getByLabel(/验真码/).fill(volume.verify.toUpperCase().replace(/(.{4})/g, '$1 '))
    await page.getByRole('button', { name: '查验' }).click()
    await page.getByRole('heading', { name: '查到这份文书' }).waitFor()
    const text = await page.locator('.found').innerText()
    holds(text.includes('有效'), 'it holds')
    holds(text.includes(volume.sha256), 'its digest')
    holds(!text.includes(volume.applicant) && text.includes('*'), 'no whole name')
    await page.locator('#file').setInputFiles({ name: '案卷.pdf', mimeType: 'application/pdf', buffer: volume.bytes })
    await page.locator('#result.good').waitFor()
    await owes(page, `verify-same-${name}`)
    const changed = Buffer.from(volume.bytes)
    changed[100] ^= 1
    await page.locator('#file').setInputFiles({ name: '案卷.pdf', mimeType: 'application/pdf', buffer: changed })
    await page.locator('#result.bad').waitFor()
    holds((await page.locator('#result').innerText()).includes('不一致'), 'it says so')
    await page.context().close()
  }
})

await test('the page of a code works without a script, in English, by keyboard, and in the dark', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: SMALL, colorScheme: 'dark' })
  const page = await context.newPage()
  await page.goto(`${house.base}/v/${volume.verify}?lang=en`)
  holds(await page.getByRole('heading', { name: 'It is one of ours' }).isVisible(), 'it is one of ours')
  holds(!(await page.locator('#compare').isVisible()), 'what needs a script is not shown')
  await shoot(page, 'verify-dark-320')
  await page.getByLabel(/Verification code/).fill('0000 0000 0000 0000')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Nothing was found' }).waitFor()
  holds((await page.locator('html').getAttribute('lang')) === 'en', 'still English')
  await context.close()
})

await test('what is not found is said, with whom to call; nothing that was typed becomes part of the page', async () => {
  const page = await visit(browser, house.base)
  await at(page, '/v?code=%3Cscript%3Ealert(1)%3C/script%3E&number=%22%3E%3Cimg src=x onerror=alert(1)%3E')
  await page.getByRole('heading', { name: '没有查到' }).waitFor()
  same(await page.locator('img').count(), 0, 'pictures')
  await owes(page, 'verify-unknown-390')
  await page.context().close()
})

await end()
