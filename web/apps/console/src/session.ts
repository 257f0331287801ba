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

/* Who was signed in last, so that the reception opens without a network: not longer than three days, and not
** after signing out. */
const REMEMBERED = 'tiaojie.console.me'
const REMEMBER_MS = 72 * 3600e3
function remember(me: Me | undefined): void {
  try {
    if (me && !me.duty) localStorage.setItem(REMEMBERED, JSON.stringify({ me, at: Date.now() }))
    else localStorage.removeItem(REMEMBERED)
  } catch {
    /* a private window */
  }
}
function recall(): Me | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null') as { me: Me; at: number } | null
    return kept && Date.now() - kept.at < REMEMBER_MS ? kept.me : undefined
  } catch {
    return undefined
  }
}

export function setMe(me: unknown): void {
  session.me = me as Me
  remember(session.me)
  session.known = true
  session.ended = false
}

export async function findMe(): Promise<void> {
  try {
    setMe((await api.get('/api/v1/me')).data)
  } catch (e) {
    if (!(e instanceof Problem)) throw e
    session.me = e.offline ? recall() : undefined
    if (e.offline && !session.me) throw e
    session.known = true
  }
}

export async function leave(): Promise<void> {
  try {
    await api.post('/api/v1/logout', {})
  } catch {
    /* the server does not answer or has ended it already: it is over here in any case */
  }
  remember(undefined)
  session.me = undefined
  session.ended = false
}

/* Whose session the server knows; '' for none.  Throws without a network. */
export async function whose(): Promise<string> {
  try {
    return String((await api.get('/api/v1/me')).data.login ?? '')
  } catch (e) {
    if (e instanceof Problem && e.status) return ''
    throw e
  }
}
