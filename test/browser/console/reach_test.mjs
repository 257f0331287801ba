/*
** Whom no message reached: on the desk, called, written to, until it is known how that went;
** and why mediation was declined, in numbers.
**   node test/browser/console/reach_test.mjs [WORD…]
*/
import { clean, dialog, open, send, settle, staff } from '../lib/desk.mjs'
import { frame, holds, same } from '../lib/frame.mjs'
import { faultsOf, listen } from '../lib/words.mjs'

const { house, browser, test, end } = await frame()
const clerk = await house.as('clerk')
const page = await staff(browser, house, 'clerk')
page.setDefaultTimeout(20000)
listen(page)

/* A registered case whose respondent left no number; he is invited all the same. */
async function silent(worker, firm, no) {
  const made = await clerk.post('/cases', {
    channel: 'VISIT', mode: 'WRITTEN', source: 'SELF', appl_type: 'WORKER', region: '450206', place: '拉堡镇', hire_date: '2024-03-01', contract: 'NONE', post: '包装工',
    hours: 'STANDARD', wage: '500000', employed: true, knew_date: '2026-07-15', facts: '公司从2026年6月起没有发工资，多次讨要没有结果。', online_ok: true, rec_ok: false,
    truthful: true, privacy: true, sensitive: true, claims: [{ cause: 'A01', amount: '2000000', basis: '四个月工资' }],
    parties: [
      { side: 'APPL', kind: 'WORKER', name: worker, id_type: 'ID', id_no: '450206199003071239', mobile: `1380772${no}`, addr: '拉堡镇柳东路12号', svc_addr: '拉堡镇柳东路12号' },
      { side: 'RESP', kind: 'EMPLOYER', name: firm, no_uscc: '申请人不知道', emp_type: 'ENT', industry: 'C20', legal_rep: '韦成', addr: '百朋镇工业园', svc_addr: '百朋镇工业园' }],
  })
  await clerk.post(`/cases/${made.id}/register`)
  await clerk.post(`/cases/${made.id}/ask-consent`)
  return made
}
const row = (name) => page.locator('#unreached tbody tr', { hasText: name })
const steps = page.getByRole('group', { name: '进度' })
async function look(step) {
  await steps.getByRole('button', { name: step, exact: true }).click()
  await settle(page)
}

await test('nobody is on the desk, and it says so', async () => {
  await open(page, '/service/unreached')
  await page.getByText('没有联系不上的当事人').waitFor()
  await clean(page, 'nobody unreached')
})

const letter = await silent('韦大年', '柳江区无号木业有限公司', '0101')
const phone = await silent('韦中年', '柳江区换号家具有限公司', '0102')
await test('who left no number is written to, and what came of it is noted', async () => {
  await open(page, '/service/unreached')
  const told = await row('柳江区无号木业有限公司').innerText()
  holds(told.includes('没有手机号') && told.includes('调解邀请') && told.includes('待邮寄'), told)
  same(await row('柳江区无号木业有限公司').getByRole('button', { name: /^登记电话/ }).count(), 0, 'without a number nobody is called')
  await clean(page, 'unreached')
  await row('柳江区无号木业有限公司').getByRole('button', { name: /^登记邮寄/ }).click()
  await dialog(page).getByLabel('邮件号').waitFor()
  await clean(page, 'dialog of a letter')
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).locator('.fault').first().waitFor()
  await send(page, { 邮件号: 'EZ100000001CN' })
  holds((await row('柳江区无号木业有限公司').innerText()).includes('EZ100000001CN'), 'its number stands there')
  await row('柳江区无号木业有限公司').getByRole('button', { name: /^邮寄结果/ }).click()
  await dialog(page).getByRole('group', { name: /已经收到/ }).getByLabel('否').check()
  await clean(page, 'dialog of how a letter fared')
  await send(page, { 说明: '退回：原址查无此人' })
  same(await row('柳江区无号木业有限公司').count(), 0, 'off the open ones')
  await look('仍未告知')
  holds((await row('柳江区无号木业有限公司').innerText()).includes('退回：原址查无此人'), 'and not forgotten')
  await clean(page, 'not reached in the end')
})

await test('once there is a number somebody calls: in vain, why; then in person', async () => {
  const { items } = await clerk.get(`/cases/${phone.id}/parties`)
  const party = items.find((p) => p.side === 'RESP')
  await clerk.call('PATCH', `/cases/${phone.id}/parties/${party.id}`, { mobile: '13907720033' }, { 'If-Match': `"${party.version}"` })
  await open(page, '/service/unreached')
  await row('柳江区换号家具有限公司').getByRole('button', { name: /^登记电话/ }).click()
  await dialog(page).getByRole('group', { name: /已经告知本人/ }).getByLabel('否').check()
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).locator('.fault').first().waitFor()
  await clean(page, 'dialog of a call in vain')
  await dialog(page).getByLabel('没有接通的原因').selectOption('NO_ANSWER')
  await send(page)
  holds((await row('柳江区换号家具有限公司').innerText()).includes('1 次未接通'), 'counted')
  await row('柳江区换号家具有限公司').getByRole('button', { name: /^登记电话/ }).click()
  await dialog(page).getByRole('group', { name: /已经告知本人/ }).getByLabel('是').check()
  await send(page)
  await look('已告知')
  holds((await row('柳江区换号家具有限公司').innerText()).includes('电话'), 'by phone')
  same((await clerk.get(`/cases/${phone.id}/contacts`)).items.map((c) => c.reached), [false, true], 'both calls stand in the record of contacts')
})

await test('the record of the case says it in words', async () => {
  await open(page, `/cases/${letter.id}/record`)
  const told = await page.locator('main ol.line').innerText()
  holds(told.includes('电话、邮寄告知') && told.includes('已邮寄') && told.includes('仍未告知'), told)
  same(await faultsOf(page, false), [], 'nothing but words')
  await clean(page, 'record of who was not reached')
})

await test('in English there is no Chinese of ours', async () => {
  const other = await staff(browser, house, 'clerk')
  listen(other)
  await other.getByRole('button', { name: 'English' }).click()
  for (const path of ['/service/unreached', `/cases/${letter.id}/record`, '/import']) {
    await open(other, path)
    same(await faultsOf(other, true), [], path)
    await clean(other, `English ${path}`)
  }
  await other.context().close()
})

await test('who declines says why, and the head sees the reasons in numbers', async () => {
  await clerk.post(`/cases/${letter.id}/decline`, { reason: 'REFUSED', why: 'NO_TRUST', note: '公司书面回复不同意调解' })
  const head = await staff(browser, house, 'head')
  await open(head, '/statistics')
  const card = head.locator('section', { hasText: '不愿意调解的原因' }).last()
  await card.waitFor()
  holds(/认为调解没有用，签了还会再告\s*1\s*1/.test(await card.innerText()), await card.innerText())
  await clean(head, 'statistics with reasons for declining')
  await head.context().close()
})

await end()
