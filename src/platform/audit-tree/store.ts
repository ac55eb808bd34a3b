import type { Instant } from '../../kernel/clock.ts'
import { sql, type Queryable, type Tx } from '../database/pool.ts'
import { HASH_BYTES, type Kept, type Peaks, type ReadHashes } from './merkle.ts'

/** A head of the tree: how many rows it speaks of, their root, when, and who signed it. */
export type Head = {
  readonly size: number
  readonly root: Buffer
  readonly at: Instant
  readonly signedBy: string
  readonly signature: Buffer
}

/** The newest head with what the next batch begins from. */
export type Latest = Head & { readonly peaks: Peaks; readonly lastXid: string; readonly lastPos: string }

const headColumns = sql`size::float8 as size, root, at, signed_by as "signedBy", signature`

const peaksOf = (size: number, joined: Buffer): Peaks => ({
  size,
  hashes: Array.from({ length: joined.length / HASH_BYTES }, (_, at) => joined.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)),
})

/** One process at a time adds to the tree; the others wait. */
export const lockTree = (tx: Tx): Promise<number> => tx.run(sql`select 1 from platform.audit_tree_turn for update`)

export const latestHead = async (db: Queryable): Promise<Latest | null> => {
  const row = await db.row<
    Head & { peaks: Buffer; lastXid: string; lastPos: string }
  >(sql`select ${headColumns}, peaks, last_xid::text as "lastXid", last_pos::text as "lastPos"
    from platform.audit_head order by audit_head.size desc limit 1`)
  return row && { ...row, peaks: peaksOf(row.size, row.peaks) }
}

/** Reading a whole audit takes longer than an act may. */
export const takeTime = (tx: Tx): Promise<number> => tx.run(sql`set local statement_timeout = '10min'`)

/** Heads from the earliest on. */
export const headsFrom = (db: Queryable, size: number): Promise<Head[]> =>
  db.rows<Head>(sql`select ${headColumns} from platform.audit_head where audit_head.size > ${size} order by audit_head.size`)

export type NewRow = {
  readonly org: string
  readonly id: string
  readonly xid: string
  readonly pos: string
  readonly text: string
}

/** The next rows of the audit that no transaction still under way could come before. */
export const nextRows = (db: Queryable, latest: Latest | null, most: number): Promise<NewRow[]> =>
  db.rows<NewRow>(sql`select a.org_id as org, a.id, a.xid::text as xid, a.pos::text as pos, platform.audit_text(a) as text from platform.audit a
    where (a.xid, a.pos) > (${latest?.lastXid ?? '0'}::xid8, ${latest?.lastPos ?? '0'}::bigint) and a.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by a.xid, a.pos limit ${most}`)

export const addLeaves = (tx: Tx, before: number, rows: readonly NewRow[], hashes: readonly Buffer[]): Promise<number> =>
  tx.run(sql`insert into platform.audit_leaf (n, org_id, audit_id, hash)
    select ${before}::bigint + g.at, g.org, g.id, g.hash
    from unnest(${rows.map(({ org }) => org)}::bigint[], ${rows.map(({ id }) => id)}::uuid[], ${hashes}::bytea[]) with ordinality as g(org, id, hash, at)`)

export const addNodes = (tx: Tx, kept: readonly Kept[]): Promise<number> =>
  tx.run(sql`insert into platform.audit_node (level, at, hash) select * from
    unnest(${kept.map(({ level }) => level)}::smallint[], ${kept.map(({ at }) => at)}::bigint[], ${kept.map(({ hash }) => hash)}::bytea[])`)

export const addHead = (tx: Tx, head: Head, peaks: Peaks, last: NewRow): Promise<number> =>
  tx.run(sql`insert into platform.audit_head (size, root, peaks, at, last_xid, last_pos, signed_by, signature)
    values (${head.size}, ${head.root}, ${Buffer.concat(peaks.hashes)}, ${head.at}, ${last.xid}::xid8, ${last.pos}, ${head.signedBy}, ${head.signature})`)

/** Leaves and kept subtrees, as proofs ask for them. */
export const readHashes =
  (db: Queryable): ReadHashes =>
  async (level, from, to) => {
    const rows =
      level === 0
        ? await db.rows<{ hash: Buffer }>(sql`select hash from platform.audit_leaf where n > ${from} and n <= ${to} order by n`)
        : await db.rows<{ hash: Buffer }>(
            sql`select hash from platform.audit_node where level = ${level} and at >= ${from} and at < ${to} order by at`,
          )
    if (rows.length !== to - from) throw new Error('The tree over the audit has a gap: run npx jieli audit verify')
    return rows.map(({ hash }) => hash)
  }

/** A leaf with what stands in its audit row today; `text` null: there is no such row any more. */
export type Leaf = {
  readonly n: number
  readonly org: string
  readonly id: string
  readonly hash: Buffer
  readonly text: string | null
  readonly xid: string
  readonly pos: string
  readonly ms: number
}

export const leavesFrom = (db: Queryable, after: number, most: number): Promise<Leaf[]> =>
  db.rows<Leaf>(sql`select l.n::float8 as n, l.org_id as org, l.audit_id as id, l.hash, case when a.id is not null then platform.audit_text(a) end as text, a.xid::text as xid, a.pos::text as pos,
      extract(epoch from a.at)::float8 * 1000 as ms
    from platform.audit_leaf l left join platform.audit a on a.org_id = l.org_id and a.id = l.audit_id where l.n > ${after} order by l.n limit ${most}`)

/** Rows that stand before the end of the tree and in no leaf, put in behind its back; and the leaf that each would stand behind. */
export const strays = (db: Queryable, latest: Latest, most: number): Promise<{ id: string; behind: number }[]> =>
  db.rows(sql`select s.id, coalesce((select l.n from platform.audit b join platform.audit_leaf l on l.org_id = b.org_id and l.audit_id = b.id
      where (b.xid, b.pos) < (s.xid, s.pos) order by b.xid desc, b.pos desc limit 1), 0)::float8 as behind
    from (select a.id, a.xid, a.pos from platform.audit a
      where (a.xid, a.pos) <= (${latest.lastXid}::xid8, ${latest.lastPos}::bigint)
        and not exists (select from platform.audit_leaf l where l.org_id = a.org_id and l.audit_id = a.id) limit ${most}) s`)

/** Where an audit row stands in the tree. */
export const leafOf = (db: Queryable, id: string): Promise<{ n: number; hash: Buffer; text: string | null } | null> =>
  db.row(sql`select l.n::float8 as n, l.hash, case when a.id is not null then platform.audit_text(a) end as text from platform.audit_leaf l
    left join platform.audit a on a.org_id = l.org_id and a.id = l.audit_id where l.audit_id = ${id}`)
