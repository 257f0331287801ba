/*
** The ten main tasks of the console by keyboard alone, each to its end: no pointer touches a
** page, no field is reached but by Tab or by a key of the page, and after each dialog the focus
** is where the work goes on.
**   node test/browser/console/keyboard_test.mjs [WORD…]
*/
import { readFileSync } from 'node:fs'
import { settle, staff } from '../lib/desk.mjs'
import { frame, holds, same } from '../lib/frame.mjs'
import { daysAgo, SECRET } from '../lib/house.mjs'
import { answer, byKeys, choose, day, focused, home, inside, peek, press, tabTo, tick, type } from '../lib/keys.mjs'

const { house, browser, test, end } = await frame()
const today = daysAgo(0)
const WORKER = '韦键盘'
const FIRM = '柳江区键盘木业有限公司'
const office = {}

/* Signed in at the door, by hand. */
async function enter(login) {
  await house.as(login)
  const page = await byKeys(await staff(browser, house))
  await page.waitForFunction(() => document.activeElement?.id === 'login')
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(SECRET)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.shell')
  await settle(page)
  office[login] = page
  return page
}
/* A place of the menu, from wherever one is: the first stop of a page leads past the menu, the others are it. */
async function menu(page, name) {
  for (let i = 0; i < 200 && (await focused(page)).name !== '跳到正文'; i++) await page.keyboard.press('Shift+Tab')
  await press(page, name)
  await page.waitForFunction(() => document.activeElement?.id === 'main')
  await settle(page)
}
/* Found by `/`, from wherever one is not typing. */
async function find(page, text) {
  await page.keyboard.press('/')
  await page.keyboard.type(text)
  await page.locator('[role=option]').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.acts')
  await settle(page)
  same(await page.evaluate(() => document.activeElement.id), 'main', 'what was found has the focus')
}
async function tab(page, name) {
  await press(page, name)
  await page.locator('.tablist a[aria-current=page]', { hasText: name }).waitFor()
  await settle(page)
}
/* Sends the dialog that is open; the focus is back on the page. */
async function send(page, what) {
  for (let i = 0; i < 120; i++) {
    const at = await focused(page)
    if (at.stop && at.dialog && at.type === 'submit') break
    holds(i < 119, `${what}: the dialog is not sent by keys`)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await home(page, what)
}
const state = (page) => page.locator('.head .tag').first().innerText()
const caseOf = async (name = WORKER) => (await (await house.as('clerk')).get(`/search?q=${encodeURIComponent(name)}`)).items[0]

await test('1. register a visitor while talking', async () => {
  const page = await enter('clerk')
  await page.keyboard.press('Alt+n')
  await page.waitForFunction(() => document.activeElement?.id === 'in-parties-0-name')
  await page.keyboard.type(WORKER)
  await type(page, '证件号码', '450222198307182427')
  await type(page, '手机号', '13600001152')
  await type(page, '住址', '柳江区拉堡镇1号')
  await type(page, '送达地址', '柳江区拉堡镇1号')
  await page.keyboard.press('F4')
  await page.waitForFunction(() => document.activeElement?.id === 'in-parties-1-name')
  await page.keyboard.type(FIRM)
  await type(page, '无代码原因', '申请人不知道')
  await choose(page, '行业', '其他制造业')
  await type(page, '法定代表人（负责人）', '王小明')
  await type(page, '手机号', '13800000000')
  await page.keyboard.press('F4')
  await choose(page, '案由', '拖欠、克扣工资')
  await type(page, /^金额/, '12,345.60')
  await type(page, '请求内容和依据', '十月工资')
  await page.keyboard.press('F4')
  await day(page, '知道权利被侵害之日', daysAgo(20))
  await type(page, '事实与理由', '单位拖欠十月份工资，多次催要没有结果，请求支付。')
  await page.keyboard.press('F4')
  await type(page, '岗位', '冲压工')
  await day(page, '入职日期', '2024-01-02')
  await choose(page, '合同情况', '未订立')
  await type(page, /^约定月工资/, '4500')
  await answer(page, '仍在职', '是')
  await page.keyboard.press('F4')
  await page.keyboard.press('F4')
  await answer(page, '愿意在线调解', '是')
  await answer(page, '同意录音录像', '否')
  for (const group of ['真实性承诺', '隐私告知同意', '敏感信息单独同意']) await answer(page, group, '是')
  await page.keyboard.press('F8')
  await inside(page)
  await press(page, '已宣读，申请人确认无误')
  await home(page, 'read back')
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: '登记成功' }).waitFor()
  same((await focused(page)).name, '登记成功', 'what is read out')
  await press(page, '打开案件')
  await page.waitForSelector('.acts')
  await settle(page)
  same((await caseOf()).state, 'submitted', 'the state')
})

