import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { relationsTo } from '../../../platform/access.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { consortiumKindOf, servicesOf } from '../../organisations/index.ts'
import type { Pool } from '../booking.ts'
import type { Bed, BedClass, BedClassId, BedId, Ward, WardId } from './beds.ts'
import { addBedsInput, openWardInput } from './contract.ts'
import { bedShares, dayOfPool, poolsToPublish, publishedEvents, publishUntil, type Consortium } from './publish.ts'
import { savePublished, saveShares } from './publish-store.ts'
import { resizedPool, soldOf, type Shares } from './rules/resized-pool.ts'
import * as store from './store.ts'

type NewBed = { readonly room: string; readonly label: string; readonly sex: Bed['sex']; readonly isolation: boolean }
type Known = {
  readonly classes: readonly BedClass[]
  readonly beds: readonly Bed[]
  readonly pools: readonly Pool[]
  readonly consortium: Consortium
}
type Growth = {
  readonly ward: Ward
  readonly isNew: boolean
  readonly classes: readonly BedClass[]
  readonly beds: readonly Bed[]
  readonly fresh: readonly Pool[]
  readonly resized: readonly { readonly pool: Pool; readonly shares: Shares }[]
}

const NOTHING_YET = { classes: [], beds: [], pools: [] }
const KEEPERS = ['referral-desk', 'consortium-manager'] as const

export const capacityChanged = ({ org, id }: Pool, shares: Shares, reason: string): TraceEvent => ({
  type: 'booking.capacity-changed',
  case: { kind: 'pool', org, id },
  person: null,
  seenBy: [org],
  data: { ...shares },
  reason,
})

/** All pools of a class resized to a number of beds, or every day on which more are sold. */
export const resizeAll = (
  pools: readonly Pool[],
  bedsOn: (pool: Pool) => number,
  consortium: Consortium,
  act: Act,
): Result<{ pool: Pool; shares: Shares }[]> => {
  const refusals: Refusal[] = []
  const found = pools.flatMap((pool) => {
    const capacity = bedsOn(pool)
    const shares = resizedPool(pool, act.now >= pool.releaseAt, bedShares(act, consortium, pool, capacity))
    if (shares) return [{ pool, shares }]
    const day = dayOfPool(pool, act.zone)
    refusals.push({ code: 'booking.bed-days-sold', detail: { day, sold: soldOf(pool), capacity } })
    return []
  })
  return refusals.length > 0 ? refuseAll(refusals) : ok(found)
}

// A room is for one sex and for isolation or not as a whole, so that the rule of rooms can be kept.
const faultsOf = (added: readonly NewBed[], before: readonly Bed[]): Refusal[] => {
  const seen: (NewBed | Bed)[] = [...before]
  return added.flatMap((bed) => {
    const inRoom = seen.filter(({ room }) => room === bed.room)
    seen.push(bed)
    if (inRoom.some(({ label }) => label === bed.label))
      return [{ code: 'booking.bed-twice', detail: { room: bed.room, label: bed.label } }]
    if (inRoom.some(({ sex, isolation }) => sex !== bed.sex || isolation !== bed.isolation))
      return [{ code: 'booking.room-mixed', detail: { room: bed.room } }]
    return []
  })
}

const classKey = ({ sex, isolation }: Pick<Bed, 'sex' | 'isolation'>): string => `${sex} ${isolation}`

const grow = (ward: Ward, isNew: boolean, added: readonly NewBed[], known: Known, act: Act): Result<Growth> => {
  const faults = faultsOf(added, known.beds)
  if (faults.length > 0) return refuseAll(faults)
  const classes = new Map(known.classes.map((one) => [classKey(one), one]))
  for (const { sex, isolation } of added)
    if (!classes.has(classKey({ sex, isolation })))
      classes.set(classKey({ sex, isolation }), { org: ward.org, id: act.newId<BedClassId>(), ward: ward.id, sex, isolation })
  const beds = added.map((bed): Bed => ({
    ...bed,
    org: ward.org,
    id: act.newId<BedId>(),
    ward: ward.id,
    classId: (classes.get(classKey(bed)) as BedClass).id,
    closedAt: null,
    closeReason: null,
    cleaningSince: null,
  }))
  const addedTo = (id: string | null): number => beds.filter(({ classId }) => classId === id).length
  const resized = resizeAll(
    known.pools.filter(({ plan }) => addedTo(plan) > 0),
    (pool) => pool.capacity + addedTo(pool.plan),
    known.consortium,
    act,
  )
  if (!resized.ok) return resized
  const newClasses = [...classes.values()].filter((one) => !known.classes.includes(one))
  const fresh = newClasses.flatMap((one) =>
    poolsToPublish(
      { ...ward, id: one.id, publishedUntil: null, openBeds: addedTo(one.id) },
      publishUntil(act),
      known.consortium,
      act,
    ),
  )
  return ok({ ward, isNew, classes: newClasses, beds, fresh, resized: resized.value })
}

