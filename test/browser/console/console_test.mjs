/*
** The console in a real browser against the real server: a visitor's case from the
** desk to a signed agreement, approvals, keyboard, walls between roles, WCAG.
**   node test/browser/console/console_test.mjs [WORD…]
*/
import { readdirSync, statSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { overhang, SMALL } from '../lib/browser.mjs'
import { act, ask, choose, clean, day, dialog, open, reception, send, settle, staff, yes } from '../lib/desk.mjs'
import { frame, holds, same } from '../lib/frame.mjs'
import { daysAgo, root, SECRET } from '../lib/house.mjs'
import { faultsOf, listen } from '../lib/words.mjs'

const RARE = '张㛃𬀩龘'
const SCAN = { name: 'scan.png', mimeType: 'image/png', buffer: Buffer.from('a scan of a signature') }
const { house, browser, test, end } = await frame()

let clerk, dispatcher, mediator, head, id
const today = daysAgo(0)

await test('signing in: a wrong password is told, the first one must be changed', async () => {
  clerk = await staff(browser, house)
  await clean(clerk, 'sign-in')
  await clerk.fill('#login', 'clerk')
  await clerk.fill('#password', 'wrong')
  await clerk.keyboard.press('Enter')
  await clerk.getByRole('alert').waitFor()
  await clerk.fill('#password', house.passwords.clerk)
  await clerk.keyboard.press('Enter')
  await clerk.waitForSelector('#new-password')
  await clean(clerk, 'new password')
  await clerk.fill('#new-password', SECRET)
  await clerk.fill('#two-password', 'other')
  await clerk.keyboard.press('Enter')
  same(await clerk.locator('#two-fault').innerText(), '两次输入不一致', 'the fault')
  await clerk.fill('#two-password', SECRET)
  await clerk.keyboard.press('Enter')
  await clerk.waitForSelector('.shell')
  house.passwords.clerk = SECRET
  await settle(clerk)
  await clean(clerk, 'workbench of the clerk')
})

await test('the clerk registers a visitor while talking; nothing typed is lost', async () => {
  await reception(clerk, RARE)
  await clerk.waitForFunction((name) => Object.values(localStorage).some((v) => v.includes(name)), RARE)
  await clerk.waitForTimeout(600) /* the last answer is kept, too */
  await clerk.reload()
  await clerk.waitForSelector('#in-parties-0-name')
  same(await clerk.inputValue('#in-parties-0-name'), RARE, 'the name after a reload')
  await clean(clerk, 'reception')
  await clerk.keyboard.press('F4')
  await clerk.keyboard.press('F8')
  await dialog(clerk).waitFor()
  await clerk.waitForTimeout(400)
  await clean(clerk, 'read back')
  await clerk.getByRole('button', { name: '已宣读，申请人确认无误' }).click()
  await dialog(clerk).waitFor({ state: 'hidden' })
  await clerk.keyboard.press('F2')
  await clerk.getByRole('heading', { name: '登记成功' }).waitFor()
  holds((await clerk.locator('.code').innerText()).length >= 8, 'the receipt code')
  await clean(clerk, 'receipt')
  await clerk.locator('.slip .btn.main').click()
  await clerk.waitForSelector('.acts')
  id = /cases\/(\d+)/.exec(clerk.url())[1]
  holds((await clerk.locator('main h1').innerText()).includes(RARE), 'the name is shown as text')
})

await test('the clerk registers and accepts; closed steps say why', async () => {
  await act(clerk, '登记')
  await send(clerk)
  await clerk.locator('.acts summary').click()
  holds((await clerk.locator('.acts details').innerText()).includes('案件当前阶段不能办理此事项'), 'the reason')
  await clean(clerk, 'case of the clerk')
  await clerk.keyboard.press('Escape')
  await act(clerk, '受理')
  await clerk.waitForTimeout(400)
  await clean(clerk, 'dialog of acceptance')
  await dialog(clerk).locator('button[type=submit]').click()
  await dialog(clerk).getByRole('alert').waitFor()
  await yes(dialog(clerk), /双方均同意调解/)
  await send(clerk)
  same(await clerk.locator('.head .tag').first().innerText(), '已受理待分流', 'the state')
  await clerk.locator('.why .btn').first().click()
  holds((await clerk.locator('.panel').first().innerText()).includes('依据'), 'why this day')
  await clean(clerk, 'why this day')
  await clerk.keyboard.press('Escape')
})

await test('the dispatcher sees reasons and load side by side, and assigns', async () => {
  mediator = await staff(browser, house, 'mediator01')
  const name = await mediator.locator('.who strong').innerText()
  dispatcher = await staff(browser, house, 'dispatcher')
  await open(dispatcher, '/dispatch')
  await clean(dispatcher, 'dispatch desk')
  await dispatcher.getByRole('button', { name: '直接指派调解员' }).click()
  await settle(dispatcher)
  const card = dispatcher.locator('.cards li', { hasText: name })
  await dispatcher.locator('main .pick[aria-pressed=true]').dragTo(card)
  holds(await card.getByRole('checkbox').isChecked(), 'dragging a case onto a card chooses it')
  holds(await dispatcher.locator('main form button[type=submit]').evaluate((e) => e === document.activeElement), 'and the button is next')
  await dispatcher.locator('.cards ~ .field textarea').fill('熟悉该类争议')
  await clean(dispatcher, 'proposals')
  await dispatcher.locator('main form button[type=submit]').click()
  await dispatcher.getByText(/已办理/).waitFor()
})

await test('the mediator holds a session and writes the minutes', async () => {
  await mediator.reload()
  await mediator.waitForSelector('main h1')
  await settle(mediator)
  await clean(mediator, 'workbench of the mediator')
  await open(mediator, `/cases/${id}/sessions`)
  await mediator.locator('section', { hasText: '调解安排' }).getByRole('button', { name: '安排调解' }).click()
  await day(mediator, dialog(mediator).getByLabel('时间'), `${today} 09:30`)
  await dialog(mediator).getByLabel('地点').fill('第一调解室')
  await clean(mediator, 'dialog of a session')
  await send(mediator)
  await act(mediator, '开始调解')
  for (const label of ['身份已核对', '权利义务已告知', '双方同意调解方式']) await yes(dialog(mediator), new RegExp(label))
  await send(mediator)
  await open(mediator, '/diary')
  holds((await mediator.locator('.week').innerText()).includes(RARE), 'the session is in the diary')
  await mediator.getByRole('button', { name: '按调解室看' }).click()
  await clean(mediator, 'diary by room')
  await open(mediator, `/cases/${id}/sessions`)
  await mediator.getByRole('button', { name: '调解笔录' }).click()
  await yes(dialog(mediator), /已询问是否申请回避/)
  await dialog(mediator).getByLabel('双方陈述').fill('双方对拖欠工资没有异议。')
  await dialog(mediator).getByLabel('调解结果').fill('同意分期支付。')
  await send(mediator)
  await clean(mediator, 'sessions')
})

await test('a calculator is chosen, its facts stay; what it gives is kept and goes into the claims, the proposals and a draft', async () => {
  await open(mediator, `/cases/${id}/law`)
  const facts = mediator.locator('section', { hasText: '计算用的情况' })
  const hire = await facts.getByLabel('入职日期').inputValue()
  await facts.getByLabel('计算器').selectOption('B03')
  await facts.getByLabel('上一个月工资标准').waitFor()
  same(await facts.getByLabel('入职日期').inputValue(), hire, 'the hire of the case is there, too')
  await facts.getByRole('button', { name: '计算', exact: true }).click()
  await facts.locator('[aria-invalid=true]').first().waitFor()
  await clean(mediator, 'a calculator lacks facts')
  await day(mediator, facts.getByLabel('最后工作日（含当日）'), '2026-10-31')
  await facts.getByLabel('解除或者终止的原因').selectOption('change')
  await facts.getByLabel(/前12个月平均应得工资/).fill('4500')
  await facts.getByLabel('上一个月工资标准').fill('4600')
  await facts.getByRole('button', { name: '计算', exact: true }).click()
  const working = mediator.locator('section', { hasText: '计算过程' })
  await working.getByText('4600.00 × 1 = 4600.00').waitFor()
  await working.getByRole('button', { name: '计入请求' }).click()
  await dialog(mediator).waitFor()
  await clean(mediator, 'dialog of changed claims')
  await dialog(mediator).locator('button[type=submit]').click()
  await dialog(mediator).getByRole('alert').waitFor()
  await dialog(mediator).getByLabel('申请人提出的方式').selectOption('MINUTES')
  await day(mediator, dialog(mediator).getByLabel('提出日期'), today)
  await dialog(mediator).getByLabel('对方同意调解新增的请求').check()
  await send(mediator)
  await open(mediator, `/cases/${id}`)
  const claims = mediator.locator('section', { hasText: '请求事项' }).first()
  holds((await claims.innerText()).includes('4,600.00') && (await claims.innerText()).includes('12,345.60'), `the claims: ${await claims.innerText()}`)
  await claims.locator('summary').click()
  holds((await claims.innerText()).includes('¥12,345.60 →'), 'and how they were')
  await clean(mediator, 'claims changed')
  await open(mediator, `/cases/${id}/law`)
  const kept = mediator.locator('section', { hasText: '留存的计算' }).last()
  await kept.locator('summary').first().click()
  await kept.getByRole('button', { name: '写进调解方案' }).click()
  holds(/4,600\.00元（4600\.00 × 1/.test(await dialog(mediator).getByLabel(/调解方案/).inputValue()), 'the proposals have the working')
  await mediator.keyboard.press('Escape')
  await dialog(mediator).waitFor({ state: 'hidden' })
  await kept.getByRole('button', { name: '写进协议' }).click()
  await dialog(mediator).getByText('第 2 项', { exact: true }).waitFor()
  same(await dialog(mediator).getByLabel('协议内容').inputValue().then((x) => x.includes('代通知金')), true, 'a clause of the agreement')
  await clean(mediator, 'a draft out of a computation')
  await mediator.keyboard.press('Escape')
  await dialog(mediator).waitFor({ state: 'hidden' })
})

async function mark(page, i) {
  await page.getByRole('button', { name: /登记签署/ }).first().click()
  await dialog(page).locator('input[type=file]').setInputFiles({ ...SCAN, buffer: Buffer.from(`scan ${i}`) })
  await dialog(page).getByText('已取得文件摘要').waitFor()
  if (i === 0) await clean(page, 'dialog of a mark')
  await send(page)
}

await test('the mediator drafts in instalments, the terms are agreed and signed', async () => {
  await open(mediator, `/cases/${id}/agreement`)
  await mediator.getByRole('button', { name: '起草协议' }).click()
  await dialog(mediator).getByLabel('协议内容').fill('被申请人分三期支付申请人工资12345.60元。')
  await dialog(mediator).getByLabel('总额（元）', { exact: true }).fill('12345.60')
  await day(mediator, dialog(mediator).getByLabel('首期日期'), '2026-12-25')
  await dialog(mediator).getByRole('button', { name: '生成分期义务' }).click()
  await dialog(mediator).getByText('第 3 项', { exact: true }).waitFor()
  await clean(mediator, 'dialog of the agreement')
  await send(mediator)
  same(await mediator.locator('section', { hasText: '调解协议' }).locator('tbody tr').count(), 3, 'the obligations')
  await clean(mediator, 'agreement draft')
  await act(mediator, '达成一致')
  const reason = dialog(mediator).getByLabel('保留提示条款的理由')
  await reason.fill('双方互谅互让。')
  await send(mediator)
  const lacking = mediator.locator('section', { hasText: '签名与盖章' }).locator('li')
  same(await lacking.count(), 4, 'the marks that are missing')
  for (let i = 0; i < 3; i++) await mark(mediator, i)
  same(await mediator.getByRole('button', { name: /登记签署/ }).count(), 0, 'the seal is not the mediator’s')
  head = await staff(browser, house, 'head')
  await open(head, `/cases/${id}/agreement`)
  await clean(head, 'the seal is missing')
  await mark(head, 3)
  await open(mediator, `/cases/${id}/agreement`)
  const state = await mediator.locator('.head .tag').first().innerText()
  holds(['协议生效', '履行中'].includes(state), `the state is ${state}`)
  await clean(mediator, 'agreement in force')
})

await test('the case has its sums beside what is claimed and offered, its articles and cases like it', async () => {
  await open(mediator, `/cases/${id}/law`)
  const table = mediator.locator('section', { hasText: '请求、计算、协议对照' })
  holds((await table.innerText()).includes('12,345.60'), 'what is claimed')
  const label = mediator.locator('section', { hasText: '计算用的情况' })
  await label.getByLabel('被辞退、离职、合同到期').check()
  await day(mediator, label.getByLabel('最后工作日（含当日）'), '2026-10-31')
  await label.getByLabel('解除或者终止的原因').selectOption('unlawful')
  await label.getByLabel(/前12个月平均应得工资/).fill('4500')
  await label.getByRole('button', { name: '计算', exact: true }).click()
  await mediator.getByText('违法解除（终止）赔偿金').first().waitFor()
  await table.getByText('违法解除').first().waitFor() /* the cause is in the comparison */
  await clean(mediator, 'law tab computed')
  await mediator.getByRole('button', { name: '存入案件' }).click()
  await mediator.getByRole('button', { name: '已存入案件' }).waitFor()
  const kept = mediator.locator('section', { hasText: '留存的计算' }).last()
  await kept.locator('summary').first().click()
  holds((await kept.innerText()).includes('违法解除'), 'the computation is kept with its lines')
  await clean(mediator, 'law tab kept')
  await mediator.locator('.claim .article').first().click()
  await mediator.locator('article.article').first().waitFor()
  await clean(mediator, 'an article')
  await mediator.getByRole('searchbox').last().fill('加班')
  await mediator.getByRole('button', { name: '查询' }).last().click()
  await mediator.getByText(/找到 \d+ 条/).waitFor()
})

await test('a roster of workers is pasted, its bad lines named, and all join at once', async () => {
  await reception(clerk, '工友代表')
  await clerk.locator('#in-read_back').check()
  await clerk.keyboard.press('F2')
  await clerk.locator('.slip .btn.main').click()
  await clerk.waitForSelector('.acts')
  await act(clerk, '登记')
  await send(clerk)
  const group = /cases\/(\d+)/.exec(clerk.url())[1]
  await open(clerk, `/cases/${group}/parties`)
  await clerk.getByRole('button', { name: '粘贴名册' }).click()
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const number = (i) => { const x = `4502061985${String(i % 12 + 1).padStart(2, '0')}15${String(100 + i)}`; return x + '10X98765432'[[...x].reduce((n, d, k) => n + d * weights[k], 0) % 11] }
  const lines = Array.from({ length: 60 }, (_, i) => `工友${i < 9 ? '零' : ''}${[...String(i + 1)].map((d) => '零一二三四五六七八九'[d]).join('')}\t${number(i)}\t138077213${String(i).padStart(2, '0')}`)
  await clerk.locator('#roster-text').fill([...lines, '坏行\t123\t13800138000'].join('\n'))
  await clerk.getByText('认出 61 人，其中 1 人需要改').waitFor()
  await clean(clerk, 'dialog of a roster')
  await clerk.locator('#roster-text').fill(lines.join('\n'))
  await clerk.locator('#roster-addr').fill('柳江区拉堡镇宿舍')
  await clerk.getByRole('button', { name: '加入 60 人' }).click()
  await clerk.getByText('已加入 60 人').waitFor()
  await clean(clerk, 'dialog of the codes')
  await clerk.getByRole('button', { name: '关闭' }).last().click()
  await clerk.locator('.head .tag', { hasText: '集体' }).first().waitFor()
  holds((await clerk.locator('main h1').innerText()).includes('61人'), 'the name of the group')
})

await test('a refusal asks for the head, who approves it', async () => {
  await reception(clerk, '李建国')
  await clerk.locator('#in-read_back').check()
  await clerk.keyboard.press('F2')
  await clerk.locator('.slip .btn.main').click()
  await clerk.waitForSelector('.acts')
  const second = /cases\/(\d+)/.exec(clerk.url())[1]
  await act(clerk, '登记')
  await send(clerk)
  await clerk.locator('.acts').getByRole('button', { name: /不予受理/ }).click()
  await clerk.getByRole('button', { name: '申请审批' }).click()
  await dialog(clerk).getByLabel('理由').fill('不属于受理范围')
  await dialog(clerk).locator('button[type=submit]').click()
  await clerk.getByText('审批已提交').waitFor()
  await open(head, '/approvals')
  await clean(head, 'approvals')
  await head.getByRole('button', { name: /审批/ }).first().click()
  await yes(dialog(head), /同意/)
  await send(head)
  await head.getByText('没有待审批的事项').waitFor()
  await open(clerk, `/cases/${second}`)
  await clerk.locator('.acts').getByRole('button', { name: /不予受理/ }).click()
  await choose(clerk, dialog(clerk).getByRole('combobox', { name: /不予受理原因/ }), '公有住房')
  await dialog(clerk).getByLabel('说明').fill('属于房改纠纷')
  await send(clerk)
  same(await clerk.locator('.head .tag').first().innerText(), '不予受理', 'the state')
})

await test('list: filters, views, count; search by "/" opens the case', async () => {
  await open(clerk, '/cases')
  holds(/共 3 件/.test(await clerk.locator('.page-head').innerText()), 'the count')
  await clean(clerk, 'case list')
  await clerk.getByRole('button', { name: '更多' }).click()
  await clerk.locator('.columns summary').click()
  await clean(clerk, 'columns')
  await clerk.getByRole('button', { name: '待签署' }).click()
  await clerk.getByText('没有符合条件的案件').waitFor()
  await clerk.locator('main').focus()
  await clerk.keyboard.press('/')
  await clerk.keyboard.type('李建')
  await clerk.locator('[role=option]').first().waitFor()
  await clean(clerk, 'search')
  await clerk.keyboard.press('ArrowDown')
  await clerk.keyboard.press('Enter')
  await clerk.waitForURL(/cases\/\d+/)
})

await test('by keyboard alone: from signing in to a case, and the focus comes back', async () => {
  const page = await staff(browser, house)
  await page.waitForFunction(() => document.activeElement?.id === 'login')
  await page.keyboard.type('clerk')
  await page.keyboard.press('Tab')
  await page.keyboard.type(SECRET)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.shell')
  await settle(page)
  const seen = []
  for (let i = 0; i < 24; i++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => ({ text: document.activeElement.innerText, ring: getComputedStyle(document.activeElement).outlineStyle }))
    seen.push(at.text)
    holds(at.ring !== 'none', `the focus on "${at.text}" is not seen`)
    if (at.text === '案件列表') break
  }
  same(seen[0], '跳到正文', 'the first stop')
  same(seen[seen.length - 1], '案件列表', 'the list in the menu')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#cases tbody a')
  await page.locator('#cases tbody a').first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.acts .btn')
  const opener = page.locator('.acts .btn').first()
  await opener.focus()
  await page.keyboard.press('Enter')
  await dialog(page).waitFor()
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'hidden' })
  await page.waitForFunction((e) => e === document.activeElement, await opener.elementHandle()) /* the focus is back on the button */
  await page.context().close()
})

