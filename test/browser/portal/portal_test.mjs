/*
** The portal in a real browser against the real server.  Each test is a person who
** wants something; the last line says how many got it.
**   node test/browser/portal/portal_test.mjs [WORD…]   only tests whose names have a WORD
**   SHOTS=DIR                                            a picture at every step
*/
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { at, DESK, openBrowser, overhang, PHONE, SMALL, smallTargets, violations, visit } from './browser.mjs'
import * as fill from './fill.mjs'
import { House, Person, root } from './house.mjs'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const words = process.argv.slice(2)
const tests = []
const test = (name, run) => tests.push({ name, run })
const shots = process.env.SHOTS
if (shots) mkdirSync(shots, { recursive: true })

function must(what, good) {
  if (!good) throw new Error(what)
}
function same(what, got, wanted) {
  must(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`, JSON.stringify(got) === JSON.stringify(wanted))
}

/* Every page owes this to everybody. */
async function owes(page, what, least = 44) {
  if (shots) await page.screenshot({ path: `${shots}/${what}.png`, fullPage: true })
  same(`${what}: axe`, await violations(page), [])
  same(`${what}: over the side`, await overhang(page), [])
  same(`${what}: small targets`, await smallTargets(page, least), [])
  same(`${what}: errors of the page`, page.wrongs, [])
}

const APPLICATION = (org, mobile) => ({
  org, channel: 'WEB', mode: 'WRITTEN', appl_type: 'WORKER', region: '450206', place: '拉堡镇', hire_date: '2024-03-01', contract: 'NONE', post: '包装工',
  hours: 'STANDARD', wage: '500000', employed: true, knew_date: '2026-07-15', facts: '公司从2026年6月起没有发工资，多次讨要没有结果。',
  online_ok: true, rec_ok: false, truthful: true, privacy: true, sensitive: true, claims: [{ cause: 'A01', amount: '2000000', basis: '四个月工资' }],
  parties: [
    { side: 'APPL', kind: 'WORKER', name: '韦大年', id_type: 'ID', id_no: '450206199003071239', mobile, addr: '拉堡镇', svc_addr: '拉堡镇' },
    { side: 'RESP', kind: 'EMPLOYER', name: '柳江区百朋木业有限公司', uscc: '91330282MA2C00012W', emp_type: 'ENT', industry: 'C20', legal_rep: '韦成', mobile: '13907720009' }],
})
async function filed(house, mobile) {
  const anybody = new Person(house.base)
  const { items } = await anybody.get('/public/orgs?kind=CENTER')
  return anybody.post('/cases', APPLICATION(items[0].id, mobile))
}
async function invited(house, mobile) {
  const made = await filed(house, mobile)
  const clerk = await house.as('clerk')
  await clerk.post(`/cases/${made.id}/register`)
  const before = house.log.length
  await clerk.post(`/cases/${made.id}/ask-consent`)
  const invitation = await house.sent('13907720009', /([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/, before)
  return { ...made, invitation }
}

test('a worker applies on a phone, from the first page to the receipt, and opens the case', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  await at(page, '/')
  await page.getByRole('link', { name: /我要申请调解/ }).click()
  const receipt = await fill.applyAll(page)
  must('a receipt code', /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/.test(receipt))
  must('a QR code', await page.locator('svg.qr path').count() === 1)
  await owes(page, 'receipt-390')
  await fill.openCase(page, house, receipt, fill.WORKER.mobile)
  await fill.heading(page, '我的案件')
  await page.getByText('已提交，等待登记').waitFor()
  await page.getByText('受理人员登记、审查').waitFor()
  await page.getByText('为什么是这一天').first().click()
  must('the reason of the day', (await page.locator('.now details p').first().innerText()).includes('个工作日'))
  await page.getByText('看申请书里写的经过').click()
  must('unsafe text is text', (await page.locator('main').innerText()).includes('<script>alert(1)</script> 㛃𬀩龘'))
  await page.locator('#ev-kind').selectOption('CHAT')
  await page.locator('#evidence input[type=file]').setInputFiles({ name: '聊天记录.png', mimeType: 'image/png', buffer: PNG })
  await page.getByText('已上传 聊天记录.png').waitFor()
  await page.locator('#evidence .rows a', { hasText: '聊天记录.png' }).waitFor()
  await owes(page, 'case-submitted-390')
  await page.getByRole('button', { name: '撤回申请' }).click()
  await page.getByRole('button', { name: '确定' }).click()
  await page.getByText('请写明原因').last().waitFor()
  await page.locator('#more-note').fill('已经谈好了')
  await page.getByRole('button', { name: '确定' }).click()
  await page.getByText('申请已撤回').waitFor()
})

test('nothing is sent that is not right: faults are summed up, linked, and go when they are mended', async ({ house, browser }) => {
  const page = await visit(browser, house.base, { viewport: SMALL })
  await at(page, '/apply')
  await fill.begin(page)
  await fill.next(page)
  await page.locator('.summary').waitFor()
  must('the summary has the focus', await page.evaluate(() => document.activeElement.classList.contains('summary')))
  await page.locator('.summary a').click()
  must('the link goes to the question', await page.evaluate(() => document.activeElement.id === 'intake.appl_type'))
  await fill.who(page)
  await fill.place(page)
  await fill.heading(page, '您是谁？')
  await fill.type(page, 'me.name', '韦大年')
  await fill.type(page, 'me.id_no', '450206199003071230')
  await fill.type(page, 'me.mobile', '1380772000')
  await fill.next(page)
  same('two faults', await page.locator('.summary li').count(), 2)
  await owes(page, 'faults-320')
  await fill.type(page, 'me.id_no', fill.WORKER.id)
  same('one is mended', await page.locator('.summary li').count(), 1)
  await fill.type(page, 'me.mobile', fill.WORKER.mobile)
  same('none is left', await page.locator('.summary').count(), 0)
})

test('an application is saved under a code and gone on with on another phone', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  await at(page, '/apply')
  await fill.begin(page)
  await fill.who(page)
  await fill.place(page)
  await fill.me(page)
  await page.getByRole('button', { name: '保存，以后再填' }).click()
  const code = (await page.locator('.draft-code').innerText()).trim()
  await owes(page, 'saved-390')
  await fill.firm(page)
  await fill.heading(page, '工作情况')
  await page.locator('.draft-code').waitFor()
  await page.waitForTimeout(300)
  const other = await visit(browser, house.base)
  await at(other, '/apply')
  await other.getByText('接着填写上次的申请').click()
  await other.locator('#resume').fill('NOSUCHCODE12')
  await other.getByRole('button', { name: '取回' }).click()
  await other.getByText('没有找到这个编码').waitFor()
  await other.locator('#resume').fill(code.toLowerCase())
  await other.getByRole('button', { name: '取回' }).click()
  await fill.job(other)
  await fill.claims(other)
  await fill.story(other)
  await fill.rest(other)
  await fill.heading(other, '核对并提交')
  must('what the first phone typed', (await other.locator('main').innerText()).includes('柳江区百朋木业有限公司'))
  await owes(other, 'review-390')
  await fill.declare(other)
})

test('without a network nothing typed is lost, and a double click sends once', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  await at(page, '/apply')
  await fill.begin(page)
  await fill.who(page)
  await fill.place(page)
  await fill.me(page)
  await fill.firm(page)
  await fill.job(page)
  await fill.claims(page)
  await fill.story(page)
  await fill.rest(page)
  await fill.heading(page, '核对并提交')
  for (const box of ['truthful', 'privacy', 'sensitive']) await page.locator(`#${box} input`).check()
  await page.context().setOffline(true)
  await fill.next(page)
  await page.getByText('网络没有接通').waitFor()
  await page.getByRole('button', { name: '保存，以后再填' }).click()
  await page.getByText('恢复后会自动存到服务器').waitFor()
  await page.context().setOffline(false)
  await page.locator('.draft-code').waitFor()
  await page.reload()
  await page.getByRole('button', { name: '接着填写' }).click()
  await fill.heading(page, '核对并提交')
  let sent = 0
  page.on('request', (r) => { if (r.method() === 'POST' && r.url().endsWith('/api/v1/cases')) sent++ })
  for (const box of ['truthful', 'privacy', 'sensitive']) await page.locator(`#${box} input`).check()
  await page.locator('form .actions button').first().dblclick()
  await fill.heading(page, '申请已提交')
  same('sent once', sent, 1)
})

