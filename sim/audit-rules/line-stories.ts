import { plusDays } from '../../src/kernel/day.ts'
import type { AuditLine, AuditPerson, AuditRuleId, AuditStay } from '../../src/modules/audit-rules/index.ts'
import type { Maker, Story } from './maker.ts'

/** One visit with these lines among ordinary ones. */
const visited = (make: Maker, lines: readonly AuditLine[], stay: Partial<AuditStay> = {}, person: Partial<AuditPerson> = {}) => [
  make.person([make.visit(make.begin, [...make.others(make.begin, make.begin), ...lines], stay)], person),
]

/** Two visits so many days apart. */
const apart = (make: Maker, days: number, first: readonly AuditLine[], second: readonly AuditLine[]) => [
  make.person([
    make.visit(make.begin, first),
    make.visit(make.begin + days, [...make.others(make.begin + days, make.begin + days), ...second]),
  ]),
]

/** A pair of items on one day, or on two. */
const pair =
  (one: string, other: string): Story =>
  (make, isViolation) => {
    const { begin, line, others, stay, person } = make
    return [
      person([
        stay(begin, begin + 5, [
          ...others(begin, begin + 4),
          line(one, begin),
          line(other, begin + (isViolation ? 0 : make.int(1, 4))),
        ]),
      ]),
    ]
  }

const itemRules = {
  included: pair('surgery', 'suture'),
  mutex: pair('nursing-1', 'nursing-2'),
  unlisted: (make, isViolation) => visited(make, [make.line(isViolation ? `invented-${make.int(1, 99)}` : 'suture', make.begin)]),
  'over-price': (make, isViolation) =>
    visited(make, [
      make.line('priced', make.begin, {
        priceFen: isViolation ? make.int(1_001, 1_200) : make.int(980, 1_000),
        quantity: make.int(1, 4),
      }),
    ]),
  'over-frequency': (make, isViolation) =>
    visited(make, [
      make.line('daily', make.begin),
      make.line('daily', make.begin, { quantity: isViolation ? make.int(2, 4) : 1 }),
    ]),
  diagnosis: (make, isViolation) =>
    visited(make, [make.line('targeted', make.begin)], {
      diagnoses: isViolation ? [make.illness] : [make.illness, `C34.${make.int(0, 9)}`],
    }),
  level: (make, isViolation) =>
    visited(make, [make.line('tertiary-only', make.begin)], {
      level: isViolation ? make.pick('county', 'township') : 'tertiary',
    }),
  gender: (make, isViolation) => visited(make, [make.line('women', make.begin)], {}, { gender: isViolation ? 'male' : 'female' }),
  age: (make, isViolation) => {
    // Fourteen years before the visit, give or take a few days: 3 leap days lie in between.
    const fourteen = plusDays(make.day(make.begin), -(14 * 365 + 4))
    return visited(
      make,
      [make.line('child', make.begin)],
      {},
      { bornOn: plusDays(fourteen, isViolation ? -make.int(1, 20) : make.int(2, 20)) },
    )
  },
  insurance: (make, isViolation) =>
    visited(make, [make.line('maternity', make.begin)], { insurance: isViolation ? 'resident' : 'employee' }),
  supply: (make, isViolation) => {
    const [item, most] = make.pick(['cold-medicine', 7] as const, ['pressure-medicine', 14] as const)
    return visited(make, [
      make.line(item, make.begin, { supplyDays: isViolation ? most + make.int(1, 10) : most - make.int(0, 3) }),
    ])
  },
  'not-payable': (make, isViolation) => visited(make, [make.line('beauty', make.begin, isViolation ? {} : { selfPaid: true })]),
  licence: (make, isViolation) =>
    visited(make, [
      make.line('anaesthesia', make.begin, { licence: isViolation ? make.pick('surgeon', 'nurse') : 'anaesthetist' }),
    ]),
  contraindicated: (make, isViolation) =>
    make.pick(true, false)
      ? visited(make, [make.line('aspirin', make.begin)], { diagnoses: [isViolation ? 'K25.4' : 'K29.5'] })
      : pair('aspirin', 'warfarin')(make, isViolation),
  'outside-package': (make, isViolation) => [
    make.person([
      make.visit(make.begin, [make.line(isViolation ? 'drip' : 'insulin', make.begin)], { chronicIllness: 'diabetes' }),
    ]),
  ],
} satisfies Partial<Record<AuditRuleId, Story>>

