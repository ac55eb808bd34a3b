import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Colleague, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let region: TestRegion
let browser: Browser
let resident: Colleague
let me: string

before(async () => {
  region = await startRegion()
  browser = await launch()
  resident = await colleague(region.address, 'resident')
  me = (await resident.ask('security.me', {})).resident ?? ''
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const openAs = async (account: string, width: number, theme: 'light' | 'dark' = 'light'): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 768 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(PATIENCE_MS)
  await wear(context, { theme })
  const page = await context.newPage()
  await signInOn(page, region.address, account)
  return page
}

/** JIELI_PICTURES=<folder> keeps a picture of each page. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: join(folder, `record-access-${name}.png`), fullPage: true })
}
const isClean = async (page: Page): Promise<void> => assert.deepEqual(await axeFaults(page), [])

test('a hospital opens a record in an emergency by two presses; the person sees it, asks why, and the officer answers', async () => {
  const desk = await openAs('desk', 1366)
  await desk.goto(`${region.address}/desk/person/${me}/timeline`)
  const open = desk.getByRole('button', { name: '紧急调阅' })
  await open.waitFor()
  await picture(desk, 'closed')
  await isClean(desk)
  const began = performance.now()
  await open.click()
  await picture(desk, 'reasons')
  await isClean(desk)
  await desk.getByRole('button', { name: '危及生命，来不及授权' }).click()
  await desk.locator('.timeline-tools, .timeline-filters, .stack select').first().waitFor()
  const took = performance.now() - began
  assert.ok(took < 10_000, `two presses and ${Math.round(took)} ms, pictures included`)
  await picture(desk, 'opened')

  const phone = await openAs('resident', 360)
  await phone.goto(`${region.address}/me/record`)
  await phone.getByRole('tab', { name: '谁看过' }).click()
  await phone.getByText('有人紧急打开过您的病历').waitFor()
  await picture(phone, 'reads')
  await isClean(phone)
  await phone.getByRole('button', { name: '问一问为什么' }).first().click()
  await phone.getByText('您问过的').waitFor()

  const officer = await openAs('bureau', 1366, 'dark')
  await officer.goto(`${region.address}/overview/privacy`)
  await officer.getByRole('button', { name: '正当', exact: true }).first().waitFor()
  await picture(officer, 'privacy')
  await isClean(officer)
  await officer.getByLabel('答复').last().fill('抢救时查阅，已复核')
  await officer.getByRole('button', { name: '发送答复' }).click()
  await officer.getByText('没有待答复的询问').waitFor()
  await officer.getByRole('button', { name: '正当', exact: true }).first().click()
  await officer.getByText('没有待复核的紧急调阅').waitFor()
})

test('consent is given and withdrawn on the phone', async () => {
  const phone = await openAs('resident', 360)
  await phone.goto(`${region.address}/me/record`)
  await phone.getByRole('tab', { name: '授权' }).click()
  await phone.getByRole('button', { name: /允许为我诊疗的医院/ }).click()
  await phone
    .getByText(/为诊疗，?,?允许/)
    .first()
    .waitFor()
  await picture(phone, 'consent')
  await isClean(phone)
  await phone.getByRole('button', { name: '撤回' }).click()
  await phone.getByText('已结束').waitFor()
  const { consents } = await resident.ask('record-access.consents', { person: me })
  assert.deepEqual(
    consents.map(({ inForce }) => inForce),
    [false],
  )
})
