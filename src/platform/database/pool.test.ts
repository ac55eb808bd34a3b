import assert from 'node:assert/strict'
import test from 'node:test'
import { isConnectionLoss, isOverloaded, isPassing, sqlState, toInstant } from './pool.ts'

const failed = (code: string | null, message = ''): Error => Object.assign(new Error(message), code === null ? {} : { code })

// error | the connection is gone | the same may go well in a moment | why
const TABLE: readonly (readonly [Error, boolean, boolean, string])[] = [
  [failed('57P01', 'terminating connection'), true, true, 'the operator ended the backend'],
  [failed('57P03', 'the database system is starting up'), true, true, 'the database is not yet back'],
  [failed('08006'), true, true, 'any connection failure that PostgreSQL names'],
  [
    failed('EPIPE', 'write EPIPE'),
    true,
    true,
    'the socket was closed while a question was being sent: five capitals, and no SQLSTATE',
  ],
  [failed('ECONNREFUSED'), true, true, 'nobody listens, at several addresses, so that the error has no words'],
  [failed('ETIMEDOUT', 'read ETIMEDOUT'), true, true, 'the machine does not answer'],
  [failed('EAI_AGAIN', 'getaddrinfo EAI_AGAIN'), true, true, 'its name is not found at this moment'],
  [failed(null, 'Connection terminated unexpectedly'), true, true, 'the driver’s own words'],
  [failed(null, 'timeout exceeded when trying to connect'), true, true, 'no connection came free in time'],
  [failed('40001'), false, true, 'a race was lost'],
  [failed('53100', 'could not extend file'), false, true, 'the disk is full'],
  [failed('57014'), false, true, 'a statement took too long'],
  [failed('23505', 'duplicate key'), false, false, 'a constraint refused'],
  [failed('42601', 'syntax error at or near "timeout"'), false, false, 'our own mistake, whatever its words'],
  [failed(null, 'x is not a function'), false, false, 'our own mistake'],
]

for (const [error, isGone, passes, why] of TABLE)
  test(`${sqlState(error) ?? (error as { code?: string }).code ?? 'without a code'}: ${why}`, () =>
    assert.deepEqual([isConnectionLoss(error), isPassing(error)], [isGone, passes]))

test('the SQLSTATE of an error is what PostgreSQL says and nothing else', () => {
  assert.deepEqual(
    ['23505', 'P0001', 'XX000', 'EPIPE', 'ECONNRESET', null].map((code) => sqlState(failed(code))),
    ['23505', 'P0001', 'XX000', null, null, null],
  )
  assert.ok(isOverloaded(failed('53300')))
})

for (const [text, wanted, why] of [
  ['2026-11-23 02:13:05+00', '2026-11-23T02:13:05.000Z', 'whole seconds'],
  ['2026-11-23 02:13:05.1+00', '2026-11-23T02:13:05.100Z', 'a tenth'],
  ['2026-11-23 02:13:05.123999+00', '2026-11-23T02:13:05.123Z', 'cut, not rounded: never later than it was'],
  ['2026-11-23 10:13:05.12+08', '2026-11-23T02:13:05.120Z', 'a session elsewhere'],
  ['2026-11-23 07:43:05+05:30', '2026-11-23T02:13:05.000Z', 'a zone of half an hour'],
] as const)
  test(`${text} is ${wanted}: ${why}`, () => assert.equal(toInstant(text), wanted))
