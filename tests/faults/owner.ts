import type { TestContext } from 'node:test'
import { Client } from 'pg'
import { openDatabase } from '../../src/platform/database/pool.ts'
import type { House } from '../../src/platform/house.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'

/** A test house together with a lone connection of the database's owner, an operator's, that ends before the database does. */
export const houseWithOwner = async (t: TestContext): Promise<{ made: TestHouse; owner: Client }> => {
  let owner: Client | null = null
  // What is registered first ends first: the database is dropped only after this connection has gone.
  t.after(() => owner?.end())
  const made = await testHouse(t)
  owner = new Client({ connectionString: made.ownerUrl, application_name: 'operator' })
  await owner.connect()
  return { made, owner }
}

/** The same house in another process: connections of its own, on the same database, in the owner's name so that its operator may kill them. */
export const anotherProcess = (t: TestContext, made: TestHouse, size = 3): House => {
  const database = openDatabase(made.ownerUrl, { size })
  t.after(() => database.close())
  return { ...made.house, database, log: () => {} }
}

const PAUSE_S = 0.015
const KILLS_TO_DOUBLE = 20

/**
 * Kills one working connection after another until told to stop; answers how many. The pauses grow with the kills: however slow the
 * machine, a command is left alive long enough at last.
 */
export const killConnections = async (owner: Client, isOver: () => boolean): Promise<number> => {
  let killed = 0
  while (!isOver()) {
    const { rowCount } = await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'jieli' and usename = current_user and state <> 'idle' order by random() limit 1`)
    killed += rowCount ?? 0
    await owner.query('select pg_sleep($1)', [PAUSE_S * (1 + killed / KILLS_TO_DOUBLE)])
  }
  return killed
}
