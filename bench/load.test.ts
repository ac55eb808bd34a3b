import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { openEnding } from '../src/apps/ending.ts'
import { jobsOf } from './booking-stage.ts'
import { rateOfDone, startLoad } from './load.ts'
import { requestOf } from './load-wire.ts'
import { outcomesOf, overtakenMs } from './seven-o-clock.ts'

test('the process that asks sends every request once, with its body and cookie, and hears every answer', async (t) => {
  const heard: string[] = []
  let open = 0
  let openMost = 0
  const server = createServer((request, response) => {
    openMost = Math.max(openMost, (open += 1))
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      open -= 1
      heard.push(`${request.method} ${request.url} ${request.headers.cookie ?? ''} ${body}`.trim())
      const text = JSON.stringify({ code: body, 号: '源'.repeat(5_000) })
      response.writeHead(body === '"no"' ? 409 : 200, { 'content-length': Buffer.byteLength(text) })
      // In two parts: an answer may come in pieces.
      response.write(text.slice(0, 7))
      setImmediate(() => response.end(text.slice(7)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const ending = openEnding((error) => console.error(error))
  t.after(async () => {
    await ending.end()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const load = startLoad(ending)
  const requests = ['"yes"', '"no"', '"also"'].map((body) => requestOf('/a', { cookie: 'session=1', key: 'k', body }))
  const done = await load.carryOut({ port, requests, connections: 2 })
  assert.deepEqual(heard.toSorted(), ['POST /a session=1 "also"', 'POST /a session=1 "no"', 'POST /a session=1 "yes"'])
  assert.deepEqual(done.status, [200, 409, 200])
  assert.ok(openMost <= 2)
  const rate = rateOfDone(done)
  assert.deepEqual([rate.failed, rate.perSecond > 0], [1, true])

  const arrivals = [0, 30, 30, 60]
  const timed = await load.carryOut({ port, connections: 4, arrivals, requests: arrivals.map(() => requestOf('/b', {})) })
  assert.deepEqual(timed.status, [200, 200, 200, 200])
  for (const [at, sent] of timed.sent.entries()) assert.ok(sent >= (arrivals[at] as number), 'nobody comes before the moment')
})

test('wishes are repeatable, each by another resident, and fall as their load says', () => {
  assert.deepEqual(jobsOf('skewed', 500, 'seed'), jobsOf('skewed', 500, 'seed'))
  const jobs = jobsOf('skewed', 5_000, 'seed')
  assert.equal(new Set(jobs.map(({ person }) => person)).size, 5_000)
  const hot = jobs.filter(({ pool }) => Number(pool.slice(-12)) <= 1_000).length / 5_000
  assert.ok(hot > 0.75 && hot < 0.85, `${hot} of the wishes want one pool in a hundred`)
  assert.equal(new Set(jobsOf('one pool', 50, 'seed').map(({ pool }) => pool)).size, 1)
  assert.equal(jobsOf('uniform', 3, 'seed', 7)[0]?.at, 7)
})

test('who was overtaken is found: the first refused against the last confirmed', () => {
  const text = ['{}', '{}', '{"code":"booking.no-unit-left"}', '']
  const done = { sent: [0, 12, 5, 20], answered: [9, 15, 8, 30], status: [200, 200, 409, 0], text }
  assert.equal(overtakenMs(done), 7)
  assert.equal(overtakenMs({ ...done, sent: [0, 2, 5, 20] }), 0)
  assert.deepEqual(outcomesOf(done), { confirmed: 2, '409 booking.no-unit-left': 1, '0 ': 1 })
})
