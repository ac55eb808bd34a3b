import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axeFaults } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague } from './region.ts'

const here = regionInBrowser()
const SHOWN = '.month-strip'

const isClean = async (page: Page) => assert.deepEqual(await axeFaults(page), [])
const fitsItsWindow = async (page: Page) =>
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    'nothing sticks out',
  )
/** Where a test is looked at by people, its pictures are kept. */
const picture = async (page: Page, name: string) => {
  const folder = process.env['JIELI_PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/plans-${name}.png`, fullPage: true })
}

test('a week is drawn by the pointer, moved by keys, copied to other days, checked and published', async () => {
  const page = await here.open('desk', '/desk/plans', { shown: SHOWN })
  await isClean(page)
  await picture(page, 'desk')
  await page.getByRole('button', { name: '新建排班' }).click()
  await page.locator('.week-grid').waitFor()
  assert.equal(await page.locator('.week-session').count(), 0)
  const tuesday = await page.locator('.week-column').nth(1).boundingBox()
  assert.ok(tuesday)
  const [x, top] = [tuesday.x + tuesday.width / 2, tuesday.y]
  // Two hours from nine o'clock, forty pixels an hour from seven.
  await page.mouse.move(x, top + 81)
  await page.mouse.down()
  await page.mouse.move(x, top + 120)
  await page.mouse.move(x, top + 161)
  await page.mouse.up()
  const drawn = page.locator('.week-session')
  assert.equal(await drawn.textContent(), '周二 09:00–11:00 4 号')
  await drawn.focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('ArrowRight')
  assert.equal(await drawn.textContent(), '周三 08:30–11:00 4 号')
  const handle = await drawn.locator('.week-handle').boundingBox()
  assert.ok(handle)
  await page.mouse.move(handle.x + handle.width / 2, handle.y + 4)
  await page.mouse.down()
  await page.mouse.move(handle.x + handle.width / 2, handle.y + 44)
  await page.mouse.up()
  assert.equal(await drawn.textContent(), '周三 08:30–12:00 4 号')
  const box = await drawn.boundingBox()
  assert.ok(box)
  await page.mouse.move(box.x + 20, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + 20 - box.width, box.y)
  await page.mouse.up()
  assert.equal(await drawn.textContent(), '周二 08:00–11:30 4 号')
  await page.getByRole('button', { name: '把当天复制到 周一至周五' }).click()
  assert.equal(await page.locator('.week-session').count(), 5)
  await page.getByLabel('每段号数').fill('6')
  await page.getByLabel('地点').fill('门诊楼三层')
  await isClean(page)
  await picture(page, 'new')
  await page.getByRole('button', { name: '核对并发布' }).click()
  const dialog = page.getByRole('dialog', { name: '发布前核对' })
  await dialog.waitFor()
  assert.match(await dialog.innerText(), /新发布\s+\d+ 段，\d+ 个号[\s\S]*其中为基层预留\s+\d+/)
  await isClean(page)
  await picture(page, 'check')
  await dialog.getByRole('button', { name: '确认发布' }).click()
  await page.locator('.toast', { hasText: '已发布' }).waitFor()
  await page.locator('.month-day').nth(8).waitFor()
  await page.context().close()
})

test('a day is closed as an exception and given back; what overlaps is said before it is sent', async () => {
  const page = await here.open('manager', '/overview/plans', { shown: SHOWN })
  const working = page.locator('.month-day:not(.closed)').nth(1)
  const before = await working.innerText()
  await working.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '保存例外' }).click()
  await dialog.getByText('请写明原因,至少 2 个字'.replace(',', '，')).waitFor()
  await isClean(page)
  await picture(page, 'day')
  await dialog.getByLabel('原因').fill('诊室检修')
  await dialog.getByRole('button', { name: '保存例外' }).click()
  await page.locator('.toast', { hasText: '已安排' }).waitFor()
  const closed = page.locator('.month-day', { hasText: '停' }).first()
  await closed.waitFor()
  await picture(page, 'closed')
  await closed.click()
  await dialog.getByRole('button', { name: '取消这项例外' }).click()
  await page.locator('.toast', { hasText: '已恢复按周排班' }).waitFor()
  await page.waitForFunction(
    (text) => [...document.querySelectorAll('.month-day')].some((day) => (day as HTMLElement).innerText === text),
    before,
  )
  await page.context().close()
})

test('a stop of clinic says how many people it touches before it is done', async () => {
  const desk = await colleague(here.address(), 'desk')
  const resident = await colleague(here.address(), 'resident')
  const { plans } = await desk.ask('booking.plans', {})
  const { slots } = await resident.ask('booking.free', { org: desk.institution, specialty: plans[0]?.specialty ?? '', limit: 40 })
  const [slot] = slots
  assert.ok(slot)
  const held = await resident.call('booking.hold', { org: slot.org, pool: slot.pool })
  await resident.call('booking.confirm', { org: held.org, booking: held.booking })
  const page = await here.open('desk', '/desk/plans', { shown: SHOWN })
  await page.getByRole('button', { name: '停诊', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '停诊' })
  await dialog.getByLabel('全院所有排班').check()
  const day = new Date(Date.parse(slot.startsAt) + 8 * 3_600_000).toISOString().slice(0, 10)
  await dialog.getByLabel('最后一天').fill(day)
  await dialog.getByLabel('第一天').fill(day)
  const counted = dialog.getByText(/将停 \d+ 段，影响 [1-9]\d* 位已约患者/)
  await counted.waitFor()
  const people = /影响 (\d+) 位/.exec(await counted.innerText())?.[1]
  await isClean(page)
  await picture(page, 'stop')
  await dialog.getByLabel('原因').fill('台风停诊')
  await dialog.getByRole('button', { name: `停诊并告知 ${people} 人` }).click()
  await page.locator('.toast', { hasText: `${people} 位患者将被告知` }).waitFor()
  const { bookings } = await resident.ask('booking.mine', {})
  assert.equal(bookings.filter(({ id, state }) => id === held.booking && state === 'confirmed').length, 0)
  await page.context().close()
})

for (const [width, look] of [
  [360, {}],
  [360, { theme: 'dark', language: 'en' }],
  [1366, { theme: 'dark' }],
  [1366, { language: 'en' }],
] as const)
  test(`the plans are clean at ${width} px, ${JSON.stringify(look)}`, async () => {
    const page = await here.open('desk', '/desk/plans', { shown: SHOWN, width, look })
    await page.locator('.session-list button').first().click()
    await page.locator('.chosen-session').waitFor()
    await fitsItsWindow(page)
    await isClean(page)
    await picture(page, `${width}-${Object.values(look).join('-')}`)
    await page.context().close()
  })
