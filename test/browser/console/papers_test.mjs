/*
** Papers in a real browser: proposed, looked at, made, served with proof, replaced, drawn
** and sealed; verified by whoever holds one; printed by the day; an office's own forms.
**   node test/browser/console/papers_test.mjs [WORD…]
*/
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at, PHONE, visit } from '../lib/browser.mjs'
import { act, clean, day, dialog, open, send, settle, staff } from '../lib/desk.mjs'
import { frame, holds, same } from '../lib/frame.mjs'
import * as fill from '../lib/fill.mjs'
import { root } from '../lib/house.mjs'

const { house, browser, test, end } = await frame({ cases: 60 })
const room = mkdtempSync(join(tmpdir(), 'tiaojie-papers-'))
const clerk = await staff(browser, house, 'clerk')
const desk = await house.as('clerk')
const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)

/* A demo case in one of the states, the newest. */
async function demo(...states) {
  for (const state of states) {
    const { items } = await desk.get(`/cases?state=${state}&limit=5`)
    if (items.length) return items[0]
  }
  throw new Error(`no demo case is ${states}`)
}
/* What a PDF says, without blanks. */
function text(bytes) {
  const path = join(room, 'a.pdf')
  writeFileSync(path, bytes)
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).replace(/\s+/g, '')
}
function pictures(bytes) {
  const path = join(room, 'b.pdf')
  writeFileSync(path, bytes)
  return execFileSync('pdfimages', ['-list', path], { encoding: 'utf8' }).trim().split('\n').length - 2
}
async function bytesOf(page, path) {
  const answer = await page.request.get(house.base + path)
  same(answer.status(), 200, path)
  return answer.body()
}
const made = (page, what) => page.locator('section', { hasText: '已制作的文书' }).locator('tr', { hasText: what })
const served = (page, what) => page.locator('section', { hasText: '文书与送达' }).locator('tr', { hasText: what })
async function pdfOf(page, row) {
  return bytesOf(page, await row.getByRole('link', { name: /^PDF/ }).getAttribute('href'))
}
async function make(page, code) {
  await page.getByRole('button', { name: '制作文书', exact: true }).first().click()
  const box = dialog(page)
  await box.getByLabel('文书', { exact: true }).selectOption({ value: code })
  await box.getByText(/^依据：/).waitFor()
  await settle(page)
  return box
}

let one /* the demo case */
await test('a paper of a demo case: what is missing is named, it is looked at, and made', async () => {
  one = await demo('mediating', 'assigned', 'accepted')
  await open(clerk, `/cases/${one.id}/papers`)
  await clean(clerk, 'papers of a case')
  const box = await make(clerk, 'D14/')
  holds((await box.locator('.note.warn').innerText()).includes('案件还缺少'), 'it lacks an agreement')
  same(await box.locator('button[type=submit]').isDisabled(), true, 'it cannot be made')
  await clean(clerk, 'a paper that lacks something')
  await box.getByLabel('文书', { exact: true }).selectOption({ value: 'D10/' })
  await box.getByText(/调查人/).first().waitFor()
  await box.locator('button[type=submit]').click()
  holds(await box.locator('.fault').count() >= 3, 'what must be answered is named')
  await clean(clerk, 'a paper that asks')
  await box.getByLabel('文书', { exact: true }).selectOption({ value: 'D03/' })
  await box.getByLabel('调解时间、地点或者链接').waitFor()
  await box.getByLabel('调解时间、地点或者链接').fill('2026年12月8日上午9时，本中心第一调解室')
  const got = new Promise((done) => clerk.route('**/paper-preview', async (route) => { /* what a page reads as a blob is not kept for us */
    const answer = await route.fetch()
    await route.fulfill({ response: answer })
    done(await answer.body())
  }))
  const popup = clerk.waitForEvent('popup')
  await box.getByRole('button', { name: '预览' }).click()
  const look = await got
  await (await popup).close()
  await clerk.unroute('**/paper-preview')
  const said = text(look)
  holds(said.includes('受理通知书') && said.includes('第一调解室'), 'the preview says what it will say')
  holds([...'预览未生效'].every((x) => said.includes(x)) && !said.includes('验真码'), 'and that it is none')
  await box.locator('button[type=submit]').click()
  await box.waitFor({ state: 'hidden' })
  await made(clerk, '受理通知书').first().waitFor()
  const paper = text(await pdfOf(clerk, made(clerk, '受理通知书').first()))
  holds(paper.includes('第一调解室') && paper.includes('验真码') && !paper.includes('览'), 'the paper')
  await clean(clerk, 'papers made')
})

