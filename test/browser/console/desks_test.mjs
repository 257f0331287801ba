/*
** The desks beside the cases, in a browser against the real server: a meeting from
** its planning to a decision that is done, and case subsidies from the claim to the
** paid list, each step by another person; keyboard, WCAG, walls.
**   node test/browser/console/desks_test.mjs
*/
import { createRequire } from 'node:module'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { House } from '../portal/house.mjs'

const root = resolve(import.meta.dirname, '../../..')
const need = createRequire(join(root, 'web/package.json'))
const { chromium } = need('playwright-core')
const axe = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8')
const shots = process.env.SHOTS
const SECRET = 'Harbour-7314-morning'
const PROOF = { name: 'invoice.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') }

let passed = 0
let failed = 0
async function test(name, run) {
  try {
    await run()
    passed++
    console.log(`ok    ${name}`)
  } catch (e) {
    failed++
    console.log(`FAIL  ${name}\n      ${String(e.stack ?? e).split('\n').slice(0, 6).join('\n      ')}`)
    for (const page of pages) {
      const told = await page.locator('[role=alert]:visible').allInnerTexts().catch(() => [])
      if (told.length) console.log(`      on ${page.url()}: ${told.join(' / ')}`)
      if (shots) await page.screenshot({ path: join(shots, `failed-${failed}-${pages.indexOf(page)}.png`) }).catch(() => undefined)
    }
  }
}
function same(got, wanted, what) {
  if (got !== wanted) throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`)
}
function holds(it, what) {
  if (!it) throw new Error(what)
}

const house = await House.open({ cases: 40 })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const known = new Set()
const pages = []

async function visit(login) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  page.setDefaultTimeout(10000)
  page.wrongs = []
  pages.push(page)
  page.on('pageerror', (e) => page.wrongs.push(String(e)))
  await page.goto(`${house.base}/console/`)
  await page.fill('#login', login)
  await page.fill('#password', known.has(login) ? SECRET : house.passwords[login])
  await page.keyboard.press('Enter')
  if (!known.has(login)) {
    await page.fill('#new-password', SECRET)
    await page.fill('#two-password', SECRET)
    await page.keyboard.press('Enter')
    known.add(login)
  }
  await page.waitForSelector('.shell')
  return page
}
async function settle(page) {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => !document.querySelector('main .spin'))
  await page.waitForTimeout(250)
}
async function open(page, path) {
  await page.goto(`${house.base}/console${path}`)
  await page.waitForSelector('main h1')
  await settle(page)
}
async function clean(page, what) {
  await page.waitForTimeout(300)
  await page.evaluate(axe)
  const found = await page.evaluate(() => window.axe.run({
    include: [[...document.querySelectorAll('.el-dialog')].filter((e) => e.offsetParent).pop() ?? document],
    exclude: document.querySelector('.el-dialog') ? [['.el-dialog .el-select__placeholder']] : [],
  }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  if (shots) {
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: join(shots, `${what.replace(/\W+/g, '-')}.png`) })
  }
  same(found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 140)).join(' | ')}`).join('\n'), '', `WCAG of ${what}`)
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  holds(over <= 0, `${what} is ${over} px too wide`)
  same(page.wrongs.join('\n'), '', `errors of ${what}`)
}
async function press(page, name) {
  await page.getByRole('button', { name, exact: true }).first().click()
}
async function submit(page, fields = {}) {
  const dialog = page.locator('.el-dialog:visible').last()
  await dialog.waitFor()
  await settle(page)
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label, { exact: false }).first().fill(value)
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'hidden' })
  await settle(page)
}

const bureau = await visit('bureau')
let meeting = ''

