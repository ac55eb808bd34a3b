import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { Capability, CapabilityKind } from './matrix.ts'

const columns = sql`org_id as org, id, about, key, grade, source, note, valid_from as "from", valid_until as until`

/** What some institutions say of themselves on a day. */
export const capabilitiesOn = (db: Queryable, orgs: readonly OrgId[], day: Day): Promise<Capability[]> =>
  db.rows<Capability>(sql`select ${columns} from navigation.capability
    where org_id = any(${orgs}::bigint[]) and valid_from <= ${day} and (valid_until is null or valid_until > ${day}) order by org_id, about, key`)

/** Who says on a day that it does not treat a condition, whatever specialties it offers. */
export const notTreating = async (db: Queryable, condition: string, day: Day): Promise<ReadonlySet<OrgId>> => {
  const rows = await db.rows<{ org: OrgId }>(sql`select org_id as org from navigation.capability
    where about = 'condition' and key = ${condition} and grade = 'none' and valid_from <= ${day} and (valid_until is null or valid_until > ${day})`)
  return new Set(rows.map(({ org }) => org))
}

/** A version of a declaration as history shows it: with who said it when, and who took it back. */
export type CapabilityVersion = Capability & {
  readonly declaredBy: AccountId | null
  readonly declaredAt: Instant
  readonly withdrawnBy: AccountId | null
  readonly withdrawnAt: Instant | null
  readonly withdrawnWhy: string | null
}

/** Everything that one institution has ever declared, the newest first. */
export const capabilityVersions = (db: Queryable, org: OrgId): Promise<CapabilityVersion[]> =>
  db.rows<CapabilityVersion>(sql`select ${columns}, declared_by as "declaredBy", declared_at as "declaredAt", withdrawn_by as "withdrawnBy",
      withdrawn_at as "withdrawnAt", withdrawn_why as "withdrawnWhy"
    from navigation.capability where org_id = ${org} order by declared_at desc, id desc`)

/** The open declaration of a key, locked; null when there is none. */
export const lockOpenCapability = (tx: Tx, org: OrgId, about: CapabilityKind, key: string): Promise<Capability | null> =>
  tx.row<Capability>(sql`select ${columns} from navigation.capability
    where org_id = ${org} and about = ${about} and key = ${key} and valid_until is null for update`)

export const lockCapability = (tx: Tx, org: OrgId, id: string): Promise<Capability | null> =>
  tx.row<Capability>(sql`select ${columns} from navigation.capability where org_id = ${org} and id = ${id} for update`)

/** Ends what was said before, on the day on which the new word begins; then writes that. */
export const saveCapability = async (
  tx: Tx,
  { fresh, before }: { fresh: Capability; before: Capability | null },
  stamp: { at: Instant; by: AccountId | null },
): Promise<void> => {
  if (before)
    await tx.run(sql`update navigation.capability set valid_until = greatest(valid_from, ${fresh.from}::date)
      where org_id = ${before.org} and id = ${before.id}`)
  await tx.run(sql`insert into navigation.capability (org_id, id, about, key, grade, source, note, valid_from, valid_until, declared_by, declared_at)
    values (${fresh.org}, ${fresh.id}, ${fresh.about}, ${fresh.key}, ${fresh.grade}, ${fresh.source}, ${fresh.note}, ${fresh.from}, ${fresh.until},
      ${stamp.by}, ${stamp.at})`)
}

export const saveWithdrawal = (
  tx: Tx,
  { capability, on, why }: { capability: Capability; on: Day; why: string },
  stamp: { at: Instant; by: AccountId | null },
): Promise<number> =>
  tx.run(sql`update navigation.capability set valid_until = greatest(valid_from, ${on}::date), withdrawn_by = ${stamp.by}, withdrawn_at = ${stamp.at},
      withdrawn_why = ${why} where org_id = ${capability.org} and id = ${capability.id}`)
