import zh from '../texts/desk.zh'
import { pageTexts } from '../texts'

export const deskText = pageTexts(zh, () => import('../texts/desk.en'))
export const deskHas = (key: string): key is keyof typeof zh => key in zh
export const deskSaid = (key: string, other: string): string => (deskHas(key) ? deskText(key) : other)
