/*
** stranger.mjs [WORD…]: what people may not see.  A house in which all scenarios have been played has offices that
** have nothing to do with one another.  Somebody who holds every role in one of them looks at whatever its numbers
** lead to; then the same is asked by a mediator of another office, by somebody with every role there, by a party of
** another case, by nobody.  They are told 401, 403 or 404, and nothing else, unless anybody may see it; nor is what
** was seen changed for them, and a number in a query opens nothing either.
** With words: only addresses that have one of them.  Ends with "N passed, N failed".
*/
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const build = resolve(root, process.env.BUILD ?? 'build')
const env = { ...process.env, TIAOJIE_DATA: join(root, 'data') }
const words = process.argv.slice(2)
const SAMPLE = 3, AT_ONCE = 8, PASSWORD = 'Harbour.7314.morning'

/* What everybody who works somewhere may see of others, and why. */
const SHARED = new Map([
  ['/employers/{id}', 'one record of an employer for all offices, as one employer has cases in several'],
  ['/pools/{id}/mediators', 'a pool is for the bodies that it is shared with, and these are two of them'],
  ['/pools/{id}/bodies', 'the same'],
])

let passed = 0, failed = 0
const told = new Set()
function check(good, title, detail = '') {
  if (good) { passed++; return }
  failed++
  if (told.has(title)) return
  told.add(title)
  console.log(`FAILED ${title}\n  ${String(detail).slice(0, 300)}`)
}

/* ---- the house --------------------------------------------------------------------------------------- */

const folder = mkdtempSync(join(tmpdir(), 'stranger-'))
const where = ['--folder', folder, '--database', `sqlite:${folder}/tiaojie.db`]
const scenarios = readdirSync(join(root, 'test/scenario')).filter((f) => f.endsWith('.scn')).sort().map((f) => join('test/scenario', f))
execFileSync(join(build, 'test/run'), ['--keep', folder, where[3], ...scenarios], { cwd: root, env, stdio: 'ignore' })
rmSync(join(folder, 'incoming'), { force: true }) /* a refused upload of the player */

/* A number of ours is longer than one of JavaScript's. */
function rows(text) {
  const said = execFileSync('sqlite3', ['-json', join(folder, 'tiaojie.db'), text], { encoding: 'utf8', maxBuffer: 1 << 28 })
  return JSON.parse((said || '[]').replace(/:(\d{16,})/g, ':"$1"'))
}

let server, base, log = ''
async function start() {
  server = spawn(join(build, 'tiaojie'), ['serve', ...where, '--demo', '--port', '0', '--log', join(folder, 'requests')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (d) => { log += d })
  base = await until(() => /http:\S+/.exec(log)?.[0], 'the server')
}

async function until(found, what) {
  for (let i = 0; i < 2400; i++) {
    const it = found()
    if (it) return it
    if (server.exitCode !== null) break
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`${what} did not come: ${log.slice(-500)}`)
}

let asked = 0
async function ask(cookie, method, path, body) {
  const answer = await fetch(`${base}/api/v1${path}`, {
    method, redirect: 'manual', body: body && JSON.stringify(body),
    headers: { Cookie: cookie, Origin: base, 'Content-Type': 'application/json', 'Idempotency-Key': `stranger-${++asked}` },
  }).catch((e) => { throw new Error(`${method} ${path}: ${e.cause ?? e}`) })
  const set = answer.headers.getSetCookie().map((c) => c.split(';')[0]).find((c) => c.startsWith('tj='))
  return { status: answer.status, text: await answer.text(), cookie: set ?? cookie }
}

/* A page elsewhere may have a name that leads to this machine: its browser then asks us by that name. */
async function byName(name) {
  const { port } = new URL(base)
  return new Promise((done) => {
    let got = ''
    const wire = connect(Number(port), '127.0.0.1', () => wire.write(`GET /healthz HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`))
    wire.on('data', (d) => { got += d }).on('close', () => done(got.split(' ')[1]))
  })
}

async function each(list, run) {
  const rest = [...list]
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { while (rest.length) await run(rest.shift()) }))
}

