import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const region = regionInBrowser()
const fenOf = (text: string): number => Math.round(Number(text.replaceAll(/[,元\s]/g, '')) * 100)

const pick = async (main: Locator) => {
  await main.getByLabel('姓名、拼音或证件号').fill('王')
  await main.getByRole('list', { name: '为谁开单' }).getByRole('button').first().click()
}

test('A township’s desk enters a bill, prices it, settles it once, and finds it first in its list', async () => {
  const page = await region.open('family', '/village/settled?view=settle', { shown: 'main .card' })
  const main = page.locator('main')
  await pick(main)
  await main.getByLabel('统筹区（参保地）').waitFor()
  await main.getByRole('button', { name: '试算' }).click()
  await main.getByText('请至少加一项明细。').waitFor()

  const line = async (name: string, price: string, count: string) => {
    await main.getByLabel('名称', { exact: true }).fill(name)
    await main.getByLabel('单价（元）').fill(price)
    await main.getByLabel('数量').fill(count)
    await main.getByRole('button', { name: '加一项' }).click()
  }
  await main.getByLabel('结算日（出院日）').fill('2024-10-08')
  await line('床位费', '60', '7')
  await line('手术', '8800.50', '1')
  await main.getByRole('button', { name: '加一项' }).click()
  await main.getByText('请填名称、单价').waitFor()
  const lines = main.getByRole('list', { name: '明细' })
  assert.equal(fenOf(await lines.locator('.receipt-sum .figures').innerText()), 922_050)
  await main.getByRole('button', { name: '试算' }).click()
  const parts = main.getByRole('list', { name: '谁付多少' })
  await parts.waitFor()
  const fens = (await parts.locator('.figures').allInnerTexts()).map(fenOf)
  assert.equal(fens.at(-1), 922_050)
  assert.equal(fens.slice(0, -1).reduce((sum, fen) => sum + fen, 0), 922_050, 'the parts are the whole')
  await main.getByText('怎么算出来的').click()
  await isSound(page, 'settle-priced')

  await line('床位费', '60', '1')
  await main.getByText('还没有试算').waitFor()
  assert.equal(await main.getByRole('button', { name: /^确认结算/ }).count(), 0, 'what changed is priced again before it is settled')
  await main.getByRole('button', { name: '试算' }).click()
  const settle = main.getByRole('button', { name: /^确认结算/ })
  await settle.click()
  await main.getByText('请填账单号').waitFor()
  await main.getByLabel(/^账单号/).fill('T-2024-1')
  await settle.dblclick()
  await main.getByRole('heading', { name: 'T-2024-1 已结算入账' }).waitFor()
  await isSound(page, 'settle-done')
  await main.getByRole('button', { name: '看这张账单' }).click()
  await main.getByRole('region', { name: '账单（表）' }).getByText('T-2024-1').waitFor()
  await main.getByRole('heading', { name: 'T-2024-1' }).waitFor()
  assert.equal(await main.getByRole('region', { name: '账单（表）' }).getByText('T-2024-1').count(), 1, 'settled once')

  await main.getByRole('tab', { name: '结算一张' }).click()
  await pick(main)
  await main.getByText('T-2024-1').waitFor()
  await main.locator('input[type=file]').setInputFiles({ name: 'bill.json', mimeType: 'application/json', buffer: Buffer.from('{"lines":[{"zh":"床位费","list":"A","amountFen":100000},{"zh":"材料","list":"B","amountFen":50000,"selfShareBp":1000}]}') })
  assert.equal(fenOf(await main.getByRole('list', { name: '明细' }).locator('.receipt-sum .figures').innerText()), 150_000)
  await main.locator('input[type=file]').setInputFiles({ name: 'bill.json', mimeType: 'application/json', buffer: Buffer.from('no bill') })
  await main.getByText('读不出账单明细').waitFor()
  await isSound(page, 'settle-from-file')
  await otherLooks(page, 'settle', 'main .card')
}) // prettier-ignore

test('A clinic on the phone prices a visit of its own resident', async () => {
  const page = await region.open('village', '/village/settled?view=settle', { width: 360, shown: 'main .card' })
  const main = page.locator('main')
  await pick(main)
  await main.getByLabel('统筹区（参保地）').waitFor()
  await isSound(page, 'settle-phone')
  // An area whose caps grow by years insured asks for them; the area of home does not.
  assert.equal(await main.getByLabel('连续参保年数').count(), 0)
  await main.getByLabel('统筹区（参保地）').selectOption({ label: '南昌市' })
  const years = main.getByLabel('连续参保年数')
  await years.waitFor()
  await years.fill('六')
  await main.getByRole('button', { name: '试算' }).click()
  await main.getByText('年数填 0 至 99 的整数').waitFor()
  await years.fill('6')
  await main.getByLabel('此前连续未报销的年数').fill('1')
  await isSound(page, 'settle-years-phone')
  await page.setViewportSize({ width: 1366, height: 900 })
  await isSound(page, 'settle-years')
})
