import type { OrgId } from '../../../kernel/id.ts'
import { ageOn, daysBetween, type Day } from '../../../kernel/day.ts'
import { ok, refuse, refuseAll, type Refusal } from '../../../kernel/result.ts'
import { relationsTo, type Relation } from '../../../platform/access.ts'
import type { Queryable, Tx } from '../../../platform/database/pool.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { consortiumOf, institutionsOf, servicesOf } from '../../organisations/index.ts'
import { findPerson, relationsToPerson, type Person } from '../../residents/index.ts'
import { personMeant, type Represented } from '../behalf.ts'
import { priorityOf, PRIORITY_CLASSES } from '../quotas/rules/priority-of.ts'
import { bedsAt, bedWishOf, faultsOfBedWish } from './bed-wish.ts'
import { joinInput } from './contract.ts'
import { saveShortage } from './shortage-store.ts'
import * as store from './store.ts'
import type { Waiting, WaitingClass, WaitingId } from './waiting.ts'

/** Whom an act about the waiting list is about: the resident who acts or somebody for whom one acts, or whom staff name. */
export const personOf = async (tx: Tx, input: { person?: string | undefined }, act: Act): Promise<(Person & Represented) | null> => {
  const isResident = act.actor.role === 'resident'
  const id = isResident ? await personMeant(tx, input.person, act) : input.person
  const person = id ? await findPerson(tx, id as Person['id']) : null
  return person && { ...person, isRepresented: isResident && id !== act.actor.person }
}

/** How an actor stands to an entry: the person, the care team, an institution that it accepts or that asked for it. */
export const relationsToEntry = (act: Act, person: Person & Represented, orgs: readonly (OrgId | null)[]): Relation[] => [
  ...(person.isRepresented ? (['representative'] as const) : []),
  ...relationsToPerson(act.actor, person),
  ...orgs.flatMap((org) => relationsTo(act.actor, { org })),
]

/** The rank of a class in the order of the list: who lost a unit by a stopped clinic first, then the classes of priority. */
export const rankOf = (one: WaitingClass): number => (one === 'stopped' ? 0 : 1 + PRIORITY_CLASSES.indexOf(one))

/** Who watches over each institution on the day. */
export const leadsOf = async (tx: Queryable, orgs: readonly OrgId[], day: Day): Promise<store.Leads> =>
  new Map(await Promise.all(orgs.map(async (org) => [org, (await consortiumOf(tx, org, day))?.lead ?? null] as const)))

/** Those of the institutions that are open and offer the service on the day. */
const offering = async (tx: Queryable, orgs: readonly OrgId[], specialty: string, day: Day): Promise<Set<OrgId>> => {
  const [known, services] = await Promise.all([institutionsOf(tx, orgs), servicesOf(tx, orgs, day)])
  const open = new Set(known.filter(({ from, until }) => from <= day && (until === null || day < until)).map(({ id }) => id))
  return new Set(
    services.filter((one) => one.specialty === specialty && open.has(one.institution)).map(({ institution }) => institution),
  )
}

/** What is asked of places: how many, and which of them offer the service. */
export const placesOf = async (tx: Queryable, asked: readonly string[], specialty: string, act: Act) => {
  const orgs = [...new Set(asked)] as OrgId[]
  return { orgs, offering: await offering(tx, orgs, specialty, act.today), leads: await leadsOf(tx, orgs, act.today) }
}
type Places = Awaited<ReturnType<typeof placesOf>>

/** Too many places, or one that does not offer the service; null when all is well. */
export const faultOfPlaces = ({ orgs, offering: fit }: Places, act: Act): Refusal | null => {
  const most = act.policy('booking.waiting-places-most')
  const isFit = orgs.length <= most && orgs.every((org) => fit.has(org))
  return isFit ? null : { code: 'booking.waiting-places', detail: { most }, field: 'orgs' }
}

const faultOfPeriod = (from: Day, until: Day, act: Act): Refusal | null => {
  const days = act.policy('booking.waiting-days-most')
  const isFit = from >= act.today && until >= from && daysBetween(act.today, until) <= days
  return isFit ? null : { code: 'booking.waiting-period', detail: { days }, field: 'until' }
}

export const waitingEvent = (type: string, one: Waiting, more: Partial<TraceEvent> = {}): TraceEvent => ({
  type,
  case: { kind: 'waiting', org: one.home, id: one.id },
  person: one.person,
  seenBy: [one.home, ...one.orgs],
  data: { specialty: one.specialty, unitKind: one.unitKind, ...(one.nights === null ? {} : { nights: one.nights }) },
  ...more,
})

