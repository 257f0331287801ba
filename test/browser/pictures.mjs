/*
** The pictures of the guide (docs/guide/users.md), taken from the screens as they are now,
** with the demo's cases and one that is made on the way.
**   script/pictures [DIR]
*/
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { at, PHONE, visit } from './lib/browser.mjs'
import { dialog, open, settle, staff } from './lib/desk.mjs'
import { frame } from './lib/frame.mjs'
import { Person, SECRET } from './lib/house.mjs'
import * as fill from './lib/fill.mjs'

const folder = process.argv[2]
mkdirSync(folder, { recursive: true })
const { house, browser, end } = await frame({ cases: 90 })
const LONGEST = 1600 /* of a phone's page */
const desk = { width: 1280, height: 800 }
const shoot = async (page, name) => {
  await page.mouse.move(0, 0)
  await page.waitForTimeout(300)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
async function shootPhone(page, name) {
  await page.waitForTimeout(300)
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, clip: { x: 0, y: 0, width: PHONE.width, height: Math.min(height, LONGEST) } })
}
const console_ = (login, path) => staff(browser, house, login, { viewport: desk, path })

/* ---- a worker and his employer, on the phone ---- */
const worker = await visit(browser, house.base, { viewport: PHONE })
await at(worker, '/')
await shootPhone(worker, 'portal-home')
const elder = await visit(browser, house.base, { viewport: PHONE, elder: true })
await at(elder, '/tools/SITUATION')
await elder.locator('input[type=checkbox]').first().waitFor()
await elder.getByText('被辞退、离职、合同到期').click()
await fill.day(elder, 'hire', '2020-03-01')
await elder.locator('#monthly_fen').fill('6000')
await fill.day(elder, 'last_day', '2026-02-28')
await elder.locator('#reason').selectOption('unlawful')
await elder.locator('#average_fen').fill('6000')
await elder.locator('#average_fen').press('Enter')
await elder.getByText('计算结果').waitFor()
await elder.getByText('计算结果').scrollIntoViewIfNeeded()
await elder.screenshot({ path: join(folder, 'portal-situation-elder.png') })

