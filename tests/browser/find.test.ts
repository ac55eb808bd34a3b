import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { STAGE } from '../../src/apps/demo/accounts.ts'
import { signInOn, startRegion, wear, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

// JIELI_PICTURES=<folder> keeps a picture of each page.
const folder = process.env['JIELI_PICTURES']
const TAPS_MOST = 12

let region: TestRegion
let browser: Browser

/** The eye clinic of the county hospital has no units: its sessions were stopped. */
const full = `update booking.pool set stopped_at = now(), stop_reason = 'full' where org_id = ${STAGE.county} and specialty = '1000'`
before(async () => {
  region = await startRegion((owner) => owner.query(full))
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

const open = async (look: Look = {}, width = 360): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 740 : 800 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(PATIENCE_MS)
  await wear(context, look)
  return context.newPage()
}

const openAs = async (account: string, look: Look = {}, width = 360): Promise<Page> => {
  const page = await open(look, width)
  await signInOn(page, region.address, account)
  return page
}

const picture = async (page: Page, name: string): Promise<void> => {
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(folder, `find-${name}.png`), fullPage: true })
}

const isSound = async (page: Page, where: string): Promise<void> => {
  await picture(page, where)
  assert.deepEqual(await axeFaults(page), [], where)
  const { wide, seen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, seen: innerWidth }))
  assert.ok(wide <= seen, `${where} scrolls sideways: ${wide} > ${seen}`)
}

/** Every target a finger must hit, smaller than 44 px either way. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main .find a, main .find button, main .find summary')]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  )

const say = async (page: Page, text: string): Promise<void> => {
  await page.goto(`${region.address}/me/find`)
  await page.getByLabel('哪里不舒服？什么时候开始的？').fill(text)
  await page.getByRole('button', { name: '下一步' }).click()
}

/** Answers “cannot say” to everything that is asked. */
const pastQuestions = async (page: Page): Promise<void> => {
  const options = page.locator('.find-options button')
  const places = page.locator('.place-list > li')
  for (let asked = 0; asked < 3; asked++) {
    await options.or(places).first().waitFor()
    if ((await options.count()) === 0) break
    const question = await page.locator('.find .card h2').first().innerText()
    await page.getByRole('button', { name: '说不清' }).click()
    await page.waitForFunction((before) => document.querySelector('.find .card h2')?.textContent !== before, question)
  }
  await places.first().waitFor()
}

test('chest pain with sweat: the danger advice stands first, then the hospital that can open the vessel, with its clock', async () => {
  const page = await openAs('resident')
  await say(page, '胸口闷痛出冷汗半小时')
  const danger = page.locator('.danger-advice')
  await danger.waitFor()
  assert.equal(await danger.getByRole('link', { name: '拨打 120' }).getAttribute('href'), 'tel:120')
  await page.locator('.place-list .find-clock').first().waitFor()
  const order = await page.evaluate(() => {
    const top = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().top ?? Number.NaN
    return [top('.danger-advice'), top('.rescue-chain'), top('.place-list'), top('.find .big-line')]
  })
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
    'danger, then where it can be treated, then the department',
  )
  const first = page.locator('.place-list > li').first()
  assert.match(await first.locator('.find-clock').innerText(), /(PCI|溶栓).*路程约 \d+ 分钟.*= ?\d+ 分钟/)
  const chain = page.locator('.rescue-chain')
  const pci = chain.locator('li', { hasText: '急诊介入(PCI)' })
  assert.match(await pci.innerText(), /医院[\s\S]*约 \d+ 分钟后到达,约 \d+ 分钟后可急诊介入\(PCI\)/)
  const name = await chain.locator('li strong').first().innerText()
  assert.ok((await first.innerText()).includes(name), 'the first step is the first place of the list')
  assert.match(await page.locator('.place-list').innerText(), /能做：.*急诊介入\(PCI\)/)
  await page.getByText('这不是诊断', { exact: false }).first().waitFor()
  await isSound(page, 'danger')
  assert.deepEqual(await smallTargets(page), [])
  await page.context().close()
})