await test('every page of every role: WCAG 2.2 AA, no error, no page wider than the window', async () => {
  for (const tab of ['overview', 'parties', 'evidence', 'sessions', 'agreement', 'law', 'papers', 'follow', 'links', 'record']) {
    await open(head, `/cases/${id}/${tab}`)
    await clean(head, `tab ${tab}`)
  }
  for (const path of ['/', '/inbound', '/diary', '/law', '/law/JSY/32', '/law/typical/HN-2026-01', '/mediators', '/orgs', '/employers', '/reference', '/account']) {
    await open(head, path)
    await clean(head, `head ${path}`)
  }
  for (const path of ['/mediators', '/orgs']) { /* the list beside what is open */
    await open(head, path)
    await head.locator('main tbody button').nth(1).click()
    await settle(head)
    await clean(head, `head ${path} open`)
  }
  for (const [login, paths] of Object.entries({ sysadmin: ['/users', '/orgs', '/reference', '/jobs', '/account'], secadmin: ['/users', '/machines'], auditor: ['/audit', '/users', '/machines'] })) {
    const page = await staff(browser, house, login)
    for (const path of paths) {
      await open(page, path)
      await clean(page, `${login} ${path}`)
    }
    if (login === 'sysadmin') await calendar(page)
    if (login === 'sysadmin') await accounts(page)
    if (login === 'auditor') await whole(page)
    if (login === 'auditor') await seen(page)
    if (login === 'secadmin') await machine(page)
    await page.context().close()
  }
})

