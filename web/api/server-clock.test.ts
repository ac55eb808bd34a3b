import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceNow, instantOf, noteServerInstant, serverNow } from './server-clock.ts'

test('the header may be an ISO instant or ms, and nothing else moves the clock', () => {
  assert.equal(instantOf('2026-11-22T00:00:00Z'), Date.UTC(2026, 10, 22))
  assert.equal(instantOf('1795305600000'), 1_795_305_600_000)
  for (const bad of [null, '', 'soon']) assert.equal(instantOf(bad), null)
})

test('a server clock moved a day ahead moves deadlines a day ahead', () => {
  const dayMs = 86_400_000
  const at = deviceNow()
  noteServerInstant(new Date(at + dayMs).toISOString(), at - 100, at + 100)
  assert.ok(Math.abs(serverNow() - deviceNow() - dayMs) <= 1)
  noteServerInstant('not an instant', at, at)
  assert.ok(Math.abs(serverNow() - deviceNow() - dayMs) <= 1, 'a broken header keeps the last offset')
})
