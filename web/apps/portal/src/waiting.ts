/*
** What waits on this device for its owner: the mediator who is signed in, or whoever
** applies.  Loaded by the pages that need it and at the start where something waits.
*/
import { api, Problem } from '@tiaojie/core'
import { keepShell } from '@tiaojie/core/shell'
import { openWaiting, sendWaiting, waiting, watchLine } from '@tiaojie/core/waiting'
import { recall, staff, whoWorks } from './desk/staff'

export const APPLICANT = 'applicant'
const MARK = 'tiaojie.waits'
let begun: Promise<void> | undefined

/* Whose session the server knows: an applicant needs none, only the line. */
async function whose(): Promise<string> {
  if (waiting.owner !== APPLICANT) {
    try {
      return String((await api.get('/api/v1/me')).data.login ?? '')
    } catch (e) {
      if (e instanceof Problem && e.status) return ''
      throw e
    }
  }
  const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => { throw new Problem(0, '', '') })
  return answer.ok ? APPLICANT : ''
}

/* Opens what waits of one owner, and sends it when there is a line. */
export async function waitFor(owner: string): Promise<void> {
  if (waiting.owner !== owner) await openWaiting(owner)
  begun ??= Promise.resolve(watchLine(whose))
  mark()
  void sendWaiting().finally(mark).catch(() => undefined)
}
export async function waitForMine(): Promise<void> {
  await whoWorks().catch(() => undefined)
  const me = staff.value ?? recall() /* whose session is over signs in again */
  await waitFor(me && !me.duty ? String(me.login) : APPLICANT)
}

/* So that the next start looks. */
export function mark(): void {
  try {
    if (waiting.list.length) localStorage.setItem(MARK, String(waiting.list.length))
    else localStorage.removeItem(MARK)
  } catch {
    /* the page itself says so */
  }
}

const FORMS = ['/api/v1/forms', '/api/v1/forms/Intake', '/api/v1/reference/causes', '/api/v1/reference/industries?limit=30', '/api/v1/reference/regions']
const DESK = ['/api/v1/forms', '/api/v1/forms/Contact', '/api/v1/forms/Sitting', '/api/v1/forms/Commitment', '/api/v1/reference/causes']
export const keepPages = (desk: boolean, more: string[] = []): Promise<void> => keepShell('portal', [...(desk ? DESK : FORMS), ...more])
