/*
** bad_input.mjs [SEED [HOW_MANY]]: what a house in which all scenarios have been played says to input that is wrong,
** at 20 routes drawn by lot (the seed is printed) and at the application.  Each kind of wrong input is told with the
** right status and, of a form, with every wrong field, in Chinese and in English; nothing of it is kept; and neither
** the log nor what the server says repeats a word of it.
** Ends with "N passed, N failed".
*/
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const build = resolve(root, process.env.BUILD ?? 'build')
const env = { ...process.env, TIAOJIE_DATA: join(root, 'data') }
const seed = Number(process.argv[2] ?? Date.now() % 1000000), MANY = Number(process.argv[3] ?? 20)
const PASSWORD = 'Harbour.7314.morning'
const NAME = '韦秘不宣', PHONE = '13807729977', ID_NO = '450206199003071239', FACT = '只有本人知道的一句话'
/* Not the request's: when a session was last seen, what jobs do meanwhile. */
const MOVES = new Set(['session', 'job', 'search_queue', 'total_fresh'])

let passed = 0, failed = 0
const told = new Map()
function check(good, title, detail = '') {
  if (good) { passed++; return }
  failed++
  told.set(title, (told.get(title) ?? 0) + 1)
  if (told.get(title) < 2) console.log(`FAILED ${title}\n  ${String(detail).slice(0, 400)}`)
}

/* ---- the house --------------------------------------------------------------------------------------- */

const folder = mkdtempSync(join(tmpdir(), 'bad-input-'))
const where = ['--folder', folder, '--database', `sqlite:${folder}/tiaojie.db`]
const scenarios = readdirSync(join(root, 'test/scenario')).filter((f) => f.endsWith('.scn')).sort().map((f) => join('test/scenario', f))
execFileSync(join(build, 'test/run'), ['--keep', folder, where[3], ...scenarios], { cwd: root, env, stdio: 'ignore' })
rmSync(join(folder, 'incoming'), { force: true })

function sql(text) {
  const said = execFileSync('sqlite3', ['-json', join(folder, 'tiaojie.db'), text], { encoding: 'utf8', maxBuffer: 1 << 28 })
  return JSON.parse((said || '[]').replace(/:(\d{16,})/g, ':"$1"'))
}

/* A number for each table that changes when any row does. */
function dump() {
  const names = sql("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '% STRICT'").map((r) => r.name).filter((n) => !MOVES.has(n))
  const lines = names.map((n) => `.sha3sum ${n}`).join('\n')
  const said = execFileSync('sqlite3', [join(folder, 'tiaojie.db')], { input: lines, encoding: 'utf8' }).trim().split('\n')
  return new Map(names.map((n, i) => [n, said[i]]))
}

