import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { isSound } from './looking.ts'
import { regionInBrowser } from './open-page.ts'

const here = regionInBrowser()

const SHOWN = '.capability-rows li'

const rowOf = (page: Page, name: string) => page.locator('.capability-rows li', { hasText: name })

test('A hospital’s desk is told what a device is needed for, declares it, changes its word and takes it back; the history says so', async () => {
  const page = await here.open('desk', '/desk/capability', { shown: SHOWN })
  await isSound(page, 'capability')
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
  await isSound(page, 'capability-declare')
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
  await isSound(page, 'capability-history')
  await page.context().close()
})

test('A condition is found by name, with the doctors and things it takes; a manager chooses the institution', async () => {
  const page = await here.open('manager', '/overview/capability', { shown: SHOWN })
  await page.getByRole('button', { name: '新增申报' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('病种', { exact: true }).click()
  await dialog.getByRole('searchbox').fill('急性脑卒中')
  await dialog.locator('.list button', { hasText: '急性脑卒中' }).click()
  await dialog.getByText('需要什么,本机构有没有').waitFor()
  await dialog.getByText(/CT — /).waitFor()
  await isSound(page, 'capability-condition')
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
  const phone = await here.open('desk', '/desk/capability', { shown: SHOWN, width: 360, height: 740, look: { theme: 'dark' } })
  await isSound(phone, 'capability-phone-dark')
  await phone.context().close()
  const english = await here.open('manager', '/overview/capability', { shown: SHOWN, look: { language: 'en' } })
  await english.getByRole('heading', { name: 'What the place can treat' }).waitFor()
  await isSound(english, 'capability-english')
  await english.context().close()
})
