/* Colours of the states of meetings, tasks and money; their names come from the forms. */
export const TONES: Readonly<Record<string, string>> = {
  PLANNED: '', NOTICED: 'run', HELD: 'warn', CLOSED: 'good', CANCELLED: '',
  OPEN: 'run', REPORTED: 'warn', DONE: 'good', RECEIVED: 'run', REPLIED: 'good',
  PROPOSED: 'run', CHECKED: 'run', APPROVED: 'warn', LISTED: 'warn', PAID: 'good', REFUSED: '', RECOVERING: 'bad', RECOVERED: 'good',
  DRAFT: 'run', DUE: 'bad', SIGNED: 'run', ACCEPTED: 'good', REJECTED: 'bad',
  FOUND: 'run', ASSESSED: 'run', HANDLING: 'warn', RESOLVED: 'good', CASE_OPENED: 'warn', ESCALATED: 'bad', DISMISSED: '',
  SENT: 'run', OVERDUE: 'bad', KEPT: 'good', BROKEN: 'bad',
  sent: 'run', opened: 'run', served: 'good', failed: 'bad', asked: 'run', ready: 'good', valid: 'good', replaced: '', revoked: 'bad', due: 'warn', issued: 'run',
  reading: 'run', sorting: 'run', done: 'good', waiting: 'run', sealed: 'good', refused: 'bad',
  PRESENT: 'good', LEAVE: 'warn', ABSENT: 'bad', ASKED: '',
}

export function daysUntil(day: string, from: string): number {
  return Math.round((Date.parse(day) - Date.parse(from)) / 86400000)
}