test('a group of twelve pastes its roster', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  await at(page, '/apply')
  await fill.begin(page)
  await fill.who(page, '多名劳动者')
  await fill.place(page)
  await fill.heading(page, '一起申请的劳动者')
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const idOf = (i) => { const s = `4502061985${String(i % 12 + 1).padStart(2, '0')}15${String(100 + i)}`; return s + '10X98765432'[[...s].reduce((n, d, k) => n + d * weights[k], 0) % 11] }
  const lines = Array.from({ length: 12 }, (_, i) => `工友${'一二三四五六七八九十甲乙'[i]}\t${idOf(i)}\t138077211${String(i).padStart(2, '0')}`)
  await page.locator('#roster').fill(['姓名\t身份证\t手机', ...lines.slice(0, 11), '坏行 123'].join('\n'))
  await page.getByText('认出 12 人，其中 1 人需要改').waitFor()
  await fill.next(page)
  await page.locator('.summary').waitFor()
  await owes(page, 'roster-390')
  await page.locator('#roster').fill(lines.join('\n'))
  await fill.next(page)
  await fill.firm(page)
  await fill.job(page)
  await fill.claims(page)
  await fill.story(page)
  await fill.rest(page)
  const receipt = await fill.declare(page)
  await fill.openCase(page, house, receipt, '13807721100')
  await fill.heading(page, '我的案件')
  await page.locator('dd', { hasText: '工友乙' }).waitFor()
})

