import type { Instant } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused, type Act } from '../../platform/forms/form.ts'
import { giveToCase, moveUnit, prolongHold, saveUnit } from '../booking/index.ts'
import { makePackage } from '../health-record/index.ts'
import { institutionsOf, type Institution } from '../organisations/index.ts'
import { letterOf } from './fhir.ts'
import { lifecycle } from './lifecycle.ts'
import type { Referral, ReferralId, RejectReason, Task } from './referral.ts'
import { holderOf, type Change } from './step.ts'

/** All columns of a referral `r`, named as its fields. */
export const columns = sql`r.org_id as org, r.id, r.slip_no as "slipNo", r.version, r.direction, r.urgency, r.state, r.state_since as "stateSince",
  r.wait_until as "waitUntil", r.escalations, r.person_id as person, r.sender_account as "senderAccount", r.sender_name as "senderName",
  r.receiver_org as receiver, r.specialty, r.care_org as "careOrg", r.supervisors::text[] as supervisors, r.condition_key as condition,
  r.condition_words as "conditionWords", r.letter, r.consent, r.consent_refusal as "consentRefusal", r.booking_org as "bookingOrg", r.booking_id as "bookingId",
  r.appointment_at as "appointmentAt", r.appointment_ends_at as "appointmentEndsAt", r.time_lost_at as "timeLostAt", r.queue, r.package_id as "packageId", r.returned,
  r.follow_up as "followUp", r.completed_at as "completedAt", r.ended_why as "endedWhy", r.opened_at as "openedAt", r.rulebook_hash as "rulebookHash"`

/** A referral by its id alone: the one look-up that asks every group. */
export const findReferral = (db: Queryable, id: ReferralId): Promise<Referral | null> =>
  db.row<Referral>(sql`select ${columns} from referral.referral r where r.id = ${id}`)

export const findBySlip = (db: Queryable, slipNo: string): Promise<Referral | null> =>
  db.row<Referral>(sql`select ${columns} from referral.referral r where r.slip_no = ${slipNo}`)

export const lockReferral = async (tx: Tx, id: ReferralId): Promise<Referral | null> => {
  const key = await tx.row<{ org: OrgId }>(sql`select org_id as org from referral.referral where id = ${id}`)
  return key && tx.row<Referral>(sql`select ${columns} from referral.referral r where r.org_id = ${key.org} and r.id = ${id} for update`)
}

/**
 * Open referrals of a person under all the ids that were linked into one, newest first, of one condition or of all. Of a case
 * that the actor is no party to, the letter, consent and answer are left out.
 */
export const openOf = (db: Queryable, persons: readonly PersonId[], condition: string | null = null): Promise<Referral[]> =>
  db.rows<Referral>(sql`select ${columns} from referral.open_cases(${persons}::bigint[], ${condition}) r order by r.opened_at desc`)

/** Every referral of a person that has not ended, locked. */
export const lockOpenOf = (tx: Tx, persons: readonly PersonId[]): Promise<Referral[]> =>
  tx.rows<Referral>(sql`select ${columns} from referral.referral r where r.person_id = any(${persons}::bigint[])
    and r.state <> all(${ENDS}) order by r.opened_at for update`)

const ENDS = Object.entries(lifecycle.states).flatMap(([state, { end }]) => (end ? [state] : []))

/** Referrals of a person, newest first. */
export const referralsOf = (db: Queryable, persons: readonly PersonId[], limit: number): Promise<Referral[]> =>
  db.rows<Referral>(sql`select ${columns} from referral.referral r where r.person_id = any(${persons}::bigint[]) and r.state <> 'draft'
    order by r.opened_at desc limit ${limit}`)

/**
 * Writes what a decision changed, as keyed steps: the unit at the receiver, the person's claim, the record package, the
 * case, the parties' rows, the family doctor's tasks. One transaction: all of it, or nothing.
 */
