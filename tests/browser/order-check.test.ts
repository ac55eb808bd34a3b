import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()
const PHONE = { width: 360 }

const addLine = async (page: Page, kind: string, code: string, name: string, more: Readonly<Record<string, string>> = {}) => {
  await page.getByLabel('类别', { exact: true }).selectOption({ label: kind })
  const fields = { 编码: code, 名称: name, '单价（元）': '28.00', ...more }
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('button', { name: '加一项' }).click()
}
const somebody = async (page: Page) => {
  await page.getByLabel('姓名、拼音或证件号').fill('王')
  await page.getByRole('list', { name: '为谁开单' }).getByRole('button').first().click()
}

test('While a bill is written the rules are seen beside its lines: one that stops, one that asks why, and the insurer reads why', async (t) => {
  const desk = await region.open('family', '/village/cashier?view=open', { shown: 'main [role=tablist]' })
  const open = desk.getByRole('button', { name: /^开出账单/ })
  await t.test('a line in order is told so', async () => {
    await somebody(desk)
    await desk.getByRole('button', { name: /换药\(小\) · 12\.00 元/ }).click()
    await desk.getByText('按审核规则核对过，没有发现问题。').waitFor()
    await isSound(desk, 'order-clean')
  })
  await t.test('a clear breach stops the bill until its line is gone', async () => {
    await addLine(desk, '药品', 'D-COLD', '复方氨酚烷胺片', { '够用几天（选填）': '30' })
    await desk.getByText('18 · 超量开药').waitFor()
    await desk.getByText('证据：天数 30，最多 7').waitFor()
    await open.click()
    await desk.getByText('有不能开出的项目，请先改正或去掉。').waitFor()
    await isSound(desk, 'order-stopped')
    await desk.getByRole('button', { name: '去掉复方氨酚烷胺片' }).click()
    await desk.getByText('18 · 超量开药').waitFor({ state: 'detached' })
  })
  await t.test('a suspicious line goes on with a written reason', async () => {
    await addLine(desk, '治疗', 'N-1', '一级护理')
    await addLine(desk, '治疗', 'N-2', '二级护理', { '单价（元）': '16.00' })
    await desk.getByText('3 · 互斥项目').waitFor()
    await open.click()
    await desk.getByText('请写明理由（至少 2 个字）。').waitFor()
    await isSound(desk, 'order-reason')
    await desk.setViewportSize({ width: 360, height: 800 })
    await isSound(desk, 'order-reason-360')
    await desk.getByLabel('继续的理由：互斥项目').fill('上午抢救，下午转为二级')
    await open.click()
    await desk.getByRole('button', { name: '预结算' }).waitFor()
  })
  await t.test('the insurer finds it with the reason', async () => {
    const page = await region.open('insurer', '/overview/audit')
    await page.getByLabel('规则', { exact: true }).selectOption('mutex')
    const rows = page.getByRole('table').first().getByRole('row')
    await rows.filter({ hasText: '16.00' }).first().click()
    const reason = page.getByText('上午抢救，下午转为二级')
    for (const row of await rows.filter({ hasText: '16.00' }).all()) {
      if ((await reason.count()) > 0) break
      await row.click()
    }
    await reason.waitFor()
    assert.equal(await page.getByText('开单或结算时').count(), 1, 'it says where it was found')
    await isSound(page, 'order-found')
    await page.getByRole('button', { name: '下发机构' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '下发机构' }).click()
    await page.getByRole('button', { name: '下发机构' }).waitFor({ state: 'detached' })
  })
  await t.test('the clinic is told, in its menu and on its page, and may answer', async () => {
    const clinic = await region.open('family', '/village/audit', PHONE)
    await clinic.getByText('1 条疑点等本机构反馈').waitFor()
    await isSound(clinic, 'order-told-360')
    await clinic.getByRole('button', { name: '认可', exact: true }).click()
    await clinic.getByRole('dialog').getByRole('button', { name: '认可', exact: true }).click()
    await clinic.getByText('1 条疑点等本机构反馈').waitFor({ state: 'detached' })
  })
})

test('On a phone a stopped line fits, and the form does in both languages and looks', async () => {
  const phone = await region.open('family', '/village/cashier?view=open', { ...PHONE, shown: 'main [role=tablist]' })
  await somebody(phone)
  await addLine(phone, '药品', 'D-COLD', '复方氨酚烷胺片', { '够用几天（选填）': '30' })
  await phone.getByText('18 · 超量开药').waitFor()
  await isSound(phone, 'order-stopped-360')
  await otherLooks(phone, 'order-form', '.line-fields')
})
