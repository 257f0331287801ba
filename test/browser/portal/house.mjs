/*
** A house of its own for the tests: a demo office in a fresh folder, the real
** server, and its staff, who do over the API what is not the portal's part.
*/
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const binary = resolve(root, process.env.BUILD ?? 'build', 'tiaojie')
const env = { ...process.env, TIAOJIE_DATA: join(root, 'data') }
const SECRET = 'Harbour.7314.morning'

let count = 0
const key = () => `test-${process.pid}-${Date.now()}-${++count}`

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

export class House {
  /* `cases`: so many made-up ones, and what the bureau did beside them. */
  static async open({ web = 'build/web', port = 0, cases = 0 } = {}) {
    const house = new House()
    house.folder = mkdtempSync(join(tmpdir(), 'tiaojie-portal-'))
    const where = house.database()
    const said = execFileSync(binary, ['demo', 'office', '--folder', house.folder, ...where, '--demo'], { env, encoding: 'utf8' })
    house.passwords = Object.fromEntries(said.split('\n').map((l) => l.split(/\s+/)).filter((w) => w.length > 3).map((w) => [w[0], w[1]]))
    house.names = Object.fromEntries(said.split('\n').map((l) => l.trim().split(/\s{2,}/)).filter((w) => w.length > 3).map((w) => [w[0], w[3].split(' ')[0]]))
    if (cases) {
      const from = new Date(Date.now() - 100 * 86400000).toISOString().slice(0, 10)
      execFileSync(binary, ['demo', 'cases', '--synthetic', String(cases), '--from', from, '--folder', house.folder, '--demo'], { env, stdio: 'ignore' })
    }
    house.log = ''
    house.port = port || 20000 + Math.floor(Math.random() * 20000)
    house.base = `http://127.0.0.1:${house.port}`
    house.process = spawn(binary, ['serve', '--folder', house.folder, ...where, '--demo', '--port', String(house.port), '--workers', '4',
      '--web', resolve(root, web)], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [house.process.stdout, house.process.stderr]) stream.on('data', (d) => { house.log += d })
    await house.wait(async () => (await fetch(`${house.base}/readyz`)).ok, 'the server')
    house.staff = {}
    return house
  }

  /* With $POSTGRES (script/with-postgres) a fresh database there, else a file in the folder. */
  database() {
    if (!process.env.POSTGRES) return []
    execFileSync('psql', ['-qh', process.env.POSTGRES_FOLDER, '-U', 'postgres', '-c', 'DROP DATABASE IF EXISTS test WITH (FORCE)', '-c', 'CREATE DATABASE test'], { stdio: 'ignore' })
    return ['--database', process.env.POSTGRES]
  }

  nameOf(login) { return this.names[login] }

  async wait(test, what, ms = 15000) {
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

  async as(login) {
    if (this.staff[login]) return this.staff[login]
    const person = new Person(this.base)
    await person.post('/login', { login, password: this.passwords[login] })
    await person.post('/me/password', { old: this.passwords[login], new: SECRET })
    await person.post('/login', { login, password: SECRET })
    this.staff[login] = person
    return person
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
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true, force: true })
  }
}

export { readFileSync, root }
