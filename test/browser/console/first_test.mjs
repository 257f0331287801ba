/*
** The first day of an office, in a real browser: from a house just installed, with three
** administrators and nothing else, to its first case in a mediator's hands.  Nothing is done beside the browser.
**   node test/browser/console/first_test.mjs [WORD…]
*/
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, crc32 } from 'node:zlib'
import { act, choose, clean, dialog, open, reception, send, settle, staff, yes } from '../lib/desk.mjs'
import { frame, holds, same } from '../lib/frame.mjs'
import { SECRET } from '../lib/house.mjs'
import { totp } from '../lib/totp.mjs'

const CENTRE = '柳江区劳动人事争议多元调解中心'
const room = mkdtempSync(join(tmpdir(), 'tiaojie-first-'))
writeFileSync(join(room, 'sms'), 'tiaojie open-sesame\n')
const { house, browser, test, end } = await frame({ empty: true, serve: [
  '--origin', 'https://tiaojie.example.gov.cn', '--sms', 'http://127.0.0.1:9/send', '--sms-secret', join(room, 'sms')] })
const desk = {} /* the open page of each */

/* A picture, all black: a photograph. */
function picture(name) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), body.length + 4)
    return out
  }
  const side = 1200
  const head = Buffer.from([0, 0, side >> 8, side & 255, 0, 0, side >> 8, side & 255, 8, 0, 0, 0, 0])
  const path = join(house.folder, name)
  writeFileSync(path, Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(side * (side + 1)))), chunk('IEND', Buffer.alloc(0))]))
  return path
}

/* The first sign-in: the one-time password, one's own, and where it is asked for the second factor. */
async function enter(login, password) {
  const page = await staff(browser, house)
  const input = page.locator('input')
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '修改口令' }).waitFor()
  await input.nth(0).fill(SECRET)
  await input.nth(1).fill(SECRET)
  await page.keyboard.press('Enter')
  await page.locator('.shell, .qr').first().waitFor()
  if (await page.locator('.qr').count()) {
    await clean(page, `binding an authenticator, ${login}`)
    const secret = await page.locator('.secret').innerText()
    await page.getByLabel('动态码').fill(totp(secret))
    await page.keyboard.press('Enter')
    await page.waitForSelector('.shell')
  }
  await settle(page)
  desk[login] = page
  return page
}
const steps = (page) => page.locator('main tbody tr').evaluateAll((rows) => rows.map((r) => r.querySelector('.tag').textContent.trim() === '已完成'))

await test('three administrators begin, each with a second factor read from a QR code', async () => {
  for (const [login, role, name] of [['admin', 'sys_admin', '张系统'], ['security', 'sec_admin', '李安全'], ['audit', 'auditor', '王审计']]) {
    house.add(login, role, name)
    const page = await enter(login, house.passwords[login])
    same(new URL(page.url()).pathname, '/console/opening', 'where they begin')
    await page.getByRole('heading', { name: '开局' }).waitFor()
  }
  await open(desk.admin, '/opening')
  same(await steps(desk.admin), [true, true, true, true, false, false, false, false, false], 'what is done')
  await clean(desk.admin, 'opening, three administrators')
})

await test('the system administrator enters the centre; what it lacks is said', async () => {
  const page = desk.admin
  await page.getByRole('link', { name: /登记调解组织/ }).click()
  await page.getByText('还没有调解组织').waitFor()
  await clean(page, 'no organisation yet')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  const box = dialog(page)
  await box.waitFor()
  await settle(page)
  await box.getByLabel('名称', { exact: false }).first().fill(CENTRE)
  await box.getByLabel('层级').selectOption({ label: '县（市、区）' })
  await choose(page, box.getByRole('combobox', { name: /机构类别/ }).first(), '多元调解中心')
  for (const part of ['广西壮族自治区', '柳州市', '柳江区']) {
    await page.waitForFunction((name) => [...document.querySelectorAll('.el-dialog select option')].some((o) => o.textContent.trim() === name), part)
    const select = box.locator('select').filter({ has: page.locator('option', { hasText: new RegExp(`^\\s*${part}\\s*$`) }) }).last()
    await select.selectOption(await select.locator('option', { hasText: new RegExp(`^\\s*${part}\\s*$`) }).getAttribute('value'))
  }
  await box.locator('button[type=submit]').click()
  await box.getByRole('alert').waitFor()
  holds(/在办容量：必填/.test(await box.innerText()), 'the capacity is asked for')
  await box.getByLabel('在办容量').fill('200')
  await box.getByLabel('企业、个体经济组织、民办非企业单位等与劳动者的劳动争议').check()
  await send(page)
  await page.getByRole('button', { name: CENTRE }).waitFor()
  await clean(page, 'the first organisation')
})

