import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { MatchFactor } from '../rules/score-match.ts'
import { namePersons, personColumns, type Person } from '../store.ts'
import type { PAIR_STATES } from './contract.ts'

/** Two persons who may be one; `person` is always the lesser id. */
export type Pair = {
  readonly person: PersonId
  readonly other: PersonId
  readonly state: (typeof PAIR_STATES)[number]
  readonly score: number
  readonly factors: readonly MatchFactor[]
  readonly foundAt: Instant
  readonly decidedAt: Instant | null
  readonly firstBy: AccountId | null
  readonly reason: string | null
}

const columns = sql`person_id as person, other_id as other, state, score::float8 as score, factors, found_at as "foundAt", decided_at as "decidedAt",
  first_by as "firstBy", reason`

/** The two ids in the order in which a pair is kept. */
export const inOrder = (one: PersonId, other: PersonId): [PersonId, PersonId] =>
  BigInt(one) < BigInt(other) ? [one, other] : [other, one]

export type FoundPair = {
  readonly persons: readonly [PersonId, PersonId]
  readonly score: number
  readonly factors: readonly MatchFactor[]
}

/** Puts pairs into the queue. One that was decided stays decided; one that waits takes the newer score. */
export const savePairs = async (tx: Tx, pairs: readonly FoundPair[], at: Instant): Promise<void> => {
  for (const { persons, score, factors } of pairs) {
    const [person, other] = inOrder(...persons)
    await tx.run(sql`insert into residents.pair as p (person_id, other_id, state, score, factors, found_at)
      values (${person}, ${other}, 'waiting', ${score}, ${JSON.stringify(factors)}::jsonb, ${at})
      on conflict (person_id, other_id) do update set score = excluded.score, factors = excluded.factors where p.state in ('waiting', 'second', 'unsure')`)
  }
}

export type PairsAsked = {
  readonly isOpen: boolean
  /** Score and the two ids of the last pair of the page before. */
  readonly after: readonly string[] | null
  readonly limit: number
}

/** Pairs that wait for somebody, the likeliest first; or those decided, in the same order. */
export const pairsBy = (db: Queryable, { isOpen, after, limit }: PairsAsked): Promise<Pair[]> =>
  db.rows<Pair>(sql`select ${columns} from residents.pair
    where (state in ('waiting', 'second', 'unsure')) = ${isOpen}
      and (${after === null} or (-score, person_id, other_id) > (-${after?.[0] ?? 0}::numeric, ${after?.[1] ?? '0'}::bigint, ${after?.[2] ?? '0'}::bigint))
    order by -score, person_id, other_id limit ${limit}`)

/** The persons of some pairs by their own rows, links not followed: what was compared stays to be seen after they were linked. */
export const personsThemselves = async (db: Queryable, ids: readonly PersonId[]): Promise<Map<PersonId, Person>> => {
  await namePersons(db, ids)
  const rows = await db.rows<Person>(sql`select ${personColumns} where p.person_id = any(${[...ids]}::bigint[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** How many pairs wait. */
export const countOfPairs = async (db: Queryable): Promise<number> =>
  (
    await db.row<{ count: number }>(
      sql`select count(*)::int as count from residents.pair where state in ('waiting', 'second', 'unsure')`,
    )
  )?.count ?? 0

/** One pair, locked until the end of the transaction. */
export const lockPair = (tx: Tx, one: PersonId, another: PersonId): Promise<Pair | null> => {
  const [person, other] = inOrder(one, another)
  return tx.row<Pair>(sql`select ${columns} from residents.pair where person_id = ${person} and other_id = ${other} for update`)
}

export type PairDecision = {
  readonly person: PersonId
  readonly other: PersonId
  readonly state: Pair['state']
  readonly reason: string
  readonly at: Instant
  readonly by: AccountId | null
}

/** Writes what was decided, or, where a second person must agree, who said "same" first. */
export const savePairDecision = async (tx: Tx, { person, other, state, reason, at, by }: PairDecision): Promise<void> => {
  await tx.run(
    state === 'second'
      ? sql`update residents.pair set state = 'second', first_by = ${by}, reason = ${reason} where person_id = ${person} and other_id = ${other}`
      : sql`update residents.pair set state = ${state}, decided_at = ${at}, decided_by = ${by}, reason = ${reason},
          first_by = case when ${state} = 'same' then first_by end where person_id = ${person} and other_id = ${other}`,
  )
}

/** Two whose link was undone are two: the pair is not asked again. */
export const tellApart = async (
  tx: Tx,
  persons: readonly [PersonId, PersonId],
  by: { at: Instant; by: AccountId | null; reason: string },
): Promise<void> => {
  const [person, other] = inOrder(...persons)
  await tx.run(sql`insert into residents.pair as p (person_id, other_id, state, score, factors, found_at, decided_at, decided_by, reason)
    values (${person}, ${other}, 'different', 0, '[]', ${by.at}, ${by.at}, ${by.by}, ${by.reason})
    on conflict (person_id, other_id) do update set state = 'different', decided_at = excluded.decided_at, decided_by = excluded.decided_by,
      reason = excluded.reason, first_by = null`)
}