let server, base, said = ''
async function until(found, what) {
  for (let i = 0; i < 4800; i++) {
    const it = found()
    if (it) return it
    if (server.exitCode !== null) break
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`${what} did not come: ${said.slice(-500)}`)
}
async function start() {
  server = spawn(join(build, 'tiaojie'), ['serve', ...where, '--demo', '--port', '0', '--log', join(folder, 'requests')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (d) => { said += d })
  base = await until(() => /http:\S+/.exec(said)?.[0], 'the server')
}

let asked = 0
async function ask(cookie, method, path, { body, text, file, key, match } = {}) {
  const headers = { Cookie: cookie, Origin: base, 'Idempotency-Key': key ?? `bad-${++asked}` }
  headers['Content-Type'] = file ? 'application/octet-stream' : 'application/json'
  if (match) headers['If-Match'] = match
  const r = await fetch(base + path, { method, redirect: 'manual', headers, body: file ?? text ?? JSON.stringify(body ?? {}) })
  const set = r.headers.getSetCookie().map((c) => c.split(';')[0]).find((c) => c.startsWith('tj='))
  const raw = await r.text()
  let json
  try { json = JSON.parse(raw) } catch { json = undefined }
  return { status: r.status, raw, json, cookie: set ?? cookie }
}

async function somebody(login, roles, org) {
  const args = ['user', 'add', login, '--roles', roles.join(','), '--json', ...where, ...(org ? ['--org', org] : [])]
  const first = JSON.parse(execFileSync(join(build, 'tiaojie'), args, { env, encoding: 'utf8' })).password
  let r = await ask('', 'POST', '/api/v1/login', { body: { login, password: first } })
  await ask(r.cookie, 'POST', '/api/v1/me/password', { body: { old: first, new: PASSWORD } })
  r = await ask('', 'POST', '/api/v1/login', { body: { login, password: PASSWORD } })
  check(r.status === 200, `${login} signs in`, r.raw)
  return r.cookie
}

/* ---- what must be said ------------------------------------------------------------------------------- */

const chinese = (s) => /[\u4e00-\u9fff]/.test(s ?? '')
function checkTold(r, title, statuses) {
  const detail = `${r.status} ${r.raw}`
  check(statuses.includes(r.status), title, detail)
  check(r.json && chinese(r.json.title) && r.json.title_en && !chinese(r.json.title_en), `${title}: in both languages`, detail)
  for (const e of r.json?.errors ?? []) check(e.field && chinese(e.message) && e.message_en && !chinese(e.message_en), `${title}: each field in both languages`, JSON.stringify(e))
}

/* Every field that `spoil` makes wrong, with the names they are told by; children are one row. */
function spoiled(schema, spoil, path = '') {
  const body = {}, names = []
  for (const [name, s] of Object.entries(schema.properties ?? {})) {
    const at = path ? `${path}.${name}` : name
    if (s.type === 'array' && s.items?.properties) {
      const inner = spoiled(s.items, spoil, `${at}[0]`)
      if (inner.names.length) { body[name] = [inner.body]; names.push(...inner.names) }
      continue
    }
    const value = spoil(s, name)
    if (value !== undefined) { body[name] = value; names.push(at) }
  }
  return { body, names }
}

const text = (s) => s.type === 'string' && !s.enum && !s.pattern && !s.format
const KINDS = [
  ['wrong types', (s) => (s.type === 'object' ? 'x' : { a: 1 })],
  ['too long', (s) => (text(s) && s.maxLength ? `${FACT}${'字'.repeat(s.maxLength)}` : undefined)],
  ['bad codes', (s) => (s.enum ? 'NO-SUCH-CODE' : undefined)],
  ['no such day', (s) => (s.format === 'date' ? '2026-02-30' : undefined)],
  ['bad phones', (s, n) => (['mobile', 'phone'].includes(n) && text(s) ? '138' : undefined)],
  ['unknown fields', undefined],
  ['too few', undefined],
]

async function badForms(o, cookie) {
  const at = o.path.replace(/\{[^}]+\}/g, '1')
  for (const t of ['', '{', '[]', `{"name":"${NAME}"`, `{"a":"${ID_NO}","a":2}`]) {
    const r = await ask(cookie, o.method, at, { text: t })
    if (t || !o.optional) checkTold(r, `${o.name}: no JSON`, [400, 401, 403, 404, 409, 415, 422, 428])
  }
  for (const [kind, spoil] of KINDS) {
    let { body, names } = spoil ? spoiled(o.body, spoil) : { body: {}, names: [] }
    if (kind === 'unknown fields') { body = { zz_one: NAME, zz_two: PHONE }; names = ['zz_one', 'zz_two'] }
    if (kind === 'too few') names = [...(o.body.required ?? [])]
    if (!names.length) continue
    const r = await ask(cookie, o.method, at, { body, match: '"1"' })
    checkTold(r, `${o.name}: ${kind}`, [400, 403, 404, 409, 412, 422, 423, 429])
    if (r.json?.code !== 'invalid') { skipped++; continue }
    formal++
    const fields = new Set((r.json.errors ?? []).map((e) => e.field))
    const missing = names.filter((n) => !fields.has(n))
    check(missing.length === 0, `${o.name}: ${kind}: every wrong field is named`, `not ${missing} in ${[...fields]} of ${JSON.stringify(body)}`)
  }
}
let formal = 0, skipped = 0

