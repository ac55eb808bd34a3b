import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Browser, Download, Page } from 'playwright-core'
import type { ShownSlot } from '../../src/modules/booking/contract.ts'
import { plainClock } from '../../web/desks/resident/plain-date.ts'
import { launch } from './browser.ts'
import { axeFaults } from './looking.ts'
import { colleague, signInOn, startRegion, wear, type Colleague, type Look, type TestRegion } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

const cardiology = '0304'
// The demo publishes no slots for old age, so that the slot of a test stands alone.
const oldAge = '0310'

let region: TestRegion
let browser: Browser
let village: Colleague
let desk: Colleague
let admin: Colleague
let me: string
let page: Page

before(async () => {
  region = await startRegion()
  browser = await launch()
  const { address } = region
  ;[village, desk, admin] = await Promise.all([
    colleague(address, 'village'),
    colleague(address, 'desk'),
    colleague(address, 'admin'),
  ])
  const resident = await colleague(address, 'resident')
  me = (await resident.ask('security.me', {})).resident ?? ''
  page = await openAs({})
})
after(async () => {
  await browser?.close()
  await region?.stop()
})

/** A telephone of the signed-in resident. */
const openAs = async (look: Look): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  await wear(context, look)
  const opened = await context.newPage()
  await signInOn(opened, region.address, 'resident')
  return opened
}

const expertSlot = async (): Promise<ShownSlot> => {
  const { slots } = await village.ask('booking.free', {
    org: desk.institution,
    specialty: cardiology,
    channel: 'referral',
    limit: 200,
  })
  const found = slots.find(({ kind, doctor }) => kind === 'expert' && doctor !== null)
  assert.ok(found, 'the demo has an expert of cardiology')
  return found
}

const sendReferral = async (slot: ShownSlot): Promise<string> => {
  const { referral } = await village.call('referral.send', {
    person: me,
    receiver: desk.institution,
    specialty: cardiology,
    condition: { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)', en: 'Hypertension, uncontrolled' },
    letter: { impression: '高血压 3 级', reason: '血压 182/104，用药后不降', pastHistory: '高血压 8 年', treatment: '氨氯地平' },
    consent: { by: 'patient' },
    unit: { org: slot.org, pool: slot.pool },
  })
  return referral
}

const saved = async (press: () => Promise<void>): Promise<{ download: Download; bytes: Buffer }> => {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return { download, bytes: await readFile(await download.path()) }
}

let referral: string

test('a referral appears by itself and says where, when and what to bring as soon as the hospital answers', async () => {
  await page.getByText('您现在没有转诊').waitFor()
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  const slot = await expertSlot()
  referral = await sendReferral(slot)
  await page.getByText('正在等医院答复').waitFor()
  await desk.call('referral.accept', { referral })
  const when = page.locator('.when-to-go .big-line')
  await page.getByText('时间定好了', { exact: true }).waitFor()
  assert.match(await when.innerText(), new RegExp(`^请在 .+ ${plainClock(slot.startsAt)} 前到$`))
  const main = await page.locator('main').innerText()
  const { institution } = await desk.ask('organisations.institution', { institution: desk.institution })
  for (const said of [institution.name.zh, '心血管内科', slot.doctor?.zh, '湘潭县', '身份证', '转诊单二维码', '正在吃的药'])
    assert.ok(main.includes(said ?? '?'), `the card says ${said}`)
  await page.getByRole('img', { name: /^转诊单号 ZZ-/ }).waitFor()
  assert.equal(await page.evaluate(() => 'isSamePage' in window), true, 'nothing was reloaded')
})

test('one tap calls the hospital and the family doctor', async () => {
  for (const who of ['医院', '家庭医生']) {
    const address = await page.getByRole('link', { name: `打电话给${who}` }).getAttribute('href')
    assert.match(address ?? '', /^tel:\+?\d{5,}$/)
  }
})

test('the appointment goes into the calendar and the slip is saved as PDF', async () => {
  const calendar = await saved(() => page.getByRole('button', { name: '加入日历' }).click())
  const { appointment } = await village.ask('referral.get', { referral })
  const start = appointment?.startsAt.replaceAll(/[-:]|\.\d+/g, '')
  assert.ok(calendar.bytes.toString().includes(`DTSTART:${start}`), 'the calendar has the time of the appointment')
  const slip = await saved(() => page.getByRole('button', { name: '保存转诊单（可打印）' }).click())
  assert.match(slip.download.suggestedFilename(), /^ZZ-.*\.pdf$/)
  assert.equal(slip.bytes.subarray(0, 5).toString(), '%PDF-')
})

