import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { buildWebOnce } from '../../src/apps/web-build.ts'
import { dayOf, instantAt, plusDays, weekdayOf } from '../../src/kernel/day.ts'
import { millisecondsBetween } from '../../src/kernel/clock.ts'
import { newId, type OrgId, type PersonId } from '../../src/kernel/id.ts'
import { hashPassword, saveAccount } from '../../src/modules/security/index.ts'
import { databaseNow, sql } from '../../src/platform/database/pool.ts'
import { PLACES, putSmallRegion } from '../../sim/small-region.ts'
import { ground } from '../api/real-server.ts'
import { launch } from './browser.ts'
import { isSound, otherLooks } from './looking.ts'
import { colleague, signInOn, wear, type Colleague, type Look } from './region.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

// The day of a visit on its screens: telephone, desk, waiting room; and free slots for who has no account.
// JIELI_PICTURES=<folder> keeps a picture of each.

const CARDIOLOGY = '0304'
const SUNDAY = 7
const ZONE = 'Asia/Shanghai'
const PASSWORD = 'jieli-demo'

type Morning = { address: string; browser: Browser; desk: Colleague; resident: Colleague; day: string }

/** A small region at half past eight on a working day, with a desk and a resident who may sign in. */
const morning = async (t: TestContext): Promise<Morning> => {
  const [{ database: owner, server }] = await Promise.all([ground(t), buildWebOnce({ onNote: () => {} })])
  await putSmallRegion(owner)
  const now = await databaseNow(owner)
  let day = plusDays(dayOf(now, ZONE), 1)
  while (weekdayOf(day) === SUNDAY) day = plusDays(day, 1)
  await owner.run(
    sql`update platform.clock set offset_ms = offset_ms + ${millisecondsBetween(now, instantAt(day, '08:30', ZONE))}`,
  )
  const person = await owner.row<{
    id: string
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, born_on, synthetic, created_at)
    values ('张建国', 'zhangjianguo', 'zjg', 'male', '1975-03-04', true, now()) returning person_id as id`)
  const { address } = await server({ JIELI_LIMITS: 'off' })
  const passwordHash = await hashPassword(PASSWORD)
  await owner.transaction(async (tx) => {
    const at = await databaseNow(tx)
    const common = { passwordHash, en: null, at }
    await saveAccount(tx, {
      ...common,
      id: newId(),
      login: 'desk',
      role: 'referral-desk',
      org: PLACES.county as OrgId,
      person: null,
      zh: '李转诊',
    })
    await saveAccount(tx, {
      ...common,
      id: newId(),
      login: 'resident',
      role: 'resident',
      org: null,
      person: person?.id as PersonId,
      zh: '张建国',
    })
  })
  const browser = await launch()
  t.after(() => browser.close())
  const [desk, resident] = await Promise.all([colleague(address, 'desk'), colleague(address, 'resident')])
  return { address, browser, desk, resident, day }
}

const pageOf = async (
  { browser, address }: Morning,
  account: string | null,
  path: string,
  width: number,
  look: Look = {},
): Promise<Page> => {
  const height = width > 1900 ? 1080 : width > 1000 ? 768 : 740
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  await wear(context, look)
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  if (account !== null) await signInOn(page, address, account)
  await page.goto(address + path)
  await page.locator('h1').first().waitFor()
  return page
}

test('The day of a visit on its screens', async (t) => {
  const here = await morning(t)
  const { desk, resident, day } = here
  const unit = await desk.call('booking.publish-pool', {
    specialty: CARDIOLOGY,
    kind: 'ordinary',
    startsAt: `${day}T09:00:00+08:00`,
    capacity: 10,
    doctor: { zh: '陈主任' },
    place: { zh: '门诊楼 2 楼 5 诊室' },
  })
  const slot = { org: unit.org, pool: unit.pool }

  await t.test('anybody finds the slot without signing in, and booking leads to the sign-in', () => searchIsOpen(here))

  const held = await resident.call('booking.hold', slot)
  await resident.call('booking.confirm', { org: held.org, booking: held.booking })

  const phone = await pageOf(here, 'resident', '/me/referral', 360)
  await t.test('the telephone says that there is a visit today and checks in', () => phoneChecksIn(phone))
  const { queues } = await desk.ask('booking.queues', {})
  const queue = queues.find(({ specialty }) => specialty === CARDIOLOGY)?.id ?? ''
  const screen = await desk.call('booking.open-screen', { title: '门诊二楼候诊区', specialties: [CARDIOLOGY] })
  const board = await pageOf(here, null, screen.address, 1920)
  await t.test('the waiting room shows numbers and first characters', () => boardShows(board))
  await t.test('the desk finds, gives numbers and calls by keyboard; telephone and waiting room follow', () =>
    deskCalls(here, phone, board, queue),
  )
  await t.test('after the visit the telephone says what comes next', async () => {
    await phone.getByText('就诊结束').first().waitFor()
    await isSound(phone, 'visit-served-360')
  })
  await t.test('a screen whose line is cut keeps what it knows and says so; a closed one says what to do', () =>
    boardIsCut(board, desk, screen.screen),
  )
})

const searchIsOpen = async (here: Morning): Promise<void> => {
  const page = await pageOf(here, null, '/slots', 1366)
  await page.getByText('请选择科目或机构').waitFor()
  await isSound(page, 'slots-empty-1366')
  await page.getByLabel('医生').fill('陈主任')
  await page.getByLabel('日期').fill(here.day)
  await page.getByRole('button', { name: '查询' }).click()
  const row = page.locator('.list-row', { hasText: '陈主任' }).filter({ hasText: '09:00' }).first()
  await row.waitFor()
  await isSound(page, 'slots-1366')
  const address = page.url()
  await row.getByRole('link', { name: /^登录预约/ }).click()
  await page.locator('input[autocomplete=current-password]').waitFor()
  assert.match(page.url(), /\/me\/book\?specialty=0304&at=\d+/, 'whoever signs in now goes on with this place')
  await page.goto(address)
  await row.waitFor()
  await otherLooks(page, 'slots', '.list-row')
  await page.context().close()
}

const phoneChecksIn = async (phone: Page): Promise<void> => {
  const banner = phone.locator('.turn-banner')
  await banner.getByText('今天 09:00 就诊').waitFor()
  await isSound(phone, 'banner-360')
  await banner.getByRole('link', { name: '查看' }).click()
  await phone.getByRole('img', { name: '签到二维码' }).waitFor()
  await isSound(phone, 'check-in-360')
  await phone.getByRole('button', { name: '我到了，签到' }).click()
  await phone.getByText('我的号 001').waitFor()
  await phone.getByText('下一位就是您').waitFor()
  await phone.getByText('快到您了').waitFor()
  await isSound(phone, 'ticket-360')
}

const boardShows = async (board: Page): Promise<void> => {
  await board.locator('.board-next strong', { hasText: '001' }).waitFor()
  assert.match(await board.locator('.board-next li').first().innerText(), /^001\s*张\*$/u)
  await isSound(board, 'board-waiting-1920')
}

/** Presses a key until what it does is seen: while an act is under way the page takes no other. */
const press = async (page: Page, key: string, shown: ReturnType<Page['locator']>): Promise<void> => {
  for (let tries = 0; tries < 20; tries += 1) {
    await page.keyboard.press(key)
    const isSeen = await shown.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    )
    if (isSeen) return
  }
  await shown.waitFor()
}

const deskCalls = async (here: Morning, phone: Page, board: Page, queue: string): Promise<void> => {
  const page = await pageOf(here, 'desk', `/desk/queue?queue=${queue}`, 1366)
  await page.getByRole('heading', { name: /陈主任/ }).waitFor()
  await page.getByRole('button', { name: '现场取号' }).click()
  await page.getByLabel('急症（最先呼叫）').check()
  await page.getByRole('button', { name: '取号', exact: true }).click()
  await page.getByText('请写明急症情况').waitFor()
  await page.getByLabel(/^急症说明/).fill('胸痛')
  await isSound(page, 'walk-in-1366')
  await page.getByRole('button', { name: '取号', exact: true }).click()
  await page.getByText('已取号：002 号').waitFor()
  for (const elderly of [true, false, false]) await here.desk.call('booking.take-ticket', { queue, elderly })
  await page.locator('.list-row', { hasText: '005' }).waitFor()
  await page.getByRole('button', { name: /叫下一位/ }).waitFor()
  await page.locator('h1').click()
  await press(page, 'n', page.locator('.queue-current', { hasText: '002' }))
  await press(page, 's', page.getByText('还没有叫号'))
  await press(page, 'n', page.locator('.queue-current', { hasText: '001' }))
  await isSound(page, 'queue-1366')
  await phone.getByText('请到 门诊楼 2 楼 5 诊室 就诊').waitFor()
  await isSound(phone, 'called-360')
  await board.locator('.board-now strong', { hasText: '001' }).waitFor()
  await isSound(board, 'board-1920')
  await board.setViewportSize({ width: 1366, height: 768 })
  await isSound(board, 'board-1366')
  await board.setViewportSize({ width: 360, height: 740 })
  await isSound(board, 'board-360')
  await press(page, 'e', page.locator('.queue-current', { hasText: '正在就诊' }))
  await press(page, 'n', page.locator('.queue-current', { hasText: '003' }))
  await press(page, 'p', page.getByText('已过号'))
  const scan = page.getByLabel('扫码、刷卡或输入')
  const { bookings } = await here.resident.ask('booking.mine', {})
  await scan.fill(`jieli:${bookings[0]?.org}:${bookings[0]?.id}`)
  await page.keyboard.press('Enter')
  await page.getByText('001 号').first().waitFor()
  await isSound(page, 'queue-found-1366')
  await page.getByRole('button', { name: '候诊屏' }).click()
  await page.getByText('门诊二楼候诊区', { exact: true }).waitFor()
  await isSound(page, 'screens-1366')
  await page.keyboard.press('Escape')
  await otherLooks(page, 'queue', '.queue-acts')
  await page.context().close()
}

const boardIsCut = async (board: Page, desk: Colleague, screen: string): Promise<void> => {
  await board.context().setOffline(true)
  await board.getByText(/连接中断，正在重连/).waitFor()
  assert.ok(await board.locator('.board-queue').isVisible(), 'what was known stays')
  await isSound(board, 'board-cut-360')
  await board.context().setOffline(false)
  await board.getByText(/连接中断，正在重连/).waitFor({ state: 'detached' })
  await desk.call('booking.close-screen', { screen })
  await board.getByText('这块候诊屏已停用或地址有误').waitFor()
}