/* A day to come, an office nobody knows: refused by name, or the rest is (an unknown field is beside them). */
async function badValues(o, cookie) {
  const at = o.path.replace(/\{[^}]+\}/g, '1')
  const future = spoiled(o.body, (s) => (s.format === 'date' ? '2999-01-01' : s.format === 'date-time' ? '2999-01-01T10:00' : undefined))
  const unknown = spoiled(o.body, (s, n) => (/(^|_)org(_id)?$/.test(n) ? '999' : undefined))
  for (const [kind, { body, names }] of [['a day to come', future], ['an unknown office', unknown]]) {
    if (names.length) checkTold(await ask(cookie, o.method, at, { body: { ...body, zz_more: FACT }, match: '"1"' }), `${o.name}: ${kind}`, [403, 404, 409, 412, 422, 423, 429])
  }
}

async function badCallers(o, who) {
  const at = o.path.replace(/\{[^}]+\}/g, '1'), body = { name: NAME, phone: PHONE }
  if (o.roles.includes('anybody')) return
  checkTold(await ask('', o.method, at, { body }), `${o.name}: nobody`, [401])
  const other = Object.keys(who).find((r) => !o.roles.includes(r))
  if (other) checkTold(await ask(who[other], o.method, at, { body }), `${o.name}: wrong role`, [403])
}

/* Cases that are over, cases of another office, another's version. */
async function badStates(o, cookie, stranger, cases) {
  const names = [...o.path.matchAll(/\{(\w+)\}/g)]
  if (!o.path.startsWith('/api/v1/cases/{id}') || names.length !== 1) return
  for (const id of cases.over) checkTold(await ask(cookie, o.method, o.path.replace('{id}', id), { body: { zz_more: FACT }, match: '"1"' }), `${o.name}: a case that is over`, [403, 404, 409, 412, 422, 428])
  for (const id of cases.any) checkTold(await ask(stranger, o.method, o.path.replace('{id}', id), { body: { zz_more: FACT } }), `${o.name}: a foreign row`, [403, 404, 422, 428])
  if (!o.matches) return
  for (const id of cases.any) {
    checkTold(await ask(cookie, o.method, o.path.replace('{id}', id), { body: { zz_more: FACT }, match: '"999999"' }), `${o.name}: a stale edit`, [403, 404, 409, 412, 422])
  }
}

/* ---- the application, and what it alone can do wrong -------------------------------------------------- */

const application = (org) => ({
  channel: 'WEB', org, mode: 'WRITTEN', appl_type: 'WORKER', region: '450222', hire_date: '2024-03-01', contract: 'NONE', post: '工人',
  hours: 'STANDARD', wage: '500000', employed: true, knew_date: '2026-03-31', facts: `公司拖欠工资，多次讨要没有结果。${FACT}`,
  online_ok: true, rec_ok: true, truthful: true, privacy: true, sensitive: true,
  parties: [
    { side: 'APPL', kind: 'WORKER', name: NAME, id_type: 'ID', id_no: ID_NO, mobile: PHONE, addr: '拉堡镇', svc_addr: '拉堡镇' },
    { side: 'RESP', kind: 'EMPLOYER', name: '柳江区百朋木业有限公司', uscc: '91330282MA2C00012W', emp_type: 'ENT', industry: 'C20', legal_rep: '韦成', mobile: '13907729909' }],
  claims: [{ cause: 'A01', amount: '500000' }],
})

