// contract.mjs PROGRAM [SEED]: the running server against its own OpenAPI document.
// Every role at every route, parties with their receipt and machines with their
// token too, is let in exactly where x-roles says so; requests made from the
// schemas, right and wrong ones, files with right and wrong names and bytes, get
// documented answers of the documented shape, a 422 names the field that is wrong,
// and nothing is ever a 5xx.
// Ends with "N passed, N failed".
import { spawn, execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import fc from 'fast-check'

const program = resolve(process.argv[2] ?? 'build/tiaojie')
const seed = Number(process.argv[3] ?? (Date.now() % 1000000))
const folder = mkdtempSync(join(tmpdir(), 'contract-'))
const VALID = 6, WRONG = 12
const PASSWORD = 'Contract-2026-pass'
const HAND_OVER = new Set(['/api/v1/logout', '/api/v1/me/password', '/api/v1/me/totp'])

let passed = 0, failed = 0, keys = 0
const told = new Map()
function check(good, title, detail = '') {
  if (good) { passed++; return }
  failed++
  const n = told.get(title) ?? 0
  told.set(title, n + 1)
  if (n < 1) console.log(`FAILED ${title}\n  ${String(detail).slice(0, 600)}`)
}

// ---- the document ------------------------------------------------------------------

const api = JSON.parse(execFileSync(program, ['openapi'], { maxBuffer: 1 << 26 }))
const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true })
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/)
ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$/)
const problem = ajv.compile(api.components.schemas.Problem)
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, o]) => {
    const json = o.responses['2XX']?.content?.['application/json']?.schema
    return {
      name: `${method.toUpperCase()} ${path}`, path, method: method.toUpperCase(), roles: o['x-roles'],
      body: o.requestBody?.content?.['application/json']?.schema, upload: !!o.requestBody?.content?.['application/octet-stream'],
      follow: !!o.responses['2XX']?.content?.['text/event-stream'], statuses: Object.keys(o.responses),
      parameters: o.parameters ?? [], answer: json && ajv.compile(json),
    }
  }))

// ---- the server ----------------------------------------------------------------------

function user(login, role, org) {
  const args = ['user', 'add', login, '--roles', role, '--folder', folder, '--json']
  if (org) args.push('--org', org)
  return JSON.parse(execFileSync(program, args)).password
}

