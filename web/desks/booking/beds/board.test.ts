import assert from 'node:assert/strict'
import test from 'node:test'
import { expectedFor, fits, nextLabel, plusDays, typedBeds, type BoardBed, type BoardStay } from './board.ts'

test('a bed is for its sex or any, and for isolation exactly when it is needed', () => {
  assert.equal(fits({ sex: 'any', isolation: false }, { sex: 'male', isolation: false }), true)
  assert.equal(fits({ sex: 'female', isolation: false }, { sex: 'male', isolation: false }), false)
  assert.equal(fits({ sex: 'male', isolation: true }, { sex: 'male', isolation: false }), false)
})

test('expected for a bed: whoever is due, fits, is confirmed and has no other bed', () => {
  const bed = { bed: 'b', sex: 'any', isolation: false } as BoardBed
  const stay = {
    stay: 's',
    sex: 'male',
    isolation: false,
    from: '2026-11-30',
    until: '2026-12-02',
    isHeld: false,
    bed: null,
  } as BoardStay
  const count = (change: Partial<BoardStay>, today = '2026-12-01') => expectedFor(bed, [{ ...stay, ...change }], today).length
  assert.equal(count({}), 1)
  assert.equal(count({ bed: 'b' }), 1)
  assert.equal(count({ bed: 'other' }), 0)
  assert.equal(count({ isHeld: true }), 0)
  assert.equal(count({}, '2026-12-02'), 0, 'the day of discharge is not one of its days')
  assert.equal(count({}, '2026-11-29'), 0)
})

test('beds are typed a room a line; what is not understood is named', () => {
  assert.deepEqual(typedBeds('301 2 男\n\n303 1 any 隔离'), {
    beds: [
      { room: '301', label: '1', sex: 'male', isolation: false },
      { room: '301', label: '2', sex: 'male', isolation: false },
      { room: '303', label: '1', sex: 'any', isolation: true },
    ],
  })
  assert.deepEqual(typedBeds('301 2 男\n302 两 女'), { wrong: '302 两 女' })
  assert.deepEqual(typedBeds('301 2 both'), { wrong: '301 2 both' })
  assert.equal(plusDays('2028-02-28', 2), '2028-03-01')
})

test('the next bed of a room is numbered after its last; labels that are no numbers do not count', () => {
  const beds = ['1', '3', '加'].map((label) => ({ room: '301', label }))
  assert.equal(nextLabel(beds, '301'), '4')
  assert.equal(nextLabel(beds, '302'), '1')
  assert.equal(nextLabel(beds, ''), '')
})
