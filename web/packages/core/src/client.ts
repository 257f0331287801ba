/*
** The client of /api/v1, typed from docs/openapi.json (npm run types makes
** schema.d.ts).  A wrong path, member or value is a compile error.
**
**   const { data, tag } = await api.get('/api/v1/cases/{id}', { path: { id } })
**   await api.post('/api/v1/cases/{id}/answer', { path: { id }, body: { agrees: true }, key })
**
** Answers other than 2xx and lost connections are thrown as Problem.
*/
import type { paths } from './schema'

export interface FieldFault {
  field: string
  code: string
  message: string
  message_en?: string
  detail?: string /* more about it: which sheet, which line */
  detail_en?: string
}

/* status 0: no answer came; the same request may be sent again with the same key. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly titleEn: string,
    readonly errors: FieldFault[] = [],
    readonly retryAfter = 0,
    readonly code = '',   /* unauthorised, blocked, stale … */
    readonly detail = '', /* what it was about: a code, not for people */
  ) {
    super(title)
    this.name = 'Problem'
  }
  get offline(): boolean {
    return this.status === 0
  }
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Operation<P extends keyof paths, M extends Method> = M extends keyof paths[P] ? paths[P][M] : never
type With<M extends Method> = {
  [P in keyof paths]: Operation<P, M> extends { responses: unknown } ? P : never
}[keyof paths]

export type BodyOf<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined
export type AnswerOf<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: { '2XX': { content: { 'application/json': infer A } } } } ? A : unknown
export type ItemOf<P extends keyof paths> = AnswerOf<P, 'get'> extends { items: (infer I)[] } ? I : unknown

export interface Options<B = undefined> {
  path?: Record<string, string>
  query?: Record<string, string | number | boolean | undefined>
  body?: B
  /* If-Match of an edit: the tag that came with what was read */
  tag?: string
  /* Idempotency-Key: one a user action, the same again when it is retried */
  key?: string
  signal?: AbortSignal
}

export interface Answer<T> {
  data: T
  tag: string
  status: number
}

/* A key for one action of the user. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}

export function urlOf(path: string, options: Pick<Options, 'path' | 'query'> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(options.path?.[name] ?? ''))
  const query = Object.entries(options.query ?? {}).filter(([, v]) => v !== undefined && v !== '')
  if (!query.length) return filled
  return filled + '?' + query.map(([k, v]) => `${k}=${encodeURIComponent(String(v))}`).join('&')
}

/* problem+json as a Problem; also of answers that are no JSON. */
export async function problemOf(answer: { status: number; text(): Promise<string>; headers?: Headers }): Promise<Problem> {
  let told: Record<string, unknown> = {}
  try {
    told = JSON.parse(await answer.text()) as Record<string, unknown>
  } catch {
    /* a gateway's page: the status says enough */
  }
  const text = (name: string) => (typeof told[name] === 'string' ? (told[name] as string) : '')
  const title = text('title')
  const titleEn = text('title_en') || title
  const errors = Array.isArray(told.errors) ? (told.errors as FieldFault[]) : []
  return new Problem(answer.status, title, titleEn, errors, Number(answer.headers?.get('Retry-After') ?? 0), text('code'), text('detail'))
}

/* Told of every 401, so that a face can ask to sign in. */
let whenSignedOut: () => void = () => undefined
export function onSignedOut(tell: () => void): void {
  whenSignedOut = tell
}

async function send<T>(method: Method, path: string, options: Options<unknown>): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (method !== 'get') headers['Idempotency-Key'] = options.key ?? newKey()
  if (options.tag) headers['If-Match'] = options.tag
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  let answer: Response
  try {
    answer = await fetch(urlOf(path, options), {
      method: method.toUpperCase(), headers, credentials: 'same-origin', signal: options.signal,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    })
  } catch (e) {
    if (options.signal?.aborted) throw e
    throw new Problem(0, '网络没有接通', 'no connection')
  }
  if (!answer.ok) {
    if (answer.status === 401) whenSignedOut()
    throw await problemOf(answer)
  }
  const text = await answer.text()
  return { data: (text ? JSON.parse(text) : undefined) as T, tag: answer.headers.get('ETag') ?? '', status: answer.status }
}

function method<M extends Method>(m: M) {
  return <P extends With<M> & string>(path: P, options: Options<BodyOf<P, M>> = {}): Promise<Answer<AnswerOf<P, M>>> =>
    send<AnswerOf<P, M>>(m, path, options)
}

export const api = {
  get: method('get'), post: method('post'), put: method('put'), patch: method('patch'), delete: method('delete'),
}

/* All pages of a list, at most `most` rows. */
export async function all<P extends With<'get'> & string>(
  path: P, options: Options<undefined> = {}, most = 2000,
): Promise<ItemOf<P>[]> {
  const rows: ItemOf<P>[] = []
  let after: string | undefined
  do {
    const { data } = await send<{ items: ItemOf<P>[]; next: string }>('get', path, { ...options, query: { ...options.query, after } })
    rows.push(...data.items)
    after = data.next || undefined
  } while (after && rows.length < most)
  return rows
}

/* Sends a file as the body, telling how much has left (0 to 1). */
export function upload<T>(
  path: string, options: Pick<Options, 'path' | 'query' | 'key' | 'signal'>, file: Blob, progress: (part: number) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', urlOf(path, options))
    request.setRequestHeader('Idempotency-Key', options.key ?? newKey())
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
    request.onerror = () => reject(new Problem(0, '网络没有接通', 'no connection'))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve(JSON.parse(request.responseText) as T)
      if (request.status === 401) whenSignedOut()
      void problemOf({ status: request.status, text: () => Promise.resolve(request.responseText) }).then(reject)
    }
    options.signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
