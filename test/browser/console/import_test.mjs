/*
** 导入台账 and 导出 in a real browser: a ledger is sent, its columns looked at and changed, checked,
** imported, found in the list, exported and undone.
**   node test/browser/console/import_test.mjs
*/
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { House } from '../portal/house.mjs'

const root = resolve(import.meta.dirname, '../../..')
const need = createRequire(join(root, 'web/package.json'))
const { chromium } = need('playwright-core')
const axe = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8')
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
    const told = await page.locator('[role=alert]:visible').allInnerTexts().catch(() => [])
    console.log(`FAIL  ${name}\n      ${String(e.stack ?? e).split('\n').slice(0, 6).join('\n      ')}\n      ${told.join(' / ')}`)
  }
}
function same(got, wanted, what) {
  if (got !== wanted) throw new Error(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`)
}

const house = await House.open()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true })
const page = await context.newPage()
page.setDefaultTimeout(20000)

async function clean(what) {
  await page.waitForTimeout(400)
  await page.evaluate(axe)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  same(found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 140)}`).join('\n'), '', `WCAG of ${what}`)
}
const sum = (name) => page.locator(`[data-sum=${name}]`).innerText()
const ledger = Buffer.from(`2019年台账
登记号,登记日期,申请人,用人单位,案由,标的,受理日期,调解结果,结案日期
浏〔2019〕1,2019.3.1,韦大力,柳州老厂有限公司,拖欠工资,1.2万,2019年3月2日,调解成功,2019/3/10
浏〔2019〕2,2019.3.5,韦小力,柳州老厂有限公司,工伤,abc,2019-3-6,未达成,2019-3-20
浏〔2019〕1,2019-3-9,韦中力,柳州老厂有限公司,经济补偿,5千,2019-3-9,撤诉,2019-3-15
`)

await test('a clerk sends a ledger, and its columns are guessed', async () => {
  await page.goto(`${house.base}/console/`)
  await page.fill('#login', 'clerk')
  await page.fill('#password', house.passwords.clerk)
  await page.keyboard.press('Enter')
  await page.fill('#new-password', SECRET)
  await page.fill('#two-password', SECRET)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.shell')
  await page.goto(`${house.base}/console/import`)
  await page.setInputFiles('#ledger', { name: '台账2019.csv', mimeType: 'text/csv', buffer: ledger })
  await page.getByRole('button', { name: '上传', exact: true }).click()
  await page.waitForSelector('#columns')
  same(await page.getByLabel('“申请人”对应栏目').inputValue(), 'applicant', 'the applicant')
  await clean('the columns')
})

await test('what was guessed is changed', async () => {
  await page.getByLabel('“标的”对应栏目').selectOption('claim_fen')
  await page.waitForTimeout(500)
  same(await page.getByLabel('“标的”对应栏目').inputValue(), 'claim_fen', 'the sum')
})

await test('a check names the wrong rows', async () => {
  await page.getByRole('button', { name: '检查（不写入）' }).click()
  await page.getByRole('button', { name: '导入 1 行' }).waitFor()
  same(await sum('good'), '1', 'good rows')
  same(await sum('bad'), '1', 'wrong rows')
  same(await sum('same'), '1', 'duplicates')
  await page.locator('#findings', { hasText: '金额无法识别“abc”' }).waitFor()
  const wait = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载错误行（含原因）' }).click()
  same((await wait).suggestedFilename().endsWith('.xlsx'), true, 'the workbook of refused rows')
  await clean('what was found')
})

await test('it is imported, and the case is in the list', async () => {
  await page.getByRole('button', { name: '导入 1 行' }).click()
  await page.getByText('导入完成', { exact: true }).waitFor()
  same(await sum('made'), '1', 'cases')
  await page.goto(`${house.base}/console/cases?from=2019-01-01&to=2019-12-31`)
  await page.locator('#cases', { hasText: '浏〔2019〕1' }).waitFor()
})

await test('the list is exported as it is filtered', async () => {
  await page.getByRole('button', { name: '导出', exact: true }).click()
  await page.getByRole('button', { name: '生成文件' }).click()
  const link = page.getByRole('link', { name: '下载（1 条）' })
  await link.waitFor()
  const wait = page.waitForEvent('download')
  await link.click()
  same((await wait).suggestedFilename().startsWith('案件列表'), true, 'its name')
})

await test('the import is undone', async () => {
  await page.goto(`${house.base}/console/import`)
  await page.locator('#imports').getByRole('button', { name: '台账2019.csv' }).click()
  await page.getByRole('button', { name: '撤销本次导入' }).click()
  await page.locator('.btn.danger').click()
  await page.getByText('已撤销', { exact: true }).waitFor()
  same(await sum('made'), '0', 'cases left')
})

console.log(`${passed} passed, ${failed} failed`)
await browser.close()
await house.close()
process.exit(failed ? 1 : 0)
