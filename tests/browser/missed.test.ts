import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { isSound, otherLooks } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type TestRegion } from './region.ts'

let browser: Browser
let region: TestRegion
before(async () => {
  region = await startRegion()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const openAs = async (account: string, path: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(60_000)
  await wear(context, {})
  const page = await context.newPage()
  await signInOn(page, region.address, account)
  await page.goto(region.address + path)
  await page.locator('.missed-row').first().waitFor()
  return page
}

test('the desk sees who is suspended, why and until when; the manager lifts it with a reason, and the person may book again', async () => {
  const desk = await openAs('desk', '/desk/missed')
  const suspended = desk.locator('.missed-row', { hasText: '暂停直接预约至' })
  assert.equal(await suspended.count(), 1)
  await suspended.getByText('在本机构计 3 次').waitFor()
  assert.equal(await suspended.locator('.missed-visits li').count(), 3)
  assert.equal(await desk.getByRole('button', { name: /^解除/ }).count(), 0, 'the desk may look, not lift')
  await isSound(desk, 'missed-desk')

  const page = await openAs('manager', '/overview/missed')
  await isSound(page, 'missed-manager')
  const row = page.locator('.missed-row', { hasText: '暂停直接预约至' })
  await row.getByRole('button', { name: /^解除/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '解除', exact: true }).click()
  await dialog.getByText('请写明理由，至少 2 个字。').waitFor()
  await isSound(page, 'missed-lift')
  await dialog.getByLabel('理由').fill('当日住院，已核实')
  await dialog.getByRole('button', { name: '解除', exact: true }).click()
  await page.locator('.toast', { hasText: '已解除，可以直接预约了' }).waitFor()
  await row.waitFor({ state: 'detached' })
  const manager = await colleague(region.address, 'manager')
  const { visits } = await manager.ask('booking.missed-visits', {})
  assert.ok(visits.every(({ suspendedUntil }) => suspendedUntil === null))
  await otherLooks(page, 'missed-manager', '.missed-row')
  await desk.context().close()
  await page.context().close()
})
