import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague, type Colleague } from './region.ts'

const NIGHTS = 5
const PATIENCE_MS = 120_000
const phone = { width: 360, shown: 'h2' }
const here = regionInBrowser(() => begin())

let desk: Colleague
let ward: Colleague
let resident: Colleague
/** A ward of one bed, of a specialty that no other ward of the hospital has. */
let place: { ward: string; bed: string }
/** Whoever lies in that bed. */
let stay: string
let name: string

const begin = async (): Promise<void> => {
  ;[desk, ward, resident] = (await Promise.all(
    ['desk', 'ward', 'resident'].map((account) => colleague(here.address(), account)),
  )) as [Colleague, Colleague, Colleague]
  name = (await resident.ask('security.me', {})).name.zh
  place = await oneBed()
  stay = await lieIn()
}

const oneBed = async () => {
  const { services } = await desk.ask('organisations.institution', { institution: desk.institution })
  const { wards } = await desk.ask('booking.free-beds', { org: desk.institution, days: 1 })
  const spare = services.find(({ specialty }) => wards.every((one) => one.specialty !== specialty))
  assert.ok(spare, 'a service without a ward')
  const beds = [{ room: '1', label: '1', sex: 'any' as const, isolation: false }]
  const made = await desk.call('booking.open-ward', {
    name: { zh: '演示单床病区', en: 'Ward of one bed' },
    specialty: spare.specialty,
    beds,
  })
  return { ward: made.ward as string, bed: made.beds[0]?.bed as string }
}

// Whoever lies there stays for as long as beds are open for booking.
const lieIn = async (): Promise<string> => {
  const village = await colleague(here.address(), 'village')
  const { persons } = await village.ask('residents.search', { text: '', limit: 9 })
  const other = persons.find((one) => one.name.zh !== name)
  assert.ok(other, 'somebody else')
  const { today } = await ward.ask('booking.beds-board', { ward: place.ward })
  const { group } = await desk.call('booking.book-together', {
    org: desk.institution,
    person: other.id,
    channel: 'referral',
    stay: { ward: place.ward, from: today, nights: 30 },
  })
  await ward.call('booking.admit', { org: desk.institution, stay: group as string, bed: place.bed })
  return group as string
}

/** The resident waits for an examination there: whoever the house deals with is found by name. */
const knownAtTheHouse = async (): Promise<void> => {
  const village = await colleague(here.address(), 'village')
  const { persons } = await village.ask('residents.search', { text: name, limit: 1 })
  const { services } = await desk.ask('organisations.institution', { institution: desk.institution })
  const { today } = await ward.ask('booking.beds-board', { ward: place.ward })
  await village.call('booking.join-waiting', {
    person: persons[0]?.id ?? '',
    specialty: services[0]?.specialty ?? '',
    unitKind: 'session',
    orgs: [desk.institution],
    from: today,
    until: today,
    channel: 'referral',
  })
}

test('No bed is free: the ward puts somebody on the list; one offer lapses, one is turned down, the third is taken', async () => {
  await knownAtTheHouse()
  const board = await here.open('ward', `/desk/beds?ward=${place.ward}`, { shown: '.bed-tile' })
  await board.getByRole('button', { name: '安排住院' }).click()
  const dialog = board.getByRole('dialog')
  await dialog.getByLabel('患者').fill('查无此人')
  await dialog.getByText('没有找到', { exact: true }).waitFor()
  await isSound(board, 'bed-wait-nobody')
  await dialog.getByLabel('患者').fill(name)
  const found = dialog.getByRole('button', { name: new RegExp(`^${name}`) }).first()
  await found.getByText(/候补中|就诊|转诊约来|在院/).waitFor()
  await isSound(board, 'bed-wait-found')
  await found.click()
  await dialog.getByLabel('住几晚').fill(String(NIGHTS))
  // The one bed is kept for referrals.
  await dialog.getByLabel('渠道').selectOption('referral')
  await dialog.getByRole('button', { name: '安排住院' }).click()
  await dialog.getByRole('heading', { name: '没有连续空床？登记等床' }).waitFor()
  await isSound(board, 'bed-wait-join')
  await board.setViewportSize({ width: 360, height: 740 })
  await isSound(board, 'bed-wait-join-360')
  await dialog.getByRole('button', { name: '登记等床' }).click()
  await dialog.waitFor({ state: 'detached' })

  const worklist = await here.open('desk', '/desk/shortage', { shown: '.shortage-row' })
  const row = worklist.locator('.shortage-row').filter({ hasText: `等床 · ${NIGHTS} 晚` })
  await row.waitFor()
  await isSound(worklist, 'bed-wait-worklist')
  await row.getByRole('button', { name: '找床' }).click()
  await worklist.getByRole('dialog').waitFor()
  await worklist
    .getByText(/此刻没有合适的号|别的机构/)
    .first()
    .waitFor()
  await isSound(worklist, 'bed-wait-find')
  await worklist.keyboard.press('Escape')

  const page = await here.open('resident', '/me/book', phone)
  await page.getByRole('heading', { name: new RegExp(`^等床 · ${NIGHTS} 晚`) }).waitFor()
  await page.getByText('您排在第一位').first().waitFor()
  await isSound(page, 'bed-wait-mine-360')

  await ward.call('booking.discharge', { org: desk.institution, stay })
  const take = page.getByRole('button', { name: '去住院' })
  await take.waitFor({ timeout: PATIENCE_MS })
  await page.getByText('演示单床病区').waitFor()
  const firstStay = await page.getByText(/入院，预计 .* 出院/).textContent()
  assert.ok((await take.evaluate((one) => one.getBoundingClientRect().height)) >= 44)
  await isSound(page, 'bed-wait-offer-360')
  await row.getByText('已留号，待答复').waitFor({ timeout: PATIENCE_MS })

  // A day passes without an answer: the bed goes back, the person is told, and other days are offered.
  await here.later(25)
  await page.getByText(/上次留的床位没有确认/).waitFor({ timeout: PATIENCE_MS })
  await page.getByText(/入院，预计 .* 出院/).waitFor()
  await page.waitForFunction((was) => {
    const shown = document.body.innerText.match(/\S+ 入院，预计 .* 出院/)
    return shown !== null && !(was ?? '').includes(shown[0])
  }, firstStay)
  await isSound(page, 'bed-wait-lapsed-360')
  const secondStay = await page.getByText(/入院，预计 .* 出院/).textContent()
  await page.getByRole('button', { name: '这次不去，等下一张床' }).click()
  await page.locator('.toast', { hasText: '已转给下一位，您的次序不变。' }).waitFor()
  await page.waitForFunction((was) => {
    const shown = document.body.innerText.match(/\S+ 入院，预计 .* 出院/)
    return shown !== null && !(was ?? '').includes(shown[0])
  }, secondStay)
  await otherLooks(worklist, 'bed-wait-worklist', '.shortage-row')
  await take.click()
  await page.getByText('已有床位').waitFor()
  const { stays } = await resident.ask('booking.my-stays', {})
  assert.ok(stays.some(({ state, ward: of }) => state === 'planned' && of?.zh === '演示单床病区'))
  await isSound(page, 'bed-wait-placed-360')
  await page.setViewportSize({ width: 1366, height: 768 })
  await otherLooks(page, 'bed-wait-placed', '.waiting-places, h2')
})
