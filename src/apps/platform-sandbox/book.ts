import { DatabaseSync } from 'node:sqlite'

/** A refusal of the platform: nothing was done. */
export class PlatformRefusal extends Error {}

const TABLES = `
create table if not exists message (msgid text primary key, infno text not null, body text not null, infcode text not null, answer text not null);
create table if not exists taken_back (msgid text primary key);
create table if not exists person (psn_no text primary key, certno text not null unique, name text not null, insutype text not null, balance integer not null check (balance >= 0));
create table if not exists visit (mdtrt_id text primary key, psn_no text not null, org text not null, number text not null, kind text not null, state text not null,
  insutype text not null, med_type text, msgid text, unique (org, kind, number));
create table if not exists fee (mdtrt_id text not null, sn text not null, batch text not null, body text not null, setl_id text, primary key (mdtrt_id, sn));
create table if not exists settlement (setl_id text primary key, mdtrt_id text not null, psn_no text not null, org text not null, insutype text not null, day text not null,
  total integer not null, fund integer not null, account integer not null check (account >= 0), body text not null, msgid text not null,
  voided_on text, voided_by text, void_body text);
create table if not exists cumulator (setl_id text primary key, psn_no text not null, insutype text not null, org text not null, day text not null, added text not null);
create table if not exists mobile_order (pay_ord_id text primary key, token text not null, org text not null, number text not null, mdtrt_id text not null, psn_no text not null,
  state text not null, priced text not null, med_type text not null, may_use_account integer not null, setl_id text, refund_sn text, unique (org, number));
create table if not exists filing (sn text primary key, psn_no text not null, body text not null, withdrawn integer not null default 0);
create table if not exists cash (number text primary key, org text not null, fen integer not null check (fen > 0), app text not null, state text not null, made_day text not null, paid_day text,
  trade text, token text not null unique);
create table if not exists cash_refund (refund text primary key, number text not null, fen integer not null check (fen > 0), day text not null);
`

type Value = string | number | null

/** What the sandbox remembers, in a file of its own or in memory. One process, one statement after another. */
export type Book = {
  readonly get: <Row>(sql: string, ...values: readonly Value[]) => Row | null
  readonly all: <Row>(sql: string, ...values: readonly Value[]) => Row[]
  readonly run: (sql: string, ...values: readonly Value[]) => number
  /** All of it or nothing. */
  readonly whole: <T>(work: () => T) => T
  readonly close: () => void
}

/** Opens the book; `file` is a path or `:memory:`. */
export const openBook = (file: string): Book => {
  const database = new DatabaseSync(file)
  database.exec('pragma journal_mode = wal; pragma synchronous = normal;')
  database.exec(TABLES)
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const prepared = (sql: string) => {
    const known = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, known)
    return known
  }
  return {
    get: <Row>(sql: string, ...values: readonly Value[]) => (prepared(sql).get(...values) as Row | undefined) ?? null,
    all: <Row>(sql: string, ...values: readonly Value[]) => prepared(sql).all(...values) as Row[],
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    whole: (work) => {
      database.exec('begin immediate')
      try {
        const answer = work()
        database.exec('commit')
        return answer
      } catch (error) {
        database.exec('rollback')
        throw error
      }
    },
    close: () => database.close(),
  }
}
