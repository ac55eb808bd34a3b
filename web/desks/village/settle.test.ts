import assert from 'node:assert/strict'
import test from 'node:test'
import { settledCorrection, type Choice } from './settle.ts'

const mine = { person: '1', ifVersion: 1, phone: '10012345678', address: '二组 5 号', insurance: 'employee' as const }
const theirs = { version: 4, address: '一组 3 号', insurance: 'none' as const }
const all = (choice: Choice) => ({ phone: choice, address: choice, insurance: choice })

test('mine is sent again on their version', () => {
  assert.deepEqual(settledCorrection(mine, theirs, all('mine')), { ...mine, ifVersion: 4 })
})

test('theirs is left as it stands; a masked phone is never sent back', () => {
  assert.deepEqual(settledCorrection(mine, theirs, all('theirs')), {
    person: '1',
    ifVersion: 4,
    address: '一组 3 号',
    insurance: 'none',
  })
})

test('two addresses can both be kept', () => {
  assert.equal(settledCorrection(mine, theirs, { ...all('theirs'), address: 'both' }).address, '一组 3 号；二组 5 号')
  assert.equal(settledCorrection(mine, { ...theirs, address: null }, { ...all('theirs'), address: 'both' }).address, '二组 5 号')
})

test('a field that I did not correct is not touched', () => {
  const { phone: _phone, insurance: _insurance, ...only } = mine
  assert.deepEqual(settledCorrection(only, theirs, all('mine')), { person: '1', ifVersion: 4, address: '二组 5 号' })
})
