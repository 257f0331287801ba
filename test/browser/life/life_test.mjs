/*
** The whole life of one case, played by its people at once, each in a browser of his
** own: the worker and the employer on their telephones, the clerk, the dispatcher and
** the head at the console, the mediator on his telephone; at last the archivist.
** Then those whom a case may treat otherwise: one refused, one of twelve who dissents;
** and the walls between them all.
**   node test/browser/life/life_test.mjs [WORD…]
*/
import { at, PHONE, SMALL, visit } from '../lib/browser.mjs'
import { act, ask, choose, clean, day, dialog, open, send, settle, staff, yes } from '../lib/desk.mjs'
import * as fill from '../lib/fill.mjs'
import { frame, holds, owes as owesAll, same } from '../lib/frame.mjs'
import { daysAgo, Person, SECRET } from '../lib/house.mjs'

const { house, browser, test, end } = await frame()
const owes = (page, what) => owesAll(page, what, { least: 44, rules: ['best-practice'] })
const today = daysAgo(0)
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const scan = (n) => ({ name: `mark${n}.png`, mimeType: 'image/png', buffer: Buffer.concat([PNG, Buffer.from([n])]) })

/* ---- the mediator's telephone -------------------------------------------------------------------- */

async function onPhone(login, id) {
  await house.as(login)
  const page = await visit(browser, house.base, { viewport: PHONE })
  await at(page, '/desk')
  await page.locator('#desk-login').fill(login)
  await page.locator('#desk-password').fill(SECRET)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { level: 1, name: '您好' }).waitFor()
  if (id) await onCase(page, id)
  return page
}
async function onCase(page, id) {
  await at(page, `/desk/${id}`)
  await page.getByRole('heading', { name: '期限和下一步' }).waitFor()
}
const begin = (page, name) => page.locator('main').getByRole('button', { name, exact: true }).first().click()
async function done(page, title) {
  await page.getByRole('button', { name: '确定', exact: true }).click()
  await page.getByText(`已办好：${title}`).waitFor()
}
const check = (page, question) => page.locator('fieldset', { hasText: question }).last().getByText('是', { exact: true }).click()
const pick = (page, field, text) => page.locator('.field', { hasText: field }).last().getByText(text, { exact: true }).click()

/* ---- the case ---------------------------------------------------------------------------------------- */

let worker, employer, clerk, dispatcher, mediator, head, receipt, id
const firmPhone = fill.FIRM.mobile
const caseOf = async (login = 'clerk') => (await house.as(login)).get(`/cases/${id}`)

await test('the worker applies on a telephone; six people open their pages', async () => {
  worker = await visit(browser, house.base, { viewport: PHONE })
  employer = await visit(browser, house.base, { viewport: SMALL })
  ;[clerk, dispatcher, head] = [await staff(browser, house, 'clerk'), await staff(browser, house, 'dispatcher'), await staff(browser, house, 'head')]
  await at(worker, '/')
  await worker.getByRole('link', { name: /我要申请调解/ }).click()
  receipt = await fill.applyAll(worker)
})

await test('the clerk finds it among the tasks, registers it and asks the employer', async () => {
  await clerk.reload()
  await settle(clerk)
  await clerk.locator('a.task', { hasText: fill.WORKER.name }).first().click()
  await clerk.waitForSelector('.acts')
  id = /cases\/(\d+)/.exec(clerk.url())[1]
  await act(clerk, '登记')
  await send(clerk)
  await act(clerk, '征询对方意愿')
  await send(clerk)
  await settle(clerk)
  same((await caseOf()).state, 'consent', 'the state')
})

