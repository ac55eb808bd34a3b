import { plusDays } from '../../src/kernel/day.ts'
import type { AuditLine, AuditPerson, AuditRuleId, AuditStay } from '../../src/modules/audit-rules/index.ts'
import { PRICE_CUT } from '../../src/modules/audit-rules/examples/catalogue.ts'
import type { Maker, Story } from './maker.ts'

/** One visit with these lines among ordinary ones. */
const visited = (make: Maker, lines: readonly AuditLine[], stay: Partial<AuditStay> = {}, person: Partial<AuditPerson> = {}) => [
  make.person([make.visit(make.begin, [...make.others(make.begin, make.begin), ...lines], stay)], person),
]

/** Two visits so many days apart. */
const apart = (
  make: Maker,
  days: number,
  first: readonly AuditLine[],
  second: readonly AuditLine[],
  again?: string,
  more: Partial<AuditStay> = {},
) => {
  const later = make.begin + days
  const lines = [...make.others(later, later), ...second, ...(again === undefined ? [] : [make.line(again, later)])]
  return [make.person([make.visit(make.begin, first), make.visit(later, lines, more)])]
}

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
  included: (make, isViolation) =>
    make.pick<Story>(pair('surgery', 'suture'), () =>
      apart(make, isViolation ? make.int(1, 41) : make.int(42, 90), [make.line('birth', make.begin)], [], 'check-after-birth'),
    )(make, isViolation),
  mutex: (make, isViolation) => make.pick(pair('nursing-1', 'nursing-2'), pair('rest', 'plain-bed'))(make, isViolation),
  unlisted: (make, isViolation) => visited(make, [make.line(isViolation ? `invented-${make.int(1, 99)}` : 'suture', make.begin)]),
  'over-price': (make, isViolation) => {
    const { begin, int, day, line } = make
    // Before the cut 1 000 fen are the standard, from that day on 900.
    if (make.pick(true, false)) {
      const most = day(begin) < PRICE_CUT ? 1_000 : 900
      return visited(make, [
        line('cut-price', begin, { priceFen: isViolation ? int(most + 1, most + 99) : int(most - 99, most) }),
      ])
    }
    return visited(make, [
      line('priced', begin, { priceFen: isViolation ? int(1_001, 1_200) : int(980, 1_000), quantity: int(1, 4) }),
    ])
  },
  'over-frequency': (make, isViolation) => {
    const { begin, int, line, person, stay } = make
    const nights = int(1, 9)
    return make.pick(
      () => visited(make, [line('daily', begin), line('daily', begin, { quantity: isViolation ? int(2, 4) : 1 })]),
      () => visited(make, [line('oxygen', begin, { quantity: isViolation ? int(25, 30) : int(20, 24) })]),
      () => [
        person([stay(begin, begin + nights, [line('nursing', begin, { quantity: nights + (isViolation ? int(1, 2) : 0) })])]),
      ],
      () => apart(make, isViolation ? int(1, 6) : int(7, 9), [line('monitoring', begin, { quantity: 3 })], [], 'monitoring'),
    )()
  },
  diagnosis: (make, isViolation) =>
    !isViolation && make.pick(true, false)
      ? visited(make, [make.line('targeted', make.begin, { indicated: true })])
      : visited(make, [make.line('targeted', make.begin)], {
          diagnoses: isViolation ? [make.illness] : [make.illness, `C34.${make.int(0, 9)}`],
        }),
  level: (make, isViolation) =>
    make.pick(true, false)
      ? visited(make, [make.line('ward-only', make.begin)], { inpatient: !isViolation })
      : visited(make, [make.line('tertiary-only', make.begin)], {
          level: isViolation ? make.pick('county', 'township') : 'tertiary',
        }),
  gender: (make, isViolation) => visited(make, [make.line('women', make.begin)], {}, { gender: isViolation ? 'male' : 'female' }),
  age: (make, isViolation) => {
    if (make.pick(true, false, false)) {
      const bornOn = plusDays(make.day(make.begin), -(isViolation ? make.int(29, 90) : make.int(0, 28)))
      return visited(make, [make.line('newborn', make.begin)], {}, { bornOn })
    }
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
    make.pick(true, false)
      ? visited(make, [make.line('maternity', make.begin)], { insurance: isViolation ? 'resident' : 'employee' })
      : visited(make, [make.line('delivery', make.begin)], { medicalType: isViolation ? 'ordinary' : 'maternity' }),
  supply: (make, isViolation) => {
    const way = make.pick('stated', 'stated', 'dose', 'long')
    if (way === 'dose') {
      const dailyUse = make.int(2, 4)
      const days = isViolation ? make.int(8, 12) : make.int(5, 7)
      return visited(make, [make.line('cold-medicine', make.begin, { quantity: dailyUse * days, dailyUse, supplyDays: 7 })])
    }
    if (way === 'long') {
      const supplyDays = isViolation ? make.int(85, 120) : make.int(30, 84)
      return visited(make, [make.line('pressure-medicine', make.begin, { supplyDays, longPrescription: true })])
    }
    const [item, most] = make.pick(['cold-medicine', 7] as const, ['pressure-medicine', 14] as const)
    return visited(make, [
      make.line(item, make.begin, { supplyDays: isViolation ? most + make.int(1, 10) : most - make.int(0, 3) }),
    ])
  },
  'not-payable': (make, isViolation) => {
    if (make.pick(true, false)) return visited(make, [make.line('beauty', make.begin, isViolation ? {} : { selfPaid: true })])
    const otherPayer = make.pick('third-party', 'work-injury', 'public-health')
    return [make.person([make.visit(make.begin, [make.line('suture', make.begin)], isViolation ? { otherPayer } : {})])]
  },
  licence: (make, isViolation) =>
    visited(make, [
      make.pick(true, false)
        ? make.line('anaesthesia', make.begin, { licence: isViolation ? make.pick('surgeon', 'nurse') : 'anaesthetist' })
        : make.line('dialysis', make.begin, { department: isViolation ? make.pick('dermatology', 'general') : 'nephrology' }),
    ]),
  contraindicated: (make, isViolation) => {
    const { begin, int, line } = make
    // Eight years before the visit: two leap days lie in between.
    const eight = plusDays(make.day(begin), -(8 * 365 + 2))
    return make.pick(
      () => visited(make, [line('aspirin', begin)], { diagnoses: [isViolation ? 'K25.4' : 'K29.5'] }),
      () => pair('aspirin', 'warfarin')(make, isViolation),
      () => visited(make, [line('tetracycline', begin)], { pregnant: isViolation }),
      () => visited(make, [line('tetracycline', begin)], {}, { bornOn: plusDays(eight, isViolation ? int(2, 20) : -int(1, 20)) }),
      () => apart(make, isViolation ? int(1, 6) : int(7, 20), [line('warfarin', begin, { supplyDays: 7 })], [], 'aspirin'),
      () => visited(make, [line('aspirin', begin, isViolation ? {} : { indicated: true }), line('warfarin', begin)]),
    )()
  },
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
    if (isViolation) {
      const second = one('p2', make.int(8 - first, 7))
      if (make.pick(true, false)) return visited(make, [one('p1', first), second])
      return [make.person([make.visit(make.begin, [one('p1', first)]), make.visit(make.begin, [second])])]
    }
    return make.pick(
      () => [
        make.person([make.visit(make.begin, [one('p1', first)]), make.visit(make.begin, [one('p2', make.int(1, 7 - first))])]),
      ],
      () => visited(make, [one('p1', first), one('p2', make.int(1, 7 - first))]),
      () => visited(make, [one('p1', first), one('p2', 7, 'surgery')]),
    )()
  },
} satisfies Partial<Record<AuditRuleId, Story>>

