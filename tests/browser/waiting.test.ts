import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Colleague, type Look, type TestRegion } from './region.ts'

const SECONDS = 1_000
const DAY = 86_400 * SECONDS

let region: TestRegion
let browser: Browser
let desk: Colleague
let resident: Colleague
/** A service of the hospital of which nothing is published, so that what a test publishes stands alone. */
let scarce: string

before(async () => {
  region = await startRegion()
  browser = await launch()
  ;[desk, resident] = await Promise.all([colleague(region.address, 'desk'), colleague(region.address, 'resident')])
  scarce = await withoutUnits()
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const withoutUnits = async (): Promise<string> => {
  const { services } = await desk.ask('organisations.institution', { institution: desk.institution })
  for (const { specialty } of services) {
    const { slots } = await desk.ask('booking.free', {
      org: desk.institution,
      specialty,
      channel: 'referral',
      days: 31,
      limit: 1,
    })
    if (slots.length === 0) return specialty
  }
  throw new Error('every service of the hospital has units')
}

const openAs = async (account: string, path: string, size: [number, number], look: Look = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: size[0], height: size[1] }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(60 * SECONDS)
  await wear(context, look)
  const page = await context.newPage()
  await signInOn(page, region.address, account)
  await page.goto(region.address + path)
  return page
}

/** Pictures for whoever wants to look: kept only where a folder for them is named. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

const widthOver = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const today = async (): Promise<number> => Date.parse((await fetch(region.address)).headers.get('date') ?? '')

const publish = async (daysAhead: number): Promise<void> => {
  const day = new Date((await today()) + daysAhead * DAY).toISOString().slice(0, 10)
  await desk.call('booking.publish-pool', {
    specialty: scarce,
    kind: 'ordinary',
    startsAt: `${day}T09:00:00+08:00`,
    minutes: 30,
    capacity: 5,
  })
}

test('A resident finds nothing free, joins the list with one press, is offered what opens, and takes it with one press', async () => {
  const page = await openAs('resident', `/me/book?specialty=${scarce}&at=${desk.institution}`, [360, 740])
  const join = page.getByRole('button', { name: '没有号？登记候补' })
  await join.waitFor()
  await picture(page, 'waiting-none-free-360')
  await join.click()
  await page.getByRole('link', { name: '我的候补' }).click()
  await page.getByText('您排在第一位').waitFor()
  assert.deepEqual(await axeFaults(page), [])
  assert.equal(await widthOver(page), 0)
  await picture(page, 'waiting-entry-360')

  const manager = await openAs('desk', '/desk/shortage', [1366, 768])
  await manager.getByRole('heading', { name: '候补名单(按次序)' }).waitFor()
  assert.equal((await manager.locator('.shortage-row').count()) > 0, true)
  assert.deepEqual(await axeFaults(manager), [])
  await picture(manager, 'shortage-1366')

  await publish(6)
  await page.getByRole('button', { name: '就要这个号' }).waitFor({ timeout: 120 * SECONDS })
  assert.deepEqual(await axeFaults(page), [])
  assert.equal(await widthOver(page), 0)
  const height = await page.getByRole('button', { name: '就要这个号' }).evaluate((one) => one.getBoundingClientRect().height)
  assert.ok(height >= 44, `${height} px`)
  await picture(page, 'waiting-offer-360')
  await page.getByRole('button', { name: '就要这个号' }).click()
  await page.getByText('已约到号').waitFor()
  const { bookings } = await resident.ask('booking.mine', {})
  assert.ok(bookings.some(({ specialty, state }) => specialty === scarce && state === 'confirmed'))
  await page.context().close()
  await manager.context().close()
})

test('The shortage worklist on a phone, in the dark and in English: a unit is found, out of order only with a reason', async () => {
  const page = await openAs('desk', '/desk/shortage', [360, 740], { theme: 'dark', language: 'en' })
  await page.locator('.shortage-row').first().waitFor()
  assert.deepEqual(await axeFaults(page), [])
  assert.equal(await widthOver(page), 0)
  await picture(page, 'shortage-360-dark')
  await page.getByRole('button', { name: 'Find a unit' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await dialog
    .getByText(/No unit for this person now|At the places accepted|Elsewhere/)
    .first()
    .waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await picture(page, 'shortage-find-360-dark')
  await page.context().close()

  const manager = await openAs('manager', '/overview/shortage', [1366, 768])
  await manager.locator('.shortage-row').first().waitFor()
  assert.match(
    (await manager.locator('.shortage-row strong').first().textContent()) ?? '',
    /^.\*$/,
    'who manages need not know who it is',
  )
  await picture(manager, 'shortage-manager-1366')
  await manager.context().close()
})