async function start() {
  const server = spawn(program, ['serve', '--demo', '--folder', folder, '--port', '0', '--log', 'none'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = '', codes = new Map()
  server.stderr.on('data', chunk => {
    errors = (errors + chunk).slice(-4000)
    for (const [, phone, code] of errors.matchAll(/^outbox SMS (\d+): .*?(\d{6})/gm)) codes.set(phone, code)
  })
  const address = await new Promise((good, bad) => {
    server.stdout.on('data', chunk => { const at = /http:\S+/.exec(chunk); if (at) good(at[0]) })
    server.on('exit', () => bad(new Error(errors)))
  })
  return { server, address, errors: () => errors, codes }
}

let house
async function send(method, path, { cookie, body, text, file } = {}) {
  const headers = { 'Idempotency-Key': `contract-${++keys}` }
  if (cookie?.startsWith('Bearer ')) headers.Authorization = cookie
  else if (cookie) headers.Cookie = cookie
  const payload = file ?? text ?? (body === undefined ? undefined : JSON.stringify(body))
  if (payload !== undefined) headers['Content-Type'] = file ? 'application/octet-stream' : 'application/json'
  const r = await fetch(house.address + path, { method, headers, body: method === 'GET' ? undefined : payload, redirect: 'manual' })
  const type = r.headers.get('content-type') ?? ''
  const raw = await r.text()
  let json
  try { if (type.includes('json') && raw) json = JSON.parse(raw) } catch { json = undefined }
  const cookies = r.headers.getSetCookie().map(c => c.split(';')[0])
  return { status: r.status, type, raw, json, cookie: cookies.find(c => c.startsWith('tj=')) }
}

// RFC 6238
function oneTimeCode(secret) {
  const bits = [...secret].map(c => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map(b => parseInt(b, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)))
  const sum = createHmac('sha1', key).update(step).digest()
  const at = sum[19] & 15
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0')
}

async function signIn(login, oneTime) {
  let r = await send('POST', '/api/v1/login', { body: { login, password: oneTime } })
  if (r.status !== 200) throw new Error(`login of ${login}: ${r.status} ${r.raw}`)
  const first = r.cookie
  r = await send('POST', '/api/v1/me/password', { cookie: first, body: { old: oneTime, new: PASSWORD } })
  if (r.status >= 300) throw new Error(`password of ${login}: ${r.status} ${r.raw}`)
  const cookie = r.cookie ?? first
  const me = await send('GET', '/api/v1/me', { cookie })
  if (me.json?.duty !== 'must_totp') return cookie
  const { secret } = (await send('POST', '/api/v1/me/totp', { cookie, body: {} })).json
  r = await send('POST', '/api/v1/me/totp', { cookie, body: { code: oneTimeCode(secret) } })
  if (r.status >= 300) throw new Error(`second factor of ${login}: ${r.status} ${r.raw}`)
  return r.cookie ?? cookie
}

// ---- parties and machines ------------------------------------------------------------------

const application = {
  channel: 'VISIT', mode: 'WRITTEN', appl_type: 'WORKER', region: '450206', hire_date: '2024-03-01', contract: 'NONE', post: '工人',
  hours: 'STANDARD', wage: '500000', employed: true, knew_date: '2026-03-31', facts: '公司拖欠工资，多次讨要没有结果。',
  online_ok: true, rec_ok: true, truthful: true, privacy: true, sensitive: true,
  parties: [
    { side: 'APPL', kind: 'WORKER', name: '韦大年', id_type: 'ID', id_no: '450206199003071239', mobile: '13807720001', addr: '拉堡镇', svc_addr: '拉堡镇' },
    { side: 'RESP', kind: 'EMPLOYER', name: '柳江区百朋木业有限公司', uscc: '91330282MA2C00012W', emp_type: 'ENT', industry: 'C20', legal_rep: '韦成', mobile: '13907720009' }],
  claims: [{ cause: 'A01', amount: '500000' }],
}

// The code that the party's phone would have shown; in the demo the log says it.
async function codeFor(phone) {
  for (let i = 0; i < 1200 && !house.codes.has(phone); i++) await new Promise(good => setTimeout(good, 100))
  const code = house.codes.get(phone)
  house.codes.delete(phone)
  return code
}

async function openAsParty(receipt, phone) {
  let r = await send('POST', '/api/v1/party/code', { body: { receipt, phone } })
  check(r.status === 202, 'a party asks for a code', r.raw)
  const code = await codeFor(phone)
  r = await send('POST', '/api/v1/party/login', { body: { receipt, phone, code: code === '000000' ? '111111' : '000000' } })
  check(r.status === 401, 'a wrong code opens nothing', r.raw)
  r = await send('POST', '/api/v1/party/login', { body: { receipt, phone, code } })
  check(r.status === 200, 'receipt and code open the case', r.raw)
  return r
}

// A case with its applicant, once as a party and once as the elected representative of a group.
async function parties(cookies, bureau) {
  const centre = { parent_id: bureau, level: 3, kind: 'CENTER', name: '柳江区劳动人事争议多元调解中心', short_name: '柳江劳人调', region: '450206', territory: ['450206'], scopes: ['SC1'], capacity: 200, address: '柳江区拉堡镇', phone: '0772-7212345', hours: '9:00-17:00', founders: '人社局、政法委、法院' }
  const made = await send('POST', '/api/v1/orgs', { cookie: cookies.hr, body: centre })
  check(made.status === 201, 'a mediation centre', made.raw)
  execFileSync('sqlite3', [join(folder, 'tiaojie.db'), `UPDATE org SET status = 'ACTIVE', takes_cases = 1 WHERE id = ${made.json.id}`])
  const filed = await send('POST', '/api/v1/cases', { body: { ...application, channel: 'WEB', org: made.json.id } })
  check(filed.status === 201 && filed.json.receipt, 'a case with a receipt', filed.raw)
  const party = await openAsParty(filed.json.receipt, '13807720001')
  check(party.json?.role === 'party', 'as a party', party.raw)
  execFileSync('sqlite3', [join(folder, 'tiaojie.db'), "UPDATE party_receipt SET role = 'representative'"])
  const elected = await openAsParty(filed.json.receipt, '13807720001')
  check(elected.json?.role === 'representative', 'as a representative', elected.raw)
  return { id: filed.json.id, party: party.cookie, representative: elected.cookie }
}

// What a machine may is what its scopes say; what is for people alone is not for it.
const PEOPLE_ONLY = new Set(['/api/v1/me/password', '/api/v1/me/totp', '/api/v1/logout'])
async function machine(cookie, role, org) {
  const r = await send('POST', '/api/v1/machines', { cookie, body: { name: `机器 ${role}`, org, roles: [role], days: 1 } })
  check(r.status === 201 && r.json?.token, `a machine for ${role}`, r.raw)
  return { id: r.json?.id, token: `Bearer ${r.json?.token}` }
}

async function machines(sec, org) {
  for (const role of ['clerk', 'link_court', 'statistician']) {
    const m = await machine(sec, role, org)
    for (const operation of operations.filter(o => !PEOPLE_ONLY.has(o.path) && !HAND_OVER.has(o.path))) {
      if (operation.upload || operation.follow) continue
      await letIn(operation, role, m.token, pathOf(operation), `machine ${role}`)
    }
    const off = await send('POST', `/api/v1/machines/${m.id}/disable`, { cookie: sec, body: {} })
    check(off.status === 200, 'a machine is switched off', off.raw)
    check((await send('GET', '/api/v1/me', { cookie: m.token })).status === 401, 'then its token is nothing')
  }
  check((await send('GET', '/api/v1/me', { cookie: 'Bearer 0000' })).status === 401, 'a token nobody gave is nothing')
  const admin = await send('POST', '/api/v1/machines', { cookie: sec, body: { name: '机器', org, roles: ['sec_admin'], days: 1 } })
  check(admin.status === 422, 'no machine administers', admin.raw)
}

// ---- files -----------------------------------------------------------------------------------

const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const wrongFiles = [
  ['an empty file', 'a.pdf', Buffer.alloc(0)], ['a program', 'a.pdf', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0')],
  ['a picture that says it is a paper', 'a.pdf', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')], ['a page', 'a.html', Buffer.from('<html><script>')],
  ['no ending', 'a', pdf], ['an ending nobody knows', 'a.xyz', pdf], ['a name with a folder', '../a.pdf', pdf], ['a name with a NUL', 'a%00.pdf', pdf],
  ['no name', '', pdf], ['a very long name', `${'a'.repeat(400)}.pdf`, pdf],
]

function queryOf(operation, name, more = {}) {
  const q = new URLSearchParams()
  for (const p of operation.parameters.filter(p => p.in === 'query' && (p.required || p.name === 'kind'))) {
    q.set(p.name, p.name === 'kind' ? 'OTHER' : p.name === 'automatic' ? 'false' : '1')
  }
  q.delete('name')
  for (const [k, v] of Object.entries(more)) q.set(k, v)
  return `${q}${q.size ? '&' : ''}name=${name.includes('%') ? name : encodeURIComponent(name)}`
}

async function files(cookies, caseId) {
  for (const operation of operations.filter(o => o.upload)) {
    for (const [role, cookie] of Object.entries(cookies)) await letIn(operation, role, cookie, `${pathOf(operation)}?${queryOf(operation, 'a.pdf')}`, role, pdf)
    const cookie = cookies[operation.roles.find(r => r in cookies)]
    const at = pathOf(operation, operation.path.startsWith('/api/v1/cases/') ? caseId : '1')
    for (const [what, name, file] of wrongFiles) {
      const r = await send('POST', `${at}?${queryOf(operation, name)}`, { cookie, file })
      checkAnswer(operation, r, what)
      check(r.status >= 400, `${operation.name}: ${what} is refused`, `${r.status} ${r.raw}`)
    }
    checkAnswer(operation, await send('POST', `${at}?zz=1&${queryOf(operation, 'a.pdf')}`, { cookie, file: pdf }), 'an unknown parameter')
  }
  const evidence = operations.find(o => o.upload && o.path === '/api/v1/cases/{id}/evidence')
  for (const role of ['clerk', 'party']) {
    const r = await send('POST', `/api/v1/cases/${caseId}/evidence?${queryOf(evidence, '证据.pdf')}`, { cookie: cookies[role], file: pdf })
    checkAnswer(evidence, r, '证据.pdf')
    check(r.status === 201, `evidence by ${role}`, r.raw)
    const back = await send('GET', `/api/v1/cases/${caseId}/evidence/${r.json?.id}/content`, { cookie: cookies[role] })
    check(back.status === 200 && back.raw === pdf.toString(), 'and it comes back as it was', back.raw)
  }
}

// ---- what an answer must be -------------------------------------------------------------

const pathOf = (operation, id = '1') => operation.path.replace(/\{[^}]+\}/g, id)

function checkAnswer(operation, r, request) {
  const where = `${operation.name}`
  const say = `${r.status} ${r.raw.slice(0, 300)}  to ${JSON.stringify(request)?.slice(0, 200)}`
  check(r.status < 500, `${where}: never a 5xx`, say)
  const documented = operation.statuses.some(s => s === String(r.status) || s === `${String(r.status)[0]}XX`) || operation.statuses.includes('default')
  check(documented, `${where}: the status is documented`, say)
  if (r.status >= 400) {
    check(problem(r.json), `${where}: a problem has its shape`, say)
    if (r.status === 422 && r.json?.code === 'invalid') check(r.json.errors?.length > 0, `${where}: a 422 names the field`, say)
  } else if (operation.answer && r.type.startsWith('application/json')) {
    check(operation.answer(r.json), `${where}: the answer has its shape`, ajv.errorsText(operation.answer.errors) + ' ' + say)
  }
}

// ---- who is let in ---------------------------------------------------------------------------

async function letIn(operation, role, cookie, path, who, file) {
  const r = await send(operation.method, path, { cookie, file, body: operation.body && !file ? {} : undefined })
  const title = `${operation.name} by ${who}`
  const shut = r.status === 403 && r.json?.code === 'forbidden' && r.json?.detail === path.split('?')[0]
  if (operation.roles.includes('anybody') || operation.roles.includes(role)) check(r.status !== 401 && !shut, `${title}: is let in`, `${r.status} ${r.raw}`)
  else if (role === 'nobody') check(r.status === 401, `${title}: 401`, `${r.status} ${r.raw}`)
  else check(r.status === 403, `${title}: 403`, `${r.status} ${r.raw}`)
  checkAnswer(operation, r, {})
}

async function matrix(cookies) {
  for (const operation of operations) {
    if (operation.follow || operation.upload || HAND_OVER.has(operation.path)) continue
    for (const [role, cookie] of Object.entries(cookies)) await letIn(operation, role, cookie, pathOf(operation), role)
  }
}

// ---- requests from schemas ----------------------------------------------------------------------

const day = fc.integer({ min: 0, max: 3000 }).map(n => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10))
const words = fc.stringOf(fc.constantFrom(...'调解工资劳动合同张三李四abc123'), { minLength: 0, maxLength: 40 })

function arbitrary(schema, depth = 0) {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const type = Array.isArray(schema.type) ? schema.type.find(t => t !== 'null') : schema.type
  switch (type) {
    case 'string':
      if (schema.format === 'date') return day
      if (schema.format === 'date-time') return day.map(d => `${d}T09:30`)
      if (schema.pattern?.startsWith('^[1-9]')) return fc.integer({ min: 1, max: 2 ** 40 }).map(String)
      return words.map(s => s.padEnd(schema.minLength ?? 0, '调').slice(0, schema.maxLength ?? 200))
    case 'integer': return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100000, 2 ** 45) })
    case 'boolean': return fc.boolean()
    case 'array': return fc.array(arbitrary(schema.items, depth + 1), { minLength: schema.minItems ?? 0, maxLength: Math.max(schema.minItems ?? 0, 2) })
    case 'object': {
      const required = schema.required ?? []
      return fc.record(Object.fromEntries(Object.entries(schema.properties ?? {}).map(([k, v]) => [k, arbitrary(v, depth + 1)])), { requiredKeys: required })
    }
    default: return fc.constant('1')
  }
}

