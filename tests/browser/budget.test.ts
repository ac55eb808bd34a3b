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
  const nextYear = String(new Date().getUTCFullYear() + 1)
  await page.locator('main').getByLabel('年度', { exact: true }).selectOption(nextYear)
  await page.getByText('本年度还没有设定预算').waitFor()
  await isSound(page, 'budget-none')
  const early = await region.open('manager', '/overview/budget')
  await early.locator('main').getByLabel('年度', { exact: true }).selectOption(nextYear)
  await early.getByText('本年度还没有设定预算').waitFor()
  await isSound(early, 'budget-manager-none')
  const org = manager.institution
  assert.ok(org)
  const thisYear = Number(nextYear)
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
  await main.getByLabel('年度', { exact: true }).selectOption(nextYear)
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

test('A year is assessed and closed: settled spend taken up, an indicator corrected with its evidence, an objection, decided by another', async () => {
  const year = new Date().getUTCFullYear() - 1
  const page = await region.open('insurer', '/overview/budget')
  const main = page.locator('main')
  await main.getByLabel('年度', { exact: true }).selectOption(String(year))
  await main.getByRole('heading', { name: `年度结账 · ${year}` }).waitFor()
  await main.getByRole('button', { name: '取入结算支出' }).click()
  await page
    .getByText('账本与结算一致')
    .or(page.getByText(/已取入 \d+ 笔/))
    .first()
    .waitFor()
  await main.getByRole('row').filter({ hasText: '基层就诊率' }).getByRole('button', { name: '录入' }).click()
  const entering = page.getByRole('dialog', { name: '录入基层就诊率' })
  await entering.getByRole('button', { name: '录入' }).click()
  await entering.getByText('请填百分数').waitFor()
  await entering.getByLabel('实际值（%）').fill('64.2')
  await entering.getByLabel('依据').fill('卫生统计年报第 3 页')
  await isSound(page, 'budget-indicator')
  await entering.getByRole('button', { name: '录入' }).click()
  await main.getByText('卫生统计年报第 3 页').waitFor()
  const inside = main.getByRole('row').filter({ hasText: '县域内基金支出占比' })
  await inside.getByRole('button', { name: '采用' }).click()
  await inside.getByText(`平台指标:县域内基金支出比例（不含药店）,${year} 年 1–12 月`).waitFor()
  await inside.locator('details').first().locator('summary').click()
  await inside.getByText('fund.measures.fund-inside').first().waitFor()
  await isSound(page, 'budget-adopted')
  await main.getByRole('button', { name: '提出结账' }).click()
  const proposing = page.getByRole('dialog', { name: `提出 ${year} 年结账` })
  for (const [at, [workload, quality, heads]] of [[5_200, 92, 0], [2_100, 88, 9_000], [900, 85, 7_400]].entries()) {
    const member = proposing.getByRole('group').nth(at)
    await member.getByLabel('工作量').fill(String(workload))
    await member.getByLabel('质量分').fill(String(quality))
    await member.getByLabel('签约人数').fill(String(heads))
  } // prettier-ignore
  await isSound(page, 'budget-propose-close')
  await proposing.getByRole('button', { name: '提出结账' }).click()
  await proposing.waitFor({ state: 'detached' })
  await main.getByText('须由另一位经办人员决定').waitFor()

  const manager = await region.open('manager', '/overview/budget')
  await manager.locator('main').getByLabel('年度', { exact: true }).selectOption(String(year))
  await manager.locator('main').getByRole('button', { name: '提出书面意见' }).click()
  const objecting = manager.getByRole('dialog', { name: '对结账提出意见？' })
  await objecting.getByRole('textbox').fill('十二月乡镇工作量少计')
  await objecting.getByRole('button', { name: '提出书面意见' }).click()
  await manager.locator('main').getByText('十二月乡镇工作量少计').waitFor()
  await isSound(manager, 'budget-objected')

  const second = await region.open('insurer2', '/overview/budget')
  await second.locator('main').getByLabel('年度', { exact: true }).selectOption(String(year))
  await second.locator('main').getByText('十二月乡镇工作量少计').waitFor()
  await second.locator('main').getByRole('button', { name: '批准结账' }).click()
  const approving = second.getByRole('dialog', { name: '批准这份结账？' })
  await approving.getByRole('textbox').fill('已核对，意见不成立')
  await approving.getByRole('button', { name: '批准结账' }).click()
  await second.locator('main').getByText('已结账', { exact: true }).waitFor()
  await second.locator('main').getByRole('button', { name: '记一笔账' }).waitFor({ state: 'detached' })
  await isSound(second, 'budget-closed')
  const insurer = await colleague(region.address(), 'insurer')
  const org = (await colleague(region.address(), 'manager')).institution
  assert.ok(org)
  const { close } = await insurer.ask('fund.year-end', { org, year })
  assert.equal(close?.state, 'decided')
  assert.ok(close.keptFen > 0)
  assert.equal(
    close.parts.reduce((sum, { fen }) => sum + fen, 0),
    close.keptFen,
  )
  await second.setViewportSize({ width: 360, height: 740 })
  await isSound(second, 'budget-closed-360')
})
