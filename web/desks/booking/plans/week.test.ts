import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copiedTo, drawnBetween, inOrder, isClashing, minutesOf, movedBy, resizedBy, timeOf, type Drawn } from './week.ts'

const session = (more: Partial<Drawn> = {}): Drawn => ({ key: 1, weekday: 1, from: 480, to: 600, capacity: 4, ...more })
const shown = ({ weekday, from, to }: Drawn) => `${weekday} ${timeOf(from)}-${timeOf(to)}`

test('a session moves and keeps its length inside the day and the week', () => {
  assert.equal(shown(movedBy(session(), 30, 1)), '2 08:30-10:30')
  assert.equal(shown(movedBy(session(), -600, -3)), '1 00:00-02:00')
  assert.equal(shown(movedBy(session(), 2_000, 9)), '7 21:59-23:59')
})

test('a session is never shorter than a slot, and ends within its day', () => {
  assert.equal(shown(resizedBy(session(), -300, 30)), '1 08:00-08:30')
  assert.equal(shown(resizedBy(session(), 30, 30)), '1 08:00-10:30')
  assert.equal(shown(resizedBy(session(), 2_000, 30)), '1 08:00-23:59')
})

test('what is drawn upwards or downwards is the same, in whole slots', () => {
  for (const [a, b] of [[485, 610], [610, 485]] as const) assert.equal(shown(drawnBetween(2, 3, a, b, 30)), '3 08:00-10:00') // prettier-ignore
  assert.equal(shown(drawnBetween(2, 3, 485, 487, 30)), '3 08:00-08:30', 'a press draws one slot')
})

test('a day copied to others replaces what they had and gives each session a key of its own', () => {
  const week = [
    session(),
    session({ key: 2, from: 840, to: 900 }),
    session({ key: 3, weekday: 2 }),
    session({ key: 4, weekday: 6 }),
  ]
  const copied = copiedTo(week, 1, [1, 2, 3])
  assert.deepEqual(inOrder(copied).map(shown), [
    '1 08:00-10:00',
    '1 14:00-15:00',
    '2 08:00-10:00',
    '2 14:00-15:00',
    '3 08:00-10:00',
    '3 14:00-15:00',
    '6 08:00-10:00',
  ])
  assert.equal(new Set(copied.map(({ key }) => key)).size, copied.length)
})

test('sessions that touch do not clash', () => {
  const other = session({ key: 2, from: 600, to: 660 })
  assert.equal(isClashing(session(), [session(), other]), false)
  assert.equal(isClashing(session({ to: 601 }), [session(), other]), true)
  assert.equal(isClashing(session({ to: 601 }), [session(), { ...other, weekday: 2 }]), false)
})

test('times as text', () => {
  assert.equal(minutesOf('08:30'), 510)
  assert.equal(minutesOf(''), null)
})
