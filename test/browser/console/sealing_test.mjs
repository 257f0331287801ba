/*
** Papers and volumes that wait for a seal platform elsewhere, in a real browser: the platform
** (test/seal/platform.c) is away, of another mind, and then signs.
**   node test/browser/console/sealing_test.mjs [WORD…]
*/
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clean, dialog, open, send, settle, staff } from '../lib/desk.mjs'
import { frame, holds, same } from '../lib/frame.mjs'
import { root } from '../lib/house.mjs'

const room = mkdtempSync(join(tmpdir(), 'tiaojie-seal-'))
const at = (name) => join(room, name)
for (const [name, subject] of [['seal', '柳江区劳动人事争议多元调解中心印章'], ['other', '别处的印章']]) {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`), '-days', '30', '-utf8', '-subj', `/CN=${subject}`], { stdio: 'ignore' })
}
writeFileSync(at('secret'), 'tiaojie open-sesame\n')
const mode = (word) => writeFileSync(at('mode'), `${word}\n`)
mode('refuse')
const platform = spawn(resolveBuild('test/seal_platform'), ['--key', at('seal.key'), '--cert', at('seal.pem'), '--other-key', at('other.key'), '--other-cert', at('other.pem'),
  '--secret', 'tiaojie open-sesame', '--mode', at('mode')], { stdio: ['ignore', 'pipe', 'inherit'] })
const port = await new Promise((done) => platform.stdout.on('data', (d) => { const m = /listening on (\d+)/.exec(d); if (m) done(m[1]) }))
function resolveBuild(name) { return join(root, process.env.BUILD ?? 'build', name) }

const { house, browser, test, end } = await frame({ cases: 60, serve: [
  '--signer', `seal:http://localhost:${port}/v1/sign`, '--signer-password', at('secret'), '--signer-certificate', at('seal.pem')] })
const desk = await house.as('head')
const row = (page, table, what) => page.locator(`${table} tbody tr`, { hasText: what })
let one

await test('a paper that the platform refuses is listed with its reason, and asked for again', async () => {
  for (const state of ['mediating', 'assigned', 'accepted', 'registered']) one ??= (await desk.get(`/cases?state=${state}&limit=5`)).items[0]
  const head = await staff(browser, house, 'head', { path: '/sealings' })
  await head.getByText('没有等待用印的文书').waitFor()
  await clean(head, 'nothing waits for the seal')
  same((await desk.post(`/cases/${one.id}/made`, { code: 'D02' })).state, 'sealing', 'it is ordered')
  await house.wait(async () => (await desk.get('/sealings')).items[0]?.state === 'refused', 'the refusal')
  await open(head, '/sealings')
  const refused = row(head, '#sealings', '该印章未授权用于此类文书')
  holds((await refused.innerText()).includes('印章平台未予用印') && (await refused.innerText()).includes(one.applicant), 'state, reason, case')
  await clean(head, 'a paper that was refused')
  await open(head, `/cases/${one.id}/papers`)
  await head.locator('#case-sealings', { hasText: '该印章未授权用于此类文书' }).waitFor()
  await clean(head, 'a case whose paper waits')
  mode('good')
  await open(head, '/sealings')
  await refused.getByRole('button', { name: /^重新申请用印/ }).click()
  await clean(head, 'asking again')
  await send(head)
  await house.wait(async () => !(await desk.get('/sealings')).items.length, 'the seal')
  await open(head, `/cases/${one.id}/papers`)
  same(await head.locator('#case-sealings').count(), 0, 'nothing waits any more')
  await head.locator('section', { hasText: '已制作的文书' }).locator('tr', { hasText: '收件回执' }).first().waitFor()
  await head.context().close()
})

await test('one that waits says why and when it is asked again, and is given up', async () => {
  mode('busy')
  await desk.post(`/cases/${one.id}/made`, { code: 'D02' })
  await house.wait(async () => (await desk.get('/sealings')).items[0]?.why, 'a reason')
  const head = await staff(browser, house, 'head', { path: '/sealings' })
  const waits = row(head, '#sealings', '系统维护')
  holds(/等待用印/.test(await waits.innerText()) && /已试 \d+ 次/.test(await waits.innerText()), await waits.innerText())
  await clean(head, 'a paper that waits')
  same(await waits.getByRole('button', { name: /^重新申请用印/ }).count(), 0, 'it is asked for already')
  await waits.getByRole('button', { name: /^取消用印/ }).click()
  await dialog(head).getByText('不再用印').waitFor()
  await send(head)
  await head.getByText('没有等待用印的文书').waitFor()
  await head.getByRole('button', { name: 'English' }).click()
  await settle(head)
  await clean(head, 'nothing waits for the seal in English')
  await head.context().close()
})

await test('a volume that the platform has not signed stands in the same place', async () => {
  mode('busy')
  const archived = (await desk.get('/cases?state=archived&limit=5')).items[0]
  holds(archived, 'an archived case of the demo')
  await desk.post(`/cases/${archived.id}/bound`, { kind: 'main', format: 'PDF' })
  await house.wait(async () => (await desk.get('/volumes/open')).items.find((v) => v.case_id === archived.id)?.error, 'a reason', 60000)
  const head = await staff(browser, house, 'head', { path: '/sealings' })
  const waits = row(head, '#volumes', archived.applicant)
  await waits.waitFor()
  holds(/系统维护/.test(await waits.innerText()) && /等印章平台/.test(await waits.innerText()), await waits.innerText())
  await clean(head, 'a volume that waits for the seal')
  await head.context().close()
})

platform.kill()
rmSync(room, { recursive: true, force: true })
await end()
