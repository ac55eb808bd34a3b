import { plusDays, type Day } from '../../src/kernel/day.ts'
import type { PersonId } from '../../src/kernel/id.ts'
import type { Actor } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import type { TestHouse } from '../harness/house.ts'
import { eventOf } from '../../src/modules/referral/lifecycle.ts'
import { actorOf, HOSPITALS, PLACES, PRIMARY, type seeded, SPECIALTIES, STAFF } from './small-region.ts'

type Random = ReturnType<typeof seeded>
type Open = { id: string; state: string; org: string; receiver: string; care: string | null; specialty: string; person: string }
type Unit = { org: string; pool: string; specialty: string }
export type Asked = { readonly name: Parameters<TestHouse['ask']>[0]; readonly actor: Actor; readonly input: unknown }

const CONDITIONS = [
  { key: 'I10', zh: '高血压', en: 'Hypertension' },
  { key: 'E11', zh: '2型糖尿病', en: 'Type 2 diabetes' },
  { key: 'K35', zh: '急性阑尾炎', en: 'Acute appendicitis' },
]
const LETTER = { impression: '演示印象', reason: '演示原因', pastHistory: '', treatment: '' }
const CONSENT = { by: 'patient' }
const HAND_BACK = { diagnosis: '演示', findings: '演示', treatment: '演示', plan: '演示', medication: '演示' }

const staffOf = (org: string, random: Random): Actor => {
  const there = Object.values(STAFF).filter((actor) => actor.org === org && actor.role !== 'consortium-manager')
  return there.length > 0 ? random.one(there) : STAFF.countyDesk
}

const ACT_OF = new Map(Object.entries(eventOf).map(([act, event]) => [event, act]))

/** What becomes of a referral whose clinic is stopped. */
const OF_STOPPED_CLINICS = [eventOf['lose-time'], eventOf['change-unit'], eventOf['go-with-unit']]

/**
 * Draws what somebody does next: mostly what the table allows to the right party, sometimes anything by anybody. What is
 * asked for by name, because it has not happened yet, is drawn more often.
 */
