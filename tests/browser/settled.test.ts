import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()
const fenOf = (text: string): number => Math.round(Number(text.replaceAll(/[,元\s]/g, '').replace('−', '-')) * 100)

test('What was settled: the list of a day, a bill with every step, lines and postings that sum to zero, a reversal; and the person’s own', async () => {
  const page = await region.open('desk', '/desk/settled', { shown: 'main table' })
  const main = page.locator('main')
  const list = main.getByRole('region', { name: '账单（表）' })
  await list.getByText('演示-J-1-2').click()
  await main.getByRole('heading', { name: '演示-J-1-2' }).waitFor()
  const parts = main.getByRole('list', { name: '谁付多少' })
  const fens = (await parts.locator('.figures').allInnerTexts()).map((text) => Math.round(Number(text.replaceAll(/[,元\s]/g, '')) * 100))
  assert.equal(fens.slice(0, -1).reduce((sum, fen) => sum + fen, 0), fens.at(-1), 'the parts are the whole')
  assert.ok((await parts.getByText('大病保险').count()) === 1, 'the second stay of the year reaches serious illness')
  await main.getByText('怎么算出来的').click()
  await main.getByRole('list', { name: '怎么算出来的' }).getByText(/^起付标准/).first().waitFor()
  assert.ok((await main.getByText(/^依据（B）/).count()) > 0, 'steps name their clause')
  await main.getByText('一分不差').waitFor()
  await isSound(page, 'settled')

  await list.getByText('演示-Z-2').click()
  await main.getByRole('heading', { name: '演示-Z-2' }).waitFor()
  await main.getByRole('button', { name: '整单冲正' }).click()
  const dialog = page.getByRole('dialog', { name: '冲正这张账单？' })
  await dialog.getByRole('button', { name: '整单冲正' }).click()
  await dialog.getByText('请写原因').waitFor()
  await dialog.getByRole('textbox').fill('出院日期录错')
  await dialog.getByRole('button', { name: '整单冲正' }).click()
  await dialog.waitFor({ state: 'detached' })
  await main.getByRole('heading', { name: /第 2 次：已冲正/ }).waitFor()
  await main.getByText('原因：出院日期录错').waitFor()
  for (const no of ['第 1 次：已结算', '第 2 次：已冲正']) {
    const moved = await main.getByRole('list', { name: no }).locator('.figures').allInnerTexts()
    assert.equal(moved.map((text) => Math.round(Number(text.replaceAll(/[,元\s]/g, '')) * 100)).reduce((sum, fen) => sum + fen, 0), 0, no)
  }
  await isSound(page, 'settled-reversed')
  await otherLooks(page, 'settled', 'main table')

  const insurer = await region.open('insurer', '/overview/settled', { shown: 'main table' })
  await insurer.locator('main').getByText('演示-J-2-1').first().waitFor()
  await insurer.locator('main').getByText('当日账').waitFor()
  assert.equal(await insurer.getByRole('button', { name: '整单冲正' }).count(), 0, 'only who settled it reverses it')

  const own = await region.open('resident', '/me/settled', { width: 360, shown: 'main .card' })
  await own.locator('main').getByText('为什么是这么多').first().click()
  await own.locator('main').getByText('政策范围内费用').first().waitFor()
  const year = own.locator('main section', { hasText: '年已经用了多少' })
  await year.getByText(/^自己负担的合规费用满|^已超过/).first().waitFor()
  await year.getByText('基本医保一年最多付').first().waitFor()
  const paid = fenOf(await year.locator('.own-year-sum .figures').innerText())
  const byCare = (await year.getByRole('list', { name: '各类就医，基本医保付了多少' }).locator('.figures').allInnerTexts()).map(fenOf)
  assert.equal(byCare.reduce((sum, fen) => sum + fen, 0), paid, 'the kinds of care sum to what the fund paid')
  await isSound(own, 'settled-own')
}) // prettier-ignore

test('A bill that an earlier one’s reversal changed shows before and after; filters', async () => {
  const page = await region.open('desk', '/desk/settled', { shown: 'main table' })
  const main = page.locator('main')
  const list = main.getByRole('region', { name: '账单（表）' })
  await list.getByText('演示-J-1-1').click()
  await main.getByRole('button', { name: '整单冲正' }).click()
  const dialog = page.getByRole('dialog', { name: '冲正这张账单？' })
  await dialog.getByRole('textbox').fill('录错了人')
  await dialog.getByRole('button', { name: '整单冲正' }).click()
  await dialog.waitFor({ state: 'detached' })
  await list.getByText('演示-J-1-2').click()
  const changed = main.getByRole('region', { name: '补差前后（表）' })
  await changed.getByText('个人现金').waitFor()
  const rows = await changed.locator('tbody tr').all()
  const sums = [0, 0, 0]
  for (const row of rows) for (const [at, text] of (await row.locator('td').allInnerTexts()).slice(-3).entries()) sums[at] = (sums[at] ?? 0) + fenOf(text)
  assert.equal(sums[0], sums[1], 'the bill is the same before and after')
  assert.equal(sums[2], 0, 'what one gains another loses')
  await main.getByText('湘潭市', { exact: false }).first().waitFor()
  await isSound(page, 'settled-adjusted')

  await main.getByLabel('状态').selectOption({ label: '已补差' })
  await list.getByText('演示-J-1-2').waitFor()
  assert.equal(await list.getByText('演示-J-1-1').count(), 0)
  await main.getByLabel('就医类别').selectOption({ label: '慢特病' })
  await main.getByText('没有符合条件的账单').waitFor()
  await isSound(page, 'settled-none')
  await main.getByRole('button', { name: '清除条件' }).click()
  await list.getByText('演示-J-1-1').waitFor()
}) // prettier-ignore
