import zh from '../texts/tools.zh'
import { pageTexts } from '../texts'

export const toolText = pageTexts(zh, () => import('../texts/tools.en'))
