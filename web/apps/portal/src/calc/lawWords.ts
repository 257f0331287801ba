import zh from '../texts/law.zh'
import { pageTexts } from '../texts'

export const lawText = pageTexts(zh, () => import('../texts/law.en'))
