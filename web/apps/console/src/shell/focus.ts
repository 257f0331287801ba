/*
** What has the keyboard may go away: the button of a step that is done, a row that was struck,
** a tab that was read anew.  A browser then drops the focus to the top of the page; here it goes
** to what took the place.
*/
const STOPS = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]'
const QUIET_MS = 60 /* the page has come to rest */

interface Place {
  trail: HTMLElement[] /* from what had the focus outwards */
  words: string
  head: string /* of its section */
}
const said = (e: Element | null | undefined) => (e instanceof HTMLElement ? e.innerText.trim() : '')
const seen = (e: Element) => e.getClientRects().length > 0
const there = (e: Element) => e.isConnected && seen(e)
const headOf = (e: Element) => said(e.closest('section')?.querySelector('h2'))

let inPage: Place | undefined
let inLayer: Place | undefined
let timer = 0
let pointed = false /* the last thing done was done with a pointer: then the page stays where it is */

const layer = () => [...document.querySelectorAll('[role=dialog][aria-modal=true]')].filter(seen).pop()

function remember(e: FocusEvent): void {
  const at = e.target as HTMLElement
  const page = at.closest('#main')
  if (!page && !at.closest('[role=dialog]')) return
  const trail: HTMLElement[] = []
  for (let x: HTMLElement | null = at; x && x !== document.body; x = x.parentElement) trail.push(x)
  const place = { trail, words: said(at), head: headOf(at) }
  if (page) inPage = place
  else inLayer = place
}
/* Pressed on nothing: the focus was given away, not lost. */
function forget(e: Event): void {
  pointed = true
  if (!(e.target as Element).closest(`${STOPS}, label`)) inPage = inLayer = undefined
}
const keyed = () => void (pointed = false)
const give = (e: HTMLElement | null | undefined) => e?.focus({ preventScroll: pointed })
function restore(): void {
  if (document.activeElement !== document.body) return
  const over = layer()
  const place = over ? inLayer : inPage
  if (!place || place.trail[0]!.matches(':disabled')) return
  if (there(place.trail[0]!)) return give(place.trail[0])
  const near = place.trail.find(there) ?? document.getElementById('main')
  if (!near || (over && !over.contains(near))) return
  const stops = [...near.querySelectorAll<HTMLElement>(STOPS)].filter(seen)
  const alike = stops.find((e) => place.words && said(e) === place.words && headOf(e) === place.head)
  const next = alike ?? stops.find((e) => place.head && headOf(e) === place.head) ?? stops[0] ?? document.getElementById('main')
  give(next)
}

export function keepFocus(): () => void {
  const watch = new MutationObserver(() => {
    if (document.activeElement !== document.body) return
    clearTimeout(timer)
    timer = window.setTimeout(restore, QUIET_MS)
  })
  watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  document.addEventListener('focusin', remember)
  document.addEventListener('pointerdown', forget, true)
  document.addEventListener('keydown', keyed, true)
  return () => {
    watch.disconnect()
    document.removeEventListener('focusin', remember)
    document.removeEventListener('pointerdown', forget, true)
    document.removeEventListener('keydown', keyed, true)
  }
}
