import { Client } from 'pg'
import type { Passwords } from './passwords.ts'

/** The URL of one role on the embedded server. */
export const urlOf = (role: string, password: string, port: number, database: string): string =>
  `postgres://${role}:${password}@127.0.0.1:${port}/${database}`

/**
 * Makes what is missing of the two roles and the database. `jieli_owner` owns it and may make databases and roles;
 * `jieli_app` may sign in, owns nothing and gets only what migrations grant it.
 */
export const ensureRoles = async (port: number, passwords: Passwords): Promise<void> => {
  const client = new Client({ connectionString: urlOf('postgres', passwords.superuser, port, 'postgres') })
  await client.connect()
  try {
    const has = async (query: string) => ((await client.query(query)).rowCount ?? 0) > 0
    const password = (word: string) => client.escapeLiteral(word)
    if (!(await has(`select from pg_roles where rolname = 'jieli_owner'`)))
      await client.query(`create role jieli_owner login createdb createrole password ${password(passwords.owner)}`)
    if (!(await has(`select from pg_roles where rolname = 'jieli_app'`)))
      await client.query(`create role jieli_app login noinherit password ${password(passwords.app)}`)
    await client.query('grant jieli_app to jieli_owner with admin option, set true, inherit false')
    // By this the owner may drop a database while the app still has connections to it.
    await client.query('grant pg_signal_backend to jieli_owner')
    if (!(await has(`select from pg_database where datname = 'jieli'`)))
      await client.query('create database jieli owner jieli_owner')
    await closeToOthers(client, 'jieli')
  } finally {
    await client.end()
  }
}

/** Lets only the owner and the app's role into a database; the public may by default enter any and make temporary tables. */
export const closeToOthers = async (client: Client, database: string): Promise<void> => {
  const name = client.escapeIdentifier(database)
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect on database ${name} to jieli_app`)
}
