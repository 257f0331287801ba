/*
** The portal without a network: a worker's application and a mediator's contacts, minutes
** and notes wait on the phone, the browser is closed, and each is done once when the line
** is back; minutes that somebody else wrote meanwhile are not written over.
**   node test/browser/portal/offline_test.mjs [WORD…]
*/
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at, closed, PHONE, reopened, SMALL } from '../lib/browser.mjs'
import * as fill from '../lib/fill.mjs'
import { frame, holds, owes as owesAll, same } from '../lib/frame.mjs'
import { Person, SECRET } from '../lib/house.mjs'

const { house, test, end } = await frame()
const owes = (page, what) => owesAll(page, what, { least: 44, rules: ['best-practice'] })
const profiles = []
const profile = () => { profiles.push(mkdtempSync(join(tmpdir(), 'tiaojie-phone-'))); return profiles[profiles.length - 1] }
const phone = (folder, offline = false) => reopened(folder, house.base, { viewport: PHONE, offline })
/* Until the pages are on the phone: the form that comes last. */
const kept = (page, path) => house.wait(() => page.evaluate(async (end) => (await (await caches.open('open')).keys()).some((r) => r.url.includes(end)) && (await (await caches.open('files')).keys()).some((r) => r.url.endsWith('.html')), path), 'the pages')

await test('an application written without a network is kept, the browser closed, and is submitted once when the line is back', async () => {
  const folder = profile()
  let page = await phone(folder)
  await at(page, '/apply')
  await fill.toStory(page)
  await fill.story(page)
  await fill.rest(page)
  await fill.heading(page, '核对并提交')
  for (const box of ['truthful', 'privacy', 'sensitive']) await page.locator(`#${box} input`).check()
  await kept(page, '/forms/Intake')
  await page.context().setOffline(true)
  await page.locator('form .actions button').first().dblclick()
  await fill.heading(page, '没有网络，申请已存在本机')
  await owes(page, 'kept-390')
  await closed(page)
  page = await phone(folder, true)
  await at(page, '/waiting')
  await page.getByText('还有 1 件没有发送，只在这台设备上').waitFor()
  await owes(page, 'waiting-390')
  await page.context().setOffline(false)
  await page.getByRole('button', { name: '查看回执' }).waitFor()
  await owes(page, 'sent-390')
  await page.getByRole('button', { name: '查看回执' }).click()
  await fill.heading(page, '申请已提交')
  const clerk = await house.as('clerk')
  same((await clerk.get('/cases?limit=200')).items.filter((k) => k.applicant === fill.WORKER.name && k.respondent === fill.FIRM.name).length, 1, 'cases')
  await at(page, '/waiting')
  await page.getByRole('button', { name: '知道了，从本机清除' }).click()
  await page.getByText('没有待发送的').waitFor()
  await closed(page)
})

