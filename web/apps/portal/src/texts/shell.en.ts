import type { Texts } from '@tiaojie/core'
import type zh from './shell.zh'

const en: Texts<keyof typeof zh> = {
  name: 'Labour Dispute Mediation',
  brand: 'Labour Dispute Mediation',
  skip: 'Skip to content',
  english: '中文',
  elder: 'Larger text',
  elderOff: 'Standard size',
  menu: 'Pages',
  home: 'Home',
  apply: 'Apply',
  case: 'My case',
  orgs: 'Find an office',
  how: 'How it works',
  mediators: 'Mediators',
  scope: 'Can I apply?',
  answer: 'I was invited',
  loading: 'Opening…',
  failed: 'This page did not open. The network may be down.',
  again: 'Try again',
  call12333: 'National labour hotline',
  footFree: 'Mediation is free from beginning to end. We never send payment links or ask for bank passwords.',
  footCall: 'To speak with a person, call',
  footRoads: 'Other pages',
  missing: 'There is no such page',
  missingText: 'The address may be mistyped, or the page has moved. Start again from the home page, or call us.',
  backHome: 'Back to the home page',
  offline: 'There is no connection. What you typed is still here; check the network and try again.',
  tooMany: 'Too many attempts. Try again in a few minutes, or call us.',
  wrong: 'Something went wrong and nothing was done. Try again; if it does not help, call us.',
}
export default en
