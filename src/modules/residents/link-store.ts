import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, PersonId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'

export type NewLink = {
  readonly id: string
  readonly person: PersonId
  readonly into: PersonId
  readonly reason: string
  /** What speaks for it besides name and birth date, or the paper that was seen. */
  readonly evidence: readonly string[]
  readonly at: Instant
  readonly by: AccountId | null
}

/** Names everybody who is linked with some persons, so that a link or its undoing moves them all. */
export const nameLinked = (tx: Tx, ids: readonly PersonId[]): Promise<number> =>
  tx.run(sql`select residents.name_linked(${[...ids]}::bigint[])`)

/** Links one person into another; whoever was linked into the first stands under the second too. Rows and the history of links remain. */
export const saveLink = async (tx: Tx, link: NewLink): Promise<void> => {
  await tx.run(sql`update residents.person set merged_into = ${link.into}, version = version + 1, changed_at = now()
    where person_id = ${link.person} or merged_into = ${link.person}`)
  await tx.run(sql`insert into residents.link (person_id, id, into_person_id, linked_at, reason, by_account, evidence)
    values (${link.person}, ${link.id}, ${link.into}, ${link.at}, ${link.reason}, ${link.by}, ${[...link.evidence]}::text[])`)
}

/** Undoes a person's link: the person stands for itself again, and whoever was linked into it stands under it. */
export const saveUnlink = async (tx: Tx, id: PersonId, at: Instant): Promise<void> => {
  await tx.run(sql`update residents.link set unlinked_at = ${at} where person_id = ${id} and unlinked_at is null`)
  await tx.run(sql`with recursive below as (
      select l.person_id from residents.link l where l.into_person_id = ${id} and l.unlinked_at is null
      union select l.person_id from below b join residents.link l on l.into_person_id = b.person_id and l.unlinked_at is null)
    update residents.person p set merged_into = case when p.person_id = ${id} then null else ${id}::bigint end, version = p.version + 1, changed_at = now()
    where p.person_id = ${id} or p.person_id in (select person_id from below)`)
}
