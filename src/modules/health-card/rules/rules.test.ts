import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { plusMilliseconds, type Instant } from '../../../kernel/clock.ts'
import { CARD_STATES } from '../health-card.ts'
import { isBoundNumber } from './bound-number.ts'
import { mayShowDynamic, mayShowStatic, type ShownCode } from './may-be-shown.ts'
import { dynamicText, readQrText, staticText } from './qr-text.ts'

const at = (text: string): Instant => text as Instant
const EXPIRES = at('2026-03-01T08:03:00.000Z')
const fresh: ShownCode = { expiresAt: EXPIRES, usedAt: null, endedAt: null }
const says = (result: ReturnType<typeof mayShowStatic>): string => (result.ok ? 'accepted' : (result.refusals[0]?.code ?? ''))

test('a dynamic code counts until the last moment before its end, once, while its card counts', () => {
  const rows = [
    ['active', fresh, '2026-03-01T08:00:00.000Z', 'accepted', 'as soon as it is made'],
    ['active', fresh, '2026-03-01T08:02:59.999Z', 'accepted', 'a millisecond before its end'],
    ['active', fresh, '2026-03-01T08:03:00.000Z', 'health-card.code-expired', 'at its end'],
    ['active', fresh, '2026-03-01T08:03:00.001Z', 'health-card.code-expired', 'after it'],
    [
      'active',
      { ...fresh, usedAt: at('2026-03-01T08:01:00.000Z') },
      '2026-03-01T08:01:00.001Z',
      'health-card.code-used',
      'used before',
    ],
    [
      'active',
      { ...fresh, endedAt: at('2026-03-01T08:01:00.000Z') },
      '2026-03-01T08:01:30.000Z',
      'health-card.code-expired',
      'a newer one took its place',
    ],
    ['lost', fresh, '2026-03-01T08:01:00.000Z', 'health-card.card-not-active', 'the card was reported lost'],
    ['replaced', fresh, '2026-03-01T08:01:00.000Z', 'health-card.card-not-active', 'the card was replaced'],
  ] as const
  for (const [state, code, now, expected, why] of rows) assert.equal(says(mayShowDynamic(state, code, at(now))), expected, why)
})

test('a static code identifies where nothing opens, and never with a wrong signature', () => {
  const rows = [
    ['active', true, true, 'accepted'],
    ['active', true, null, 'accepted'],
    ['active', true, false, 'health-card.code-unknown'],
    ['active', false, true, 'health-card.dynamic-needed'],
    ['cancelled', true, true, 'health-card.card-not-active'],
    ['lost', false, false, 'health-card.code-unknown'],
  ] as const
  for (const [state, staticServes, isSigned, expected] of rows)
    assert.equal(says(mayShowStatic(state, { staticServes }, isSigned)), expected)
})

test('whatever the moment, a code is accepted only before its end and unused', (t) => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
  t.diagnostic(`SEED=${seed}`)
  fc.assert(
    fc.property(
      fc.integer({ min: -400_000, max: 400_000 }),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(...CARD_STATES),
      (ms, isUsed, isEnded, state) => {
        const now = plusMilliseconds(EXPIRES, ms)
        const result = mayShowDynamic(
          state,
          { expiresAt: EXPIRES, usedAt: isUsed ? now : null, endedAt: isEnded ? now : null },
          now,
        )
        assert.equal(result.ok, ms < 0 && !isUsed && !isEnded && state === 'active')
      },
    ),
    { seed, numRuns: 2_000 },
  )
})

test('what a code says is read back, whatever a scanner adds around it', () => {
  const number = '0123456789abcdef'.repeat(4)
  const signature = 'A'.repeat(43) + 'z-_'.repeat(14) + '0'
  assert.deepEqual(readQrText(dynamicText(number)), { shown: 'dynamic', code: number })
  assert.deepEqual(readQrText(`\n ${dynamicText(number).toUpperCase()}\r\n`), { shown: 'dynamic', code: number })
  assert.deepEqual(readQrText(`${number}:1`), { shown: 'static', number, signed: null })
  assert.deepEqual(readQrText(staticText(number, { key: '0i', signature })), {
    shown: 'static',
    number,
    signed: { key: '0i', signature },
  })
  for (const nonsense of [
    '',
    number,
    `${number}:2`,
    `${number.slice(1)}:1`,
    `${number}:1:0i`,
    `${number}:1:0x:${signature}`,
    `g${number.slice(1)}:0`,
    `${number}:0:more`,
  ])
    assert.equal(readQrText(nonsense), null, nonsense)
})

test('a number has the form of its kind', () => {
  const rows = [
    ['bank', '4111111111111111', true],
    ['bank', '4111111111111112', false],
    ['bank', '411111111111', false],
    ['bank', '6222021234567894', true],
    ['hospital-card', '00123456', true],
    ['hospital-card', '123', false],
    ['insurance', 'YB-77-1', true],
    ['insurance', '医保 77', false],
    ['citizen', 'A'.repeat(40), true],
    ['citizen', 'A'.repeat(41), false],
  ] as const
  for (const [kind, number, expected] of rows) assert.equal(isBoundNumber(kind, number), expected, `${kind} ${number}`)
})
