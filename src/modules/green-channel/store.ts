import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { REGION } from '../../platform/register.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused, type Act } from '../../platform/forms/form.ts'
import { CHANNEL_SHAPES } from './channels.ts'
import type { Channel, GreenCase, GreenCaseId, GreenNode, Stamp } from './green-channel.ts'
import type { CentreBody } from './registers.ts'
import { writtenMoment } from './rules/written-moment.ts'

const columns = sql`c.org_id as org, c.id, c.version, c.channel, c.person_id as person, c.referral_id as referral, c.receiver_org as receiver,
  c.care_org as "careOrg", c.supervisors::text[] as supervisors, c.state, c.outcome, c.end_reason as "endReason", c.onset, c.vitals, c.ecg, c.choice,
  c.told, c.earlier_id as earlier, c.onward_id as onward, c.started_at as "startedAt", c.recorded_at as "recordedAt",
  c.is_late_entry as "isLateEntry", c.ended_at as "endedAt"`

/** A case by its id alone: the look-up that asks every group. */
export const findCase = (db: Queryable, id: string): Promise<GreenCase | null> =>
  db.row<GreenCase>(sql`select ${columns} from green_channel.green_case c where c.id = ${id}`)

export const findCaseOfReferral = (db: Queryable, referral: string): Promise<GreenCase | null> =>
  db.row<GreenCase>(sql`select ${columns} from green_channel.green_case c where c.referral_id = ${referral}`)

export const lockCase = async (tx: Tx, id: string): Promise<GreenCase | null> => {
  const key = await tx.row<{ org: OrgId }>(sql`select org_id as org from green_channel.green_case where id = ${id}`)
  return (
    key &&
    tx.row<GreenCase>(
      sql`select ${columns} from green_channel.green_case c where c.org_id = ${key.org} and c.id = ${id} for update`,
    )
  )
}

export const lockCaseOfReferral = async (tx: Tx, referral: string): Promise<GreenCase | null> => {
  const found = await findCaseOfReferral(tx, referral)
  return found && lockCase(tx, found.id)
}

type CaseKey = Pick<GreenCase, 'org' | 'id'>
export type StampOfCase = Stamp & { readonly case: GreenCaseId }

/** Every entry of some cases, the newest of each node last. */
export const stampsOf = (db: Queryable, keys: readonly CaseKey[]): Promise<StampOfCase[]> =>
  db.rows<StampOfCase>(sql`select s.case_id as case, s.node, s.seq, s.at, s.recorded_at as "recordedAt", s.by_name as by, s.by_org as org, s.reason
    from green_channel.stamp s join unnest(${keys.map(({ org }) => org)}::bigint[], ${keys.map(({ id }) => id)}::uuid[]) as k (org, id)
      on s.org_id = k.org and s.case_id = k.id order by s.case_id, s.node, s.seq`)

/** Open cases of an institution on either side, newest first. */
export const openOf = (db: Queryable, org: OrgId): Promise<GreenCase[]> =>
  db.rows<GreenCase>(sql`select ${columns} from (select distinct case_org, case_id from green_channel.party where org_id = ${org} and ended_at is null) p
    join green_channel.green_case c on c.org_id = p.case_org and c.id = p.case_id order by c.started_at desc`)

/** Ended and open cases that an institution received in a span of time. */
export const receivedBetween = (
  db: Queryable,
  org: OrgId,
  channel: Channel,
  from: Instant,
  until: Instant,
): Promise<GreenCase[]> =>
  db.rows<GreenCase>(sql`select ${columns} from green_channel.party p join green_channel.green_case c on c.org_id = p.case_org and c.id = p.case_id
    where p.org_id = ${org} and p.side = 'receiver' and p.channel = ${channel} and p.started_at >= ${from} and p.started_at < ${until}`)

/** The open case of a person in a channel, under any of the person's ids. */
export const findOpen = (
  db: Queryable,
  persons: readonly PersonId[],
  channel: Channel,
): Promise<{ case: GreenCaseId; since: Instant } | null> =>
  db.row(
    sql`select case_id as case, since from green_channel.open_guard where person_id = any(${persons}::bigint[]) and channel = ${channel} limit 1`,
  )

/** Certificates of a channel that are in force on a day. */
export const centresOn = (db: Queryable, channel: Channel, day: Day): Promise<CentreBody[]> =>
  db
    .rows<{ body: CentreBody }>(
      sql`select body from platform.register_entry where org_id = ${REGION} and kind = 'green-channel.centre' and state = 'in-force'
        and body->>'channel' = ${channel} and from_on <= ${day} and (until_on is null or until_on > ${day})`,
    )
    .then((rows) => rows.map(({ body }) => body))

