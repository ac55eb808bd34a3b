import assert from 'node:assert/strict'
import { connect, createServer, type AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { readConfig, type Config } from '../../src/platform/config.ts'
import { colleague, startRegion, type Colleague, type TestRegion } from '../browser/region.ts'

const START = '\u000b'
const END = '\u001c\r'

const settingsOf = (env: Record<string, string>): Config['mllp'] =>
  readConfig({ JIELI_MASTER_KEY: '0123456789abcdef'.repeat(4), ...env }).mllp

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Sends one message over a line of its own and gives back what is answered. */
const send = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(START + text + END))
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`The line was closed after ${JSON.stringify(answer)}`)))
    socket.on('data', (some: string) => {
      answer += some
      if (!answer.endsWith(END)) return
      resolve(answer.slice(START.length, -END.length))
      socket.destroy()
    })
  })

const admission = (facility: string, id: string): string =>
  `MSH|^~\\&|HIS|${facility}|JIELI|JIELI|20261001080000||ADT^A01|${id}|P|2.4\rPID|1||START1^^^HIS^MR||Zhou^Yanshi||19610504|M\r` +
  `PV1|1|I|N^3^12${'|'.repeat(16)}ZYSTART${'|'.repeat(25)}20261001073000`

describe('a start with JIELI_MLLP_PORT', () => {
  let region: TestRegion
  let port: number
  let isStopped = false
  let admin: Colleague
  before(async () => {
    port = await freePort()
    region = await startRegion(
      (owner) =>
        owner.query(
          `insert into platform.register_entry (org_id, kind, entry_id, version, from_on, body, state, is_correction, recorded_at)
           select 0, 'intake.source', 'KNOWN', 1, '2020-01-01', jsonb_build_object('facility', 'KNOWN', 'institution', min(org_id)::text), 'in-force', false, now()
           from security.account where login = 'desk'`,
        ),
      { mllp: settingsOf({ JIELI_MLLP_PORT: String(port) }) },
    )
    admin = await colleague(region.address, 'admin')
  })
  after(() => (isStopped ? undefined : region?.stop()))

  test('listens, and answers AA for what it has taken', async () => {
    assert.match(await send(port, admission('KNOWN', 'START-1')), /MSA\|AA\|START-1/)
    const { messages } = await admin.ask('intake.list', { state: 'taken', limit: 5 })
    assert.deepEqual(
      messages.map(({ channel, controlId }) => [channel, controlId]),
      [['mllp', 'START-1']],
    )
  })

  test('answers AE for a sender that nobody has registered, and keeps the message', async () => {
    assert.match(await send(port, admission('STRANGER', 'START-2')), /MSA\|AE\|START-2/)
    const { messages } = await admin.ask('intake.list', { state: 'stuck', limit: 5 })
    assert.deepEqual(
      messages.map(({ facility, fault }) => [facility, fault]),
      [['STRANGER', 'sender-unknown']],
    )
  })

  test('stops listening when the server is stopped', async () => {
    isStopped = true
    await region.stop()
    await assert.rejects(send(port, admission('KNOWN', 'START-3')), { code: 'ECONNREFUSED' })
  })
})

test('Without the setting nothing listens; a key without its certificate and a name for an address are refused by the name of the setting', () => {
  assert.equal(settingsOf({}), null)
  assert.throws(() => settingsOf({ JIELI_MLLP_PORT: '2575', JIELI_MLLP_KEY: 'key.pem' }), /JIELI_MLLP_KEY/)
  assert.throws(() => settingsOf({ JIELI_MLLP_PORT: '2575', JIELI_MLLP_FROM: 'his.example' }), /JIELI_MLLP_FROM/)
  assert.throws(() => settingsOf({ JIELI_MLLP_PORT: '70000' }), /JIELI_MLLP_PORT/)
})