/* More accounts than one page holds: the rest is read, and each is there once. */
async function accounts(page) {
  const admin = await house.as('sysadmin')
  for (let i = 0; i < 30; i++) await admin.post('/users', { login: `more.${i}`, name: '覃多多' })
  await open(page, '/users')
  same(await page.locator('main tbody tr').count(), 100, 'the first page of accounts')
  await page.getByRole('button', { name: '读取更多' }).click()
  await page.locator('main tbody td:first-child', { hasText: 'more.29' }).waitFor()
  const logins = await page.locator('main tbody td:first-child').allInnerTexts()
  same(logins.length, new Set(logins).size, 'each account once')
  await clean(page, 'two pages of accounts')
}
async function whole(page) {
  await open(page, '/audit')
  await page.getByRole('button', { name: '核验完整性' }).click()
  await page.getByText('记录完整').waitFor()
  await clean(page, 'audit record verified')
}
/* Why somebody sees a record: asked by number, and by the button beside an entry. */
async function seen(page) {
  const people = await (await house.as('auditor')).get('/users?limit=200')
  const idOf = (login) => people.items.find((u) => u.login === login).id
  const asked = async (login, record) => {
    await page.locator('.ask select').first().selectOption(idOf(login))
    await page.locator('.ask input').fill(record)
    await page.getByRole('button', { name: '查询' }).first().click()
    await page.locator('.answer').waitFor()
    return page.locator('.answer').innerText()
  }
  await open(page, '/audit')
  await page.getByRole('button', { name: '查询' }).first().click()
  await page.getByText('请选择人员，并填写记录编号').waitFor()
  const yes = await asked('clerk', id)
  holds(/能看到这条记录/.test(yes) && yes.includes('角色“受理登记员”可以打开这类记录') && yes.includes('记录在此人机构或者其下级'), yes)
  await clean(page, 'why somebody sees a record')
  const no = await asked('finance', id)
  holds(/看不到这条记录/.test(no) && no.includes('角色“财务人员”不能打开这类记录'), no)
  await page.locator('.filter select').first().selectOption(idOf('clerk'))
  await page.getByRole('button', { name: '查询' }).last().click()
  await settle(page)
  await page.getByRole('button', { name: /^为什么能看/ }).first().click()
  await page.locator('.answer').waitFor()
}
async function machine(page) {
  await open(page, '/machines')
  await page.getByRole('button', { name: '新建接口账号' }).click()
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).getByRole('alert').waitFor()
  await clean(page, 'dialog of a machine account')
  await page.keyboard.press('Escape')
}

