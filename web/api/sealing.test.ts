import assert from 'node:assert/strict'
import test from 'node:test'
import {
  codeSecret,
  dataKey,
  jointKey,
  newDeviceHalf,
  openBytes,
  openValue,
  randomBytes,
  sealBytes,
  sealValue,
} from './sealing.ts'
import { isOverdue } from './vault.ts'

const dayMs = 86_400_000

test('what is sealed opens with both halves only: another device, another half or a code in place of it open nothing', async () => {
  const [half, other] = [await newDeviceHalf(), await newDeviceHalf()]
  const [server, another] = [randomBytes(), randomBytes()]
  const raw = randomBytes()
  const sealed = await sealBytes(await jointKey(half, 'server', server), raw)
  assert.deepEqual(await openBytes(await jointKey(half, 'server', server), sealed), raw)
  await assert.rejects(openBytes(await jointKey(other, 'server', server), sealed), 'the device’s half')
  await assert.rejects(openBytes(await jointKey(half, 'server', another), sealed), 'the server’s half')
  await assert.rejects(openBytes(await jointKey(half, 'code', server), sealed), 'a code is no server’s half')
  assert.equal(half.extractable, false)
  await assert.rejects(crypto.subtle.exportKey('raw', half))
})

test('a changed byte is refused, and the same value is never sealed twice alike', async () => {
  const key = await dataKey(randomBytes())
  const value = { person: '1000001', name: '张演示' }
  const [one, two] = [await sealValue(key, value), await sealValue(key, value)]
  assert.deepEqual(await openValue(key, one), value)
  assert.notDeepEqual(new Uint8Array(one.bytes), new Uint8Array(two.bytes))
  const bytes = new Uint8Array(one.bytes.slice(0))
  bytes[3] = (bytes[3] ?? 0) ^ 1
  await assert.rejects(openValue(key, { ...one, bytes: bytes.buffer }))
})

test('a code gives the same secret only with the same digits, salt and rounds', async () => {
  const salt = randomBytes()
  const hex = async (code: string, of = salt, rounds = 1_000) => Buffer.from(await codeSecret(code, of, rounds)).toString('hex')
  const right = await hex('739148')
  assert.equal(await hex('739148'), right)
  for (const other of [await hex('739149'), await hex('739148', randomBytes()), await hex('739148', salt, 1_001)])
    assert.notEqual(other, right)
})

const ROWS: readonly [now: number, latestSeen: number, overdue: boolean, why: string][] = [
  [7 * dayMs, 0, false, 'the last moment that may be kept'],
  [7 * dayMs + 1, 0, true, 'a moment later'],
  [1 * dayMs, 7 * dayMs + 1, true, 'a clock set back gains nothing'],
  [-400 * dayMs, 0, false, 'a clock that fell back to 1970 loses nothing that may still be kept'],
]

for (const [now, latestSeen, overdue, why] of ROWS)
  test(`how long a device keeps: ${why}`, () => {
    const terms = { keepDays: 7, pinDigits: 6, pinTries: 5 }
    assert.equal(isOverdue({ contactAt: 0, latestSeen, terms }, now), overdue)
  })
