import { pageTexts } from './texts'
import zh from './texts/waiting.zh'

export const waitingText = pageTexts(zh, () => import('./texts/waiting.en'))
