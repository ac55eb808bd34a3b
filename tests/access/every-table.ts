import { paidByDisease } from './paid-by-disease.ts'
import { newId, type PersonId } from '../../src/kernel/id.ts'
import { growAuditTree } from '../../src/platform/audit-tree/index.ts'
import { asSystem } from '../../src/platform/database/as-system.ts'
import { databaseNow, sql } from '../../src/platform/database/pool.ts'
import {
  claimPersons,
  hashOf,
  indexOfResource,
  saveSourceResources,
  type Resource,
} from '../../src/modules/health-record/index.ts'
import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import { actor, PLACES } from '../harness/stage.ts'
import { PASSWORD } from './actors.ts'
import { APP } from './targets-of-apps.ts'
import type { World } from './world.ts'

const letter = { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' }

/** What the tables hold that no form of the matrix is aimed at, so that a look into any of them could show a row. */
export const fillEveryTable = async (world: World): Promise<void> => {
  const { house, stage, home } = world
  const person = await stage.person('演示更正者', '1971-02-03')
  await house.done('residents.correct', stage.villageDoctor, { person, ifVersion: 1, address: '杉荫村三组' })
  await numbered(world, person)
  await returned(world, person)
  await loaded(world, person)
  await past(world, person)
  await house.database.run(sql`insert into health_record.resource_claim values (1, 'Observation', 'probe', ${person})`)
  await house.database.run(sql`insert into booking.standing values (${person}, now()) on conflict do nothing`)
  await house.done('continuity.tick-step', stage.familyDoctor, { plan: home.plan, step: home.step, state: 'done' })
  const holder = world.actors.find(({ actor: { role } }) => role === 'insurer')
  if (holder) await house.done('security.change-password', holder.actor, { old: PASSWORD, fresh: 'another invented one' })
  await feeds(world, person)
  await house.done('health-record.see-news', actor('resident', null, '演示更正者', person))
  await house.database.run(sql`insert into navigation.treated (org_id, source, source_id, condition_key, home, on_day, cases)
    values (${PLACES.countyTcm}, 'report', 'probe', 'stroke', '430321', current_date, 3)`)
  await house.database
    .run(sql`insert into navigation.choice (org_id, id, chosen_at, county, specialty, urgency, by_role, position, offered)
    values (${PLACES.countyTcm}, ${newId()}, now(), '430321', '0304', 'routine', 'resident', 1, ${[PLACES.countyTcm]}::bigint[])`)
  await growAuditTree(house.house.database, house.house.cipher.room)
  await house.database.run(sql`insert into platform.audit_node values (24, 1, '\\x00') on conflict do nothing`)
  await house.database.run(sql`insert into navigation.treated_mark values ('referral', now(), ${newId()})`)
  await appsAllowed(world, person)
  await card(world, person)
  await bulk(world)
  await house.settle()
  await house.database
    .run(sql`insert into intake.front_page (org_id, record_no, stay_no, person_id, hash, admitted_at, discharged_at, main_code, loaded_at)
    values (${PLACES.countyTcm}, 'probe', 1, ${person}, '\\x00', now(), now(), 'I10', now())`)
  await house.done('fund.set-budget', actor('insurer', null), {
    org: PLACES.county,
    year: 2019,
    sources: { method: 'last-budget', lastFen: 100, growth: 0 },
  })
  await house.done('fund.enter-count', actor('insurer', null), {
    org: PLACES.county,
    year: 2019,
    month: 12,
    count: 'people',
    value: 1,
    evidence: '演示年报',
  })
  const contract = {
    org: PLACES.county,
    year: 2019,
    zh: '演示人群',
    priceFen: 1,
    surplusKept: 0,
    overrunBorne: 0,
    basis: '演示协议',
  }
  const heads = await house.done('fund.propose-heads', actor('insurer', null), contract)
  await house.done('fund.decide-heads', actor('insurer', null), { ...heads, decision: 'agree', why: '演示' })
  await house.done('fund.enter-heads', actor('insurer', null), {
    ...heads,
    month: 1,
    joins: 1,
    leaves: 0,
    spendFen: 0,
    evidence: '演示月报',
  })
  await house.done('recognition.propose-item', actor('health-bureau', null), {
    from: '2020-01-01',
    body: { code: 'HR-L999', zh: '演示项目', en: 'Demonstration', kind: 'lab', priceFen: 100 },
  })
  await house.done('recognition.order', stage.villageDoctor, { person, item: 'HR-L999' })
  await paid(world, person)
  await audited(world, person)
  await billSettled(world, person)
  await paidByDisease(world.house.database, PLACES.countyTcm, 'probe')
  await house.database.run(sql`insert into fund.discharge_back values (${PLACES.countyTcm}, 'probe', 'probe', null, now())`)
  await house.database.run(
    sql`insert into fund.case_fact (org_id, id, number, drg, sent_at) values (${PLACES.countyTcm}, ${newId()}, 'probe', 'GD25', now())`,
  )
  await house.database.run(sql`insert into fund.page (org_id, record, person_id, discharged_on, page, lacks, received_at)
    values (${PLACES.countyTcm}, 'probe', ${person}, current_date, '{}', array['bill'], now())`)
}

/** An item, a batch and a hit of it that nobody was told of. */
const audited = async ({ house: { database } }: World, person: PersonId): Promise<void> => {
  const hit = newId()
  await database.run(
    sql`insert into audit_rules.item values ('probe', '2020-01-01', '演示项目', null, '{}', 'probe', null, now())`,
  )
  await database.run(sql`insert into audit_rules.batch values ('probe', 'post', current_date, 1, 1, 1, 'probe', null, now())`)
  await database.run(sql`insert into audit_rules.hit (org_id, id, batch, rule, kind, clause, person_id, person_ref, amount_fen, evidence, stays, state, found_on, found_at, changed_at)
    values (${PLACES.countyTcm}, ${hit}, 'probe', 'gender', 'breach', '{}', ${person}, 'probe', 100, '{}', '[]', 'told', current_date, now(), now())`)
  await database.run(
    sql`insert into audit_rules.transfer values (${PLACES.countyTcm}, ${hit}, 'decided', array['owed:1', 'fund:recovery'], array[-100, 100], null, now())`,
  )
  await database.run(
    sql`insert into audit_rules.past_line values (${person}, ${newId()}, 1, ${PLACES.countyTcm}, current_date, 'probe', 1, 100, 100, 7)`,
  )
}

/** A settled bill with its revision, its transfer and what it adds to the year. */
const billSettled = async ({ house: { database } }: World, person: PersonId): Promise<void> => {
  const [org, id] = [PLACES.countyTcm, newId()]
  await database.run(
    sql`insert into settlement.book values ('probe', 'example', 'residents', '{}', now()) on conflict do nothing`,
  )
  await database.run(sql`insert into settlement.bill (org_id, id, person_id, bill_no, round, area, insured, care, level, day, seq, claim, settled_at)
    values (${org}, ${id}, ${person}, 'probe', 1, 'example', 'residents', 'inpatient', 'level2', current_date, 1, '{}', now())`)
  await database.run(sql`insert into settlement.revision (org_id, bill_id, no, person_id, kind, book_hash, before, result, total_fen, hospital_fen, funds, fund_fen,
      account_fen, relatives_fen, cash_fen, booked_on, made_at)
    values (${org}, ${id}, 1, ${person}, 'settled', 'probe', '{}', '{}', 100, 0, '{"basic": 60}', 60, 0, 0, 40, current_date, now())`)
  await database.run(
    sql`insert into settlement.transfer values (${org}, ${id}, 1, ${person}, array['fund:basic', 'person', 'institution'], array[-60, -40, 100], current_date)`,
  )
  await database.run(sql`insert into settlement.filing (person_id, id, kind, places, from_on, reason, filed_at)
    values (${person}, ${id}, 'long-term', array['4301'], current_date, 'probe', now())`)
  await database.run(
    sql`insert into settlement.year_entry values (${person}, ${org}, ${id}, 1, 'example', 'residents', 2020, 1, 'inpatient', 'level2', current_date, 1, 0, 100, 60, '{}')`,
  )
}

/** A bill with a line, its trade, its books and what was compared. */
const paid = async ({ house: { database } }: World, person: PersonId): Promise<void> => {
  const [org, id] = [PLACES.countyTcm, newId()]
  await database.run(sql`insert into payment.bill (org_id, id, person_id, visit_kind, state, total_fen, opened_at, changed_at)
    values (${org}, ${id}, ${person}, 'ordinary', 'settled', 100, now(), now())`)
  await database.run(sql`insert into payment.line (org_id, bill_id, no, person_id, kind, code, zh, class, price_fen, count, amount_fen)
    values (${org}, ${id}, 1, ${person}, 'drug', 'D-1', '演示药品', '01', 100, 1, 100)`)
  await database.run(sql`insert into payment.trade (org_id, step, attempt, msgid, infno, state, asked_hash, asked_at)
    values (${org}, 'probe', 1, 'probe', '6201', 'asked', '\\x00', now())`)
  await database.run(sql`insert into payment.transfer (org_id, bill_id, round, kind, person_id, accounts, fen, booked_on, booked_at)
    values (${org}, ${id}, 1, 'settle', ${person}, array['fund:390100', 'institution'], array[-100, 100], current_date, now())`)
  await database.run(sql`insert into payment.settlement (org_id, settlement_no, bill_id, round, person_id, insured_type, total_fen, fund_fen, account_fen, settled_on)
    values (${org}, 'probe', ${id}, 1, ${person}, '390', 100, 100, 0, current_date)`)
  await database.run(sql`insert into payment.filing_notice (person_id, filing_id, place, state, org_id, filed_at, changed_at, work_at)
    values (${person}, ${id}, '4301', 'to-send', ${org}, now(), now(), now())`)
  await database.run(sql`insert into payment.comparison values (${org}, current_date, 'cash', true, 0, now())`)
  await database.run(
    sql`insert into payment.ticket (org_id, id, kind, day, book, about, opened_at) values (${org}, ${newId()}, 'only-here', current_date, 'cash', 'probe', now())`,
  )
}

/** An e-health card, a code of it, a use, and an app that may show it. */
const card = async ({ house, stage, cardApp }: World, person: PersonId): Promise<void> => {
  const self = actor('resident', null, '演示更正者', person)
  await house.done('health-card.apply', self, { person })
  const { text } = await house.done('health-card.show-code', self, { person })
  await house.done('health-card.scan', stage.desk, { text, scene: 'payment' })
  await house.database.run(sql`insert into health_card.allowance values (${person}, ${cardApp}, now(), 'self')`)
  await house.database.run(sql`insert into health_card.nonce values (${cardApp}, 'probe', now())`)
}

/** An app that somebody allowed, with a token, a statement, a start and a key. */
const appsAllowed = async ({ house, actors }: World, person: PersonId): Promise<void> => {
  const account = actors[0]?.actor.account
  const id = newId()
  await house.database
    .run(sql`insert into smart.client (client_id, name_zh, name_en, kind, redirect_uris, scopes, registered_by, registered_at)
    values (${APP.id}, '演示应用', 'Probe', 'public', ${[APP.redirect]}::text[], ${APP.scopes}, ${account}, now())`)
  await house.database.run(sql`insert into smart.allowance (id, client_id, account_id, scopes, person_id, begun_at, expires_at)
    values (${id}, ${APP.id}, ${account}, ${APP.scopes}, ${person}, now(), now() + interval '1 hour')`)
  await house.database.run(
    sql`insert into smart.token values (${Buffer.alloc(32)}, ${id}, 'access', ${APP.scopes}, now(), now() + interval '1 hour')`,
  )
  await house.database.run(sql`insert into smart.assertion values (${APP.id}, 'one', now() + interval '1 hour')`)
  await house.database.run(
    sql`insert into smart.launch values (${newId()}, ${APP.id}, ${account}, ${person}, now() + interval '1 hour')`,
  )
  await house.database.run(
    sql`insert into smart.signing_key values ('probe', '{}', ${Buffer.alloc(1)}, ${Buffer.alloc(1)}, now())`,
  )
}

/** Somebody registered twice, once with a number, and told to be one. */
const numbered = async ({ house, stage }: World, into: PersonId): Promise<void> => {
  const seventeen = '99010119710203123'
  const identifier = { type: '01', number: seventeen + checkCharacter(seventeen) }
  const { person } = await house.done('residents.register', stage.villageDoctor, {
    name: { zh: '演示更正者' },
    sex: 'male',
    identifier,
  })
  await house.done('residents.link', actor('health-bureau', null), { person, into, reason: '同一人,登记了两次', seen: '01' })
}

const returned = async ({ house, stage }: World, person: PersonId): Promise<void> => {
  const { referral } = await house.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.countyTcm,
    specialty: '0304',
    condition: { key: 'I10', zh: '高血压' },
    letter,
    consent: { by: 'patient' },
  })
  await house.done('referral.reject', stage.tcmDesk, { referral, why: 'no-capacity', wayOn: '请先在乡镇复测' })
}