export const saveChange = async (tx: Tx, change: Change, act: Act): Promise<void> => {
  const { before } = change
  let { after } = change
  const [places] = await Promise.all([
    change.sealsPackage ? institutionsOf(tx, [after.org, after.receiver]) : [],
    keepGuard(tx, before, after),
  ])
  for (const { booking, state } of change.move ?? []) await moveUnit(tx, booking, state, act.now, state === 'cancelled' ? 'referral' : null)
  if (change.takes) await giveToCase(tx, change.takes, after)
  if (change.prolongs) await prolongHold(tx, change.prolongs.booking, change.prolongs.until)
  if (change.draw) await saveUnit(tx, change.draw)
  if (change.sealsPackage) after = { ...after, packageId: await seal(tx, change, places, act) }
  await Promise.all([before ? updateReferral(tx, before, after) : insertReferral(tx, after), saveParties(tx, before, after)])
  for (const task of change.opensTasks ?? []) await insertTask(tx, task)
  for (const kind of change.endsTasks ?? []) await endTask(tx, after, kind, act)
  if (change.returnedFor) await insertReturnReason(tx, after, change.returnedFor, act)
  if (!isOpen(after)) await dropGuard(tx, after, act)
}

const insertReturnReason = (tx: Tx, { receiver, id, org }: Referral, why: RejectReason, act: Act): Promise<number> =>
  tx.run(sql`insert into referral.return_reason (org_id, at, referral_id, case_org, why) values (${receiver}, ${act.now}, ${id}, ${org}, ${why})`)

const isOpen = (referral: Referral): boolean => !ENDS.includes(referral.state)

const seal = async (tx: Tx, { after: referral, known }: Change, places: readonly Institution[], act: Act): Promise<string> => {
  const nameOf = (org: OrgId): Name => places.find((place) => place.id === org)?.name ?? { zh: '' }
  const made = await makePackage(tx, { person: referral.person, known, caseId: referral.id, letter: letterOf(referral, nameOf), act })
  return made.id
}

/** Whether a case began as accepted: an emergency, or a green channel, of which nobody asks papers first. */
const isRescue = ({ urgency, state }: Referral): boolean => urgency === 'emergency' || (urgency === 'green-channel' && state === 'accepted')

// A rescue never waits for paperwork: it takes the guard over, and the referral that had it ends by itself.
const takeGuard = async (tx: Tx, referral: Referral): Promise<void> => {
  const { person, condition, org, id } = referral
  const taken = await tx.run(
    isRescue(referral)
      ? sql`insert into referral.open_guard values (${person}, ${condition}, ${org}, ${id})
          on conflict (person_id, condition_key) do update set case_org = excluded.case_org, referral_id = excluded.referral_id`
      : sql`insert into referral.open_guard values (${person}, ${condition}, ${org}, ${id}) on conflict do nothing`,
  )
  if (taken === 1) return
  const [open] = await openOf(tx, [person], condition)
  const words = open ? lifecycle.states[open.state].words : { zh: '进行中', en: 'open' }
  throw new Refused('referral.open-already', { slip: open?.slipNo ?? '', state: words.zh, state_en: words.en })
}

// The guard is taken when a case begins, and again when a draft turns out to be about another condition.
const keepGuard = async (tx: Tx, before: Referral | null, after: Referral): Promise<void> => {
  if (before && before.condition === after.condition) return
  if (before) await deleteGuard(tx, before)
  await takeGuard(tx, after)
}

const deleteGuard = (tx: Tx, { person, condition, id }: Referral): Promise<number> =>
  tx.run(sql`delete from referral.open_guard where person_id = ${person} and condition_key = ${condition} and referral_id = ${id}`)