/** What one act writes: the case, new moments, and what it was before. */
export type GreenChange = {
  readonly before: GreenCase | null
  readonly after: GreenCase
  readonly stamps: readonly Stamp[]
  readonly onwardReferral?: string
}

export const saveGreen = async (tx: Tx, { before, after, stamps, onwardReferral }: GreenChange, act: Act): Promise<void> => {
  if (before) await updateCase(tx, before, after, onwardReferral ?? null)
  else await insertCase(tx, after, act)
  for (const stamp of stamps)
    await tx.run(sql`insert into green_channel.stamp (org_id, case_id, node, seq, at, recorded_at, by_name, by_org, reason)
      values (${after.org}, ${after.id}, ${stamp.node}, ${stamp.seq}, ${stamp.at}, ${stamp.recordedAt}, ${JSON.stringify(stamp.by)}, ${stamp.org}, ${stamp.reason})`)
}

const insertCase = async (tx: Tx, c: GreenCase, act: Act): Promise<void> => {
  await takeGuard(tx, c, act)
  await tx.run(sql`insert into green_channel.green_case (org_id, id, version, channel, person_id, referral_id, receiver_org, care_org, supervisors, state, outcome,
      end_reason, onset, vitals, ecg, choice, told, earlier_id, onward_id, started_at, recorded_at, is_late_entry, ended_at)
    values (${c.org}, ${c.id}, ${c.version}, ${c.channel}, ${c.person}, ${c.referral}, ${c.receiver}, ${c.careOrg}, ${c.supervisors}::bigint[], ${c.state},
      ${c.outcome}, ${c.endReason}, ${JSON.stringify(c.onset)}, ${JSON.stringify(c.vitals)}, ${c.ecg && JSON.stringify(c.ecg)}, ${JSON.stringify(c.choice)},
      ${JSON.stringify(c.told)}, ${c.earlier}, ${c.onward}, ${c.startedAt}, ${c.recordedAt}, ${c.isLateEntry}, ${c.endedAt})`)
  await tx.run(sql`insert into green_channel.party (org_id, case_id, side, case_org, channel, started_at)
    values (${c.org}, ${c.id}, 'sender', ${c.org}, ${c.channel}, ${c.startedAt}), (${c.receiver}, ${c.id}, 'receiver', ${c.org}, ${c.channel}, ${c.startedAt})`)
}

// A transfer onward takes the guard over from the case that it continues.
const takeGuard = async (tx: Tx, c: GreenCase, act: Act): Promise<void> => {
  const taken =
    await tx.run(sql`insert into green_channel.open_guard values (${c.person}, ${c.channel}, ${c.org}, ${c.id}, ${c.startedAt})
    on conflict (person_id, channel) do update set case_org = excluded.case_org, case_id = excluded.case_id
      where open_guard.case_id = ${c.earlier}::uuid`)
  if (taken === 1) return
  const open = await findOpen(tx, [c.person], c.channel)
  const { zh, en } = CHANNEL_SHAPES[c.channel].words
  throw new Refused('green-channel.open-already', {
    channel: zh,
    channel_en: en,
    since: open ? writtenMoment(open.since, act.zone) : '',
  })
}

const updateCase = async (tx: Tx, before: GreenCase, c: GreenCase, onwardReferral: string | null): Promise<void> => {
  const written =
    await tx.run(sql`update green_channel.green_case set version = ${c.version}, state = ${c.state}, outcome = ${c.outcome},
      end_reason = ${c.endReason}, supervisors = ${c.supervisors}::bigint[], told = ${JSON.stringify(c.told)}, onward_id = ${c.onward},
      onward_referral = coalesce(${onwardReferral}::uuid, onward_referral), ended_at = ${c.endedAt}
    where org_id = ${c.org} and id = ${c.id} and version = ${before.version}`)
  if (written === 0) throw new Refused('platform.busy')
  if (c.state === 'open' || before.state === 'ended') return
  await tx.run(
    sql`update green_channel.party set ended_at = ${c.endedAt} where org_id = any(${[c.org, c.receiver]}::bigint[]) and case_id = ${c.id}`,
  )
  await tx.run(
    sql`delete from green_channel.open_guard where person_id = ${c.person} and channel = ${c.channel} and case_id = ${c.id}`,
  )
}

/** The referral that carries a case onward; null when it goes nowhere. */
export const onwardReferralOf = (db: Queryable, { org, id }: CaseKey): Promise<{ referral: string | null } | null> =>
  db.row(sql`select onward_referral as referral from green_channel.green_case where org_id = ${org} and id = ${id}`)

/** The times that count: of each node the newest entry. */
export const timesOf = (stamps: readonly Stamp[]): Partial<Record<GreenNode, Instant>> =>
  Object.fromEntries(stamps.map(({ node, at }) => [node, at]))