// Each: a name, what it does to a body, and whether the named field must be told as wrong.
const wrongs = [
  ['a field too many', b => [{ ...b, zz_unknown: 1 }, 'zz_unknown']],
  ['a wrong type', (b, f, s) => [{ ...b, [f]: s.properties[f].type === 'object' ? 'x' : { a: 1 } }, f]],
  ['a list for a value', (b, f, s) => [{ ...b, [f]: s.properties[f].type === 'array' ? 7 : [[1]] }, f]],
  ['far too long', (b, f, s) => [{ ...b, [f]: 'x'.repeat((s.properties[f].maxLength ?? 20000) + 1) }, f]],
  ['control characters', (b, f) => [{ ...b, [f]: 'a\u0000\u0007b' }, f]],
  ['a huge number', (b, f) => [{ ...b, [f]: 1e300 }, f]],
  ['a fraction', (b, f) => [{ ...b, [f]: 0.5 }, f]],
  ['a bad code', (b, f, s) => [{ ...b, [f]: 'NO-SUCH-CODE' }, s.properties[f].enum ? f : null]],
  ['null', (b, f) => [{ ...b, [f]: null }, null]],
  ['a field too few', (b, f, s) => { const c = { ...b }; const r = s.required?.[0]; if (!r) return [c, null]; delete c[r]; return [c, r] }],
]
const texts = ['', '{', '[]', 'null', '"x"', '{"a":1}{"b":2}', '{"a":1,"a":2}', '['.repeat(10000), '{"a":'.repeat(500) + '1' + '}'.repeat(500), '\u0000', '{"a":"\\ud800"}', '{"a":1e999}']

