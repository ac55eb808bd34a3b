import { plusHours, type Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Name } from '../../../kernel/words.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { summariseFree } from '../../booking/index.ts'
import { heightOf, institutionsOf, TIERS, type Tier } from '../../organisations/index.ts'
import { openEngine, type Engine } from '../engine/index.ts'
import { loadWorld, specialtyNeed } from '../engine/load-world.ts'
import type { Site, World } from '../engine/world.ts'
import { higherOf } from '../finding/finder.ts'
import type { Condition } from '../navigation.ts'
import type { Weights } from '../rules/rank-places.ts'
import { treatingSpecialties } from '../rules/treating-specialties.ts'
import { allConditions } from '../store.ts'
import { casesSince, type AskedCase } from './choices-store.ts'

export type WhatIfAsked = {
  readonly now: Instant
  readonly today: Day
  readonly days: number
  readonly horizonDays: number
  readonly most: number
  /** Weights for routine and soon, and those for urgent cases: as they are, and as they would be. */
  readonly present: WeightsOfBoth
  readonly other: WeightsOfBoth
}
export type WeightsOfBoth = { readonly routine: Weights; readonly urgent: Weights }

/** One move of demand: so many whose first place would be another. */
export type Flow = { readonly from: OrgId; readonly to: OrgId; readonly count: number }
export type Sample = Omit<Flow, 'count'> & {
  readonly specialty: string
  readonly condition: string | null
  readonly urgency: string
  readonly county: string
}
export type WhatIf = {
  readonly since: Instant
  /** Referrals looked at, and those for which some place was found. */
  readonly referrals: number
  readonly ranked: number
  readonly moved: number
  readonly flows: readonly Flow[]
  readonly tiers: readonly { readonly tier: Tier; readonly before: number; readonly after: number }[]
  readonly samples: readonly Sample[]
  readonly names: ReadonlyMap<OrgId, Name>
}

const HOURS = 24
const SAMPLES_MOST = 10

type Ground = {
  readonly engine: Engine
  readonly sites: ReadonlyMap<OrgId, Site>
  readonly consortia: ReadonlyMap<OrgId, string>
  readonly conditions: ReadonlyMap<string, Condition>
}

/** The region as it is today with what is free in it. */
const groundOf = async (db: Queryable, asked: WhatIfAsked, cases: readonly AskedCase[]): Promise<Ground> => {
  const world = await loadWorld(db, asked.today)
  const engine = openEngine(world)
  const conditions = new Map((await allConditions(db)).map((one) => [one.key, one]))
  const until = plusHours(asked.now, asked.horizonDays * HOURS)
  for (const specialty of new Set(cases.flatMap((one) => specialtiesOf(one, conditions)))) {
    const orgs = world.sites.map(({ id }) => id)
    const free = await summariseFree(db, { specialty, orgs, from: asked.now, until, channel: 'referral', now: asked.now })
    for (const one of free)
      engine.capacity.set('referral', one.org, specialty, { units: one.free, reserved: one.reservedFree, firstAt: one.firstAt })
  }
  return { engine, sites: new Map(world.sites.map((site) => [site.id, site])), consortia: consortiaOf(world), conditions }
}

const consortiaOf = ({ alliances }: World): Map<OrgId, string> =>
  new Map(alliances.flatMap(({ id, members }) => members.map((member) => [member, id] as const)))

const specialtiesOf = ({ condition, specialty }: AskedCase, conditions: ReadonlyMap<string, Condition>): readonly string[] => {
  const known = conditions.get(condition)
  return known?.specialty === specialty ? treatingSpecialties(known) : [specialty]
}

/** A referral upwards goes at least one tier above who sends it. */
const lowestFor = (one: AskedCase, sender: Site, condition: Condition | undefined): Tier => {
  const above = TIERS[Math.min(heightOf(sender.tier) + (one.direction === 'up' ? 1 : 0), TIERS.length - 1)] as Tier
  return condition ? higherOf(condition.lowestTier, above) : above
}

const firstFor = (ground: Ground, one: AskedCase, sender: Site, weights: WeightsOfBoth, now: Instant): Site | null => {
  const condition = ground.conditions.get(one.condition)
  const lowestTier = lowestFor(one, sender, condition)
  const question = {
    point: sender,
    division: sender.division,
    consortium: ground.consortia.get(one.sender) ?? null,
    channel: 'referral' as const,
    now,
    lowestTier,
    lowestTierOutside: higherOf(lowestTier, 'county'),
    weights: one.urgency === 'ordinary' ? weights.routine : weights.urgent,
    most: 1,
    except: new Set([one.sender]),
  }
  const firsts = specialtiesOf(one, ground.conditions).flatMap((code) =>
    ground.engine.rank({ ...question, need: specialtyNeed(code) }),
  )
  const [first] = firsts.toSorted(
    (a, b) => a.points - b.points || a.distanceKm - b.distanceKm || (BigInt(a.id) < BigInt(b.id) ? -1 : 1),
  )
  return first?.site ?? null
}

/**
 * Who would be sent elsewhere under other weights: each referral of the last days is ranked twice on today's capacity. Nothing is written
 * and nobody is named.
 */
export const whatIf = async (db: Queryable, asked: WhatIfAsked): Promise<WhatIf> => {
  const since = plusHours(asked.now, -asked.days * HOURS)
  const cases = await casesSince(db, since, asked.most)
  const ground = await groundOf(db, asked, cases)
  const pairs = cases.flatMap((one) => {
    const sender = ground.sites.get(one.sender)
    const before = sender && firstFor(ground, one, sender, asked.present, asked.now)
    const after = sender && firstFor(ground, one, sender, asked.other, asked.now)
    return sender && before && after ? [{ one, sender, before, after }] : []
  })
  const moved = pairs.filter(({ before, after }) => before.id !== after.id)
  const flows = countFlows(moved)
  const ids = [...new Set(flows.flatMap(({ from, to }) => [from, to]))]
  return {
    since,
    referrals: cases.length,
    ranked: pairs.length,
    moved: moved.length,
    flows,
    tiers: TIERS.map((tier) => ({
      tier,
      before: pairs.filter(({ before }) => before.tier === tier).length,
      after: pairs.filter(({ after }) => after.tier === tier).length,
    })).filter(({ before, after }) => before + after > 0),
    samples: moved.slice(0, SAMPLES_MOST).map(({ one, sender, before, after }) => ({
      from: before.id,
      to: after.id,
      specialty: one.specialty,
      condition: ground.conditions.has(one.condition) ? one.condition : null,
      urgency: one.urgency,
      county: sender.division.slice(0, 6),
    })),
    names: new Map((await institutionsOf(db, ids)).map((one) => [one.id, one.name])),
  }
}

const countFlows = (moved: readonly { readonly before: Site; readonly after: Site }[]): Flow[] => {
  const flows = new Map<string, Flow>()
  for (const { before, after } of moved) {
    const key = `${before.id} ${after.id}`
    flows.set(key, { from: before.id, to: after.id, count: (flows.get(key)?.count ?? 0) + 1 })
  }
  return [...flows.values()].toSorted((a, b) => b.count - a.count || a.from.localeCompare(b.from) || a.to.localeCompare(b.to))
}
