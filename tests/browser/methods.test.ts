import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()

test('Ways to pay side by side: what a month’s cases would earn by each, why some cannot be reckoned, and one case step by step', async () => {
  const page = await region.open('insurer', '/overview/methods')
  const main = page.locator('main')
  const table = main.getByRole('region', { name: '各种付费方式（表）' })
  const row = (name: string) => table.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
  await row('按项目').waitFor()
  await row('DRG')
    .getByText(/没有当地的 DRG 权重或费率/)
    .waitFor()
  await row('按人头')
    .getByText(/出院病例不带个人/)
    .waitFor()
  const steps = row('按床日').locator('details').last()
  await steps.locator('summary').click()
  await steps.getByText('fund.payment.bed-day').first().waitFor()
  assert.match(await steps.innerText(), /个人与其他支付 [\d,]+\.\d\d 元/)
  assert.match(await row('病种分值（DIP）').innerText(), /\d+\.\d\d 元/)
  assert.match(await row('单病种（临床路径）').innerText(), /\d+\.\d\d 元/)
  await main.getByText('用到的定额从哪里来').click()
  await main.getByText(/按床日：示例值/).waitFor()
  await isSound(page, 'methods')
  const listed = main.getByRole('region', { name: '费用最高的病例（表）' })
  await listed.getByRole('row').nth(1).click()
  await main.getByRole('heading', { name: /^病例 / }).waitFor()
  await isSound(page, 'methods-case')
  await main.getByLabel('月份').selectOption('6')
  await main.getByRole('heading', { name: / 年 6 月$/ }).waitFor()
  const manager = await region.open('manager', '/overview/methods', { shown: 'main table' })
  assert.equal(await manager.getByLabel('机构').count(), 0)
  await isSound(manager, 'methods-manager')
  await otherLooks(page, 'methods', 'main table')
})