test('an employer applies, with an agent', async ({ house, browser }) => {
  const page = await visit(browser, house.base, { elder: true, viewport: SMALL })
  await at(page, '/apply')
  await fill.begin(page)
  await fill.who(page, '用人单位')
  await fill.place(page)
  await fill.heading(page, '您的单位')
  await fill.type(page, 'me.name', fill.FIRM.name)
  await fill.type(page, 'me.no_uscc', '正在换证')
  await fill.choose(page, 'me.emp_type', 'ENT')
  await fill.choose(page, 'me.industry', 'C')
  await fill.type(page, 'me.legal_rep', fill.FIRM.rep)
  await fill.type(page, 'me.mobile', '13907720021')
  await owes(page, 'firm-elder-320', 60)
  await fill.next(page)
  await fill.heading(page, '对方是谁？')
  await fill.type(page, 'other.name', fill.WORKER.name)
  await fill.type(page, 'other.id_no', fill.WORKER.id)
  await fill.type(page, 'other.mobile', fill.WORKER.mobile)
  await fill.type(page, 'other.addr', '拉堡镇')
  await fill.type(page, 'other.svc_addr', '拉堡镇')
  await fill.next(page)
  await fill.job(page)
  await fill.claims(page)
  await fill.story(page)
  await fill.heading(page, '有人替您办理吗？')
  await page.locator('fieldset', { hasText: '替您办理吗' }).getByText('是', { exact: true }).click()
  await fill.type(page, 'agent.name', '李律')
  await fill.type(page, 'agent.mobile', '13807720031')
  await page.getByText('一般授权', { exact: true }).click()
  await fill.next(page)
  await fill.heading(page, '还有几件事')
  for (const question of ['愿意在网上调解吗', '同意调解时录音录像吗']) await page.locator('fieldset', { hasText: question }).getByText('是', { exact: true }).click()
  await fill.next(page)
  const receipt = await fill.declare(page)
  await fill.openCase(page, house, receipt, '13907720021')
  await page.getByText('李律').waitFor()
  await owes(page, 'case-employer-elder-320', 60)
})

