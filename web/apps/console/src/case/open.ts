/* The case that a page shows, and what may be done to it: shared by header, tabs and dialogs. */
import { inject, type InjectionKey } from 'vue'
import table from 'virtual:case-routes'
import { either } from '@tiaojie/core'
import type { Item } from '../rest'
import { may } from '../session'

export interface Route {
  method: string
  path: string
  event: string
  roles: string[]
  zh: string
  en: string
}
export const routes: readonly Route[] = table
const STEM = '/api/v1/cases/{id}'

export function routeOf(tail: string, method = 'post'): Route | undefined {
  return routes.find((r) => r.path === STEM + tail && r.method === method)
}
export function routeOfEvent(event: string): Route | undefined {
  return routes.find((r) => r.event === event)
}
export function mayUse(r: Route | undefined): r is Route {
  return !!r && may(...r.roles)
}
export function routeLabel(r: Route): string {
  return either(r.zh, r.en.charAt(0).toUpperCase() + r.en.slice(1))
}

/* The list that a path's second parameter is chosen from: "sessions" of …/sessions/{session}/open. */
export function listOf(r: Route): { param: string; list: string } | undefined {
  const m = /\{id\}\/([\w-]+)\/\{(\w+)\}/.exec(r.path)
  if (!m) return undefined
  return { param: m[2]!, list: m[1]! }
}

export interface Choice {
  event: string
  label: string
  en: string
  open: boolean
  why: string
  why_en: string
  approval: boolean
}

export interface OpenCase {
  id: string
  row: Item
  parties: Item[]
  clocks: Item[]
  tasks: Item[]
  choices: Choice[]
  turn: number /* changes with every reload: tabs read again */
  run: (route: Route, params?: Record<string, string>, row?: Item) => void
  reload: () => Promise<void>
}
export const openCase: InjectionKey<OpenCase> = Symbol('open-case')

export function useCase(): OpenCase {
  return inject(openCase)!
}
