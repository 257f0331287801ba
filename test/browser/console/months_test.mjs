/*
** The month's end and the statistics in a real browser against the real server: a
** town fills in and hands in its report, the centre takes it, the bureau closes the
** month; every number opens its cases; WCAG.
**   node test/browser/console/months_test.mjs
*/
import { createRequire } from 'node:module'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { House } from '../portal/house.mjs'

const root = resolve(import.meta.dirname, '../../..')
const need = createRequire(join(root, 'web/package.json'))
const { chromium } = need('playwright-core')
const axe = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.SHOTS
const SECRET = 'Harbour-7314-morning'

let passed = 0
let failed = 0
async function test(name, run) {
  try {
    await run()
    passed++
    console.log(`ok    ${name}`)
  } catch (e) {
    failed++
    console.log(`FAIL  ${name}\n      ${String(e.stack ?? e).split('\n').slice(0, 8).join('\n      ')}`)
    for (const page of pages) {
      const told = await page.locator('[role=alert]:visible').allInnerTexts().catch(() => [])
      if (told.length) console.log(`      on ${page.url()}: ${told.join(' / ')}`)
    }
    if (process.env.STOP) process.exit(1)
  }
}
function same(got, wanted, what) {
  if (got !== wanted) throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`)
}
function holds(it, what) {
  if (!it) throw new Error(what)
}

const house = await House.open()
const day = (back) => new Date(Date.now() - back * 86400000 + 8 * 3600000).toISOString().slice(0, 10)
execFileSync(resolve(root, process.env.BUILD ?? 'build', 'tiaojie'), ['demo', 'cases', '--folder', house.folder, '--synthetic', '90', '--from', day(120), '--to', day(1), '--demo'],
  { env: { ...process.env, TIAOJIE_DATA: join(root, 'data') }, stdio: 'ignore' })
const last = ((d) => new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() - 1, 1)).toISOString().slice(0, 7))(new Date(Date.now() + 8 * 3600000))
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const people = {}
const pages = []

async function visit(login, theme = 'light') {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await context.addInitScript((kept) => { if (!localStorage.getItem('tiaojie.preferences')) localStorage.setItem('tiaojie.preferences', kept) },
    JSON.stringify({ language: 'zh-CN', size: 'normal', theme }))
  const page = await context.newPage()
  page.setDefaultTimeout(10000)
  page.wrongs = []
  pages.push(page)
  page.on('pageerror', (e) => page.wrongs.push(String(e)))
  if (process.env.LOG) page.on('response', async (r) => {
    if (r.status() >= 400) console.log(`      ${r.status()} ${r.request().method()} ${r.url()} ${r.request().postData() ?? ''} -> ${await r.text().catch(() => '')}`)
  })
  page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d|ERR_INTERNET/.test(m.text())) page.wrongs.push(m.text()) })
  await page.goto(`${house.base}/console/`)
  if (login) await signIn(page, login)
  return page
}
async function signIn(page, login) {
  const first = !people[login]
  await page.fill('#login', login)
  await page.fill('#password', first ? house.passwords[login] : SECRET)
  await page.keyboard.press('Enter')
  if (first) {
    await page.fill('#new-password', SECRET)
    await page.fill('#two-password', SECRET)
    await page.keyboard.press('Enter')
    people[login] = true
  }
  await page.waitForSelector('.shell')
}
async function settle(page) {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => !document.querySelector('main .spin'))
  await page.waitForTimeout(350)
}
async function open(page, path) {
  await page.goto(`${house.base}/console${path}`)
  await page.waitForSelector('main h1')
  await settle(page)
}
async function clean(page, what) {
  await page.waitForTimeout(400) /* colours have come to rest */
  await page.evaluate(axe)
  /* what lies under a modal dialog cannot be used: the dialog is looked at alone */
  const found = await page.evaluate(() => window.axe.run({
    include: [[...document.querySelectorAll('.el-dialog')].filter((e) => e.offsetParent).pop() ?? document],
    /* of a dialog longer than the window axe takes the ground under the veil for that of what is scrolled away */
    exclude: document.querySelector('.el-dialog') ? [['.el-dialog .el-select__placeholder']] : [],
  }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  const bad = found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 140)} ${n.any[0]?.message ?? ''}`).join(' | ')}`)
  if (shots) {
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: join(shots, `${what.replace(/\W+/g, '-')}.png`) })
  }
  same(bad.join('\n'), '', `WCAG of ${what}`)
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  holds(over <= 0, `${what} is ${over} px too wide`)
  same(page.wrongs.join('\n'), '', `errors of ${what}`)
}

const bureau = await visit('bureau')
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

const manager = await visit('manager.town')
await test('a town fills in and hands in its month', async () => {
  await open(manager, `/months/${last}`)
  await manager.getByRole('button', { name: '填报' }).click()
  const dialog = manager.locator('.el-dialog')
  await dialog.locator('textarea').first().waitFor()
  holds((await dialog.locator('textarea').first().inputValue()).includes('受理'), 'the analysis is drafted')
  await clean(manager, 'month fill')
  await dialog.getByLabel('宣传（场）').fill('2')
  await dialog.getByRole('button', { name: '填报' }).click()
  await manager.getByText('已保存').waitFor()
  await manager.getByRole('button', { name: '报送' }).click()
  await manager.locator('.el-dialog').getByRole('button', { name: '报送' }).click()
  await manager.getByText('已报送第 1 版').waitFor()
  await settle(manager)
  await clean(manager, 'month own')
})

const head = await visit('head')
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
  if (shots) await bureau.screenshot({ path: join(shots, 'statistics-whole.png'), fullPage: true })
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
  const page = await (await browser.newContext({ viewport: { width: 390, height: 800 }, locale: 'zh-CN' })).newPage()
  page.wrongs = []
  await page.goto(`${house.base}/figures`)
  await page.getByRole('heading', { name: '公开数据' }).waitFor()
  await page.getByText('调解成功率', { exact: true }).waitFor()
  await clean(page, 'open figures')
  await page.context().close()
})

const told = execFileSync(resolve(root, process.env.BUILD ?? 'build', 'tiaojie'), ['user', 'reset', 'statistician', '--folder', house.folder, '--json'],
  { env: { ...process.env, TIAOJIE_DATA: join(root, 'data') }, encoding: 'utf8' })
house.passwords.statistician = JSON.parse(told).password
const stat = await visit('statistician')
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

await browser.close()
await house.close()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
