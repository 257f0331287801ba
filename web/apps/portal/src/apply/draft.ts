/*
** What has been typed so far: kept in this tab as it is typed, and on the server
** under a code when the applicant asks for it.  All values are text as typed.
*/
import { api, newKey, Problem, type Row } from '@tiaojie/core'
import { reactive, ref, watch } from 'vue'

export type Typed = Record<string, string | string[]>

export interface TypedClaim {
  cause: string
  amount: string
  from: string
  until: string
  basis: string
}

export interface Draft {
  at: number
  intake: Typed
  me: Typed
  other: Typed
  agent: Typed
  hasAgent: string
  roster: string
  claims: TypedClaim[]
  org: string
  orgName: string
  orgPhone: string
  truthful: boolean
  privacy: boolean
  sensitive: boolean
}

export interface Saved {
  code: string
  version: number
  day: string
}

const KEPT = 'tiaojie.apply'
export const newClaim = (): TypedClaim => ({ cause: '', amount: '', from: '', until: '', basis: '' })

function empty(): Draft {
  return {
    at: 0, intake: {}, me: { id_type: 'ID' }, other: { id_type: 'ID' }, agent: { id_type: 'ID' }, hasAgent: '', roster: '',
    claims: [newClaim()], org: '', orgName: '', orgPhone: '', truthful: false, privacy: false, sensitive: false,
  }
}

function read(): { draft: Draft; saved?: Saved } {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as { draft: Draft; saved?: Saved } | null
    if (kept?.draft) return { draft: { ...empty(), ...kept.draft }, saved: kept.saved }
  } catch {
    /* nothing usable was kept */
  }
  return { draft: empty() }
}

const kept = read()
export const draft = reactive<Draft>(kept.draft)
export const saved = ref<Saved | undefined>(kept.saved)
/* '' nothing to say, 'saving', 'saved', 'offline' (goes when the network is back), 'gone' */
export const saving = ref<'' | 'saving' | 'saved' | 'offline' | 'gone'>('')

watch([draft, saved], () => {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ draft, saved: saved.value }))
  } catch {
    /* no room: the page itself still holds it */
  }
}, { deep: true })

export function begun(): boolean {
  return Boolean(draft.intake.appl_type)
}

export function forget(): void {
  Object.assign(draft, empty())
  saved.value = undefined
  saving.value = ''
}

const content = () => JSON.stringify({ ...draft, truthful: false, privacy: false, sensitive: false })

/* Saves under a code that is made the first time.  The same key is used until an answer comes. */
let key = newKey()
export async function save(): Promise<boolean> {
  saving.value = 'saving'
  try {
    const had = saved.value
    const { data } = had
      ? await api.put('/api/v1/drafts/{code}', { path: { code: had.code }, body: { content: content() }, tag: `"${had.version}"`, key })
      : await api.post('/api/v1/drafts', { body: { content: content() }, key })
    saved.value = { code: had?.code ?? data.code, version: data.version, day: data.day ?? '' }
    saving.value = 'saved'
    key = newKey()
    return true
  } catch (e) {
    const problem = e instanceof Problem ? e : undefined
    saving.value = problem?.offline ? 'offline' : 'gone'
    if (!problem?.offline) key = newKey()
    return false
  }
}

/* After every page, once there is a code. */
export async function saveAgain(): Promise<void> {
  if (saved.value) await save()
}

window.addEventListener('online', () => {
  if (saving.value === 'offline') void save()
})

export async function resume(code: string): Promise<void> {
  const { data } = await api.get('/api/v1/drafts/{code}', { path: { code } })
  Object.assign(draft, empty(), JSON.parse(data.content) as Partial<Draft>)
  saved.value = { code, version: data.version, day: data.day ?? '' }
  saving.value = ''
}

export type { Row }
