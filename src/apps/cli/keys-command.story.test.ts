import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { sm2 } from 'sm-crypto-v2'
import { newId, type PersonId } from '../../kernel/id.ts'
import { cipherOf } from '../../platform/cipher.ts'
import { readConfig } from '../../platform/config.ts'
import { openKeyRoom } from '../../platform/crypto/index.ts'
import { sql } from '../../platform/database/pool.ts'
import type { AnyForm } from '../../platform/forms/form.ts'
import { run } from '../../platform/forms/run.ts'
import { readQrText, signedPart } from '../../modules/health-card/index.ts'
import { checkCharacter } from '../../modules/residents/rules/id-number.ts'
import { actor, setStage } from '../../../tests/harness/stage.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { api } from '../api.ts'
import { CliRefusal } from './cli-refusal.ts'
import { keysCommand } from './keys-command.ts'

test('a region on national algorithms: sealed, found, signed, and its keys changed by the command line', async (t) => {
  const made = await testHouse(t)
  const stage = await setStage(made)
  const dataFolder = await mkdtemp(join(tmpdir(), 'jieli-guomi-'))
  t.after(() => rm(dataFolder, { recursive: true, force: true }))
  const config = readConfig({ JIELI_DATA: dataFolder, JIELI_CRYPTO_SUITE: 'guomi', DATABASE_URL: made.ownerUrl })
  const house = { ...made.house, cipher: cipherOf(await openKeyRoom(config)) }
  const done = async (name: keyof typeof api, by: ReturnType<typeof actor>, input: object) => {
    const form = api[name] as AnyForm
    const outcome = await run(house, form, form.input.parse(input), { actor: by, request: newId() })
    if (!outcome.ok) throw new Error(`${name}: ${outcome.refusals[0]?.code}`)
    return JSON.parse(outcome.value.text)
  }
  const printed = async (act?: string): Promise<string> => {
    const lines: string[] = []
    await keysCommand(config, act, (line) => lines.push(line))
    return lines.join('\n')
  }
  const number = '99010119710203123'
  const identifier = { type: '01', number: number + checkCharacter(number) }
  const person = (await done('residents.register', stage.villageDoctor, { name: { zh: '国密者' }, sex: 'male', identifier }))
    .person as PersonId
  const search = async () => (await done('residents.search', stage.desk, { text: identifier.number })).persons
  assert.equal((await search())[0].idNumber, `${identifier.number.slice(0, 4)}**********${identifier.number.slice(-4)}`)
  const self = actor('resident', null, '国密者', person)
  await done('health-card.apply', self, { person })
  const text = async (): Promise<string> => (await done('health-card.mine', self, {})).holders[0].cards[0].text
  const isSm2 = async (said: string): Promise<boolean> => {
    const read = readQrText(said)
    assert.ok(read?.shown === 'static' && read.signed)
    const key = house.cipher.room.publicKeys('card').find((one) => one.key === read.signed?.key)
    const signature = Buffer.from(read.signed.signature, 'base64url').toString('hex')
    return sm2.doVerifySignature(
      new TextEncoder().encode(signedPart(read.number)),
      signature,
      key?.publicKey.toString('hex') ?? '',
      { hash: true, userId: '1234567812345678' },
    )
  }
  const before = await text()
  assert.match(before, /^[0-9a-f]{64}:1:0g:/)
  assert.ok(await isSm2(before))
  assert.match(await printed(), /guomi[\s\S]*0g \(guomi\)/)
  assert.match(await printed('rotate'), /第 1 代/)
  assert.match(await printed('rewrap'), /1 data keys/)
  const rows = await made.database.rows<{ head: string }>(
    sql`select convert_from(substr(wrapped, 1, 4), 'UTF8') as head from residents.person_key where person_id = ${person}`,
  )
  assert.deepEqual(rows, [{ head: 'J1gg' }])
  assert.equal((await search()).length, 1, 'a server that was not restarted reads what was wrapped anew')
  const restarted = { ...house, cipher: cipherOf(await openKeyRoom(config)) }
  const scanned = await run(
    restarted,
    api['health-card.scan'] as AnyForm,
    { text: before, scene: 'registration' },
    { actor: stage.desk, request: newId() },
  )
  assert.ok(scanned.ok, 'a card signed by the first generation is still taken')
  await assert.rejects(printed('destroy'), CliRefusal)
})
