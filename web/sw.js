/*
** The shell of both faces without a network.  Kept: the pages' own files (SHELL, made by
** shell.mjs) and what anybody may read of forms, reference tables and organisations.
** An answer about a case or a person is never kept here, nor is anything sent from here.
*/
const SHELL = { version: '', portal: [], console: [] }
const FILES = 'files'
const OPEN = 'open'
const READ = /^\/api\/v1\/(forms|forms\/\w+|reference\/\w+|public\/orgs)$/
const ELSEWHERE = /^\/(api|v|healthz|readyz|metrics)(\/|$)/
const WAIT_MS = 6000

const faceOf = (path) => (path.startsWith('/console') ? 'console' : 'portal')
const pageOf = (face) => (face === 'console' ? '/console/index.html' : '/index.html')

async function fill(face) {
  const cache = await caches.open(FILES)
  const there = new Set((await cache.keys()).map((r) => new URL(r.url).pathname))
  for (const path of SHELL[face]) if (!there.has(path)) await cache.add(path)
  await cache.add(new Request(pageOf(face), { cache: 'reload' }))
}
async function tidy() {
  const cache = await caches.open(FILES)
  const now = new Set([...SHELL.portal, ...SHELL.console, '/index.html', '/console/index.html'])
  const old = (await cache.keys()).filter((r) => !now.has(new URL(r.url).pathname))
  const had = await Promise.all(['portal', 'console'].map(async (f) => ((await cache.match(pageOf(f))) ? f : '')))
  for (const face of had.filter(Boolean)) await fill(face)
  for (const r of old) await cache.delete(r)
}

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (e) => e.waitUntil(tidy().catch(() => undefined).then(() => self.clients.claim())))
self.addEventListener('message', (e) => {
  const { face, read } = e.data ?? {}
  if (!SHELL[face]) return
  e.waitUntil(fill(face).then(async () => {
    const cache = await caches.open(OPEN)
    for (const path of read.filter((p) => READ.test(new URL(p, self.location).pathname))) await cache.add(path)
  }).catch(() => undefined))
})

function soon(request) {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), WAIT_MS)
  return fetch(request, { signal: stop.signal }).finally(() => clearTimeout(timer))
}
async function page(request, face) {
  try {
    return await soon(request.url)
  } catch (e) {
    const kept = await (await caches.open(FILES)).match(pageOf(face))
    if (kept) return kept
    throw e
  }
}
async function file(request) {
  const kept = await (await caches.open(FILES)).match(request)
  return kept ?? fetch(request)
}
async function open(request) {
  const cache = await caches.open(OPEN)
  try {
    const answer = await soon(request)
    if (answer.ok && !request.headers.has('If-Match')) await cache.put(request, answer.clone())
    return answer
  } catch (e) {
    const kept = await cache.match(request)
    if (kept) return kept
    throw e
  }
}

self.addEventListener('fetch', (e) => {
  const { request } = e
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (!ELSEWHERE.test(url.pathname)) e.respondWith(page(request, faceOf(url.pathname)))
  } else if (/^\/(console\/)?assets\//.test(url.pathname) || url.pathname === '/icon.svg') {
    e.respondWith(file(request))
  } else if (READ.test(url.pathname)) {
    e.respondWith(open(request))
  }
})
