import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { isSound, otherLooks } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Colleague, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let region: TestRegion
let browser: Browser
let village: Colleague
let me: string
before(async () => {
  ;[region, browser] = await Promise.all([startRegion(), launch()])
  village = await colleague(region.address, 'village')
  me = (await (await colleague(region.address, 'resident')).ask('security.me', {})).resident ?? ''
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const open = async (account: string, path: string, width: number): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: width > 400 ? 768 : 740 }, reducedMotion: 'reduce' })
  await wear(context, {})
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInOn(page, region.address, account)
  if (path !== '') await page.goto(region.address + path)
  return page
}

test('A result that is ready is announced on the phone by itself, in plain words, until it is seen; the timeline draws its trend', async () => {
  const page = await open('resident', '', 360)
  await page.getByRole('heading', { name: /的健康账户$/ }).waitFor()
  await page.getByText('该做的服务').first().waitFor()
  const doctor = page.getByRole('region', { name: '家庭医生', exact: true })
  await doctor.getByText(/^您签约在.+。$/).waitFor()
  await doctor.getByRole('link', { name: '打电话给家庭医生' }).waitFor()
  await isSound(page, 'home')
  await village.call('health-record.record-observation', { person: me, measure: 'glucose', glucose: 9.7, isFasting: true })
  const news = page.getByRole('region', { name: '新结果出来了' })
  await news.getByText('9.7').waitFor()
  await news.getByText('血里有多少糖').waitFor()
  await isSound(page, 'home-news')
  await news.getByRole('button', { name: '都看过了' }).click()
  await news.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: /健康历程/ }).click()
  await page.locator('.timeline-day').first().waitFor()
  await isSound(page, 'life')
  await page.locator('.timeline-name', { hasText: '收缩压' }).first().click()
  await page.locator('.timeline-chart').first().waitFor()
  await isSound(page, 'life-trend')
  await page.keyboard.press('Escape')
  await page.getByLabel('类别').selectOption('medicine')
  await page.locator('.timeline-kind').first().waitFor()
  const kinds = await page.locator('.timeline-kind').allInnerTexts()
  assert.deepEqual([...new Set(kinds)], ['用药'])
  await page.goto(`${region.address}/me/home`)
  await page.locator('.home-tiles').waitFor()
  await otherLooks(page, 'home', '.home-tiles')
})

test('The doctor reads the same timeline from the person’s page', async () => {
  const page = await open('village', `/village/residents/${me}`, 1366)
  await page.getByRole('link', { name: '健康历程' }).click()
  await page.locator('.timeline-day').first().waitFor()
  await isSound(page, 'timeline')
})
