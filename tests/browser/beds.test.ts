import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Look } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let browser: Browser
let region: Awaited<ReturnType<typeof startRegion>>
before(async () => {
  region = await startRegion()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const PHONE = { width: 360, height: 740 }
const DESK = { width: 1366, height: 768 }
const shots = process.env['JIELI_SHOTS']

const boardOf = async (viewport: { width: number; height: number }, look: Look = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  await wear(context, look)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await signInOn(page, region.address, 'ward')
  await page.goto(`${region.address}/desk/beds`)
  await page.locator('.bed-tile').first().waitFor()
  return page
}

const isClean = async (page: Page, name: string): Promise<void> => {
  if (shots) await page.screenshot({ path: `${shots}/beds-${name}.png`, fullPage: true })
  assert.deepEqual(await axeFaults(page), [], name)
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${name} fits its width`)
}

test('the board on a desk and on a phone, light and dark: every bed without a name, nothing beyond the edge', async () => {
  const desk = await boardOf(DESK)
  await isClean(desk, 'desk')
  await isClean(await boardOf(PHONE), 'phone')
  await isClean(await boardOf(PHONE, { theme: 'dark', language: 'en' }), 'phone-dark')
  const ward = await colleague(region.address, 'ward')
  const { beds } = await ward.ask('booking.beds-board', {})
  assert.equal(await desk.locator('.bed-tile').count(), beds.length)
})

test('somebody is moved to a free bed, discharged, and the bed made ready; who lies there is named only when asked', async () => {
  const page = await boardOf(DESK)
  const inRoom = (room: string, label: string) =>
    page.getByRole('region', { name: `${room} 室` }).locator('.bed-tile').filter({ has: page.locator('strong', { hasText: new RegExp(`^${label}$`) }) }) // prettier-ignore
  const ward = await colleague(region.address, 'ward')
  const { beds } = await ward.ask('booking.beds-board', {})
  const found = beds.find(({ stay, sex }) => stay !== null && sex !== 'any')
  assert.ok(found, 'somebody lies in the ward')
  const tile = inRoom(found.room, found.label)
  await tile.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^看姓名/ }).click()
  await dialog.locator('output strong').waitFor()
  await isClean(page, 'bed-dialog')
  await dialog.getByRole('button', { name: '办理出院' }).click()
  await tile.filter({ hasText: '待整理' }).waitFor()
  await tile.click()
  await dialog.getByRole('button', { name: '已备好' }).click()
  await tile.filter({ hasText: '空床' }).waitFor()
})
