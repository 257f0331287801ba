/* One of the staff at the console: signed in, and what hands do there. */
import { Person, SECRET } from './house.mjs'
import { at, DESK, visit } from './browser.mjs'
import { owes, same } from './frame.mjs'

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

/* The reception form as a clerk fills it in for a worker who stands there. */
export async function reception(page, worker) {
  await open(page, '/reception')
  const f = (path) => page.locator(`#in-${path}`)
  await f('parties-0-name').fill(worker)
  await f('parties-0-id_no').fill('45022219830718242７'.normalize('NFKC'))
  same(await f('parties-0-birth').inputValue(), '1983-07-18', 'the birth from the number')
  same(await f('parties-0-sex').inputValue(), 'F', 'the sex from the number')
  await f('parties-0-mobile').fill('13600001152')
  await f('parties-0-addr').fill('柳江区拉堡镇1号')
  await f('parties-0-svc_addr').fill('柳江区拉堡镇1号')
  await f('parties-1-name').fill('柳州市测试机械有限公司')
  await f('parties-1-no_uscc').fill('申请人不知道')
  await choose(page, f('parties-1-industry'), '制造业')
  await f('parties-1-legal_rep').fill('王小明')
  await f('parties-1-mobile').fill('13800000000')
  await choose(page, f('claims-0-cause'), '拖欠、克扣工资')
  await f('claims-0-amount').fill('12,345.60')
  await f('claims-0-basis').fill('十月工资')
  await day(page, f('knew_date'), '2026-11-10')
  await f('facts').fill('单位拖欠十月份工资<script>alert(1)</script>，多次催要没有结果，请求支付。')
  await f('post').fill('冲压工')
  await day(page, f('hire_date'), '2024-01-02')
  await f('contract').selectOption('NONE')
  await f('wage').fill('4500')
  await f('employed').check()
  for (const label of ['愿意在线调解', '真实性承诺', '隐私告知同意', '敏感信息单独同意']) await yes(page, new RegExp(label))
  await page.getByRole('group', { name: /同意录音录像/ }).getByLabel('否').check()
}
