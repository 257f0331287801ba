/*
** Somebody without a mouse: every control is reached by Tab and used by its keys. A page of
** `byKeys` tells when a pointer was used all the same; `home` when the focus was lost.
*/
import { holds, same } from './frame.mjs'
import { settle } from './desk.mjs'

export async function byKeys(page) {
  page.pointed = 0
  page.on('filechooser', () => {}) /* a window of files is kept for the test from the start: asked for with the key, a slow machine opens and shuts it before */
  await page.context().exposeBinding('pointed', () => { page.pointed++ })
  const watch = () => addEventListener('pointerdown', () => window.pointed(), true)
  await page.context().addInitScript(watch)
  await page.evaluate(watch)
  return page
}

/* What has the focus, as it would be read out. */
export function focused(page) {
  return page.evaluate(() => {
    const e = document.activeElement
    const text = (x) => x?.innerText?.replace(/\s+/g, ' ').trim() ?? ''
    const own = e.getAttribute('aria-label') || text(e.labels?.[0]) || (/^(A|BUTTON|SUMMARY|H\d)$/.test(e.tagName) ? text(e) : '') || e.getAttribute('placeholder') || ''
    return { name: own, group: text(e.closest('fieldset')?.querySelector('legend')), tag: e.tagName, type: e.type ?? '', lost: e === document.body, stop: e.tabIndex >= 0,
      value: e.tagName === 'SELECT' ? text(e.selectedOptions[0]) : e.value ?? '', checked: !!e.checked, dialog: !!e.closest('.el-dialog') }
  })
}
const fits = (got, wanted) => (wanted instanceof RegExp ? wanted.test(got) : got === wanted || got === `${wanted} *` || got === `${wanted}*`)

/* Tab (or with `back` Shift+Tab) to what is called so, of this group where several are. */
export async function tabTo(page, name, { group, tag, back = false, most = 120 } = {}) {
  const seen = []
  for (let i = 0; i < most; i++) {
    const at = await focused(page)
    if (at.stop && fits(at.name, name) && (!group || fits(at.group, group)) && (!tag || at.tag === tag)) return at
    seen.push(`${at.group ? `${at.group}/` : ''}${at.name || at.tag}`)
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`"${name}" is not reached by Tab: ${[...new Set(seen)].join(' · ').slice(0, 1500)}`)
}
export async function press(page, name, of) {
  await tabTo(page, name, of)
  await page.keyboard.press('Enter')
}
export async function type(page, name, text, of) {
  await tabTo(page, name, of)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}
export async function day(page, name, text, of) {
  await type(page, name, text, of)
  await page.keyboard.press('Enter')
}
/* A radio button of a group: the arrows go through them. */
export async function answer(page, group, text) {
  for (let i = 0; i < 120; i++) {
    const at = await focused(page)
    if (at.stop && at.type === 'radio' && fits(at.group, group)) break
    holds(i < 119, `the question "${group}" is not reached by Tab`)
    await page.keyboard.press('Tab')
  }
  for (let i = 0; i < 12; i++) {
    const at = await focused(page)
    if (at.name === text) {
      if (!at.checked) await page.keyboard.press('Space')
      return
    }
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`"${group}" has no "${text}"`)
}
export async function tick(page, name, of) {
  const at = await tabTo(page, name, of)
  if (!at.checked) await page.keyboard.press('Space')
}
/* A list of choices: the browser's own by the arrows, ours by what is typed into it. */
export async function choose(page, name, text, of) {
  const at = await tabTo(page, name, of)
  if (at.tag === 'SELECT') {
    await page.keyboard.press('Home')
    for (let i = 0; i < 80; i++) {
      if (fits((await focused(page)).value, text)) return
      await page.keyboard.press('ArrowDown')
    }
    throw new Error(`"${name}" has no "${text}"`)
  }
  await page.keyboard.type(text)
  await page.locator('.el-select-dropdown__item:visible', { hasText: text }).first().waitFor()
  const hovered = () => page.locator('.el-select-dropdown__item.is-hovering:visible').innerText().catch(() => '')
  for (let i = 0; i < 30 && (i === 0 || (await hovered()) !== text); i++) await page.keyboard.press('ArrowDown')
  same(await hovered(), text, `the choice of "${name}"`)
  await page.keyboard.press('Enter')
}

const open = (page) => page.locator('.el-dialog:visible').last()
/* The dialog that was asked for has the focus. */
export async function inside(page) {
  await open(page).waitFor()
  await settle(page)
  await page.waitForFunction(() => !!document.activeElement.closest('.el-dialog'))
}
/* The dialog is gone, and the focus is on something of the page: on `name`, where that is known. */
export async function home(page, what, name) {
  await open(page).waitFor({ state: 'hidden' })
  await settle(page)
  await page.waitForFunction(() => document.activeElement !== document.body && !document.activeElement.closest('.el-dialog')).catch(() => {
    throw new Error(`${what}: the focus is lost`)
  })
  const at = await focused(page)
  if (name) holds(fits(at.name, name), `${what}: the focus is on "${at.name}", not on "${name}"`)
}
/* Left without doing anything, the focus is where it was. */
export async function peek(page, name, of) {
  await press(page, name, of)
  await inside(page)
  await page.keyboard.press('Escape')
  await home(page, `${name} left`, name)
}
