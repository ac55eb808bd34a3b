import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { sha256 } from './sha256.ts'

const nodes = (text: string): string => createHash('sha256').update(text).digest('hex')

test('The published values of FIPS 180-4', () => {
  assert.equal(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  assert.equal(sha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('Texts of every length around a block, and Chinese ones, hash as Node’s own does', () => {
  for (let length = 0; length <= 200; length++) assert.equal(sha256('x'.repeat(length)), nodes('x'.repeat(length)), `${length}`)
  for (const text of ['长沙市城乡居民医保', '😀'.repeat(31), '起付线'.repeat(10_000)]) assert.equal(sha256(text), nodes(text))
})
