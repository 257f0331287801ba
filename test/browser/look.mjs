/*
** Every page of both faces, as everybody who may open it sees it: a picture of each,
** and what the eye passes over.  Faults are told a line each; the last line counts.
**   [LOGINS=finance,clerk] [FACES=zh] node test/browser/look.mjs DIR [portal|console|dialogs]
*/
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { at, DESK, overhang, PHONE, SMALL, visit } from './lib/browser.mjs'
import { settle, staff } from './lib/desk.mjs'
import { frame } from './lib/frame.mjs'
import { Person, SECRET } from './lib/house.mjs'
import { faultsOf, listen } from './lib/words.mjs'
import * as fill from './lib/fill.mjs'

const [folder, ...parts] = process.argv.splice(2)
mkdirSync(folder, { recursive: true })
/* LOGINS=finance,clerk FACES=zh: these alone. */
const only = (name, word) => !process.env[name] || process.env[name].split(',').includes(word)
const wanted = (part) => !parts.length || parts.includes(part)
const { house, browser } = await frame({ cases: 90 })
const TALLEST = 2400
const faults = new Map()
let pages = 0

/* The page, or what is open above it alone. */
async function shoot(page, name, alone) {
  pages++
  const { width } = page.viewportSize()
  const height = await page.evaluate(() => Math.max(document.documentElement.scrollHeight, innerHeight))
  const file = join(folder, `${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/-$/, '')}.png`)
  const taken = alone ? alone.screenshot({ path: file }) : page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) } })
  await taken.catch(() => faults.set('no picture', [...(faults.get('no picture') ?? []), name])) /* one that came too late does not end the others */
}
async function judge(page, where, english, within) {
  const found = [...await faultsOf(page, english, within), ...(await overhang(page)).map((x) => `over the side: ${x}`), ...page.wrongs.splice(0)]
  for (const fault of found) faults.set(fault, [...(faults.get(fault) ?? []), where])
}

/* ---- the portal ---- */
const PORTAL = ['/', '/tools', '/tools/SITUATION', '/tools/B01', '/remedies', '/law', '/law/LDHTF/47', '/typical', '/typical/HN-2026-01', '/figures', '/activities', '/scope', '/apply', '/case', '/answer', '/orgs', '/mediators', '/how', '/desk', '/receipt', '/nothing']
const en = { language: 'en' }, dark = { theme: 'dark' }, elder = { elder: true }
const FACES = {
  'zh390': { viewport: PHONE }, 'en390': { viewport: PHONE, ...en }, 'zh390dark': { viewport: PHONE, ...dark },
  'zh320': { viewport: SMALL }, 'en320elderdark': { viewport: SMALL, ...elder, ...dark, ...en }, 'zh320elder': { viewport: SMALL, ...elder },
  'wide': { viewport: DESK }, 'wideendark': { viewport: DESK, ...en, ...dark }, 'twice': { viewport: { width: 640, height: 900 }, ...en, twice: true },
}