// An emergency may have taken the guard over from a case whose patient had arrived already: it gets the guard back.
const dropGuard = async (tx: Tx, referral: Referral, act: Act): Promise<void> => {
  const dropped = await deleteGuard(tx, referral)
  if (dropped > 0) await tx.run(sql`select referral.return_guard(${referral.person}, ${referral.condition}, ${referral.id}, ${ENDS}::text[])`)
  await tx.run(sql`update referral.task set done_at = ${act.now}, note = coalesce(note, ${`case ${referral.state}`})
    where referral_id = ${referral.id} and done_at is null and kind <> 'consent' and ${referral.state} <> 'closed'`)
}

const json = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value))

const insertReferral = (tx: Tx, r: Referral): Promise<number> =>
  tx.run(sql`insert into referral.referral (org_id, id, slip_no, version, direction, urgency, state, state_since, wait_until, escalations, person_id,
      sender_account, sender_name, receiver_org, specialty, care_org, supervisors, condition_key, condition_words, letter, consent, booking_org,
      booking_id, appointment_at, appointment_ends_at, queue, package_id, returned, follow_up, completed_at, ended_why, opened_at, rulebook_hash, consent_refusal, time_lost_at)
    values (${r.org}, ${r.id}, ${r.slipNo}, ${r.version}, ${r.direction}, ${r.urgency}, ${r.state}, ${r.stateSince}, ${r.waitUntil}, ${r.escalations},
      ${r.person}, ${r.senderAccount}, ${json(r.senderName)}, ${r.receiver}, ${r.specialty}, ${r.careOrg}, ${r.supervisors}::bigint[], ${r.condition},
      ${json(r.conditionWords)}, ${json(r.letter)}, ${json(r.consent)}, ${r.bookingOrg}, ${r.bookingId}, ${r.appointmentAt}, ${r.appointmentEndsAt},
      ${r.queue}, ${r.packageId}, ${json(r.returned)}, ${json(r.followUp)}, ${r.completedAt}, ${r.endedWhy}, ${r.openedAt}, ${r.rulebookHash}, ${json(r.consentRefusal)}, ${r.timeLostAt})`)

const updateReferral = async (tx: Tx, before: Referral, r: Referral): Promise<void> => {
  const written = await tx.run(sql`update referral.referral set version = ${r.version}, direction = ${r.direction}, urgency = ${r.urgency}, state = ${r.state},
      state_since = ${r.stateSince}, wait_until = ${r.waitUntil}, escalations = ${r.escalations}, receiver_org = ${r.receiver}, specialty = ${r.specialty},
      care_org = ${r.careOrg}, supervisors = ${r.supervisors}::bigint[], condition_key = ${r.condition}, condition_words = ${json(r.conditionWords)},
      letter = ${json(r.letter)}, consent = ${json(r.consent)}, booking_org = ${r.bookingOrg}, booking_id = ${r.bookingId},
      appointment_at = ${r.appointmentAt}, appointment_ends_at = ${r.appointmentEndsAt}, queue = ${r.queue}, package_id = ${r.packageId},
      returned = ${json(r.returned)}, follow_up = ${json(r.followUp)}, completed_at = ${r.completedAt}, ended_why = ${r.endedWhy}, consent_refusal = ${json(r.consentRefusal)},
      time_lost_at = ${r.timeLostAt}
    where org_id = ${r.org} and id = ${r.id} and version = ${before.version}`)
  if (written === 0) throw new Refused('platform.busy')
}

type PartyRow = { readonly org: OrgId; readonly side: 'sender' | 'receiver' | 'care-team' | 'supervisor' }

const partyRows = (r: Referral): PartyRow[] => {
  const sender: PartyRow = { org: r.org, side: 'sender' }
  const care: PartyRow[] = r.careOrg ? [{ org: r.careOrg, side: 'care-team' }] : []
  if (r.state === 'draft') return [sender]
  if (r.state === 'not-agreed') return [sender, ...care]
  return [
    sender,
    { org: r.receiver, side: 'receiver' },
    ...care,
    ...r.supervisors.map((org) => ({ org, side: 'supervisor' as const })),
  ]
}