await test('a meeting is planned by whose turn it is, and its agenda fills itself', async () => {
  await open(bureau, '/meetings')
  await clean(bureau, 'meetings')
  await press(bureau, '筹备会议')
  const dialog = bureau.locator('.el-dialog:visible')
  await dialog.waitFor()
  await settle(bureau)
  await clean(bureau, 'plan a meeting')
  await dialog.locator('select').first().selectOption('JOINT')
  await dialog.getByLabel('会议名称').fill('第四次联席会议')
  await dialog.getByLabel('召开时间').fill('2099-03-02 09:30')
  await bureau.keyboard.press('Enter')
  await dialog.getByLabel('会议名称').click()
  await dialog.locator('button[type=submit]').click()
  await bureau.waitForURL(/\/meetings\/\d+/)
  meeting = bureau.url().match(/meetings\/(\d+)/)[1]
  await settle(bureau)
  holds((await bureau.innerText('main')).includes('工商业联合会'), 'the employers’ body convenes after the union')
  await press(bureau, '自动生成')
  await bureau.getByText('超期未结与逾期未履行').waitFor()
  await press(bureau, '邀请全部成员单位')
  await bureau.getByText('区委政法委').waitFor()
  await clean(bureau, 'a meeting')
})

await test('notices go out, it is held, minutes are written and a decision is made', async () => {
  await press(bureau, '发出通知')
  await submit(bureau)
  await press(bureau, '登记召开')
  await submit(bureau)
  await bureau.getByRole('button', { name: /登记到会.*总工会/ }).click()
  await bureau.locator('.el-dialog:visible select').first().selectOption('PRESENT')
  await submit(bureau)
  await press(bureau, '记录纪要')
  await submit(bureau, { 会议纪要: '会议研究了年底欠薪高发期的联动处置。' })
  await bureau.getByText('第 1 版').waitFor()
  await press(bureau, '登记议定事项')
  const dialog = bureau.locator('.el-dialog:visible')
  await dialog.waitFor()
  await settle(bureau)
  await dialog.getByLabel('任务', { exact: false }).first().fill('联合走访欠薪高发企业')
  await dialog.getByLabel('牵头单位', { exact: true }).click()
  await bureau.locator('.el-select-dropdown__item:visible', { hasText: '总工会' }).first().click()
  await dialog.getByLabel('完成时限').fill('2099-06-30')
  await bureau.keyboard.press('Enter')
  await clean(bureau, 'a decision')
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'hidden' })
  await bureau.getByRole('link', { name: '联合走访欠薪高发企业' }).waitFor()
  await press(bureau, '办结')
  await bureau.locator('.el-dialog:visible button[type=submit]').click()
  await bureau.getByText('还有未完成的议定事项').waitFor()
  await bureau.locator('.el-dialog:visible').getByRole('button', { name: '取消' }).click()
})

await test('the board has a lane a unit, and marks what is overdue', async () => {
  await open(bureau, '/board')
  holds(await bureau.locator('.lane').count() >= 8, 'a lane for each member unit')
  holds(await bureau.locator('.task.late').count() >= 3, 'overdue tasks are marked')
  await clean(bureau, 'the board')
  await bureau.locator('.task', { hasText: '联合走访' }).focus()
  await bureau.keyboard.press('Enter')
  await bureau.waitForURL(/\/board\/\d+/)
  await settle(bureau)
  await bureau.locator('.detail').getByText('总工会', { exact: true }).waitFor()
  await clean(bureau, 'a task')
  await press(bureau, '报告完成')
  await bureau.locator('.el-dialog:visible textarea').fill('已完成')
  await bureau.locator('.el-dialog:visible button[type=submit]').click()
  await bureau.getByText('须先上传完成凭证').waitFor()
})

await test('budgets show what is left, and every yuan opens its case', async () => {
  await open(bureau, '/funds/budgets')
  holds(await bureau.locator('.bar-of').count() >= 7, 'a bar a budget')
  await clean(bureau, 'budgets')
  await bureau.locator('.bars li').first().getByRole('button', { name: '支出明细' }).click()
  await settle(bureau)
  const first = bureau.locator('section.flat a').first()
  holds(/\/cases\/\d+/.test(await first.getAttribute('href')), 'a subsidy leads to its case')
})

