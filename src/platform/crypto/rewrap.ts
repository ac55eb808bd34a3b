import { raw, sql, type Database } from '../database/pool.ts'
import { headOfNewest, type KeyRoom } from './key-room.ts'

/** A column of wrapped keys, and the columns that find its row again. */
export type WrappedColumn = { readonly table: string; readonly key: readonly string[]; readonly column: string }

const AT_ONCE = 500

/**
 * Wraps every key of some columns anew by the newest generation, some rows in each transaction, beside everything else that goes on.
 * Rows that are done say so themselves, so a run that was cut off is simply begun again. Answers how many were wrapped.
 */
export const rewrapKeys = async (database: Database, room: KeyRoom, columns: readonly WrappedColumn[]): Promise<number> => {
  let done = 0
  for (const column of columns) for (let some = -1; some !== 0; done += some) some = await rewrapSome(database, room, column)
  return done
}

const rewrapSome = (database: Database, room: KeyRoom, { table, key, column }: WrappedColumn): Promise<number> =>
  database.transaction(async (tx) => {
    const { suite, generation } = headOfNewest(room)
    const [from, of, keys] = [raw(table), raw(column), raw(key.map((one) => `${one}::text`).join(` || ' ' || `))]
    const rows = await tx.rows<{ at: string; wrapped: Buffer }>(sql`select ${keys} as at, ${of} as wrapped from ${from}
      where length(${of}) = 60 or substr(${of}, 3, 1) <> ${Buffer.from(suite)} or substr(${of}, 5, 4) <> ${generation}
      limit ${AT_ONCE} for update skip locked`)
    let written = 0
    for (const { at, wrapped } of rows) {
      const anew = room.rewrap(wrapped)
      if (anew === null) continue
      written += await tx.run(sql`update ${from} set ${of} = ${anew} where ${keys} = ${at}`)
    }
    return written
  })