const people = [['zhang.clerk', '张受理', ['受理登记员']], ['li.head', '李主任', ['中心负责人']], ['wang.dispatch', '王分流', ['分流指派员']],
  ['zhao.mediator', '赵调解', ['调解员']], ['qian.mediator', '钱调解', ['调解员']], ['chen.hr', '陈人社', ['人社局工作人员']]]
await test('accounts come from one hand, roles from another', async () => {
  const page = desk.admin
  await open(page, '/users')
  for (const [login, name] of people) {
    await page.getByRole('button', { name: '新建账号' }).click()
    const box = dialog(page)
    await box.waitFor()
    await box.getByLabel('所属机构').selectOption({ label: CENTRE })
    await send(page, { 登录名: login, 姓名: name })
    house.passwords[login] = (await page.locator('.note strong').innerText()).trim()
    await page.getByRole('button', { name: '关闭' }).click()
  }
  await clean(page, 'accounts without roles')
  const sec = desk.security
  await open(sec, '/users')
  for (const [login, , roles] of people) {
    const row = sec.locator('tbody tr', { hasText: login })
    holds((await row.innerText()).includes(CENTRE), 'the security administrator sees whose it is')
    await row.getByRole('button', { name: /授予角色/ }).click()
    await dialog(sec).waitFor()
    for (const role of roles) await choose(sec, dialog(sec).getByRole('combobox', { name: /角色/ }), role)
    await send(sec)
  }
  await clean(sec, 'accounts with roles')
  await open(page, '/opening')
  same((await steps(page)).slice(4), [true, true, true, false, false], 'what is done')
})

await test('the bureau enters mediators with their accounts and photographs, trains and appoints them', async () => {
  const hr = await enter('chen.hr', house.passwords['chen.hr'])
  await open(hr, '/mediators')
  for (const [login, name] of [['zhao.mediator', '赵调解'], ['qian.mediator', '钱调解']]) {
    await hr.getByRole('button', { name: '登记', exact: true }).click()
    const box = dialog(hr)
    await box.waitFor()
    await settle(hr)
    const account = box.getByLabel('账号')
    await account.selectOption({ label: `${name}（${login}）` })
    await box.getByLabel('所属机构').selectOption({ label: CENTRE })
    await box.getByLabel('性别').selectOption({ label: '女' })
    await box.getByLabel('专兼职').selectOption({ label: '专职' })
    await choose(hr, box.getByRole('combobox', { name: /来源/ }), '律师')
    for (const fit of ['政治素质高', '业务能力强', '工作作风好', '热爱群众工作', '成年公民', '公道正派', '具有一定法律知识']) await box.getByLabel(fit).check()
    await box.getByLabel('对外公布').check()
    await send(hr, { 姓名: name, 电话: '13800000001', 在办容量: '30' })
    await hr.getByRole('button', { name, exact: true }).click()
    await hr.getByText('还没有照片').waitFor()
    await hr.locator('#mediator-photo').setInputFiles(picture(`${login}.png`))
    await hr.locator('#mediator-photo').waitFor({ state: 'detached' })
    for (const event of ['参加培训', '聘任']) {
      await hr.getByRole('button', { name, exact: true }).click()
      await hr.getByRole('button', { name: '聘任、解聘' }).click()
      await dialog(hr).waitFor()
      await dialog(hr).getByLabel('事项').selectOption({ label: event })
      await send(hr)
    }
  }
  await hr.getByRole('button', { name: '赵调解', exact: true }).click()
  await hr.waitForFunction(() => [...document.querySelectorAll('.photo img')].some((i) => i.naturalWidth === 600))
  await clean(hr, 'mediators in office')
})