test('an ordinary complaint: questions one by one, a place, booked, in at most 12 taps; the way back keeps everything', async () => {
  const page = await openAs('resident')
  await page.goto(`${region.address}/me/book`)
  let taps = 0
  const tap = async (target: ReturnType<Page['locator']>) => {
    taps += 1
    await target.click()
  }
  await tap(page.locator('.find-tile'))
  await page.getByLabel('哪里不舒服？什么时候开始的？').fill('肚子痛两天了')
  await isSound(page, 'tell')
  await tap(page.getByRole('button', { name: '下一步' }))
  const options = page.locator('.find-options button')
  const places = page.locator('.place-list > li')
  await options.or(places).first().waitFor()
  let asked = 0
  while ((await options.count()) > 0) {
    asked += 1
    assert.ok(asked <= 3, 'at most three questions')
    if (asked === 1) await isSound(page, 'question')
    const question = await page.locator('.find .card h2').first().innerText()
    // The last answer is “none of these”; after it only “cannot say” follows.
    await tap(options.nth((await options.count()) - 2))
    await page.waitForFunction((before) => document.querySelector('.find .card h2')?.textContent !== before, question)
    await options.or(places).or(page.locator('.find .skeleton')).first().waitFor()
  }
  assert.ok(asked > 0, 'something worth asking was asked')
  const book = page.locator('.place-list a.primary').first()
  await book.waitFor()
  await isSound(page, 'places')
  assert.deepEqual(await smallTargets(page), [])
  const offered = await places.count()
  await tap(book)
  await page.locator('.slot-times').first().waitFor()
  await page.goBack()
  await places.first().waitFor()
  assert.equal(await places.count(), offered, 'the answers were kept')
  assert.equal(await options.count(), 0, 'nothing is asked again')
  await page.locator('.place-list a.primary').first().click()
  await tap(page.locator('.slot-times .choice-tile').first())
  await tap(page.getByRole('button', { name: '确认预约' }))
  await page.getByText('预约好了').waitFor()
  assert.ok(taps <= TAPS_MOST, `${taps} taps`)
  await page.context().close()
})

test('a full county hospital diverts laterally: which is full, who of its kind has times, how much longer the way is', async () => {
  const page = await openAs('resident')
  await say(page, '眼睛看东西模糊两个月了，像蒙了一层雾')
  await pastQuestions(page)
  const diversion = page.locator('.diversion')
  await diversion.waitFor()
  assert.match(await diversion.innerText(), /最合适的是湘潭县人民医院.*但这几天没号了.*（路上约 \d+ 分钟）/)
  const peers = diversion.locator('.diversion-peer')
  assert.ok((await peers.count()) > 0)
  assert.match(await peers.first().innerText(), /最早 .*还有 \d+ 个号 · 路上约 \d+ 分钟，(多|少) \d+ 分钟|路程一样/)
  const name = await peers.first().locator('strong').innerText()
  const row = page.locator('.place-list > li', { hasText: name })
  await row.getByText('同级同科，有号').waitFor()
  assert.match(await row.locator('.chip').first().innerText(), /县级/, 'the same tier as the full one')
  await isSound(page, 'diversion')
  assert.deepEqual(await smallTargets(page), [])
  await peers.first().getByRole('link').click()
  await page.locator('.slot-times').first().waitFor()
  await page.getByText(name).first().waitFor()
  await page.context().close()
})

test('the list and the map say the same, and each place says why it stands there', async () => {
  const page = await openAs('resident')
  await say(page, '高血压好几年了，来复查')
  const places = page.locator('.place-list > li')
  await pastQuestions(page)
  const rows = await places.count()
  await page.getByRole('tab', { name: '地图' }).click()
  assert.equal(await page.locator('.map-mark').count(), rows)
  assert.equal(await places.count(), rows, 'the list stays beside the map')
  await places.first().getByText('为什么排在这里').click()
  assert.ok((await places.first().locator('.plain-points li').count()) > 1)
  await page.getByText('为什么这样排？').click()
  await page.getByText('医院给不给钱', { exact: false }).waitFor()
  await isSound(page, 'map')
  await page.getByRole('button', { name: '近一点' }).click()
  await page.locator('button[aria-pressed=true]', { hasText: '近一点' }).waitFor()
  await page.context().close()
})

