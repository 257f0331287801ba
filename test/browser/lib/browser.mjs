/* Debian's Chromium by playwright-core, and what every test asks of a page. */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { root } from './house.mjs'

const need = createRequire(`${root}/web/package.json`)
const { chromium } = need('playwright-core')
const axe = readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8')

export const PHONE = { width: 390, height: 844 }
export const SMALL = { width: 320, height: 640 }
export const DESK = { width: 1280, height: 900 }

export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  })
}

/* A page of its own person; errors of the page's own are collected. */
export async function visit(browser, base, { viewport = PHONE, language = 'zh-CN', elder = false, theme = 'light' } = {}) {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, hasTouch: viewport.width < 600 })
  await context.addInitScript((kept) => { if (!localStorage.getItem('tiaojie.preferences')) localStorage.setItem('tiaojie.preferences', kept) },
    JSON.stringify({ language, size: elder ? 'elder' : 'normal', theme }))
  const page = await context.newPage()
  page.wrongs = []
  page.on('pageerror', (e) => page.wrongs.push(String(e)))
  page.on('console', (m) => {
    const expected = /status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(m.text())
    if (m.type() === 'error' && !expected) page.wrongs.push(m.text())
  })
  if (process.env.LOG) page.on('response', async (r) => {
    if (r.status() >= 400) console.log(`      ${r.status()} ${r.request().method()} ${r.url()} ${r.request().postData() ?? ''} -> ${await r.text().catch(() => '')}`)
  })
  page.base = base
  page.setDefaultTimeout(60000) /* what happens at all happens sooner, on a slow machine too */
  return page
}

/* A browser of its own whose profile is kept: closed and opened again it knows what it knew.
** `offline`: there is no network from the first moment on. */
export async function reopened(profile, base, { viewport = DESK, offline = false } = {}) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', offline, hasTouch: viewport.width < 600,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  const page = context.pages()[0] ?? await context.newPage()
  page.wrongs = []
  page.on('pageerror', (e) => page.wrongs.push(String(e)))
  page.base = base
  page.setDefaultTimeout(60000)
  return page
}
export async function closed(page) {
  await page.context().close()
}

export async function at(page, path) {
  await page.goto(page.base + path)
  await page.locator('main h1').first().waitFor()
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/* WCAG 2.2 AA: the violations, in words.  What lies under a modal dialog cannot be
** used, so the dialog is looked at alone.  `more`: rules beside WCAG. */
export async function violations(page, more = []) {
  await page.evaluate(axe)
  const found = await page.evaluate((runOnly) => window.axe.run({
    include: [[...document.querySelectorAll('.el-dialog')].filter((e) => e.offsetParent).pop() ?? document],
  }, { runOnly }), [...WCAG, ...more])
  return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 140)} ${n.any[0]?.message ?? ''}`).join(' | ')}`)
}

/* Nothing hangs over the side of the window. */
export async function overhang(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= wide) return []
    const rolls = (e) => e && e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || rolls(e.parentElement)) /* its own bar */
    return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > wide + 1 && !rolls(e.parentElement)).slice(0, 5).map((e) => e.outerHTML.slice(0, 100))
  })
}

/* Controls smaller than the least target. */
export async function smallTargets(page, least) {
  return page.evaluate((size) => [...document.querySelectorAll('main button, main select, main .input, main .choice, main .door, header button, header nav a')]
    .filter((e) => e.offsetParent && e.getBoundingClientRect().height < size - 0.5).map((e) => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`), least)
}

/* From the next page on: questions with this in their address can be held up, whoever answers them, by `holds` and `letGo` of the window. */
export async function slowed(page, part) {
  await page.addInitScript((words) => {
    const plain = fetch
    const turn = new Promise((done) => { window.letGo = done })
    window.fetch = async (...asked) => {
      if (window.holds && String(asked[0].url ?? asked[0]).includes(words)) await turn
      return plain(...asked)
    }
  }, part)
}
