import { plusDays } from '../../src/kernel/day.ts'
import type { AuditPerson, AuditRuleId, AuditStay } from '../../src/modules/audit-rules/index.ts'
import type { Maker, Story } from './maker.ts'

const COST = 100_000

/** A stay whose cost is examinations for so many basis points. */
const examined = (make: Maker, nights: number, share: number, rest: string, more: Partial<AuditStay> = {}): AuditPerson => {
  const { begin, line, stay, person } = make
  const scan = (COST * share) / 10_000
  const lines = [line('scan', begin, { priceFen: scan }), line(rest, begin, { priceFen: COST - scan })]
  return person([stay(begin, begin + nights, lines, more)])
}

/** A stay, and another so many days after its end. */
const then = (
  make: Maker,
  nights: number,
  days: number,
  first: Partial<AuditStay>,
  second: Partial<AuditStay>,
  person: Partial<AuditPerson> = {},
) => {
  const { begin, others, stay } = make
  const again = begin + nights + days
  return make.person(
    [
      stay(begin, begin + nights, others(begin, begin + nights - 1), first),
      stay(again, again + 6, others(again, again + 5), second),
    ],
    person,
  )
}

const bedded = (make: Maker, nights: number, more: Partial<AuditStay>, standing = 'bed'): AuditStay => {
  const { begin, line, stay } = make
  return stay(begin, begin + nights, Array.from({ length: nights }, (_, at) => line(standing, begin + at)), more) // prettier-ignore
}

