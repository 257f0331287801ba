/*
** What was typed without a network: at most QUEUE_MAX records, kept on this device until
** the line is back, each with the key under which it is sent, so that it is done once
** however often it is sent.  In IndexedDB, sealed by a key of their owner that cannot be
** read out; both go when the owner signs out.  Nobody else's name is ever sent under.
**
**   await openWaiting('clerk', me)      what waits, in `waiting.list`
**   await keepWaiting({ … })            one more; Full if there is no room
**   await sendWaiting()                 one after the other, from one tab only
*/
import { reactive } from 'vue'
import { api, newKey, Problem } from './client'

export const QUEUE_MAX = 200
/* The server knows a key for seven days; what was sent without an answer before is asked about. */
const DOUBT_MS = 6 * 86400e3
/* Clocks are put right by minutes; by more, nobody knows how long ago that was. */
const CLOCK_MS = 600e3
const TICK_MS = 15000

export interface Refused {
  status: number
  code: string
  title: string
  titleEn: string
  detail: string
  errors: { field: string; code: string; message: string; message_en?: string }[]
}
export interface Waiting {
  key: string
  owner: string
  seq: number
  what: 'apply' | 'reception' | 'contact' | 'private' | 'minutes'
  about: string                       /* whom it is about, for the list */
  path: string                        /* /api/v1/cases/{id}/contacts */
  params: Record<string, string>
  form: string                        /* of the body, for its words */
  body: Record<string, unknown>
  first?: Record<string, unknown>     /* another body that was sent under this key before, unanswered */
  typed: unknown                      /* as the page holds it, for correcting */
  choices?: Record<string, { value: string; label: string; en: string }[]>
  base?: { path: string; newest: string } /* a list that must still end with this one */
  made: string
  tried?: string                      /* first sent, and no answer came */
  state: 'waiting' | 'refused' | 'doubt' | 'sent'
  problem?: Refused
  answer?: Record<string, unknown>
}
export type New = Omit<Waiting, 'owner' | 'seq' | 'made' | 'state' | 'problem' | 'answer'>

export class Full extends Error {}

/* `others`: how many wait here for somebody else. */
export const waiting = reactive<{ owner: string; list: Waiting[]; others: number; sending: boolean; done: number; of: number; line: boolean }>({
  owner: '', list: [], others: 0, sending: false, done: 0, of: 0, line: true,
})

export const open = (list: Waiting[]): Waiting[] => list.filter((w) => w.state !== 'sent')

/* Only where the page came safely is there something to seal with. */
export const canWait = (): boolean => typeof indexedDB !== 'undefined' && Boolean(globalThis.crypto?.subtle)

/* ---- the store ----------------------------------------------------------------------- */

interface Sealed { key: string; owner: string; seq: number; iv: Uint8Array; data: ArrayBuffer }

let database: Promise<IDBDatabase> | undefined
function db(): Promise<IDBDatabase> {
  database ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open('tiaojie', 1)
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('waiting', { keyPath: 'key' })
      asked.result.createObjectStore('keys')
      asked.result.createObjectStore('taken') /* what is taken along, by owner */
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('no store'))
  })
  database.catch(() => { database = undefined })
  return database
}
async function run<T>(store: string, mode: IDBTransactionMode, ask: (s: IDBObjectStore) => IDBRequest<T> | undefined): Promise<T> {
  const tx = (await db()).transaction(store, mode)
  return new Promise((resolve, reject) => {
    const asked = ask(tx.objectStore(store))
    tx.oncomplete = () => resolve(asked?.result as T) /* on the disk */
    tx.onerror = tx.onabort = () => reject(tx.error ?? new Error('not kept'))
  })
}

