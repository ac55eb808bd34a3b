import { plusDays, type Day } from '../../src/kernel/day.ts'
import type { AuditLine, AuditPerson, AuditStay } from '../../src/modules/audit-rules/index.ts'
import { ORDINARY, ordinary, priceOf } from './catalogue.ts'

const FIRST = '2026-01-01' as Day
const DAYS = 500
const INSTITUTIONS = 60
const ILLNESSES = ['J18.9', 'I10.x', 'E11.9', 'K29.5', 'S72.0', 'I63.9', 'J44.1', 'N20.0', 'M51.2', 'K80.2']

/** Numbers that look random and are the same for the same seed, from 0 up to 1. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296
}

const days = Array.from({ length: DAYS }, (_, at) => plusDays(FIRST, at))

/** What the stories of one case are made with; every name that it gives begins with the case's. */
export const makerOf = (random: () => number, name: string) => {
  let number = 0
  const int = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
  const pick = <Value>(...values: readonly Value[]): Value => values[int(0, values.length - 1)] as Value
  const day = (at: number): Day => days[at] as Day
  const home = `house-${int(1, INSTITUTIONS)}`
  const begin = int(0, 180)
  const illness = ILLNESSES[int(0, ILLNESSES.length - 1)] as string
  const line = (item: string, at: number, more: Partial<AuditLine> = {}): AuditLine => {
    const quantity = more.quantity ?? 1
    const priceFen = more.priceFen ?? int(200, 900)
    const amountFen = Math.round(priceFen * quantity)
    return { id: `${name}:l${number++}`, item, day: day(at), quantity, priceFen, amountFen, supplyDays: null, ...more }
  }
  /** Ordinary lines on the days of a stay, at or below their standard price and as often as may be. */
  const others = (from: number, until: number, most = 9): AuditLine[] => {
    const first = int(0, ORDINARY - 1)
    return Array.from({ length: int(3, most) }, (_, at) => {
      const which = (first + at * 7) % ORDINARY
      return line(ordinary(which), int(from, until), { quantity: int(1, 3), priceFen: priceOf(which) - pick(0, 0, 10) })
    })
  }
  const stay = (from: number, until: number, lines: readonly AuditLine[], more: Partial<AuditStay> = {}): AuditStay => ({
    id: `${name}:s${number++}`,
    institution: home,
    level: 'county',
    inpatient: true,
    insurance: 'resident',
    admittedOn: day(from),
    dischargedOn: day(until),
    diagnoses: [illness],
    procedures: 0,
    planned: false,
    lines,
    ...more,
  })
  const visit = (at: number, lines: readonly AuditLine[], more: Partial<AuditStay> = {}): AuditStay =>
    stay(at, at, lines, { inpatient: false, ...more })
  const person = (stays: readonly AuditStay[], more: Partial<AuditPerson> = {}): AuditPerson => ({
    gender: pick('male', 'female'),
    bornOn: plusDays(FIRST, -int(20 * 365, 80 * 365)),
    stays,
    ...more,
  })
  return { name, begin, home, illness, int, pick, day, line, others, stay, visit, person }
}
export type Maker = ReturnType<typeof makerOf>

/** How a case of a rule looks: with the violation, or clean but close to it. */
export type Story = (make: Maker, isViolation: boolean) => readonly AuditPerson[]