await test('a wrong one is replaced, with a reason; the old one stays and says so', async () => {
  await made(clerk, '受理通知书').first().getByRole('button', { name: /^更正（替换）/ }).click()
  const box = dialog(clerk)
  await box.getByText(/^依据：/).waitFor()
  await box.locator('button[type=submit]').click()
  await box.locator('.fault').first().waitFor()
  await box.getByLabel(/^替换理由/).fill('调解地点变更')
  await box.getByLabel('调解时间、地点或者链接').fill('2026年12月8日上午9时，本中心第三调解室')
  await box.locator('button[type=submit]').click()
  await box.waitFor({ state: 'hidden' })
  const old = made(clerk, '已被替换')
  await old.waitFor()
  holds((await old.innerText()).includes('调解地点变更'), 'the reason')
  holds(text(await pdfOf(clerk, made(clerk, '有效').filter({ hasText: '受理通知书' }))).includes('第三调解室'), 'the new one')
})

await test('it is sent by post, served with a proof, and the proof of service is made', async () => {
  const row = served(clerk, '受理通知书').filter({ hasText: '已制作' }).last()
  const who = (await row.locator('td').nth(1).innerText()).trim()
  same(await row.getByRole('button', { name: /^登记未送达/ }).count(), 0, 'what was never sent has not failed to arrive')
  await row.getByRole('button', { name: /^发出送达/ }).click()
  await dialog(clerk).getByLabel('送达方式').selectOption('POST')
  await dialog(clerk).getByLabel('邮件号').fill('XA12345678945')
  await clean(clerk, 'sending')
  await send(clerk)
  const sent = served(clerk, who).filter({ hasText: '已制作' }).last()
  await sent.getByRole('button', { name: /^登记未送达/ }).waitFor()
  same(await sent.getByRole('button', { name: /^发出送达/ }).count(), 0, 'it is not sent twice at once')
  await sent.getByRole('button', { name: /^登记送达/ }).click()
  const box = dialog(clerk)
  await box.getByLabel('送达方式').selectOption('POST')
  const on = box.getByLabel('送达日期')
  await on.fill(today)
  await on.press('Enter')
  await box.locator('input[type=file]').last().setInputFiles({ name: '妥投回执.png', mimeType: 'image/png', buffer: Buffer.from('a scan') })
  await box.getByText('已取得文件摘要').waitFor()
  await clean(clerk, 'served with proof')
  await send(clerk)
  const done = served(clerk, who).filter({ hasText: '已送达' }).last()
  await done.waitFor()
  await done.getByRole('button', { name: /^送达经过/ }).click()
  await dialog(clerk).getByText('XA12345678945').waitFor()
  await clean(clerk, 'how it was served')
  await clerk.keyboard.press('Escape')
  await dialog(clerk).waitFor({ state: 'hidden' })
  await done.getByRole('button', { name: /^送达回证/ }).click()
  await dialog(clerk).getByText(/^依据：/).waitFor()
  await dialog(clerk).locator('button[type=submit]').click()
  await dialog(clerk).waitFor({ state: 'hidden' })
  const proof = text(await pdfOf(clerk, made(clerk, '送达回证').first()))
  holds(proof.includes('送达回证') && proof.includes(who.replace(/\s+/g, '')), 'whom it was served on')
})

