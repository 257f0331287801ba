/*
** The archive in a real browser: a volume made, read for a reason, lent, and the
** lists of the office.
**   node test/browser/console/archive_test.mjs [WORD…]
*/
import { at } from '../lib/browser.mjs'
import { clean, dialog as dialogOf, staff } from '../lib/desk.mjs'
import { frame, holds } from '../lib/frame.mjs'

const { house, browser, test, end } = await frame({ cases: 90 })
const page = await staff(browser, house, 'archivist')
const { items } = await (await house.as('archivist')).get('/cases?state=archived')
const path = `/console/cases/${items[0].id}/papers`
const dialog = () => dialogOf(page)
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
  await page.locator('tr', { hasText: '正卷 PDF' }).waitFor({ timeout: 300000 })
  holds(await page.getByRole('link', { name: /^查阅/ }).count() === 0, 'not without a reason')
  await page.getByLabel(/查阅理由/).fill('复核归档案卷')
  const link = page.getByRole('link', { name: /^查阅/ })
  const answer = await page.request.get(house.base + await link.getAttribute('href'))
  holds(answer.status() === 200 && (await answer.body()).subarray(0, 5).toString() === '%PDF-', `the volume: ${answer.status()}`)
  await clean(page, 'archive-case')
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
  await clean(page, 'archive-loans')
  await at(page, '/console/archive')
  await page.getByText('没有保管期满的案卷').waitFor()
  await clean(page, 'archive-due')
})

await end()
