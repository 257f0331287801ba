/* Who is signed in, and what that opens. */
import { reactive } from 'vue'
import { api, onSignedOut, Problem } from '@tiaojie/core'

export interface Me {
  id: string
  login: string
  name: string
  roles: string[]
  org: string | null
  org_path: string
  duty: string
  totp_on: boolean
}

export const session = reactive<{ me: Me | undefined; known: boolean; ended: boolean }>({ me: undefined, known: false, ended: false })

/* The session is over on the server: what is on the screen stays, signing in comes on top. */
export function signedOut(): void {
  if (session.me && !session.me.duty) session.ended = true
}
onSignedOut(signedOut)

export function may(...roles: string[]): boolean {
  return roles.some((r) => session.me?.roles.includes(r))
}

/* Somebody of a case, who has come to the door of the staff. */
export const isParty = (): boolean => may('party', 'representative')

export function isAdmin(): boolean {
  return may('sys_admin', 'sec_admin', 'auditor')
}

export function setMe(me: unknown): void {
  session.me = me as Me
  session.known = true
  session.ended = false
}

export async function findMe(): Promise<void> {
  try {
    setMe((await api.get('/api/v1/me')).data)
  } catch (e) {
    if (!(e instanceof Problem) || e.status === 0) throw e
    session.me = undefined
    session.known = true
  }
}

export async function leave(): Promise<void> {
  try {
    await api.post('/api/v1/logout', {})
  } catch {
    /* the server does not answer or has ended it already: it is over here in any case */
  }
  session.me = undefined
  session.ended = false
}