await at(worker, '/apply')
await fill.begin(worker)
await fill.who(worker)
await fill.place(worker)
await fill.me(worker)
await fill.firm(worker)
await fill.job(worker)
await fill.claims(worker)
await fill.story(worker, '公司从2026年6月起没有发工资，多次讨要没有结果，请求支付拖欠的工资。')
await fill.rest(worker)
await fill.heading(worker, '核对并提交')
await worker.locator('canvas.pad').scrollIntoViewIfNeeded()
const box = await worker.locator('canvas.pad').boundingBox()
for (const stroke of [[[40, 30], [110, 30]], [[75, 12], [75, 95]], [[40, 55], [110, 55], [98, 82]], [[160, 42], [250, 42]], [[205, 14], [165, 100]], [[205, 42], [255, 100]]]) {
  await worker.mouse.move(box.x + stroke[0][0], box.y + stroke[0][1])
  await worker.mouse.down()
  for (const [x, y] of stroke.slice(1)) await worker.mouse.move(box.x + x, box.y + y, { steps: 6 })
  await worker.mouse.up()
}
await worker.screenshot({ path: join(folder, 'portal-sign.png') })
const receipt = await fill.declare(worker)
await shootPhone(worker, 'portal-receipt')
const clerk = await house.as('clerk')
const one = (await clerk.get('/search?q=' + encodeURIComponent(fill.WORKER.name))).items[0]
const C = `/cases/${one.id}`
await clerk.post(`${C}/register`)
const before = house.log.length
await clerk.post(`${C}/ask-consent`)
const invitation = await house.sent(fill.FIRM.mobile, /([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/, before)
const firm = await visit(browser, house.base, { viewport: PHONE })
await fill.openCase(firm, house, invitation, fill.FIRM.mobile, '/answer')
await firm.getByRole('heading', { name: '对方的要求' }).waitFor()
await shootPhone(firm, 'portal-answer')
await firm.getByText('愿意调解', { exact: true }).click()
await firm.locator('form .actions button').last().click()
await fill.heading(firm, '已收到您的答复')

/* ---- the window ---- */
const window_ = await console_('clerk', '/reception')
await window_.locator('#in-parties-0-name').fill('覃小玲')
await window_.locator('#in-parties-0-id_no').fill('450222198307182427')
await window_.locator('#in-parties-0-mobile').fill('13600001152')
await shoot(window_, 'console-reception')
await open(window_, C)
await shoot(window_, 'console-case')
await open(window_, `${C}/parties`)
await window_.getByRole('button', { name: '粘贴名册' }).click()
await dialog(window_).locator('#roster-text').fill('覃小玲\t450222198307182427\t13600001152\n韦小妹\t45022219830718242X\t13600001153\n')
await settle(window_)
await shoot(window_, 'console-roster')
await clerk.post(`${C}/accept`, { agrees: true })

/* ---- dispatch, sessions, the desk on the phone ---- */
const dispatch = await console_('dispatcher', '/dispatch')
await dispatch.locator('main li', { hasText: fill.WORKER.name }).first().click()
await dispatch.getByRole('button', { name: '直接指派调解员' }).click()
await settle(dispatch)
await shoot(dispatch, 'console-dispatch')
const dispatcher = await house.as('dispatcher')
const people = (await dispatcher.get('/mediators?limit=200')).items
await dispatcher.post(`${C}/assign`, { mediators: [{ mediator_id: people.find((m) => m.name === house.nameOf('mediator01')).id }], reason: '熟悉该类争议' })
const mediator = await house.as('mediator01')
const soon = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 16)
const session = await mediator.post(`${C}/sessions`, { mode: 'ONSITE', planned: soon, place: '第一调解室' })
await open(dispatch, '/diary')
await shoot(dispatch, 'console-diary')
const phone = await visit(browser, house.base, { viewport: PHONE })
const person = new Person(house.base)
await person.post('/login', { login: 'mediator01', password: SECRET })
const [name, ...value] = person.cookie.split('=')
await phone.context().addCookies([{ name, value: value.join('='), url: house.base }])
await at(phone, '/desk')
await phone.waitForLoadState('networkidle')
await shootPhone(phone, 'desk-today')
await mediator.post(`${C}/sessions/${session.id}/open`, { attendees: '双方', identified: true, rights_told: true, mode_agreed: true, sham_told: true })
await at(phone, `/desk/${one.id}`)
await phone.waitForLoadState('networkidle')
await shootPhone(phone, 'desk-case')
const minutes = phone.getByText('写笔录').first()
if (await minutes.count()) await minutes.click()
await phone.waitForTimeout(500)
await phone.screenshot({ path: join(folder, 'desk-minutes.png') })
await mediator.post(`${C}/minutes`, { session_id: session.id, attendees: '双方到场', id_checked: true, rights_told: true, recusal_asked: true, statements: '申请人：公司欠四个月工资。\n被申请人：认可，请求分期支付。', undisputed: '欠付工资20000元', result: '达成一致' })

/* ---- the agreement ---- */
const { items } = await mediator.get(`${C}/parties`)
const [w, e] = ['APPL', 'RESP'].map((s) => items.find((p) => p.side === s).id)
await mediator.put(`${C}/agreement`, { requests: '支付拖欠工资', result: '被申请人分两期支付拖欠的工资20000元。', breach: '逾期的，未到期款项一并到期。', total: '2000000', obligations: [1, 2].map((n) => ({
  duty: 'PAY', debtor_id: e, creditor_ids: [w], money: 'WAGE', cause: 'A01', amount: '1000000', due_on: `2027-0${n}-20`, method: '银行转账', account: '6222020000000000001' })) })
const law = await console_('mediator01', `${C}/law`)
await shoot(law, 'console-law')
await mediator.post(`${C}/agree`)
await open(law, `${C}/agreement`)
await shoot(law, 'console-agreement')
await fill.openCase(worker, house, receipt, fill.WORKER.mobile)
await worker.getByRole('link', { name: /阅读并签署调解协议/ }).waitFor()
await shootPhone(worker, 'portal-case')

/* ---- papers ---- */
await open(window_, `${C}/papers`)
await window_.locator('tr', { hasText: '受理通知书' }).getByRole('button', { name: /制作文书/ }).click()
await dialog(window_).getByText(/^依据：/).waitFor()
await dialog(window_).locator('textarea').first().fill('2026年12月8日上午9时，本中心第一调解室')
await settle(window_)
await shoot(window_, 'console-paper')
await dialog(window_).locator('button[type=submit]').click()
await dialog(window_).waitFor({ state: 'hidden' })
await settle(window_)
await window_.locator('h2', { hasText: '文书与送达' }).scrollIntoViewIfNeeded()
await window_.evaluate(() => window.scrollTo(0, 330))
await shoot(window_, 'console-papers')
await open(window_, '/service')
await shoot(window_, 'console-service')

/* ---- the head, the bureau, the administrators ---- */
const other = (await clerk.get('/cases?state=registered&limit=1')).items[0]
if (other) await clerk.post(`/cases/${other.id}/approvals`, { event: 'reject', reason: '属于房改纠纷，不属于受理范围。' })
const head = await console_('head', '/')
await shoot(head, 'console-head')
await open(head, '/approvals')
await shoot(head, 'console-approvals')
await open(head, '/paper-forms')
await shoot(head, 'console-templates')
await open(head, '/statistics')
await head.waitForTimeout(1500)
await shoot(head, 'console-statistics')
await open(head, '/months')
await shoot(head, 'console-months')
const archivist = await console_('archivist', '/archive')
const closed = (await (await house.as('archivist')).get('/cases?state=archived&limit=1')).items[0]
await open(archivist, `/cases/${closed.id}/papers`)
await archivist.locator('h2', { hasText: '归档' }).first().scrollIntoViewIfNeeded()
await shoot(archivist, 'console-archive')
const admin = await console_('sysadmin', '/reference')
await shoot(admin, 'console-reference')
const auditor = await console_('auditor', '/audit')
await shoot(auditor, 'console-audit')
await end()