let C
await test('a mediator takes the cases along, writes without a network, and what somebody wrote meanwhile is shown beside', async () => {
  const anybody = new Person(house.base)
  const { items } = await anybody.get('/public/orgs?kind=CENTER')
  const made = await anybody.post('/cases', {
    org: items[0].id, channel: 'WEB', mode: 'WRITTEN', appl_type: 'WORKER', region: '450206', place: '拉堡镇', hire_date: '2024-03-01', contract: 'NONE', post: '包装工',
    hours: 'STANDARD', wage: '500000', employed: true, knew_date: '2026-07-15', facts: '公司从2026年6月起没有发工资，多次讨要没有结果。', online_ok: true, rec_ok: false, truthful: true,
    privacy: true, sensitive: true, claims: [{ cause: 'A01', amount: '2000000', basis: '四个月工资' }],
    parties: [
      { side: 'APPL', kind: 'WORKER', name: '韦小山', id_type: 'ID', id_no: '450206199003071239', mobile: '13807720055', addr: '拉堡镇', svc_addr: '拉堡镇' },
      { side: 'RESP', kind: 'EMPLOYER', name: '柳江区山里木业有限公司', no_uscc: '申请人不知道', emp_type: 'ENT', industry: 'C20', legal_rep: '韦成', mobile: '13907720056' }],
  })
  C = `/cases/${made.id}`
  const clerk = await house.as('clerk')
  await clerk.post(`${C}/register`)
  await clerk.post(`${C}/accept`, { agrees: true })
  const dispatcher = await house.as('dispatcher')
  const me = (await dispatcher.get('/mediators?limit=200')).items.find((m) => m.name === house.nameOf('mediator01'))
  const mediator = await house.as('mediator01')
  await dispatcher.post(`${C}/assign`, { mediators: [{ mediator_id: me.id }], reason: '本人熟悉案情' })
  const soon = new Date(Date.now() + 8 * 3600e3 + 3600e3).toISOString().slice(0, 16)
  const sitting = await mediator.post(`${C}/sessions`, { planned: `${soon}:00+08:00`, mode: 'ONSITE', place: '村委会', participants: '双方' })
  await mediator.post(`${C}/sessions/${sitting.id}/open`, { attendees: '双方', identified: true, rights_told: true, mode_agreed: true })
  const folder = profile()
  let page = await phone(folder)
  await at(page, '/desk')
  await page.locator('#desk-login').fill('mediator01')
  await page.locator('#desk-password').fill(SECRET)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('button', { name: '带上我的案件' }).click()
  await page.getByText(/已带上 \d+ 件/).waitFor()
  await owes(page, 'desk-along-390')
  await kept(page, '/forms/Minutes')
  await closed(page)
  page = await phone(folder, true)
  await at(page, '/desk')
  await page.locator('a.whole', { hasText: '韦小山' }).click()
  await page.getByText(/没有网络。以下是/).waitFor()
  await owes(page, 'desk-case-away-390')
  const act = (name) => page.locator('.now').getByRole('button', { name, exact: true }).click()
  const send = async () => { await page.getByRole('button', { name: '确定', exact: true }).click(); await page.getByText('没有网络，已存在本机').waitFor() }
  await act('记一次联系')
  await page.locator('.field', { hasText: '当事人' }).getByText('韦小山').click()
  await page.locator('fieldset', { hasText: '已联系上' }).last().getByText('是', { exact: true }).click()
  await page.locator('#note').fill('约在村委会见面')
  await send()
  await act('写笔录')
  await page.locator('#statements').fill('申请人说欠四个月工资，单位说月底付。')
  await page.locator('#result').fill('约定再谈一次。')
  await page.locator('fieldset', { hasText: '已询问是否申请回避' }).last().getByText('是', { exact: true }).click()
  await send()
  await page.getByText('本机还有 2 件待发送').waitFor()
  await closed(page)
  await mediator.post(`${C}/minutes`, { session_id: sitting.id, attendees: '双方', id_checked: true, rights_told: true, recusal_asked: true, statements: '共同调解员先写的笔录内容。', focus: '欠薪数额', result: '单位愿意先付一半。' })
  page = await phone(folder)
  await at(page, '/waiting')
  await page.getByText('还有 2 件没有发送').waitFor()
  await page.getByRole('button', { name: '现在发送' }).click()
  await page.locator('#desk-login').fill('mediator01') /* the session went with the browser */
  await page.locator('#desk-password').fill(SECRET)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('您写的时候，别人也写了').waitFor()
  await page.getByText('共同调解员先写的笔录内容。').waitFor()
  same((await mediator.get(`${C}/contacts`)).items.filter((x) => x.note === '约在村委会见面').length, 1, 'contacts')
  same((await mediator.get(`${C}/minutes`)).items.length, 1, 'minutes were not written over')
  await owes(page, 'conflict-390')
  holds(!/\d{15}/.test(await page.locator('.conflict').innerText()), 'no number of the machine')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Waiting on this device' }).waitFor()
  await page.locator('.conflict dt', { hasText: 'Session' }).nth(1).waitFor() /* what the server has, too */
  await owes(page, 'conflict-en-390')
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('button', { name: /^更正后发送/ }).click()
  await page.locator('#result').fill('单位先付一半，余款月底付清。')
  await page.getByRole('button', { name: '确定', exact: true }).click()
  await page.locator('.conflict').waitFor({ state: 'detached' })
  await house.wait(async () => (await mediator.get(`${C}/minutes`)).items.some((m) => m.result === '单位先付一半，余款月底付清。'), 'corrected and sent')
  await at(page, '/desk')
  page.on('dialog', (d) => d.accept())
  await page.getByRole('button', { name: '退出', exact: true }).click()
  await page.locator('#desk-login').waitFor()
  const left = await page.evaluate(async () => {
    const db = await new Promise((done) => { const r = indexedDB.open('tiaojie', 1); r.onsuccess = () => done(r.result) })
    const count = (s) => new Promise((done) => { const r = db.transaction(s).objectStore(s).count(); r.onsuccess = () => done(r.result) })
    return [await count('waiting'), await count('keys'), await count('taken'), localStorage.getItem('tiaojie.desk.me')]
  })
  same(left, [0, 0, 0, null], 'what is left on the phone')
  await closed(page)
})