/* The difference is seen before anything is imported. */
async function calendar(page) {
  await open(page, '/reference')
  await page.fill('#ref-csv', 'date,name,is_off,year_of_notice\n2027-01-01,元旦,1,2027\n')
  await page.getByRole('button', { name: '预览差异' }).click()
  await page.getByText('预览（尚未导入）').waitFor()
  await clean(page, 'preview of an import')
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByText(/已导入/).waitFor()
}

await test('dark, and English without a Chinese word of ours', async () => {
  const dark = await staff(browser, house, 'clerk', { theme: 'dark' })
  for (const path of ['/', '/cases', '/reception', `/cases/${id}`]) {
    await open(dark, path)
    await clean(dark, `dark ${path}`)
  }
  const name = await dark.locator('.who strong').innerText()
  await dark.getByRole('button', { name: 'English' }).click()
  for (const path of ['/cases', '/reception', '/account', '/reference']) {
    await open(dark, path)
    const left = await dark.evaluate(() => [...document.querySelectorAll('main h1, main h2, main .label, main legend, main button, nav a, th')]
      .map((e) => e.textContent.trim()).filter((x) => /[\u4e00-\u9fff]/.test(x)))
    const ours = left.filter((x) => !/柳江/.test(x) && !x.includes(name))
    same([...new Set(ours)].join(' | '), '', `Chinese left on ${path}`)
  }
  await clean(dark, 'English')
  await dark.context().close()
})