const chargeRules = {
  'repeated-charge': (make, isViolation) =>
    visited(make, [
      make.line('dressing', make.begin, { event: 'nine' }),
      make.line('dressing', make.begin, { event: isViolation ? 'nine' : 'ten' }),
    ]),
  'split-item': (make, isViolation) => {
    const price = () => (isViolation ? make.int(751, 900) : make.int(600, 750))
    const part = (item: string) => make.line(item, make.begin, { event: 'nine', priceFen: price() })
    return visited(make, [part('sugar'), part('fat')])
  },
  'enlarged-unit': (make, isViolation) =>
    visited(make, [
      make.line('session', make.begin, { unit: isViolation ? make.pick('hour', 'part') : 'session', quantity: make.int(2, 5) }),
    ]),
  'swapped-item': (make, isViolation) =>
    visited(make, [make.line('suture', make.begin, { executedItem: isViolation ? 'drip' : 'suture' })]),
  overcounted: (make, isViolation) => {
    const quantity = make.int(2, 8)
    return visited(make, [
      make.line('sugar', make.begin, { quantity, executed: isViolation ? make.int(0, quantity - 1) : quantity }),
    ])
  },
  'split-prescription': (make, isViolation) => {
    const first = make.int(2, 5)
    const one = (prescription: string, supplyDays: number, department = 'general') =>
      make.line('cold-medicine', make.begin, { prescription, supplyDays, department })
    if (isViolation) return visited(make, [one('p1', first), one('p2', make.int(8 - first, 7))])
    return make.pick(
      () => visited(make, [one('p1', first), one('p2', make.int(1, 7 - first))]),
      () => visited(make, [one('p1', first), one('p2', 7, 'surgery')]),
    )()
  },
} satisfies Partial<Record<AuditRuleId, Story>>

const historyRules = {
  'second-line': (make, isViolation) =>
    apart(
      make,
      isViolation ? make.pick(0, make.int(181, 210)) : make.int(1, 180),
      [make.line('old-antibiotic', make.begin)],
      [],
    ).map((one) => {
      const [first, second] = one.stays as [AuditStay, AuditStay]
      return {
        ...one,
        stays: [first, { ...second, lines: [...second.lines, { ...make.line('new-antibiotic', 0), day: second.admittedOn }] }],
      }
    }),
  'paid-days': (make, isViolation) => {
    const first = make.int(4, 9)
    const second = isViolation ? 11 - first + make.int(0, 4) : make.int(1, 10 - first)
    return apart(
      make,
      20,
      [make.line('nutrition', make.begin, { quantity: first })],
      [make.line('nutrition', make.begin + 20, { quantity: second })],
    )
  },
  'repeated-medicine': (make, isViolation) => {
    // Fourteen days of medicine and three that may overlap: fetched again on the eleventh day or later is in order.
    const days = isViolation ? make.int(1, 10) : make.int(11, 30)
    return apart(
      make,
      days,
      [make.line('stomach-a', make.begin, { supplyDays: 14 })],
      [make.line(make.pick('stomach-a', 'stomach-b'), make.begin + days, { supplyDays: 14 })],
    )
  },
  'repeated-examination': (make, isViolation) => {
    const isIndicated = !isViolation && make.pick(true, false)
    const days = isViolation || isIndicated ? make.int(1, 13) : make.int(14, 40)
    return apart(
      make,
      days,
      [make.line('tomography', make.begin)],
      [make.line('tomography', make.begin + days, isIndicated ? { indicated: true } : {})],
    )
  },
  'over-therapy': (make, isViolation) => {
    const isEvaluated = !isViolation && make.pick(true, false)
    const second = isViolation || isEvaluated ? make.int(3, 8) : make.int(1, 2)
    return apart(
      make,
      9,
      [make.line('massage', make.begin, { quantity: 8 })],
      [make.line('massage', make.begin + 9, { quantity: second, ...(isEvaluated && { evaluated: true }) })],
    )
  },
} satisfies Partial<Record<AuditRuleId, Story>>

/** Cases of what lines, services and a history of lines break. */
export const LINE_STORIES = { ...itemRules, ...chargeRules, ...historyRules }
