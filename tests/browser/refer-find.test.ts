import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Colleague, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

// JIELI_PICTURES=<folder> keeps a picture of each page.
const folder = process.env['JIELI_PICTURES']

let region: TestRegion
let browser: Browser
let village: Colleague
let person: string

before(async () => {
  region = await startRegion()
  browser = await launch()
  village = await colleague(region.address, 'village')
  const { persons } = await village.ask('residents.search', { text: '', limit: 5 })
  person = persons[0]?.id ?? ''
  assert.ok(person)
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

/** The page on which a doctor refers the person. */
const openRefer = async (look: Look = {}, width = 1366): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 740 : 768 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(PATIENCE_MS)
  await wear(context, look)
  const page = await context.newPage()
  await signInOn(page, region.address, 'village')
  await page.goto(`${region.address}/village/refer/${person}`)
  await page.getByRole('searchbox').waitFor()
  return page
}

const isSound = async (page: Page, where: string): Promise<void> => {
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true })
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(folder, `refer-${where}.png`), fullPage: true })
  }
  assert.deepEqual(await axeFaults(page), [], where)
  const { wide, seen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, seen: innerWidth }))
  assert.ok(wide <= seen, `${where} scrolls sideways: ${wide} > ${seen}`)
}

const rows = (page: Page) => page.locator('main .list-row .list-title')
const firstIs = (page: Page, name: string) =>
  page.locator('main .list').first().locator('li:first-child', { hasText: name }).waitFor()

test('a condition is found by name, everyday word, initials, pinyin and code, the common ones first, by keys alone', async () => {
  const page = await openRefer()
  await rows(page).first().waitFor()
  assert.ok((await rows(page).count()) <= 8, 'unasked, the list stays short')
  await isSound(page, 'common')
  const search = page.getByRole('searchbox')
  for (const [typed, name] of [
    ['冠心', '冠心病'],
    ['gxb', '冠心病'],
    ['guanxin', '冠心病'],
    ['心绞痛', '冠心病'],
    ['M10', '痛风'],
    ['咳血', '咯血'],
  ] as const) {
    await search.fill(typed)
    await firstIs(page, name)
  }
  await search.fill('gxy')
  await firstIs(page, '高血压')
  await isSound(page, 'found')
  const second = await rows(page).nth(1).innerText()
  await search.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  assert.ok(await search.evaluate((one) => one === document.activeElement), 'up from the first row leads back to the search')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  assert.ok((await page.locator('.chosen').innerText()).startsWith(second))
  await page.getByRole('button', { name: '更换' }).click()
  await search.fill('tongfeng')
  await firstIs(page, '痛风')
  await search.press('Enter')
  assert.ok((await page.locator('.chosen').innerText()).startsWith('痛风'), 'Enter in the search takes the first')
  await search.waitFor({ state: 'detached' })
  await page.context().close()
})

test('without a network the kept catalogue is searched alike, and the criteria stand as the record was kept', async () => {
  const page = await openRefer({}, 360)
  await page.waitForFunction(() => (JSON.parse(localStorage.getItem('jieli-conditions') ?? '[]') as unknown[]).length > 500)
  // Once with the line, so that the device has the criteria of this person.
  await page.getByRole('searchbox').fill('gxykz')
  await page.locator('main .list-row').first().click()
  await page.locator('.criterion').first().waitFor()
  const known = await page.locator('.criterion').count()
  await page.getByRole('button', { name: '更换' }).first().click()
  await page.context().setOffline(true)
  const search = page.getByRole('searchbox')
  for (const [typed, name] of [
    ['tangniaobing', '糖尿病'],
    ['E11', '糖尿病'],
    ['中风', '脑卒中'],
  ] as const) {
    await search.fill(typed)
    await page.locator('main .list-row', { hasText: name }).first().waitFor()
  }
  await page.getByText('没有网络，只在本机保存的目录里找').waitFor()
  await isSound(page, 'offline')
  await search.fill('gxykz')
  await page.locator('main .list-row', { hasText: '高血压控制不佳' }).first().click()
  await page.locator('.criterion').first().waitFor()
  assert.equal(await page.locator('.criterion').count(), known)
  await page.context().close()
})

test('the village doctor sees the criteria met from the record, and they go into the letter', async () => {
  await village.call('health-record.record-observation', {
    person,
    measure: 'blood-pressure',
    systolic: 186,
    diastolic: 112,
  })
  const page = await openRefer()
  await page.getByRole('searchbox').fill('高血压')
  await page.locator('main .list-row').first().click()
  const severe = page
    .locator('.criterion', { hasText: '≥180/110 mmHg，短期处理' })
    .or(page.locator('.criterion', { hasText: '≥180/110 mmHg,短期处理' }))
  await severe.waitFor()
  assert.match(await severe.innerText(), /符合[\s\S]*收缩压 186 mmHg（\d{4}-\d\d-\d\d）[\s\S]*初诊转诊/)
  const unknown = page.locator('.criterion', { hasText: '蛋白尿或血尿' })
  assert.match(await unknown.innerText(), /档案未知/)
  await unknown.getByLabel('现场符合').check()
  await page.getByRole('button', { name: '写入转出原因' }).click()
  assert.match(await page.locator('#letter-reason').inputValue(), /^符合上转标准：.*收缩压 186 mmHg \d{4}-\d\d-\d\d.*现场所见/)
  await isSound(page, 'criteria')
  await page.setViewportSize({ width: 360, height: 740 })
  await isSound(page, 'criteria-phone')
  await page.context().close()
})

test('inside a referral the complaint leads to a condition of the catalogue, which is filled in by one press', async () => {
  const page = await openRefer()
  await page.getByText('按主诉找病种').click()
  await page.getByLabel('主诉，原话就行').fill('咳嗽咳痰一个星期，发烧')
  await page.getByRole('button', { name: '分诊', exact: true }).click()
  const suggested = page.getByRole('list', { name: '可以考虑的病种，点一个填入' }).locator('.list-row')
  await suggested.first().waitFor()
  const name = await suggested.first().locator('.list-title').innerText()
  await isSound(page, 'complaint')
  await suggested.first().click()
  assert.ok((await page.locator('.chosen').innerText()).startsWith(name))
  await page.context().close()
})
