/*
** The console without a network, and the desk of pairs that may be one case: 200
** applications taken at a village counter in 48 hours, the browser closed in between,
** each registered once when the line is back; what the server refuses stands beside
** what it has.
**   node test/browser/console/offline_test.mjs [WORD…]
*/
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closed, reopened } from '../lib/browser.mjs'
import { clean, dialog, open, reception, settle, staff } from '../lib/desk.mjs'
import { frame, holds, same, shoot } from '../lib/frame.mjs'
import { SECRET } from '../lib/house.mjs'

const { house, browser, test, end } = await frame()
const profile = mkdtempSync(join(tmpdir(), 'tiaojie-profile-'))
const ALL = 200
const DAY_MS = 86400e3

const W = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const idNo = (n) => { const s = `4502221985${String(n % 12 + 1).padStart(2, '0')}${String(n % 28 + 1).padStart(2, '0')}${String(n).padStart(3, '0')}`; return s + '10X98765432'[[...s].reduce((sum, d, k) => sum + d * W[k], 0) % 11] }

/* One more of what waits, as the reception keeps it: by its own form and key. */
async function more(page, from, to) {
  await page.evaluate(async ([first, last, numbers]) => {
    const db = await new Promise((done) => { const r = indexedDB.open('tiaojie', 1); r.onsuccess = () => done(r.result) })
    const ask = (store, mode, what) => new Promise((done, bad) => { const tx = db.transaction(store, mode); const r = what(tx.objectStore(store)); tx.oncomplete = () => done(r?.result); tx.onabort = () => bad(tx.error) })
    const key = await ask('keys', 'readonly', (s) => s.get('clerk'))
    const [one] = (await ask('waiting', 'readonly', (s) => s.getAll())).filter((x) => x.owner === 'clerk')
    const record = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: one.iv }, key, one.data)))
    for (let n = first; n <= last; n++) {
      const w = JSON.parse(JSON.stringify(record))
      Object.assign(w, { key: `counter-${String(n).padStart(4, '0')}`, seq: n, about: `村民${n}`, tried: undefined, first: undefined })
      for (const p of [w.body.parties[0], w.typed.parties[0]]) Object.assign(p, { name: `村民${'甲乙丙丁戊己庚辛壬癸'[n % 10]}`, id_no: numbers[n], birth: undefined, sex: undefined })
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(w)))
      await ask('waiting', 'readwrite', (s) => s.put({ key: w.key, owner: 'clerk', seq: n, iv, data }))
    }
    db.close()
  }, [from, to, Array.from({ length: ALL + 2 }, (_, n) => idNo(n))])
}
/* A record changed in its sealed store: what the server will refuse. */
const change = (page, key, field, value) => page.evaluate(async ([k, name, to]) => {
  const db = await new Promise((done) => { const r = indexedDB.open('tiaojie', 1); r.onsuccess = () => done(r.result) })
  const ask = (store, mode, what) => new Promise((done) => { const tx = db.transaction(store, mode); const r = what(tx.objectStore(store)); tx.oncomplete = () => done(r?.result) })
  const secret = await ask('keys', 'readonly', (s) => s.get('clerk'))
  const one = await ask('waiting', 'readonly', (s) => s.get(k))
  const w = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: one.iv }, secret, one.data)))
  w.body[name] = to
  w.typed[name] = to
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, secret, new TextEncoder().encode(JSON.stringify(w)))
  await ask('waiting', 'readwrite', (s) => s.put({ ...one, iv, data }))
  db.close()
}, [key, field, value])

/* What 48 hours do at the server: its answers are two days older, its sessions have run out. */
function twoDaysLater() {
  const day = new Date(Date.now() + 8 * 3600e3 - 2 * DAY_MS).toISOString().slice(0, 10)
  const sql = `UPDATE answer SET day = '${day}'; UPDATE session SET ended = ${Math.floor(Date.now() / 1000)} WHERE ended = 0;`
  if (process.env.POSTGRES) execFileSync('psql', ['-qh', process.env.POSTGRES_FOLDER, '-U', 'postgres', house.database, '-c', sql])
  else execFileSync('python3', ['-c', 'import sqlite3,sys; d=sqlite3.connect(sys.argv[1], timeout=20); d.executescript(sys.argv[2]); d.commit()', join(house.folder, 'tiaojie.db'), sql])
}

async function signIn(page) {
  await page.fill('#login', 'clerk')
  await page.fill('#password', SECRET)
  await page.keyboard.press('Enter')
}

