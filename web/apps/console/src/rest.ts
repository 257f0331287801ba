/*
** Calls whose path is known only when the program runs (tables of routes), and
** lists with their count.  Everything else uses the typed client.
*/
import { api, newKey, Problem, problemOf, urlOf, type Options } from '@tiaojie/core'
import { signedOut } from './session'

export type Item = Record<string, any>
export interface Page {
  items: Item[]
  next: string
}
type Any = (path: string, options?: Options<unknown>) => Promise<{ data: any; tag: string; status: number }>
type Call = Pick<Options, 'path' | 'query' | 'tag' | 'key'> & { body?: unknown }

export async function get(path: string, query?: Options['query']): Promise<any> {
  return (await (api.get as unknown as Any)('/api/v1' + path, { query })).data
}

export async function getTagged(path: string): Promise<{ data: any; tag: string }> {
  return (api.get as unknown as Any)('/api/v1' + path)
}

export function send(method: string, path: string, call: Call = {}): Promise<{ data: any; tag: string }> {
  return (api[method as 'post'] as unknown as Any)(path, call)
}

/* All rows of a list; at most `most`. */
export async function rows(path: string, query: Record<string, string> = {}, most = 1000): Promise<Item[]> {
  const out: Item[] = []
  let after = ''
  do {
    const page = (await get(path, { ...query, after })) as Page
    out.push(...page.items)
    after = page.next
  } while (after && out.length < most)
  return out
}

/* `undefined` where there is nothing to see or this person may not see it. */
export async function maybe<T>(wanted: Promise<T>): Promise<T | undefined> {
  try {
    return await wanted
  } catch (e) {
    if (e instanceof Problem && [403, 404, 409].includes(e.status)) return undefined
    throw e
  }
}

/* A page of a list and how many rows there are: "40", "1000+". */
export async function counted(path: string, query: Options['query'], signal?: AbortSignal): Promise<Page & { count: string }> {
  let answer: Response
  try {
    answer = await fetch(urlOf('/api/v1' + path, { query }), { credentials: 'same-origin', signal })
  } catch (e) {
    if (signal?.aborted) throw e
    throw new Problem(0, '网络没有接通', 'no connection')
  }
  if (!answer.ok) {
    if (answer.status === 401) signedOut()
    throw await problemOf(answer)
  }
  return { ...((await answer.json()) as Page), count: answer.headers.get('X-Count') ?? '' }
}

/* A file made from what is sent: a preview. */
export async function fileFrom(path: string, body: unknown): Promise<Blob> {
  const answer = await fetch('/api/v1' + path, {
    method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': newKey() }, body: JSON.stringify(body),
  }).catch(() => { throw new Problem(0, '网络没有接通', 'no connection') })
  if (answer.ok) return answer.blob()
  if (answer.status === 401) signedOut()
  throw await problemOf(answer)
}

/* Saves it under a name. */
export function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60000)
}
