/*
** What a person has chosen for the screen: kept in this browser, shown as
** attributes of <html> (lang, data-size, data-theme), which tokens.css reads.
*/
import { reactive, watch } from 'vue'

export type Language = 'zh-CN' | 'en'
export interface Preferences {
  language: Language
  size: 'normal' | 'elder'
  theme: 'auto' | 'light' | 'dark'
}

const KEPT = 'tiaojie.preferences'

function read(): Preferences {
  const first: Preferences = { language: 'zh-CN', size: 'normal', theme: 'auto' }
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Preferences>
    if (kept.language === 'en') first.language = 'en'
    if (kept.size === 'elder') first.size = 'elder'
    if (kept.theme === 'light' || kept.theme === 'dark') first.theme = kept.theme
  } catch {
    /* no storage, or somebody else's text in it: the first setting */
  }
  return first
}

export const preferences = reactive<Preferences>(read())

/* Once, at the start of a face. */
export function applyPreferences(root: HTMLElement = document.documentElement): void {
  watch(preferences, (p) => {
    root.lang = p.language
    root.dataset.size = p.size
    root.dataset.theme = p.theme
    try {
      localStorage.setItem(KEPT, JSON.stringify(p))
    } catch {
      /* a private window: it holds for this visit */
    }
  }, { immediate: true, deep: true, flush: 'sync' })
}
