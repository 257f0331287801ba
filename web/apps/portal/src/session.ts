/*
** A party's session: a receipt code and the phone given with it open one case.
** POST /party/code sends a code by SMS, POST /party/login takes it.
*/
import { api, Problem, type AnswerOf } from '@tiaojie/core'
import { ref } from 'vue'

export type Me = AnswerOf<'/api/v1/me', 'get'>
export const me = ref<Me>()

export const isRespondent = () => Boolean(me.value?.sides.includes('respondent'))

/* The session this browser has, if there is one. */
export async function whoAmI(): Promise<Me | undefined> {
  try {
    const { data } = await api.get('/api/v1/me')
    me.value = data.case_id ? data : undefined
  } catch (e) {
    if (!(e instanceof Problem) || e.status !== 401) throw e
    me.value = undefined
  }
  return me.value
}

export const askCode = (receipt: string, phone: string) => api.post('/api/v1/party/code', { body: { receipt, phone } })

export async function signIn(receipt: string, phone: string, code: string): Promise<void> {
  await api.post('/api/v1/party/login', { body: { receipt, phone, code } })
  await whoAmI()
}

export async function signOut(): Promise<void> {
  await api.post('/api/v1/logout').catch(() => undefined)
  me.value = undefined
}
