/*
** The month's end and the statistics in a real browser against the real server: a
** town fills in and hands in its report, the centre takes it, the bureau closes the
** month; every number opens its cases; WCAG.
**   node test/browser/console/months_test.mjs [WORD…]
*/
import { at, visit } from '../lib/browser.mjs'
import { clean, open, settle, staff } from '../lib/desk.mjs'
import { frame, holds, same } from '../lib/frame.mjs'

const { house, browser, test, end } = await frame({ cases: 90 })
const last = ((d) => new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() - 1, 1)).toISOString().slice(0, 7))(new Date(Date.now() + 8 * 3600e3))

const bureau = await staff(browser, house, 'bureau')
await house.wait(async () => (await bureau.evaluate(async () => (await (await fetch('/api/v1/statistics?from=2020-01&to=2024-12')).json()).counting)) === 0, 'the counting', 120000)

await test('the bureau sees its network, who is missing, and each number opens its cases', async () => {
  await open(bureau, `/months/${last}?scope=tree`)
  await bureau.getByRole('heading', { name: '报送情况' }).waitFor()
  holds((await bureau.locator('main table.list').first().locator('tbody tr').count()) > 0, 'the board has rows')
  await clean(bureau, `months tree`)
  await bureau.locator('.sheet a').first().click()
  await bureau.getByRole('heading', { name: '数字的案件' }).waitFor()
  await settle(bureau)
  holds((await bureau.locator('main tbody tr').count()) > 0, 'the number has cases')
  await clean(bureau, 'month cases')
  await bureau.locator('main tbody a').first().click()
  await bureau.waitForURL(/\/cases\/\d+/)
})

const manager = await staff(browser, house, 'manager.town')
await test('a town fills in and hands in its month', async () => {
  await open(manager, `/months/${last}`)
  await manager.getByRole('button', { name: '填报' }).click()
  const dialog = manager.locator('.el-dialog')
  await dialog.locator('textarea').first().waitFor()
  holds((await dialog.locator('textarea').first().inputValue()).includes('受理'), 'the analysis is drafted')
  await clean(manager, 'month fill')
  same(await dialog.getByLabel('风险新增').count(), 0, 'risks are counted from their ledger, not typed')
  await dialog.getByRole('button', { name: '填报' }).click()
  await manager.getByText('已保存').waitFor()
  await manager.getByRole('button', { name: '报送' }).click()
  const stands = () => manager.evaluate(() => Math.round(window.scrollY))
  const was = await stands()
  await manager.locator('.el-dialog').getByRole('button', { name: '报送' }).click()
  await manager.getByText('已报送第 1 版').waitFor()
  await settle(manager)
  same(await stands(), was, 'the page stays where the pointer left it, though its button is gone')
  await clean(manager, 'month own')
})

const head = await staff(browser, house, 'head')
await test('the centre gives it back with a reason, then takes it', async () => {
  await open(head, `/months/${last}`)
  await head.getByRole('link', { name: /拉堡镇/ }).first().click()
  await settle(head)
  await head.getByRole('button', { name: '退回' }).click()
  await head.locator('.el-dialog textarea').fill('请核实宣传场次')
  await head.locator('.el-dialog').getByRole('button', { name: '退回' }).click()
  await head.getByText('退回理由：请核实宣传场次').waitFor()
  await open(manager, `/months/${last}`)
  await manager.getByText('退回理由：请核实宣传场次').waitFor()
  await manager.getByRole('button', { name: '报送' }).click()
  await manager.locator('.el-dialog').getByRole('button', { name: '报送' }).click()
  await manager.getByText('已报送第 2 版').waitFor()
  await head.reload()
  await settle(head)
  await head.getByRole('button', { name: '锁定' }).click()
  await head.locator('.el-dialog').getByRole('button', { name: '锁定' }).click()
  await head.locator('.tag', { hasText: '已锁定' }).first().waitFor()
  await clean(head, 'month taken')
})

await test('the bureau reminds those missing and closes the month', async () => {
  await open(bureau, `/months/${last}`)
  await bureau.getByRole('button', { name: '提醒未报组织' }).click()
  await bureau.getByText(/已提醒 \d+ 个组织/).waitFor()
  await bureau.getByRole('button', { name: '月末关账' }).click()
  await bureau.locator('.el-dialog textarea').fill('其余组织无案件，次月补报')
  await bureau.locator('.el-dialog').getByRole('button', { name: '月末关账' }).click()
  await bureau.getByText('已关账（第 1 版）').waitFor()
  await settle(bureau)
  await clean(bureau, 'month closed')
})

await test('statistics: charts with tables, tiles, funnels; a number opens its cases', async () => {
  await open(bureau, '/statistics')
  await bureau.waitForSelector('canvas')
  await bureau.waitForTimeout(300)
  await clean(bureau, 'statistics')
  await bureau.locator('.tiles a').first().click()
  await settle(bureau)
  holds(/org=/.test(bureau.url()), 'a tile opens its place')
  await bureau.locator('main table a').first().click()
  await bureau.getByRole('heading', { name: '数字的案件' }).waitFor()
  await settle(bureau)
  holds((await bureau.locator('main tbody tr').count()) > 0, 'the cell has cases')
})

await test('the bureau publishes its sums on the portal', async () => {
  await open(bureau, '/statistics')
  await bureau.getByRole('button', { name: '对外公开' }).click()
  await bureau.getByText('已对外公开').waitFor()
  const page = await visit(browser, house.base)
  await at(page, '/figures')
  await page.getByRole('heading', { name: '公开数据' }).waitFor()
  await page.getByText('调解成功率', { exact: true }).waitFor()
  await clean(page, 'open figures')
  await page.context().close()
})

house.reset('statistician')
const stat = await staff(browser, house, 'statistician')
await test('who sees no names gets no small numbers and no cases', async () => {
  await open(stat, '/statistics')
  await stat.getByText('去标识化统计').waitFor()
  same(await stat.locator('a[href*="/cases?line"]').count(), 0, 'links to cases')
  await open(stat, `/months/${last}/cases?line=accepted`)
  await stat.getByRole('heading', { name: '没有这个页面' }).waitFor()
})

await test('the big screen and the board for print', async () => {
  await bureau.setViewportSize({ width: 1920, height: 1080 })
  await open(bureau, '/screen')
  await bureau.waitForSelector('.screen .heads')
  await clean(bureau, 'screen')
  await open(bureau, '/screen?paper=1')
  await clean(bureau, 'paper')
  await bureau.setViewportSize({ width: 1280, height: 900 })
})

await end()