async function badApplications(org) {
  const good = application(org), [worker, employer] = good.parties
  const wrong = [
    ['identity number', { parties: [{ ...worker, id_no: '450206199003071230' }, employer] }, 'parties[0].id_no', 'bad_id_no'],
    ['credit code', { parties: [worker, { ...employer, uscc: '91330282MA2C00012X' }] }, 'parties[1].uscc', 'bad_uscc'],
    ['phone', { parties: [{ ...worker, mobile: '12' }, employer] }, 'parties[0].mobile', 'bad_phone'],
    ['cause', { claims: [{ cause: 'Q77', amount: '1' }] }, 'claims[0].cause', 'not_code'],
    ['day that is none', { hire_date: '2024-02-30' }, 'hire_date', 'not_date'],
    ['day to come', { hire_date: '2999-01-01' }, 'hire_date', 'future'],
    ['office', { org: '999' }, 'org', 'not_known'],
    ['region', { region: '999999' }, 'region', 'not_code'],
    ['amount', { claims: [{ cause: 'A01', amount: '-5' }] }, 'claims[0].amount', 'too_small'],
  ]
  for (const [what, change, field, code] of wrong) {
    const r = await ask('', 'POST', '/api/v1/cases', { body: { ...good, ...change } })
    checkTold(r, `an application with a wrong ${what}`, [422])
    check(r.json?.errors?.some((e) => e.field === field && e.code === code), `the wrong ${what} is named`, r.raw)
  }
  const all = await ask('', 'POST', '/api/v1/cases', { body: { ...good, ...Object.assign({}, ...wrong.filter(([w]) => !['credit code', 'phone', 'amount', 'day to come'].includes(w)).map((w) => w[1])) } })
  const named = new Set(all.json?.errors?.map((e) => e.field))
  check(['parties[0].id_no', 'claims[0].cause', 'hire_date', 'org', 'region'].every((f) => named.has(f)), 'all of it at once, each by its name', all.raw)
}

/* These keep one case: the first of two. */
async function twice(org) {
  const good = application(org)
  const first = await ask('', 'POST', '/api/v1/cases', { body: good, key: 'bad-twice' })
  check(first.status === 201, 'an application is taken', first.raw)
  const after = await settled()
  const again = await ask('', 'POST', '/api/v1/cases', { body: good, key: 'bad-twice' })
  check(again.status === 201 && again.raw === first.raw, 'sent twice, it is one', again.raw)
  checkTold(await ask('', 'POST', '/api/v1/cases', { body: { ...good, post: '别的' }, key: 'bad-twice' }), 'the same key for something else', [422])
  unchanged(after, 'sent twice')
  const { receipt } = first.json
  const before = said.length
  await ask('', 'POST', '/api/v1/party/code', { body: { receipt, phone: PHONE } })
  const [, code] = await until(() => new RegExp(`outbox SMS ${PHONE}: .*?(\\d{6})`).exec(said.slice(before)), 'the code')
  execFileSync('sqlite3', [join(folder, 'tiaojie.db'), `PRAGMA busy_timeout=9000; UPDATE party_receipt SET code_until = 1 WHERE case_id = ${first.json.id}`])
  checkTold(await ask('', 'POST', '/api/v1/party/login', { body: { receipt, phone: PHONE, code } }), 'an expired code', [401])
}

async function badFiles(o, cookie) {
  const q = new URLSearchParams()
  for (const p of o.parameters.filter((p) => p.in === 'query' && (p.required || p.name === 'kind'))) q.set(p.name, p.schema.enum?.[0] ?? (p.name === 'kind' ? 'OTHER' : '1'))
  const at = (name) => { q.set('name', name); return `${o.path.replace(/\{[^}]+\}/g, '1')}?${q}` }
  const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  checkTold(await ask(cookie, 'POST', at(`${NAME}.pdf`), { file: png }), `${o.name}: a file that is not what it says`, [403, 404, 409, 415, 422, 428])
  checkTold(await ask(cookie, 'POST', at(`${NAME}.exe`), { file: png }), `${o.name}: a file that may not be`, [403, 404, 409, 415, 422, 428])
  const r = await ask('', 'POST', '/api/v1/cases', { text: `{"facts":"${'字'.repeat(400000)}"}` })
  checkTold(r, 'a body that is too large', [413])
}

/* What the house looks like when its own jobs have done what they had to: totals are folded each five seconds. */
async function settled() {
  const same = (a, b) => [...a].every(([name, sum]) => b.get(name) === sum)
  for (let n = 0, was = dump(); n < 20; n++) {
    await new Promise((done) => setTimeout(done, 6500))
    const now = dump()
    if (same(was, now)) return now
    was = now
  }
  throw new Error('the jobs do not come to an end')
}

function unchanged(before, when) {
  const now = dump()
  for (const [name, sum] of before) check(now.get(name) === sum, `${when}: ${name} is as before`)
}