const saveGrowth = async (tx: Tx, { ward, isNew, classes, beds, fresh, resized }: Growth, act: Act): Promise<void> => {
  if (isNew) await store.saveWard(tx, ward)
  for (const one of classes) await store.saveClass(tx, one)
  for (const bed of beds) await store.saveBed(tx, bed)
  const published = classes.map(({ org, id }) => ({ ...ward, org, id, publishedUntil: null, openBeds: 0 }))
  await savePublished(tx, fresh, published, publishUntil(act))
  for (const { pool, shares } of resized) await saveShares(tx, pool, shares)
}

const told = (growth: Growth) => {
  const { ward, beds, fresh, resized } = growth
  const opened: TraceEvent = {
    type: 'booking.beds-added',
    case: { kind: 'ward', org: ward.org, id: ward.id },
    person: null,
    seenBy: [ward.org],
    data: { beds: beds.length },
  }
  return {
    change: growth,
    answer: { org: ward.org, ward: ward.id, beds: beds.map(({ id, room, label }) => ({ bed: id, room, label })) },
    events: [opened, ...publishedEvents(fresh), ...resized.map(({ pool, shares }) => capacityChanged(pool, shares, '增加床位'))],
  }
}

export const openWard = command({
  name: 'booking.open-ward',
  by: KEEPERS.map((role) => `${role}@anyone` as const),
  basis: 'S0 共享床位信息',
  does: {
    zh: '登记本机构的一个病区及其床位,床位随即开放预约。',
    en: 'Registers a ward of one’s own institution with its beds; they are open for booking at once.',
  },
  input: openWardInput,
  read: async (tx, input, act) => {
    const org = act.actor.org
    if (!org) return null
    const services = await servicesOf(tx, [org], act.today)
    const isOffered = services.some(({ specialty }) => specialty === input.specialty)
    return { org, isOffered, consortium: await consortiumKindOf(tx, org, act.today) }
  },
  decide: ({ org, isOffered, consortium }, { name, specialty, beds }, act) => {
    if (!isOffered) return refuse('booking.specialty-not-offered')
    const ward: Ward = { org, id: act.newId<WardId>(), zh: name.zh, en: name.en ?? null, specialty }
    const growth = grow(ward, true, beds, { ...NOTHING_YET, consortium }, act)
    return growth.ok ? ok(told(growth.value)) : growth
  },
  write: saveGrowth,
})

export const addBeds = command({
  name: 'booking.add-beds',
  by: KEEPERS.map((role) => `${role}@own` as const),
  basis: 'S0 共享床位信息',
  does: {
    zh: '给病区增加床位,今后各天的床位随之增加。',
    en: 'Adds beds to a ward; the bed-days of the coming days grow with them.',
  },
  input: addBedsInput,
  read: async (tx, input, act) => {
    const ward = await store.lockWard(tx, input.org as OrgId, input.ward as WardId)
    if (!ward || ward.org !== act.actor.org) return ward && { ward, known: null }
    const classes = await store.classesOf(tx, ward.org, [ward.id])
    const pools = await store.lockBedDays(
      tx,
      ward.org,
      classes.map(({ id }) => id),
      act.now,
    )
    const consortium = await consortiumKindOf(tx, ward.org, act.today)
    return { ward, known: { classes, pools, consortium, beds: await store.bedsOf(tx, ward.org, ward.id) } }
  },
  relation: ({ ward }, { actor }) => relationsTo(actor, { org: ward.org }),
  decide: ({ ward, known }, { beds }, act) => {
    if (!known) return refuse('platform.not-found')
    const growth = grow(ward, false, beds, known, act)
    return growth.ok ? ok(told(growth.value)) : growth
  },
  write: saveGrowth,
})