await test('claims are approved by the bureau, the list is drawn, approved and paid by three', async () => {
  await open(bureau, '/funds/subsidies')
  await clean(bureau, 'subsidies')
  await bureau.locator('main table .btn.link').first().click()
  await settle(bureau)
  holds((await bureau.innerText('main')).includes('计算过程'), 'the working is shown')
  await clean(bureau, 'a subsidy')
  const finance = await visit('finance')
  await open(finance, '/funds/lists')
  await clean(finance, 'pay lists')
  same(await finance.getByRole('link', { name: '案件列表' }).count(), 0, 'finance has no list of cases')
  const draft = finance.locator('main tr', { hasText: '待审批' }).first()
  await draft.locator('.btn.link').click()
  await settle(finance)
  await clean(finance, 'a pay list')
  same(await finance.getByRole('button', { name: '审批同意' }).count(), 0, 'who draws it up does not approve it')
  const total = (await finance.locator('main section h2').first().innerText()).split('¥')[1]
  await open(bureau, '/funds/lists')
  await bureau.locator('main tr', { hasText: '待审批' }).first().locator('.btn.link').click()
  await settle(bureau)
  await press(bureau, '审批同意')
  await submit(bureau)
  await open(finance, '/funds/lists')
  await finance.locator('main tr', { hasText: total }).first().locator('.btn.link').click()
  await settle(finance)
  await press(finance, '支付')
  await finance.locator('.el-dialog:visible').getByLabel('支付凭证号').fill('付字77号')
  await finance.locator('.el-dialog:visible button[type=submit]').click()
  await finance.locator('.el-dialog [role=alert]').first().waitFor()
  const cashier = await visit('cashier')
  await open(cashier, '/funds/lists')
  await cashier.locator('main tr', { hasText: total }).first().locator('.btn.link').click()
  await settle(cashier)
  await press(cashier, '支付')
  await submit(cashier, { 支付凭证号: '付字77号' })
  await cashier.locator('main tr', { hasText: '付字77号' }).or(cashier.locator('main tr', { hasText: '已支付' })).first().waitFor()
  const book = await cashier.request.get(await cashier.getByRole('link', { name: '导出 XLSX' }).getAttribute('href').then((h) => house.base + h))
  same((await book.body()).subarray(0, 2).toString(), 'PK', 'the workbook is a ZIP')
})

await test('an expense waits for its proof, and payees and districts are shown', async () => {
  await open(bureau, '/funds/expenses')
  await clean(bureau, 'expenses')
  await press(bureau, '申请支出')
  const dialog = bureau.locator('.el-dialog:visible')
  await dialog.waitFor()
  await settle(bureau)
  await clean(bureau, 'an expense')
  await dialog.getByRole('button', { name: '取消' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await bureau.locator('main table .btn.link').first().click()
  await settle(bureau)
  await bureau.locator('input[type=file]').first().setInputFiles(PROOF).catch(() => undefined)
  for (const tab of ['recoveries', 'payees', 'means']) {
    await open(bureau, `/funds/${tab}`)
    await clean(bureau, tab)
  }
  await open(bureau, '/proposals')
  await clean(bureau, 'proposals')
  await open(bureau, '/letters')
  await bureau.locator('main table .btn.link').first().click()
  await settle(bureau)
  await clean(bureau, 'letters')
  await open(bureau, '/publicity')
  await clean(bureau, 'publicity')
  await open(bureau, '/member-units')
  await clean(bureau, 'member units')
})

await test('who has no part in it finds no page', async () => {
  const clerk = await visit('clerk')
  await open(clerk, '/funds/budgets')
  holds((await clerk.innerText('main h1')).includes('没有这个页面'), 'a clerk has no funds')
  await open(clerk, '/meetings')
  holds((await clerk.innerText('main h1')).includes('没有这个页面'), 'a clerk has no meetings')
})

await browser.close()
await house.close()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
