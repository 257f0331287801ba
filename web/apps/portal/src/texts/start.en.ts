import type { Texts } from '@tiaojie/core'
import type zh from './start.zh'

const en: Texts<keyof typeof zh> = {
  title: 'Apply for mediation',
  lead: 'One question at a time, about five minutes. Free, no account. You can save at any time and go on from another phone.',
  leadScope: 'Not sure whether you can apply?',
  leadScopeLink: 'Take the short test first',
  resumeTitle: 'Go on with an application you saved',
  resumeCode: 'Your saving code',
  resumeHint: 'The code you were given when you saved: 12 letters and digits',
  resume: 'Open it',
  resumeGone: 'There is nothing under this code. Check it; drafts that are not changed for long are deleted.',
  begin: 'Begin',
  goOn: 'Go on',
  again: 'Clear and start over',
  againSure: 'Clear everything you have filled in?',
  notOpened: 'The form did not open; the network may be down. Press once more.',
}
export default en