/** Somebody has got a unit: which one, and what it may make up for, so that a case which waited for it can follow. */
export const placedEvent = (one: Waiting, more: Partial<TraceEvent> = {}): TraceEvent => {
  const { specialty, unitKind, unitOrg, unitBooking, stoppedOrg, stoppedBooking, caseId } = one
  const data = { specialty, unitKind, unitOrg, unitBooking, stoppedOrg, stoppedBooking, referral: caseId }
  return waitingEvent('booking.waiting-placed', one, { data, ...more })
}

const classOf = (person: Person, channel: Waiting['channel'], act: Act): WaitingClass => {
  const isCareTeam = relationsToPerson(act.actor, person).includes('care-team')
  const isElderly = person.bornOn !== null && ageOn(person.bornOn, act.today) >= act.policy('booking.elderly-from-years')
  // Contracts are not kept yet: who is referred by the own care team counts as signed.
  return priorityOf({ channel, isSigned: channel === 'referral' && isCareTeam, isElderly }).class
}

const NO_BED = { nights: null, sex: null, isolation: false } as const

export const join = command({
  name: 'booking.join-waiting',
  by: ['resident@anyone', 'village-doctor@care-team', 'family-doctor@care-team', 'referral-desk@own', 'ward@own'],
  basis: 'S0 实时号源;S3 优先就诊',
  does: {
    zh: '没有号或没有床时登记候补:科室、接受的机构和日期,等床另记几晚和隔离;有了按次序通知。',
    en: 'Joins the waiting list for a service or a bed, at places and on days that the person accepts; what comes free is offered in order.',
  },
  input: joinInput,
  read: async (tx, input, act) => {
    const person = await personOf(tx, input, act)
    if (!person) return null
    const wanted = { person: person.id, specialty: input.specialty, unitKind: input.unitKind, latestOn: input.until as Day }
    const [had, live] = await Promise.all([
      store.findUnitHad(tx, wanted, act.zone),
      store.findLive(tx, person.id, input.specialty, input.unitKind),
    ])
    const places = await placesOf(tx, input.orgs, input.specialty, act)
    const beds = input.unitKind === 'bed-day' ? await bedsAt(tx, places.orgs, input.specialty) : null
    return { person, had, live, places, beds }
  },
  relation: ({ person, places }, act) => relationsToEntry(act, person, places.orgs),
  subject: ({ person }) => ({ person: person.id }),
  decide: ({ person, had, live, places, beds }, input, act) => {
    const [from, until] = [input.from as Day, input.until as Day]
    const channel = act.actor.role === 'resident' ? 'direct' : input.channel
    const bed = beds ? bedWishOf(person, input, act) : NO_BED
    const faults = [
      ...[faultOfPeriod(from, until, act), faultOfPlaces(places, act)].filter((one) => one !== null),
      ...(beds ? faultsOfBedWish(bed, { orgs: places.orgs, channel, beds }, act) : []),
    ]
    if (faults.length > 0) return refuseAll(faults)
    if (live) return refuse('booking.waits-already')
    if (had) return refuse('booking.has-unit-already')
    const kind = classOf(person, channel, act)
    const entry: Waiting = {
      person: person.id,
      id: act.newId<WaitingId>(),
      specialty: input.specialty,
      unitKind: input.unitKind,
      orgs: places.orgs,
      home: act.actor.org ?? (places.orgs[0] as OrgId),
      earliestOn: from,
      latestOn: until,
      ...bed,
      channel,
      class: kind,
      rank: rankOf(kind),
      askedAt: act.now,
      askedByOrg: act.actor.org,
      caseId: input.referral ?? null,
      stoppedOrg: null,
      stoppedBooking: null,
      state: 'waiting',
      unitOrg: null,
      unitBooking: null,
      missed: 0,
    }
    return ok({
      change: { entry, leads: places.leads },
      answer: { waiting: entry.id, class: kind },
      events: [waitingEvent('booking.waiting-joined', entry)],
    })
  },
  write: (tx, { entry, leads }, act) => saveEntry(tx, entry, leads, act),
})

// Whoever joins the list has found no unit: that is counted too.
const saveEntry = async (tx: Tx, entry: Waiting, leads: store.Leads, act: Act): Promise<void> => {
  await store.saveJoined(tx, entry, { leads, at: act.now })
  const { specialty, unitKind, channel, orgs } = entry
  const wantedOrg = orgs.length === 1 ? (orgs[0] as OrgId) : null
  await saveShortage(
    tx,
    { org: act.actor.org, onDay: act.today, specialty, unitKind, channel, wantedOrg, asker: entry.id },
    act.now,
  )
}
