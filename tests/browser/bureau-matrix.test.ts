import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { isSound } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const here = regionInBrowser()

const SHOWN = '.matrix-table, .matrix-list'

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null)

test('The bureau goes from the overview to a specialty, by keys to a cell, and is told why, what is missing and who could help', async () => {
  const page = await here.open('bureau', '/overview/matrix', { shown: SHOWN })
  assert.match(await page.locator('.matrix-table').getAttribute('aria-label').then(String), /^湘潭县/)
  await isSound(page, 'matrix-overview')
  await page.locator('tbody tr', { hasText: '血液内科' }).locator('td').first().click()
  await page.locator('tbody tr', { hasText: '白血病' }).waitFor()
  const leaking = page.getByRole('button', { name: /外流/ })
  const count = Number(await leaking.locator('.matrix-tile-count').textContent())
  await leaking.click()
  await page.locator('td.matrix-cell.leaking').first().waitFor()
  assert.equal(await page.locator('tbody tr').count(), count, 'as many rows as the tile says')
  assert.match(String(await page.locator('td.matrix-cell.leaking').first().getAttribute('data-mark')), /^↗\d+%$/)
  await isSound(page, 'matrix-leaking')
  await leaking.click()
  // By keys: the first cell of the table, one to the right, and open.
  await page.locator('td[tabindex="0"]').focus()
  const first = await focused(page)
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction((was) => document.activeElement?.getAttribute('aria-label') !== was, first)
  assert.match(String(await focused(page)), /湘潭县人民医院/)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').locator('.matrix-panel').waitFor()
  assert.match(page.url(), /cell=/)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  // A gap of the county hospital: what is missing and who could help.
  await page.goto(`${here.address()}/overview/matrix?state=empty&level=county`)
  await page.locator('td.matrix-cell.empty').first().click()
  const panel = page.getByRole('dialog').locator('.matrix-panel')
  await panel.getByRole('heading', { name: '缺什么' }).waitFor()
  await panel.getByRole('heading', { name: '谁能帮' }).waitFor()
  await panel.getByText('判断规则').click()
  await panel.getByText('设计值').first().waitFor()
  await isSound(page, 'matrix-cell')
  await page.context().close()
})

test('A manager begins with the own consortium, finds a condition by name, and is told when nothing fits', async () => {
  const page = await here.open('manager', '/overview/matrix', { shown: SHOWN })
  assert.match(String(await page.locator('.matrix-table').getAttribute('aria-label')), /医共体/)
  await page.getByLabel('查找病种').fill('脑卒中')
  await page.locator('tbody tr', { hasText: '脑卒中' }).first().waitFor()
  await page.getByLabel('查找病种').fill('没有这种病')
  await page.locator('.empty-state').waitFor()
  await page.getByRole('button', { name: '清除筛选' }).click()
  await page.locator('.matrix-table').waitFor()
  await page.context().close()
})

test('On a phone the matrix is a list by specialty, also in the dark and in English', async () => {
  const page = await here.open('bureau', '/overview/matrix', { shown: SHOWN, width: 360, height: 740, look: { theme: 'dark' } })
  await isSound(page, 'matrix-phone-dark')
  await page.locator('.matrix-list button').first().click()
  await page.getByRole('dialog').locator('.matrix-panel').waitFor()
  await isSound(page, 'matrix-phone-cell-dark')
  await page.context().close()
  const english = await here.open('bureau', '/overview/matrix', { shown: SHOWN, look: { language: 'en', theme: 'dark' } })
  await english.getByRole('heading', { name: 'Hospital matrix of the region' }).waitFor()
  await isSound(english, 'matrix-overview-english-dark')
  await english.context().close()
})

test('Printed, the whole picture fits the sheet: filters are left out, and the table is no wider than the paper', async () => {
  // A4 landscape without its margins, at 96 dots an inch.
  const page = await here.open('bureau', '/overview/matrix', { shown: SHOWN, width: 1047, height: 718 })
  await page.emulateMedia({ media: 'print' })
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/matrix-print.png` })
  assert.equal(await page.locator('.matrix-fields').isVisible(), false)
  const [table, paper] = await page.evaluate(() => [
    document.querySelector('.matrix-table')?.getBoundingClientRect().width ?? 0,
    document.documentElement.clientWidth,
  ])
  assert.ok(table > 0 && table <= paper, `${table} of ${paper}`)
  await page.context().close()
})