test('each page is clean for axe and fits a telephone', async () => {
  await visitAll(page)
})

test('关怀版: every page stays usable, words at least 18 px and targets at least 60 px', async () => {
  const elder = await openAs({ size: 'large' })
  await visitAll(elder, (opened) => checkSizes(opened))
  await elder.context().close()
})

test('the largest type, English and dark fit a telephone too', async () => {
  const other = await openAs({ size: 'largest', language: 'en', theme: 'dark' })
  await visitAll(other, undefined, ['/me/referral', '/me/record', '/me/account'])
  await other.context().close()
})

test('cancelling asks for a reason, says what it does, and the page changes by itself', async () => {
  await page.goto(`${region.address}/me/referral`)
  await page.getByRole('button', { name: '不去了，取消转诊' }).click()
  const dialog = page.getByRole('dialog', { name: '取消这次转诊？' })
  await dialog.getByText('给您留的号会让给别人').waitFor()
  await dialog.getByRole('button', { name: '取消转诊' }).click()
  await dialog.getByText('请选一个原因。').waitFor()
  assert.equal((await village.ask('referral.get', { referral })).state, 'scheduled', 'nothing happens without a reason')
  await dialog.getByLabel('路太远').check()
  await dialog.getByRole('button', { name: '取消转诊' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: /已取消/ }).click()
  await page.getByText('这次转诊已取消').waitFor()
  await page.getByText('路太远').first().waitFor()
  assert.equal((await village.ask('referral.get', { referral })).state, 'cancelled')
})

test('three presses hold a place with a running countdown; it outlives a reload; then it is confirmed and cancelled', async () => {
  await page.getByRole('link', { name: '预约挂号' }).click()
  await page.getByRole('link', { name: /心慌、胸闷、血压高/ }).click()
  await page
    .getByRole('link', { name: /还有 \d+ 个号/ })
    .first()
    .click()
  // An expert sits on one or two days of the week, which may lie beyond the first three.
  const expert = page.getByRole('button', { name: /专家/ }).first()
  await page
    .getByRole('button', { name: /专家|普通/ })
    .first()
    .waitFor()
  while ((await expert.count()) === 0) await page.getByRole('button', { name: '看后面的日子' }).click()
  await expert.click()
  await page.getByRole('heading', { name: '号已给您留着' }).waitFor()
  const countdown = page.getByRole('timer')
  const before = await countdown.innerText()
  assert.match(before, /剩 (\d+ 分钟|\d+ 秒)/)
  await page.reload()
  await countdown.waitFor()
  await page.getByRole('button', { name: '确认预约' }).click()
  await page.getByRole('heading', { name: '预约好了' }).waitFor()
  assert.match(await page.locator('.booking-number').innerText(), /^[0-9A-F]{8}$/)
  assert.match(await page.locator('main').innerText(), /去哪里[\s\S]+医院[\s\S]+找哪位医生[\s\S]+要带什么[\s\S]+身份证/)
  await noFaults(page, 'the confirmation')
  await page.getByRole('link', { name: '再约一个' }).click()
  await page.getByRole('link', { name: /已约好/ }).click()
  await page.getByRole('button', { name: '取消预约' }).click()
  await page.getByLabel('时间不合适').check()
  await page.getByRole('dialog').getByRole('button', { name: '取消预约' }).click()
  await page.getByText('预约已取消。').waitFor()
  await page.getByRole('heading', { name: '我的预约' }).waitFor({ state: 'detached' })
})

test('when only places kept for referrals are left, the page says so, why, and whom to call', async () => {
  const { slots } = await village.ask('booking.free', { org: desk.institution, specialty: cardiology, days: 7 })
  // The first day with something free whose evening is further away than the hours of the release: its reserve is still kept.
  const eveningOf = (at: string): string => `${at.slice(0, 10)}T11:00:00.000Z`
  const evening = slots.map(({ startsAt }) => eveningOf(startsAt)).find((at) => Date.parse(at) > Date.now() + 26 * 3_600_000)
  assert.ok(evening)
  const capacity = 2
  const published = await desk.call('booking.publish-pool', {
    specialty: oldAge,
    kind: 'expert',
    startsAt: evening,
    capacity,
    doctor: { zh: '演示专家' },
  })
  assert.equal(capacity - published.reserved, 1, 'one place is open to everybody')
  await page.goto(`${region.address}/me/book?specialty=${oldAge}&at=${desk.institution}`)
  const tile = page.getByRole('button', { name: /演示专家/ })
  await tile.waitFor()
  await takeAsNeighbour(published)
  await tile.click()
  await page.getByText('只剩为基层转诊预留的号源').waitFor()
  await page
    .getByText(/紧密型县域医共体/)
    .first()
    .waitFor()
  await page.getByRole('alert').getByRole('link', { name: '打电话给家庭医生' }).waitFor()
  await tile.waitFor({ state: 'detached' })
})

