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
  const book = async (name) => {
    const wait = page.waitForEvent('download')
    await page.getByRole('link', { name }).click()
    return execFileSync('unzip', ['-p', await (await wait).path()], { encoding: 'utf8' })
  }
  const inChinese = await book('下载错误行（含原因）')
  holds(inChinese.includes('错误原因') && inChinese.includes('金额无法识别'), 'the workbook of refused rows')
  await page.getByRole('button', { name: 'English' }).click()
  const inEnglish = await book('Download the refused rows')
  holds(inEnglish.includes('Why refused') && inEnglish.includes('not a sum that can be read') && inEnglish.includes('登记号'), 'the same in English, its columns still the ledger’s')
  holds(!/错误原因|无法识别/.test(inEnglish), 'no Chinese of ours in it')
  await page.getByRole('button', { name: '中文' }).click()
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

/* ---- rosters ------------------------------------------------------------------------------------------ */

/* From the file to what was imported of it, and back. */
async function roster(person, what, name, text) {
  await person.goto(`${house.base}/console/import`)
  await person.getByLabel(what, { exact: true }).check()
  await clean(person, `before ${what}`)
  await person.setInputFiles('#ledger', { name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await person.getByRole('button', { name: '上传', exact: true }).click()
  await person.waitForSelector('#columns')
  await clean(person, `columns of ${what}`)
  await person.getByRole('button', { name: '检查（不写入）' }).click()
}
async function undo(person, name, n) {
  await person.goto(`${house.base}/console/import`)
  await person.locator('#imports').getByRole('button', { name }).click()
  await person.getByRole('button', { name: '撤销本次导入' }).click()
  await person.getByText(`将删除本次导入的 ${n} 条记录`).waitFor()
  await clean(person, `undoing ${name}`)
  await person.locator('.btn.danger').click()
  await person.getByText('已撤销', { exact: true }).waitFor()
}

await test('a clerk brings in a roster of employers: looked at, checked, imported, found, undone', async () => {
  await roster(page, '用人单位名册', '企业名册.csv', '序号,企业名称,统一社会信用代码,企业类型,所属行业,职工人数,法人,是否建会\n1,柳江名册木业有限公司,91450222MA5L000012,有限责任公司,C20,约120人,韦一,是\n2,柳江名册电子厂,91450222MA5L00003A,,C39,88,莫三,\n3,柳江名册木业有限公司,91450222MA5L000012,,,,,\n')
  await page.getByRole('button', { name: '导入 1 行' }).waitFor()
  same([await sum('good'), await sum('bad'), await sum('same')], ['1', '1', '1'], 'good, wrong, double')
  await page.locator('#findings', { hasText: '统一社会信用代码不正确' }).waitFor()
  same(await page.getByText('照原样保留').count(), 0, 'what is no column of ours is left out, not kept')
  await clean(page, 'a roster checked')
  const clerk = await house.as('clerk')
  const known = async () => (await clerk.get('/employers?uscc=91450222MA5L000012')).items.map((e) => [e.name, e.staff])
  same(await known(), [], 'a check stores nothing')
  await page.getByRole('button', { name: '导入 1 行' }).click()
  await page.getByText('导入完成', { exact: true }).waitFor()
  same(await known(), [['柳江名册木业有限公司', 120]], 'it is there')
  await undo(page, '企业名册.csv', 1)
  same(await known(), [], 'and gone')
})

await test('the bureau brings in organisations and mediators; a clerk is not offered them', async () => {
  await page.goto(`${house.base}/console/import`)
  await page.getByLabel('用人单位名册').waitFor()
  same(await page.getByLabel('调解员名册').count(), 0, 'no business of a clerk')
  const bureau = await staff(browser, house, 'bureau')
  bureau.setDefaultTimeout(20000)
  await roster(bureau, '调解组织名册', '组织.csv', '调解组织名称,类型,办公地址,联系电话\n柳江名册商会调解组织,商会,商会一楼,0772-7611001\n柳江名册何处调解委员会,企业调委会,,\n')
  await bureau.getByRole('button', { name: '导入 1 行' }).click()
  await bureau.getByText('导入完成', { exact: true }).waitFor()
  await roster(bureau, '调解员名册', '人员.csv', '调解员姓名,性别,手机,专兼职,人员类别,所属组织,擅长\n蓝一鸣,男,13877219101,专职,律所律师,柳江名册商会调解组织,工资、工伤\n石三妹,女,1387721910,兼,,,\n')
  await bureau.getByRole('button', { name: '导入 1 行' }).click()
  await bureau.getByText('导入完成', { exact: true }).waitFor()
  const hr = await house.as('bureau')
  const org = (await hr.get('/orgs?limit=200')).items.find((o) => o.name === '柳江名册商会调解组织')
  const people = async () => (await hr.get(`/mediators?org_id=${org.id}`)).items.map((m) => [m.name, m.work, m.source, m.status])
  same(await people(), [['蓝一鸣', 'FT', 'LAWYER', 'CANDIDATE']], 'the mediator, without a term a candidate')
  await undo(bureau, '人员.csv', 1)
  same(await people(), [], 'gone')
  await undo(bureau, '组织.csv', 1)
})

rmSync(room, { recursive: true, force: true })
await end()
