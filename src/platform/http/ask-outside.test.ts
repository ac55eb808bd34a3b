import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test from 'node:test'
import { askOutside, isOpenAddress, OutsideFault } from './ask-outside.ts'

const MODEST = { timeoutMs: 2_000, bytesMost: 1_000, mayBePrivate: false } as const
const faultOf = async (asking: Promise<unknown>): Promise<string> => {
  try {
    await asking
  } catch (error) {
    if (error instanceof OutsideFault) return error.why
    throw error
  }
  return 'answered'
}

test('only addresses of the open internet are open', () => {
  const rows: [address: string, isOpen: boolean][] = [
    ['1.1.1.1', true],
    ['2606:4700:4700::1111', true],
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['172.32.0.1', true],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['::1', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['not an address', false],
  ]
  for (const [address, isOpen] of rows) assert.equal(isOpenAddress(address), isOpen, address)
})

test('what may not be asked is not asked', async () => {
  const rows: [address: string, why: string][] = [
    ['http://example.org/', 'address'],
    ['ftp://example.org/', 'address'],
    ['https://user:word@example.org/', 'address'],
    ['nonsense', 'address'],
    ['https://127.0.0.1/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://2130706433/', 'private'],
    ['https://0x7f.1/', 'private'],
    ['https://localhost/', 'private'],
    ['https://169.254.169.254/latest/', 'private'],
  ]
  for (const [address, why] of rows) assert.equal(await faultOf(askOutside(address, MODEST)), why, address)
})

test('an answer is bounded in time and size, and a moved one is not followed', async (t) => {
  const asked: string[] = []
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '')
    if (request.url === '/long') return void reply.end('x'.repeat(2_000))
    if (request.url === '/moved') return void reply.writeHead(302, { location: '/fine' }).end()
    if (request.url === '/never') return
    reply.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const allowed = { ...MODEST, mayBePrivate: true }
  assert.deepEqual(await askOutside(`${base}/fine`, allowed), { status: 200, contentType: 'application/json', text: '{"a":1}' })
  assert.equal((await askOutside(`${base}/moved`, allowed)).status, 302)
  assert.deepEqual(asked, ['/fine', '/moved'])
  assert.equal(await faultOf(askOutside(`${base}/long`, allowed)), 'size')
  assert.equal(await faultOf(askOutside(`${base}/never`, { ...allowed, timeoutMs: 50 })), 'time')
  assert.equal(await faultOf(askOutside(`${base}/fine`, MODEST)), 'address')
})