await test('English pages have no Chinese of ours, and no page has a code, a digest or a time as machines write it', async () => {
  const found = []
  for (const login of ['head', 'mediator01', 'sysadmin', 'auditor']) {
    const page = await staff(browser, house, login)
    listen(page)
    const paths = await page.$$eval('nav a', (links) => links.map((a) => a.getAttribute('href').replace('/console', '') || '/'))
    await page.getByRole('button', { name: 'English' }).click()
    if (login === 'head' && id) paths.push(...['overview', 'parties', 'sessions', 'agreement', 'law', 'papers', 'follow', 'links', 'record'].map((tab) => `/cases/${id}/${tab}`))
    for (const path of paths) {
      await open(page, path)
      const columns = ['/reference', '/audit'].includes(path) /* columns of a file, what is behind an entry */
      found.push(...(await faultsOf(page, true)).filter((x) => !columns || !x.startsWith('code')).map((x) => `${login} ${path} ${x}`))
    }
    await page.context().close()
  }
  same(found, [], 'what stands on a page and should not')
})

await test('walls: a page of another role says so kindly; a session that ends keeps what is typed', async () => {
  await open(clerk, '/users')
  holds((await clerk.locator('main').innerText()).includes('您的角色不能打开'), 'the kind word')
  await open(clerk, '/cases/999')
  await clerk.getByRole('alert').waitFor()
  await open(clerk, '/reception')
  await clerk.fill('#in-parties-0-name', '赵小兰')
  await clerk.context().clearCookies()
  await clerk.fill('#in-parties-1-name', '某某公司')
  await clerk.getByText('登录已到期').waitFor()
  await clerk.fill('#password', SECRET)
  await clerk.keyboard.press('Enter')
  await clerk.getByText('登录已到期').waitFor({ state: 'hidden' })
  same(await clerk.inputValue('#in-parties-0-name'), '赵小兰', 'the name')
})