let page
await test('without a network the reception keeps the application on the device, says how many, and nothing readable lies in the store', async () => {
  await house.as('clerk')
  page = await reopened(profile, house.base)
  await page.goto(`${house.base}/console/reception`)
  await signIn(page)
  await page.waitForSelector('.shell')
  await open(page, '/reception')
  await page.locator('#in-parties-0-name').waitFor()
  await house.wait(() => page.evaluate(async () => (await (await caches.open('open')).keys()).some((r) => r.url.endsWith('/api/v1/forms'))), 'the shell')
  const kept = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (n) => (await (await caches.open(n)).keys()).map((r) => new URL(r.url).pathname)))).flat())
  same(kept.filter((p) => p.startsWith('/api/') && !/^\/api\/v1\/(forms|reference|public\/orgs)/.test(p)), [], 'what the worker keeps of the API')
  await page.context().setOffline(true)
  await reception(page, '村民甲')
  await page.locator('#in-read_back').check()
  await page.keyboard.press('F2')
  await page.getByText('没有网络，已存在本机（第 1 件）').waitFor()
  same(await page.inputValue('#in-parties-0-name'), '', 'the form is free for the next one')
  const raw = await page.evaluate(async () => {
    const db = await new Promise((done) => { const r = indexedDB.open('tiaojie', 1); r.onsuccess = () => done(r.result) })
    const all = await new Promise((done) => { const r = db.transaction('waiting').objectStore('waiting').getAll(); r.onsuccess = () => done(r.result) })
    const key = await new Promise((done) => { const r = db.transaction('keys').objectStore('keys').get('clerk'); r.onsuccess = () => done(r.result) })
    db.close()
    const text = all.map((x) => new TextDecoder().decode(x.data)).join()
    return { n: all.length, readable: text.includes('村民') || text.includes('1983'), extractable: key.extractable }
  })
  same(raw, { n: 1, readable: false, extractable: false }, 'the store')
  await clean(page, 'the reception without a network')
})

await test('200 are kept, the browser closed and opened again without a network, two days go by', async () => {
  await more(page, 2, ALL)
  await change(page, 'counter-0007', 'wage', '0')       /* refused: 422 */
  await change(page, 'counter-0120', 'knew_date', '2099-01-01')
  await closed(page)
  page = await reopened(profile, house.base, { offline: true })
  await page.goto(`${house.base}/console/waiting`)
  await page.getByText(`还有 ${ALL} 件没有发送，只保存在这台设备上`).waitFor()
  await clean(page, 'what waits without a network')
  await open(page, '/reception')
  await reception(page, '村民多')
  await page.locator('#in-read_back').check()
  await page.keyboard.press('F2')
  await page.getByText(`本机已存满 ${ALL} 件`).first().waitFor()
  same(await page.inputValue('#in-parties-0-name'), '村民多', 'what found no room stays in the form')
  twoDaysLater()
})

await test('one whose answer was lost is done already: its key gets that answer, two days later', async () => {
  const body = await page.evaluate(async () => {
    const db = await new Promise((done) => { const r = indexedDB.open('tiaojie', 1); r.onsuccess = () => done(r.result) })
    const get = (s, k) => new Promise((done) => { const r = db.transaction(s).objectStore(s).get(k); r.onsuccess = () => done(r.result) })
    const one = await get('waiting', 'counter-0003')
    const w = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: one.iv }, await get('keys', 'clerk'), one.data)))
    db.close()
    return JSON.stringify(w.body)
  })
  const clerk = await house.as('clerk').then(async (p) => { await p.post('/login', { login: 'clerk', password: SECRET }); return p })
  const first = await clerk.call('POST', '/cases', body, { 'Idempotency-Key': 'counter-0003' })
  holds(first.id, 'the server has it')
  twoDaysLater()
})

await test('the line is back: signed in again, all are sent with progress, each once; what was refused is to be looked at', async () => {
  await page.clock.setFixedTime(new Date(Date.now() + 2 * DAY_MS)).catch(() => undefined)
  await open(page, '/waiting')
  await page.context().setOffline(false)
  await page.locator('#password').waitFor() /* the line was seen, and that the session is over */
  holds(await page.getByText(`还有 ${ALL} 件没有发送`).count() > 0, 'nothing is lost while signing in')
  await page.fill('#password', SECRET)
  await page.keyboard.press('Enter')
  await page.getByText(/正在发送/).first().waitFor()
  await shoot(page, 'sending')
  await page.getByText('还有 2 件没有发送').first().waitFor({ timeout: 240000 })
  same(await page.locator('#sent-list tbody tr').count(), ALL - 2, 'sent')
  same(await page.locator('.conflict').count(), 2, 'conflicts')
  await settle(page)
  await clean(page, 'conflicts')
  const clerk = await house.as('clerk')
  await clerk.post('/login', { login: 'clerk', password: SECRET })
  const cases = new Map()
  for (let after = ''; ;) {
    const list = await clerk.get(`/cases?limit=200${after && `&after=${after}`}`)
    for (const k of list.items.filter((x) => x.applicant.startsWith('村民'))) cases.set(k.id, k)
    after = encodeURIComponent(list.next)
    if (!list.next) break
  }
  same(cases.size, ALL - 2, 'cases of the counter')
})