async function keyOf(owner: string): Promise<CryptoKey> {
  const there = await run<CryptoKey | undefined>('keys', 'readonly', (s) => s.get(owner))
  if (there) return there
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await run('keys', 'readwrite', (s) => s.put(made, owner))
  return made
}
async function seal(owner: string, value: unknown): Promise<{ iv: Uint8Array; data: ArrayBuffer }> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(JSON.stringify(value))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(owner), text) }
}
async function unseal<T>(owner: string, sealed: { iv: Uint8Array; data: ArrayBuffer }): Promise<T> {
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv as BufferSource }, await keyOf(owner), sealed.data)
  return JSON.parse(new TextDecoder().decode(text)) as T
}

async function store(w: Waiting): Promise<void> {
  const plain = JSON.parse(JSON.stringify(w)) as Waiting
  const sealed: Sealed = { key: w.key, owner: w.owner, seq: w.seq, ...(await seal(w.owner, plain)) }
  await run('waiting', 'readwrite', (s) => s.put(sealed))
}

/* ---- what waits ------------------------------------------------------------------------ */

export async function openWaiting(owner: string): Promise<void> {
  waiting.owner = owner
  waiting.list = []
  if (!owner || !canWait()) return
  const all = await run<Sealed[]>('waiting', 'readonly', (s) => s.getAll())
  waiting.others = all.filter((x) => x.owner !== owner).length
  const list: Waiting[] = []
  for (const x of all.filter((s) => s.owner === owner)) list.push(await unseal<Waiting>(owner, x))
  if (waiting.owner === owner) waiting.list = list.sort((a, b) => a.seq - b.seq)
}

export async function keepWaiting(one: New): Promise<Waiting> {
  if (open(waiting.list).length >= QUEUE_MAX) throw new Full()
  const seq = Math.max(0, ...waiting.list.map((w) => w.seq)) + 1
  const w: Waiting = { ...one, owner: waiting.owner, seq, made: new Date().toISOString(), state: 'waiting' }
  await store(w)
  waiting.list.push(w)
  return w
}

export async function dropWaiting(key: string): Promise<void> {
  await run('waiting', 'readwrite', (s) => s.delete(key))
  waiting.list = waiting.list.filter((w) => w.key !== key)
}

/* Sent once more as it is, under its own key: nothing of it was kept by the server.  With
** `anew`, although it may have been: under a key of its own. */
export async function sendAgain(w: Waiting, anew = false): Promise<void> {
  if (anew) await dropWaiting(w.key)
  Object.assign(w, { state: 'waiting', problem: undefined, base: undefined }, anew ? { key: newKey(), tried: undefined } : {})
  await store(w)
  if (anew) waiting.list.push(w)
}

/* Everything of an owner, and the key it was sealed by. */
export async function forgetWaiting(owner: string): Promise<void> {
  if (!canWait() || !owner) return
  const all = await run<Sealed[]>('waiting', 'readonly', (s) => s.getAll())
  for (const x of all) if (x.owner === owner) await run('waiting', 'readwrite', (s) => s.delete(x.key))
  await run('taken', 'readwrite', (s) => s.delete(owner))
  await run('keys', 'readwrite', (s) => s.delete(owner))
  if (waiting.owner === owner) waiting.list = []
}

/* ---- taken along -------------------------------------------------------------------------- */

/* What is needed away from the network, by its owner's own wish. */
export async function takeAlong(owner: string, what: unknown): Promise<void> {
  const sealed = await seal(owner, what)
  await run('taken', 'readwrite', (s) => s.put(sealed, owner))
}
export async function takenAlong<T>(owner: string): Promise<T | undefined> {
  if (!canWait() || !owner) return undefined
  const sealed = await run<{ iv: Uint8Array; data: ArrayBuffer } | undefined>('taken', 'readonly', (s) => s.get(owner))
  return sealed && unseal<T>(owner, sealed)
}

/* ---- sending ---------------------------------------------------------------------------------- */

type Call = (path: string, options: object) => Promise<{ data: Record<string, unknown> }>
const post = api.post as unknown as Call
const get = api.get as unknown as Call

const refusal = (e: Problem): Refused => ({ status: e.status, code: e.code, title: e.title, titleEn: e.titleEn, detail: e.detail, errors: e.errors })

