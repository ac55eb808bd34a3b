import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

// JIELI_PICTURES=<folder> keeps a picture of each page.
const folder = process.env['JIELI_PICTURES']
const CHOICES = 12
const FIRSTS = 9

let region: TestRegion
let browser: Browser
/** Names of the first place of the lists, and of one that is offered and never chosen. */
let first: string
let avoided: string

before(async () => {
  ;[region, browser] = await Promise.all([startRegion(), launch()])
  const village = await colleague(region.address, 'village')
  const { persons } = await village.ask('residents.search', { text: '', limit: 1 })
  for (let at = 0; at < CHOICES; at++) {
    const { list, places } = await village.ask('navigation.find', { specialty: '0304', person: persons[0]?.id ?? '', limit: 4 })
    const [one, two, , last] = places.map(({ institution }) => institution)
    assert.ok(one && two && last)
    await village.call('navigation.choose', { list, institution: at < FIRSTS ? one.id : two.id })
    first = one.name.zh
    avoided = last.name.zh
  }
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const openReport = async (account: string, look: Look = {}, width = 1366): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 740 : 768 }, reducedMotion: 'reduce' })
  await wear(context, look)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInOn(page, region.address, account)
  await page.goto(`${region.address}/overview/steering`)
  await page.locator('.steering-sums').waitFor()
  return page
}

const isSound = async (page: Page, where: string): Promise<void> => {
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true })
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(folder, `steering-${where}.png`), fullPage: true })
  }
  assert.deepEqual(await axeFaults(page), [], where)
  const { wide, seen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, seen: innerWidth }))
  assert.ok(wide <= seen, `${where} scrolls sideways: ${wide} > ${seen}`)
}

test('the bureau sees what was offered and chosen in a week by tier, county and place, and who was left out, in words', async () => {
  const page = await openReport('bureau')
  const sums = await page.locator('.steering-sums dd').allInnerTexts()
  assert.deepEqual(sums, [`${CHOICES} 次`, '75%', '0 次'])
  const places = page.getByRole('region', { name: '按机构' })
  const top = places.locator('tbody tr').first()
  assert.deepEqual((await top.locator('td').allInnerTexts()).slice(1), [`${CHOICES}`, `${CHOICES}`, `${FIRSTS}`, '75%'])
  assert.ok((await top.innerText()).includes(first))
  const left = page.locator('.list > li', { hasText: avoided })
  assert.match(await left.innerText(), new RegExp(`被推荐 ${CHOICES} 次，一次也没被选`))
  await page.getByText('判断门槛：被推荐满 10 次而无人选', { exact: false }).waitFor()
  await isSound(page, 'week')
  await page.getByRole('button', { name: '上一周' }).first().click()
  await page.getByText('这一周没有人从推荐名单里作选择').waitFor()
  assert.match(page.url(), /from=\d{4}-\d\d-\d\d/)
  await isSound(page, 'empty')
  await page.getByRole('button', { name: '下一周' }).click()
  await page.locator('.steering-sums').waitFor()
  await page.context().close()
})

test('a consortium’s manager sees the same report, on a phone in the dark and in English too', async () => {
  const phone = await openReport('manager', { theme: 'dark' }, 360)
  await isSound(phone, 'phone-dark')
  await phone.context().close()
  const english = await openReport('manager', { language: 'en', theme: 'dark' })
  await english.getByRole('heading', { name: 'Weekly report of steering' }).waitFor()
  await isSound(english, 'english-dark')
  await english.context().close()
})
