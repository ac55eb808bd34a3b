import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, referUp, signInOn, startRegion, wear, type Colleague, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

let region: TestRegion
let browser: Browser
let village: Colleague
let desk: Colleague
let persons: string[]
before(async () => {
  ;[region, browser] = await Promise.all([startRegion(), launch()])
  village = await colleague(region.address, 'village')
  desk = await colleague(region.address, 'desk')
  const found = await village.ask('residents.search', { limit: 20 })
  const { actor } = await fetchActor()
  // The demo's own resident comes first: one with hypertension and a record.
  persons = [actor.resident ?? '', ...found.persons.map(({ id }) => id).filter((id) => id !== actor.resident)]
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const fetchActor = async () => {
  const resident = await colleague(region.address, 'resident')
  return { actor: await resident.ask('security.me', {}) }
}

/** The village sends somebody to the county hospital, with or without a unit held there. */
const refer = (at: number, withUnit = true) => referUp({ village, desk, person: persons[at] ?? '' }, at, withUnit)

const openDesk = async (path: string, { width = 1366, look = {} as Look } = {}): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: 768 }, reducedMotion: 'reduce' })
  await wear(context, look)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInOn(page, region.address, 'desk')
  await page.goto(region.address + path)
  await page.locator('.desk h1').waitFor()
  return page
}

const stateOf = async (referral: string) => (await desk.ask('referral.get', { referral })).state
const rowOf = (page: Page, referral: string) => page.locator(`#case-list [data-case="${referral}"]`)
const isClean = async (page: Page) => {
  assert.deepEqual(await axeFaults(page), [])
}

test('a case is accepted by keyboard alone, with the record in sight before the patient comes', async () => {
  const { referral } = await refer(0)
  const page = await openDesk('/desk/inbox')
  await rowOf(page, referral).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.locator('.record .trend-line').first().waitFor()
  assert.match(await page.locator('.record').innerText(), /高血压/)
  await isClean(page)
  await page.keyboard.press('a')
  await page.locator('.held-act').waitFor()
  await page.keyboard.press('u')
  await page.locator('.held-act').waitFor({ state: 'detached' })
  assert.equal(await stateOf(referral), 'submitted', 'what was undone was never sent')
  await page.keyboard.press('a')
  await rowOf(page, referral).waitFor({ state: 'detached' })
  assert.equal(await stateOf(referral), 'scheduled')
  await page.locator('.case header').getByText(/已预约/).first().waitFor()
  await page.context().close()
})

test('new cases arrive without a reload, and never move a row under the pointer', async () => {
  const first = await refer(1)
  const page = await openDesk('/desk/inbox')
  await rowOf(page, first.referral).waitFor()
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))
  const second = await refer(2, false)
  await rowOf(page, second.referral).waitFor()
  await page.waitForFunction(() => /^\([2-9]\) /.test(document.title))
  await rowOf(page, first.referral).hover()
  const third = await refer(3)
  const updates = page.getByRole('button', { name: '1 条更新' })
  await updates.waitFor()
  assert.equal(await rowOf(page, third.referral).count(), 0)
  // By keyboard: a pointer that leaves the list lets the row in by itself.
  await updates.press('Enter')
  await rowOf(page, third.referral).waitFor()
  assert.equal(await page.evaluate(() => 'sameDocument' in window), true)
  await page.context().close()
})

test('returning asks for a coded reason and a way on beside their fields, and keeps what was typed', async () => {
  const { referral } = await refer(4)
  const page = await openDesk(`/desk/inbox?case=${referral}`)
  await page.locator('.case-buttons').waitFor()
  await page.keyboard.press('r')
  await page.getByLabel('下一步去路').fill('请转市中心医院心内科')
  await page.keyboard.press('Control+Enter')
  await page.locator('.choice-group.wrong', { hasText: '请选择退回原因' }).waitFor()
  assert.equal(await page.locator('.field.wrong').count(), 0, 'the filled field is not blamed')
  await isClean(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('r')
  assert.equal(await page.getByLabel('下一步去路').inputValue(), '请转市中心医院心内科')
  await page.getByLabel('超出诊治能力').check()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: '立即提交' }).click()
  await page.locator('.case header', { hasText: '已退回' }).waitFor()
  assert.equal(await stateOf(referral), 'rejected')
  await page.locator('.timeline', { hasText: '超出诊治能力 · 请转市中心医院心内科' }).waitFor()
  await page.context().close()
})

test('what the server refuses comes back with its reasons', async () => {
  const { referral } = await refer(5)
  const page = await openDesk(`/desk/inbox?case=${referral}`)
  await page.locator('.case-buttons').waitFor()
  await page.keyboard.press('a')
  await page.locator('.held-act').waitFor()
  await village.call('referral.cancel', { referral, reason: '患者改变主意' })
  await page.getByRole('button', { name: '立即提交' }).click()
  await page.locator('.case .error-note', { hasText: '不能“接收”' }).waitFor()
  await page.locator('.case header', { hasText: '已撤销' }).waitFor()
  await page.context().close()
})