test('the keyboard alone is enough to apply', async ({ house, browser }) => {
  const page = await visit(browser, house.base, { viewport: DESK })
  await at(page, '/apply')
  const active = () => page.evaluate(() => { const e = document.activeElement; return { id: e.id, tag: e.tagName, text: e.textContent.trim().slice(0, 20), cls: e.className } })
  async function tabTo(test, what) {
    for (let i = 0; i < 60; i++) {
      const a = await active()
      if (test(a)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the keyboard does not reach ${what}`)
  }
  const to = (id) => tabTo((a) => a.id === id, id)
  const key = (k) => page.keyboard.press(k)
  const enter = async (id, text) => { await to(id); await page.keyboard.type(text) }
  const pick = async (id, value) => { await to(id); await page.evaluate(([i, v]) => { const s = document.getElementById(i); s.dataset.wanted = [...s.options].findIndex((o) => o.value === v) }, [id, value]); const n = Number(await page.evaluate((i) => document.getElementById(i).dataset.wanted, id)); for (let i = 0; i < n; i++) await key('ArrowDown') }
  const date = async (id, parts) => { await to(id); for (const p of parts) { await page.keyboard.type(p); await key('Tab') } }
  await tabTo((a) => a.text === '开始填写', 'begin')
  await key('Enter')
  await fill.heading(page, '谁来申请？')
  await to('intake.appl_type'); await key('Space'); await key('Enter')
  await fill.heading(page, '在哪里上班？')
  await pick('intake.region', '45'); await page.locator('[id="intake.region-city"]').waitFor()
  await pick('intake.region-city', '4502'); await page.locator('[id="intake.region-county"]').waitFor()
  await pick('intake.region-county', '450206'); await page.getByText('柳江区劳动人事争议多元调解中心').first().waitFor()
  await to('intake.place'); await key('Enter')
  await fill.heading(page, '您是谁？')
  await enter('me.name', 'Wei Danian'); await enter('me.id_no', fill.WORKER.id); await enter('me.mobile', fill.WORKER.mobile); await key('Enter')
  await fill.heading(page, '怎样把文书送到您手里？')
  await enter('me.addr', 'Labao 12'); await enter('me.svc_addr', 'Labao 12'); await key('Enter')
  await fill.heading(page, '对方是谁？')
  await enter('other.name', 'Baipeng Wood Company'); await enter('other.uscc', fill.FIRM.uscc); await pick('other.emp_type', 'ENT'); await pick('other.industry', 'C')
  await enter('other.legal_rep', 'Wei Cheng'); await key('Enter')
  await fill.heading(page, '工作情况')
  await date('intake.hire_date', ['2024', '3', '1']); await enter('intake.post', 'packer'); await to('intake.contract'); await key('Space')
  await to('intake.hours'); await key('Space'); await key('Enter')
  await fill.heading(page, '工资和在职情况')
  await enter('intake.wage', '5000'); await to('intake.employed'); await key('Space'); await key('Enter')
  await fill.heading(page, '您要求什么？')
  await page.locator('[id="claims.0.cause"]').waitFor()
  await pick('claims.0.cause', 'A01'); await enter('claims.0.amount', '20000'); await key('Enter')
  await fill.heading(page, '发生了什么？')
  await enter('intake.facts', 'No wages were paid since June 2026.'); await date('intake.knew_date', ['2026', '7', '15'])
  await tabTo((a) => a.text === '下一步', 'next'); await key('Enter')
  await fill.heading(page, '证据和以前的处理')
  await tabTo((a) => a.text === '下一步', 'next'); await key('Enter')
  await fill.heading(page, '有人替您办理吗？')
  await to('hasAgent'); await key('ArrowDown'); await key('Enter')
  await fill.heading(page, '还有几件事')
  await to('intake.online_ok'); await key('Space'); await to('intake.rec_ok'); await key('Space'); await key('Enter')
  await fill.heading(page, '核对并提交')
  for (let i = 0; i < 3; i++) { await tabTo((a) => a.tag === 'INPUT', 'a box'); await key('Space'); await key('Tab') }
  await tabTo((a) => a.text === '提交申请', 'submit'); await key('Enter')
  await fill.heading(page, '申请已提交')
})

test('the employer sees the claim from the link, is told what follows, and declines with a reason', async ({ house, browser }) => {
  const made = await invited(house, '13807720011')
  const page = await visit(browser, house.base, { viewport: SMALL })
  await page.goto(`${house.base}/answer#${made.invitation}`)
  await fill.heading(page, '有人请您一起调解一件劳动争议')
  same('five doubts are answered', await page.locator('.doubts details').count(), 5)
  await owes(page, 'invitation-320')
  await fill.openCase(page, house, made.invitation, '13907720009', '/answer')
  await page.getByRole('heading', { name: '对方的要求' }).waitFor()
  must('the sum', (await page.locator('main').innerText()).includes('20,000.00'))
  await page.locator('form .actions button').last().click()
  await page.locator('.summary').waitFor()
  await page.getByText('不愿意调解', { exact: true }).click()
  await page.getByText('要求太高，没有谈的余地').click()
  await owes(page, 'answer-320')
  await page.locator('form .actions button').last().click()
  await fill.heading(page, '已收到您的答复')
  const contacts = await (await house.as('clerk')).get(`/cases/${made.id}/contacts`)
  must('the office has the answer and why', contacts.items.some((c) => c.note.includes('要求太高')))
})

test('the employer agrees, both sign, money is paid and confirmed', async ({ house, browser }) => {
  const made = await invited(house, '13807720012')
  const firm = await visit(browser, house.base)
  await fill.openCase(firm, house, made.invitation, '13907720009', '/answer')
  await firm.getByText('愿意调解', { exact: true }).click()
  await firm.locator('form .actions button').last().click()
  await fill.heading(firm, '已收到您的答复')
  const C = `/cases/${made.id}`
  await (await house.as('clerk')).post(`${C}/accept`, { agrees: true })
  const dispatcher = await house.as('dispatcher')
  const people = await dispatcher.get('/mediators?limit=200')
  const one = people.items.find((m) => m.name === house.nameOf('mediator01'))
  await dispatcher.post(`${C}/assign`, { mediators: [{ mediator_id: one.id }], reason: '本人熟悉案情' })
  const worker = await visit(browser, house.base)
  await fill.openCase(worker, house, made.receipt, '13807720012')
  await worker.getByText('申请更换调解员（回避）').click()
  await worker.getByRole('button', { name: '提出申请' }).click()
  same('ground and reason are asked for', await worker.locator('.field.wrong').count(), 2)
  await owes(worker, 'case-recuse-390')
  const mediator = await house.as('mediator01')
  const soon = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 16)
  const session = await mediator.post(`${C}/sessions`, { mode: 'ONSITE', planned: soon, place: '调解室一' })
  await mediator.post(`${C}/sessions/${session.id}/open`, { attendees: '双方', identified: true, rights_told: true, mode_agreed: true, sham_told: true })
  await mediator.post(`${C}/minutes`, { session_id: session.id, attendees: '双方到场', id_checked: true, rights_told: true, recusal_asked: true, statements: '申请人：欠四个月工资。\n被申请人：认可，请求分期。', undisputed: '欠薪20000元', result: '达成一致' })
  const { items: parties } = await mediator.get(`${C}/parties`)
  const [w, e] = ['APPL', 'RESP'].map((s) => parties.find((p) => p.side === s).id)
  await mediator.put(`${C}/agreement`, { requests: '支付拖欠工资', result: '被申请人分两期支付拖欠的工资。', breach: '逾期的，一并到期。', total: '2000000', obligations: [1, 2].map((n) => ({
    duty: 'PAY', debtor_id: e, creditor_ids: [w], money: 'WAGE', cause: 'A01', amount: '1000000', due_on: `2027-0${n}-20`, method: '银行转账', account: '6222020000000000001' })) })
  await mediator.post(`${C}/agree`)
  await worker.reload()
  await worker.getByRole('link', { name: /阅读并签署调解协议/ }).waitFor()
  await owes(worker, 'case-sign-390')
  await worker.getByRole('button', { name: '内容属实，我确认' }).first().click()
  await worker.getByText('申请人已确认，被申请人未确认').waitFor()
  await worker.locator('#ev-kind').selectOption('CHAT')
  await worker.locator('#evidence input[type=file]').setInputFiles({ name: '传错了.png', mimeType: 'image/png', buffer: PNG })
  await worker.getByRole('button', { name: /^撤回 传错了/ }).click()
  await worker.getByRole('button', { name: '确定' }).click()
  await worker.getByText('请写明原因').waitFor()
  await worker.locator('#ev-why').fill('传错了文件')
  await worker.getByRole('button', { name: '确定' }).click()
  await worker.locator('#evidence li', { hasText: '已撤回' }).waitFor()
  async function sign(page, name) {
    await page.getByRole('button', { name: '签署', exact: true }).click()
    await page.getByText('请先写上名字').waitFor()
    await page.getByText('我看清楚了协议的全部内容').click()
    await page.locator('#sign-name').fill(name)
    await page.getByRole('button', { name: '签署', exact: true }).click()
    await page.getByText('您已经签署').waitFor()
  }
  await sign(worker, '韦大年')
  await firm.goto(`${house.base}/case`)
  await sign(firm, '韦成')
  const { digest } = await mediator.get(`${C}/agreement`)
  const file = 'a'.repeat(64)
  await mediator.post(`${C}/marks`, { kind: 'MEDIATOR', how: 'SIGNED', file, digest })
  await (await house.as('head')).post(`${C}/marks`, { kind: 'SEAL', how: 'STAMP', file, digest })
  await firm.reload()
  await firm.getByText('正在履行协议').waitFor()
  await firm.getByText('登记一笔付款').click()
  await firm.getByRole('button', { name: '登记', exact: true }).click()
  await firm.locator('.field.wrong').first().waitFor()
  await firm.locator('#pay-which').selectOption({ index: 1 })
  await firm.locator('#pay-amount').fill('10000')
  await firm.getByRole('button', { name: '登记', exact: true }).click()
  await firm.getByText('已登记，等对方确认').waitFor()
  await owes(firm, 'case-performing-390')
  await worker.reload()
  await worker.getByRole('link', { name: /核对收到的款项/ }).waitFor()
  await worker.getByRole('button', { name: '我收到了，确认' }).click()
  await worker.getByText('收款方已确认').waitFor()
  await owes(worker, 'case-paid-390')
  must('the telephone of the case’s own centre', (await worker.locator('.now').innerText()).includes('柳江区劳动人事争议多元调解中心'))
  await worker.getByRole('button', { name: '同意共同申请司法确认' }).click()
  await worker.getByText('一方已同意申请').waitFor()
  await worker.getByText('写评价、投诉或者建议').click()
  await worker.getByRole('button', { name: '提交', exact: true }).click()
  await worker.locator('#opinions .field.wrong').waitFor()
  await worker.getByText('非常满意').click()
  await worker.getByRole('button', { name: '提交', exact: true }).click()
  await worker.getByText('已收到，谢谢。').waitFor()
  await worker.locator('#opinions label', { hasText: '投诉' }).click()
  await worker.locator('#op-text').fill('电话没有人接')
  await worker.getByRole('button', { name: '提交', exact: true }).click()
  await worker.locator('#opinions .rows', { hasText: '电话没有人接' }).waitFor()
  await owes(worker, 'case-opinions-390')
  const said = (await (await house.as('head')).get(`${C}/opinions`)).items
  same('what the head sees', said.map((o) => [o.kind, o.stars]), [['RATING', 5], ['COMPLAINT', 0]])
  await (await house.as('head')).post(`${C}/opinions/${said[1].id}/answer`, { answer: '已改正，谢谢您。' })
  await worker.reload()
  await worker.getByText('已改正，谢谢您。').waitFor()
  await worker.getByRole('button', { name: /^免除这一项/ }).first().click()
  await worker.getByText('不能反悔').waitFor()
  await worker.locator('#waive-why').fill('双方已经两清')
  await worker.getByRole('button', { name: '确定' }).click()
  await worker.getByText('已免除').waitFor()
})

test('what was missing is asked for once, and the applicant says that it is there', async ({ house, browser }) => {
  const made = await filed(house, '13807720013')
  const clerk = await house.as('clerk')
  await clerk.post(`/cases/${made.id}/register`)
  await clerk.post(`/cases/${made.id}/ask-correction`, { items: '身份证复印件\n工资银行流水' })
  const page = await visit(browser, house.base, { elder: true })
  await fill.openCase(page, house, made.receipt, '13807720013')
  await page.getByText('工资银行流水').waitFor()
  await owes(page, 'case-correction-elder', 60)
  await page.getByRole('button', { name: '我已补齐材料' }).click()
  await page.getByText('已登记，正在审查').waitFor()
})

test('a wrong code, a wrong receipt and a foreign address are answered kindly', async ({ house, browser }) => {
  const made = await filed(house, '13807720014')
  const page = await visit(browser, house.base)
  await page.goto(`${house.base}/case#${made.receipt}`)
  await page.locator('#si-phone').fill('13807720014')
  await page.locator('form .actions button').first().click()
  await page.locator('#si-code').fill('000000')
  await page.locator('form .actions button').first().click()
  await page.getByText('验证码不对或者已经过期').waitFor()
  await owes(page, 'wrong-code-390')
  await at(page, '/no/such/page')
  await fill.heading(page, '没有这一页')
})

test('the scope test shows another road with its reason and basis, or the way in', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  await at(page, '/scope')
  await page.getByText('家庭、个人（做保姆、家政）').click()
  await fill.next(page)
  await fill.heading(page, '这件事要走另一条路')
  must('the road', (await page.locator('main').innerText()).includes('人民调解委员会'))
  must('the basis', (await page.locator('main').innerText()).includes('司法解释'))
  await owes(page, 'scope-road-390')
  await page.getByRole('button', { name: '重新回答' }).click()
  for (const answer of ['公司、工厂、店铺', '受单位管理', '工资、加班、合同', '没有', '满了']) {
    await page.locator('.choice', { hasText: answer }).first().click()
    await fill.next(page)
  }
  await fill.heading(page, '可以在这里申请调解')
  await owes(page, 'scope-can-390')
})

test('a dismissal is computed in elder mode by the keyboard alone, and carried into the application', async ({ house, browser }) => {
  const page = await visit(browser, house.base, { elder: true })
  await at(page, '/tools')
  const active = () => page.evaluate(() => { const e = document.activeElement; return { id: e.id, value: e.value, text: e.textContent.trim(), ring: getComputedStyle(e).outlineStyle } })
  async function tabTo(test, what) {
    for (let i = 0; i < 90; i++) {
      if (test(await active())) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`the keyboard does not reach ${what}`)
  }
  const to = (id) => tabTo((a) => a.id === id, id)
  async function date(id, parts) {
    await to(id)
    for (const part of parts) { await page.keyboard.type(part); await page.keyboard.press('Tab') }
  }
  await tabTo((a) => a.text.startsWith('我的情况'), 'my situation')
  must('the focus is seen', (await active()).ring !== 'none')
  await page.keyboard.press('Enter')
  await fill.heading(page, '我的情况')
  await tabTo((a) => a.value === 'end', 'the part about dismissal')
  await page.keyboard.press('Space')
  await date('hire', ['2020', '3', '1'])
  await to('monthly_fen'); await page.keyboard.type('6000'); await page.keyboard.press('Enter')
  await date('last_day', ['2026', '2', '28'])
  await to('reason'); await page.keyboard.press('ArrowDown')
  same('the reason', await page.locator('#reason').inputValue(), 'unlawful')
  await to('average_fen'); await page.keyboard.type('6000'); await page.keyboard.press('Enter')
  await page.getByText('计算结果').waitFor()
  await page.waitForFunction(() => document.activeElement.textContent.trim() === '计算结果')
  const told = await page.locator('.result').innerText()
  must(`the sum: ${told}`, told.includes('72,000.00 元') && told.includes('2 × 6 × 6000.00 = 72000.00'))
  must('the article', told.includes('劳动合同法 第八十七条'))
  must('what is left out', told.includes('经济补偿：') && told.includes('代替'))
  must('no names of fields', !/[a-z]+_[a-z]+/.test(told))
  await owes(page, 'situation-elder-390', 60)
  await tabTo((a) => a.text === '带入调解申请', 'carry')
  await page.keyboard.press('Enter')
  await fill.begin(page)
  const draft = await page.evaluate(() => JSON.parse(sessionStorage.getItem('tiaojie.apply')).draft)
  same('the claim', [draft.claims[0].cause, draft.claims[0].amount, draft.intake.hire_date], ['B02', '72000', '2020-03-01'])
})

test('a calculator names what is wrong, shows its working, and its article opens', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  await at(page, '/tools')
  await page.getByRole('link', { name: '加班费' }).click()
  await fill.heading(page, '加班费')
  await page.getByRole('button', { name: '计算' }).click()
  await page.locator('.summary a').first().waitFor()
  await owes(page, 'overtime-faults-390')
  await page.locator('#monthly_fen').fill('5000')
  const add = page.getByRole('button', { name: /^添加一项/ })
  await add.first().click()
  await fill.day(page, 'hours-0-date', '2026-02-17')
  await page.locator('#hours-0-hours').fill('8')
  await page.getByRole('button', { name: '计算' }).click()
  await page.getByText('计算结果').waitFor()
  await owes(page, 'overtime-390')
  await page.locator('.article').first().click()
  await page.locator('article.card').waitFor()
  must('the article has its own address', /\/law\/[A-Z]+\/\d+$/.test(page.url()))
  await owes(page, 'article-390')
})

