import { sql, type Database, type Tx } from './pool.ts'

/** From here to the end of the transaction the house works in the name of an institution: what may touch its own writings alone touches no others'. */
export const asInstitution = (tx: Tx, org: string): Promise<number> =>
  tx.run(sql`select platform.open_act(${org}::bigint, null, 'system', null)`)

/**
 * The same database for the house's own work: deadlines, relay, live screens, sign-in, measures. Every lone statement and
 * every transaction opens an act of the system first, known to that transaction only. The app's role stays bound by
 * row-level security; what a person asks for runs through the forms and never through this.
 */
export const asSystem = (database: Database): Database => {
  const open = (tx: Tx) => tx.run(sql`select platform.open_act(null, null, 'system', null)`)
  // Both statements travel together and are carried out in their order.
  const lone = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    database.transaction(async (tx) => (await Promise.all([open(tx), work(tx)]))[1])
  return {
    rows: <Row>(query: Parameters<Tx['rows']>[0]) => lone((tx) => tx.rows<Row>(query)),
    row: <Row>(query: Parameters<Tx['row']>[0]) => lone((tx) => tx.row<Row>(query)),
    run: (query) => lone((tx) => tx.run(query)),
    transaction: (work, mode) =>
      database.transaction(async (tx) => {
        await open(tx)
        return work(tx)
      }, mode),
    alone: <Row>(query: Parameters<Tx['rows']>[0]) => lone((tx) => tx.rows<Row>(query)),
    inLine: () => {
      let last: Promise<unknown> = Promise.resolve()
      return <Row>(query: Parameters<Tx['rows']>[0]) => {
        const own = last.then(() => lone((tx) => tx.rows<Row>(query)))
        last = own.catch(() => {})
        return own
      }
    },
    beside: (size) => asSystem(database.beside(size)),
    listen: database.listen,
    close: database.close,
    counts: database.counts,
  }
}