await test('what waits to be served is one list, and a day’s papers are one file with envelopes', async () => {
  await open(clerk, '/service')
  await clerk.locator('#unserved tbody tr').first().waitFor()
  same(await clerk.locator('#unserved tbody tr', { hasText: one.applicant }).filter({ hasText: /受字〔\d+〕第\d+号/ }).count(), 0, 'what was replaced waits no more')
  await clean(clerk, 'service')
  await clerk.getByLabel('查找当事人、文书、文号').fill(one.applicant)
  const row = clerk.locator('#unserved tbody tr', { hasText: '受理通知书' }).first()
  await row.getByRole('button', { name: /^发出送达/ }).click()
  await dialog(clerk).getByLabel('送达方式').selectOption('PERSON')
  await send(clerk)
  await clerk.locator('#unserved tr', { hasText: '已发出' }).first().getByRole('button', { name: /^未送达/ }).click()
  await dialog(clerk).getByLabel('未送达原因').selectOption('MOVED')
  await send(clerk)
  await clerk.getByRole('button', { name: /^未送达 1/ }).click()
  same(await clerk.locator('#unserved tbody tr').count(), 1, 'one has failed')
  await open(clerk, '/service/print')
  await clerk.getByRole('button', { name: '生成打印文件' }).click()
  const ready = clerk.locator('tr', { hasText: '可打印' }).first()
  await ready.waitFor({ timeout: 300000 })
  const pack = await bytesOf(clerk, await ready.getByRole('link', { name: /打开 PDF/ }).getAttribute('href'))
  const said = text(pack)
  holds(said.includes('受理通知书') && said.includes('送达回证'), 'the papers of the day')
  await clean(clerk, 'printing')
  await day(clerk, clerk.getByLabel('文书日期').last(), '2020-01-02')
  await clerk.getByRole('button', { name: '生成打印文件' }).click()
  await clerk.getByText('这一天没有制作文书').waitFor()
})

/* A case of our own up to the signing, by the interface. */
async function signable() {
  const made = await desk.post('/cases', {
    channel: 'VISIT', mode: 'WRITTEN', source: 'SELF', appl_type: 'WORKER', region: '450206', place: '拉堡镇', hire_date: '2024-03-01', contract: 'NONE', post: '包装工',
    hours: 'STANDARD', wage: '500000', employed: true, knew_date: '2026-07-15', facts: '公司从2026年6月起没有发工资，多次讨要没有结果。', online_ok: true, rec_ok: false,
    truthful: true, privacy: true, sensitive: true, claims: [{ cause: 'A01', amount: '2000000', basis: '四个月工资' }],
    parties: [
      { side: 'APPL', kind: 'WORKER', name: '韦大年', id_type: 'ID', id_no: '450206199003071239', mobile: '13807720021', addr: '拉堡镇柳东路12号', svc_addr: '拉堡镇柳东路12号' },
      { side: 'RESP', kind: 'EMPLOYER', name: '柳江区百朋木业有限公司', uscc: '91330282MA2C00012W', emp_type: 'ENT', industry: 'C20', legal_rep: '韦成', mobile: '13907720029', addr: '百朋镇工业园', svc_addr: '百朋镇工业园', main_region: '450206' }],
  })
  const C = `/cases/${made.id}`
  await desk.post(`${C}/register`)
  const before = house.log.length
  await desk.post(`${C}/ask-consent`)
  const invitation = await house.sent('13907720029', /([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/, before)
  await desk.post(`${C}/accept`, { agrees: true })
  const dispatcher = await house.as('dispatcher')
  const people = await dispatcher.get('/mediators?limit=200')
  await dispatcher.post(`${C}/assign`, { mediators: [{ mediator_id: people.items.find((m) => m.name === house.nameOf('mediator01')).id }], reason: '本人熟悉案情' })
  const mediator = await house.as('mediator01')
  const soon = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 16)
  const session = await mediator.post(`${C}/sessions`, { mode: 'ONSITE', planned: soon, place: '调解室一' })
  await mediator.post(`${C}/sessions/${session.id}/open`, { attendees: '双方', identified: true, rights_told: true, mode_agreed: true, sham_told: true })
  await mediator.post(`${C}/minutes`, { session_id: session.id, attendees: '双方到场', id_checked: true, rights_told: true, recusal_asked: true, statements: '申请人：欠四个月工资。\n被申请人：认可，请求分期。', undisputed: '欠薪20000元', result: '达成一致' })
  const { items } = await mediator.get(`${C}/parties`)
  const [w, e] = ['APPL', 'RESP'].map((s) => items.find((p) => p.side === s).id)
  await mediator.put(`${C}/agreement`, { requests: '支付拖欠工资', result: '被申请人一次付清拖欠的工资。', breach: '逾期的，按约定承担违约责任。', total: '2000000', obligations: [
    { duty: 'PAY', debtor_id: e, creditor_ids: [w], money: 'WAGE', cause: 'A01', amount: '2000000', due_on: '2027-01-20', method: '银行转账', account: '6222020000000000001' }] })
  await mediator.post(`${C}/agree`)
  return { ...made, C, mediator, invitation }
}
/* A name drawn with the mouse. */
async function stroke(page) {
  await page.locator('canvas.pad').scrollIntoViewIfNeeded()
  await page.waitForTimeout(300)
  const box = await page.locator('canvas.pad').boundingBox()
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.6)
  await page.mouse.down()
  for (const [x, y] of [[0.35, 0.25], [0.45, 0.75], [0.6, 0.3], [0.8, 0.7]]) await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 5 })
  await page.mouse.up()
}
/* The party's page by its code. */
async function draw(page, name) {
  await page.goto(`${house.base}/case#agreement`)
  await page.getByText('我看清楚了协议的全部内容').click()
  await stroke(page)
  await page.getByRole('button', { name: '签署', exact: true }).click()
  await page.getByText('您已经签署').waitFor()
}

