/* What the server refused, with what it still waits for; apart from the shell, which the first page carries. */
import { blockedBy, either, Problem } from '@tiaojie/core'
import { sayProblem } from './shell'

export function sayRefusal(e: unknown): string {
  const why = e instanceof Problem && e.code === 'blocked' ? blockedBy(e.detail) : ''
  return sayProblem(e) + (why && either('：', ': ') + why)
}
