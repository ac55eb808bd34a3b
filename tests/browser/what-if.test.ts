import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { areaFile, bookOfArea } from '../../src/modules/settlement/index.ts'
import { bookValues, changedBook, madeYearOf, whatIf, type AreaBook } from '../../src/modules/settlement/what-if.ts'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()
const AREA = 'changsha'
const SEED = 1
const BILLS = 100_000
const TRIED_BP = 5_000
const FEN_A_YUAN = 100
const yuan = (fen: number): string =>
  `${(fen / FEN_A_YUAN).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} 元`
const shipped = (insured: AreaBook['insured']): AreaBook =>
  areaFile.parse(parse(readFileSync(new URL(`../../rulebook/areas/${AREA}/${insured}.yaml`, import.meta.url), 'utf8')))

/** The first rate of residents at level 3, as the page lists it, and what comes out of the engine here when it is another. */
const reckoned = (year: number) => {
  const books = [shipped('residents'), shipped('workers')] as const
  const rate = bookValues(books[0], year).find(({ kind, field, when }) => kind === 'rate' && field === 'rateBp' && when.care === undefined && when.level?.includes('level3'))
  assert.ok(rate)
  const { book, faults } = changedBook(books[0], { [rate.at]: TRIED_BP })
  assert.deepEqual(faults, {})
  const both = { residents: { before: books[0], after: book }, workers: { before: books[1], after: books[1] } }
  return { rate, outcome: whatIf(madeYearOf(books, year, SEED), both, BILLS) }
} // prettier-ignore

test('100 000 made-up bills settled by two sets of rules in the browser: the numbers of the engine, an example with its steps, and a stop', async () => {
  assert.ok(await bookOfArea(AREA, 'residents'))
  const year = 2024
  const { rate, outcome } = reckoned(year)
  const page = await region.open('insurer', '/overview/what-if', { shown: 'main h1' })
  const main = page.locator('main')
  await main.getByLabel('年份').selectOption(String(year))
  await main.getByLabel('统筹区').selectOption(AREA)
  await main.getByText('还没有改').waitFor()
  await isSound(page, 'what-if')
  await main.locator('summary', { hasText: '城乡居民 · 支付比例' }).click()
  const field = main.locator('.what-if-values > div').filter({ hasText: `现行 ${rate.value / FEN_A_YUAN}%` }).filter({ hasText: '三级' }).getByRole('textbox').first() // prettier-ignore
  await field.fill('150')
  await main.getByText('比例不能超过 100%').first().waitFor()
  assert.equal(await main.getByRole('button', { name: '开始推演' }).isDisabled(), true, 'what cannot be is not tried')
  await field.fill(String(TRIED_BP / FEN_A_YUAN))
  await main.getByText('已改 1 处').first().waitFor()

  await main.getByRole('button', { name: '开始推演' }).click()
  await main.getByRole('button', { name: '停止' }).click()
  await main.getByRole('button', { name: '开始推演' }).waitFor()
  assert.equal(await main.getByRole('heading', { name: '谁付多少' }).count(), 0, 'a stopped trial tells nothing')

  await main.getByRole('button', { name: '开始推演' }).click()
  const payers = main.getByRole('region', { name: '谁付多少（表）' })
  await payers.waitFor()
  const took = (await main.locator('output').innerText()).trim()
  console.log(took)
  assert.match(took, /^100,000 张虚构账单/)
  for (const [name, title] of [['basic', '基本医保统筹'], ['person', '个人']] as const) {
    const row = payers.getByRole('row').filter({ hasText: title })
    const [before, after] = outcome.payers[name] as [number, number]
    assert.deepEqual((await row.getByRole('cell').allInnerTexts()).slice(1, 3), [yuan(before), yuan(after)], name)
    assert.notEqual(before, after)
  } // prettier-ignore
  const bins = main.getByRole('region', { name: '个人多付或少付多少（表）' })
  const shown = await bins.getByRole('row').evaluateAll((rows) => rows.slice(1).map((row) => row.children[1]?.textContent))
  assert.deepEqual(shown, outcome.bins.map(({ bills }) => `${bills.toLocaleString('zh-CN')} 张`)) // prettier-ignore

  await main.getByRole('region', { name: '按机构级别（表）' }).getByRole('row').filter({ hasText: '三级' }).click()
  const dialog = page.getByRole('dialog', { name: '一张账单的两种算法' })
  const most = outcome.byLevel.level3?.most
  assert.ok(most)
  await dialog.waitFor()
  const persons = await dialog.locator('h3').allInnerTexts()
  const [before, after] = persons.map((text) => Number(text.replace(/^.*付 |[,元\s]/g, '')) * FEN_A_YUAN)
  assert.equal(Math.round(Number(after) - Number(before)), most.fen, 'the example is the bill that changes most')
  assert.ok((await dialog.getByRole('listitem').count()) > 6, 'every step of both')
  await isSound(page, 'what-if-example')
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await isSound(page, 'what-if-outcome')
  await otherLooks(page, 'what-if', 'main h1')
})
