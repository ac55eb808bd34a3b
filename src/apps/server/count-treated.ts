import { dayOf } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import { finishedEncounters } from '../../modules/health-record/index.ts'
import {
  allConditions,
  conditionOfCode,
  saveTreated,
  saveTreatedMark,
  treatedMark,
  type CountedUntil,
  type Treated,
} from '../../modules/navigation/index.ts'
import { treatedReferrals } from '../../modules/referral/index.ts'
import { homeCounties } from '../../modules/residents/index.ts'

/** Cases taken at a time: one transaction each. */
const BATCH = 2_000

type Seen = Omit<Treated, 'home' | 'cases'> & { readonly person: PersonId; readonly code: string; readonly mark: string }

const referralsSince = async (tx: Tx, after: CountedUntil | null, zone: string): Promise<Seen[]> =>
  (await treatedReferrals(tx, after, BATCH)).map(
    ({ id, receiver, sender, person, condition, since: at, mark, isHandedBack }) => ({
      org: receiver,
      source: 'referral',
      sourceId: id,
      condition: '',
      code: condition,
      sender,
      person,
      on: dayOf(at, zone),
      well: isHandedBack ? 1 : 0,
      worse: 0,
      mark,
    }),
  )

const encountersSince = async (tx: Tx, after: CountedUntil | null, zone: string): Promise<Seen[]> =>
  (await finishedEncounters(tx, after, BATCH)).map(({ id, provider, person, code, at, mark }) => ({
    org: provider as OrgId,
    source: 'encounter',
    sourceId: id,
    condition: '',
    code,
    sender: null,
    person,
    on: dayOf(at, zone),
    well: 0,
    worse: 0,
    mark,
  }))

const SOURCES = { referral: referralsSince, encounter: encountersSince } as const

/** Counts one batch of a source after another case; answers the last one looked at, or null when nothing is left. */
const countBatch = (house: House, source: keyof typeof SOURCES, after: CountedUntil | null): Promise<CountedUntil | null> =>
  asSystem(house.database).transaction(async (tx) => {
    const seen = await SOURCES[source](tx, after ?? (await treatedMark(tx, source)), house.zone)
    const last = seen.at(-1)
    if (!last) return null
    const conditions = await allConditions(tx)
    const keys = new Set(conditions.map(({ key }) => key))
    const keyOf = conditionOfCode(conditions)
    const homes = await homeCounties(tx, [...new Set(seen.map(({ person }) => person))])
    const cases = seen.flatMap(({ person, code, mark: _mark, ...one }): Treated[] => {
      const condition = keys.has(code) ? code : keyOf(code)
      return condition === null ? [] : [{ ...one, condition, home: homes.get(person) ?? null, cases: 1 }]
    })
    await saveTreated(tx, cases)
    const until = { at: last.mark, id: last.sourceId }
    await saveTreatedMark(tx, source, until)
    return until
  })

/**
 * Brings what institutions have shown up to date for the region's matrix: cases of referrals or encounters since the last time, without
 * the person. Referrals lie beside navigation and records below it, so the house hands them over as plain facts.
 */
export const countTreated = async (house: House, source: keyof typeof SOURCES): Promise<void> => {
  let until = await countBatch(house, source, null)
  while (until !== null) until = await countBatch(house, source, until)
}