/* ---- who ------------------------------------------------------------------------------------------- */

async function somebody(login, roles, org) {
  const said = execFileSync(join(build, 'tiaojie'), ['user', 'add', login, '--roles', roles.join(','), '--org', org, '--json', ...where], { env, encoding: 'utf8' })
  const first = JSON.parse(said).password
  let r = await ask('', 'POST', '/login', { login, password: first })
  r = await ask(r.cookie, 'POST', '/me/password', { old: first, new: PASSWORD })
  r = await ask('', 'POST', '/login', { login, password: PASSWORD })
  check(r.status === 200, `${login} signs in`, r.text)
  const me = JSON.parse((await ask(r.cookie, 'GET', '/me')).text)
  check(!me.duty, `${login} has nothing to do first`, me.duty)
  return { login, cookie: r.cookie }
}

const application = (org) => ({
  channel: 'WEB', org, mode: 'WRITTEN', appl_type: 'WORKER', region: '450222', hire_date: '2024-03-01', contract: 'NONE', post: '工人',
  hours: 'STANDARD', wage: '500000', employed: true, knew_date: '2026-03-31', facts: '公司拖欠工资，多次讨要没有结果。',
  online_ok: true, rec_ok: true, truthful: true, privacy: true, sensitive: true,
  parties: [
    { side: 'APPL', kind: 'WORKER', name: '韦大年', id_type: 'ID', id_no: '450206199003071239', mobile: '13807729901', addr: '拉堡镇', svc_addr: '拉堡镇' },
    { side: 'RESP', kind: 'EMPLOYER', name: '柳江区百朋木业有限公司', uscc: '91330282MA2C00012W', emp_type: 'ENT', industry: 'C20', legal_rep: '韦成', mobile: '13907729909' }],
  claims: [{ cause: 'A01', amount: '500000' }],
})

async function party(org) {
  const phone = '13807729901'
  const filed = await ask('', 'POST', '/cases', application(org))
  check(filed.status === 201, 'a case of somebody else', filed.text)
  const { receipt } = JSON.parse(filed.text)
  const before = log.length
  await ask('', 'POST', '/party/code', { receipt, phone })
  const [, code] = await until(() => /outbox SMS 13807729901: .*?(\d{6})/.exec(log.slice(before)), 'the code')
  const r = await ask('', 'POST', '/party/login', { receipt, phone, code })
  check(r.status === 200, 'a party opens the case', r.text)
  const { parties: [worker, employer] } = application(org)
  const two = await ask('', 'POST', '/cases', { ...application(org), parties: [{ ...worker, name: '韦\n大年' }, employer] })
  check(two.status === 422, 'no name goes over the line', two.text)
  return { login: 'a party of another case', cookie: r.cookie }
}

/* ---- what ------------------------------------------------------------------------------------------ */

/* The columns of numbers of each table. */
function tables() {
  const found = new Map()
  for (const r of rows("SELECT m.name AS name, '\"' || p.name || '\"' AS column FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.sql LIKE '% STRICT' AND p.type = 'INTEGER'")) {
    found.set(r.name, [...(found.get(r.name) ?? []), r.column])
  }
  return found
}
const is_id = (text) => String(text).length > 12

/* The numbers of some rows of every table; and with the row that each belongs to, a case or another. */
function numbers() {
  const single = new Set(), pairs = new Set(), cases = new Set()
  for (const [name, columns] of tables()) {
    const key = columns.includes('"id"') ? '"id"' : columns[0], rest = columns.filter((c) => c !== key)
    const some = (order) => `SELECT * FROM (SELECT ${[key, ...rest]} FROM ${name} ORDER BY ${key} ${order} LIMIT ${SAMPLE})`
    for (const row of rows(`${some('')} UNION ${some('DESC')}`)) {
      const [id, ...others] = Object.values(row)
      if (is_id(id)) single.add(id)
      if (is_id(row.case_id)) cases.add(row.case_id)
      for (const up of others) if (is_id(up) && is_id(id)) pairs.add(`${up} ${id}`)
    }
  }
  for (const r of rows('SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY state ORDER BY id) AS n FROM cases) WHERE n <= 4')) cases.add(r.id)
  return { single: [...single], pairs: [...pairs].map((p) => p.split(' ')), cases: [...cases] }
}

