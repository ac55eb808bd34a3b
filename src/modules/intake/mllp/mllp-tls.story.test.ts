import assert from 'node:assert/strict'
import { connect as connectPlain, type Socket } from 'node:net'
import { test } from 'node:test'
import { connect, type ConnectionOptions } from 'node:tls'
import { sql } from '../../../platform/database/pool.ts'
import { ownCertificate } from '../../../../tests/harness/certificate.ts'
import { testHouse } from '../../../../tests/harness/house.ts'
import { PLACES, setStage } from '../../../../tests/harness/stage.ts'
import { startMllp } from './server.ts'

const [START, END] = ['\u000b', '\u001c\r']
const FACILITY = 'TLS'
const message = (id: string): string =>
  `MSH|^~\\&|HIS|${FACILITY}|||20261001080000||ADT^A28|${id}|P|2.4\rPID|1||${id}^^^HIS^MR||周^演示||19610504|M`

/** What is answered on a connection until the other side or an error ends it, or a whole answer is there. */
const answeredOn = async (socket: Socket, text: string): Promise<string> => {
  let answer = ''
  socket.write(`${START}${text}${END}`)
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()).on('error', () => resolve()))
  const whole = new Promise<void>((resolve) =>
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('utf8')
      if (answer.endsWith(END)) resolve()
    }),
  )
  await Promise.race([ended, whole])
  socket.destroy()
  return /MSA\|(\w\w)\|/.exec(answer)?.[1] ?? ''
}

test('over TLS a sender with a known certificate is heard, and nobody else', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  await house.database
    .run(sql`insert into platform.register_entry (org_id, kind, entry_id, version, from_on, body, state, is_correction, recorded_at)
    values (0, 'intake.source', ${FACILITY}, 1, '2020-01-01', ${JSON.stringify({ facility: FACILITY, institution: PLACES.county })}, 'in-force', false, now())`)
  const [own, hospital, stranger] = ['localhost', 'hospital', 'stranger'].map(ownCertificate) as [
    ReturnType<typeof ownCertificate>,
    ReturnType<typeof ownCertificate>,
    ReturnType<typeof ownCertificate>,
  ]
  const mllp = await startMllp(house.house, {
    port: 0,
    host: '127.0.0.1',
    from: [],
    tls: { ...own, ca: hospital.cert },
    bytesMost: 100_000,
    idleMs: 300,
  })
  t.after(() => mllp.close())
  const over = (options: ConnectionOptions): Socket =>
    connect({ port: mllp.port, host: '127.0.0.1', servername: 'localhost', ca: own.cert, ...options })

  assert.equal(await answeredOn(over(hospital), message('T1')), 'AA')
  assert.equal(await answeredOn(over(stranger), message('T2')), '')
  assert.equal(await answeredOn(over({}), message('T3')), '')
  assert.equal(await answeredOn(connectPlain(mllp.port, '127.0.0.1'), message('T4')), '')
  // Who does not know the server's certificate sends it nothing.
  assert.equal(await answeredOn(over({ ...hospital, ca: stranger.cert }), message('T5')), '')
  const kept = await house.database.rows<{ id: string }>(sql`select control_id as id from intake.message order by control_id`)
  assert.deepEqual(
    kept.map(({ id }) => id),
    ['T1'],
  )
})