test('the law is found by two characters, a repealed passage is marked, a case leads to its articles', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  await at(page, '/law')
  await page.locator('#law-q').fill('加班')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('link', { name: /劳动合同法 第三十一条/ }).click()
  await page.locator('article.card', { hasText: '加班' }).waitFor()
  await at(page, '/law/JSY/32')
  must('struck through', (await page.locator('.law-text.gone').innerText()).includes('养老保险待遇'))
  await page.getByText('含已废止内容').waitFor()
  await page.getByRole('link', { name: '下一条' }).click()
  await page.getByRole('heading', { name: '第三十三条' }).waitFor()
  await at(page, '/typical')
  await page.locator('#typical-q').fill('调岗')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('link', { name: '合理调岗与旷工解除' }).click()
  await page.getByRole('link', { name: '劳动合同法 第三十九条' }).click()
  await page.getByRole('heading', { name: '第三十九条' }).waitFor()
})

test('what can be done about an agreement, until when', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  await at(page, '/remedies')
  await fill.day(page, 'today', '2026-02-03')
  await fill.day(page, 'effective', '2026-01-10')
  await fill.day(page, 'terms-0-due', '2026-01-31')
  await page.locator('#terms-0-amount_fen').fill('12000')
  await page.getByRole('button', { name: '看看能做什么' }).click()
  await page.getByText('现在可以做的').waitFor()
  const told = await page.locator('.result').innerText()
  must(`the last day: ${told}`, told.includes('最迟 2026-02-09') && told.includes('申请支付令'))
  await owes(page, 'remedies-390')
})

