import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import test from 'node:test'
import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import { addLiveRoute } from '../../src/apps/server/routes.ts'
import type { Authentication } from '../../src/apps/server/authenticate.ts'
import { createApp } from '../../src/platform/http/app.ts'
import { startHub } from '../../src/platform/http/live.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import { testHouse } from '../harness/house.ts'
import { STAFF } from '../invariants/small-region.ts'

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

/** A live stream whose reader is only let in when `letIn` is called. */
const setUp = async (t: test.TestContext) => {
  const { house } = await testHouse(t)
  const hub = startHub(house)
  const doors: (() => void)[] = []
  const check = async () => {
    await new Promise<void>((open) => doors.push(open))
    return STAFF.countyDesk
  }
  const app = await createApp({
    house,
    metrics: createMetrics(),
    logger: pino({ level: 'silent' }) as unknown as FastifyBaseLogger,
    authenticate: async () => null,
  })
  addLiveRoute(app, house, hub, { check } as unknown as Authentication)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  t.after(async () => {
    hub.close()
    await app.close()
  })
  const connections = () => new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)))
  return { hub, doors, port, connections }
}

const ask = (port: number) => {
  const socket = connect(port, '127.0.0.1', () => socket.write('GET /api/live HTTP/1.1\r\nhost: test\r\n\r\n'))
  return socket.on('error', () => {})
}

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await turn()
}

test('a reader who leaves before being let in leaves no stream and no heartbeat behind', async (t) => {
  const { hub, doors, port, connections } = await setUp(t)
  const before = timers()
  const sockets = Array.from({ length: 20 }, () => ask(port))
  await until(() => doors.length === sockets.length)
  for (const socket of sockets) socket.destroy()
  await until(async () => (await connections()) === 0)
  for (const letIn of doors) letIn()
  await turn()
  await turn()
  assert.equal(hub.size(), 0)
  assert.ok(timers() <= before, `${timers()} timers, ${before} before`)
})

test('a reader let in after the end began is sent away', async (t) => {
  const { hub, doors, port, connections } = await setUp(t)
  const socket = ask(port)
  await until(() => doors.length === 1)
  hub.close()
  doors[0]?.()
  await until(async () => (await connections()) === 0)
  assert.equal(hub.size(), 0)
  socket.destroy()
})
