/* What this browser keeps of a person's own settings; without storage it holds for the visit. */
import { session } from '../session'

const place = (name: string) => `tiaojie.console.${session.me?.login ?? ''}.${name}`

export function kept<T>(name: string, first: T): T {
  try {
    return JSON.parse(localStorage.getItem(place(name)) ?? '') as T
  } catch {
    return first
  }
}

export function keep(name: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(place(name))
    else localStorage.setItem(place(name), JSON.stringify(value))
  } catch {
    /* a private window */
  }
}