let signed
await test('an organisation’s seal is a picture that its administrator puts into use', async () => {
  const manager = await staff(browser, house, 'sysadmin')
  const seal = await manager.evaluate(async () => {
    const c = Object.assign(document.createElement('canvas'), { width: 420, height: 420 }).getContext('2d')
    c.strokeStyle = c.fillStyle = '#d22'
    c.lineWidth = 14
    c.arc(210, 210, 195, 0, 7)
    c.stroke()
    c.font = '120px serif'
    c.textAlign = 'center'
    c.fillText('★', 210, 250)
    c.font = '30px serif'
    c.fillText('调解专用章', 210, 340)
    return c.canvas.toDataURL('image/png').split(',')[1]
  })
  const me = await desk.get('/me')
  await open(manager, `/orgs/${me.org}`)
  const card = manager.locator('section', { hasText: '印章与电子签名' }).last()
  await card.getByText('没有启用印章图片').waitFor()
  await card.getByRole('button', { name: '启用印章图片' }).click()
  await card.getByRole('button', { name: '启用印章图片' }).last().click()
  await card.getByRole('alert').waitFor()
  await card.locator('input[type=file]').setInputFiles({ name: '调解专用章.png', mimeType: 'image/png', buffer: Buffer.from(seal, 'base64') })
  await card.getByRole('button', { name: '启用印章图片' }).last().click()
  await card.getByAltText('正在使用的印章').waitFor()
  await clean(manager, 'seal of an organisation')
})

await test('drawn signatures and the seal stand on the agreement', async () => {
  signed = await signable()
  const phone = await visit(browser, house.base, { viewport: PHONE })
  await fill.openCase(phone, house, signed.receipt, '13807720021')
  await draw(phone, '韦大年')
  await phone.context().close()
  /* The other side stands at the counter, and signs there; the mediator signs for himself. */
  const desk = await staff(browser, house, 'mediator01', { path: `/cases/${signed.id}/agreement` })
  await clean(desk, 'marks that are missing')
  await desk.getByRole('button', { name: /^当面签名/ }).click()
  await dialog(desk).getByRole('button', { name: '签署', exact: true }).click()
  await dialog(desk).getByText('请先核对身份证件').waitFor()
  await dialog(desk).getByText('已核对身份证件，签名人已阅读协议全文').click()
  await dialog(desk).getByRole('button', { name: '签署', exact: true }).click()
  await dialog(desk).getByText('请签名', { exact: true }).waitFor()
  await stroke(desk)
  await clean(desk, 'a party signs at the counter')
  await dialog(desk).getByRole('button', { name: '签署', exact: true }).click()
  await desk.getByText('当面在屏幕上手写签名').waitFor()
  await desk.getByRole('button', { name: /^本人手写签名/ }).click()
  await stroke(desk)
  await clean(desk, 'a mediator signs')
  await dialog(desk).getByRole('button', { name: '签署', exact: true }).click()
  await desk.getByText('在线手写签名').nth(1).waitFor()
  await clean(desk, 'marks placed')
  const { digest } = await signed.mediator.get(`${signed.C}/agreement`)
  const file = 'a'.repeat(64)
  await (await house.as('head')).post(`${signed.C}/marks`, { kind: 'SEAL', how: 'STAMP', file, digest })
  const head = await staff(browser, house, 'head', { path: `/cases/${signed.id}/papers` })
  const box = await make(head, 'D14/')
  await box.locator('button[type=submit]').click()
  await box.waitFor({ state: 'hidden' })
  await made(head, '调解协议书').waitFor()
  const bytes = await pdfOf(head, made(head, '调解协议书'))
  holds(pictures(bytes) >= 4, `three names and the seal: ${pictures(bytes)}`)
  const said = text(bytes)
  holds(said.includes('当面电子签名') && said.includes('电子签名'), 'how each signed')
  if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, 'd14-signed.pdf'), bytes)
  signed.paper = bytes
  signed.verify = (await made(head, '调解协议书').locator('td').nth(3).innerText()).trim()
  await clean(head, 'papers of a signed case')
})