test('who has read my record is told with place, time and reason', async () => {
  await page.goto(`${region.address}/me/record`)
  await page.getByText('原发性高血压').waitFor()
  await page.getByText('血管里的压力长期偏高').waitFor()
  await page.getByRole('tab', { name: '谁看过' }).click()
  const reads = page.getByRole('list', { name: '谁看过' })
  await reads.getByText('村医 · ').first().waitFor()
  await reads.getByText('看了转诊单').first().waitFor()
  assert.equal(await reads.getByText('您自己').count(), 0, 'one’s own looks do not hide those of others')
  await page.getByLabel('也列出我自己看的').check()
  await reads.getByText('您自己').first().waitFor()
})

test('a wrong present password is refused beside the form and the typed words stay', async () => {
  await page.goto(`${region.address}/me/account`)
  await page.getByLabel('现在的密码').fill('not-the-password')
  await page.getByLabel('新密码', { exact: false }).first().fill('short')
  await page.getByRole('button', { name: '改密码' }).click()
  await page.getByRole('heading', { name: '有 2 处需要修改' }).waitFor()
  await page.locator('#password-fresh').fill('a-longer-one')
  await page.locator('#password-again').fill('a-longer-one')
  await page.getByRole('button', { name: '改密码' }).click()
  await page.getByText(/账号或密码不对/).waitFor()
  assert.equal(await page.locator('#password-fresh').inputValue(), 'a-longer-one')
})

const takeAsNeighbour = async ({ org, pool }: { org: string; pool: string }): Promise<void> => {
  const { persons } = await village.ask('residents.search', { text: '', limit: 5 })
  const neighbour = persons.find(({ id }) => id !== me)
  assert.ok(neighbour, 'the village has a second resident')
  const account = {
    login: 'neighbour',
    password: 'jieli-demo',
    role: 'resident',
    resident: neighbour.id,
    name: neighbour.name,
  } as const
  await admin.call('security.create-account', account)
  const signedIn = await colleague(region.address, 'neighbour')
  const { booking } = await signedIn.call('booking.hold', { org, pool })
  await signedIn.call('booking.confirm', { org, booking })
}

const noFaults = async (opened: Page, where: string): Promise<void> => {
  assert.deepEqual(await axeFaults(opened), [], where)
  assert.equal(await opened.evaluate(() => document.documentElement.scrollWidth), 360, `${where} scrolls sideways`)
}

/** Every page and what must have come before it is looked at. */
const visitAll = async (
  opened: Page,
  look: (opened: Page, where: string) => Promise<void> = async () => undefined,
  only: readonly string[] | null = null,
): Promise<void> => {
  const all = [
    ['/me/referral', '.qr-code'],
    ['/me/book', '.link-tile'],
    [`/me/book?specialty=${cardiology}`, 'a.list-row[href*="&at="]'],
    [`/me/book?specialty=${cardiology}&at=${desk.institution}`, '.slot-times'],
    ['/me/record', '[role=tabpanel] .gloss'],
    ['/me/account', '#password-old'],
  ] as const
  const pages = all.filter(([path]) => only === null || only.includes(path))
  assert.ok(pages.length > 0)
  for (const [path, shown] of pages) {
    // Within the running page, as its own links do: loading the font anew for each page would take most of the time.
    await opened.evaluate((to) => history.pushState(null, '', to), path)
    await opened.locator(shown).first().waitFor()
    await noFaults(opened, path)
    await look(opened, path)
  }
}

const checkSizes = async (opened: Page): Promise<void> => {
  const small = await opened.evaluate(() => {
    const seen = [...document.querySelectorAll('main *, nav *')].filter((element) => element.checkVisibility())
    const worded = seen.filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== ''),
    )
    const pressed = seen.filter((element) => element.matches('a, button, input:not([type=radio], [type=checkbox])'))
    return {
      words: worded
        .filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 18)
        .map(({ outerHTML }) => outerHTML),
      targets: pressed.filter((element) => element.getBoundingClientRect().height < 60).map(({ outerHTML }) => outerHTML),
      counted: worded.length * pressed.length,
    }
  })
  assert.ok(small.counted > 20, 'there was something to measure')
  assert.deepEqual([small.words, small.targets], [[], []])
}