/** A hospital's own system that skipped a number and contradicts itself; a visit that was missed, and what came of it. */
const feeds = async ({ house, stage, booking }: World, person: PersonId): Promise<void> => {
  const message = (seq: number, free: number) => ({
    seq,
    at: '2026-12-01T08:00:00+08:00',
    entries: [{ kind: 'bed', ref: 'W1', free, used: 0, capacity: free }],
  })
  const feed = { source: 'his', messages: [message(1, 1), message(3, 1), message(3, 2)] }
  await house.done('booking.feed-occupancy', stage.tcmDesk, feed)
  const { pool } = await stage.slot(stage.tcmDesk, { daysAhead: 5, time: '16:00' })
  await house.done('booking.map-feed-ref', stage.tcmDesk, { source: 'his', kind: 'bed', ref: 'W1', pool })
  await house.database.run(sql`insert into booking.missed (person_id, booking_id, org_id, missed_at)
    values (${person}, ${newId()}, ${booking.org}, now())`)
  await house.database.run(sql`insert into booking.standing values (${person}, now()) on conflict do nothing`)
}

/** A booking that ended and has moved to the past. */
const past = async ({ house, stage }: World, person: PersonId): Promise<void> => {
  const resident = actor('resident', null, '演示更正者', person)
  const { org, booking } = await house.done(
    'booking.hold',
    resident,
    await stage.slot(stage.desk, { daysAhead: 5, time: '15:00' }),
  )
  await house.done('booking.cancel', resident, { org, booking, reason: '临时有事' })
  await asSystem(house.house.database).run(sql`select booking.keep_past(${org}, platform.jieli_now() + interval '1 day', 1000)`)
}

