import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type AccountId, type OrgId, type PersonId } from '../../kernel/id.ts'
import type { Actor, Role } from '../../platform/access.ts'
import { beginAct } from '../../platform/forms/run.ts'
import { sql, type Database } from '../../platform/database/pool.ts'
import { randomFrom } from '../../../sim/residents/random.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { BASES, CONSENT_PURPOSES, PURPOSES } from './record-access.ts'
import { lawfulBasis, type AccessFacts, type Duty } from './rules/lawful-basis.ts'
import { openRecord } from './store.ts'

const CASES = 500
const ORG = '600001' as OrgId
const OTHER = '600002' as OrgId
const ROLES: readonly Role[] = [
  'resident',
  'village-doctor',
  'family-doctor',
  'referral-desk',
  'ward',
  'consortium-manager',
  'insurer',
  'health-bureau',
  'administrator',
  'system',
]
const DUTIES: readonly Duty[] = [
  { purpose: 'public-health', roles: ['health-bureau'], kinds: ['Condition', 'Observation', 'DiagnosticReport', 'Immunization'] },
]

type Random = ReturnType<typeof randomFrom>
const kindsOf = (random: Random): readonly string[] | null => (random.chance(0.5) ? null : ['Condition'])

/** Everything that could be so of one actor and one person; each by itself, so that each is met with and without the others. */
const anyFacts = (random: Random): AccessFacts => {
  const role = random.pick(ROLES)
  const isResident = role === 'resident'
  return {
    role,
    hasOrg: !isResident && random.chance(0.9),
    purpose: random.pick(PURPOSES),
    isSelf: isResident && random.chance(0.4),
    represents: isResident && random.chance(0.5),
    isCareTeam: random.chance(0.15),
    hasEncounter: random.chance(0.15),
    hasReferral: random.chance(0.15),
    hasBooking: random.chance(0.15),
    consents: random.chance(0.5)
      ? [{ purpose: random.pick(CONSENT_PURPOSES), toOwn: random.chance(0.7), toAnyone: false, kinds: kindsOf(random) }].map(
          (one) => (one.purpose === 'treatment' && !one.toOwn ? { ...one, toAnyone: random.chance(0.5) } : one),
        )
      : [],
    hasEmergency: random.chance(0.3),
    duties: DUTIES,
  }
}

/** Puts a person into the tables for whom exactly these facts hold, with near misses beside them. */
const settle = async (db: Database, facts: AccessFacts, actor: Actor, random: Random): Promise<PersonId> => {
  const care = facts.isCareTeam && facts.hasOrg ? ORG : OTHER
  const inserted = await db.row<{
    id: PersonId
  }>(sql`insert into residents.person (zh, pinyin, initials, sex, born_on, care_org_id, created_at, synthetic)
    values ('演示', 'yanshi', 'ys', 'female', '2020-01-01', ${care}, now(), true) returning person_id as id`)
  const person = facts.isSelf ? (actor.person as PersonId) : (inserted as { id: PersonId }).id
  await ties(db, facts, person)
  for (const { purpose, toOwn, toAnyone, kinds } of facts.consents)
    await db.run(sql`insert into record_access.consent (person_id, id, purpose, to_org, kinds, shown, given_by, given_at, from_at, until_at)
      values (${person}, ${newId()}, ${purpose}, ${toAnyone ? null : toOwn ? ORG : OTHER}, ${kinds}, '{}', 'self', now(), now() - interval '1 minute', now() + interval '1 day')`)
  // Ended, withdrawn or not begun: none of these may count.
  await db.run(sql`insert into record_access.consent (person_id, id, purpose, to_org, kinds, shown, given_by, given_at, from_at, until_at, withdrawn_at)
    values (${person}, ${newId()}, 'treatment', ${ORG}, null, '{}', 'self', now(), now() - interval '2 day', now() - interval '1 day', null),
      (${person}, ${newId()}, 'treatment', ${ORG}, null, '{}', 'self', now(), now() - interval '1 minute', now() + interval '1 day', now()),
      (${person}, ${newId()}, 'treatment', ${ORG}, null, '{}', 'self', now(), now() + interval '1 day', now() + interval '2 day', null)`)
  const account = facts.hasEmergency ? actor.account : newId()
  await db.run(sql`insert into record_access.emergency (person_id, id, account_id, account_name, role, org_id, reason, note, opened_at, until_at, review_by_on)
    values (${person}, ${newId()}, ${account}, '演示', 'ward', ${ORG}, 'unconscious', '', now() - interval '1 hour', now() + interval '1 hour', '2026-11-25'),
      (${person}, ${newId()}, ${actor.account}, '演示', 'ward', ${ORG}, 'unconscious', '', now() - interval '3 hour', now() - interval '1 hour', '2026-11-25')`)
  if (actor.person && !facts.isSelf)
    await db.run(sql`insert into record_access.representative (person_id, id, by_person_id, kind, document, from_on, until_on, registered_at)
      values (${person}, ${newId()}, ${actor.person}, ${random.pick(['guardian', 'proxy'])}, '出生医学证明', '2020-01-01',
        ${facts.represents ? null : '2020-12-31'}, now())`)
  return person
}