/* ---- all of it ---------------------------------------------------------------------------------------- */

/* Mulberry: the same seed draws the same routes. */
let state = seed
function draw() {
  state = (state + 0x6D2B79F5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

async function main() {
  await start()
  const api = JSON.parse((await (await fetch(`${base}/api/v1/openapi.json`)).text()))
  const operations = Object.entries(api.paths).flatMap(([path, m]) => Object.entries(m).filter(([v]) => v !== 'get').map(([v, o]) => ({
    path, method: v.toUpperCase(), name: `${v.toUpperCase()} ${path}`, roles: o['x-roles'], parameters: o.parameters ?? [],
    body: o.requestBody?.content?.['application/json']?.schema, optional: o.requestBody && !o.requestBody.required,
    upload: !!o.requestBody?.content?.['application/octet-stream'], matches: (o.parameters ?? []).some((p) => p.name === 'If-Match') })))
  const admins = new Set(['party', 'representative', 'system', 'sys_admin', 'sec_admin', 'auditor', 'anybody'])
  const roles = [...new Set(operations.flatMap((o) => o.roles))].filter((r) => !admins.has(r))
  const office = (path) => String(sql(`SELECT id FROM org WHERE path = '${path}'`)[0].id)
  const all = await somebody('all.here', roles, office('0002')), stranger = await somebody('all.elsewhere', roles, office('0005'))
  const who = { clerk: await somebody('clerk.here', ['clerk'], office('0002')), statistician: await somebody('stat.here', ['statistician'], office('0002')) }
  const takes = String(sql("SELECT id FROM org WHERE path LIKE '0002%' AND takes_cases = 1 AND status = 'ACTIVE' LIMIT 1")[0].id)
  const ids = (what) => sql(`SELECT id FROM cases WHERE org_path LIKE '0002%' AND ${what} LIMIT 3`).map((r) => String(r.id))
  const cases = { over: ids("state IN ('archived', 'refused', 'withdrawn')"), any: ids('1') }
  check(cases.any.length === 3, 'there are cases')
  const mine = operations.filter((o) => o.roles.some((r) => roles.includes(r)) && !/\/(logout|me\/|login|code)/.test(o.path))
  const forms = mine.filter((o) => o.body?.properties && Object.keys(o.body.properties).length), files = mine.filter((o) => o.upload)
  const drawn = new Set([forms.find((o) => o.name === 'POST /api/v1/cases')])
  while (drawn.size < Math.min(MANY + 1, forms.length)) drawn.add(forms[Math.floor(draw() * forms.length)])
  console.log(`  seed ${seed}: ${[...drawn].map((o) => o.name.replace('/api/v1', '')).join(', ')}`)
  const before = await settled()
  for (const o of drawn) {
    await badForms(o, all)
    await badValues(o, all)
    await badCallers(o, who)
    await badStates(o, all, stranger, cases)
  }
  for (const o of files) await badFiles(o, all)
  await badApplications(takes)
  unchanged(before, 'after all this')
  await twice(takes)
  check(formal > drawn.size, 'most wrong forms are told field by field', `${formal} of ${formal + skipped}`)
  console.log(`  ${asked} requests; ${formal} wrong forms told field by field, ${skipped} refused before they were read`)
  const log = readFileSync(join(folder, 'requests'), 'utf8') + said.split('\n').filter((l) => !l.startsWith('outbox ')).join('\n')
  for (const word of [NAME, encodeURIComponent(NAME), PHONE, ID_NO, FACT, PASSWORD, '450206199003071230']) check(!log.includes(word), `the log does not say ${word}`, log.slice(Math.max(0, log.indexOf(word) - 100), log.indexOf(word) + 60))
}

try {
  await main()
} catch (e) {
  check(false, 'the test itself', `${server?.exitCode ?? server?.signalCode ?? 'running'} ${said.slice(-300)} ${e.stack}`)
} finally {
  server?.kill('SIGTERM')
  if (!process.env.KEEP) rmSync(folder, { recursive: true, force: true })
}
for (const [title, n] of told) if (n > 1) console.log(`  ${n} times: ${title}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