test('the body picture works by keys alone: its names are buttons that mark the picture and become words', async () => {
  const page = await openAs('resident')
  await page.goto(`${region.address}/me/find`)
  const summary = page.locator('summary', { hasText: '点图也行' })
  await summary.focus()
  await page.keyboard.press('Enter')
  const knee = page.getByRole('button', { name: '膝盖', exact: true })
  for (let presses = 0; presses < 60 && !(await knee.evaluate((one) => one === document.activeElement)); presses++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  assert.equal(await knee.getAttribute('aria-pressed'), 'true')
  assert.equal(await page.locator('.body-spot.touched[data-part=knee]').count(), 2, 'both knees are marked')
  await page.getByRole('group', { name: '膝盖怎么不舒服？' }).getByRole('button', { name: '疼' }).press('Enter')
  await isSound(page, 'picture')
  assert.deepEqual(await smallTargets(page), [])
  const asked = page.waitForRequest((request) => request.url().endsWith('/api/triage.assess'))
  await page.getByRole('button', { name: '下一步' }).press('Enter')
  const request = await asked
  assert.equal((request.postDataJSON() as { text: string }).text, '膝盖疼')
  assert.ok(!page.url().includes(encodeURIComponent('膝盖')), 'no complaint stands in the address')
  await page.context().close()
})

test('nothing said is told beside the field; an age that cannot be is refused', async () => {
  const page = await open()
  await page.goto(`${region.address}/find`)
  await page.getByLabel('多大年纪（岁）').fill('200')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('heading', { name: '有 2 处需要修改' }).waitFor()
  await isSound(page, 'faults')
  await page.context().close()
})

test('without signing in: advice and who has free times; booking asks who one is', async () => {
  const page = await open()
  await page.goto(region.address)
  await page.getByRole('link', { name: '不登录，先说说哪里不舒服' }).click()
  await page.getByLabel('哪里不舒服？什么时候开始的？').fill('胸口闷痛出冷汗半小时')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.locator('.danger-advice').waitFor()
  await page.getByText('登录以后，按您住的地方远近排').waitFor()
  assert.equal(await page.getByText('附近没有找到能看的地方').count(), 0, 'nobody in danger is told that there is no place')
  await isSound(page, 'open')
  await page.getByRole('link', { name: '登录', exact: true }).click()
  await page.locator('input[autocomplete=current-password]').waitFor()
  await page.context().close()
})

test('without signing in an ordinary complaint shows who has free times; only booking asks who one is, and goes on where one was', async () => {
  const page = await open()
  await page.goto(`${region.address}/find`)
  await page.getByLabel('哪里不舒服？什么时候开始的？').fill('高血压好几年了，来复查')
  await page.getByRole('button', { name: '下一步' }).click()
  await pastQuestions(page)
  const places = page.locator('.place-list > li')
  assert.ok((await places.count()) > 0)
  assert.match(await places.first().innerText(), /最早 .* · 还有 \d+ 个号/)
  await isSound(page, 'open-places')
  assert.deepEqual(await smallTargets(page), [])
  await places.first().locator('a.primary').click()
  await page.locator('input[autocomplete=username]').fill('resident')
  await page.locator('input[autocomplete=current-password]').fill('jieli-demo')
  await page.locator('form [type=submit]').click()
  await page.locator('.slot-times').first().waitFor()
  await page.context().close()
})

test('what it costs is told beside each place, and ranks only when it is asked for', async () => {
  const page = await openAs('resident')
  await say(page, '高血压好几年了，来复查')
  await pastQuestions(page)
  const rows = page.locator('.place-list > li')
  const count = await rows.count()
  await page
    .locator('.place-list .cost-at')
    .nth(count - 1)
    .waitFor()
  assert.equal(await rows.locator('.cost-line').count(), count, 'what a stay would cost at each, known or not')
  assert.equal(await rows.getByText('与首选相比', { exact: false }).count(), count - 1, 'what each other costs against the first')
  const before = await rows.locator('h3').allInnerTexts()
  await page.getByRole('button', { name: '便宜点' }).click()
  await page.locator('.find-note', { hasText: '未按费用排序' }).waitFor()
  assert.deepEqual(await rows.locator('h3').allInnerTexts(), before, 'the order does not go by an estimate, and it is said')
  await page.context().close()
})

for (const [name, look, width] of [
  ['dark', { theme: 'dark' }, 360],
  ['large', { size: 'large' }, 360],
  ['english-desk', { language: 'en' }, 1366],
  ['dark-desk', { theme: 'dark' }, 1366],
] as const)
  test(`telling and the answer are sound in ${name}`, async () => {
    const page = await openAs('resident', look, width)
    await page.goto(`${region.address}/me/find`)
    await page.locator('#find-text').fill('胸口闷痛出冷汗半小时')
    await page.locator('summary.find-summary').first().click()
    await page.locator('.part-name').nth(9).click()
    await isSound(page, `tell-${name}`)
    await page.locator('.find-next button').click()
    await page.locator('.place-list').waitFor()
    await isSound(page, `answer-${name}`)
    await page.context().close()
  })
