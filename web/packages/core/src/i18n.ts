/*
** Texts: Chinese is the source and types the keys; other languages are loaded
** when chosen.  `{name}` in a text is filled from the values given, `{n:day:days}`
** is the one for 1, the other for more.
**
**   const { t, use } = createTexts(zh, { en: () => import('./en') })
**   t('home.title'), t('list.found', { n: 3 })
*/
import { shallowRef } from 'vue'
import { preferences, type Language } from './preferences'

export type Texts<K extends string = string> = Readonly<Record<K, string>>
export type Values = Record<string, string | number>

export function fill(text: string, values?: Values): string {
  if (!values) return text
  return text.replace(/\{(\w+):(\w*):(\w*)\}/g, (_, name: string, one: string, more: string) => (String(values[name]) === '1' ? one : more))
    .replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export function createTexts<K extends string>(source: Texts<K>, others: Partial<Record<Language, () => Promise<{ default: Texts<K> }>>>) {
  const now = shallowRef<Texts<K>>(source)
  /* Resolves when the texts are there; what cannot be loaded stays Chinese. */
  async function use(language: Language): Promise<void> {
    const load = others[language]
    now.value = load ? (await load()).default : source
    preferences.language = language
  }
  const t = (key: K, values?: Values): string => fill(now.value[key] ?? source[key] ?? key, values)
  return { t, use }
}

/* What stands between a name and what is said of it. */
export const colon = (): string => (preferences.language === 'en' ? ': ' : '：')

/* What is said of a name, behind it. */
export const bracketed = (text: string | number): string => (preferences.language === 'en' ? ` (${text})` : `（${text}）`)

/* Names in a row. */
export const listed = (names: readonly string[]): string => names.join(preferences.language === 'en' ? ', ' : '、')

/* A text of the server that begins a line: English ones come in small letters. */
export const titled = (text: string): string => (preferences.language === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : text)

/* The right one of a server's pair of texts. */
export function either(zh: string | undefined, en: string | undefined): string {
  return (preferences.language === 'en' ? en || zh : zh || en) ?? ''
}
