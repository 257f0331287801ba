import type { Texts } from '@tiaojie/core'
import type zh from './office.zh'

const en: Texts<keyof typeof zh> = {
  phone: 'Telephone',
  address: 'Address',
  hours: 'Opening hours',
  invited: 'invited by the court',
}
export default en