await test('the employer opens the link from the message, sees what is claimed, and agrees', async () => {
  const invitation = await house.sent(firmPhone, /([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/)
  await fill.openCase(employer, house, invitation, firmPhone, '/answer')
  await employer.getByRole('heading', { name: '对方的要求' }).waitFor()
  holds((await employer.locator('main').innerText()).includes('20,000.00'), 'the sum')
  await employer.getByText('愿意调解', { exact: true }).click()
  await employer.locator('form .actions button').last().click()
  await fill.heading(employer, '已收到您的答复')
})

await test('the clerk accepts and makes the papers of acceptance', async () => {
  await open(clerk, `/cases/${id}`)
  await act(clerk, '受理')
  await yes(dialog(clerk), /双方均同意调解/)
  await send(clerk)
  await open(clerk, `/cases/${id}/papers`)
  for (const code of ['D03', 'D07']) {
    const row = clerk.locator('main tr', { hasText: code }).first()
    await row.getByRole('button', { name: /^制作文书/ }).click()
    await dialog(clerk).locator('button[type=submit]:enabled').waitFor()
    await dialog(clerk).locator('button[type=submit]').click()
    await dialog(clerk).waitFor({ state: 'hidden' })
    await settle(clerk)
  }
  await clean(clerk, 'life-papers')
})

await test('the dispatcher shares it out', async () => {
  await open(dispatcher, '/dispatch')
  await dispatcher.getByRole('button', { name: '直接指派调解员' }).click()
  await settle(dispatcher)
  await dispatcher.locator('.cards li', { hasText: house.nameOf('mediator01') }).getByRole('checkbox').check()
  await dispatcher.locator('.cards ~ .field textarea').fill('熟悉该类争议')
  await dispatcher.locator('main form button[type=submit]').click()
  await dispatcher.getByText(/已办理/).waitFor()
})

await test('the mediator plans and opens the session on the telephone, writes minutes and a private note', async () => {
  mediator = await onPhone('mediator01')
  await mediator.locator('a.whole', { hasText: fill.WORKER.name }).first().click()
  await mediator.getByRole('heading', { name: '期限和下一步' }).waitFor()
  await begin(mediator, '安排调解')
  await mediator.locator('#planned').fill(`${today}T09:30`)
  await mediator.locator('#place').fill('第一调解室')
  await done(mediator, '安排调解')
  await begin(mediator, '开始第 1 次调解')
  for (const q of ['身份已核对', '权利义务已告知', '双方同意调解方式']) await check(mediator, q)
  await done(mediator, '开始第 1 次调解')
  await begin(mediator, '写笔录')
  await mediator.locator('#template').selectOption('wage')
  await mediator.locator('#result').fill('同意一次付清')
  await check(mediator, '已询问是否申请回避')
  await done(mediator, '写笔录')
  await begin(mediator, '记背靠背谈话')
  await pick(mediator, '谈话对象', '被申请人')
  await mediator.locator('#content').fill('月底前能拿出两万元')
  await done(mediator, '记背靠背谈话')
  await owes(mediator, 'life-desk-390')
})

await test('more time is asked for; the worker agrees, and with the employer’s word it is extended', async () => {
  const before = (await caseOf()).due
  await begin(mediator, '征求双方同意延期')
  await mediator.locator('#days').fill('5')
  await mediator.locator('#reason').fill('单位要核对工资表')
  await done(mediator, '征求双方同意延期')
  await owes(mediator, 'life-desk-asked-390')
  await fill.openCase(worker, house, receipt, fill.WORKER.mobile)
  await worker.getByRole('link', { name: /答复是否同意延长/ }).click()
  await owes(worker, 'life-extension-390')
  await worker.getByRole('button', { name: '同意延长', exact: true }).click()
  await worker.getByText('已收到您的同意。').waitFor()
  await employer.goto(`${house.base}/case`)
  await employer.locator('#extension').waitFor()
  await employer.getByRole('button', { name: '不同意延长' }).click()
  await owes(employer, 'life-extension-320')
  await employer.getByRole('button', { name: '取消' }).click()
  await employer.getByRole('button', { name: '同意延长', exact: true }).dblclick()
  await employer.locator('#extension .tag', { hasText: '已经延长' }).waitFor()
  holds((await caseOf()).due > before, 'the last day is later')
  await mediator.reload()
  await mediator.getByText('已延期').waitFor()
  await open(clerk, `/cases/${id}/sessions`)
  await clerk.getByText('双方同意，已延期').waitFor()
  await clean(clerk, 'life-extension-console')
})

await test('both confirm the minutes; the agreement is drafted on the telephone and found in order', async () => {
  for (const page of [worker, employer]) {
    await page.reload()
    await page.getByRole('button', { name: '内容属实，我确认' }).click()
    await page.getByRole('button', { name: '内容属实，我确认' }).waitFor({ state: 'hidden' })
  }
  await worker.reload()
  await worker.getByText('申请人已确认，被申请人已确认').waitFor()
  await mediator.reload()
  await begin(mediator, '拟协议')
  await mediator.locator('#result').fill('被申请人于今日付清拖欠的工资二万元。')
  await mediator.locator('#total').fill('20000')
  await mediator.locator('#obligations-0-amount').fill('20000')
  await fill.day(mediator, 'obligations-0-due_on', today)
  await owes(mediator, 'life-agreement-390')
  await done(mediator, '拟协议')
  await begin(mediator, '双方达成一致，提请签署')
  await mediator.locator('#reason').fill('双方互谅互让')
  await done(mediator, '双方达成一致，提请签署')
})

await test('the worker and the employer sign, the mediator collects his own mark, the head sets the seal', async () => {
  for (const [page, name] of [[worker, fill.WORKER.name], [employer, fill.FIRM.rep]]) {
    await page.goto(`${house.base}/case`)
    await page.getByText('我看清楚了协议的全部内容').click()
    await page.locator('#sign-name').fill(name)
    await page.getByRole('button', { name: '签署', exact: true }).click()
    await page.getByText('您已经签署').waitFor()
  }
  await mediator.reload()
  await mediator.getByRole('button', { name: /^登记签署/ }).first().click()
  await mediator.locator('input[type=file]').setInputFiles(scan(1))
  await mediator.getByText('已取得文件摘要').waitFor()
  await mediator.getByRole('button', { name: '确定', exact: true }).click()
  await mediator.getByText('已办好：登记签署').waitFor()
  same(await mediator.getByRole('button', { name: /^登记签署/ }).count(), 0, 'the seal is not the mediator’s')
  await open(head, `/cases/${id}/agreement`)
  await head.getByRole('button', { name: /登记签署/ }).first().click()
  await dialog(head).locator('input[type=file]').setInputFiles(scan(2))
  await dialog(head).getByText('已取得文件摘要').waitFor()
  await send(head)
  same((await caseOf()).state, 'performing', 'the state')
})

await test('the employer pays with proof, the worker sees it, all is performed', async () => {
  await employer.reload()
  await employer.getByText('登记一笔付款').click()
  await employer.locator('#pay-which').selectOption({ index: 1 })
  await employer.locator('#pay-amount').fill('20000')
  await employer.locator('input[type=file]').first().setInputFiles(scan(3))
  await employer.getByRole('button', { name: '登记', exact: true }).dblclick()
  await employer.locator('.notice.good', { hasText: '已凭付款凭证登记' }).waitFor()
  await worker.reload()
  await worker.locator('#performance .tag', { hasText: '已凭付款凭证登记' }).waitFor()
  same(await worker.getByRole('button', { name: '我收到了，确认' }).count(), 0, 'what a proof settled asks for no word')
  await house.wait(async () => (await caseOf()).state === 'performed', 'the end of the performance')
  same((await (await house.as('clerk')).get(`/cases/${id}/performance`)).payments.length, 1, 'a double click pays once')
})

await test('closing is refused while the checklist lacks a paper; the mediator serves what was made', async () => {
  await mediator.reload()
  await begin(mediator, '结案')
  await mediator.getByRole('heading', { name: '结案必备材料' }).waitFor()
  await owes(mediator, 'life-checklist-390')
  await mediator.getByRole('button', { name: '确定', exact: true }).click()
  await mediator.locator('.notice.bad').waitFor()
  await mediator.getByRole('button', { name: '返回案件' }).click()
  const serve = mediator.getByRole('button', { name: /^登记送达/ })
  while (await serve.count()) {
    const left = await serve.count()
    await serve.first().click()
    await done(mediator, '登记送达')
    same(await serve.count(), left - 1, 'papers to be served')
  }
  await owes(mediator, 'life-desk-papers-390')
})

await test('the head visits both, sees what is late, and the mediator closes', async () => {
  await open(head, `/cases/${id}/follow`)
  await ask(head, '回访')
  await dialog(head).getByLabel('回访类型').selectOption('FINAL')
  await day(head, dialog(head).getByLabel('回访日期'), today)
  await dialog(head).getByLabel('回访方式').selectOption('PHONE')
  await dialog(head).getByLabel('回访对象').fill(fill.WORKER.name)
  await yes(dialog(head), /是否履行/)
  await send(head)
  await open(head, '/')
  await clean(head, 'life-head')
  await head.locator('.numbers a', { hasText: '超期' }).click()
  await settle(head)
  holds(/late=true/.test(head.url()), 'what is late')
  await mediator.reload()
  await begin(mediator, '结案')
  await mediator.getByRole('heading', { name: '结案必备材料' }).waitFor()
  same(await mediator.locator('.tag.bad').count(), 0, 'nothing is missing')
  await done(mediator, '结案')
})

await test('the archivist archives it; the worker sees the end of the story', async () => {
  const archivist = await staff(browser, house, 'archivist', { path: `/cases/${id}` })
  await act(archivist, '归档')
  await send(archivist)
  same(await archivist.locator('.head .tag').first().innerText(), '已归档', 'the state')
  await clean(archivist, 'life-archived')
  await worker.reload()
  await worker.locator('.tag.big', { hasText: '已归档' }).waitFor()
  holds((await worker.locator('.timeline').innerText()).includes('结案'), 'the story')
  await owes(worker, 'life-end-390')
  await archivist.context().close()
})

/* ---- refused, and dissenting ------------------------------------------------------------------------- */

/* A tag, a mark that turns the line round, characters outside the plane, and 4,900 letters without a gap. */
const UNSAFE = `公司从今年9月起没有发工资，<b>多次</b><script>alert(1)</script>讨要没有结果。\u202e㛃𬀩龘${'A'.repeat(4900)}`
const APPLICATION = (org, workers, mobile) => ({
  org, channel: 'VISIT', mode: 'WRITTEN', appl_type: workers > 1 ? 'GROUP' : 'WORKER', region: '450206', place: '拉堡镇', hire_date: '2024-03-01', contract: 'NONE', post: '包装工',
  hours: 'STANDARD', wage: '500000', employed: true, knew_date: daysAgo(30), facts: UNSAFE, online_ok: true, rec_ok: false,
  truthful: true, privacy: true, sensitive: true, claims: [{ cause: 'A01', amount: String(workers * 500000), basis: '一个月工资' }],
  parties: [
    ...Array.from({ length: workers }, (_, i) => ({ side: 'APPL', kind: 'WORKER', name: `韦工${'一二三四五六七八九十甲乙'[i]}`, id_type: 'ID', id_no: numberOf(i), mobile: String(mobile + i), addr: '拉堡镇', svc_addr: '拉堡镇' })),
    { side: 'RESP', kind: 'EMPLOYER', name: '柳江区成团木器有限公司', no_uscc: '申请人不知道', emp_type: 'ENT', industry: 'C20', legal_rep: '韦成', mobile: '13907721009' }],
})
function numberOf(i) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const s = `4502061985${String(i % 12 + 1).padStart(2, '0')}15${String(100 + i)}`
  return s + '10X98765432'[[...s].reduce((n, d, k) => n + d * weights[k], 0) % 11]
}
async function registered(workers, mobile) {
  const office = await house.as('clerk')
  const { items } = await office.get('/public/orgs?kind=CENTER')
  const made = await office.post('/cases', APPLICATION(items[0].id, workers, mobile))
  await office.post(`/cases/${made.id}/register`)
  return made
}

await test('refused with the head’s word: the applicant reads why, and where to go instead', async () => {
  const made = await registered(1, 13807723000)
  await open(clerk, `/cases/${made.id}`)
  holds((await clerk.locator('main').innerText()).includes('<script>alert(1)</script>'), 'what was typed is text')
  await clean(clerk, 'life-unsafe')
  await clerk.locator('.acts').getByRole('button', { name: /不予受理/ }).click()
  await clerk.getByRole('button', { name: '申请审批' }).click()
  await dialog(clerk).getByLabel('理由').fill('不属于受理范围')
  await dialog(clerk).locator('button[type=submit]').click()
  await clerk.getByText('审批已提交').waitFor()
  await open(head, '/approvals')
  await head.getByRole('button', { name: /审批/ }).first().click()
  await yes(dialog(head), /同意/)
  await send(head)
  await open(clerk, `/cases/${made.id}`)
  await clerk.locator('.acts').getByRole('button', { name: /不予受理/ }).click()
  await choose(clerk, dialog(clerk).getByRole('combobox', { name: /不予受理原因/ }), '公有住房')
  await dialog(clerk).getByLabel('说明').fill('属于房改纠纷')
  await send(clerk)
  const page = await visit(browser, house.base, { viewport: SMALL, elder: true })
  await fill.openCase(page, house, made.receipt, '13807723000')
  await page.locator('.tag.big', { hasText: '没有受理' }).waitFor()
  const told = await page.locator('#refused').innerText()
  holds(told.includes('公有住房'), `why: ${told}`)
  holds(told.includes('房屋') || told.includes('法院'), `where to go: ${told}`)
  await page.getByText('看申请书里写的经过').click()
  holds((await page.locator('main').innerText()).includes('<b>多次</b><script>alert(1)</script>讨要'), 'what was typed is text')
  await owesAll(page, 'life-refused-elder-320', { least: 60, rules: ['best-practice'] })
  await page.context().close()
})

await test('of twelve eleven consent to what their representatives accept; the twelfth goes on alone', async () => {
  const made = await registered(12, 13807724000)
  const C = `/cases/${made.id}`
  await (await house.as('clerk')).post(`${C}/accept`, { agrees: true })
  await house.as('mediator01')
  const people = (await (await house.as('dispatcher')).get('/mediators?limit=200')).items
  const lead = people.find((m) => m.name === house.nameOf('mediator01'))
  const team = [lead, people.find((m) => m.org_id === lead.org_id && m.id !== lead.id && m.active && m.open_load < m.capacity)].map((m) => ({ mediator_id: m.id }))
  await (await house.as('dispatcher')).post(`${C}/assign`, { mediators: team, reason: '集体争议' })
  const api = await house.as('mediator01')
  const session = await api.post(`${C}/sessions`, { mode: 'ONSITE', planned: `${today}T09:00`, place: '第一调解室' })
  await api.post(`${C}/sessions/${session.id}/open`, { attendees: '双方', identified: true, rights_told: true, mode_agreed: true, sham_told: true })
  const page = await staff(browser, house, 'mediator01', { path: `${C}/parties` })
  same(await page.locator('.group tbody tr').count(), 12, 'the workers of the group')
  for (const name of ['韦工一', '韦工二', '韦工三']) await page.getByLabel(`选中 ${name}`, { exact: true }).check()
  await page.getByRole('button', { name: '推举代表人（3）' }).click()
  await dialog(page).getByLabel('签名人数').fill('12')
  await clean(page, 'life-group-elect')
  await send(page)
  same(await page.locator('.group tbody tr', { hasText: '代表人' }).count(), 3, 'representatives')
  await page.getByLabel('全部选中').check()
  await page.getByLabel('选中 韦工乙', { exact: true }).uncheck()
  await page.getByRole('button', { name: '登记同意（11）' }).click()
  await dialog(page).getByLabel(/方式/).selectOption('PAPER')
  await dialog(page).getByLabel('事项').fill('按八成支付')
  await send(page)
  same(await page.locator('.group tbody tr', { hasText: '已同意' }).count(), 11, 'who consents')
  const { items } = await api.get(`${C}/parties`)
  const firm = items.find((p) => p.side === 'RESP').id
  await api.put(`${C}/agreement`, { requests: '支付拖欠工资', result: '按八成支付。', total: '4400000', obligations: [{ duty: 'PAY', debtor_id: firm,
    creditor_ids: items.filter((p) => p.side === 'APPL' && p.name !== '韦工乙').map((p) => p.id), money: 'WAGE', cause: 'A01', amount: '4400000', due_on: today, method: '银行转账' }] })
  await open(page, C)
  await act(page, '达成一致')
  await dialog(page).getByLabel('保留提示条款的理由').fill('双方互谅互让。')
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).getByRole('alert').waitFor()
  holds((await dialog(page).innerText()).includes('韦工乙'), 'it names who dissents')
  await page.keyboard.press('Escape')
  await open(page, `${C}/parties`)
  await page.getByLabel('选中 韦工乙', { exact: true }).check()
  await page.getByRole('button', { name: '分案（1）' }).click()
  await dialog(page).getByLabel(/金额/).fill('5000')
  await dialog(page).getByLabel(/理由|原因/).fill('不同意代表人接受的方案')
  await send(page)
  await page.getByText(/回执编码/).first().waitFor()
  await clean(page, 'life-group-split')
  await page.getByRole('button', { name: '已告知本人' }).click()
  await page.locator('.group tbody tr', { hasText: '已分案' }).waitFor()
  const old = await api.get(C)
  same([old.workers, old.amount], [11, '5500000'], 'the group without him')
  const link = (await api.get(`${C}/links`)).items.find((l) => l.why === 'split')
  const alone = await api.get(`/cases/${link.other_id === made.id ? link.case_id : link.other_id}`)
  same([alone.applicant, alone.filed, alone.due, alone.workers], ['韦工乙', old.filed, old.due, 1], 'the case of his own, with the same day and period')
  await open(page, C)
  await act(page, '达成一致')
  await dialog(page).getByLabel('保留提示条款的理由').fill('双方互谅互让。')
  await send(page)
  same((await api.get(C)).state, 'pending_sign', 'the eleven go on')
  await page.context().close()
})

