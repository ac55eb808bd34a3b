import assert from 'node:assert/strict'
import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { cipherOf, makeCipher } from '../cipher.ts'
import { openKeyRoom, rotateKeys } from './file-room.ts'
import { roomOf, type KeyRoom } from './key-room.ts'
import type { SuiteName } from './suite.ts'

const MASTER = '0123456789abcdef'.repeat(4)
const master = Buffer.from(MASTER, 'hex')
const FIRST = { suite: 'international', generation: 0 } as const

const folder = async (t: TestContext): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'jieli-keys-'))
  t.after(() => rm(made, { recursive: true, force: true }))
  return made
}
const settings = (dataFolder: string, cryptoSuite: SuiteName, masterKey: string | null = null) => ({
  dataFolder,
  cryptoSuite,
  masterKey,
})

/** How the first releases sealed: AES-256-GCM without a head. */
const sealedBefore = (key: Buffer, plain: Buffer): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

test('what the first releases sealed and indexed is read and found by either suite', () => {
  const wrapKey = Buffer.from(hkdfSync('sha256', master, '', 'jieli wrap', 32))
  const personKey = randomBytes(32)
  const wrapped = sealedBefore(wrapKey, personKey)
  const sealed = sealedBefore(personKey, Buffer.from('990101197102031234'))
  const indexKey = Buffer.from(hkdfSync('sha256', master, '', 'jieli index', 32))
  const index = createHmac('sha256', indexKey).update('identifier 01').update('\0').update('990101197102031234').digest()
  for (const suite of ['international', 'guomi'] as const) {
    const cipher = cipherOf(roomOf({ suite, roots: new Map([[0, master]]), index: FIRST }))
    assert.equal(cipher.decrypt(wrapped, sealed), '990101197102031234')
    assert.deepEqual(cipher.blindIndex('identifier 01', '990101197102031234'), index)
    assert.equal(cipher.decrypt(wrapped, cipher.encrypt(wrapped, '新写入')), '新写入')
  }
})

test('a key of the first generation looks as the release before reads it', () => {
  assert.equal(makeCipher(MASTER).newPersonKey().length, 60)
})

test('national algorithms seal new keys by SM4, beside those that are there', () => {
  const old = makeCipher(MASTER)
  const anew = cipherOf(roomOf({ suite: 'guomi', roots: new Map([[0, master]]), index: FIRST }))
  const [before, after] = [old.newPersonKey(), anew.newPersonKey()]
  assert.equal(anew.room.unwrap(after).suite.name, 'guomi')
  assert.equal(anew.room.unwrap(after).key.length, 16)
  assert.equal(anew.room.unwrap(before).suite.name, 'international')
  // The one that was set back to the other suite still reads what was written meanwhile.
  assert.equal(old.decrypt(after, anew.encrypt(after, '王五')), '王五')
})

test('a wrapped key that was changed anywhere is refused', () => {
  const { room } = cipherOf(
    roomOf({
      suite: 'guomi',
      roots: new Map([
        [0, master],
        [3, randomBytes(32)],
      ]),
      index: FIRST,
    }),
  )
  const wrapped = room.generate()
  for (let at = 0; at < wrapped.length; at += 1) {
    const changed = Buffer.from(wrapped)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.throws(() => room.unwrap(changed), `byte ${at}`)
  }
  assert.throws(() => room.unwrap(Buffer.alloc(0)))
})

test('a new generation wraps what is new, reads what is old, and takes it over without opening what it seals', async (t) => {
  const dataFolder = await folder(t)
  for (const suite of ['international', 'guomi'] as const) {
    const before = cipherOf(await openKeyRoom(settings(dataFolder, suite)))
    const person = before.newPersonKey()
    const sealed = before.encrypt(person, '13800000000')
    const generation = await rotateKeys(settings(dataFolder, suite))
    const after = cipherOf(await openKeyRoom(settings(dataFolder, suite)))
    assert.equal(after.room.newest(), generation)
    assert.equal(after.decrypt(person, sealed), '13800000000')
    const again = after.room.rewrap(person)
    assert.ok(again)
    assert.equal(after.decrypt(again, sealed), '13800000000')
    assert.equal(after.room.rewrap(again), null)
    // A process that began before the new generation learns of it when it meets one of its keys.
    assert.equal(before.decrypt(again, sealed), '13800000000')
    assert.deepEqual(after.blindIndex('phone', '13800000000'), before.blindIndex('phone', '13800000000'))
  }
  assert.equal((await stat(join(dataFolder, 'keys.json'))).mode & 0o777, 0o600)
  assert.ok(
    !(await readFile(join(dataFolder, 'keys.json'), 'utf8')).includes(
      (await readFile(join(dataFolder, 'master.key'), 'utf8')).trim(),
    ),
  )
})

test('a region that begins with national algorithms also indexes by them, and keeps that', async (t) => {
  const [national, other] = [await folder(t), await folder(t)]
  const began = await openKeyRoom(settings(national, 'guomi'))
  const changed = await openKeyRoom(settings(national, 'international'))
  assert.deepEqual(changed.mac('phone', '1'), began.mac('phone', '1'))
  const international = await openKeyRoom(settings(other, 'international'))
  assert.deepEqual((await openKeyRoom(settings(other, 'guomi'))).mac('phone', '1'), international.mac('phone', '1'))
  await writeFile(join(other, 'master.key'), await readFile(join(national, 'master.key'), 'utf8'))
  assert.notDeepEqual((await openKeyRoom(settings(other, 'international'))).mac('phone', '1'), began.mac('phone', '1'))
})

test('a file of keys that cannot be read stops the start instead of beginning anew', async (t) => {
  const dataFolder = await folder(t)
  await rotateKeys(settings(dataFolder, 'guomi'))
  await writeFile(join(dataFolder, 'keys.json'), '{')
  await assert.rejects(openKeyRoom(settings(dataFolder, 'guomi')), /cannot be read/)
})

test('signatures of every generation are checked by the room and by its public keys alone', async (t) => {
  const dataFolder = await folder(t)
  const signedBy = (room: KeyRoom) => room.sign('card', Buffer.from('text'))
  const first = signedBy(await openKeyRoom(settings(dataFolder, 'international')))
  const national = signedBy(await openKeyRoom(settings(dataFolder, 'guomi')))
  await rotateKeys(settings(dataFolder, 'guomi'))
  const room = await openKeyRoom(settings(dataFolder, 'guomi'))
  const latest = signedBy(room)
  assert.deepEqual([first.key, national.key, latest.key], ['0i', '0g', '1g'])
  for (const signed of [first, national, latest]) {
    assert.ok(room.verify('card', Buffer.from('text'), signed))
    assert.equal(room.verify('audit', Buffer.from('text'), signed), false)
    assert.equal(room.verify('card', Buffer.from('other'), signed), false)
    assert.ok(room.publicKeys('card').some(({ key }) => key === signed.key))
  }
  assert.equal(room.verify('card', Buffer.from('text'), { ...latest, key: '0g' }), false)
  assert.equal(room.verify('card', Buffer.from('text'), { ...latest, key: '9g' }), false)
})
