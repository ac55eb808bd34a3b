import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { signInOn, startRegion, wear, type Look, type TestRegion } from './region.ts'

let region: TestRegion
let browser: Browser
before(async () => {
  ;[region, browser] = await Promise.all([startRegion(), launch()])
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

type Screen = { width?: number; height?: number; look?: Look }

const openPage = async (account: string, path: string, { width = 1366, height = 768, look = {} }: Screen = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  await wear(context, look)
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await signInOn(page, region.address, account)
  await page.goto(region.address + path)
  await page.locator('.capability-rows li').first().waitFor()
  return page
}

const looksRight = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
  assert.deepEqual(await axeFaults(page), [])
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
  assert.ok(fits, 'nothing sticks out')
}

const rowOf = (page: Page, name: string) => page.locator('.capability-rows li', { hasText: name })

test('A hospital’s desk is told what a device is needed for, declares it, changes its word and takes it back; the history says so', async () => {
  const page = await openPage('desk', '/desk/capability')
  await looksRight(page, 'capability')
  await page.getByRole('button', { name: '新增申报' }).click()
  const dialog = page.getByRole('dialog')
  // Nothing filled in: the form says what is missing.
  await dialog.getByRole('button', { name: '申报', exact: true }).click()
  await dialog.getByText('请选择内容。').waitFor()
  await dialog.getByText('请写明依据,至少 2 个字。').waitFor()
  await dialog.getByText('设备', { exact: true }).click()
  await dialog.getByLabel('名称').selectOption({ label: '脑电图机' })
  await dialog.getByText(/个需要它/).waitFor()
  await dialog.getByText('没有', { exact: true }).click()
  await dialog.getByLabel('依据').fill('设备台账')
  await looksRight(page, 'capability-declare')
  await dialog.getByRole('button', { name: '申报', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await rowOf(page, '脑电图机').getByText('没有').waitFor()
  // The device came: another word from today, and the first becomes history.
  await page.getByRole('button', { name: '变更:脑电图机' }).click()
  await dialog.getByText('有', { exact: true }).click()
  await dialog.getByLabel('依据').fill('设备台账,本月购入')
  await dialog.getByRole('button', { name: '申报', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await rowOf(page, '脑电图机').getByText('有', { exact: true }).waitFor()
  await page.getByRole('button', { name: '撤回:脑电图机' }).click()
  await dialog.getByLabel('理由').fill('误报')
  await dialog.getByRole('button', { name: '撤回申报' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await rowOf(page, '脑电图机').waitFor({ state: 'detached' })
  await page.getByText('全部历史').click()
  await page.locator('.capability-history tr', { hasText: '撤回:误报' }).waitFor()
  await page.locator('.capability-history tr', { hasText: '由新申报取代' }).waitFor()
  await looksRight(page, 'capability-history')
  await page.context().close()
})

test('A condition is found by name, with the doctors and things it takes; a manager chooses the institution', async () => {
  const page = await openPage('manager', '/overview/capability')
  await page.getByRole('button', { name: '新增申报' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('病种', { exact: true }).click()
  await dialog.getByRole('searchbox').fill('急性脑卒中')
  await dialog.locator('.list button', { hasText: '急性脑卒中' }).click()
  await dialog.getByText('需要什么,本机构有没有').waitFor()
  await dialog.getByText(/CT — /).waitFor()
  await looksRight(page, 'capability-condition')
  await page.keyboard.press('Escape')
  const place = page.getByLabel('机构', { exact: true })
  const heading = page.locator('main h2').first()
  const before = await heading.textContent()
  await place.selectOption({ index: 2 })
  await page.waitForFunction((was) => document.querySelector('main h2')?.textContent !== was, before)
  assert.match(page.url(), /institution=\d+/)
  await page.context().close()
})

test('Declarations are read on a phone, in the dark and in English', async () => {
  const phone = await openPage('desk', '/desk/capability', { width: 360, height: 740, look: { theme: 'dark' } })
  await looksRight(phone, 'capability-phone-dark')
  await phone.context().close()
  const english = await openPage('manager', '/overview/capability', { look: { language: 'en' } })
  await english.getByRole('heading', { name: 'What the place can treat' }).waitFor()
  await looksRight(english, 'capability-english')
  await english.context().close()
})
