import zh from '../texts/case.zh'
import { pageTexts } from '../texts'

export type Key = keyof typeof zh
export const caseText = pageTexts(zh, () => import('../texts/case.en'))
export const has = (key: string): key is Key => key in zh
export const said = (key: string, other: string): string => (has(key) ? caseText(key) : other)