// Each party reads its own worklist from its own rows: they are written together with the case.
const saveParties = async (tx: Tx, before: Referral | null, after: Referral): Promise<void> => {
  const rows = partyRows(after)
  const ended = isOpen(after) ? null : after.stateSince
  const sideOfHolder = lifecycle.states[after.state].holder
  await tx.run(sql`insert into referral.party (org_id, referral_id, side, case_org, person_id, state, holder, urgency, direction, wait_until, escalations,
      appointment_at, opened_at, state_since, ended_at)
    select row.org, ${after.id}, row.side, ${after.org}, ${after.person}, ${after.state}, row.org = ${holderOf(after)}::bigint and row.side = ${sideOfHolder},
      ${after.urgency}, ${after.direction}, ${after.waitUntil}, ${after.escalations}, ${after.appointmentAt}, ${after.openedAt}, ${after.stateSince}, ${ended}
    from unnest(${rows.map((row) => row.org)}::bigint[], ${rows.map((row) => row.side)}::text[]) as row (org, side)
    on conflict (org_id, referral_id, side) do update set state = excluded.state, holder = excluded.holder, urgency = excluded.urgency,
      direction = excluded.direction, wait_until = excluded.wait_until, escalations = excluded.escalations, appointment_at = excluded.appointment_at,
      state_since = excluded.state_since, ended_at = excluded.ended_at`)
  const kept = new Set(rows.map((row) => `${row.org} ${row.side}`))
  const gone = before ? partyRows(before).filter((row) => !kept.has(`${row.org} ${row.side}`)) : []
  for (const row of gone)
    await tx.run(sql`update referral.party set ended_at = ${after.stateSince}, holder = false where org_id = ${row.org} and referral_id = ${after.id} and side = ${row.side}`)
}

const taskColumns = sql`t.org_id as org, t.id, t.kind, t.referral_id as referral, t.case_org as "caseOrg", t.person_id as person,
  t.opened_at as "openedAt", t.due_at as "dueAt", t.done_at as "doneAt"`

const insertTask = (tx: Tx, task: Task): Promise<number> =>
  tx.run(sql`insert into referral.task (org_id, id, kind, referral_id, case_org, person_id, opened_at, due_at)
    values (${task.org}, ${task.id}, ${task.kind}, ${task.referral}, ${task.caseOrg}, ${task.person}, ${task.openedAt}, ${task.dueAt})`)

const endTask = (tx: Tx, referral: Referral, kind: Task['kind'], act: Act): Promise<number> =>
  tx.run(sql`update referral.task set done_at = ${act.now}, done_by = ${json(act.actor.name)}
    where referral_id = ${referral.id} and kind = ${kind} and done_at is null`)

export const lockTask = (tx: Tx, id: string): Promise<Task | null> => tx.row<Task>(sql`select ${taskColumns} from referral.task t where t.id = ${id} for update`)

export const saveTaskDone = (tx: Tx, task: Task, note: string, act: Act): Promise<number> =>
  tx.run(sql`update referral.task set done_at = ${act.now}, done_by = ${json(act.actor.name)}, note = ${note} where org_id = ${task.org} and id = ${task.id}`)

export const saveTaskTold = (tx: Tx, task: Task, at: Instant): Promise<number> =>
  tx.run(sql`update referral.task set overdue_told_at = ${at} where org_id = ${task.org} and id = ${task.id}`)

/** Several referrals by their whole keys. */
export const findReferrals = async (db: Queryable, keys: readonly { org: OrgId; id: ReferralId }[]): Promise<Map<ReferralId, Referral>> => {
  const rows = await db.rows<Referral>(sql`select ${columns} from referral.referral r
    join unnest(${keys.map((key) => key.org)}::bigint[], ${keys.map((key) => key.id)}::uuid[]) as wanted (org, id) on r.org_id = wanted.org and r.id = wanted.id`)
  return new Map(rows.map((row) => [row.id, row]))
}
