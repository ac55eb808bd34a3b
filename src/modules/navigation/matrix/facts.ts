import { asInstant } from './moments.ts'
import { plusDays, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import { supplyOf, type Supply } from '../../booking/index.ts'
import { doctorsOf, servicesOf, type DoctorCount, type Service, type ServiceTag } from '../../organisations/index.ts'
import type { Area } from './area.ts'
import { capabilitiesOn } from './capability-store.ts'
import type { Capability } from './matrix.ts'
import { treatedBy, type TreatedAsked, type TreatedSum } from './matrix-store.ts'
import { rankOfTitle } from './rules/rank-of-title.ts'

/** What is known of one place on a day, ready to be asked by specialty and key. */
export type PlaceFacts = {
  /** Specialties in which it cares for people, with their strength. */
  readonly offered: ReadonlyMap<string, ServiceTag | null>
  /** Declarations by `about:key`. */
  readonly declared: ReadonlyMap<string, Capability>
  /** Doctors by specialty; null where no staff is entered. */
  readonly doctors: ReadonlyMap<string, { readonly count: number; readonly rank: number }> | null
  /** Visits offered by specialty; null where it gives out no numbers. */
  readonly supply: ReadonlyMap<string, Supply> | null
  /** Its own cases by condition. */
  readonly cases: ReadonlyMap<string, { readonly cases: number; readonly well: number; readonly worse: number }>
  /** Cases that it sent outside the area, by condition. */
  readonly sent: ReadonlyMap<string, number>
}

/** Cases of the people of an area: all of them, those treated outside it, and where those went. */
export type Flow = { readonly all: number; readonly outside: number; readonly wentTo: ReadonlyMap<OrgId, number> }

/** What is known of an area on a day. */
export type AreaFacts = {
  readonly places: ReadonlyMap<OrgId, PlaceFacts>
  /** Cases of its people by condition: all of them, and those treated outside. */
  readonly flows: ReadonlyMap<string, Flow>
  readonly asked: TreatedAsked
}

const CARE_LINES: ReadonlySet<string> = new Set([
  'diagnosis',
  'treatment',
  'rehabilitation',
  'nursing',
  'health-management',
  'prevention',
])

const add = (sums: Map<string, number>, key: string, more: number): void => void sums.set(key, (sums.get(key) ?? 0) + more)

/** First day of the period over which cases count, `months` before a day. */
const monthsBefore = (day: Day, months: number): Day => Temporal.PlainDate.from(day).subtract({ months }).toString() as Day

/** Reads all that a matrix of an area is judged from, by a handful of statements whatever its size. */
export const readAreaFacts = async (tx: Tx, area: Area, on: Day, act: Act): Promise<AreaFacts> => {
  const orgs = area.institutions.map(({ id }) => id)
  const asked: TreatedAsked = {
    orgs,
    homes: area.homes,
    since: monthsBefore(on, act.policy('navigation.matrix-case-months')),
    until: on,
  }
  const services = Map.groupBy(await servicesOf(tx, orgs, on), ({ institution }) => institution)
  const declared = Map.groupBy(await capabilitiesOn(tx, orgs, on), ({ org }) => org)
  const doctors = Map.groupBy(await doctorsOf(tx, orgs, on), ({ org }) => org)
  const from = on === act.today ? act.now : asInstant(on, act.zone)
  const until = asInstant(plusDays(on, act.policy('navigation.matrix-unit-days')), act.zone)
  const supply = Map.groupBy(
    await supplyOf(tx, orgs, { from, until, firstDayEnds: asInstant(plusDays(on, 1), act.zone) }),
    ({ org }) => org,
  )
  const treated = await treatedBy(tx, asked)
  const inside = new Set<OrgId>(orgs)
  const own = Map.groupBy(
    treated.filter(({ org }) => inside.has(org)),
    ({ org }) => org,
  )
  const away = Map.groupBy(
    treated.filter(({ org, sender }) => !inside.has(org) && sender !== null),
    ({ sender }) => sender,
  )
  const places = new Map(
    orgs.map((id) => [
      id,
      {
        offered: offeredOf(services.get(id) ?? []),
        declared: new Map((declared.get(id) ?? []).map((one) => [`${one.about}:${one.key}`, one])),
        doctors: doctors.has(id) ? doctorMap(doctors.get(id) ?? []) : null,
        supply: supply.has(id) ? new Map((supply.get(id) ?? []).map((one) => [one.specialty, one])) : null,
        cases: casesOf(own.get(id) ?? []),
        sent: sentOf(away.get(id) ?? []),
      },
    ]),
  )
  return { places, flows: flowsOf(treated, inside), asked }
}

const offeredOf = (services: readonly Service[]): Map<string, ServiceTag | null> => {
  const offered = new Map<string, ServiceTag | null>()
  for (const { specialty, line, tag } of services)
    if (CARE_LINES.has(line)) offered.set(specialty, tag ?? offered.get(specialty) ?? null)
  return offered
}

const doctorMap = (rows: readonly DoctorCount[]): Map<string, { count: number; rank: number }> => {
  const found = new Map<string, { count: number; rank: number }>()
  for (const { specialty, title, doctors } of rows) {
    const before = found.get(specialty ?? '') ?? { count: 0, rank: 0 }
    found.set(specialty ?? '', { count: before.count + doctors, rank: Math.max(before.rank, rankOfTitle(title ?? '')) })
  }
  return found
}

const casesOf = (sums: readonly TreatedSum[]): Map<string, { cases: number; well: number; worse: number }> => {
  const found = new Map<string, { cases: number; well: number; worse: number }>()
  for (const { condition, cases, well, worse } of sums) {
    const before = found.get(condition) ?? { cases: 0, well: 0, worse: 0 }
    found.set(condition, { cases: before.cases + cases, well: before.well + well, worse: before.worse + worse })
  }
  return found
}

const sentOf = (sums: readonly TreatedSum[]): Map<string, number> => {
  const found = new Map<string, number>()
  for (const { condition, cases } of sums) add(found, condition, cases)
  return found
}

const flowsOf = (sums: readonly TreatedSum[], inside: ReadonlySet<OrgId>): Map<string, Flow> => {
  const flows = new Map<string, { all: number; outside: number; wentTo: Map<OrgId, number> }>()
  for (const { org, condition, isHome, cases } of sums) {
    if (!isHome) continue
    const flow = flows.get(condition) ?? { all: 0, outside: 0, wentTo: new Map<OrgId, number>() }
    flow.all += cases
    if (!inside.has(org)) {
      flow.outside += cases
      flow.wentTo.set(org, (flow.wentTo.get(org) ?? 0) + cases)
    }
    flows.set(condition, flow)
  }
  return flows
}
