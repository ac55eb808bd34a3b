import { plusHours } from '../../../kernel/clock.ts'
import { daysBetween, dayOf, plusDays } from '../../../kernel/day.ts'
import { ok } from '../../../kernel/result.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { command, query } from '../../../platform/forms/form.ts'
import { consortiumOf, memberIdsOf } from '../../organisations/index.ts'
import { findPersons } from '../../residents/index.ts'
import { looksAt, personMeant } from '../behalf.ts'
import { forPersonInput } from '../contract.ts'
import { entryOf, shortageInput, worklistInput } from './contract.ts'
import { personOf, relationsToEntry } from './join.ts'
import { namesOf, type Names } from './names.ts'
import { noticesOf, saveSeen } from './offer-store.ts'
import { countShortage, saveShortage } from './shortage-store.ts'
import * as store from './store.ts'
import * as lists from './worklist-store.ts'
import type { Waiting } from './waiting.ts'

/** How long an entry that is over is still shown to its person. */
const SHOWN_AFTER_HOURS = 72
const PLACES_EACH = 3
const NOTICES_MOST = 30
const SOON_DAYS = 31

type Facts = {
  names: Names
  entries: readonly Waiting[]
  before: readonly { waiting: string; org: OrgId; before: number }[]
  units: readonly lists.OfferedUnit[]
}

const shown = ({ entries, before, units, names }: Facts) => ({
  ...names,
  entries: entries.map((one) => ({
    waiting: one.id,
    specialty: one.specialty,
    unitKind: one.unitKind,
    nights: one.nights,
    isolation: one.isolation,
    from: one.earliestOn,
    until: one.latestOn,
    channel: one.channel,
    class: one.class,
    askedAt: one.askedAt,
    state: one.state,
    places: one.orgs.map((org) => ({
      org,
      before: before.find((row) => row.waiting === one.id && row.org === org)?.before ?? null,
    })),
    offer: units.find(({ booking }) => booking === one.unitBooking) ?? null,
  })),
})

export const myWaiting = query({
  name: 'booking.my-waiting',
  by: ['resident@anyone', 'village-doctor@care-team', 'family-doctor@care-team'],
  basis: '候补次序公开',
  does: {
    zh: '我的候补(或所管居民的):在各机构前面还有几位,有没有给我留的号。',
    en: 'One’s own entries of the waiting list, or those of a person in one’s care: how many stand before, and what is offered.',
  },
  input: entryOf,
  read: async (tx, input, act) => {
    const person = await personOf(tx, input, act)
    if (!person) return null
    const entries = await store.waitingOfPerson(tx, person.id, plusHours(act.now, -SHOWN_AFTER_HOURS))
    const [before, units, names] = await Promise.all([
      lists.waitingBefore(tx, entries),
      lists.offeredUnits(tx, entries),
      namesOf(
        tx,
        entries.flatMap(({ orgs }) => orgs),
        entries.map(({ specialty }) => specialty),
      ),
    ])
    return { person, entries, before, units, names }
  },
  relation: ({ person }, act) => relationsToEntry(act, person, []),
  audits: ({ person }, _input, { actor }) => (actor.person === person.id ? [] : [{ person: person.id }]),
  answer: shown,
})

