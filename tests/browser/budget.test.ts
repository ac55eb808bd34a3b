import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

const region = regionInBrowser()

const FEN_A_YUAN = 100
const BUDGET_FEN = 40_000_000_000
const INSIDE_FEN = 2_100_000_055
const OUTSIDE_FEN = 1_100_000_045
const yuan = (fen: number): string => (fen / FEN_A_YUAN).toLocaleString('zh-CN', { minimumFractionDigits: 2 })

test('The budget of a year: nothing yet, then where it comes from, what was spent, and how the year would end, each with its steps', async () => {
  const [insurer, manager] = await Promise.all(['insurer', 'manager'].map((account) => colleague(region.address(), account)))
  assert.ok(insurer && manager)
  const page = await region.open('insurer', '/overview/budget')
  await page.getByText('本年度还没有设定预算').waitFor()
  await isSound(page, 'budget-none')
  const early = await region.open('manager', '/overview/budget')
  await early.getByText('本年度还没有设定预算').waitFor()
  await isSound(early, 'budget-manager-none')
  const org = manager.institution
  assert.ok(org)
  const thisYear = new Date().getUTCFullYear()
  const main = page.locator('main')
  await main.getByRole('button', { name: '设定预算' }).click()
  const setting = page.getByRole('dialog', { name: `设定预算 · ${thisYear}` })
  await setting.getByRole('button', { name: '设定并划入账本' }).click()
  await setting.getByText('有一项没有填对').waitFor()
  await isSound(page, 'budget-set')
  await setting.getByLabel('医共体或医疗集团').selectOption(org)
  await setting.getByRole('textbox', { name: '上年预算' }).fill(String(BUDGET_FEN / FEN_A_YUAN))
  await setting.getByRole('textbox', { name: '增长率' }).fill('5')
  await setting.getByRole('button', { name: '设定并划入账本' }).click()
  await setting.waitFor({ state: 'detached' })

  await main.getByRole('button', { name: '记一笔账' }).click()
  const booking = page.getByRole('dialog', { name: `记一笔账 · ${thisYear}` })
  await booking.getByLabel('金额（元）').fill('77.7')
  await booking.getByLabel('成员机构').selectOption(org)
  await isSound(page, 'budget-book')
  await booking.getByRole('button', { name: '记一笔账' }).click()
  await booking.waitFor({ state: 'detached' })
  const books = main.getByRole('region', { name: '账本（表）' })
  await books.getByRole('row').filter({ hasText: '77.70' }).getByRole('button', { name: '冲销' }).click()
  const back = page.getByRole('dialog', { name: '冲销这笔账？' })
  await back.getByRole('textbox').fill('机构选错')
  await back.getByRole('button', { name: '冲销' }).click()
  await back.waitFor({ state: 'detached' })
  await books.getByText('县域内支出（已冲销）').waitFor()
  for (const month of [1, 2]) {
    await insurer.call('fund.book', { org, year: thisYear, month, kind: 'inside', institution: org, fen: INSIDE_FEN })
    await insurer.call('fund.book', { org, year: thisYear, month, kind: 'outside', fen: OUTSIDE_FEN })
  }
  await page.reload()
  await main.getByText(yuan((BUDGET_FEN / 100) * 105)).first().waitFor() // prettier-ignore
  await main.getByText(yuan(2 * (INSIDE_FEN + OUTSIDE_FEN))).first().waitFor() // prettier-ignore
  const steps = main.locator('details').first()
  await steps.locator('summary').click()
  await steps.getByText(yuan(BUDGET_FEN)).first().waitFor() // prettier-ignore
  await isSound(page, 'budget')
  await otherLooks(page, 'budget', 'main table')
  const own = await region.open('manager', '/overview/budget', { shown: 'main table' })
  assert.equal(await own.locator('main table').first().getByText('各医共体').count(), 0)
  await isSound(own, 'budget-manager')
})
