/*
** The archive in a real browser: a volume made, read for a reason, lent, and the
** lists of the office.
**   node test/browser/console/archive_test.mjs      SHOTS=DIR: a picture of every page
*/
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { at, DESK, openBrowser, overhang, violations, visit } from '../portal/browser.mjs'
import { House, root } from '../portal/house.mjs'

const shots = process.env.SHOTS
const SECRET = 'Harbour-7314-morning'
let passed = 0, failed = 0
const must = (what, good) => { if (!good) throw new Error(what) }
async function test(name, run) {
  try {
    await run()
    passed++
  } catch (error) {
    failed++
    console.log(`FAILED ${name}\n  ${String(error.stack).split('\n').slice(0, 4).join('\n  ')}`)
  }
}
async function owes(page, what) {
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(400)
  if (shots) await page.screenshot({ path: join(shots, `${what}.png`), fullPage: true })
  for (const [told, found] of [['axe', (await violations(page)).filter((v) => !/^(region|heading-order)/.test(v))], ['over the side', await overhang(page)], ['errors', page.wrongs]]) {
    must(`${what}: ${told}: ${found.join('; ')}`, found.length === 0)
  }
}

const house = await House.open()
const binary = join(root, process.env.BUILD ?? 'build', 'tiaojie')
execFileSync(binary, ['demo', 'cases', '--folder', house.folder, '--synthetic', '3'], { env: { ...process.env, TIAOJIE_DATA: join(root, 'data') } })
const browser = await openBrowser()
const page = await visit(browser, house.base, { viewport: DESK })
await page.goto(`${house.base}/console/`)
await page.fill('#login', 'archivist')
await page.fill('#password', house.passwords.archivist)
await page.keyboard.press('Enter')
await page.fill('#new-password', SECRET)
await page.fill('#two-password', SECRET)
await page.keyboard.press('Enter')
await page.waitForSelector('.shell')
const { items } = await (await page.request.get(`${house.base}/api/v1/cases?state=archived`)).json()
const path = `/console/cases/${items[0].id}/papers`
const dialog = () => page.locator('.el-dialog:visible').last()
async function pick(label, text) {
  const box = dialog().getByLabel(label)
  if (await box.evaluate((e) => e.tagName === 'SELECT')) return box.selectOption({ label: text })
  await box.click()
  await page.locator('.el-select-dropdown__item:visible', { hasText: text }).first().click()
}

await test('a volume is made, and read for a reason', async () => {
  await at(page, path)
  await page.getByText('归档后由系统自动装订').waitFor()
  await page.getByRole('button', { name: '制作卷宗' }).click()
  await pick('卷', '正卷')
  await pick('格式', 'PDF')
  await dialog().locator('button.primary, button[type=submit]').last().click()
  await page.locator('tr', { hasText: '正卷 PDF' }).waitFor({ timeout: 30000 })
  must('not without a reason', await page.getByRole('link', { name: /^查阅/ }).count() === 0)
  await page.getByLabel(/查阅理由/).fill('复核归档案卷')
  const link = page.getByRole('link', { name: /^查阅/ })
  const answer = await page.request.get(house.base + await link.getAttribute('href'))
  must(`the volume: ${answer.status()}`, answer.status() === 200 && (await answer.body()).subarray(0, 5).toString() === '%PDF-')
  await owes(page, 'archive-case')
})

await test('a file is asked for, and stands in the log; nothing is due yet', async () => {
  await page.getByRole('button', { name: '申请借阅' }).click()
  await dialog().getByLabel(/^借阅人\b|借阅人 ?\*?$/).first().fill('韦法官')
  await pick('借阅人身份', '仲裁、法院、检察等机关')
  await pick('卷', '正卷')
  await pick('方式', '复制')
  await dialog().getByLabel('借阅事由').fill('办案需要')
  const due = dialog().getByLabel('应还日期')
  await due.fill('2099-01-05')
  await due.press('Enter')
  if (await dialog().count()) await dialog().locator('button.primary, button[type=submit]').last().click().catch(() => {})
  await page.locator('tr', { hasText: '韦法官' }).waitFor()
  await at(page, '/console/archive/loans')
  await page.locator('tr', { hasText: '韦法官' }).waitFor()
  await owes(page, 'archive-loans')
  await at(page, '/console/archive')
  await page.getByText('没有保管期满的案卷').waitFor()
  await owes(page, 'archive-due')
})

await browser.close()
await house.close()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