/* Somebody wrote there meanwhile: what was typed did not know it. */
async function changed(w: Waiting): Promise<boolean> {
  if (!w.base || w.tried) return false
  const { data } = await get(w.base.path, { path: w.params, query: { limit: 200 } })
  const items = data.items as { id: string }[]
  const newest = items[items.length - 1]?.id ?? ''
  return newest !== w.base.newest && !waiting.list.some((x) => x.answer?.id === newest)
}

/* Under one key there is one content: if an earlier one was done, its answer is asked for. */
async function ask(w: Waiting): Promise<Record<string, unknown>> {
  const send = async (body: Record<string, unknown>) => (await post(w.path, { path: w.params, body, key: w.key })).data
  try {
    return await send(w.body)
  } catch (e) {
    if (w.first && e instanceof Problem && e.code === 'key_reused') return send(w.first)
    throw e
  }
}

/* By the device's own clock, which may have been set since. */
function doubtful(w: Waiting): boolean {
  const ago = w.tried ? Date.now() - Date.parse(w.tried) : 0
  return ago > DOUBT_MS || ago < -CLOCK_MS
}

/* What its owner may not do now: when that is put right it goes as it is. */
export const barred = (w: Waiting): boolean => [403, 404].includes(w.problem?.status ?? 0)

/* True: go on with the next one. */
async function sendOne(w: Waiting): Promise<boolean> {
  try {
    if (doubtful(w)) {
      w.state = 'doubt'
    } else if (await changed(w)) {
      Object.assign(w, { state: 'refused', problem: { status: 409, code: 'changed', title: '', titleEn: '', detail: '', errors: [] } })
    } else {
      if (!w.tried) {
        w.tried = new Date().toISOString()
        await store(w) /* whatever happens from here on, it may have been done */
      }
      Object.assign(w, { state: 'sent', answer: (await ask(w)) ?? {}, problem: undefined })
    }
  } catch (e) {
    if (!(e instanceof Problem)) throw e
    if (e.status === 0 || e.status === 401 || e.status === 429 || e.status >= 500) return false
    Object.assign(w, { state: 'refused', problem: refusal(e), tried: undefined })
  }
  await store(w)
  return true
}

async function sendList(mayGo: () => Promise<boolean>): Promise<void> {
  const list = waiting.list.filter((w) => w.state === 'waiting')
  if (!list.length || !(await mayGo())) return
  Object.assign(waiting, { sending: true, done: 0, of: list.length })
  try {
    for (const w of list) {
      if (w.owner !== waiting.owner || !(await sendOne(w))) break
      waiting.done++
    }
  } finally {
    waiting.sending = false
  }
}

let who: () => Promise<string> = () => Promise.resolve('')

/* Sends what waits, unless another tab does or somebody else is signed in. */
export async function sendWaiting(): Promise<void> {
  if (!canWait() || waiting.sending || !waiting.owner) return
  const mayGo = async () => (await who()) === waiting.owner
  const locks = (navigator as { locks?: LockManager }).locks
  if (!locks) return sendList(mayGo)
  await locks.request('tiaojie.waiting', { ifAvailable: true }, async (lock) => {
    if (!lock) return
    await openWaiting(waiting.owner) /* another tab may have sent some */
    await sendList(mayGo)
  })
}

/* From now on whenever the line is back.  `owner` says whose session the server knows: '' for none. */
export function watchLine(owner: () => Promise<string>): void {
  who = async () => {
    try {
      const name = await owner()
      waiting.line = true
      return name
    } catch (e) {
      if (e instanceof Problem && e.status) waiting.line = true
      else waiting.line = false
      return ''
    }
  }
  const look = (): void => { if (!waiting.line || waiting.list.some((w) => w.state === 'waiting')) void (waiting.list.some((w) => w.state === 'waiting') ? sendWaiting() : who()).catch(() => undefined) }
  window.addEventListener('online', look)
  window.addEventListener('offline', () => { waiting.line = false })
  window.setInterval(look, TICK_MS)
}
