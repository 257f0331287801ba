/* A worker who fills in the application, as a person would: by labels. */
export const WORKER = { name: '韦大年', id: '450206199003071239', mobile: '13807720001' }
export const FIRM = { name: '柳江区百朋木业有限公司', uscc: '91330282MA2C00012W', rep: '韦成', mobile: '13907720009' }

export const next = (page) => page.locator('form .actions button').first().click()
export const heading = (page, text) => page.getByRole('heading', { level: 1, name: text }).waitFor()
const id = (page, name) => page.locator(`[id="${name}"]`)
export const type = (page, name, text) => id(page, name).fill(text)
export const choose = (page, name, value) => id(page, name).selectOption(value)
const tick = (page, question, answer) => page.locator('fieldset', { hasText: question }).getByText(answer, { exact: true }).click()
export async function day(page, name, text) {
  const inputs = id(page, name).locator('xpath=ancestor::fieldset[1]').locator('input')
  const parts = text.split('-')
  for (let i = 0; i < 3; i++) await inputs.nth(i).fill(String(Number(parts[i])))
}

export async function begin(page) {
  await page.getByRole('button', { name: '开始填写' }).click()
  await heading(page, '谁来申请？')
}

export async function who(page, type = '劳动者') {
  await page.getByText(type, { exact: true }).click()
  await next(page)
}

export async function place(page, region = ['45', '4502', '450206']) {
  await heading(page, '在哪里上班？')
  await choose(page, 'intake.region', region[0])
  await page.locator('[id="intake.region-city"]').selectOption(region[1])
  await page.locator('[id="intake.region-county"]').selectOption(region[2])
  await page.getByText('柳江区劳动人事争议多元调解中心').first().waitFor()
  await next(page)
}

export async function me(page) {
  await heading(page, '您是谁？')
  await type(page, 'me.name', WORKER.name)
  await type(page, 'me.id_no', WORKER.id)
  await type(page, 'me.mobile', WORKER.mobile)
  await next(page)
  await heading(page, '怎样把文书送到您手里？')
  await type(page, 'me.addr', '柳江区拉堡镇柳东路12号')
  await page.getByText('文书寄到哪里：和住址一样').click()
  await next(page)
}

export async function firm(page) {
  await heading(page, '对方是谁？')
  await type(page, 'other.name', FIRM.name)
  await type(page, 'other.uscc', FIRM.uscc)
  await choose(page, 'other.emp_type', 'ENT')
  await choose(page, 'other.industry', 'C')
  await type(page, 'other.legal_rep', FIRM.rep)
  await type(page, 'other.mobile', FIRM.mobile)
  await next(page)
}

export async function job(page) {
  await heading(page, '工作情况')
  await day(page, 'intake.hire_date', '2024-03-01')
  await type(page, 'intake.post', '包装工')
  await page.locator('fieldset', { hasText: '签了劳动合同吗' }).getByText('未订立', { exact: true }).click()
  await page.locator('fieldset', { hasText: '上班时间怎么算' }).getByText('标准工时', { exact: true }).click()
  await next(page)
  await heading(page, '工资和在职情况')
  await type(page, 'intake.wage', '5,000')
  await tick(page, '现在还在这个单位上班吗', '是')
  await next(page)
}

export async function claims(page) {
  await heading(page, '您要求什么？')
  await choose(page, 'claims.0.cause', 'A01')
  await type(page, 'claims.0.amount', '20000')
  await type(page, 'claims.0.basis', '2026年6月至9月工资，每月5000元')
  await next(page)
}

export async function story(page, text = '公司从2026年6月起没有发工资，<script>alert(1)</script> 㛃𬀩龘 多次讨要没有结果。') {
  await heading(page, '发生了什么？')
  await type(page, 'intake.facts', text)
  await day(page, 'intake.knew_date', '2026-07-15')
  await page.getByText('申请仲裁有时间限制').waitFor()
  await page.getByText('拖欠工资不受一年限制').waitFor()
  await next(page)
  await heading(page, '证据和以前的处理')
  await type(page, 'intake.evidence', '银行流水、聊天记录')
  await next(page)
}

export async function rest(page) {
  await heading(page, '有人替您办理吗？')
  await tick(page, '替您办理吗', '否')
  await next(page)
  await heading(page, '还有几件事')
  await tick(page, '愿意在网上调解吗', '是')
  await tick(page, '同意调解时录音录像吗', '否')
  await next(page)
}

export async function declare(page) {
  await heading(page, '核对并提交')
  for (const box of ['truthful', 'privacy', 'sensitive']) await page.locator(`#${box} input`).check()
  await next(page)
  await heading(page, '申请已提交')
  return (await page.locator('.code').innerText()).trim()
}

/* From the first page of an application to the one that asks what happened. */
export async function toStory(page) {
  await begin(page)
  await who(page)
  await place(page)
  await me(page)
  await firm(page)
  await job(page)
  await claims(page)
}

export async function applyAll(page) {
  await toStory(page)
  await story(page)
  await rest(page)
  return declare(page)
}

/* The code of the SMS, from what was sent to this phone since the button was pressed. */
export async function openCase(page, house, receipt, phone, path = '/case') {
  await page.goto(`${page.base}${path}#${receipt}`)
  await page.locator('#si-phone').fill(phone)
  const before = house.log.length
  await page.locator('form .actions button').first().click()
  await page.locator('#si-code').waitFor()
  await page.locator('#si-code').fill(await house.sent(phone, /验证码为(\d{6})/, before))
  await page.locator('form .actions button').first().click()
}
