import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { seedOfRun, STAFF } from '../invariants/small-region.ts'
import { cameBack } from './read-back.ts'
import { serve } from './serve.ts'

// A tenth of the fuzz: every drawn resident is written and read, so each is two requests that both reach the store.
const RESIDENTS = Math.ceil(Number(process.env['JIELI_FUZZ'] ?? 3_000) / 10)
const AT_ONCE = 8

const anyText = (maxLength: number) =>
  fc.oneof(
    fc.string({ minLength: 1, maxLength, unit: 'binary' }),
    fc.string({ minLength: 1, maxLength, unit: 'grapheme' }),
    fc.constantFrom(
      '𠮷田',
      '䶮',
      '　全角　',
      ' 空 格 ',
      'e\u0301',
      '\u202e反',
      '👨‍👩‍👧',
      '=1+1',
      '@SUM(A1)',
      '\u200b',
      '\ufeff标',
      'ﬀ',
      'İ',
      'ß',
      '\\u0000',
      '\r\n',
      '"',
      '¥',
      '０',
    ),
  )
const anyDay = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const resident = fc.record(
  {
    name: fc.record({ zh: anyText(60) }),
    sex: fc.constantFrom('male', 'female', 'unknown', 'other'),
    bornOn: fc.oneof(anyDay, fc.constant(null)),
    address: fc.oneof(anyText(200), fc.constant(null)),
  },
  { requiredKeys: ['name', 'sex'] },
)

test('What is accepted of a resident is read back unchanged, whatever script it is written in', async (t) => {
  const seed = seedOfRun() % 2 ** 31
  t.diagnostic(`JIELI_SEED=${seed}`)
  const served = await serve(t)
  const as = STAFF.villageDoctor
  let seen = 0
  const faults: string[] = []
  const drawn = fc.sample(resident, { seed, numRuns: RESIDENTS })
  const check = async (input: (typeof drawn)[number]): Promise<void> => {
    const answer = await served.post('residents.register', { as, body: input })
    if (answer.status !== 200) {
      if (answer.status !== 400) faults.push(`${JSON.stringify(input)} ${answer.text}`)
      return
    }
    const { changed, isSeen } = await cameBack(served, 'residents.register', input, answer.text, as)
    if (isSeen) seen += 1
    if (changed) faults.push(changed)
  }
  for (let at = 0; at < drawn.length; at += AT_ONCE) await Promise.all(drawn.slice(at, at + AT_ONCE).map(check))
  t.diagnostic(`${drawn.length} drawn, ${seen} written and read back`)
  assert.deepEqual([faults.slice(0, 5), served.bugs], [[], []])
  assert.ok(seen > drawn.length / 3, 'hardly anything was accepted')
})
