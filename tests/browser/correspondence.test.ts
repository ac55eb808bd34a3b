import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { samplePdf, samplePng } from '../../src/modules/correspondence/files/sample-files.ts'
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
  persons = found.persons.map(({ id }) => id)
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

/** The village sends somebody to the county hospital, with a unit held there. */
const refer = async (at: number): Promise<string> => (await referUp({ village, desk, person: persons[at] ?? '' }, at)).referral

const open = async (account: string, path: string, width: number, look: Look = {}): Promise<Page> => {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: 768 },
    reducedMotion: 'reduce',
    hasTouch: width < 600,
  })
  await wear(context, look)
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await signInOn(page, region.address, account)
  await page.goto(region.address + path)
  await page.locator('.thread-card').waitFor()
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
  return page
}

const stateOf = async (referral: string) => (await desk.ask('referral.get', { referral })).state
const threadOf = async (who: Colleague, referral: string) => (await who.ask('correspondence.thread', { referral })).messages
const isClean = async (page: Page) => {
  assert.deepEqual(await axeFaults(page), [])
  const width = page.viewportSize()?.width ?? 0
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, 'nothing is wider than the screen')
}
/** A picture for whoever wants to look at what the tests see. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

test('the hospital asks for an ECG by keyboard, the village photographs it, the hospital sees it live and accepts', async () => {
  const referral = await refer(0)
  const hospital = await open('desk', `/desk/inbox?case=${referral}`, 1366)
  const clinic = await open('village', `/village/cases/${referral}`, 360)
  await hospital.keyboard.press('m')
  await hospital.locator('.act-panel').waitFor()
  await hospital.keyboard.press('Control+Enter')
  await hospital.locator('.choice-group.wrong', { hasText: '请至少选一项' }).waitFor()
  await hospital.getByLabel('心电图', { exact: true }).check()
  await hospital.getByLabel('具体说明').fill('请补近一周十二导联心电图')
  await isClean(hospital)
  await picture(hospital, 'ask-desk')
  await hospital.keyboard.press('Control+Enter')
  await hospital.getByRole('button', { name: '立即提交' }).click()
  await hospital.locator('.case header', { hasText: '待补充' }).waitFor()

  await clinic.locator('.asked-note', { hasText: '心电图' }).waitFor()
  await clinic.locator('.asked-note', { hasText: '请补近一周十二导联心电图' }).waitFor()
  await clinic.getByRole('button', { name: '补充资料', exact: true }).click()
  await clinic.getByLabel('补充说明').fill('心电图见照片，窦性心律')
  await clinic
    .locator('#supplement input[type=file]')
    .last()
    .setInputFiles({ name: 'IMG_1022.png', mimeType: 'image/png', buffer: samplePng(2400, 1800) })
  await clinic.locator('.chosen-files', { hasText: 'IMG_1022.jpg' }).waitFor()
  await clinic.getByText('修改转诊单内容').click()
  await clinic.getByLabel('主要既往史').fill('2型糖尿病十年')
  await isClean(clinic)
  await picture(clinic, 'supplement-village')
  await clinic.getByRole('button', { name: '补充并送回接收方' }).click()
  await clinic.locator('.message', { hasText: '窦性心律' }).waitFor()

  await hospital.locator('.message', { hasText: '窦性心律' }).waitFor()
  await hospital.locator('.case header', { hasText: '待接收' }).waitFor()
  assert.match(
    await hospital.locator('.letter').first().innerText(),
    /2型糖尿病十年/,
    'the letter that is shown is the supplemented one',
  )
  await hospital.getByRole('button', { name: /IMG_1022\.jpg/ }).click()
  const shown = hospital.locator('.message-picture')
  await shown.waitFor()
  await hospital.waitForFunction(() => document.querySelector<HTMLImageElement>('.message-picture')?.naturalWidth === 1600)
  await hospital.keyboard.press('Escape')
  await shown.waitFor({ state: 'detached' })
  await clinic.locator('.message-foot', { hasText: /已读 · / }).waitFor()
  await isClean(hospital)
  await picture(hospital, 'thread-desk')
  await picture(clinic, 'thread-village')

  await hospital.locator('h2#case-title').click()
  await hospital.keyboard.press('a')
  await hospital.getByRole('button', { name: '立即提交' }).click()
  await clinic.locator('.card', { hasText: '已预约' }).first().waitFor()
  assert.equal(await stateOf(referral), 'scheduled', 'the unit that was held stayed held')
  await hospital.context().close()
  await clinic.context().close()
})

test('without a network the message lies on the device and says so; it arrives once, and the device keeps nothing of it', async () => {
  const referral = await refer(1)
  const clinic = await open('village', `/village/cases/${referral}`, 360)
  await clinic.context().setOffline(true)
  await clinic.getByLabel('写留言').fill('病人今早血压 172/104')
  await clinic.getByRole('button', { name: '发送', exact: true }).click()
  await clinic.locator('.thread-waiting', { hasText: '已保存本机' }).waitFor()
  assert.equal(await clinic.getByLabel('写留言').inputValue(), '', 'what is safe on the device leaves the form')
  await clinic.context().setOffline(false)
  await clinic.locator('.thread .message', { hasText: '172/104' }).waitFor()
  await clinic.locator('.thread-waiting').waitFor({ state: 'detached' })
  assert.deepEqual(
    (await threadOf(desk, referral)).map(({ text }) => text),
    ['病人今早血压 172/104'],
  )
  await clinic.context().close()
})

test('the desk answers with Ctrl+Enter; what is unread stands in the list, and a message is taken back while it may be', async () => {
  const referral = await refer(2)
  await village.call('correspondence.write', { referral, text: '家属问今天能不能到' })
  const hospital = await open('desk', '/desk/inbox?case=' + (await refer(3)), 1366)
  await hospital.locator(`#case-list [data-case="${referral}"]`, { hasText: '1 条新留言' }).waitFor()
  await hospital.getByRole('button', { name: /^\d+ 条新留言$/ }).click()
  await hospital.locator('.message', { hasText: '家属问今天能不能到' }).waitFor()
  await hospital.getByLabel('写留言').scrollIntoViewIfNeeded()
  await hospital.locator(`#case-list [data-case="${referral}"]`, { hasText: '1 条新留言' }).waitFor({ state: 'detached' })
  assert.equal((await threadOf(village, referral))[0]?.readBy.length, 1)
  await hospital.getByLabel('写留言').fill('可以，十点前到')
  await hospital.keyboard.press('Control+Enter')
  await hospital.locator('.message.own', { hasText: '可以，十点前到' }).waitFor()
  await hospital.getByRole('button', { name: '撤回' }).click()
  await hospital.locator('dialog').getByRole('button', { name: '撤回' }).click()
  await hospital.locator('.message.own > p', { hasText: /^已撤回$/ }).waitFor()
  assert.deepEqual(
    (await threadOf(village, referral)).map(({ text }) => text),
    ['家属问今天能不能到', null],
  )
  await hospital.context().close()
})

test('what cannot be sent is said before anything is sent; a document goes as it is', async () => {
  const referral = await refer(4)
  const clinic = await open('village', `/village/cases/${referral}`, 360)
  const chooser = clinic.locator('.thread-composer input[type=file]').last()
  await chooser.setInputFiles({
    name: 'a.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  })
  await clinic.locator('.field-error', { hasText: '只能添加图片或 PDF' }).waitFor()
  await chooser.setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') })
  await clinic.locator('.field-error', { hasText: '打不开' }).waitFor()
  await chooser.setInputFiles({
    name: '旧病历.pdf',
    mimeType: 'application/pdf',
    buffer: samplePdf('/OpenAction << /S /JavaScript >>'),
  })
  await clinic.locator('.chosen-files', { hasText: '旧病历.pdf' }).waitFor()
  await clinic.getByLabel('写留言').fill('旧病历在附件里')
  await clinic.getByRole('button', { name: '发送', exact: true }).click()
  await clinic.locator('.thread-waiting .error-note', { hasText: '脚本' }).waitFor()
  await isClean(clinic)
  await picture(clinic, 'refused-village')
  assert.equal(await clinic.getByLabel('写留言').inputValue(), '')
  await clinic.getByRole('button', { name: '取回修改' }).click()
  await clinic.getByLabel('写留言').and(clinic.locator('textarea')).waitFor()
  assert.equal(await clinic.getByLabel('写留言').inputValue(), '旧病历在附件里', 'what was typed comes back to be changed')
  await clinic.locator('.thread-waiting').waitFor({ state: 'detached' })
  await chooser.setInputFiles({ name: '旧病历.pdf', mimeType: 'application/pdf', buffer: samplePdf() })
  await clinic.locator('.chosen-files', { hasText: '旧病历.pdf' }).waitFor()
  await clinic.getByRole('button', { name: '发送', exact: true }).click()
  await clinic.locator('.thread .message', { hasText: '旧病历.pdf' }).waitFor()
  await clinic.context().close()
})

for (const [account, width, look] of [
  ['village', 360, { theme: 'dark', size: 'large', language: 'en' }],
  ['desk', 1366, { theme: 'dark', language: 'en' }],
  ['desk', 360, {}],
] as const) {
  test(`the thread is clean for axe and fits: ${account} ${String(width)} px ${JSON.stringify(look)}`, async () => {
    const [row] = (await desk.ask('referral.worklist', { state: 'to-answer', limit: 200 })).rows.filter(
      ({ person }) => person.id === persons[2],
    )
    const referral = row?.id ?? ''
    const page = await open(
      account,
      account === 'desk' ? `/desk/inbox?case=${referral}` : `/village/cases/${referral}`,
      width,
      look,
    )
    await page.locator('.thread .message').first().waitFor()
    await isClean(page)
    await picture(page, `look-${account}-${String(width)}-${'theme' in look ? 'dark' : 'light'}`)
    await page.context().close()
  })
}
