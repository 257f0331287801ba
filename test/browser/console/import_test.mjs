/*
** 导入台账 and 导出 in a real browser: a ledger is sent, its columns looked at and changed, checked,
** imported, found in the list, exported and undone.
**   node test/browser/console/import_test.mjs [WORD…]
*/
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clean, settle, staff } from '../lib/desk.mjs'
import { frame, holds, same } from '../lib/frame.mjs'
import { root } from '../lib/house.mjs'

const { house, browser, test, end } = await frame()
const page = await staff(browser, house, 'clerk')
page.setDefaultTimeout(20000)

const sum = (name) => page.locator(`[data-sum=${name}]`).innerText()
const ledger = Buffer.from(`2019年台账
登记号,登记日期,申请人,用人单位,案由,标的,受理日期,调解结果,结案日期
浏〔2019〕1,2019.3.1,韦大力,柳州老厂有限公司,拖欠工资,1.2万,2019年3月2日,调解成功,2019/3/10
浏〔2019〕2,2019.3.5,韦小力,柳州老厂有限公司,工伤,abc,2019-3-6,未达成,2019-3-20
浏〔2019〕1,2019-3-9,韦中力,柳州老厂有限公司,经济补偿,5千,2019-3-9,撤诉,2019-3-15
`)

await test('a clerk sends a ledger, and its columns are guessed', async () => {
  await page.goto(`${house.base}/console/import`)
  await page.setInputFiles('#ledger', { name: '台账2019.csv', mimeType: 'text/csv', buffer: ledger })
  await page.getByRole('button', { name: '上传', exact: true }).click()
  await page.waitForSelector('#columns')
  same(await page.getByLabel('“申请人”对应栏目').inputValue(), 'applicant', 'the applicant')
  await clean(page, 'the columns')
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
  await clean(page, 'what was found')
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

/* ---- a sheet a month ------------------------------------------------------------------------------ */

const room = mkdtempSync(join(tmpdir(), 'tiaojie-months-'))
execFileSync('python3', [join(root, 'test/ledgers/make.py'), room])
const months = join(room, 'more', 'months.xlsx')
const all = async (what) => Number(await page.locator(`[data-all=${what}]`).innerText())

await test('a workbook with a sheet a month: the others are offered, and what is said of the columns holds for all', async () => {
  await page.goto(`${house.base}/console/import`)
  await page.setInputFiles('#ledger', months)
  await page.getByRole('button', { name: '上传', exact: true }).click()
  await page.getByText('本文件有 11 张工作表栏目相同').waitFor()
  same(await page.locator('#sheets tbody tr').count(), 11, 'sheets, without the hidden one and the page of figures')
  await page.getByLabel('“金额（元）”对应栏目').selectOption('agreed_fen')
  await settle(page)
  same(await page.locator('#sheets tbody tr').count(), 11, 'still alike')
  await clean(page, 'sheets alike are offered')
  await page.getByRole('button', { name: '一并导入其余 10 张' }).click()
  await page.getByRole('button', { name: '全部检查（不写入）' }).waitFor()
  await settle(page)
  await page.getByLabel('“金额（元）”对应栏目').selectOption('claim_fen')
  await page.locator('#sheets [data-all=made]').waitFor()
  await settle(page)
})

await test('all of them are checked and imported, with the result of each', async () => {
  await page.getByRole('button', { name: '全部检查（不写入）' }).click()
  await page.getByRole('button', { name: '全部导入（33 行）' }).waitFor()
  same([await all('good'), await all('bad'), await all('skipped')], [33, 0, 11], 'good, wrong, left out')
  await clean(page, 'all sheets checked')
  await page.getByRole('button', { name: '全部导入（33 行）' }).click()
  await page.waitForFunction(() => document.querySelector('[data-all=made]')?.textContent === '33')
  await settle(page)
  const rows = await page.locator('#sheets tbody tr').allInnerTexts()
  holds(rows.slice(0, 11).every((r) => r.includes('导入完成')), rows.join('|'))
  await page.getByRole('button', { name: /^查看.*：3月/ }).click()
  await settle(page)
  holds((await page.locator('#sheets tr', { hasText: '3月' }).innerText()).includes('正在查看'), 'another sheet is looked at')
  await clean(page, 'all sheets imported')
  const clerk = await house.as('clerk')
  const { items } = await clerk.get('/imports')
  same(items.filter((b) => b.name === 'months.xlsx' && b.map.includes('claim_fen')).length, 11, 'columns as they were said last')
})

await test('all of them are undone at once', async () => {
  await page.getByRole('button', { name: '全部撤销' }).click()
  await page.getByText('将删除全部工作表导入的 33 件案件').waitFor()
  await page.getByRole('button', { name: '全部撤销' }).click()
  await page.getByText('已撤销', { exact: true }).first().waitFor()
  await page.waitForFunction(() => document.querySelector('[data-sum=made]')?.textContent === '0')
})

await test('a ledger that names its cases: clear ones are split, the others are named as doubtful', async () => {
  const named = '序号,案件名称,登记日期\n1,韦名一与柳州册子有限公司工资纠纷,2018.3.1\n2,柳州册子有限公司与韦名二劳动争议,2018.3.2\n3,韦名三诉韦名四与柳州册子有限公司工资,2018.3.3\n'
  await page.goto(`${house.base}/console/import`)
  await page.setInputFiles('#ledger', { name: '案件名称.csv', mimeType: 'text/csv', buffer: Buffer.from(named) })
  await page.getByRole('button', { name: '上传', exact: true }).click()
  await page.waitForSelector('#columns')
  same(await page.getByLabel('“案件名称”对应栏目').inputValue(), 'case_name', 'the name of the case')
  await page.getByRole('button', { name: '检查（不写入）' }).click()
  await page.getByRole('button', { name: '导入 2 行' }).waitFor()
  const told = await page.locator('#findings').innerText()
  holds(told.includes('单位写在前面') && told.includes('分不清申请人和被申请人（不止一处可以把双方分开）'), told)
  await clean(page, 'names of cases')
})

rmSync(room, { recursive: true, force: true })
await end()
