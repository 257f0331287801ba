/*
** Pages by address, in 90 lines: the portal's first load has a budget of 45 KB,
** of which a router package would take a fifth.  Links are ordinary <a href>.
** Every page is a chunk of its own; after a change the heading gets the focus.
*/
import { nextTick, shallowReactive, type Component } from 'vue'
import ApplyPage from './pages/ApplyPage.vue'
import { textsReady } from './texts'

type Load = () => Promise<{ default: Component }>

/* By path; the way into the application is in the first file. */
const pages: Record<string, Load> = {
  '/': () => import('./pages/HomePage.vue'),
  '/scope': () => import('./pages/ScopePage.vue'),
  '/apply': () => Promise.resolve({ default: ApplyPage }), /* no second round trip on a slow line */
  '/waiting': () => import('./pages/WaitingPage.vue'),
  '/receipt': () => import('./pages/ReceiptPage.vue'),
  '/case': () => import('./pages/CasePage.vue'),
  '/answer': () => import('./pages/AnswerPage.vue'),
  '/orgs': () => import('./pages/OrgsPage.vue'),
  '/mediators': () => import('./pages/MediatorsPage.vue'),
  '/how': () => import('./pages/HowPage.vue'),
  '/tools': () => import('./pages/ToolsPage.vue'),
  '/tools/*': () => import('./pages/CalcPage.vue'),
  '/remedies': () => import('./pages/RemediesPage.vue'),
  '/desk': () => import('./pages/DeskPage.vue'),
  '/desk/*': () => import('./pages/DeskCase.vue'),
  '/law': () => import('./pages/LawsPage.vue'),
  '/law/*': () => import('./pages/LawPage.vue'),
  '/figures': () => import('./pages/FiguresPage.vue'),
  '/activities': () => import('./pages/ActivitiesPage.vue'),
  '/typical': () => import('./pages/TypicalPage.vue'),
  '/typical/*': () => import('./pages/TypicalCase.vue'),
}
const missing: Load = () => import('./pages/MissingPage.vue')

/* '/law/LDHTF/87' is of '/law/*', its rest is 'LDHTF/87'. */
function place(path: string): { page: Load; rest: string } {
  const cut = path.indexOf('/', 1)
  const whole = pages[path]
  if (whole || cut < 0) return { page: whole ?? missing, rest: '' }
  return { page: pages[`${path.slice(0, cut)}/*`] ?? missing, rest: decodeURIComponent(path.slice(cut + 1)) }
}

export const route = shallowReactive({
  path: '',
  rest: '',
  hash: '',
  page: undefined as Component | undefined,
  loading: false,
  failed: false,
})

let asked = 0

async function show(focus: boolean): Promise<void> {
  const turn = ++asked
  const { pathname, hash } = window.location
  const path = pathname.replace(/\/+$/, '') || '/'
  if (path === route.path && route.page) {
    route.hash = hash
    return
  }
  route.loading = true
  route.failed = false
  try {
    const here = place(path)
    const { default: page } = await here.page()
    await textsReady()
    if (turn !== asked) return
    Object.assign(route, { path, rest: here.rest, hash, page, loading: false })
    await nextTick()
    if (focus) focusHeading()
  } catch {
    if (turn === asked) Object.assign(route, { loading: false, failed: true })
  }
}

/* The heading says where one is; the window starts at its top. */
export function focusHeading(): void {
  window.scrollTo(0, 0)
  const heading = document.querySelector<HTMLElement>('main h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}

export function go(to: string, replace = false): void {
  window.history[replace ? 'replaceState' : 'pushState'](null, '', to)
  void show(true)
}

export function again(): void {
  void show(true)
}

/* What the server answers itself, and the console. */
const ELSEWHERE = /^\/(console|v|api)(\/|$)/

function follow(e: MouseEvent): void {
  if (e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
  const link = (e.target as Element | null)?.closest?.('a')
  if (!link || ELSEWHERE.test(link.pathname) || link.target || link.hasAttribute('download') || link.origin !== window.location.origin) return
  if (link.hash && link.pathname === window.location.pathname) return
  e.preventDefault()
  go(link.pathname + link.search + link.hash)
}

export function start(): void {
  document.addEventListener('click', follow)
  window.addEventListener('popstate', () => void show(true))
  window.addEventListener('hashchange', () => { route.hash = window.location.hash })
  void show(false)
}
