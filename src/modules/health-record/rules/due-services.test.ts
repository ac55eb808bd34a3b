import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { dueServices, type CareFacts } from './due-services.ts'

const TODAY = '2026-11-22' as Day
const rules = {
  fromYears: (service: string) => (service === 'elderly-check' ? 65 : 35),
  everyDays: (service: string) => (service.endsWith('-visit') ? 91 : 365),
}
const facts = (more: Partial<CareFacts>): CareFacts => ({
  bornOn: '1980-01-01' as Day,
  isAlive: true,
  problems: [],
  lastOn: new Map(),
  ...more,
})
const last = (code: string, day: string): CareFacts['lastOn'] => new Map([[code, day as Day]])

// who                                                                            what is for them, * is due now            why
const TABLE: [Partial<CareFacts>, string[], string][] = [
  [{}, ['pressure-yearly*'], 'from 35 years the blood pressure once a year'],
  [{ bornOn: '1991-11-23' as Day }, [], 'a day before 35 nothing'],
  [{ bornOn: '1991-11-22' as Day }, ['pressure-yearly*'], 'on the day of 35 years'],
  [{ lastOn: last('8480-6', '2025-11-22') }, ['pressure-yearly*'], 'a year ago: due today'],
  [{ lastOn: last('8480-6', '2025-11-23') }, ['pressure-yearly'], 'a day less than a year ago: not yet'],
  [
    { problems: ['I10'], lastOn: last('85354-9', '2026-08-23') },
    ['hypertension-visit*'],
    'four visits a year, in place of the yearly measuring',
  ],
  [
    { problems: ['i10.x00'], lastOn: last('85354-9', '2026-08-24') },
    ['hypertension-visit'],
    'a longer code, small letters, a day before',
  ],
  [{ problems: ['E11.9'], lastOn: last('8480-6', '2026-11-01') }, ['diabetes-visit*', 'pressure-yearly'], 'the overdue first'],
  [
    { bornOn: '1950-01-01' as Day, problems: ['J44'], lastOn: last('2160-0', '2026-03-01') },
    ['copd-visit*', 'pressure-yearly*', 'elderly-check'],
    'from 65 the yearly check',
  ],
  [{ isAlive: false }, [], 'the dead are due nothing'],
  [{ bornOn: null }, [], 'without a birth date nothing is known'],
]
test('Services that are for a person, and which are due', () => {
  for (const [who, expected, why] of TABLE)
    assert.deepEqual(
      dueServices(facts(who), rules, TODAY)
        .map(({ key, isDue }) => `${key}${isDue ? '*' : ''}`)
        .toSorted(),
      expected.toSorted(),
      why,
    )
  assert.equal(
    dueServices(facts({ problems: ['E11'], lastOn: last('8480-6', '2026-11-01') }), rules, TODAY)[0]?.key,
    'diabetes-visit',
  )
})
