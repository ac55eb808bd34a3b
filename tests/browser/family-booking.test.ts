import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSound, otherLooks } from './looking.ts'
import { regionInBrowser } from './open-page.ts'
import { colleague, type Colleague } from './region.ts'

// The demo publishes no slots for old age, so that the slot of the test stands alone.
const quietSpecialty = '0310'
const MS_A_DAY = 86_400_000
const HOURS_BEFORE_EIGHT = 1
const PHONE = { width: 360 }

let village: Colleague
let resident: Colleague
let desk: Colleague
let me: string
let child: string

const here = regionInBrowser(async () => {
  const address = here.address()
  village = await colleague(address, 'village')
  resident = await colleague(address, 'resident')
  desk = await colleague(address, 'desk')
  me = (await resident.ask('security.me', {})).resident ?? ''
  child = (await village.call('residents.register', { name: { zh: '合成小满' }, sex: 'female', bornOn: '2021-05-21' })).person
  await village.call('record-access.register-representative', {
    person: child,
    by: me,
    kind: 'guardian',
    document: '出生医学证明',
  })
  const inThreeDays = Math.floor((Date.now() + 3 * MS_A_DAY) / MS_A_DAY) * MS_A_DAY
  const startsAt = new Date(inThreeDays + (HOURS_BEFORE_EIGHT * MS_A_DAY) / 24).toISOString()
  await desk.call('booking.publish-pool', {
    specialty: quietSpecialty,
    kind: 'ordinary',
    startsAt,
    capacity: 5,
    doctor: { zh: '合成医生' },
  })
})

test('A mother books for her child on the phone: chosen once, said on each step, confirmed, seen on both pages, and cancelled', async () => {
  const page = await here.open('resident', '/me/book', PHONE)
  const choice = page.getByRole('group', { name: '给谁看病？' })
  assert.equal(await choice.getByRole('radio', { name: '我自己' }).isChecked(), true)
  await choice.getByText('合成小满').click()
  await isSound(page, 'book-for-whom')
  await page.goto(`${here.address()}/me/book?specialty=${quietSpecialty}&at=${desk.institution}`)
  await page.getByText('给 合成小满 预约').waitFor()
  await isSound(page, 'book-for-child-time')
  await page.getByRole('button', { name: /合成医生/ }).click()
  await page.getByRole('heading', { name: '号已给您留着' }).waitFor()
  const patient = page.locator('dl').getByText('合成小满')
  await patient.waitFor()
  await page.getByRole('button', { name: '确认预约' }).click()
  await page.getByRole('heading', { name: '预约好了' }).waitFor()
  await patient.waitFor()
  await isSound(page, 'booked-for-child')
  assert.deepEqual((await resident.ask('booking.mine', {})).bookings, [], 'nothing is booked in the mother’s name')
  const { bookings } = await resident.ask('booking.mine', { person: child })
  assert.deepEqual(
    bookings.map(({ person, state }) => [person, state]),
    [[child, 'confirmed']],
  )

  await page.goto(`${here.address()}/me/home`)
  const ofChild = page.getByRole('list', { name: '合成小满的预约' })
  await ofChild.waitFor()
  await isSound(page, 'home-with-child')
  await ofChild.getByRole('link').click()
  await page.getByRole('button', { name: '取消预约' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('时间不合适').click()
  await dialog.getByRole('button', { name: '取消预约' }).click()
  await page.getByText('预约已取消。').waitFor()
  assert.deepEqual((await resident.ask('booking.mine', { person: child })).bookings, [])
})

test('The page of a relative leads to booking for that one; the choice holds until the window is closed', async () => {
  const page = await here.open('resident', `/me/family/${child}`, PHONE)
  await isSound(page, 'relative')
  await page.getByRole('link', { name: /替他（她）预约挂号/ }).click()
  const choice = page.getByRole('group', { name: '给谁看病？' })
  await choice.waitFor()
  assert.equal(await choice.getByRole('radio', { name: '合成小满' }).isChecked(), true)
  await page.reload()
  await choice.waitFor()
  assert.equal(await choice.getByRole('radio', { name: '合成小满' }).isChecked(), true)
  await otherLooks(page, 'book-for-whom', 'fieldset')

  const other = await here.open('resident', '/me/book', PHONE)
  await other.getByRole('group', { name: '给谁看病？' }).waitFor()
  assert.equal(await other.getByRole('radio', { name: '我自己' }).isChecked(), true, 'another window begins with oneself')
})

test('Who has looked tells a guardian’s own looks as one’s own, and hides nobody else’s behind them', async () => {
  const page = await here.open('resident', `/me/family/${child}`, PHONE)
  await page.getByRole('tab', { name: '谁看过' }).click()
  await page.getByLabel('也列出我自己看的').check()
  const reads = page.getByRole('list', { name: '谁看过', exact: true })
  await reads.locator('li', { hasText: '您自己' }).filter({ hasText: '看了预约' }).first().waitFor()
  await isSound(page, 'relative-looks')
})

test('Once the guardianship has ended, a page that still has the choice falls back to oneself', async () => {
  const page = await here.open('resident', `/me/family/${child}`, PHONE)
  await page.getByRole('link', { name: /替他（她）预约挂号/ }).click()
  await page.getByRole('radio', { name: '合成小满' }).waitFor()
  const { representatives } = await village.ask('record-access.representatives', { person: child })
  const representative = representatives[0]?.id ?? ''
  await village.call('record-access.end-representative', { person: child, representative, reason: '演示结束监护' })
  await page.goto(`${here.address()}/me/book?specialty=${quietSpecialty}&at=${desk.institution}`)
  await page.getByRole('button', { name: /合成医生/ }).click()
  await page.getByRole('heading', { name: '号已给您留着' }).waitFor()
  assert.equal(await page.getByText('合成小满').count(), 0)
  assert.equal((await resident.ask('booking.mine', {})).bookings.length, 1)
})