function addressesOf(path, { single, pairs, cases }) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1])
  const fill = (...values) => names.reduce((p, n, i) => p.replace(`{${n}}`, values[i]), path)
  if (names.includes('month')) {
    const months = rows('SELECT DISTINCT month FROM month_report').map((r) => fill(`${r.month}`.replace(/(\d{4})(\d\d)/, '$1-$2'), '1'))
    return months.flatMap((m) => [m, ...rows('SELECT id FROM org WHERE length(path) <= 8').map((r) => `${m}?org=${r.id}`)])
  }
  if (names.length === 1) return (path.startsWith('/cases/{id}') ? cases : single).map((id) => fill(id))
  return names.length === 2 ? pairs.map((p) => fill(...p)) : []
}

/* The same with a number in the query: /statistics?org=1. */
function askedFor({ path, get }, { single, cases }) {
  const names = (get.parameters ?? []).filter((p) => p.in === 'query' && p.schema.pattern?.startsWith('^[1-9]') && p.name !== 'after').map((p) => p.name)
  const orgs = rows('SELECT id FROM org WHERE length(path) <= 8').map((r) => String(r.id))
  const ids = (name) => (name === 'org' ? orgs : name === 'case_id' ? cases : single)
  return path.includes('{') ? [] : names.flatMap((name) => ids(name).map((id) => `${path}?${name}=${id}`))
}

const says_nothing = (text) => text === '' || text.startsWith('{"items":[]')

async function lookAround(gets, insider, all) {
  const seen = new Map(), cases = new Map(rows('SELECT id, org_path, owner_path FROM cases').map((k) => [k.id, k]))
  const elsewhere = (id) => cases.has(id) && ![cases.get(id).org_path, cases.get(id).owner_path].some((p) => p.startsWith(insider.path))
  const known = { single: all.single, cases: all.cases.filter((id) => !elsewhere(id)), pairs: all.pairs.filter(([up]) => !elsewhere(up)) }
  for (const o of gets) {
    await each([...addressesOf(o.path, known), ...askedFor(o, known)], async (address) => {
      const r = await ask(insider.cookie, 'GET', address)
      check(r.status < 500, `GET ${o.path} by ${insider.login}: never a 5xx`, `${address} ${r.status} ${r.text}`)
      if (r.status === 200 && !says_nothing(r.text)) seen.set(address, { path: o.path, text: r.text })
    })
  }
  return seen
}

/* What was found by a number is then asked to change. */
async function meddle(changes, seen, who) {
  const found = new Map()
  for (const [address, { path }] of seen) {
    const [head, id] = [path.split('/{')[0], address.slice(path.indexOf('{')).split('/')[0]]
    if (path.includes('/{id}') && path.startsWith('/')) found.set(`${head} ${id}`, [head, id])
  }
  const asks = []
  for (const { path, method } of changes) {
    const same = [...found.values()].filter(([head]) => path.startsWith(`${head}/{`)).slice(0, 2 * SAMPLE)
    for (const [, id] of same) asks.push([method, path.replace(/\{id\}/, id).replace(/\{\w+\}/g, id), path])
  }
  await each(asks, async ([method, address, path]) => {
    const r = await ask(who.cookie, method, address, {})
    check([400, 401, 403, 404, 415, 422, 428].includes(r.status), `${method} ${path} by ${who.login}`, `${address}: ${r.status} ${r.text}`)
  })
}