export const randomCare = (house: TestHouse, persons: readonly PersonId[], random: Random) => {
  const { database } = house
  const residents = persons.map((person) => actorOf('resident', null, person))

  const someOpen = async (): Promise<Open | null> => {
    const rows =
      await database.rows<Open>(sql`select id, state, org_id as org, receiver_org as receiver, care_org as care, specialty, person_id as person
      from referral.referral where state not in ('closed', 'cancelled', 'ended-elsewhere', 'not-agreed') order by id`)
    return rows.length > 0 ? random.one(rows) : null
  }
  const someUnit = async (org: string | null, specialty: string | null): Promise<Unit | null> => {
    const rows = await database.rows<Unit>(sql`select org_id as org, id as pool, specialty from booking.pool
      where starts_at > platform.jieli_now() and (${org}::bigint is null or org_id = ${org}) and (${specialty}::text is null or specialty = ${specialty})
      order by starts_at, id limit 6`)
    return rows.length > 0 ? random.one(rows) : null
  }
  const now = async (): Promise<number> =>
    Date.parse((await database.row<{ now: string }>(sql`select platform.jieli_now() as now`))?.now ?? '')

  const today = async () =>
    (await database.row<{ day: Day }>(sql`select (platform.jieli_now() at time zone 'Asia/Shanghai')::date as day`)) as {
      day: Day
    }

  const publish = async (at: { specialty?: string; actor?: Actor } = {}): Promise<Asked> => {
    const halfHour = 1_800_000
    const startsAt = new Date((Math.floor((await now()) / halfHour) + 2 + random.below(150)) * halfHour).toISOString()
    const actor = at.actor ?? random.one([STAFF.countyDesk, STAFF.tcmDesk, STAFF.cityDesk])
    const input = {
      specialty: at.specialty ?? random.one(SPECIALTIES),
      kind: random.one(['expert', 'ordinary']),
      startsAt,
      capacity: 1 + random.below(4),
    }
    return { name: 'booking.publish-pool', actor, input }
  }

  // Early, late, used, withdrawn: whatever the holder still has on its device.
  const someVoucher = async (holder: string | null): Promise<(Unit & { number: string }) | null> => {
    const rows = await database.rows<
      Unit & { number: string }
    >(sql`select v.org_id as org, v.pool_id as pool, p.specialty, v.number
      from booking.voucher v join booking.pool p on p.org_id = v.org_id and p.id = v.pool_id
      where v.holder_org = ${holder} and p.starts_at > platform.jieli_now() - interval '12 hours' order by v.number`)
    return rows.length > 0 && random.chance(0.5) ? random.one(rows) : null
  }
  const lend = async (): Promise<Asked> => {
    const actor = random.one([STAFF.countyDesk, STAFF.manager, STAFF.cityDesk])
    const [given] = await database.rows<{ id: string }>(
      sql`select a.id from booking.allotment a where a.org_id = ${actor.org} and exists (
        select from booking.voucher v where v.org_id = a.org_id and v.allotment_id = a.id and v.state = 'open') order by a.made_at desc limit 1`,
    )
    if (given && random.chance(0.25))
      return { name: 'booking.withdraw-vouchers', actor, input: { org: actor.org, allotment: given.id } }
    const far = await database.rows<Unit>(sql`select org_id as org, id as pool, specialty from booking.pool
      where org_id = ${actor.org} and starts_at > platform.jieli_now() + interval '27 hours' and reserved > used_reserved + allotted order by starts_at desc, id limit 6`)
    if (far.length === 0) return publish()
    const { org, pool } = random.one(far)
    return {
      name: 'booking.allot-vouchers',
      actor,
      input: { org, pool, holder: random.one([...PRIMARY, PLACES.clinic]), units: 1 + random.below(2) },
    }
  }

  const request = async (): Promise<Asked> => {
    const actor = random.one([STAFF.villageDoctor, STAFF.familyDoctor, STAFF.otherFamilyDoctor, STAFF.countyDesk])
    const down = actor.org === PLACES.countyHospital && random.chance(0.7)
    const promised = down ? null : await someVoucher(actor.org)
    const unit = down || promised || random.chance(0.4) ? promised : await someUnit(null, null)
    const receiver = unit?.org ?? random.one(down ? PRIMARY : [...HOSPITALS, PLACES.township])
    const specialty = unit?.specialty ?? (PRIMARY.includes(receiver) ? '0300' : random.one(SPECIALTIES))
    const base = { person: random.one(persons), receiver, specialty, condition: random.one(CONDITIONS), letter: LETTER }
    const roll = random.next()
    if (roll < 0.15) return { name: 'referral.draft', actor, input: base }
    if (roll < 0.3)
      return { name: 'referral.send-emergency', actor, input: { ...base, urgency: random.one(['emergency', 'green-channel']) } }
    if (roll < 0.36)
      return {
        name: 'referral.record-refusal-of-consent',
        actor,
        input: { ...base, by: 'patient', why: random.one(['cost', 'distance', 'other']) },
      }
    const chosen = promised ? { voucher: promised.number } : unit ? { unit: { org: unit.org, pool: unit.pool } } : {}
    return {
      name: 'referral.send',
      actor,
      input: { ...base, ...chosen, consent: CONSENT, urgency: random.one(['ordinary', 'ordinary', 'green-channel']) },
    }
  }

  const unitAt = async (open: Open) => {
    const unit = await someUnit(open.receiver, open.specialty)
    return unit && { org: unit.org, pool: unit.pool }
  }

  const moves: Record<string, (open: Open) => Promise<Asked>> = {
    draft: async ({ id, org, person, receiver, specialty }) => ({
      name: 'referral.draft',
      actor: staffOf(org, random),
      input: { referral: id, person, receiver, specialty, condition: random.one(CONDITIONS), letter: LETTER },
    }),
    submit: async ({ id, org, receiver, specialty }) => {
      const elsewhere = random.chance(0.4) ? random.one(HOSPITALS) : receiver
      const unit = random.chance(0.5) ? await someUnit(elsewhere, specialty) : null
      return {
        name: 'referral.submit',
        actor: staffOf(org, random),
        input: {
          referral: id,
          receiver: elsewhere,
          consent: CONSENT,
          ...(unit ? { unit: { org: unit.org, pool: unit.pool } } : {}),
        },
      }
    },
    accept: async (open) => {
      const unit = random.chance(0.5) ? await unitAt(open) : null
      return {
        name: 'referral.accept',
        actor: staffOf(open.receiver, random),
        input: { referral: open.id, ...(unit ? { unit } : random.chance(0.7) ? { queue: '候诊' } : {}) },
      }
    },
    schedule: async (open) => ({
      name: 'referral.schedule', actor: staffOf(open.receiver, random),
      input: { referral: open.id, unit: (await unitAt(open)) ?? { org: open.receiver, pool: '00000000-0000-4000-8000-000000000000' } },
    }), // prettier-ignore
    reject: async ({ id, receiver }) => ({
      name: 'referral.reject',
      actor: staffOf(receiver, random),
      input: { referral: id, why: 'no-capacity', wayOn: '请转市医院' },
    }),
    redirect: async ({ id, receiver, specialty }) => {
      const to = random.one(HOSPITALS)
      const unit = random.chance(0.5) ? await someUnit(to, specialty) : null
      return {
        name: 'referral.redirect',
        actor: staffOf(receiver, random),
        input: { referral: id, receiver: to, reason: '分流', ...(unit ? { unit: { org: unit.org, pool: unit.pool } } : {}) },
      }
    },
    'ask-more': async ({ id, receiver }) => ({
      name: 'referral.ask-more',
      actor: staffOf(receiver, random),
      input: { referral: id, what: [random.one(['ecg', 'imaging', 'other'] as const)], reason: '请补充' },
    }),
    supplement: async ({ id, org }) => ({
      name: random.one(['referral.supplement', 'correspondence.supplement'] as const),
      actor: staffOf(org, random),
      input: { referral: id, ...(random.chance(0.5) ? { letter: { pastHistory: '演示既往史' } } : {}), note: '已补充' },
    }),
    write: async ({ id, org, receiver }) => ({
      name: 'correspondence.write',
      actor: staffOf(random.one([org, receiver]), random),
      input: { referral: id, text: '演示留言' },
    }),
    arrive: async ({ id, receiver }) => ({ name: 'referral.arrive', actor: staffOf(receiver, random), input: { referral: id } }),
    begin: async ({ id, receiver }) => ({ name: 'referral.begin', actor: staffOf(receiver, random), input: { referral: id } }),
    discharge: async ({ id, receiver }) => ({
      name: 'referral.discharge',
      actor: staffOf(receiver, random),
      input: { referral: id },
    }),
    complete: async ({ id, org }) => ({
      name: 'referral.complete',
      actor: staffOf(org, random),
      input: { referral: id, letter: LETTER, consent: CONSENT },
    }),
    'hand-back': async ({ id, receiver }) => ({
      name: 'referral.hand-back', actor: staffOf(receiver, random), input: { referral: id, ...HAND_BACK, ...(random.chance(0.6) ? { to: random.one(PRIMARY) } : {}) },
    }), // prettier-ignore
    receive: async ({ id, care, receiver }) => ({
      name: 'referral.receive',
      actor: staffOf(random.one([care ?? receiver, receiver]), random),
      input: { referral: id },
    }),
    'follow-up': async ({ id, care, org }) => ({
      name: 'referral.follow-up', actor: staffOf(care ?? org, random), input: { referral: id, way: 'phone', outcome: 'good', note: '演示' },
    }), // prettier-ignore
    close: async ({ id, care, org }) => ({
      name: 'referral.close',
      actor: staffOf(care ?? org, random),
      input: { referral: id },
    }),
    cancel: async ({ id, org }) => ({
      name: 'referral.cancel',
      actor: staffOf(org, random),
      input: { referral: id, reason: '患者改变主意' },
    }),
    miss: async ({ id }) => ({
      name: 'referral.miss',
      actor: random.one([STAFF.countyDesk, STAFF.cityDesk, STAFF.tcmDesk]),
      input: { referral: id },
    }),
  }
  const BY_STATE: Readonly<Record<string, readonly string[]>> = {
    draft: ['submit', 'submit', 'draft', 'cancel'], submitted: ['accept', 'accept', 'accept', 'ask-more', 'ask-more', 'reject', 'redirect', 'cancel'], asked: ['supplement', 'supplement', 'supplement', 'accept', 'reject', 'redirect', 'cancel'], accepted: ['schedule', 'arrive', 'arrive', 'receive', 'complete', 'cancel'],
    scheduled: ['arrive', 'arrive', 'schedule', 'cancel'], arrived: ['begin', 'begin', 'discharge', 'complete', 'receive'], 'in-treatment': ['discharge', 'discharge', 'complete'],
    discharged: ['hand-back'], 'handed-back': ['receive'], received: ['follow-up'], 'followed-up': ['close'], rejected: ['submit', 'cancel'],
    expired: ['submit', 'cancel'], 'no-show': ['submit', 'arrive', 'cancel'],
  } // prettier-ignore

  /** An act that is asked for by name, where some case allows it now. */
  const wantedMove = async (wanted: readonly string[]): Promise<Asked | null> => {
    const acts = wanted.map((event) => ACT_OF.get(event)).filter((act) => act !== undefined && act in moves)
    if (acts.length === 0) return null
    const act = random.one(acts) as string
    const states = Object.keys(BY_STATE).filter((state) => BY_STATE[state]?.includes(act))
    const [open] =
      await database.rows<Open>(sql`select id, state, org_id as org, receiver_org as receiver, care_org as care, specialty, person_id as person
      from referral.referral where state = any (${states}::text[]) order by md5(id::text || ${random.next()}::text) limit 1`)
    return open ? (moves[act] as (of: Open) => Promise<Asked>)(open) : null
  }

  const move = async (): Promise<Asked> => {
    const open = await someOpen()
    if (!open) return request()
    const name = random.chance(0.85) ? random.one(BY_STATE[open.state] ?? []) : random.one(Object.keys(moves))
    const asked = await (moves[name] as (of: Open) => Promise<Asked>)(open)
    return random.chance(0.95) ? asked : { ...asked, actor: random.one(Object.values(STAFF)) }
  }

  /** Somebody waits, for oneself or asked for by the village, at one place or at two. */
  const joinWaiting = async (actor: Actor): Promise<Asked> => {
    const { day } = await today()
    const input = {
      specialty: random.one(SPECIALTIES),
      orgs: random.chance(0.5) ? [random.one(HOSPITALS)] : HOSPITALS.slice(random.below(2), 3),
      from: day,
      until: plusDays(day, 5 + random.below(20)),
      channel: 'direct',
    }
    return actor.role === 'resident'
      ? { name: 'booking.join-waiting', actor, input: { ...input, person: actor.person } }
      : { name: 'booking.join-waiting', actor, input: { ...input, channel: 'referral', person: random.one(persons) } }
  }

  const byResident = async (): Promise<Asked> => {
    const actor = random.one(residents)
    if (random.chance(0.08)) return joinWaiting(random.chance(0.7) ? actor : STAFF.villageDoctor)
    const [booked] = await database.rows<{
      org: string
      booking: string
      state: string
    }>(sql`select org_id as org, id as booking, state from booking.booking
      where person_id = ${actor.person} and case_id = id and state in ('held', 'confirmed') order by id desc limit 1`)
    if (!booked || random.chance(0.3)) {
      const unit = await someUnit(null, null)
      return unit ? { name: 'booking.hold', actor, input: { org: unit.org, pool: unit.pool } } : publish()
    }
    const input = { org: booked.org, booking: booked.booking }
    const roll = random.next()
    if (roll < 0.5) return { name: 'booking.confirm', actor, input }
    if (roll < 0.8) return { name: 'booking.cancel', actor, input: { ...input, reason: '有事' } }
    return { name: random.one(['booking.attend', 'booking.no-show'] as const), actor: staffOf(booked.org, random), input }
  }

  const rare = async (): Promise<Asked> => {
    const person = random.one(persons)
    const [alive] = await database.rows<{ count: number }>(sql`select count(*)::int from residents.person where died_on is null`)
    // Half of the region lives on, so that there is care to be had in a long run too.
    if (random.chance(0.85) || (alive?.count ?? 0) <= persons.length / 2)
      return { name: 'referral.record-admission-elsewhere', actor: STAFF.countyWard, input: { person, reason: '急诊收住' } }
    const { day } = await today()
    return {
      name: 'residents.record-death',
      actor: random.one([STAFF.familyDoctor, STAFF.villageDoctor]),
      input: { person, diedOn: day },
    }
  }

  /** A clinic in which somebody is expected by a referral is stopped; nothing where nobody is. */
  const stopClinic = async (): Promise<Asked | null> => {
    const [expected] = await database.rows<{ org: string; pool: string }>(sql`select b.org_id as org, b.pool_id as pool
      from booking.booking b join booking.pool p on p.org_id = b.org_id and p.id = b.pool_id
      where b.case_id <> b.id and b.state in ('held', 'confirmed') and p.starts_at > platform.jieli_now() and p.stopped_at is null
      order by md5(b.id::text || ${random.next()}::text) limit 1`)
    const desk = [STAFF.countyDesk, STAFF.tcmDesk, STAFF.cityDesk].find(({ org }) => org === expected?.org)
    return expected && desk
      ? { name: 'booking.stop-clinic', actor: desk, input: { pool: expected.pool, reason: '演示停诊' } }
      : null
  }

  /** Where somebody whose clinic was stopped would go as well, there is suddenly room; nothing where nobody waits so. */
  const publishElsewhere = async (): Promise<Asked | null> => {
    const [waits] = await database.rows<{
      specialty: string
      org: string
    }>(sql`select w.specialty, org from booking.waiting w, unnest(w.org_ids) org
      where w.class = 'stopped' and w.state = 'waiting' and w.unit_kind = 'visit' and org <> w.stopped_org
      order by md5(w.id::text || org || ${random.next()}::text) limit 1`)
    const actor = [STAFF.countyDesk, STAFF.tcmDesk, STAFF.cityDesk].find(({ org }) => org === waits?.org)
    return waits && actor ? publish({ specialty: waits.specialty, actor }) : null
  }

  /** Somebody answers what was offered from the waiting list; nothing where nobody was offered anything. */
  const answerOffer = async (): Promise<Asked | null> => {
    const [offer] = await database.rows<{ org: string; booking: string; person: string }>(sql`select org_id as org, id as booking,
      person_id as person from booking.offer where outcome is null order by md5(id::text || ${random.next()}::text) limit 1`)
    const actor = offer && residents.find(({ person }) => person === offer.person)
    const name = random.chance(0.85) ? 'booking.accept-offer' : 'booking.decline-offer'
    return offer && actor ? { name, actor, input: { org: offer.org, booking: offer.booking } } : null
  }

  return async (wanted: readonly string[] = []): Promise<Asked> => {
    if (random.chance(wanted.some((event) => OF_STOPPED_CLINICS.includes(event)) ? 0.3 : 0.02)) {
      const isRoomWanted = wanted.includes(eventOf['go-with-unit']) && random.chance(0.5)
      const asked = (await answerOffer()) ?? (isRoomWanted ? await publishElsewhere() : null) ?? (await stopClinic())
      if (asked) return asked
    }
    if (wanted.length > 0 && random.chance(0.5)) {
      if (wanted.some((event) => event.startsWith('booking.vouchers-')) && random.chance(0.5)) return lend()
      const asked = await wantedMove(wanted)
      if (asked) return asked
    }
    const roll = random.next()
    if (roll < 0.08) return publish()
    if (roll < 0.12) return lend()
    if (roll < 0.3) return request()
    if (roll < 0.45) return byResident()
    return roll < 0.98 ? move() : rare()
  }
}