await test('2. accept: the review refuses what is left open and leads to it', async () => {
  const page = office.clerk
  await peek(page, '登记')
  await press(page, '登记')
  await inside(page)
  await send(page, 'registered')
  await press(page, '受理')
  await inside(page)
  await tabTo(page, '受理')
  await page.keyboard.press('Enter')
  await page.locator('.el-dialog:visible [role=alert]').waitFor()
  await page.waitForFunction(() => document.activeElement.getAttribute('role') === 'alert')
  await press(page, '双方均同意调解')
  await page.waitForFunction(() => document.activeElement.type === 'radio')
  await answer(page, '双方均同意调解', '是')
  await send(page, 'accepted')
  same(await state(page), '已受理待分流', 'the state')
})

await test('3. dispatch: a mediator is chosen by reasons and load', async () => {
  const page = await enter('dispatcher')
  await menu(page, '分流派案')
  await press(page, '直接指派调解员')
  await settle(page)
  await tick(page, house.nameOf('mediator01'))
  await type(page, '选择理由', '熟悉该类争议')
  for (let i = 0; i < 60 && (await focused(page)).type !== 'submit'; i++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText(/已办理/).waitFor()
  await home(page, 'shared out')
  same((await caseOf()).state, 'assigned', 'the state')
})

await test('4. plan a session, and open it', async () => {
  const page = await enter('mediator01')
  await find(page, WORKER)
  await tab(page, '调解与笔录')
  await peek(page, '安排调解')
  await press(page, '安排调解')
  await inside(page)
  await day(page, '时间', `${today} 09:30`)
  await type(page, '地点', '第一调解室')
  await send(page, 'planned')
  same(await page.locator('section', { hasText: '调解安排' }).locator('tbody tr').count(), 1, 'sessions')
  await press(page, '开始调解')
  await inside(page)
  for (const group of ['身份已核对', '权利义务已告知', '双方同意调解方式']) await answer(page, group, '是')
  await send(page, 'opened')
  same((await caseOf()).state, 'mediating', 'the state')
})

await test('5. write the minutes', async () => {
  const page = office.mediator01
  await peek(page, '调解笔录')
  await press(page, '调解笔录')
  await inside(page)
  await answer(page, '已询问是否申请回避', '是')
  await type(page, '双方陈述', '双方对拖欠工资没有异议。')
  await type(page, '调解结果', '同意一次付清。')
  await send(page, 'minutes')
  await page.getByText('同意一次付清。').waitFor()
})

await test('6. draft the agreement and its obligations', async () => {
  const page = office.mediator01
  await tab(page, '协议与履行')
  await peek(page, '起草协议')
  await press(page, '起草协议')
  await inside(page)
  await type(page, '协议内容', '被申请人今日付清工资12345.60元。')
  await type(page, '总额（元）', '12345.60')
  await type(page, '期数', '1')
  await day(page, '首期日期', today)
  await press(page, '生成分期义务')
  await page.waitForFunction(() => [...document.querySelectorAll('.el-dialog input')].filter((e) => e.value === '12345.60').length > 2) /* the sum asked, agreed, owed */
  await send(page, 'drafted')
  same(await page.locator('section', { hasText: '调解协议' }).locator('tbody tr').count(), 1, 'obligations')
  await press(page, '达成一致')
  await inside(page)
  await type(page, '保留提示条款的理由', '双方互谅互让。')
  await send(page, 'agreed')
  same((await caseOf()).state, 'pending_sign', 'the state')
})

/* A scan is chosen in the machine's own window. */
async function scan(page, n) {
  await tabTo(page, /文件|凭证/)
  const chooser = page.waitForEvent('filechooser', { timeout: 15000 }).catch(async () => { throw new Error(`no window of files opened; the focus is on ${JSON.stringify(await focused(page))}`) })
  await page.keyboard.press('Space')
  await (await chooser).setFiles({ name: `mark${n}.png`, mimeType: 'image/png', buffer: Buffer.from(`a scan ${n}`) })
  await page.locator('.el-dialog:visible').getByText('已取得文件摘要').waitFor()
}
await test('7. collect the marks: a name typed instead of drawn, scans, the seal', async () => {
  const page = office.mediator01
  const here = new RegExp(`^当面签名.*${WORKER}`)
  await peek(page, here)
  await press(page, here)
  await inside(page)
  await tick(page, '已核对身份证件，签名人已阅读协议全文')
  await type(page, /姓名/, WORKER)
  await send(page, 'signed')
  for (const n of [1, 2]) {
    await press(page, /^登记签署/)
    await inside(page)
    await scan(page, n)
    await send(page, `mark ${n}`)
  }
  const head = await enter('head')
  await find(head, WORKER)
  await tab(head, '协议与履行')
  await press(head, /^登记签署/)
  await inside(head)
  await scan(head, 3)
  await send(head, 'sealed')
  same((await caseOf()).state, 'performing', 'the state')
})

async function paper(page, code) {
  await press(page, new RegExp(`^制作文书.*${code}`))
  await inside(page)
  await page.locator('.el-dialog:visible button[type=submit]:enabled').waitFor()
  await send(page, `${code} made`)
}
await test('8. close and archive: paid, its papers made and served, visited', async () => {
  const page = office.mediator01
  await menu(page, '工作台')
  await find(page, WORKER)
  await tab(page, '调解与笔录')
  for (const side of ['申请人', '被申请人']) {
    await press(page, '确认笔录')
    await inside(page)
    await choose(page, '当事方', side)
    await type(page, '签名人', side === '申请人' ? WORKER : '王小明')
    await send(page, `${side} confirms`)
  }
  await tab(page, '协议与履行')
  await peek(page, '登记履行')
  await press(page, '登记履行')
  await inside(page)
  await choose(page, '义务', /12,345.60/)
  await type(page, /^金额/, '12345.60')
  await day(page, '履行日期', today)
  await scan(page, 4)
  await send(page, 'paid')
  same((await caseOf()).state, 'performed', 'the state')
  const clerk = office.clerk
  await find(clerk, WORKER)
  await tab(clerk, '文书')
  for (const label of ['受理通知书', '权利义务告知书']) await paper(clerk, label)
  while (await clerk.getByRole('button', { name: /^登记送达/ }).count()) {
    await press(clerk, /^登记送达/)
    await inside(clerk)
    await day(clerk, '送达日期', today)
    await choose(clerk, '送达方式', '直接送达')
    await send(clerk, 'served')
  }
  await tab(clerk, '回访')
  await press(clerk, '回访', { tag: 'BUTTON' })
  await inside(clerk)
  await choose(clerk, '回访类型', '末次回访')
  await day(clerk, '回访日期', today)
  await choose(clerk, '回访方式', '电话')
  await type(clerk, '回访对象', WORKER)
  await answer(clerk, '是否履行', '是')
  await send(clerk, 'visited')
  await menu(page, '工作台')
  await find(page, WORKER)
  await press(page, '结案')
  await inside(page)
  await send(page, 'closed')
  const archivist = await enter('archivist')
  await find(archivist, WORKER)
  await press(archivist, '归档')
  await inside(archivist)
  await send(archivist, 'archived')
  same(await state(archivist), '已归档', 'the state')
})

await test('9. search from anywhere by "/", open what is found, leave what is not', async () => {
  const page = office.clerk
  await menu(page, '工作台')
  await find(page, '键盘木业')
  holds((await page.locator('main h1').innerText()).includes(WORKER), 'the case')
  await page.keyboard.press('/')
  await page.keyboard.type('没有这个人的')
  await page.getByText('没有找到').first().waitFor()
  await page.keyboard.press('Escape')
  same(await page.locator('.drop:visible').count(), 0, 'Escape shuts what was found')
})

await test('10. filter the list, choose its columns, export what is shown', async () => {
  const page = office.clerk
  await menu(page, '案件列表')
  await choose(page, '状态', '已归档')
  await settle(page)
  same(await page.locator('#cases tbody tr').count(), 1, 'cases')
  await press(page, '更多')
  await press(page, '列设置')
  await tick(page, '人数')
  await page.locator('#cases th', { hasText: '人数' }).waitFor()
  await tabTo(page, '导出', { back: true })
  await page.keyboard.press('Enter')
  await tabTo(page, 'Excel 工作簿')
  await page.keyboard.press('ArrowDown')
  await press(page, '生成文件')
  await page.getByText('下载（1 条）').waitFor()
  const file = page.waitForEvent('download')
  await press(page, '下载（1 条）')
  const text = readFileSync(await (await file).path(), 'utf8')
  same(text.split('\n').filter((line) => line.includes(WORKER)).length, 1, `rows of what was exported: ${text.slice(0, 300)}`)
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement.innerText === '导出')
})

await test('nobody touched a pointer', async () => {
  for (const [login, page] of Object.entries(office)) same([page.pointed, page.wrongs], [0, []], login)
})

await end()