await test('whoever holds it compares it on the verification page; a changed byte is told', async () => {
  const page = await visit(browser, house.base, { viewport: PHONE })
  await at(page, `/v/${signed.verify}`)
  holds((await page.locator('.found').innerText()).includes('有效'), 'it holds')
  holds(!(await page.locator('.found').innerText()).includes('韦大年'), 'no whole name')
  const sent = []
  page.on('request', (r) => sent.push(r.url()))
  const drop = (bytes) => page.evaluate(async (text) => {
    const file = new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], '协议.pdf', { type: 'application/pdf' })
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(file)
    for (const type of ['dragenter', 'dragover', 'drop']) document.querySelector('.drop').dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
  }, bytes.toString('base64'))
  await drop(signed.paper)
  await page.locator('#result.good').waitFor()
  const changed = Buffer.from(signed.paper)
  changed[1000] ^= 1
  await drop(changed)
  await page.locator('#result.bad').waitFor()
  same(sent, [], 'nothing leaves the browser')
  await page.context().close()
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE })
  const bare = await plain.newPage()
  await bare.goto(`${house.base}/v/${signed.verify}`)
  await bare.getByRole('heading', { name: '查到这份文书' }).waitFor()
  holds((await bare.locator('main').innerText()).includes('调解协议书'), 'what it is')
  await plain.close()
})