await test('one is corrected and sent, one given up; then nothing waits, and signing out leaves nothing', async () => {
  const first = page.locator('.conflict').first()
  holds(/工资/.test(await first.innerText()), 'the field that is wrong is named')
  page.once('dialog', (d) => d.accept())
  await first.getByRole('button', { name: /更正后发送/ }).click()
  await page.locator('#in-wage').waitFor()
  await page.locator('#in-wage').fill('4500')
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: '登记成功' }).waitFor()
  await open(page, '/waiting')
  same(await page.locator('.conflict').count(), 1, 'one is left')
  page.once('dialog', (d) => d.dismiss())
  await page.locator('.conflict').getByRole('button', { name: /放弃/ }).click()
  same(await page.locator('.conflict').count(), 1, 'not without a word')
  page.once('dialog', (d) => d.accept())
  await page.locator('.conflict').getByRole('button', { name: /放弃/ }).click()
  await page.getByText('本机没有待发送的登记').waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await clean(page, 'what was sent, in English')
  await page.getByRole('button', { name: '中文' }).click()
  page.once('dialog', (d) => d.accept())
  await page.getByRole('button', { name: '退出', exact: true }).click()
  await page.locator('#login').waitFor()
  const left = await page.evaluate(async () => {
    const db = await new Promise((done) => { const r = indexedDB.open('tiaojie', 1); r.onsuccess = () => done(r.result) })
    const count = (s) => new Promise((done) => { const r = db.transaction(s).objectStore(s).count(); r.onsuccess = () => done(r.result) })
    const n = [await count('waiting'), await count('keys'), await count('taken'), localStorage.getItem('tiaojie.console.me')]
    db.close()
    return n
  })
  same(left, [0, 0, 0, null], 'what is left on the device')
  await closed(page)
})

await test('pairs that may be one case: why, beside one another, linked, and said to be different with a reason', async () => {
  const clerk = await staff(browser, house, 'clerk', { path: '/reception' })
  for (const firm of ['柳州市测试机械有限公司', '柳州市测试机械有限公司', '柳州市测试机械有限公司']) {
    await reception(clerk, '莫双喜')
    await clerk.fill('#in-parties-1-name', firm)
    await clerk.fill('#in-parties-0-id_no', idNo(300))
    await clerk.locator('#in-read_back').check()
    await clerk.keyboard.press('F2')
    await clerk.getByRole('heading', { name: '登记成功' }).waitFor()
  }
  await open(clerk, '/duplicates')
  const rows = clerk.locator('#duplicates tbody tr', { hasText: '莫双喜' })
  same(await rows.count(), 3, 'pairs')
  holds((await rows.first().innerText()).includes('同一证件号码'), 'why')
  await clean(clerk, 'the desk of duplicates')
  await rows.first().getByRole('link', { name: /并排核对/ }).click()
  await clerk.locator('#pair').waitFor()
  await settle(clerk)
  await clean(clerk, 'a pair')
  await clerk.getByRole('button', { name: '深浅色' }).click()
  await clean(clerk, 'a pair in the dark')
  await clerk.getByRole('button', { name: '深浅色' }).click()
  await clerk.getByRole('button', { name: '不是重复', exact: true }).click()
  await dialog(clerk).waitFor()
  await clean(clerk, 'why it is no duplicate')
  await dialog(clerk).locator('button[type=submit]').click()
  await dialog(clerk).locator('.fault:not(:empty)').first().waitFor()
  await dialog(clerk).getByLabel(/为什么不是重复/).fill('一件是九月工资，一件是十月工资')
  await dialog(clerk).locator('button[type=submit]').click()
  await clerk.getByText('已标记不是重复').waitFor()
  await open(clerk, '/duplicates')
  same(await rows.count(), 2, 'it does not come back')
  await rows.first().getByRole('link', { name: /并排核对/ }).click()
  await clerk.getByRole('button', { name: '关联', exact: true }).click()
  await dialog(clerk).waitFor()
  await dialog(clerk).locator('button[type=submit]').click()
  await clerk.getByText('已关联').first().waitFor()
  await open(clerk, '/duplicates?state=different')
  same(await rows.count(), 1, 'what was said is kept')
  await clerk.getByRole('button', { name: 'English' }).click()
  await settle(clerk)
  await clean(clerk, 'the desk of duplicates, in English')
})

rmSync(profile, { recursive: true, force: true })
await end()