const stayRules = {
  'split-stay': (make, isViolation) => {
    const days = make.int(1, 15)
    const related = { diagnoses: [`${make.illness.slice(0, 3)}.x`] }
    const elsewhere = { institution: 'elsewhere', consortium: 'one' }
    const course = { diagnoses: ['Z51.1'] }
    return isViolation
      ? make.pick(
          () => [then(make, 6, days, {}, {})],
          () => [then(make, 6, days, {}, related)],
          () => [then(make, 6, days, { consortium: 'one' }, elsewhere)],
          () => {
            const [whole] = [then(make, 2, 13, {}, {})]
            const [first, last] = whole.stays as [AuditStay, AuditStay]
            const between = make.stay(make.begin + 6, make.begin + 8, make.others(make.begin + 6, make.begin + 7), {
              institution: 'elsewhere',
              diagnoses: ['T81.4'],
            })
            return [{ ...whole, stays: [first, between, last] }]
          },
        )()
      : make.pick(
          () => [then(make, 6, make.int(16, 40), {}, {})],
          () => [then(make, 6, days, {}, { planned: true })],
          () => [then(make, 6, days, {}, { diagnoses: ['T81.4'] })],
          () => [then(make, 6, days, {}, elsewhere)],
          () => [then(make, 6, days, { consortium: 'one' }, { ...elsewhere, referred: true })],
          () => [then(make, 6, days, course, course)],
        )()
  },
  'needless-stay': (make, isViolation) => {
    const { int } = make
    const weighing = (recomputedWeight: number) => ({
      group: { weight: recomputedWeight, recomputedWeight, pointFen: 800_000, meanCostFen: COST },
    })
    const short = (more: Partial<AuditStay> = {}) => [examined(make, int(1, 3), int(7_000, 9_500), 'drip', more)]
    if (isViolation) return short(make.pick<Partial<AuditStay>>({}, { ambulatory: true }, weighing(int(1_000, 5_000))))
    return make.pick(
      () => [examined(make, int(1, 3), int(5_000, 6_999), 'drip')],
      () => [examined(make, int(4, 6), int(7_000, 9_500), 'drip')],
      () => short(make.pick<Partial<AuditStay>>({ procedures: 1 }, { emergency: true }, { ambulatory: false })),
      () => short(weighing(int(5_001, 9_000))),
    )()
  },
  'check-up-stay': (make, isViolation) => {
    if (isViolation) return [examined(make, make.int(4, 8), make.int(8_000, 10_000), 'suture')]
    return make.pick(
      () => [examined(make, make.int(4, 8), make.int(6_000, 7_999), 'suture')],
      () => [examined(make, make.int(4, 8), make.int(8_000, 9_900), 'drip')],
    )()
  },
  'empty-bed': (make, isViolation) => {
    const nights = make.int(4, 9)
    const all = Array.from({ length: nights }, (_, at) => make.day(make.begin + at))
    const way = make.pick('absent', 'elsewhere', 'no-care', 'no-care')
    if (isViolation && way === 'absent') return [make.person([bedded(make, nights, { caredOn: all, absentOn: all.slice(1, 2) })])]
    if (way === 'elsewhere') {
      const at = make.begin + (isViolation ? make.int(1, nights - 1) : make.pick(0, nights))
      return [make.person([bedded(make, nights, {}), make.visit(at, make.others(at, at), { institution: 'elsewhere' })])]
    }
    return [make.person([bedded(make, nights, { caredOn: isViolation ? all.slice(0, make.int(1, nights - 1)) : all })])]
  },
  'copied-record': (make, isViolation) => {
    const own = Array.from({ length: 4 }, (_, at) => `${make.name}-${at}`)
    const copies = Array.from({ length: isViolation ? make.int(3, 6) : 2 }, () => 'copy')
    return [
      make.person([bedded(make, 6, make.pick(true, false) ? { notes: [...own, ...copies] } : { results: [...copies, ...own] })]),
    ]
  },
  'other-person': (make, isViolation) => {
    const { begin, stay, others, person, day, int } = make
    const one = (more: Partial<AuditStay> = {}) => stay(begin, begin + 5, others(begin, begin + 4), more)
    return make.pick(
      () => [person([one({ identityMatches: !isViolation })])],
      () => [person([one()], { diedOn: plusDays(day(begin), isViolation ? -int(1, 90) : int(0, 9)) })],
      () => [then(make, 6, isViolation ? -int(1, 4) : int(0, 3), {}, { institution: 'elsewhere', diagnoses: ['T81.4'] })],
    )()
  },
  'upcoded-group': (make, isViolation) => {
    const weight = make.int(6_000, 20_000)
    const group = {
      weight,
      recomputedWeight: isViolation ? weight - make.int(100, 4_000) : weight + make.pick(0, 500),
      pointFen: 800_000,
      meanCostFen: 1,
    }
    return [make.person([bedded(make, 6, { group })])]
  },
  underserved: (make, isViolation) => {
    const { begin, line, stay, int, person } = make
    const near = isViolation ? null : make.pick('cost', 'late', 'long', 'referred')
    if (make.pick(true, false, false, false))
      return [person([stay(begin, begin + 6, make.others(begin, begin + 5), { againstPath: isViolation })])]
    const nights = near === 'long' ? int(4, 7) : int(1, 3)
    const again = begin + nights + (near === 'late' ? int(15, 30) : int(1, 14))
    const meanCostFen = near === 'cost' ? int(100_000, 200_000) : int(200_001, 400_000)
    const group = { weight: 10_000, recomputedWeight: 10_000, pointFen: 800_000, meanCostFen }
    return [
      person([
        stay(begin, begin + nights, [line('drip', begin, { priceFen: COST })], { group }),
        stay(again, again + 6, make.others(again, again + 5), { institution: 'elsewhere', referred: near === 'referred' }),
      ]),
    ]
  },
  'shifted-cost': (make, isViolation) => {
    const { begin, int, line, others, person, stay, visit } = make
    const at = isViolation ? begin + int(1, 5) : begin + make.pick(0, 6)
    return make.pick(
      () => [person([stay(begin, begin + 6, others(begin, begin + 5)), visit(at, others(at, at, 4))])],
      () => [person([stay(begin, begin + 6, others(begin, begin + 5), { boughtOutside: isViolation })])],
      () => [
        person([
          stay(begin, begin + 6, [...others(begin, begin + 5), line(isViolation ? 'drip' : 'beauty', begin, { selfPaid: true })]),
        ]),
      ],
    )()
  },
} satisfies Partial<Record<AuditRuleId, Story>>

/** Houses of a level of their own whose means lie evenly about a middle, and one that lies so many deviations above; so many stays each. */
const houses = (make: Maker, deviations: number, stays: number): AuditPerson[] => {
  const peers = [95_000, 95_000, 95_000, 105_000, 105_000, 105_000]
  return [...peers, 100_000 + deviations * 5_000].flatMap((priceFen, at) =>
    Array.from({ length: stays }, (_, which) =>
      make.person([
        make.stay(make.begin, make.begin + 5, [make.line('drip', make.begin, { priceFen })], {
          institution: `${make.name}:house-${at}`,
          level: `${make.name}:level`,
          diagnoses: [`J${at}.${which}`],
        }),
      ]),
    ),
  )
}