export const worklist = query({
  name: 'booking.shortage-worklist',
  by: ['referral-desk@anyone', 'consortium-manager@anyone'],
  basis: '号源短缺即工作:谁在等、等多久、哪里还有',
  does: {
    zh: '号源短缺工作单:本机构(及所牵头医联体)谁在候补、等了多久、别处哪里有号、多少次没约到。',
    en: 'The shortage worklist of an institution and of the consortium that it leads: who waits, how long, where units are, how often none was found.',
  },
  input: worklistInput,
  read: async (tx, input, act) => {
    const { org } = act.actor
    if (!org) return null
    const rows = await lists.waitingList(tx, org, input.specialty ?? null, input.limit)
    const since = plusDays(act.today, -act.policy('booking.shortage-days'))
    const consortium = await consortiumOf(tx, org, act.today)
    const led = consortium?.lead === org ? await memberIdsOf(tx, consortium.id, act.today) : []
    const specialties = [...new Set(rows.map(({ specialty }) => specialty))]
    const soon = plusHours(act.now, SOON_DAYS * 24)
    const ofUnits = [...new Set(rows.flatMap((row) => (row.nights === null ? [row.specialty] : [])))]
    const [persons, units, beds, counts, offers] = await Promise.all([
      findPersons(
        tx,
        rows.map(({ person }) => person),
      ),
      lists.freeElsewhere(tx, ofUnits, soon, PLACES_EACH),
      lists.freeBedsElsewhere(tx, nightsWanted(rows), soon, PLACES_EACH),
      countShortage(tx, [...new Set([org, ...led])], since),
      lists.countOffers(tx, org, since),
    ])
    const elsewhere = [...units, ...beds]
    const orgs = [...rows.flatMap((row) => row.orgs), ...elsewhere.map((one) => one.org)]
    const names = await namesOf(tx, orgs, [...specialties, ...counts.map(({ specialty }) => specialty)])
    return { rows, persons, elsewhere, counts, offers, since, names }
  },
  audits: ({ rows }) => rows.map(({ person, waiting }) => ({ person, case: waiting })),
  answer: ({ rows, persons, elsewhere, counts, offers, since, names }, _input, act) => ({
    ...names,
    since,
    rows: rows.map((row) => ({
      ...row,
      name: nameFor(persons.get(row.person), act.actor.role),
      days: daysBetween(dayOf(row.askedAt, act.zone), act.today),
    })),
    elsewhere,
    counts,
    offers,
  }),
})

/** The shortest stay that somebody of the list waits for, by specialty. */
const nightsWanted = (rows: readonly lists.ListRow[]): lists.NightsWanted[] =>
  [...Map.groupBy(rows, ({ specialty }) => specialty)].flatMap(([specialty, ofIt]) => {
    const nights = ofIt.flatMap((row) => (row.nights === null ? [] : [row.nights]))
    return nights.length > 0 ? [{ specialty, nights: Math.min(...nights) }] : []
  })

const nameFor = (person: { zh: string; en: string | null } | undefined, role: string) => {
  if (!person) return { zh: '', en: null }
  // Who manages needs to know that somebody waits, not who.
  return role === 'consortium-manager' ? { zh: `${[...person.zh][0] ?? ''}*`, en: null } : { zh: person.zh, en: person.en }
}

export const recordShortage = command({
  name: 'booking.record-shortage',
  by: ['resident@anyone', 'village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone', 'ward@anyone'],
  basis: '号源短缺监测',
  does: {
    zh: '记下一次没有找到号(同一人同一科室一天一次),供管理者调配。',
    en: 'Notes that no unit was found, once a day for each who looked and service, for those who can provide more.',
  },
  input: shortageInput,
  read: async () => ({}),
  decide: (_facts, input) => ok({ change: input, answer: {} }),
  write: async (tx, { specialty, unitKind, channel, org }, act) => {
    const asker = act.actor.account
    const wantedOrg = (org as OrgId | undefined) ?? null
    if (asker)
      await saveShortage(tx, { org: act.actor.org, onDay: act.today, specialty, unitKind, channel, wantedOrg, asker }, act.now)
  },
})

export const notices = query({
  name: 'booking.notices',
  by: ['resident@anyone'],
  basis: '停诊、候补逐人告知',
  does: {
    zh: '给我(或我所代理的人)的通知:候补有号、停诊改约、候补结束。',
    en: 'What I was told, or somebody for whom I act: a unit is offered, a clinic was stopped, a wait is over.',
  },
  input: forPersonInput,
  read: async (tx, input, act) => {
    const person = await personMeant(tx, input.person, act)
    return person && { person, rows: await noticesOf(tx, person, NOTICES_MOST) }
  },
  audits: ({ person }, _input, act) => looksAt(person, act),
  answer: ({ rows }) => ({ notices: rows, unseen: rows.filter(({ seenAt }) => seenAt === null).length }),
})

export const seeNotices = command({
  name: 'booking.see-notices',
  by: ['resident@anyone'],
  basis: '停诊、候补逐人告知',
  does: { zh: '通知已读。', en: 'Marks one’s notices as seen.' },
  input: forPersonInput,
  read: async (tx, input, act) => {
    const person = await personMeant(tx, input.person, act)
    return person && { person }
  },
  subject: ({ person }) => ({ person }),
  decide: ({ person }) => ok({ change: person, answer: {} }),
  write: async (tx, person, act) => void (await saveSeen(tx, person, act.now)),
})
