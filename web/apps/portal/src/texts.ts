/*
** Texts of a page: its Chinese comes with the page, its English when English is
** chosen.  The router shows a page when its texts are there.
**
**   const t = pageTexts(zh, () => import('./home.en'))
*/
import { createTexts, preferences, type Texts, type Values } from '@tiaojie/core'
import { watch } from 'vue'

const loading = new Set<Promise<void>>()

export function pageTexts<K extends string>(zh: Texts<K>, en: () => Promise<{ default: Texts<K> }>) {
  const { t, use } = createTexts(zh, { en })
  watch(() => preferences.language, (language) => {
    const load = use(language).catch(() => undefined)
    loading.add(load)
    void load.finally(() => loading.delete(load))
  }, { immediate: true })
  return t as (key: K, values?: Values) => string
}

/* Resolves when no texts are on their way. */
export async function textsReady(): Promise<void> {
  while (loading.size) await Promise.all(loading)
}
