/*
** A house of its own for a test: a demo office in a fresh folder (with $POSTGRES:
** in a fresh database), the real server on a free port, and its staff, who do over the
** API what is not the browser's part.  Tests may run side by side.  The office, and its made-up cases, are made once a build
** and a day and copied from then on.
*/
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../../..')
const build = resolve(root, process.env.BUILD ?? 'build')
const binary = join(build, 'tiaojie')
const env = { ...process.env, TIAOJIE_DATA: join(root, 'data') }
export const SECRET = 'Harbour.7314.morning'

let count = 0
const key = () => `test-${process.pid}-${Date.now()}-${++count}`

/* The day so many days ago, in China. */
export const daysAgo = (n) => new Date(Date.now() + 8 * 3600e3 - n * 86400e3).toISOString().slice(0, 10)

export class Person {
  constructor(base) {
    this.base = base
    this.cookie = ''
  }
  async call(method, path, body, headers = {}) {
    const answer = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key(), Cookie: this.cookie, Origin: this.base, ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
    const set = answer.headers.get('set-cookie')
    if (set) this.cookie = set.split(';')[0]
    const text = await answer.text()
    const data = text ? JSON.parse(text) : undefined
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return data
  }
  get(path) { return this.call('GET', path) }
  post(path, body = {}) { return this.call('POST', path, body) }
  put(path, body, headers) { return this.call('PUT', path, body, headers) }
}

/* ---- what is copied ------------------------------------------------------------------------------ */

const psql = (...commands) => execFileSync('psql', ['-qh', process.env.POSTGRES_FOLDER, '-U', 'postgres', ...commands.flatMap((c) => ['-c', c])], { encoding: 'utf8' })
const addressOf = (database) => process.env.POSTGRES.replace('/test?', `/${database}?`)
const withDatabase = (database) => (process.env.POSTGRES ? ['--database', addressOf(database)] : [])

/* The folder (and the template database) of an office with so many made-up cases.  Two
** tests at once make it each, and the second one takes the first one's. */
function pattern(cases) {
  const folder = join(process.env.POSTGRES ? process.env.POSTGRES_FOLDER : build, 'browser', `house_${cases}`)
  const mark = `${statSync(binary).mtimeMs} ${daysAgo(0)}`
  const made = () => existsSync(join(folder, 'mark')) && readFileSync(join(folder, 'mark'), 'utf8') === mark
  const there = () => ({ name: readFileSync(join(folder, 'name'), 'utf8'), folder })
  if (made()) return there()
  const name = `house_${cases}_${process.pid}`
  const own = `${folder}.${process.pid}`
  mkdirSync(own, { recursive: true })
  if (process.env.POSTGRES) psql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `CREATE DATABASE ${name}`)
  const where = ['--folder', own, ...withDatabase(name), '--demo']
  const said = execFileSync(binary, ['demo', 'office', ...where], { env, encoding: 'utf8' })
  if (cases) {
    const span = ['--from', daysAgo(120), '--to', daysAgo(1)]
    execFileSync(binary, ['demo', 'cases', '--synthetic', String(cases), ...span, ...where], { env, stdio: 'ignore' })
  }
  writeFileSync(join(own, 'said'), said)
  writeFileSync(join(own, 'name'), name)
  writeFileSync(join(own, 'mark'), mark)
  if (!made()) {
    rmSync(folder, { recursive: true, force: true })
    try {
      renameSync(own, folder)
    } catch (e) {
      if (!made()) throw e
    }
  }
  rmSync(own, { recursive: true, force: true })
  return there()
}

/* ---- a house --------------------------------------------------------------------------------------- */

