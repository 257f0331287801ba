/*
** v-reveal="what": the part about what was just chosen comes into sight if it stands above or
** below it: at the head of a list whose end was looked at, or under it in a narrow window.
** The focus stays where the choice was made.
*/
import type { Directive } from 'vue'

function show(el: HTMLElement): void {
  const { top } = el.getBoundingClientRect()
  if (top < 0 || top > window.innerHeight * 0.75) el.scrollIntoView({ block: 'start' })
}

export const reveal: Directive<HTMLElement, unknown> = {
  mounted: (el, { value }) => { if (value) requestAnimationFrame(() => show(el)) },
  updated: (el, { value, oldValue }) => { if (value && value !== oldValue) requestAnimationFrame(() => show(el)) },
}
