import { sql, type Tx } from '../../platform/database/pool.ts'

export type LimitLine = {
  readonly id: string
  readonly from: string
  readonly until: string | null
  readonly value: number | undefined
}
export type DutyLine = {
  readonly id: string
  readonly purpose: string
  readonly roles: readonly string[]
  readonly kinds: readonly string[] | null
}

/** Two servers that start at once write one after the other. */
export const lockRules = (tx: Tx): Promise<number> =>
  tx.run(sql`lock table record_access.limit_value, record_access.statutory_duty in share row exclusive mode`)

export const replaceLimits = async (tx: Tx, lines: readonly LimitLine[]): Promise<void> => {
  await tx.run(sql`delete from record_access.limit_value`)
  await tx.run(sql`insert into record_access.limit_value (name, from_on, until_on, value)
    select * from unnest(${lines.map(({ id }) => id)}::text[], ${lines.map(({ from }) => from)}::date[], ${lines.map(({ until }) => until)}::date[],
      ${lines.map(({ value }) => value)}::numeric[])`)
}

export const replaceDuties = async (tx: Tx, duties: readonly DutyLine[]): Promise<void> => {
  await tx.run(sql`delete from record_access.statutory_duty`)
  for (const { id, purpose, roles, kinds } of duties)
    await tx.run(
      sql`insert into record_access.statutory_duty (id, purpose, roles, kinds) values (${id}, ${purpose}, ${roles}, ${kinds})`,
    )
}

export const saveZone = (tx: Tx, zone: string): Promise<number> =>
  tx.run(
    sql`insert into platform.setting (name, value) values ('zone', ${zone}) on conflict (name) do update set value = excluded.value`,
  )