/* ---- walls ------------------------------------------------------------------------------------------------- */

await test('nobody passes through a wall, and each is told so kindly', async () => {
  const other = await registered(1, 13807725000)
  const stranger = await worker.request.get(`${house.base}/api/v1/cases/${other.id}`)
  same(stranger.status(), 404, 'the worker and a foreign case')
  for (const path of ['users', 'months', 'tasks', `cases/${id}/private-notes`]) {
    const answer = await worker.request.get(`${house.base}/api/v1/${path}`)
    holds([403, 404].includes(answer.status()), `the worker and ${path}: ${answer.status()}`)
  }
  await worker.goto(`${house.base}/console/cases/${other.id}`)
  await worker.getByRole('heading', { name: '这里是工作人员的工作台' }).waitFor()
  await worker.getByRole('link', { name: '打开我的案件' }).click()
  await fill.heading(worker, '我的案件')
  await at(mediator, `/desk/${other.id}`)
  await mediator.getByText('没有这个案件，或者不归您承办').waitFor()
  await owes(mediator, 'life-wall-desk-390')
  const finance = await staff(browser, house, 'finance', { path: `/cases/${id}` })
  await finance.getByRole('heading', { name: '没有这个页面' }).waitFor()
  await clean(finance, 'life-wall-finance')
  same((await finance.request.get(`${house.base}/api/v1/cases/${id}`)).status(), 403, 'finance and a case')
  for (const [page, path] of [[clerk, '/users'], [dispatcher, '/approvals'], [head, '/audit']]) {
    await open(page, path)
    holds((await page.locator('main').innerText()).includes('您的角色不能打开'), `the kind word at ${path}`)
  }
  const nobody = new Person(house.base)
  for (const path of [`/cases/${id}`, '/tasks', `/cases/${id}/made`]) {
    same(await nobody.get(path).catch((e) => / (\d\d\d) /.exec(e.message)[1]), '401', `nobody and ${path}`)
  }
  await finance.context().close()
})

await end()