const crowdRules = {
  pharmacy: (make, isViolation) => {
    const { begin, int, line, visit, person } = make
    const store = (institution: string, at: number, quantity: number) =>
      visit(at, [line('strips', at, { quantity })], { pharmacy: true, institution })
    const sold = (traceCode: string) => person([visit(begin, [line('suture', begin, { traceCode })], { pharmacy: true })])
    return make.pick(
      () => [
        person([store('store-1', begin, 30), store('store-2', begin + int(1, 29), isViolation ? int(21, 40) : int(10, 20))]),
      ],
      () => [person([store('store-1', begin, 30), store('store-2', begin + (isViolation ? int(1, 29) : int(30, 60)), 30)])],
      () => [sold(`${make.name}-box`), sold(`${make.name}-${isViolation ? 'box' : 'other'}`)],
    )()
  },
  outlier: (make, isViolation) => {
    if (make.pick(true, false, false, false)) {
      const { begin, line, visit, person, int } = make
      const items = ['sugar', 'fat', 'drip', 'suture'].slice(0, int(3, 4))
      const persons = isViolation ? int(5, 8) : 4
      return Array.from({ length: persons }, () =>
        person([
          visit(
            begin,
            items.map((item) => line(item, begin)),
            { institution: `${make.name}:clinic` },
          ),
        ]),
      )
    }
    if (make.pick(true, false, false, false)) {
      const { begin, others, visit, person, int } = make
      const count = isViolation ? int(20, 30) : int(10, 19)
      return [person(Array.from({ length: count }, (_, at) => visit(begin + at * 2, others(begin + at * 2, begin + at * 2, 4))))]
    }
    if (make.pick(true, false)) {
      if (isViolation) return houses(make, make.int(310, 600) / 100, 5)
      // A dear house with too few stays for a mean is as clean as one that is hardly dearer than its peers.
      return make.pick(true, false) ? houses(make, make.int(100, 290) / 100, 5) : houses(make, make.int(310, 600) / 100, 4)
    }
    return Array.from({ length: isViolation ? make.int(5, 9) : 4 }, () => {
      const { begin, stay, others, person } = make
      return person([
        stay(begin, begin + 5, others(begin, begin + 4), { institution: `${make.name}:house`, level: `${make.name}:level` }),
      ])
    })
  },
  consortium: (make, isViolation) => {
    const { begin, day, int, others, person, stay } = make
    const one = stay(begin, begin + 6, others(begin, begin + 5))
    const contract = (team: string, from: number, until: number | null) => ({
      team,
      from: day(from),
      until: until === null ? null : day(until),
    })
    const followUps = (...readings: string[]) =>
      readings.map((reading, at) => ({ id: `f${at}`, on: day(begin + 20 + at * 30), reading }))
    return make.pick(
      () => [
        person([one], {
          contracts: [contract('one', 0, isViolation ? int(101, 200) : int(50, 100)), contract('two', 100, null)],
        }),
      ],
      () => [person([one], { followUps: followUps('a', 'a', isViolation ? 'a' : 'b') })],
      () => [person([one], { followUps: [{ id: 'f', on: day(begin + (isViolation ? int(1, 5) : 6)), reading: 'a' }] })],
      () => [
        then(make, 6, isViolation ? int(0, 3) : int(4, 9), {}, { institution: 'elsewhere', outside: true, referred: false }),
      ],
      () => [then(make, 6, int(0, 3), {}, { institution: 'elsewhere', outside: true, referred: !isViolation })],
      () => [
        then(
          make,
          6,
          int(0, 3),
          {},
          {
            institution: 'elsewhere',
            outside: true,
            referred: false,
            ...(!isViolation && make.pick({ emergency: true }, { planned: true })),
          },
        ),
      ],
    )()
  },
} satisfies Partial<Record<AuditRuleId, Story>>

/** Cases of what stays, and many persons together, break. */
export const STAY_STORIES = { ...stayRules, ...crowdRules }
