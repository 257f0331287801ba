/*
** 导入台账 and 导出 in a real browser: a ledger is sent, its columns looked at and changed, checked,
** imported, found in the list, exported and undone.
**   node test/browser/console/import_test.mjs [WORD…]
*/
import { clean, staff } from '../lib/desk.mjs'
import { frame, same } from '../lib/frame.mjs'

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

await end()