/* A worker's case with an agreement, and what a mediator has of it. */
async function parties() {
  const anybody = new Person(house.base)
  const { items } = await anybody.get('/public/orgs?kind=CENTER')
  const made = await anybody.post('/cases', {
    org: items[0].id, channel: 'WEB', mode: 'WRITTEN', appl_type: 'WORKER', region: '450206', place: '拉堡镇', hire_date: '2024-03-01', contract: 'NONE', post: '包装工',
    hours: 'STANDARD', wage: '500000', employed: true, knew_date: '2026-07-15', facts: '公司从2026年6月起没有发工资，多次讨要没有结果。',
    online_ok: true, rec_ok: false, truthful: true, privacy: true, sensitive: true, claims: [{ cause: 'A01', amount: '2000000', basis: '四个月工资' }],
    parties: [
      { side: 'APPL', kind: 'WORKER', name: '韦大年', id_type: 'ID', id_no: fill.WORKER.id, mobile: fill.WORKER.mobile, addr: '拉堡镇', svc_addr: '拉堡镇' },
      { side: 'RESP', kind: 'EMPLOYER', name: fill.FIRM.name, uscc: fill.FIRM.uscc, emp_type: 'ENT', industry: 'C20', legal_rep: fill.FIRM.rep, mobile: fill.FIRM.mobile }],
  })
  const C = `/cases/${made.id}`
  const [clerk, dispatcher, mediator] = await Promise.all(['clerk', 'dispatcher', 'mediator01'].map((x) => house.as(x)))
  await clerk.post(`${C}/register`)
  const before = house.log.length
  await clerk.post(`${C}/ask-consent`)
  const invitation = await house.sent(fill.FIRM.mobile, /([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/, before)
  return { ...made, C, invitation, clerk, dispatcher, mediator }
}
async function agreed({ C, clerk, dispatcher, mediator }) {
  await clerk.post(`${C}/accept`, { agrees: true })
  const people = (await dispatcher.get('/mediators?limit=200')).items
  await dispatcher.post(`${C}/assign`, { mediators: [{ mediator_id: people.find((m) => m.name === house.nameOf('mediator01')).id }], reason: '熟悉该类争议' })
  const soon = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 16)
  const session = await mediator.post(`${C}/sessions`, { mode: 'ONSITE', planned: soon, place: '第一调解室' })
  await mediator.post(`${C}/sessions/${session.id}/open`, { attendees: '双方', identified: true, rights_told: true, mode_agreed: true, sham_told: true })
  await mediator.post(`${C}/minutes`, { session_id: session.id, attendees: '双方到场', id_checked: true, rights_told: true, recusal_asked: true, statements: '申请人：公司欠四个月工资。\n被申请人：认可，请求分期支付。', undisputed: '欠付工资20000元', result: '达成一致' })
  const { items } = await mediator.get(`${C}/parties`)
  const [w, e] = ['APPL', 'RESP'].map((s) => items.find((p) => p.side === s).id)
  await mediator.put(`${C}/agreement`, { requests: '支付拖欠工资', result: '被申请人分两期支付拖欠的工资20000元。', breach: '逾期的，未到期款项一并到期。', total: '2000000', obligations: [1, 2].map((n) => ({
    duty: 'PAY', debtor_id: e, creditor_ids: [w], money: 'WAGE', cause: 'A01', amount: '1000000', due_on: `2027-0${n}-20`, method: '银行转账', account: '6222020000000000001' })) })
  await mediator.post(`${C}/agree`)
}
async function cookie(page, login) {
  await house.as(login)
  const person = new Person(house.base)
  await person.post('/login', { login, password: SECRET })
  const [name, ...value] = person.cookie.split('=')
  await page.context().addCookies([{ name, value: value.join('='), url: house.base }])
}
async function wear(page, { viewport, language = 'zh-CN', elder = false, theme = 'light' }) {
  await page.setViewportSize(viewport)
  await page.evaluate((kept) => localStorage.setItem('tiaojie.preferences', kept), JSON.stringify({ language, size: elder ? 'elder' : 'normal', theme }))
}
async function portal() {
  for (const [face, options] of Object.entries(FACES)) {
    if (!only('FACES', face)) continue
    const page = await visit(browser, house.base, options)
    listen(page)
    for (const path of PORTAL) {
      await at(page, path)
      await page.waitForLoadState('networkidle')
      if (options.twice) await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
      await page.waitForTimeout(150)
      await shoot(page, `p-${face}-${path}`)
      await judge(page, `${face} ${path}`, options.language === 'en')
    }
    await page.context().close()
  }
  const one = await parties()
  const firm = await visit(browser, house.base, FACES.zh390)
  const worker = await visit(browser, house.base, FACES.zh390)
  const desk = await visit(browser, house.base, FACES.zh390)
  for (const page of [firm, worker, desk]) listen(page)
  await fill.openCase(firm, house, one.invitation, fill.FIRM.mobile, '/answer')
  await firm.locator('main h1').first().waitFor()
  const faces = [['zh390', FACES.zh390], ['en390', FACES.en390], ['zh390dark', FACES.zh390dark], ['en320elderdark', FACES.en320elderdark], ['zh320elder', FACES.zh320elder], ['wide', FACES.wide]]
  async function each(page, paths, who) {
    for (const [face, options] of faces) {
      if (!only('FACES', face)) continue
      await wear(page, options)
      for (const path of paths) {
        await page.goto(house.base + path)
        await page.locator('main h1').first().waitFor()
        await page.waitForLoadState('networkidle')
        await page.waitForTimeout(400)
        await shoot(page, `p-${face}-own-${who}-${path}`)
        await judge(page, `${face} ${who} ${path}`, options.language === 'en')
      }
    }
  }
  await each(firm, ['/answer'], 'firm')
  await agreed(one)
  await fill.openCase(worker, house, one.receipt, fill.WORKER.mobile)
  await worker.getByRole('link', { name: /阅读并签署调解协议/ }).waitFor()
  await each(worker, ['/case'], 'worker')
  await at(desk, '/')
  await cookie(desk, 'mediator01')
  const cases = [one.id, ...(await one.mediator.get('/cases?limit=3')).items.map((c) => c.id).filter((x) => x !== one.id).slice(0, 2)]
  await each(desk, ['/desk', ...cases.map((c) => `/desk/${c}`)], 'mediator')
}

/* ---- the console ---- */
const STAFF = []
/* Accounts that the demo tells nobody of: a role each. */
for (const login of ['statistician', 'convener', 'link.union', 'link.insp', 'member.gu']) if (only('LOGINS', login)) house.reset(login)
for (const login of Object.keys(house.passwords)) if (only('LOGINS', login) && await house.as(login).catch(() => undefined)) STAFF.push(login)
/* A place of the console for this role, once a role in English, once in all in Chinese and in the dark. */
async function roads(person, me) {
  const { items } = await person.get('/cases?limit=50').catch(() => ({ items: [] }))
  const states = new Map(items.map((c) => [c.state, c.id]))
  const first = async (path, make) => { const one = (await person.get(path).catch(() => ({ items: [] }))).items?.[0]; return one ? [make(one)] : [] }
  const tabs = ['overview', 'parties', 'evidence', 'sessions', 'agreement', 'law', 'papers', 'follow', 'links', 'record']
  return [
    ...[...states].slice(0, me === 'head' ? 8 : 2).map(([, id]) => `/cases/${id}`),
    ...[...states.values()].slice(0, 2).flatMap((id) => tabs.map((tab) => `/cases/${id}/${tab}`)),
    ...await first('/piles', (x) => `/piles/${x.id}`), ...await first('/meetings', (x) => `/meetings/${x.id}`), ...await first('/risks', (x) => `/risks/${x.id}`),
    ...await first('/assessments', (x) => `/assessments/${x.id}`), ...await first('/orgs', (x) => `/orgs/${x.id}`), ...await first('/board', (x) => `/board/${x.id}`),
    '/law/LDHTF/47', '/service/waiting', '/archive/loans', '/funds/budgets', '/funds/lists', '/funds/expenses', '/funds/payees', '/screen', '/nothing',
  ]
}
async function menuOf(page) {
  return page.$$eval('nav a', (links) => links.map((a) => a.getAttribute('href')).filter((h) => h?.startsWith('/console')).map((h) => h.slice('/console'.length) || '/'))
}
const seen = new Set()
async function consoles() {
  const door = await staff(browser, house)
  await shoot(door, 'c-zh-door')
  await door.context().close()
  for (const login of STAFF) {
    const person = await house.as(login)
    const page = await staff(browser, house, login, { viewport: DESK })
    listen(page)
    const paths = [...new Set([...await menuOf(page), ...await roads(person, login)])]
    for (const path of paths) {
      const stem = path.startsWith('/cases/') ? path : path.replace(/\d+/g, 'N')
      const fresh = !seen.has(stem)
      for (const [face, options] of [['en', { ...en }], ...(fresh && !seen.has(`${login}${stem}`) ? [['zh', {}], ['dark', dark]] : [])]) {
        await wear(page, { viewport: DESK, ...options })
        await page.goto(`${house.base}/console${path}`)
        await page.waitForSelector('main h1, main .screen, main section', { timeout: 8000 }).catch(() => undefined)
        await settle(page)
        if (fresh) await shoot(page, `c-${face}-${login}-${path.replace('/', '') || 'work'}`)
        await judge(page, `${face} ${login} ${path}`, face === 'en')
      }
      seen.add(stem)
      seen.add(`${login}${stem}`)
    }
    await page.context().close()
  }
}

/* ---- what opens above a page: every button that brings a dialog or a form ---- */
async function dialogs() {
  if (only('FACES', 'en')) await opened('en', en)
  if (only('FACES', 'zh')) await opened('zh', {})
}
/* In this language; the Chinese ones once more in the dark. */
async function opened(face, options) {
  const english = face === 'en'
  const pressed = new Set()
  async function take(page, what, where, within) {
    const alone = within && page.locator(`${within}:visible`).last()
    await shoot(page, `d-${face}-${what}`, alone)
    await judge(page, where, english, within)
    if (english) return
    await page.evaluate(() => { document.documentElement.dataset.theme = 'dark' })
    await page.waitForTimeout(350) /* colours have come to rest */
    await shoot(page, `d-dark-${what}`, alone)
    await page.evaluate(() => { document.documentElement.dataset.theme = 'light' })
  }
  for (const login of STAFF.filter((x) => !/\d\d$|-/.test(x) || x === 'mediator01')) {
    const person = await house.as(login)
    const page = await staff(browser, house, login, { viewport: DESK })
    listen(page)
    await wear(page, { viewport: DESK, ...options })
    for (const path of [...new Set([...await menuOf(page), ...await roads(person, login)])]) {
      await page.goto(`${house.base}/console${path}`)
      await settle(page)
      const names = await page.$$eval('main button:not([type=submit])', (all) => [...new Map(all.filter((b) => b.offsetParent && !b.disabled).map((b) => [b.innerText.trim(), !!b.closest('tbody')]))])
      for (const [name, inRow] of names) {
        const row = inRow && name.match(/[\u3400-\u9fff]+/g)?.every((run) => page.data.has(run)) /* one row is opened like the other */
        const key = `${path.replace(/\d+/g, 'N').replace(/\/(overview|parties|evidence|sessions|agreement|law|papers|follow|links|record)$/, '')} ${row ? 'a row' : name.replace(/\d+/g, 'N')}`
        if (!name || pressed.has(key) || /^(Disable|Reset|Sign out|Verify|Unlock|Stop|Leave|Copy|停用|重置|退出|核验|验证|解锁|停止|离职|复制)/.test(name)) continue
        pressed.add(key)
        const button = (await page.evaluateHandle((said) => [...document.querySelectorAll('main button')].find((b) => b.offsetParent && b.innerText.trim() === said), name)).asElement()
        if (!button) continue
        const text = async () => (await page.locator('main').innerText().catch(() => ''))
        const before = await text()
        await button.click({ timeout: 2000 }).catch(() => undefined)
        await page.waitForTimeout(350)
        await settle(page)
        const open = page.locator('.el-dialog:visible')
        if (await open.count()) {
          await take(page, `${login}-${path}-${name.slice(0, 24)}`, `${login} ${path} [${name}]`, '.el-dialog')
          await open.last().locator('button[type=submit]').click({ timeout: 1000 }).catch(() => undefined)
          await page.waitForTimeout(300)
          if (await page.locator('.el-dialog:visible').count()) await judge(page, `${login} ${path} [${name}] sent empty`, english, '.el-dialog')
        } else if ((await text()) !== before) {
          await take(page, `${login}-${path}-${name.slice(0, 24)}`, `${login} ${path} [${name}]`)
        }
        if (!new URL(page.url()).pathname.endsWith(path) || await page.locator('.el-dialog:visible').count()) {
          await page.goto(`${house.base}/console${path}`)
          await settle(page)
        }
      }
    }
    await page.context().close()
  }
}

if (wanted('portal')) await portal()
if (wanted('console')) await consoles()
if (wanted('dialogs')) await dialogs()
for (const [fault, where] of [...faults].sort()) console.log(`${fault}\n      ${[...new Set(where)].slice(0, 4).join(' · ')}${where.length > 4 ? ` and ${where.length - 4} more` : ''}`)
await browser.close()
await house.close()
console.log(`${pages} pictures, ${faults.size} faults`)
process.exit(faults.size ? 1 : 0)