await test('lost network: what is typed is kept on the device, and is sent once by itself when it is back', async () => {
  await reception(clerk, '周美玲')
  await clerk.locator('#in-read_back').check()
  await clerk.context().setOffline(true)
  await Promise.all([clerk.keyboard.press('F2'), clerk.keyboard.press('F2')])
  await clerk.getByText('没有网络，已存在本机（第 1 件）').waitFor()
  await clerk.context().setOffline(false)
  await clerk.getByRole('link', { name: '已发送，待核对' }).waitFor()
  await open(clerk, '/cases?q=' + encodeURIComponent('周美玲'))
  same(await clerk.locator('#cases tbody tr').count(), 1, 'the cases of this name')
  await open(clerk, '/waiting')
  await clerk.locator('#sent-list .code', { hasText: /\S/ }).waitFor()
  await clerk.getByRole('button', { name: /从本机清除/ }).click()
  await clerk.getByText('本机没有待发送的登记').waitFor()
})

/* The text of the open dialog's refusal, and that it is looked at. */
async function refusal(page, what) {
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).getByRole('alert').waitFor()
  await clean(page, what)
  return dialog(page).getByRole('alert').innerText()
}
await test('what was taken away while a form was open is told kindly when it is sent; what is typed stays, nothing is changed', async () => {
  const made = await (await house.as('clerk')).post('/cases', {
    channel: 'VISIT', mode: 'WRITTEN', appl_type: 'WORKER', region: '450206', place: '拉堡镇', hire_date: '2024-03-01', contract: 'NONE', post: '包装工', hours: 'STANDARD',
    wage: '500000', employed: true, knew_date: daysAgo(30), facts: '公司没有发工资，多次讨要没有结果。', online_ok: true, rec_ok: false, truthful: true, privacy: true, sensitive: true,
    claims: [{ cause: 'A01', amount: '2000000', basis: '四个月工资' }],
    parties: [
      { side: 'APPL', kind: 'WORKER', name: '韦转手', id_type: 'ID', id_no: '450206199003071239', mobile: '13807720055', addr: '拉堡镇', svc_addr: '拉堡镇' },
      { side: 'RESP', kind: 'EMPLOYER', name: '柳江区转手木业有限公司', no_uscc: '申请人不知道', emp_type: 'ENT', industry: 'C20', legal_rep: '韦成', mobile: '13907720056' }],
  })
  const C = `/cases/${made.id}`
  const state = async () => (await (await house.as('head')).get(C)).state

  const desk = await staff(browser, house, 'clerk', { path: C })
  await act(desk, '登记')
  await send(desk)
  await act(desk, '要求补正')
  await dialog(desk).locator('textarea').fill('请补交工资流水。')
  const security = await house.as('secadmin')
  const user = (await security.get('/users?limit=200')).items.find((u) => u.login === 'clerk')
  const give = async (roles) => {
    const { version } = await security.get(`/users/${user.id}`)
    await security.put(`/users/${user.id}/roles`, { roles }, { 'If-Match': `"${version}"` })
  }
  await give(['archivist'])
  await dialog(desk).locator('button[type=submit]').click()
  await desk.getByText('登录已到期').waitFor() /* new rights begin with a new session */
  await desk.fill('#password', SECRET)
  await desk.keyboard.press('Enter')
  await desk.getByText('登录已到期').waitFor({ state: 'hidden' })
  const barred = await refusal(desk, 'a right that was taken away')
  holds(barred.includes('您现在不能办理这一项') && barred.includes('没有提交'), barred)
  same([await dialog(desk).locator('textarea').inputValue(), await state()], ['请补交工资流水。', 'registered'], 'what was typed, and the case')
  await give(user.roles)
  await dialog(desk).locator('button[type=submit]').click()
  await desk.getByText('登录已到期').waitFor()
  await desk.fill('#password', SECRET)
  await desk.keyboard.press('Enter')
  await desk.getByText('登录已到期').waitFor({ state: 'hidden' })
  await send(desk)
  same(await state(), 'correction', 'with the right again, the same text goes')
  await desk.context().close()
  const again = await house.as('clerk')
  await again.post('/login', { login: 'clerk', password: SECRET })
  await again.post(`${C}/correct`, { supplied: true })
  await again.post(`${C}/accept`, { agrees: true })
  const giver = await house.as('dispatcher')
  const { mediators } = await giver.get(`${C}/proposals`)
  await giver.post(`${C}/assign`, { mediators: [{ mediator_id: mediators.find((m) => m.name === house.nameOf('mediator01')).id }], reason: '熟悉案情' })
})

