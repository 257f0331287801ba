/* The mediator who is signed in on this phone. */
import { api, Problem, type AnswerOf } from '@tiaojie/core'
import { ref } from 'vue'

export type Staff = AnswerOf<'/api/v1/me', 'get'>
export const staff = ref<Staff>()
const MEDIATES = ['mediator', 'lead']

export const mediates = () => Boolean(staff.value?.roles.some((r) => MEDIATES.includes(r)))

/* Who was signed in last, so that the desk opens without a network: three days at most, not after signing out. */
const REMEMBERED = 'tiaojie.desk.me'
const REMEMBER_MS = 72 * 3600e3
function remember(me: Staff | undefined): void {
  try {
    if (me && !me.duty) localStorage.setItem(REMEMBERED, JSON.stringify({ me, at: Date.now() }))
    else localStorage.removeItem(REMEMBERED)
  } catch {
    /* a private window */
  }
}
export function recall(): Staff | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null') as { me: Staff; at: number } | null
    return kept && Date.now() - kept.at < REMEMBER_MS ? kept.me : undefined
  } catch {
    return undefined
  }
}

/* A party's session is none of the desk. */
export async function whoWorks(): Promise<Staff | undefined> {
  try {
    const { data } = await api.get('/api/v1/me')
    staff.value = data.case_id ? undefined : data
    if (staff.value) remember(staff.value)
  } catch (e) {
    if (!(e instanceof Problem) || ![0, 401].includes(e.status)) throw e
    staff.value = e.offline ? recall() : undefined
    if (e.offline && !staff.value) throw e
  }
  return staff.value
}
export async function enter(login: string, password: string, code: string): Promise<Staff> {
  const { data } = await api.post('/api/v1/login', { body: { login, password, ...(code ? { code } : {}) } })
  staff.value = data as unknown as Staff
  return staff.value
}
export async function leave(): Promise<void> {
  await api.post('/api/v1/logout').catch(() => undefined)
  remember(undefined)
  staff.value = undefined
}
