import type { Texts } from '@tiaojie/core'
import type zh from './signin.zh'

const en: Texts<keyof typeof zh> = {
  receipt: 'Receipt code',
  receiptHint: 'The code you got when you applied or were invited, for example LWP3-P6MF-ZHBR',
  phone: 'Mobile number',
  phoneHint: 'The one in the application, or to which the invitation was sent',
  send: 'Send me a code by SMS',
  sent: 'If the receipt and the number belong together, a code is on its way. It is good for five minutes.',
  code: 'Code from the SMS',
  codeHint: '6 digits',
  open: 'Open my case',
  again: 'Send another code',
  wait: 'Another code can be sent in {n} seconds',
  needReceipt: 'Enter the receipt code',
  needPhone: 'Enter the 11-digit mobile number',
  needCode: 'Enter the 6-digit code',
  badCode: 'The code is not right or no longer valid. Check it or ask for another.',
  lost: 'Lost the code, or a new number? Call the organisation, which checks who you are.',
}
export default en