/* A DOCX of one paragraph and one row that is repeated. */
function docx(paragraph, cell) {
  const path = join(room, 'own.docx')
  execFileSync('python3', ['-c', `
import sys, zipfile
z = zipfile.ZipFile(sys.argv[1], 'w')
z.writestr('[Content_Types].xml', '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
z.writestr('_rels/.rels', '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
z.writestr('word/document.xml', '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>' + sys.argv[2] + '</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>' + sys.argv[3] + '</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>')
z.close()`, path, paragraph, cell])
  return { name: '本局受理通知书.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: readFileSync(path) }
}
async function giveForm(page, file) {
  await page.getByRole('button', { name: '上传模板' }).first().click()
  await dialog(page).getByLabel(/^用于/).selectOption('D03')
  await dialog(page).locator('input[type=file]').setInputFiles(file)
  await dialog(page).locator('button[type=submit]').click()
}

await test('an office’s own template: wrong fields are named, it is tried with a case, used, and ended', async () => {
  const head = await staff(browser, house, 'head', { path: '/paper-forms' })
  await clean(head, 'own templates, none yet')
  await giveForm(head, docx('${case.acceptd}', '${each claims}${claims.sum}'))
  await dialog(head).getByRole('alert').waitFor()
  const told = await dialog(head).getByRole('alert').innerText()
  holds(told.includes('${case.acceptd}') && told.includes('${claims.sum}'), told)
  await clean(head, 'a template with a wrong field')
  await head.keyboard.press('Escape')
  await dialog(head).waitFor({ state: 'hidden' })
  await giveForm(head, docx('本局受理：${case.applicant}', '${each claims}${claims.amount:sum}'))
  await dialog(head).waitFor({ state: 'hidden' })
  const row = head.locator('#forms tr', { hasText: '本局受理通知书' })
  await row.getByText('使用中').waitFor()
  await head.getByLabel('查找字段').fill('受理日期')
  await head.getByText('${case.accepted}').first().waitFor()
  await clean(head, 'own templates')
  await row.getByRole('button', { name: /^用案件试填/ }).click()
  await dialog(head).getByLabel('案件', { exact: true }).fill(one.applicant)
  await dialog(head).getByRole('radio').first().check()
  const download = head.waitForEvent('download')
  await dialog(head).getByRole('button', { name: '试填并下载' }).click()
  const path = join(room, 'tried.docx')
  await (await download).saveAs(path)
  const said = execFileSync('unzip', ['-p', path, 'word/document.xml'], { encoding: 'utf8' })
  holds(said.includes(`本局受理：${one.applicant}`), 'it is filled')
  await clean(head, 'a template is tried')
  await head.keyboard.press('Escape')
  await dialog(head).waitFor({ state: 'hidden' })
  await open(clerk, `/cases/${one.id}/papers`)
  const box = await make(clerk, 'D03/')
  await box.getByLabel('模板').selectOption({ label: '本局受理通知书' })
  await box.locator('button[type=submit]').click()
  await box.waitFor({ state: 'hidden' })
  await made(clerk, '本局受理通知书').getByRole('link', { name: /^DOCX/ }).waitFor()
  await row.getByRole('button', { name: /^停用/ }).click()
  await send(head)
  await head.locator('#forms tr', { hasText: /\d{4}-\d\d-\d\d 停用/ }).waitFor()
})

await test('papers about no case: made, looked at, replaced', async () => {
  const head = await staff(browser, house, 'head', { path: '/office-papers' })
  await clean(head, 'office papers')
  await head.getByRole('button', { name: '制作机关文书' }).click()
  const box = dialog(head)
  await box.getByLabel('文书', { exact: true }).selectOption({ value: 'D30/' })
  await box.getByLabel(/^受送单位/).fill('柳江区百朋木业有限公司')
  await box.getByLabel(/^发现的问题/).fill('连续两年发生拖欠工资争议。')
  for (const other of await box.locator('textarea, input').all()) if (!(await other.inputValue())) await other.fill('请依法按时足额支付工资。')
  await clean(head, 'an office paper is made')
  await box.locator('button[type=submit]').click()
  await box.waitFor({ state: 'hidden' })
  const row = head.locator('tr', { hasText: '建议书' }).first()
  await row.waitFor()
  const paper = text(await pdfOf(head, row))
  holds(paper.includes('百朋木业') && paper.includes('连续两年'), 'the letter')
  await clean(head, 'office papers made')
})

await test('a case is not closed while a mandatory paper is absent: it is named', async () => {
  await desk.post(`/cases/${one.id}/withdraw`, { note: '双方已自行解决' })
  const head = await staff(browser, house, 'head', { path: `/cases/${one.id}/papers` })
  holds(await head.locator('tr', { hasText: '权利义务告知书' }).filter({ hasText: '缺' }).count() > 0, 'what the file lacks is marked')
  await act(head, '结案')
  await dialog(head).locator('button[type=submit]').click()
  await dialog(head).getByRole('alert').waitFor()
  const told = await dialog(head).getByRole('alert').innerText()
  holds(told.includes('权利义务告知书') && told.includes('结果文书'), told)
  await clean(head, 'a case that is not closed')
})

/* A pile of one paper of a case, and one that is nobody's. */
async function pile() {
  const { items } = await desk.get(`/cases/${one.id}/made`)
  const paper = items.find((m) => m.code === 'D03' && m.state === 'valid' && m.file)
  const mine = join(room, '本案.pdf')
  writeFileSync(mine, await bytesOf(clerk, `/api/v1/cases/${one.id}/made/${paper.id}/pdf`))
  const foreign = join(room, '别处.pdf')
  execFileSync(join(root, process.env.BUILD ?? 'build', 'tiaojie'), ['paper', 'D30', '--sample', '--pdf', foreign], { env: { ...process.env, TIAOJIE_DATA: join(root, 'data') } })
  const broken = join(room, '坏的.pdf')
  writeFileSync(broken, '%PDF-1.7 nothing of the kind')
  return { files: [mine, foreign, broken], pages: paper.pages }
}

await test('a scanned pile: its pages go to their case, what is left is filed by hand, and all can be taken back', async () => {
  const { files, pages } = await pile()
  await open(clerk, '/piles')
  await clean(clerk, 'piles, none yet')
  await clerk.locator('#pile-files').setInputFiles(files)
  await clerk.getByRole('button', { name: '上传', exact: true }).click()
  await clerk.waitForURL(/\/piles\/\d+/)
  await clerk.locator('.page-head .tag', { hasText: '已归类' }).waitFor({ timeout: 300000 })
  await settle(clerk)
  const sum = async (name) => Number(await clerk.locator(`[data-sum=${name}]`).innerText())
  same(await sum('filed'), pages, 'pages of the case')
  holds(await sum('tray') >= 1, 'the foreign one waits')
  const row = clerk.locator('#filed tbody tr').first()
  holds((await row.innerText()).includes('受理通知书') && (await row.innerText()).includes(one.applicant), 'which case, which paper')
  await clerk.getByText('1 个文件无法打开').waitFor()
  await clerk.waitForFunction(() => [...document.querySelectorAll('#tray img')].every((i) => i.complete && i.naturalWidth > 100))
  await clean(clerk, 'a pile sorted')
  await clerk.locator('#tray .sheet').first().click()
  await clerk.waitForFunction(() => document.querySelector('.large')?.naturalWidth > 100)
  await clean(clerk, 'a page looked at')
  await clerk.keyboard.press('Escape')
  await dialog(clerk).waitFor({ state: 'hidden' })
  const before = await sum('tray')
  same(await clerk.getByRole('button', { name: /^归入案件/ }).isDisabled(), true, 'nothing is chosen')
  await clerk.locator('#tray input[type=checkbox]').first().check()
  await clerk.getByRole('button', { name: '归入案件（1 页）' }).click()
  await dialog(clerk).getByRole('button', { name: '归入', exact: true }).click()
  await dialog(clerk).getByText('请选择案件').waitFor()
  await dialog(clerk).getByLabel('案件', { exact: false }).first().fill(one.applicant)
  await dialog(clerk).getByRole('radio').first().check()
  await dialog(clerk).getByLabel('类别').selectOption('CONTRACT')
  await clean(clerk, 'a page is filed by hand')
  await dialog(clerk).getByRole('button', { name: '归入', exact: true }).click()
  await dialog(clerk).waitFor({ state: 'hidden' })
  await clerk.locator('#filed tr', { hasText: '人工归入' }).waitFor()
  same(await sum('tray'), before - 1, 'one less in the tray')
  await clerk.locator('#filed tr', { hasText: '人工归入' }).getByRole('button', { name: /^撤销归入/ }).click()
  await dialog(clerk).getByLabel('理由').fill('归错了案件')
  await send(clerk)
  same([await sum('tray'), await clerk.locator('#filed tr', { hasText: '人工归入' }).count()], [before, 0], 'taken back')
  await clerk.getByRole('button', { name: '全选' }).click()
  await clerk.getByRole('button', { name: /^不予归入（/ }).click()
  await clerk.waitForFunction((n) => document.querySelector('[data-sum=dropped]')?.textContent === String(n), before)
  await open(clerk, '/piles')
  holds((await clerk.locator('table tbody tr').first().innerText()).includes('已归类'), 'in the list')
  await clean(clerk, 'piles')
})

await test('all of it by keyboard; and in English', async () => {
  await open(clerk, `/cases/${one.id}/papers`)
  const button = clerk.getByRole('button', { name: '制作文书', exact: true }).first()
  await button.focus()
  await clerk.keyboard.press('Enter')
  await dialog(clerk).getByText(/^依据：/).waitFor()
  await settle(clerk)
  for (let i = 0; i < 12 && !(await clerk.evaluate(() => document.activeElement?.tagName === 'SELECT')); i++) await clerk.keyboard.press('Tab')
  same(await clerk.evaluate(() => document.activeElement?.tagName), 'SELECT', 'the first field')
  await clerk.keyboard.press('Escape')
  await dialog(clerk).waitFor({ state: 'hidden' })
  await clerk.waitForFunction(() => document.activeElement?.textContent?.startsWith('制作文书'))
  await clerk.getByRole('button', { name: 'English' }).click()
  await settle(clerk)
  await clean(clerk, 'papers in English')
  await open(clerk, '/service')
  await clean(clerk, 'service in English')
  await open(clerk, '/service/print')
  await clean(clerk, 'printing in English')
  await open(clerk, '/paper-forms')
  await clean(clerk, 'own templates in English')
  await open(clerk, '/office-papers')
  await clean(clerk, 'office papers in English')
  await open(clerk, '/piles')
  await clerk.locator('table tbody a').first().click()
  await clerk.locator('#filed').waitFor()
  await settle(clerk)
  await clean(clerk, 'a pile in English')
  await open(clerk, '/sealings')
  await clean(clerk, 'nothing waits for the seal, in English')
})

rmSync(room, { recursive: true, force: true })
await end()