test('the hand back asks for every part of the return slip and sends it to the family doctor', async () => {
  const { referral } = await refer(6)
  for (const act of ['accept', 'arrive', 'begin', 'discharge'] as const) await desk.call(`referral.${act}`, { referral })
  const page = await openDesk(`/desk/inbox?tab=to-return&case=${referral}`)
  await rowOf(page, referral).waitFor()
  await page.locator('.case-buttons').waitFor()
  await page.keyboard.press('n')
  await page.locator('.act-panel').waitFor()
  await page.locator('.act-panel').getByLabel('诊断结果').fill('')
  await page.keyboard.press('Control+Enter')
  for (const missing of ['诊断结果', '治疗经过', '不等答复的原因'])
    await page.locator('.error-summary', { hasText: missing }).waitFor()
  for (const [label, text] of [
    ['诊断结果', '高血压 3 级，极高危'],
    ['主要检查结果', '心脏彩超：左室肥厚'],
    ['治疗经过', '联合用药后血压平稳'],
    ['出院用药', '氨氯地平 5 mg 每日一次'],
    ['下一步治疗方案及康复建议', '两周内随访，家庭自测血压'],
    ['不等答复的原因', '门诊患者，当日回家'],
  ] as const) {
    await page.locator('.act-panel').getByLabel(label).fill(text)
  }
  await page.keyboard.press('Control+Enter')
  await page.locator('.act-panel').waitFor({ state: 'detached' })
  await page.locator('.case', { hasText: '联合用药后血压平稳' }).waitFor()
  const whole = await desk.ask('referral.get', { referral })
  assert.deepEqual([whole.state, whole.returned?.plan], ['handed-back', '两周内随访，家庭自测血压'])
  await page.context().close()
})

test('the sender is called, the slip is a PDF, and identifiers stay masked', async () => {
  const { referral } = await refer(7)
  const page = await openDesk(`/desk/inbox?case=${referral}`)
  await page.locator('.case-halves').waitFor()
  assert.match((await page.locator('.case a[href^="tel:"]').getAttribute('href')) ?? '', /^tel:[\d-]+/)
  assert.match(await page.locator('.case').innerText(), /\d{4}\*{6,}/)
  const [opened] = await Promise.all([
    page.waitForResponse(/referral\.slip/),
    page.getByRole('button', { name: '打印转诊单' }).click(),
  ])
  const { pdf } = (await opened.json()) as { pdf: string }
  assert.equal(Buffer.from(pdf, 'base64').subarray(0, 5).toString(), '%PDF-')
  await page.context().close()
})

/** Within the running page, as its own links do: loading the font anew for each page would take most of the time. */
const moveTo = async (page: Page, path: string): Promise<void> =>
  page.evaluate((to) => {
    history.pushState(null, '', to)
    return new Promise<void>((drawn) => requestAnimationFrame(() => drawn()))
  }, path)

const pages = ['/desk/inbox', '/desk/inbox?tab=ended', '/desk/today', '/desk/pools', '/desk/down'] as const

for (const [width, look] of [
  [1366, {}],
  [360, { language: 'en' }],
] as const) {
  test(`every page is clean for axe and fits ${width} px`, async () => {
    const { rows } = await desk.ask('referral.worklist', { state: 'open' })
    const page = await openDesk(`/desk/inbox?case=${rows[0]?.id ?? ''}`, { width, look })
    await page.locator('.record').waitFor()
    for (const path of [null, ...pages]) {
      if (path !== null) await moveTo(page, path)
      await page.locator('.desk h1').waitFor()
      await page.waitForFunction(() => document.querySelector('.skeleton') === null)
      await isClean(page)
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, path ?? 'an open case')
    }
    await page.context().close()
  })
}

test('the ward refers a patient down: what is open is shown before anything is written', async () => {
  // The one whose referral was cancelled above may be referred again.
  const { referral } = await refer(5)
  for (const act of ['accept', 'arrive'] as const) await desk.call(`referral.${act}`, { referral })
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, reducedMotion: 'reduce' })
  await wear(context, {})
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInOn(page, region.address, 'ward')
  await page.goto(`${region.address}/desk/down?view=form`)
  // Somebody whom this hospital has never seen is found by the whole number, and by nothing less.
  const number = '99030019661103127'
  const whole = `${number}${checkCharacter(number)}`
  await village.call('residents.register', {
    name: { zh: '合成乙' },
    sex: 'male',
    identifier: { type: '01', number: whole },
  })
  const search = page.getByRole('searchbox').first()
  await search.fill(whole.slice(0, 17))
  await page.getByText('没有找到这位病人').waitFor()
  await search.fill(whole)
  await page.getByRole('button', { name: '合成乙' }).click()
  await page.getByText('合成乙').waitFor()
  await page.getByRole('button', { name: '换一位' }).click()
  const { person } = await desk.ask('referral.get', { referral })
  await page.getByRole('list', { name: '在院的转诊病人' }).getByRole('button', { name: person.name.zh }).first().click()
  await page.locator('.open-now', { hasText: '高血压(控制不佳)' }).waitFor()
  await page.getByRole('button', { name: '提交下转' }).click()
  await page.locator('.error-summary', { hasText: '请选择病种' }).waitFor()
  await page.context().close()
})