const historyRules = {
  'second-line': (make, isViolation) => {
    if (make.pick(true, false, false)) {
      const days = isViolation ? make.int(14, 40) : make.int(1, 13)
      return apart(make, days, [make.line('metformin', make.begin, { supplyDays: 14 })], [], 'companion')
    }
    return apart(
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
    })
  },
  'paid-days': (make, isViolation) => {
    if (make.pick(true, false, false)) {
      const days = isViolation ? make.int(1, 29) : make.int(30, 60)
      const four = (at: number) => [make.line('albumin', at, { quantity: 4 })]
      return apart(make, days, four(make.begin), four(make.begin + days))
    }
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
    const [first, second] = make.pick(
      ['stomach-a', make.pick('stomach-a', 'stomach-b')] as const,
      ['statin-a', 'statin-b'] as const,
    )
    return apart(
      make,
      days,
      [make.line(first, make.begin, { supplyDays: 14 })],
      [make.line(second, make.begin + days, { supplyDays: 14 })],
    )
  },
  'repeated-examination': (make, isViolation) => {
    if (make.pick(true, false, false))
      return visited(make, [make.line('tumour-markers', make.begin, { indicated: !isViolation })])
    const near = isViolation ? null : make.pick('late', 'indicated', 'emergency', 'unusable')
    const days = near === 'late' ? make.int(14, 40) : make.int(1, 13)
    return apart(
      make,
      days,
      [make.line('tomography', make.begin, near === 'unusable' ? { recognisable: false } : {})],
      [make.line('tomography', make.begin + days, near === 'indicated' ? { indicated: true } : {})],
      undefined,
      near === 'emergency' ? { emergency: true } : {},
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