export class House {
  /* `cases`: so many made-up ones of the last four months, and what the bureau did beside them;
  ** `empty`: as it is when just installed; `serve`: further options of the server. */
  static async open({ cases = 0, serve = [], empty = false } = {}) {
    const house = new House()
    const from = empty ? { name: 'template0' } : pattern(cases)
    house.folder = mkdtempSync(join(tmpdir(), 'tiaojie-browser-'))
    if (!empty) cpSync(from.folder, house.folder, { recursive: true })
    house.database = `house_${process.pid}`
    if (process.env.POSTGRES) psql(`DROP DATABASE IF EXISTS ${house.database} WITH (FORCE)`, `CREATE DATABASE ${house.database} TEMPLATE ${from.name}`)
    house.where = ['--folder', house.folder, ...withDatabase(house.database)]
    house.passwords = {}
    if (empty) execFileSync(binary, ['init', ...house.where], { env, stdio: 'ignore' })
    else house.readNames(readFileSync(join(from.folder, 'said'), 'utf8'))
    house.staff = {}
    house.log = ''
    house.process = spawn(binary, ['serve', ...house.where, ...(empty ? [] : ['--demo']), '--port', '0', '--workers', '4', '--web', resolve(root, 'build/web'), ...serve],
      { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [house.process.stdout, house.process.stderr]) stream.on('data', (d) => { house.log += d })
    house.base = await house.wait(() => /http:\/\/127\.0\.0\.1:\d+/.exec(house.log)?.[0], 'the server')
    await house.wait(async () => (await fetch(`${house.base}/readyz`)).ok, 'the server')
    return house
  }

  /* LOGIN  PASSWORD  …  NAME of what "demo office" says. */
  readNames(said) {
    this.passwords = Object.fromEntries(said.split('\n').map((l) => l.split(/\s+/)).filter((w) => w.length > 3).map((w) => [w[0], w[1]]))
    this.names = Object.fromEntries(said.split('\n').map((l) => l.trim().split(/\s{2,}/)).filter((w) => w.length > 3).map((w) => [w[0], w[3].split(' ')[0]]))
  }

  nameOf(login) { return this.names[login] }

  async wait(test, what, ms = 120000) {
    const until = Date.now() + ms
    for (;;) {
      try {
        const got = await test()
        if (got) return got
      } catch { /* not yet */ }
      if (Date.now() > until) throw new Error(`${what} did not come: ${this.log.slice(-800)}`)
      await new Promise((done) => setTimeout(done, 50))
    }
  }

  /* One of the staff, signed in over the API; the one-time password is SECRET from then on. */
  async as(login) {
    if (this.staff[login]) return this.staff[login]
    const person = new Person(this.base)
    await person.post('/login', { login, password: this.passwords[login] })
    if (this.passwords[login] !== SECRET) {
      await person.post('/me/password', { old: this.passwords[login], new: SECRET })
      this.passwords[login] = SECRET
      await person.post('/login', { login, password: SECRET })
    }
    this.staff[login] = person
    return person
  }

  /* An account made at the server, as the first three of a house are. */
  add(login, roles, name) {
    const told = execFileSync(binary, ['user', 'add', login, '--roles', roles, '--name', name, ...this.where, '--json'], { env, encoding: 'utf8' })
    this.passwords[login] = JSON.parse(told).password
  }

  /* A new one-time password, for those the demo tells none of. */
  reset(login) {
    const told = execFileSync(binary, ['user', 'reset', login, ...this.where, '--json'], { env, encoding: 'utf8' })
    this.passwords[login] = JSON.parse(told).password
  }

  /* The newest text sent to a phone that `pattern` finds something in. */
  async sent(phone, pattern, after = 0) {
    return this.wait(() => {
      const lines = this.log.slice(after).split('\n').filter((l) => l.includes(phone))
      for (const line of lines.reverse()) {
        const m = pattern.exec(line)
        if (m) return m[1]
      }
      return undefined
    }, `a text to ${phone}`)
  }

  async close() {
    this.process.kill('SIGTERM')
    await new Promise((done) => this.process.once('exit', done))
    if (process.env.POSTGRES) psql(`DROP DATABASE IF EXISTS ${this.database} WITH (FORCE)`)
    rmSync(this.folder, { recursive: true, force: true })
  }
}
