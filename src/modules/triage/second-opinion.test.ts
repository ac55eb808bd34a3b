import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { createMetrics } from '../../platform/metrics.ts'
import { openTriage } from './open-triage.ts'
import { secondOpinion } from './second-opinion.ts'

// A server of this test that speaks the protocol of chat completions; `reply` is what the model says next.
let server: Server
let reply: { status: number; content: string | null } = { status: 200, content: null }
let asked: { authorization: string | undefined; body: { model: string; messages: { content: string }[] } } | null = null

before(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      asked = { authorization: request.headers.authorization, body: JSON.parse(body) }
      // A model that says nothing: the line stays open until the house gives up.
      if (reply.content === null) return
      response.writeHead(reply.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: reply.content } }] }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
after(() => {
  server.closeAllConnections()
  server.close()
})

const opinionWith = (timeoutMs = 5_000) =>
  secondOpinion({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, key: 'k', model: 'm', timeoutMs })
const say = (departments: string[], urgency: string): void => {
  reply = { status: 200, content: JSON.stringify({ departments, urgency }) }
}
const own = openTriage()('头痛三天,太阳穴一跳一跳的', { age: 30 })
const emergency = openTriage()('胸口闷痛出冷汗半小时')

test('it may raise the urgency and move departments that were found, and the confidences stay in order', async () => {
  const opinion = opinionWith()
  const second = own.departments[1]?.code as string
  say([second, '9999', '0401x'], 'urgent')
  const { triage, heard } = await opinion.hear('头痛', own)
  assert.equal(heard, true)
  assert.equal(triage.urgency, 'urgent')
  assert.equal(triage.departments[0]?.code, second)
  assert.deepEqual(triage.departments.map(({ code }) => code).sort(), own.departments.map(({ code }) => code).sort())
  assert.deepEqual(
    triage.departments.map(({ confidence }) => confidence),
    own.departments.map(({ confidence }) => confidence),
  )
  assert.equal(asked?.authorization, 'Bearer k')
  assert.equal(asked?.body.model, 'm')
  assert.deepEqual(opinion.counts, { asked: 1, failed: 0, raised: 1, loweringIgnored: 0, reordered: 1 })
})

test('it may never lower an urgency: that is ignored and counted, and in an emergency the order stays', async () => {
  const opinion = opinionWith()
  say([emergency.departments[2]?.code as string], 'self-care')
  const { triage } = await opinion.hear('胸口闷痛', emergency)
  assert.equal(triage.urgency, 'emergency')
  assert.deepEqual(triage.departments, emergency.departments)
  assert.equal(opinion.counts.loweringIgnored, 1)
})

test('what became of the opinions stands among the metrics, by its totals', async () => {
  const opinion = opinionWith()
  const metrics = createMetrics()
  metrics.opinions(() => opinion.counts)
  say([], 'self-care')
  await opinion.hear('头痛', own)
  await opinion.hear('头痛', own)
  const text = await metrics.text()
  assert.match(text, /^jieli_triage_opinions_total\{outcome="loweringIgnored"\} 2$/m)
  assert.match(await metrics.text(), /^jieli_triage_opinions_total\{outcome="asked"\} 2$/m, 'read again it is the same')
  assert.match(text, /^jieli_triage_opinions_total\{outcome="failed"\} 0$/m)
})

test('what cannot be read, fails or comes late leaves the house’s own answer', async () => {
  const opinion = opinionWith(200)
  const replies = [{ status: 200, content: '我认为是感冒' }, { status: 500, content: '{}' }, { status: 200, content: '{"urgency":"later"}' }, { status: 200, content: null }] // prettier-ignore
  for (const one of replies) {
    reply = one
    assert.deepEqual(await opinion.hear('头痛', own), { triage: own, heard: false })
  }
  assert.equal(opinion.counts.failed, replies.length)
})
