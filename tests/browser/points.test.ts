import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()
const lastYear = new Date().getUTCFullYear() - 1
const LINES = [
  'D-01，医技，30，，，40',
  'D-02，医技，，，，30',
  'N-01，护理，，，，，，，50',
  'P-01，药剂，，，，，，，5',
  'X-01，行政后勤，10，，，，，，40',
]

test('Work points: a year agreed to with its steps, one proposed with a wrong line mended, returned and agreed to by another', async () => {
  const page = await region.open('insurer', '/overview/points')
  const main = page.locator('main')
  const lines = main.getByRole('region', { name: '每一行的工分和所得（表）' })
  await lines.getByText('Y-01', { exact: true }).waitFor()
  await isSound(page, 'points')
  const pay = lines.locator('details').first()
  await pay.locator('summary').click()
  await pay.getByText('fund.work-points-shares').waitFor()
  await isSound(page, 'points-steps')

  // The manager of the county hospital proposes the year before: it sees its own institution only.
  const own = await region.open('manager', '/overview/points')
  assert.equal(await own.locator('main').getByText('待另一人批准').count(), 0)
  await own
    .locator('main')
    .getByLabel('年度')
    .selectOption(String(lastYear - 1))
  await own.getByText('这一年还没有工分').waitFor()
  await own.getByRole('button', { name: '提出工分' }).click()
  const proposing = own.getByRole('dialog', { name: /^提出工分 · / })
  await proposing.getByRole('textbox', { name: '工资总额' }).first().fill('10000.01')
  await proposing.getByRole('textbox', { name: '依据' }).fill('演示核定表')
  const typed = proposing.getByRole('textbox', { name: '各行的工分' })
  await typed.fill([...LINES, 'Z-01，收费处，10'].join('\n'))
  await proposing.getByRole('button', { name: '提出工分' }).click()
  await proposing.getByText('第 6 行：块须为医技、护理、药剂或行政后勤').waitFor()
  await isSound(own, 'points-propose')
  await typed.fill(LINES.join('\n'))
  await proposing.getByRole('button', { name: '提出工分' }).click()
  await proposing.waitFor({ state: 'detached' })
  await own.locator('main').getByRole('region', { name: '四块的工资和工分值（表）' }).getByText('5,000.01 元').waitFor()
  assert.equal(await own.getByRole('button', { name: '批准' }).count(), 0)

  await main.getByLabel('年度').selectOption(String(lastYear - 1))
  await main.getByRole('button', { name: '批准' }).click()
  const agreeing = page.getByRole('dialog', { name: '批准这份工分？' })
  await agreeing.getByRole('textbox').fill('核对无误')
  await agreeing.getByRole('button', { name: '批准' }).click()
  await agreeing.waitFor({ state: 'detached' })
  await main.getByText('核对无误').waitFor()
  await isSound(page, 'points-agreed')
  await otherLooks(page, 'points', 'main table')
})