await test('a case that went to somebody else while a form was open: the same when it is sent, in English, too', async () => {
  const giver = await house.as('dispatcher')
  const me = await house.as('mediator01')
  const mine = (await me.get('/cases?limit=200')).items.find((k) => k.applicant === '韦转手')
  const C = `/cases/${mine.id}`
  const page = await staff(browser, house, 'mediator01', { path: `${C}/sessions` })
  await ask(page, '背靠背谈话记录')
  await dialog(page).getByLabel('谈话对象').selectOption({ label: '申请人' })
  await dialog(page).locator('textarea').fill('底线是三个月工资。')
  const move = async (mine) => {
    const { mediators } = await giver.get(`${C}/proposals`)
    const to = mediators.find((m) => !m.barred && (m.name === house.nameOf('mediator01')) === mine)
    await giver.post(`${C}/reassign`, { mediators: [{ mediator_id: to.id }], reason: '原调解员临时有事' })
  }
  await move(false)
  const gone = await refusal(page, 'a case that is another’s now')
  holds(/您现在(看不到|不能办理)/.test(gone) && gone.includes('没有提交'), gone)
  same(await dialog(page).locator('textarea').inputValue(), '底线是三个月工资。', 'what was typed')
  await page.evaluate(() => [...document.querySelectorAll('header button')].find((b) => b.innerText === 'English').click())
  const told = await refusal(page, 'the same in English')
  holds(/^You (may not|cannot)/.test(told) && told.includes('Nothing was sent in'), told)
  await move(true)
  same((await me.get(`${C}/private-notes`)).items.length, 0, 'nothing was written')
  await send(page)
  same((await me.get(`${C}/private-notes`)).items.map((x) => x.content), ['底线是三个月工资。'], 'once it is back, the same text goes')
  await page.context().close()
})