const PAGES = ['/', '/tools', '/tools/SITUATION', '/tools/B01', '/remedies', '/law', '/law/JSY/32', '/typical', '/typical/HN-2026-01', '/scope', '/apply', '/case', '/answer', '/orgs', '/mediators', '/how', '/receipt', '/nothing']
for (const [what, options, least] of [
  ['in Chinese at 390', { viewport: PHONE }, 44], ['in English at 1280', { viewport: DESK, language: 'en' }, 44],
  ['in elder mode at 320', { viewport: SMALL, elder: true }, 60], ['in the dark', { viewport: PHONE, theme: 'dark' }, 44],
  ['in English, elder mode, at 320', { viewport: SMALL, elder: true, language: 'en' }, 60],
]) {
  test(`every page keeps WCAG 2.2 AA ${what}`, async ({ house, browser }) => {
    const page = await visit(browser, house.base, options)
    for (const path of PAGES) {
      await at(page, path)
      await page.waitForLoadState('networkidle')
      await owes(page, `${path.slice(1) || 'home'}-${what.replace(/\W+/g, '-')}`, least)
      const title = await page.locator('main h1').innerText()
      if (options.language === 'en' && !/^.(law|typical)./.test(path)) must(`${path} has its English: ${title}`, !/[\u4e00-\u9fff]/.test(title))
    }
  })
}