async function sendAll(operation, cookie) {
  const fields = Object.keys(operation.body.properties ?? {})
  const bodies = fc.sample(arbitrary(operation.body), { numRuns: VALID, seed })
  for (const body of bodies) checkAnswer(operation, await send(operation.method, pathOf(operation), { cookie, body }), body)
  const at = fc.sample(fc.nat(), { numRuns: WRONG, seed: seed + 1 })
  for (let i = 0; i < WRONG; i++) {
    const [what, make] = wrongs[i % wrongs.length]
    if (fields.length === 0 && i > 0) break
    const [body, bad] = make(bodies[i % bodies.length], fields[at[i] % fields.length], operation.body)
    const r = await send(operation.method, pathOf(operation), { cookie, body })
    checkAnswer(operation, r, body)
    check(r.status >= 400 || bad === null, `${operation.name}: ${what} is refused`, `${r.status} ${bad} ${JSON.stringify(body).slice(0, 300)}`)
    if (r.status !== 422 || r.json?.code !== 'invalid' || bad === null) continue
    check(r.json.errors.some(e => e.field === bad || e.field.startsWith(`${bad}[`)), `${operation.name}: ${what} is told of`, `${bad}: ${r.raw.slice(0, 400)}`)
  }
  for (const text of texts) {
    const r = await send(operation.method, pathOf(operation), { cookie, text })
    checkAnswer(operation, r, text.slice(0, 40))
    check(r.status >= 400 || text === '' , `${operation.name}: what is no object is refused`, `${r.status} to ${text.slice(0, 40)}`)
  }
}

