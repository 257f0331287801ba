import type { Texts } from '@tiaojie/core'
import type zh from './how.zh'

const en: Texts<keyof typeof zh> = {
  title: 'How it works: seven steps',
  lead: 'The periods below are the usual ones. Under "My case" you see the dates of your own case, each with the reason why it is that day.',
  w1: 'Application', w1t: 'Online, by telephone or at the centre. You get a receipt code at once.', w1d: 'At any time',
  w2: 'Registration and acceptance', w2t: 'The centre checks whether it is a labour or personnel dispute and whether the papers are complete. What is missing is named once; if it is out of scope you are told where to go.', w2d: 'Answer within 3 working days; usually 5 working days to complete papers',
  w3: 'The other side is asked', w3t: 'The centre sends an invitation. With a link and a code by SMS the other side sees the claim and answers.', w3d: 'Within the period of acceptance',
  w4: 'A mediator is assigned', w4t: 'By place, trade and kind of dispute. Both sides may choose a mediator together, or ask for a mediator to be replaced.', w4d: 'Soon after acceptance',
  w5: 'Mediation', w5t: 'In person, by video or telephone. The mediator hears both, talks to each, reckons the sums and proposes a solution. Minutes are kept and confirmed by both.', w5d: 'Within 15 days of acceptance; longer if both agree, usually 30 days in all',
  w6: 'Agreement', w6t: 'What was agreed is written down. Signed by both sides and the mediator and sealed by the organisation, it binds both.', w6d: 'In force on the day of the last signature',
  w7: 'Performance', w7t: 'Payments can be recorded and confirmed online. Both sides together may ask for arbitration review or judicial confirmation; if the other side does not perform, a payment order, arbitration or enforcement is open by law.', w7d: 'Review: apply within 15 days; confirmation: within 30 days of the agreement',
  no: 'What if there is no agreement?',
  noText: 'If there is no agreement 15 days after the application was received, or one side does not wish to go on, either may apply for labour arbitration. What was said or offered in mediation is not held against you.',
  cost: 'What does it cost?',
  costText: 'Nothing. Mediation, information and papers are free; nobody will ask you to transfer money.',
  secret: 'Is it confidential?',
  secretText: 'Mediation is not public. Identity and phone numbers are starred; every look at sensitive data is recorded.',
  must: 'What if the employer does not come?',
  mustText: 'Mediation is voluntary and nobody is forced. If the employer declines you are told in writing and can go to arbitration at once; the application starts the limitation period anew.',
  start: 'Apply now',
}
export default en