test('with text at 200 % nothing hangs over the side', async ({ house, browser }) => {
  const page = await visit(browser, house.base, { viewport: { width: 640, height: 900 } })
  for (const path of PAGES) {
    await at(page, path)
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
    await page.waitForTimeout(100)
    same(`${path}: over the side`, await overhang(page), [])
  }
})

test('the intake page: at most 45 KB gz before it can be used, and 2.5 s on slow 3G', async ({ house, browser }) => {
  const page = await visit(browser, house.base)
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  await wire.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50000, uploadThroughput: 50000 })
  const asked = []
  page.on('request', (r) => asked.push(new URL(r.url()).pathname))
  const start = Date.now()
  await page.goto(`${house.base}/apply`, { waitUntil: 'commit' })
  await page.getByRole('button', { name: '开始填写' }).waitFor()
  const ms = Date.now() - start
  const files = [...asked]
  let bytes = 0
  for (const path of files.filter((p) => !p.startsWith('/api/'))) {
    const file = path === '/apply' ? '/index.html' : path
    bytes += gzipSync(readFileSync(`${root}/build/web${file}`), { level: 9 }).length
  }
  const whole = readdirSync(`${root}/build/web/assets`).filter((f) => /^ApplyForm.*\.js$/.test(f)).reduce((n, f) => n + gzipSync(readFileSync(`${root}/build/web/assets/${f}`), { level: 9 }).length, 0)
  console.log(`    ${(bytes / 1024).toFixed(1)} KB gz in ${files.length} requests, ${ms} ms; the form that follows ${(whole / 1024).toFixed(1)} KB gz`)
  must(`${bytes} bytes`, bytes <= 45 * 1024)
  must(`${ms} ms`, ms <= 2500 || process.env.SLOW_MACHINE)
  const shift = await page.evaluate(() => new Promise((done) => {
    let sum = 0
    new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value }).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => done(sum), 500)
  }))
  must(`layout shift ${shift}`, shift <= 0.1)
})

const house = await House.open()
const browser = await openBrowser()
let passed = 0
let failed = 0
try {
  for (const { name, run } of tests.filter((t) => !words.length || words.some((w) => t.name.includes(w)))) {
    try {
      await run({ house, browser })
      passed++
      console.log(`  ok   ${name}`)
    } catch (e) {
      failed++
      console.log(`  FAIL ${name}\n       ${String(e.stack ?? e).split('\n').slice(0, 12).join('\n       ')}`)
      const pages = browser.contexts().flatMap((c) => c.pages())
      if (shots && pages.length) await pages[pages.length - 1].screenshot({ path: `${shots}/FAIL-${failed}.png`, fullPage: true }).catch(() => undefined)
    }
    for (const context of browser.contexts()) await context.close()
  }
} finally {
  await browser.close()
  await house.close()
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
