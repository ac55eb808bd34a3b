import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()
const fenOf = (text: string): number => Math.round(Number(text.replaceAll(/[,元\s]/g, '').replace('−', '-')) * 100)

test('The insurer sees what the hospital is paid for a bill: by the score of its disease with every step, or by item and why', async () => {
  const page = await region.open('insurer', '/overview/settled', { shown: 'main table' })
  const main = page.locator('main')
  const list = main.getByRole('region', { name: '账单（表）' })
  await list.getByText('演示-Z-3').click()
  const card = main.locator('section.card', { has: page.getByRole('heading', { name: '医保付给医院多少' }) })
  await card.getByText('按病种分值').waitFor()
  const paid = card.getByRole('list', { name: '医保付给医院多少' })
  const [fund = 0, others = 0, sum = 0, kept = 0] = (await paid.locator('.figures').allInnerTexts()).map(fenOf)
  assert.equal(fund + others, sum)
  assert.equal(sum - kept, 366_000, 'what it got less what it kept is the bill')
  await card.getByText('同病同价：这个病各级医院付得一样多。').waitFor()
  const levels = (await card.getByRole('list', { name: '同一个病例在各级医院，基本医保付多少' }).locator('.figures').allInnerTexts()).map(fenOf)
  assert.deepEqual([...new Set(levels)], [fund], 'every level is paid the same for a disease of one price')
  await card.getByText('怎么算出来的').click()
  await card.getByText('基金支付:标准减个人与其他支付').waitFor()
  await isSound(page, 'paid-by-disease')

  await list.getByText('演示-Z-1').click()
  await card.getByText('按项目据实', { exact: true }).waitFor()
  await card.getByText(/没有用这个账单号报送病案首页/).waitFor()
  await otherLooks(page, 'paid-for-a-bill', 'main table')
})
