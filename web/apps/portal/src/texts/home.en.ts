import type { Texts } from '@tiaojie/core'
import type zh from './home.zh'

const en: Texts<keyof typeof zh> = {
  title: 'A dispute with your employer can be mediated here',
  what: 'What is this?',
  whatText: 'Unpaid wages, injury, dismissal: a neutral mediator of a public body or union helps you and the employer to reach an agreement that binds by law.',
  must: 'Must I take part?',
  mustText: 'No. Both sides take part of their own will. You may leave at any time and go to arbitration; no right is lost.',
  free: 'What does it cost?',
  freeText: 'Nothing, from the application to the agreement.',
  call: 'Ask a person first?',
  callText: 'Call us, or come to the centre: the staff fill in the form for you.',
  apply: 'Apply for mediation',
  applyText: 'About five minutes, no account',
  case: 'Follow my case, add papers',
  caseText: 'With your receipt code and phone',
  answer: 'I was invited to mediation',
  answerText: 'See the claim and answer it',
  scope: 'Can this be mediated?',
  scopeText: 'A few short questions tell',
  tools: 'Work out what is due',
  toolsText: 'Compensation, overtime, leave, injury: with working and article',
  law: 'Law and cases',
  lawText: 'By article or by words, with the source',
  findTitle: 'Find the centre in charge',
  findHint: 'By the place where the work is done',
  findNone: 'No organisation of this place uses this platform yet. Call 12333 and ask for the local centre.',
  findAll: 'See all organisations',
}
export default en
