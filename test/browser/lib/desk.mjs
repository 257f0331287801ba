/* One of the staff at the console: signed in, and what hands do there. */
import { Person, SECRET } from './house.mjs'
import { at, DESK, visit } from './browser.mjs'
import { owes } from './frame.mjs'

/* A page of the console, signed in as `login`; without one: at the door. */
export async function staff(browser, house, login, { theme = 'light', viewport = DESK, path = '/' } = {}) {
  const page = await visit(browser, house.base, { viewport, theme })
  if (login) {
    await house.as(login)
    const person = new Person(house.base)
    await person.post('/login', { login, password: SECRET })
    const [name, ...value] = person.cookie.split('=')
    await page.context().addCookies([{ name, value: value.join('='), url: house.base }])
  }
  await page.goto(`${house.base}/console${path}`)
  if (!login) return page
  await page.waitForSelector('.shell')
  await settle(page)
  return page
}

export async function settle(page) {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => !document.querySelector('main .spin'))
  await page.waitForTimeout(300) /* colours have come to rest */
}
export async function open(page, path) {
  await at(page, `/console${path}`)
  await settle(page)
}
export async function clean(page, what) {
  await page.waitForTimeout(400)
  await owes(page, what, { whole: !(await page.locator('.el-dialog:visible').count()) })
}

export const dialog = (page) => page.locator('.el-dialog:visible').last()
/* Presses a button and waits for its dialog. */
export async function ask(page, name) {
  await page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()
  await dialog(page).waitFor()
  await settle(page)
  return dialog(page)
}
export async function choose(page, box, text) {
  await box.click()
  await page.locator('.el-select-dropdown__item:visible', { hasText: text }).first().click()
  await page.keyboard.press('Escape')
}
export async function day(page, box, text) {
  await box.fill(text)
  await box.press('Enter')
}
export async function yes(box, label) {
  await box.getByRole('group', { name: label }).getByLabel('是', { exact: true }).check()
}
/* Sends the open dialog and waits until it is gone. */
export async function send(page, fields = {}) {
  const box = dialog(page)
  await box.waitFor()
  await settle(page)
  for (const [label, value] of Object.entries(fields)) await box.getByLabel(label, { exact: false }).first().fill(value)
  await box.locator('button[type=submit]').click()
  await box.waitFor({ state: 'hidden' })
  await settle(page)
}
export const act = (page, name) => page.locator('.acts').getByRole('button', { name, exact: true }).click()