/** What a hospital's system brought in, and then once more with another text. */
const loaded = async ({ house }: World, person: PersonId): Promise<void> => {
  const at = await databaseNow(house.database)
  const id = newId()
  for (const text of ['高血压', '高血压 2 级']) {
    const whole = {
      resourceType: 'Condition',
      id,
      subject: { reference: `Patient/${person}` },
      code: { text },
    } as unknown as Resource
    const body = JSON.stringify(whole)
    const index = indexOfResource(whole, house.house.zone)
    const row = { person, id, type: whole.resourceType, sourceId: id, body, hash: hashOf(body), index }
    await house.database.transaction((tx) => saveSourceResources(tx, 'test', [row], at))
  }
  await house.database.transaction((tx) => claimPersons(tx, 'test', [{ sourceId: newId(), person }]))
}

/** An export that waits for a second person, with a part of a file; a subscription and what it is still to be told. */
const bulk = async ({ house }: World): Promise<void> => {
  const [org, job, account] = [PLACES.countyTcm, newId(), newId()]
  await house.database
    .run(sql`insert into health_record.bulk_job (org_id, id, kind, state, account_id, caller, request, input, cursor, wrapped_key, asked_at, expires_at)
    values (${org}, ${job}, 'export', 'awaiting-approval', ${account}, '{}', 'probe', '{}', '{}', '\\x00', now(), now() + interval '1 day')`)
  await house.database
    .run(sql`insert into health_record.subscription (org_id, fhir_id, account_id, caller, type, criteria, channel, state)
    values (${org}, 'probe', ${account}, '{}', 'Observation', 'Observation?', '{}', 'off')`)
  await house.database.run(sql`insert into health_record.notification (org_id, fhir_id, event_id, resource_id, due_at)
    values (${org}, 'probe', ${newId()}, 'probe', now())`)
  await house.database.run(sql`insert into health_record.reindex (definition, begun_at) values ('probe', now())`)
  await house.database.run(
    sql`insert into health_record.bulk_part values (${org}, ${job}, 1, 'output', 'Patient', 1, 1, '\\x00')`,
  )
}
