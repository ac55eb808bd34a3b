import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

const here = regionInBrowser()

test('the desk sees who is suspended, why and until when; the manager lifts it with a reason, and the person may book again', async () => {
  const desk = await here.open('desk', '/desk/missed', { shown: '.missed-row' })
  const suspended = desk.locator('.missed-row', { hasText: '暂停直接预约至' })
  assert.equal(await suspended.count(), 1)
  await suspended.getByText('在本机构计 3 次').waitFor()
  assert.equal(await suspended.locator('.missed-visits li').count(), 3)
  assert.equal(await desk.getByRole('button', { name: /^解除/ }).count(), 0, 'the desk may look, not lift')
  await isSound(desk, 'missed-desk')

  const page = await here.open('manager', '/overview/missed', { shown: '.missed-row' })
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
  const manager = await colleague(here.address(), 'manager')
  const { visits } = await manager.ask('booking.missed-visits', {})
  assert.ok(visits.every(({ suspendedUntil }) => suspendedUntil === null))
  await otherLooks(page, 'missed-manager', '.missed-row')
  await desk.context().close()
  await page.context().close()
})
