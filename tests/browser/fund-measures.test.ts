import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()

test('The five checks of a consortium: what each is and lacks, its steps, the years before; a number is entered with its source', async () => {
  const page = await region.open('insurer', '/overview/fund-measures')
  const main = page.locator('main')
  const table = main.getByRole('region', { name: '五项考核和基金指标（表）' })
  const row = (name: string) => table.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
  for (const name of ['医疗费用增长率', '医保报销比例', '基层就诊率', '县域内基金支出比例（不含药店）', '县域内基层医疗卫生机构医保基金占比'])
    await row(name).waitFor()
  const reimbursed = row('医保报销比例').locator('details').last()
  await reimbursed.locator('summary').click()
  await reimbursed.getByText('fund.measures.reimbursed').waitFor()
  assert.match(await reimbursed.innerText(), /各层基金支付 [\d,]+\.\d\d 元 · |医疗总费用 [\d,]+\.\d\d 元/)
  assert.equal(await row('医保报销比例').getByText('好转').count(), 1)
  const where = main.getByRole('region', { name: '数从哪里来（表）' })
  await where
    .getByText(/^录入：合成数据/)
    .first()
    .waitFor()
  await isSound(page, 'fund-measures')

  await main.getByRole('button', { name: '录入一个数' }).click()
  const dialog = page.getByRole('dialog', { name: /^录入一个数 · / })
  await dialog.getByRole('button', { name: '录入', exact: true }).click()
  await dialog.getByText('请写明来源，至少 4 个字').waitFor()
  await dialog.getByText('请填写不为负的数，金额最多两位小数').waitFor()
  await isSound(page, 'fund-measures-enter')
  await dialog.getByLabel('哪个数').selectOption({ label: '参保人数' })
  await dialog.getByRole('textbox', { name: '数量' }).fill('1000')
  await dialog.getByRole('textbox', { name: '来源' }).fill('演示报表 9 号')
  await dialog.getByRole('button', { name: '录入', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await where
    .getByRole('row')
    .filter({ hasText: '参保人数' })
    .getByText(/演示报表 9 号/)
    .waitFor()

  const manager = await region.open('manager', '/overview/fund-measures')
  await manager.locator('main').getByText('演示报表 9 号').waitFor()
  assert.equal(await manager.getByRole('button', { name: '录入一个数' }).count(), 0)
  assert.equal(await manager.getByLabel('医共体或医疗集团').count(), 0)
  await isSound(manager, 'fund-measures-manager')
  const bureau = await region.open('bureau', '/overview/fund-measures')
  await bureau.getByLabel('年度').selectOption(String(new Date().getUTCFullYear() - 1))
  await bureau.getByRole('heading', { name: / 年 1–12 月$/ }).waitFor()
  await isSound(bureau, 'fund-measures-bureau')
  await otherLooks(page, 'fund-measures', 'main table')
})