const ties = async (db: Database, facts: AccessFacts, person: PersonId): Promise<void> => {
  // An encounter of long ago, a draft, and a booking of another place do not count.
  const old = !facts.hasEncounter
  await db.run(sql`insert into health_record.resource (person_id, id, version, type, body, effective_at, status, source, hash, recorded_at)
    values (${person}, ${newId()}, 1, 'Encounter', ${JSON.stringify({ resourceType: 'Encounter', serviceProvider: { reference: `Organization/${ORG}` } })},
      now() - ${old ? 90 : 2} * interval '1 day', 'finished', 'test', '', now())`)
  const referral = newId()
  const state = facts.hasReferral ? 'submitted' : 'draft'
  await db.run(sql`insert into referral.referral (org_id, id, slip_no, version, direction, urgency, state, state_since, person_id, sender_name, receiver_org, specialty,
      condition_key, condition_words, letter, opened_at, rulebook_hash)
    values (${OTHER}, ${referral}, '1', 1, 'up', 'ordinary', ${state}, now(), ${person}, '{}', ${ORG}, '0304', 'x', '{}', '{}', now(), 'x')`)
  await db.run(sql`insert into referral.party (org_id, referral_id, side, case_org, person_id, state, holder, urgency, direction, escalations, opened_at, state_since)
    values (${ORG}, ${referral}, 'receiver', ${OTHER}, ${person}, ${state}, true, 'ordinary', 'up', 0, now(), now())`)
  const at = facts.hasBooking ? ORG : OTHER
  const booking = newId()
  await db.run(sql`insert into booking.booking (org_id, id, pool_id, person_id, share, state, made_at, changed_at)
    select ${at}, ${booking}, p.id, ${person}, 'open', 'confirmed', now(), now() from booking.pool p where p.org_id = ${at} limit 1`)
  await db.run(
    sql`insert into booking.person_claim (person_id, starts_at, org_id, booking_id) values (${person}, now() + interval '1 day', ${at}, ${booking}) on conflict do nothing`,
  )
}

const pools = async ({ database }: TestHouse): Promise<void> => {
  for (const org of [ORG, OTHER])
    await database.run(sql`insert into booking.pool (org_id, id, unit_kind, kind, specialty, capacity, reserved, emergency, starts_at, ends_at, release_at)
      values (${org}, ${newId()}, 'visit', 'ordinary', '0304', 1000, 0, 0, now() + interval '1 day', now() + interval '25 hour', now())`)
}

test('the database decides as the rule does, over random facts', async (t) => {
  const house = await testHouse(t)
  await pools(house)
  const random = randomFrom('lawful basis')
  const met = new Map<string, number>()
  for (let at = 0; at < CASES; at += 1) {
    const facts = anyFacts(random)
    const self = await house.database.row<{
      id: PersonId
    }>(sql`insert into residents.person (zh, pinyin, initials, sex, care_org_id, created_at, synthetic)
      values ('演示', 'yanshi', 'ys', 'female', ${OTHER}, now(), true) returning person_id as id`)
    const actor: Actor = {
      account: newId<AccountId>(),
      role: facts.role,
      org: facts.hasOrg ? ORG : null,
      person: facts.role === 'resident' ? (self as { id: PersonId }).id : null,
      name: { zh: '演示' },
    }
    const person = await settle(house.database, facts, actor, random)
    const opened = await house.house.database.transaction(async (tx) => {
      await beginAct(house.house, tx, { actor, request: 'test' })
      return openRecord(tx, [person], facts.purpose)
    })
    const told = opened.find((one) => one.person === person) ?? null
    const ruled = lawfulBasis(facts)
    assert.deepEqual(told && { basis: told.basis, kinds: told.kinds }, ruled, `case ${at}: ${JSON.stringify(facts)}`)
    met.set(ruled?.basis ?? 'none', (met.get(ruled?.basis ?? 'none') ?? 0) + 1)
  }
  t.diagnostic(JSON.stringify(Object.fromEntries(met)))
  assert.deepEqual(
    [...BASES, 'none'].filter((one) => one !== 'custodian' && !met.has(one)),
    [],
    'a basis that the cases never met',
  )
})
