import type { Texts } from '@tiaojie/core'
import type zh from './receipt.zh'

const en: Texts<keyof typeof zh> = {
  title: 'Your application is in',
  none: 'There is no receipt here',
  noneText: 'The receipt is shown once, after submitting. With its code and your phone you follow the case; if the code is lost, call the organisation, which checks who you are.',
  code: 'Receipt code',
  keep: 'Keep this code: a screenshot, a note or a print will do. With it and your phone you follow the case and add papers.',
  qr: 'QR code of the receipt; scan it to open your case',
  scan: 'Scan to follow the case',
  org: 'Organisation',
  phone: 'Telephone',
  filed: 'Submitted at',
  mobile: 'Your mobile',
  next: 'What happens next',
  next1: '{org} registers and examines the application and answers by {day} at the latest.',
  next2: 'The other side is asked whether it takes part.',
  next3: 'You can upload photos of your evidence now; the earlier the better.',
  linked: 'Applications that may belong to this one: {n}. The staff look at them together; you need not apply again.',
  free: 'All of it is free. Nobody will ask you to transfer money or for a bank password.',
  print: 'Print the receipt',
  open: 'Follow the case, upload evidence',
  photos: 'Photos of evidence',
  photosN: '{n} received with the application',
}
export default en
