import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { findMe, isParty, may, session } from './session'
import { places } from './places'

const load = {
  Workbench: () => import('./pages/Workbench.vue'),
  CaseList: () => import('./pages/CaseList.vue'),
  Service: () => import('./papers/Service.vue'),
  Sealings: () => import('./papers/Sealings.vue'),
  Piles: () => import('./papers/Piles.vue'),
  Pile: () => import('./papers/Pile.vue'),
  OfficePapers: () => import('./papers/OfficePapers.vue'),
  PaperForms: () => import('./papers/PaperForms.vue'),
  Import: () => import('./pages/Import.vue'),
  Waiting: () => import('./pages/Waiting.vue'),
  Duplicates: () => import('./pages/Duplicates.vue'),
  Duplicate: () => import('./pages/Duplicate.vue'),
  Reception: () => import('./pages/Reception.vue'),
  CasePage: () => import('./case/CasePage.vue'),
  Dispatch: () => import('./pages/DispatchDesk.vue'),
  Approvals: () => import('./pages/Approvals.vue'),
  Inbound: () => import('./pages/Inbound.vue'),
  Diary: () => import('./pages/Diary.vue'),
  LawLibrary: () => import('./pages/LawLibrary.vue'),
  Months: () => import('./oversight/Months.vue'),
  MonthCases: () => import('./oversight/MonthCases.vue'),
  Statistics: () => import('./oversight/Statistics.vue'),
  Screen: () => import('./oversight/Screen.vue'),
  Archive: () => import('./archive/Archive.vue'),
  Meetings: () => import('./meetings/Meetings.vue'),
  Meeting: () => import('./meetings/MeetingPage.vue'),
  Board: () => import('./meetings/Board.vue'),
  Proposals: () => import('./meetings/Proposals.vue'),
  Units: () => import('./meetings/Units.vue'),
  Letters: () => import('./prevention/Letters.vue'),
  Publicity: () => import('./prevention/Publicity.vue'),
  Risks: () => import('./prevention/Risks.vue'),
  Risk: () => import('./prevention/RiskPage.vue'),
  Negotiations: () => import('./prevention/Negotiations.vue'),
  Funds: () => import('./funds/Funds.vue'),
  Coverage: () => import('./network/Coverage.vue'),
  Assessments: () => import('./network/Assessments.vue'),
  Org: () => import('./network/OrgPage.vue'),
  Training: () => import('./network/Training.vue'),
  People: () => import('./network/People.vue'),
  Opening: () => import('./admin/Opening.vue'),
  Users: () => import('./admin/Users.vue'),
  Orgs: () => import('./admin/Orgs.vue'),
  Mediators: () => import('./admin/Mediators.vue'),
  Employers: () => import('./admin/Employers.vue'),
  Reference: () => import('./admin/Reference.vue'),
  Jobs: () => import('./admin/Jobs.vue'),
  Machines: () => import('./admin/Machines.vue'),
  Audit: () => import('./admin/Audit.vue'),
  Account: () => import('./pages/Account.vue'),
}

const routes: RouteRecordRaw[] = places.map((p) => ({
  path: p.path, name: p.name, component: load[p.page as keyof typeof load], props: true, meta: { roles: p.roles, title: p.title },
}))
routes.push({ path: '/:rest(.*)*', component: () => import('./pages/NotFound.vue'), meta: { title: 'page.lost' } })

export const router = createRouter({ history: createWebHistory('/console/'), routes, scrollBehavior: () => ({ top: 0 }) })

/* A page for other roles is answered like one that does not exist. */
router.beforeEach(async (to) => {
  if (!session.known) await findMe().catch(() => { session.known = true })
  if (session.me && isParty()) return to.path === '/lost' || { path: '/lost' }
  const roles = to.meta.roles as string[] | undefined
  if (!session.me || session.me.duty || !roles?.length || may(...roles)) return true
  if (to.path === '/') return { name: places.find((p) => p.home && may(...p.roles))?.name ?? places.find((p) => p.menu && p.roles.length && may(...p.roles))?.name ?? 'account' }
  return { path: '/lost', query: { from: to.fullPath } }
})
