import assert from 'node:assert/strict'
import test from 'node:test'
import { ApiError } from '../../api/api-error.ts'
import { afterFailure, saved } from '../../api/queue.ts'
import { promisable, type Voucher } from './promisable.ts'

const now = Date.parse('2026-11-22T08:00:00Z')
const voucher = (number: string, startsAt: string) => ({ number, startsAt }) as Voucher
const all = [
  voucher('7-a', '2026-11-23T01:00:00Z'),
  voucher('7-b', '2026-11-23T02:00:00Z'),
  voucher('7-c', '2026-11-22T07:59:59Z'),
]
const queued = (number: string) =>
  saved({ key: number, account: 'he', name: 'referral.send', body: { voucher: number }, label: '' }, 1)

test('a voucher is promised once from this device, and not after its slot has begun', () => {
  assert.deepEqual(promisable(all, [], now).map(({ number }) => number), ['7-a', '7-b']) // prettier-ignore
  assert.deepEqual(promisable(all, [queued('7-a')], now).map(({ number }) => number), ['7-b']) // prettier-ignore
})

test('a referral that was refused has used no voucher', () => {
  const why = { code: 'x.y', zh: '不行', en: 'no', basis: null, reasons: [], fields: [], request: null }
  const refused = afterFailure(queued('7-a'), new ApiError(409, why), now)
  assert.equal(refused.state, 'failed')
  assert.deepEqual(promisable(all, [refused], now).map(({ number }) => number), ['7-a', '7-b']) // prettier-ignore
})
