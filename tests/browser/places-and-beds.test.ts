import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { isSound } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

const here = regionInBrowser()

const onPhone = async (page: Page, name: string): Promise<void> => {
  await page.setViewportSize({ width: 360, height: 740 })
  await isSound(page, name)
  await page.setViewportSize({ width: 1366, height: 768 })
}

test('the desk adds a place for somebody who waits, says how the person agreed, and takes another off', async () => {
  const page = await here.open('desk', '/desk/shortage', { shown: '.shortage-row' })
  const desk = await colleague(here.address(), 'desk')
  const before = (await desk.ask('booking.shortage-worklist', {})).rows[0]
  assert.ok(before)
  const { person, waiting } = before
  const placesNow = async () => (await desk.ask('booking.units-for-waiting', { person, waiting })).places
  const places = await placesNow()
  await page.getByRole('button', { name: '改机构' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('加一家机构').fill('医院')
  await dialog.getByRole('button', { name: /^加上/ }).first().click()
  await dialog.getByRole('button', { name: '保存机构' }).click()
  await dialog.getByText('请写明本人怎样同意的，至少 2 个字。').waitFor()
  await isSound(page, 'shortage-places')
  await onPhone(page, 'shortage-places-360')
  await dialog.getByLabel('本人怎样同意的').fill('今日电话征得同意')
  await dialog.getByRole('button', { name: '保存机构' }).click()
  await page.locator('.toast', { hasText: '接受的机构已改' }).waitFor()
  const more = await placesNow()
  assert.equal(more.length, places.length + 1)

  await page.getByRole('button', { name: '改机构' }).first().click()
  const boxes = dialog.getByRole('checkbox')
  await boxes.last().uncheck()
  await dialog.getByLabel('本人怎样同意的').fill('只愿去县医院')
  await dialog.getByRole('button', { name: '保存机构' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(await placesNow(), places, 'what was added elsewhere is off again, nothing else was lost')
  await page.context().close()
})

test('one bed is added to a room, closed with a reason and opened again; its tile says so', async () => {
  const page = await here.open('desk', '/desk/beds', { shown: '.bed-tile' })
  const count = await page.locator('.bed-tile').count()
  await page
    .getByRole('button', { name: /室加床$/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('与同室相同').waitFor()
  const label = await dialog.getByLabel('床号').inputValue()
  assert.match(label, /^\d+$/, 'the next number is proposed')
  await isSound(page, 'beds-add')
  await onPhone(page, 'beds-add-360')
  await dialog.getByRole('button', { name: '加床', exact: true }).click()
  await page.locator('.toast', { hasText: '已加床，开放预约' }).waitFor()
  await page.waitForFunction((wanted) => document.querySelectorAll('.bed-tile').length === wanted, count + 1)
  const tile = page.locator('.room').first().locator('.bed-tile').filter({ has: page.locator('strong', { hasText: new RegExp(`^${label}$`) }) }) // prettier-ignore
  await tile.click()
  await dialog.getByLabel('停用原因').fill('床架损坏')
  await dialog.getByRole('button', { name: '停用床位' }).click()
  await tile.filter({ hasText: '停用' }).filter({ hasText: '床架损坏' }).waitFor()
  await isSound(page, 'beds-closed')
  await onPhone(page, 'beds-closed-360')
  await tile.click()
  await dialog.getByRole('button', { name: '重新启用' }).click()
  await tile.filter({ hasText: '空床' }).waitFor()
  await page.context().close()
})