await test('in a window of 320 px, which is 1,280 px at 400 %: one column, the menu unfolded by a button, nothing over the side', async () => {
  const page = await staff(browser, house, 'clerk')
  await page.setViewportSize(SMALL)
  const { items } = await (await house.as('clerk')).get('/cases?limit=1')
  const found = []
  const placesOf = (one) => one.$$eval('.side nav a', (all) => all.map((a) => a.getAttribute('href').replace('/console', '') || '/'))
  /* What goes over the side, and cards beside another that leave each other no room. */
  async function look(one, path) {
    const thin = await one.$$eval('main .card:not(.numbers > *)', (all) => all.filter((e) => e.offsetParent && e.offsetWidth < 200).map((e) => `narrow: ${e.innerText.slice(0, 20)}`))
    found.push(...[...await overhang(one), ...thin].map((x) => `${path}: ${x}`))
  }
  for (const path of [...await placesOf(page), '/law/LDHTF/47', ...items.flatMap((k) => ['overview', 'parties', 'sessions', 'agreement', 'papers', 'record'].map((tab) => `/cases/${k.id}/${tab}`))]) {
    await open(page, path)
    await clean(page, `narrow ${path.replace(/\d+/, 'case')}`).catch((e) => found.push(e.message))
    await look(page, path)
  }
  await open(page, '/law')
  await page.locator('.lines a').first().click()
  await page.waitForFunction(() => { const at = document.querySelector('main .text h2')?.getBoundingClientRect(); return at && at.top >= 0 && at.bottom < innerHeight })
  const seen = new Set(await placesOf(page))
  for (const login of ['dispatcher', 'head', 'bureau', 'finance', 'sysadmin']) {
    const other = await staff(browser, house, login)
    await other.setViewportSize(SMALL)
    for (const path of (await placesOf(other)).filter((x) => !seen.has(x) && x !== '/screen')) {
      seen.add(path)
      await open(other, path)
      await look(other, path)
    }
    await other.context().close()
  }
  same(found, [], 'pages')
  await open(page, '/')
  same(await page.locator('.side nav').isVisible(), false, 'the menu is folded')
  await page.getByRole('button', { name: '菜单' }).press('Enter')
  await page.locator('.side nav a', { hasText: '疑似重复' }).press('Enter')
  await page.waitForURL(/duplicates/)
  await page.waitForFunction(() => document.activeElement.id === 'main')
  same(await page.locator('.side nav').isVisible(), false, 'folded again')
  await page.context().close()
})

await test('shell and list weigh at most 300 KB, packed', async () => {
  await house.as('clerk')
  const page = await browser.newPage()
  const files = new Set()
  page.on('response', (r) => { if (r.url().includes('/assets/')) files.add(new URL(r.url()).pathname) })
  await page.goto(`${house.base}/console/cases`)
  await page.fill('#login', 'clerk')
  await page.fill('#password', SECRET)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.shell')
  await settle(page)
  const bytes = [...files].reduce((sum, f) => sum + gzipSync(readFileSync(join(root, 'build/web', f)), { level: 9 }).length, 0)
  console.log(`      ${Math.round(bytes / 1024)} KB in ${files.size} files`)
  holds(files.size > 3 && bytes <= 300 * 1024, `${bytes} bytes`)
  const all = readdirSync(join(root, 'build/web/console/assets')).map((f) => statSync(join(root, 'build/web/console/assets', f)).size)
  holds(Math.max(...all) < 600 * 1024, 'one file is too large')
})

await end()
