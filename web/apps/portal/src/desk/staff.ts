/* The mediator who is signed in on this phone. */
import { api, Problem, type AnswerOf } from '@tiaojie/core'
import { ref } from 'vue'

export type Staff = AnswerOf<'/api/v1/me', 'get'>
export const staff = ref<Staff>()
const MEDIATES = ['mediator', 'lead']

export const mediates = () => Boolean(staff.value?.roles.some((r) => MEDIATES.includes(r)))

/* A party's session is none of the desk. */
export async function whoWorks(): Promise<Staff | undefined> {
  try {
    const { data } = await api.get('/api/v1/me')
    staff.value = data.case_id ? undefined : data
  } catch (e) {
    if (!(e instanceof Problem) || e.status !== 401) throw e
    staff.value = undefined
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
  staff.value = undefined
}