/* On the phone of mediator01, at the case of the first of these tests. */
async function again(folder) {
  const page = await phone(folder)
  await at(page, '/desk')
  await page.locator('#desk-login').fill('mediator01')
  await page.locator('#desk-password').fill(SECRET)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { level: 1, name: '您好' }).waitFor()
  return page
}
/* The same page at 320 px, in elder mode and in the dark; then as it was. */
async function elder(page, what) {
  const wear = (size, theme) => page.evaluate((kept) => localStorage.setItem('tiaojie.preferences', kept), JSON.stringify({ language: 'zh-CN', size, theme }))
  const there = page.locator('.conflict')
  await wear('elder', 'dark')
  await page.setViewportSize(SMALL)
  await at(page, '/waiting')
  await there.waitFor()
  await owesAll(page, `${what}-elder-dark-320`, { least: 60, rules: ['best-practice'] })
  await wear('normal', 'light')
  await page.setViewportSize(PHONE)
  await at(page, '/waiting')
  await there.waitFor()
}
const confirm = (page) => page.getByRole('button', { name: '确定', exact: true }).click()
async function note(page, text) {
  await page.locator('a.whole', { hasText: '韦小山' }).click()
  await page.locator('.now').getByRole('button', { name: '记背靠背谈话', exact: true }).click()
  await page.locator('.field', { hasText: '谈话对象' }).last().getByText('申请人', { exact: true }).click()
  await page.locator('#content').fill(text)
}
/* To mediator01, or to somebody else. */
async function assign(mine) {
  const dispatcher = await house.as('dispatcher')
  const { mediators } = await dispatcher.get(`${C}/proposals`)
  const to = mediators.find((m) => !m.barred && (m.name === house.nameOf('mediator01')) === mine)
  await dispatcher.post(`${C}/reassign`, { mediators: [{ mediator_id: to.id }], reason: '原调解员临时有事' })
}
const notes = async () => (await (await house.as('mediator01')).get(`${C}/private-notes`)).items.map((x) => x.content)

await test('a private note waits sealed; refused because the case went to somebody else, it stays and goes once the case is back', async () => {
  const page = await again(profile())
  await page.getByRole('button', { name: '带上我的案件' }).click()
  await page.getByText(/已带上 \d+ 件/).waitFor()
  await kept(page, '/forms/PrivateNote')
  await page.context().setOffline(true)
  await note(page, '底线是三个月工资，只对调解员说。')
  await owes(page, 'private-away-390')
  await confirm(page)
  await page.getByText('没有网络，已存在本机').waitFor()
  const readable = await page.evaluate(async () => {
    const db = await new Promise((done) => { const r = indexedDB.open('tiaojie', 1); r.onsuccess = () => done(r.result) })
    const all = await new Promise((done) => { const r = db.transaction('waiting').objectStore('waiting').getAll(); r.onsuccess = () => done(r.result) })
    db.close()
    return [all.length, all.some((x) => new TextDecoder().decode(x.data).includes('底线')), JSON.stringify({ ...localStorage, ...sessionStorage }).includes('底线')]
  })
  same(readable, [1, false, false], 'what lies on the phone')
  await assign(false)
  await page.context().setOffline(false)
  await at(page, '/waiting')
  await page.getByText('您现在不能办这一件').waitFor()
  await page.getByText('您现在看不到这个案件').waitFor()
  holds((await page.locator('.conflict').innerText()).includes('底线是三个月工资'), 'what was written is there')
  await owes(page, 'barred-390')
  await elder(page, 'barred')
  await assign(true)
  await page.getByRole('button', { name: /^内容不变，照样发送/ }).click()
  await page.locator('.rows.sent li').waitFor()
  same(await notes(), ['底线是三个月工资，只对调解员说。'], 'the note, once')
  await closed(page)
})

await test('an answer that got lost is asked for by the same key; not when days have gone by, nor when the clock was set back', async () => {
  const page = await again(profile())
  const lose = async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch()
    await route.abort()
  }
  const real = Date.now()
  for (const [days, text] of [[-2, '单位只肯付两个月。'], [7, '单位肯付三个月。']]) {
    await at(page, '/desk')
    await page.route('**/private-notes', lose)
    await note(page, text)
    await confirm(page)
    await page.getByText('没有网络，已存在本机').waitFor()
    await page.clock.setFixedTime(new Date(real + days * 86400e3))
    await page.unroute('**/private-notes', lose)
    await at(page, '/waiting')
    await page.getByText('这一件发过，没有收到答复').waitFor()
    await owes(page, `doubt-${days}-390`)
    await elder(page, `doubt-${days}`)
    same((await notes()).filter((x) => x === text).length, 1, 'done once')
    page.once('dialog', (d) => d.accept())
    await page.getByRole('button', { name: /^放弃/ }).click()
    await page.getByText('没有待发送的').waitFor()
    await page.clock.setFixedTime(new Date(real))
  }
  await closed(page)
})

for (const folder of profiles) rmSync(folder, { recursive: true, force: true })
await end()
