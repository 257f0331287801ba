/* The console's pages: where they are, for whom, and where the menu shows them. */
import type { Key } from './texts'

export const STAFF = ['clerk', 'dispatcher', 'mediator', 'lead', 'lawyer', 'head', 'visitor', 'archivist', 'org_manager', 'hr']

const MEETERS = ['hr', 'head', 'convener', 'member', 'org_manager', 'link_arb', 'link_court', 'link_union', 'link_proc', 'link_insp', 'link_laid']

const PAYERS = ['mediator', 'lead', 'org_manager', 'head', 'hr', 'finance']

/* The menu's groups in the order of the work. */
export const GROUPS = [
  'work',
  'case',
  'reception',
  'dispatch',
  'papers',
  'network',
  'report',
  'meetings',
  'funds',
  'admin',
  'own',
] as const
export type Group = (typeof GROUPS)[number]

export interface Place {
  path: string
  name: string
  page: string
  title: Key
  roles: string[] /* none: everybody */
  menu?: Group
  home?: boolean /* where these roles begin, if not at the workbench */
}

export const places: Place[] = [
  { path: '/', name: 'workbench', page: 'Workbench', title: 'page.workbench', roles: STAFF, menu: 'work' },
  { path: '/approvals', name: 'approvals', page: 'Approvals', title: 'page.approvals', roles: ['head'], menu: 'work' },
  { path: '/reception', name: 'reception', page: 'Reception', title: 'page.reception', roles: ['clerk'], menu: 'reception' },
  { path: '/waiting', name: 'waiting', page: 'Waiting', title: 'page.waiting', roles: ['clerk'], menu: 'reception' },
  { path: '/duplicates', name: 'duplicates', page: 'Duplicates', title: 'page.duplicates', roles: ['clerk', 'dispatcher', 'head', 'hr', 'org_manager'], menu: 'reception' },
  { path: '/duplicates/:id', name: 'duplicate', page: 'Duplicate', title: 'page.duplicate', roles: ['clerk', 'dispatcher', 'head', 'hr', 'org_manager'] },
  { path: '/cases', name: 'cases', page: 'CaseList', title: 'page.cases', roles: STAFF, menu: 'case' },
  { path: '/cases/:id/:tab?', name: 'case', page: 'CasePage', title: 'page.case', roles: STAFF },
  { path: '/inbound', name: 'inbound', page: 'Inbound', title: 'page.inbound', roles: ['clerk', 'head', 'dispatcher', 'link_arb', 'link_court'], menu: 'reception' },
  { path: '/service/:tab?', name: 'service', page: 'Service', title: 'page.service', roles: ['clerk', 'dispatcher', 'mediator', 'lead', 'head', 'visitor', 'org_manager', 'archivist'], menu: 'papers' },
  { path: '/sealings', name: 'sealings', page: 'Sealings', title: 'page.sealings', roles: ['clerk', 'dispatcher', 'mediator', 'lead', 'head', 'visitor', 'org_manager', 'archivist', 'convener', 'hr', 'link_union', 'link_arb', 'link_court'], menu: 'papers' },
  { path: '/piles', name: 'piles', page: 'Piles', title: 'page.piles', roles: ['clerk', 'head'], menu: 'papers' },
  { path: '/piles/:id', name: 'pile', page: 'Pile', title: 'page.pile', roles: ['clerk', 'head'] },
  { path: '/office-papers', name: 'office-papers', page: 'OfficePapers', title: 'page.office_papers', roles: ['clerk', 'head', 'org_manager', 'convener', 'hr', 'link_union', 'link_arb', 'link_court'], menu: 'papers' },
  { path: '/paper-forms', name: 'paper-forms', page: 'PaperForms', title: 'page.paper_forms', roles: ['clerk', 'mediator', 'lead', 'head', 'org_manager', 'hr'], menu: 'papers' },
  { path: '/import', name: 'import', page: 'Import', title: 'page.import', roles: ['clerk', 'head', 'hr'], menu: 'papers' },
  { path: '/dispatch', name: 'dispatch', page: 'Dispatch', title: 'page.dispatch', roles: ['dispatcher', 'org_manager'], menu: 'dispatch' },
  { path: '/diary', name: 'diary', page: 'Diary', title: 'page.diary', roles: [...STAFF], menu: 'dispatch' },
  { path: '/law/:law?/:article?', name: 'law', page: 'LawLibrary', title: 'page.law', roles: [...STAFF, 'sys_admin'], menu: 'case' },
  { path: '/months', name: 'months', page: 'Months', title: 'page.months', roles: ['head', 'org_manager', 'hr', 'statistician', 'convener', 'member'], menu: 'report' },
  { path: '/months/:month', name: 'month', page: 'Months', title: 'page.months', roles: ['head', 'org_manager', 'hr', 'statistician', 'convener', 'member'] },
  { path: '/months/:month/cases', name: 'month-cases', page: 'MonthCases', title: 'page.month_cases', roles: ['head', 'org_manager', 'hr'] },
  { path: '/statistics', name: 'statistics', page: 'Statistics', title: 'page.statistics', roles: ['head', 'org_manager', 'hr', 'statistician', 'convener', 'member'], menu: 'report' },
  { path: '/screen', name: 'screen', page: 'Screen', title: 'page.screen', roles: ['head', 'org_manager', 'hr', 'statistician', 'convener', 'member'] },
  { path: '/archive/:tab?', name: 'archive', page: 'Archive', title: 'page.archive', roles: ['archivist', 'head'], menu: 'papers' },
  { path: '/mediators', name: 'mediators', page: 'Mediators', title: 'page.mediators', roles: ['clerk', 'dispatcher', 'head', 'org_manager', 'hr'], menu: 'network' },
  { path: '/orgs', name: 'orgs', page: 'Orgs', title: 'page.orgs', roles: [...STAFF, 'sys_admin'], menu: 'network' },
  { path: '/orgs/:id', name: 'org', page: 'Org', title: 'page.org', roles: [...STAFF, 'sys_admin'] },
  { path: '/appointments', name: 'appointments', page: 'People', title: 'page.people', roles: ['hr', 'head', 'org_manager'], menu: 'network' },
  { path: '/training', name: 'training', page: 'Training', title: 'page.training', roles: ['hr', 'head', 'org_manager', 'mediator', 'lead'], menu: 'network' },
  { path: '/coverage', name: 'coverage', page: 'Coverage', title: 'page.coverage', roles: ['hr', 'head', 'org_manager', 'convener', 'member', 'statistician', 'link_union'], menu: 'network' },
  { path: '/assessments', name: 'assessments', page: 'Assessments', title: 'page.assessments', roles: ['hr', 'head', 'statistician', 'convener', 'mediator', 'lead', 'org_manager', 'member'], menu: 'network' },
  { path: '/assessments/:id', name: 'assessment', page: 'Assessments', title: 'page.assessment', roles: ['hr', 'head', 'statistician', 'convener'] },
  { path: '/employers', name: 'employers', page: 'Employers', title: 'page.employers', roles: STAFF, menu: 'network' },
  { path: '/meetings', name: 'meetings', page: 'Meetings', title: 'page.meetings', roles: MEETERS, menu: 'meetings' },
  { path: '/meetings/:id', name: 'meeting', page: 'Meeting', title: 'page.meeting', roles: MEETERS },
  { path: '/board', name: 'board', page: 'Board', title: 'page.board', roles: MEETERS, menu: 'meetings' },
  { path: '/board/:id', name: 'task', page: 'Board', title: 'page.board', roles: MEETERS },
  { path: '/proposals', name: 'proposals', page: 'Proposals', title: 'page.proposals', roles: ['hr', 'head'], menu: 'meetings' },
  { path: '/letters', name: 'letters', page: 'Letters', title: 'page.letters', roles: ['hr', 'head', 'link_arb', 'link_court', 'link_union'], menu: 'meetings' },
  { path: '/risks', name: 'risks', page: 'Risks', title: 'page.risks', roles: ['head', 'hr', 'org_manager', 'dispatcher', 'clerk', 'mediator', 'lead'], menu: 'case' },
  { path: '/risks/:id', name: 'risk', page: 'Risk', title: 'page.risk', roles: ['head', 'hr', 'org_manager', 'dispatcher', 'clerk', 'mediator', 'lead'] },
  { path: '/negotiations', name: 'negotiations', page: 'Negotiations', title: 'page.negotiations', roles: ['clerk', 'mediator', 'lead', 'head', 'hr', 'link_union'], menu: 'case' },
  { path: '/publicity', name: 'publicity', page: 'Publicity', title: 'page.publicity', roles: ['hr', 'head', 'org_manager'], menu: 'meetings' },
  { path: '/member-units', name: 'units', page: 'Units', title: 'page.units', roles: ['hr', 'head', 'convener', 'member', 'org_manager'], menu: 'meetings' },
  { path: '/funds', name: 'funds', page: 'Funds', title: 'page.funds', roles: PAYERS, menu: 'funds' },
  { path: '/funds/:tab', name: 'fund', page: 'Funds', title: 'page.funds', roles: PAYERS },
  { path: '/opening', name: 'opening', page: 'Opening', title: 'page.opening', roles: ['sys_admin', 'sec_admin', 'auditor', 'hr', 'head'], menu: 'admin', home: true },
  { path: '/users', name: 'users', page: 'Users', title: 'page.users', roles: ['sys_admin', 'sec_admin', 'auditor'], menu: 'admin' },
  { path: '/reference', name: 'reference', page: 'Reference', title: 'page.reference', roles: [...STAFF, 'sys_admin', 'sec_admin', 'auditor'], menu: 'admin' },
  { path: '/jobs', name: 'jobs', page: 'Jobs', title: 'page.jobs', roles: ['sys_admin'], menu: 'admin' },
  { path: '/machines', name: 'machines', page: 'Machines', title: 'page.machines', roles: ['sec_admin', 'auditor'], menu: 'admin' },
  { path: '/audit', name: 'audit', page: 'Audit', title: 'page.audit', roles: ['auditor'], menu: 'admin' },
  { path: '/account', name: 'account', page: 'Account', title: 'page.account', roles: [], menu: 'own' },
]
