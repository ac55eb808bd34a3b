import type { Instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused, type Act } from '../../platform/forms/form.ts'
import type { ReferralId } from '../referral/index.ts'
import type { RehabPlan, Tick } from './continuity.ts'

export const columns = sql`p.person_id as person, p.id, p.version, p.author_org as author, p.care_org as care, p.case_org as "caseOrg", p.referral_id as referral, p.disease,
  p.steps, p.opened_at as "openedAt", p.changed_at as "changedAt", p.ended_at as "endedAt"`

/** A plan by its id alone, locked. */
export const lockPlan = async (tx: Tx, id: string): Promise<RehabPlan | null> => {
  const key = await tx.row<{ person: PersonId }>(sql`select person_id as person from continuity.plan where id = ${id}`)
  return (
    key &&
    tx.row<RehabPlan>(sql`select ${columns} from continuity.plan p where p.person_id = ${key.person} and p.id = ${id} for update`)
  )
}

export const findPlanOfCase = (db: Queryable, referral: ReferralId): Promise<RehabPlan | null> =>
  db.row<RehabPlan>(
    sql`select ${columns} from continuity.plan p where p.referral_id = ${referral} order by p.opened_at desc limit 1`,
  )

export const lockPlanOfCase = async (tx: Tx, referral: ReferralId): Promise<RehabPlan | null> => {
  const found = await findPlanOfCase(tx, referral)
  return found && lockPlan(tx, found.id)
}

/** Plans of a person that have not ended, newest first. */
export const openPlansOf = (db: Queryable, persons: readonly PersonId[]): Promise<RehabPlan[]> =>
  db.rows<RehabPlan>(
    sql`select ${columns} from continuity.plan p where p.person_id = any(${persons}::bigint[]) and p.ended_at is null order by p.opened_at desc`,
  )

/** Writes the next version of a plan beside the earlier ones. */
export const savePlan = async (tx: Tx, plan: RehabPlan, reason: string, act: Act): Promise<void> => {
  const steps = JSON.stringify(plan.steps)
  const written =
    await tx.run(sql`insert into continuity.plan (person_id, id, version, author_org, care_org, case_org, referral_id, disease, steps, opened_at, changed_at)
    values (${plan.person}, ${plan.id}, ${plan.version}, ${plan.author}, ${plan.care}, ${plan.caseOrg}, ${plan.referral}, ${plan.disease}, ${steps},
      ${plan.openedAt}, ${plan.changedAt})
    on conflict (person_id, id) do update set version = excluded.version, steps = excluded.steps, changed_at = excluded.changed_at, care_org = excluded.care_org
      where plan.version = excluded.version - 1`)
  if (written === 0) throw new Refused('platform.busy')
  await tx.run(sql`insert into continuity.plan_version (person_id, plan_id, version, steps, reason, at, by_name)
    values (${plan.person}, ${plan.id}, ${plan.version}, ${steps}, ${reason}, ${act.now}, ${JSON.stringify(act.actor.name)})`)
}

export const endPlan = (tx: Tx, plan: RehabPlan, why: string, act: Act): Promise<number> =>
  tx.run(
    sql`update continuity.plan set ended_at = ${act.now}, ended_why = ${why} where person_id = ${plan.person} and id = ${plan.id} and ended_at is null`,
  )

export type PlanVersion = { readonly version: number; readonly at: Instant; readonly by: Name; readonly reason: string }

export const versionsOf = (db: Queryable, plan: RehabPlan): Promise<PlanVersion[]> =>
  db.rows<PlanVersion>(sql`select version, at, by_name as by, reason from continuity.plan_version
    where person_id = ${plan.person} and plan_id = ${plan.id} order by version desc`)

/** Everything recorded about the steps of a plan, in the order of recording. */
export const ticksOf = (db: Queryable, plan: Pick<RehabPlan, 'person' | 'id'>): Promise<Tick[]> =>
  db.rows<Tick>(sql`select id, plan_id as plan, step_id as step, by_side as side, state, why, value, occurred_at as "occurredAt", recorded_at as "recordedAt", by_name as by
    from continuity.tick where person_id = ${plan.person} and plan_id = ${plan.id} order by recorded_at, id`)

export const addTick = async (tx: Tx, person: PersonId, tick: Tick, act: Act): Promise<void> => {
  await tx.run(sql`insert into continuity.tick (person_id, id, plan_id, step_id, by_side, state, why, value, occurred_at, recorded_at, by_name, by_org)
    values (${person}, ${tick.id}, ${tick.plan}, ${tick.step}, ${tick.side}, ${tick.state}, ${tick.why}, ${tick.value}, ${tick.occurredAt}, ${tick.recordedAt},
      ${JSON.stringify(tick.by)}, ${act.actor.org})`)
}