/* Who asked for what, on a line each; nothing of what was said. */
async function readLog() {
  const { parties: [worker, employer] } = application('')
  const read = () => readFileSync(join(folder, 'requests'), 'utf8')
  await until(() => read().split('POST').length > 4 && read().endsWith('\n'), 'the log')
  for (const said of [worker.name, worker.id_no, worker.mobile, employer.name, employer.mobile, PASSWORD]) check(!read().includes(said), `the log does not say ${said}`)
  const lines = read().trim().split('\n')
  check(lines.every((l) => { try { return JSON.parse(l).route !== undefined } catch { return false } }), 'each line of the log is a request')
}

async function main() {
  await start()
  check(await byName('localhost:8080') === '200' && await byName('[::1]') === '200', 'this machine is asked by its names')
  check(await byName('evil.test') === '421' && await byName('127.0.0.1.evil.test') === '421', 'and by no other')
  const api = JSON.parse((await ask('', 'GET', '/openapi.json')).text)
  const gets = Object.entries(api.paths)
    .map(([path, m]) => ({ path: path.replace('/api/v1', ''), get: m.get }))
    .filter((o) => o.get && !o.get.responses['2XX']?.content?.['text/event-stream'])
    .filter((o) => !o.get['x-roles'].includes('anybody') && (words.length === 0 || words.some((w) => o.path.includes(w))))
  const changes = Object.entries(api.paths).flatMap(([path, m]) => ['post', 'put', 'delete'].filter((v) => m[v] && !m[v]['x-roles'].includes('anybody'))
    .map((v) => ({ path: path.replace('/api/v1', ''), method: v.toUpperCase() }))).filter((o) => o.path.includes('{id}') && (words.length === 0 || words.some((w) => o.path.includes(w))))
  const roles = [...new Set(gets.flatMap((o) => o.get['x-roles']))].filter((r) => !['party', 'representative', 'system', 'sys_admin', 'sec_admin', 'auditor'].includes(r))
  const office = (path) => String(rows(`SELECT id FROM org WHERE path = '${path}'`)[0].id)
  const insiders = []
  for (const path of ['0001', '0002', '0003', '0007', '0008', '000B']) insiders.push({ ...await somebody(`office.${path.toLowerCase()}`, roles, office(path)), path })
  const takes = rows("SELECT id FROM org WHERE path LIKE '0002%' AND takes_cases = 1 AND status = 'ACTIVE' LIMIT 1")[0].id
  const outsiders = [
    { login: 'nobody', cookie: '' }, await party(String(takes)),
    await somebody('mediator.elsewhere', ['mediator'], office('00050001')), await somebody('all.elsewhere', roles, office('0005')),
  ]
  await readLog()
  const reached = new Set(), known = numbers()
  for (const insider of insiders) {
    const seen = await lookAround(gets, insider, known)
    for (const { path } of seen.values()) reached.add(path)
    console.log(`  ${insider.login} sees ${seen.size} things`)
    await each([...seen], async ([address, { path, text }]) => {
      for (const who of outsiders) {
        const r = await ask(who.cookie, 'GET', address)
        const own = address.includes('?') ? r.text !== text : path.includes('{month}') /* of their own office */
        const title = `GET ${path} (${insider.login}'s) by ${who.login}`
        check([401, 403, 404].includes(r.status) || own || says_nothing(r.text) || SHARED.has(path), title, `${address}: ${r.status} ${r.text}`)
      }
    })
    for (const who of outsiders) await meddle(changes, seen, who)
  }
  console.log(`  ${reached.size} of ${gets.length} addresses reached; not: ${gets.filter((o) => o.path.includes('{') && !reached.has(o.path)).map((o) => o.path).join(' ')}`)
}

try {
  await main()
} catch (e) {
  check(false, 'the test itself', `${server?.exitCode ?? server?.signalCode ?? 'running'} ${log.slice(-300)} ${e.stack}`)
} finally {
  server?.kill('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