// Query strings and ids that nobody would type.
async function oddPlaces(operation, cookie) {
  const odd = ['0', '-1', '99999999999999999999', 'x', '%00', '%E8%B0%83', "1'--", '1%2F2']
  for (const id of operation.path.includes('{') ? odd : []) {
    checkAnswer(operation, await send(operation.method, pathOf(operation, id), { cookie, body: operation.body ? {} : undefined }), id)
  }
  if (operation.method !== 'GET') return
  const names = operation.parameters.filter(p => p.in === 'query').map(p => p.name)
  for (const query of ['zz=1', '%', '&&==', ...names.flatMap(n => [`${n}=`, `${n}=x`, `${n}=-1`, `${n}=%00`, `${n}=${'9'.repeat(40)}`, `${n}=1&${n}=2`])]) {
    checkAnswer(operation, await send('GET', `${pathOf(operation)}?${query}`, { cookie }), query)
  }
}

// ---- all of it -------------------------------------------------------------------------------------

async function main() {
  const admin = user('sys', 'sys_admin')
  house = await start()
  const sys = await signIn('sys', admin)
  const org = await send('POST', '/api/v1/orgs', { cookie: sys, body: { level: 3, kind: 'HRSS', name: '柳江区人力资源和社会保障局', region: '450206' } })
  check(org.status === 201, 'the first organisation', org.raw)
  const roles = [...new Set(operations.flatMap(o => o.roles))].filter(r => !['anybody', 'system', 'party', 'representative', 'sys_admin'].includes(r))
  const cookies = { nobody: undefined, sys_admin: sys }
  for (const role of roles) {
    const login = 'the.' + role.replace('_', '.')
    const none = ['sec_admin', 'auditor'].includes(role)
    cookies[role] = await signIn(login, user(login, role, none ? undefined : org.json.id))
  }
  const theirs = await parties(cookies, org.json.id)
  cookies.party = theirs.party
  cookies.representative = theirs.representative
  console.log(`  seed ${seed}; ${operations.length} operations, ${Object.keys(cookies).length} roles`)
  await matrix(cookies)
  await machines(cookies.sec_admin, org.json.id)
  await files(cookies, theirs.id)
  for (const operation of operations) {
    if (operation.follow || operation.upload || HAND_OVER.has(operation.path) || operation.path === '/api/v1/login') continue
    const role = operation.roles.find(r => r in cookies)
    const cookie = role ? cookies[role] : undefined
    await oddPlaces(operation, cookie)
    if (operation.body) await sendAll(operation, cookie)
  }
  for (const operation of operations.filter(o => o.path === '/api/v1/login')) await sendAll(operation, undefined)
}

try {
  await main()
} catch (e) {
  check(false, 'the test itself', e.stack)
} finally {
  house?.server.kill('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
}
for (const [title, n] of told) if (n > 1) console.log(`  ${n} times: ${title}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)
