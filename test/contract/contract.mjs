// contract.mjs PROGRAM [SEED]: the running server against its own OpenAPI document.
// Every role at every route is let in exactly where x-roles says so; requests made
// from the schemas, right and wrong ones, get documented answers of the documented
// shape, a 422 names the field that is wrong, and nothing is ever a 5xx.
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
  const server = spawn(program, ['serve', '--folder', folder, '--port', '0', '--log', 'none'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  server.stderr.on('data', chunk => { errors = (errors + chunk).slice(-4000) })
  const address = await new Promise((good, bad) => {
    server.stdout.on('data', chunk => { const at = /http:\S+/.exec(chunk); if (at) good(at[0]) })
    server.on('exit', () => bad(new Error(errors)))
  })
  return { server, address, errors: () => errors }
}

let house
async function send(method, path, { cookie, body, text } = {}) {
  const headers = { 'Idempotency-Key': `contract-${++keys}` }
  if (cookie) headers.Cookie = cookie
  const payload = text ?? (body === undefined ? undefined : JSON.stringify(body))
  if (payload !== undefined) headers['Content-Type'] = 'application/json'
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

async function matrix(cookies) {
  for (const operation of operations) {
    if (operation.follow || operation.upload || HAND_OVER.has(operation.path)) continue
    const path = pathOf(operation)
    const open = operation.roles.includes('anybody')
    for (const [role, cookie] of Object.entries(cookies)) {
      const r = await send(operation.method, path, { cookie, body: operation.body ? {} : undefined })
      const title = `${operation.name} by ${role}`
      const shut = r.status === 403 && r.json?.code === 'forbidden' && r.json?.detail === path
      if (open || operation.roles.includes(role)) check(r.status !== 401 && !shut, `${title}: is let in`, `${r.status} ${r.raw}`)
      else if (role === 'nobody') check(r.status === 401, `${title}: 401`, `${r.status} ${r.raw}`)
      else check(r.status === 403, `${title}: 403`, `${r.status} ${r.raw}`)
      checkAnswer(operation, r, {})
    }
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
  console.log(`  seed ${seed}; ${operations.length} operations, ${Object.keys(cookies).length} roles`)
  await matrix(cookies)
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
