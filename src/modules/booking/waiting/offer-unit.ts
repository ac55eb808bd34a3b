import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Relation } from '../../../platform/access.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { command, query, type Act } from '../../../platform/forms/form.ts'
import { relationsToInstitution } from '../../organisations/index.ts'
import { findPerson } from '../../residents/index.ts'
import type { Pool, PoolId } from '../booking.ts'
import { shownSlot } from '../forms.ts'
import { findPool, lockPool } from '../store.ts'
import { offerUnitInput, unitsForInput } from './contract.ts'
import { limitsOf, makeOffer, saveAndTell, tellingOf, type Made } from './make-offers.ts'
import { namesOf } from './names.ts'
import { offerBed, readBedByHand, staysFor } from './offer-bed.ts'
import { passedOver } from './rules/next-in-line.ts'
import { saveStays, type MadeStay } from './stay-offers.ts'
import * as store from './store.ts'
import type { Waiting, WaitingId } from './waiting.ts'

/** How far the line before somebody is looked at: whoever stands further back is passed over by none of this. */
const LINE_MOST = 200
const UNITS_MOST = 60

/** The institutions themselves, and the leads of their consortia, which watch over shortage. */
const relationsToPlaces = async (tx: Queryable, orgs: readonly OrgId[], act: Act): Promise<Relation[]> =>
  (await Promise.all(orgs.map((org) => relationsToInstitution(tx, act.actor, org, act.today)))).flat()

type ByHand = { readonly units: readonly Made[]; readonly stays: readonly MadeStay[] }

export const offerUnit = command({
  name: 'booking.offer-unit',
  by: ['referral-desk@own', 'consortium-manager@own', 'consortium-manager@supervisor'],
  basis: '候补次序公开;调整次序须有理由并留痕',
  does: {
    zh: '把指定号源提供给指定候补者,床位按首日指定、整段住院一起保留;前面有人时须写明理由。',
    en: 'Offers a given unit to a given person on the list, a bed by its first day and for all nights; where somebody stands before, a reason is asked and kept.',
  },
  input: offerUnitInput,
  read: async (tx, input, act) => {
    const person = await findPerson(tx, input.person as PersonId)
    const seen = await findPool(tx, input.org as OrgId, input.pool as PoolId)
    if (!person || !seen) return null
    const bed = seen.unitKind === 'bed-day' ? await readBedByHand(tx, seen, act) : null
    const pool = bed ? seen : await lockPool(tx, seen.org, seen.id)
    if (!pool) return null
    // Everybody who may take the unit, the chosen one among them where the unit fits the entry.
    const line = await store.lineOf(tx, pool, limitsOf(act), LINE_MOST)
    const entry = await store.lockWaiting(tx, person.id, input.waiting as WaitingId)
    const before = await store.placesInLine(tx, pool.org, line)
    return entry && { pool, bed, entry, line: before, relations: await relationsToPlaces(tx, [pool.org], act) }
  },
  relation: ({ relations }) => relations,
  subject: ({ entry }) => ({ person: entry.person }),
  decide: ({ pool, bed, entry, line }, input, act) => {
    if (entry.state !== 'waiting') return refuse('booking.waiting-over', { state: entry.state })
    if (bed) return offerBed(bed, pool, entry, input.reason ?? null, act)
    if (!line.some(({ id }) => id === entry.id)) return refuse('booking.unit-not-accepted')
    const before = passedOver(pool, line, entry, act.now)
    if (before > 0 && !input.reason) return refuse('booking.order-needs-reason', { before })
    const override = {
      passedOver: before,
      overrideBy: act.actor.account,
      overrideReason: before > 0 ? (input.reason ?? null) : null,
    }
    const made = makeOffer(pool, entry, act, override)
    if (!made) return refuse('booking.offer-too-late')
    const answer = { org: pool.org, booking: made.offer.id, until: made.offer.until, passedOver: before }
    return ok({ change: { units: [made], stays: [] }, answer, ...tellingOf([made]) })
  },
  write: async (tx, { units, stays }: ByHand, act) => {
    await saveAndTell(tx, units, act)
    await saveStays(tx, stays, act)
  },
})

type Unit = {
  readonly pool: Pool
  readonly isAccepted: boolean
  /** Of a bed: the ward, from the first day up to the day of discharge. */
  readonly stay: {
    readonly ward: { readonly zh: string; readonly en: string | null }
    readonly from: Day
    readonly until: Day
  } | null
}

/** Units that are free for an entry now, at accepted places and elsewhere in the same consortium. */
const unitsOf = async (tx: Queryable, entry: Waiting, act: Act): Promise<Unit[]> => {
  if (entry.unitKind === 'bed-day') return staysFor(tx, entry, act)
  const pools = await store.freeUnitsFor(tx, entry, act.zone, UNITS_MOST)
  return pools.map((pool) => ({ pool, isAccepted: entry.orgs.includes(pool.org), stay: null }))
}

export const unitsFor = query({
  name: 'booking.units-for-waiting',
  by: ['referral-desk@own', 'consortium-manager@own', 'consortium-manager@supervisor'],
  basis: '号源短缺处置',
  does: {
    zh: '某项候补此刻可用的号源:已接受机构的,和别家机构的。',
    en: 'Units that are free for an entry of the list now: at the places that the person accepts, and elsewhere.',
  },
  input: unitsForInput,
  read: async (tx, input, act) => {
    const person = await findPerson(tx, input.person as PersonId)
    const entry = person && (await store.findWaiting(tx, person.id, input.waiting as WaitingId))
    if (!entry) return null
    const units = await unitsOf(tx, entry, act)
    const names = await namesOf(tx, [...entry.orgs, ...units.map(({ pool }) => pool.org)], [entry.specialty])
    return { entry, units, names, relations: await relationsToPlaces(tx, entry.orgs, act) }
  },
  relation: ({ relations }) => relations,
  audits: ({ entry }) => [{ person: entry.person, case: entry.id }],
  answer: ({ entry, units, names }, _input, act) => ({
    ...names,
    /** Every place that the person accepts, also those whose lists the asker does not see. */
    places: entry.orgs,
    units: units.map(({ pool, isAccepted, stay }) => ({ ...shownSlot(pool, act.now), isAccepted, stay })),
  }),
})