await test('the six haves, and the organisation is open', async () => {
  const hr = desk['chen.hr']
  await open(hr, '/orgs')
  await hr.getByRole('link', { name: new RegExp(CENTRE) }).click()
  await hr.locator('.haves').waitFor()
  await hr.getByRole('button', { name: '六有核查' }).click()
  const proof = picture('proof.png')
  for (const box of await hr.locator('.haves input[type=checkbox]').all()) await box.check()
  const files = await hr.locator('.haves input[type=file]').all()
  for (const file of files) await file.setInputFiles(proof)
  await hr.waitForFunction((n) => document.querySelectorAll('.haves .help.good').length === n, files.length)
  await clean(hr, 'the six haves')
  await hr.getByRole('button', { name: '保存核查' }).click()
  await hr.getByText('六有达标').first().waitFor()
  const shown = await hr.locator('.haves a').first().getAttribute('href')
  same(await hr.evaluate(async (path) => (await fetch(path)).headers.get('content-type'), shown), 'image/png', 'the proof can be looked at')
  for (const event of ['备案', '启用']) {
    await hr.locator('.page-head').getByRole('button', { name: '变更状态' }).click()
    await dialog(hr).waitFor()
    await dialog(hr).getByLabel('事项').selectOption({ label: event })
    await send(hr)
  }
  holds((await hr.locator('.page-head .tag').first().innerText()) === '运行中', 'it works')
  await open(desk.admin, '/opening')
  await desk.admin.getByText('各项均已完成').waitFor()
  await clean(desk.admin, 'opening, all done')
})

await test('the first case: received, registered, accepted, dispatched, in the hands of a mediator', async () => {
  const clerk = await enter('zhang.clerk', house.passwords['zhang.clerk'])
  await reception(clerk, '韦小燕')
  await clerk.keyboard.press('F8')
  await clerk.getByRole('button', { name: '已宣读，申请人确认无误' }).click()
  await dialog(clerk).waitFor({ state: 'hidden' })
  await clerk.keyboard.press('F2')
  await clerk.getByRole('heading', { name: '登记成功' }).waitFor()
  await clerk.locator('.slip .btn.main').click()
  await clerk.waitForSelector('.acts')
  await act(clerk, '登记')
  await send(clerk)
  await act(clerk, '受理')
  await dialog(clerk).waitFor()
  await yes(dialog(clerk), /双方均同意调解/)
  await send(clerk)
  const dispatcher = await enter('wang.dispatch', house.passwords['wang.dispatch'])
  await open(dispatcher, '/dispatch')
  await clean(dispatcher, 'the first case to dispatch')
  await dispatcher.getByRole('button', { name: '直接指派调解员' }).click()
  await settle(dispatcher)
  await dispatcher.locator('.cards li', { hasText: '赵调解' }).getByRole('checkbox').check()
  await dispatcher.locator('.cards ~ .field textarea').fill('第一件')
  await dispatcher.locator('main form button[type=submit]').click()
  await dispatcher.getByText(/已办理/).waitFor()
  const mediator = await enter('zhao.mediator', house.passwords['zhao.mediator'])
  await mediator.getByText('韦小燕').first().waitFor()
  await clean(mediator, 'the first case of a mediator')
})

await test('the office is on the portal: its roster with the photograph', async () => {
  const page = await staff(browser, house)
  await page.goto(`${house.base}/mediators`)
  await page.getByRole('heading', { name: '赵调解' }).waitFor()
  await page.waitForFunction(() => [...document.querySelectorAll('.people img')].some((i) => i.naturalWidth > 0))
  await clean(page, 'the public roster')
})

rmSync(room, { recursive: true })
await end()
