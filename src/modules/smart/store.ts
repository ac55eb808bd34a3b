import type { Instant } from '../../kernel/clock.ts'
import { newId, type AccountId, type PersonId } from '../../kernel/id.ts'
import { sql, type Database, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { Client } from './smart.ts'

// Everything here runs by true time, like sessions: a moved clock lets no app in or out.

const clientColumns = sql`c.client_id as id, jsonb_build_object('zh', c.name_zh, 'en', c.name_en) as name, c.kind, c.redirect_uris as "redirectUris",
  c.launch_url as "launchUrl", c.scopes, c.jwks, c.jwks_uri as "jwksUri", c.account_id as account, c.disabled_at as "disabledAt"`

/** An app by its id, also one that was stopped. */
export const findClient = (db: Queryable, id: string): Promise<Client | null> =>
  db.row<Client>(sql`select ${clientColumns} from smart.client c where c.client_id = ${id}`)

/** All apps, the stopped ones last. */
export const listClients = (db: Queryable): Promise<(Client & { registeredAt: Instant })[]> =>
  db.rows(
    sql`select ${clientColumns}, c.registered_at as "registeredAt" from smart.client c order by c.disabled_at is not null, c.client_id`,
  )

export type SavedClient = Omit<Client, 'disabledAt'> & { readonly by: AccountId; readonly at: Instant }

/** Writes a new app; false when its id is taken. */
export const saveClient = async (tx: Tx, client: SavedClient): Promise<boolean> =>
  (await tx.run(sql`insert into smart.client (client_id, name_zh, name_en, kind, redirect_uris, launch_url, scopes, jwks, jwks_uri, account_id,
      registered_by, registered_at)
    values (${client.id}, ${client.name.zh}, ${client.name.en}, ${client.kind}, ${client.redirectUris}::text[], ${client.launchUrl}, ${client.scopes},
      ${client.jwks && JSON.stringify(client.jwks)}, ${client.jwksUri}, ${client.account}, ${client.by}, ${client.at})
    on conflict do nothing`)) === 1

/** Stops an app: whatever it holds counts no longer, because nothing of a stopped app does. */
export const saveClientStopped = async (tx: Tx, id: string): Promise<void> => {
  await tx.run(sql`update smart.client set disabled_at = now() where client_id = ${id} and disabled_at is null`)
}

/** What an account let an app do. */
export type Allowance = {
  readonly id: string
  readonly client: string
  readonly account: AccountId
  readonly scopes: string
  readonly person: PersonId | null
  readonly redirectUri: string | null
  readonly challenge: string | null
  readonly state: string | null
  readonly nonce: string | null
  /** What the start from our desk hands to the app, as it was given. */
  readonly appContext: string | null
}
type SavedAllowance = Allowance & { readonly hours: number }

const allowanceColumns = sql`a.id, a.client_id as client, a.account_id as account, a.scopes, a.person_id as person, a.redirect_uri as "redirectUri",
  a.challenge, a.state, a.nonce, a.app_context as "appContext"`

export const saveAllowance = async (tx: Tx, one: SavedAllowance): Promise<void> => {
  await tx.run(sql`insert into smart.allowance (id, client_id, account_id, scopes, person_id, redirect_uri, challenge, state, nonce, app_context,
      begun_at, expires_at)
    values (${one.id}, ${one.client}, ${one.account}, ${one.scopes}, ${one.person}, ${one.redirectUri}, ${one.challenge}, ${one.state}, ${one.nonce}, ${one.appContext},
      now(), now() + ${one.hours} * interval '1 hour')`)
}

/** An allowance of an account that was given a moment ago and has no code yet, locked. */
export const lockFreshAllowance = (tx: Tx, id: string, account: AccountId, seconds: number): Promise<Allowance | null> =>
  tx.row<Allowance>(sql`select ${allowanceColumns} from smart.allowance a where a.id = ${id} and a.account_id = ${account} and a.ended_at is null
    and a.begun_at > now() - ${seconds} * interval '1 second' and not exists (select from smart.token t where t.allowance_id = a.id) for update`)

/** An allowance that still stands, locked. */
export const lockAllowance = (tx: Tx, id: string): Promise<(Allowance & { secondsLeft: number; begunAt: Instant }) | null> =>
  tx.row(sql`select ${allowanceColumns}, floor(extract(epoch from a.expires_at - now()))::int as "secondsLeft", a.begun_at as "begunAt"
    from smart.allowance a where a.id = ${id} and a.ended_at is null and a.expires_at > now() for update`)

export type Ending = 'by-person' | 'by-app' | 'code-again' | 'refresh-again'

/** Ends an allowance with all of its tokens. */
export const endAllowance = (tx: Tx, id: string, why: Ending): Promise<number> =>
  tx.run(
    sql`update smart.allowance set ended_at = now(), ended_why = ${why}, app_context = null where id = ${id} and ended_at is null`,
  )

export type ListedAllowance = {
  readonly id: string
  readonly client: string
  readonly scopes: string
  readonly begunAt: Instant
  readonly expiresAt: Instant
}

/** The allowances of an account that still stand, newest first. */
export const listAllowances = (db: Queryable, account: AccountId): Promise<ListedAllowance[]> =>
  db.rows(sql`select a.id, a.client_id as client, a.scopes, a.begun_at as "begunAt", a.expires_at as "expiresAt" from smart.allowance a
    join smart.client c on c.client_id = a.client_id
    where a.account_id = ${account} and a.ended_at is null and a.expires_at > now() and c.disabled_at is null
      and exists (select from smart.has_been_given(a.id)) order by a.begun_at desc, a.id limit 200`)

export type TokenKind = 'code' | 'access' | 'refresh'
type SavedToken = {
  readonly hash: Buffer
  readonly allowance: string
  readonly kind: TokenKind
  readonly scopes: string
  readonly seconds: number
}

export const saveToken = async (tx: Tx, token: SavedToken): Promise<void> => {
  await tx.run(sql`insert into smart.token (token_hash, allowance_id, kind, scopes, issued_at, expires_at)
    values (${token.hash}, ${token.allowance}, ${token.kind}, ${token.scopes}, now(), now() + ${token.seconds} * interval '1 second')`)
}

export type HeldToken = {
  readonly allowance: string
  readonly kind: TokenKind
  readonly scopes: string
  readonly isUsed: boolean
  readonly isLive: boolean
}

/** A code or a token by its hash, locked: two who show it at one moment come one after the other. */
export const lockToken = (tx: Tx, hash: Buffer): Promise<HeldToken | null> =>
  tx.row<HeldToken>(sql`select t.allowance_id as allowance, t.kind, t.scopes, t.used_at is not null as "isUsed", t.expires_at > now() as "isLive"
    from smart.token t where t.token_hash = ${hash} for update`)

export const saveTokenUsed = (tx: Tx, hash: Buffer): Promise<number> =>
  tx.run(sql`update smart.token set used_at = now() where token_hash = ${hash}`)

/** A token that its app gives back ends at once. */
export const endToken = (tx: Tx, hash: Buffer): Promise<number> =>
  tx.run(sql`update smart.token set expires_at = now() where token_hash = ${hash} and expires_at > now()`)

export type Bearer = {
  readonly tokenHash: Buffer
  readonly allowance: string
  readonly client: string
  readonly account: AccountId
  readonly person: PersonId | null
  readonly scopes: string
  readonly begunAt: Instant
  readonly expiresSeconds: number
}

/** Who stands behind access tokens that still count. No act is needed. */
export const findBearers = (db: Database, hashes: readonly Buffer[]): Promise<Bearer[]> =>
  db.alone(sql`select token_hash as "tokenHash", allowance_id as allowance, client_id as client, account_id as account, person_id as person, scopes,
    begun_at as "begunAt", extract(epoch from expires_at)::int as "expiresSeconds" from smart.bearers_of(${hashes}::bytea[])`)

/** Notes a signed statement; false when the same one was shown before. */
export const saveAssertion = async (tx: Tx, client: string, jti: string, seconds: number): Promise<boolean> =>
  (await tx.run(
    sql`insert into smart.assertion values (${client}, ${jti}, now() + ${seconds} * interval '1 second') on conflict do nothing`,
  )) === 1

export type Launch = {
  readonly id: string
  readonly client: string
  readonly account: AccountId
  readonly person: PersonId | null
  readonly appContext: string | null
}

export const saveLaunch = async (tx: Tx, launch: Launch, minutes: number): Promise<void> => {
  await tx.run(sql`insert into smart.launch (id, client_id, account_id, person_id, app_context, expires_at)
    values (${launch.id}, ${launch.client}, ${launch.account}, ${launch.person}, ${launch.appContext}, now() + ${minutes} * interval '1 minute')`)
}

/** A start from our desk that still counts. */
export const findLaunch = (db: Queryable, id: string): Promise<Launch | null> =>
  db.row<Launch>(
    sql`select id, client_id as client, account_id as account, person_id as person, app_context as "appContext" from smart.launch where id = ${id} and expires_at > now()`,
  )

export type SigningKey = {
  readonly kid: string
  readonly publicJwk: object
  readonly wrappedKey: Buffer
  readonly sealedJwk: Buffer
}

const keyColumns = sql`kid, public_jwk as "publicJwk", wrapped_key as "wrappedKey", sealed_jwk as "sealedJwk"`

/** The keys that sign who signed in, newest first. */
export const listSigningKeys = (db: Queryable): Promise<SigningKey[]> =>
  db.rows<SigningKey>(sql`select ${keyColumns} from smart.signing_key order by made_at desc, kid`)

/** Writes the first key; when another process was faster, its key counts. */
export const saveFirstSigningKey = async (tx: Tx, key: SigningKey): Promise<void> => {
  await tx.run(sql`lock table smart.signing_key in share row exclusive mode`)
  await tx.run(sql`insert into smart.signing_key select ${key.kid}, ${JSON.stringify(key.publicJwk)}, ${key.wrappedKey}, ${key.sealedJwk}, now()
    where not exists (select from smart.signing_key)`)
}

/** True time in seconds since the beginning of 1970. */
export const trueSeconds = async (db: Queryable): Promise<number> =>
  ((await db.row<{ seconds: number }>(sql`select extract(epoch from now())::int as seconds`)) as { seconds: number }).seconds

/** Puts a token that was given, or a code or token that ended an allowance, into the audit. */
export const saveTokenAudit = (tx: Tx, account: AccountId | null, code: string | null, request: string): Promise<number> => {
  const row = {
    id: newId(),
    form: 'smart.token',
    kind: 'command',
    outcome: code ? 'refused' : 'done',
    code,
    basis: 'smart.token',
    person: null,
    case: null,
    request,
  }
  const actor = { account, role: 'system', org: null, person: null, name: { zh: '应用', en: 'App' } }
  return tx.run(
    sql`select platform.record_act(0, platform.jieli_now(), ${JSON.stringify(actor)}, '[]', '[]', ${JSON.stringify([row])}, null)`,
  )
}

/** Forgets what ended long ago. */
export const purge = async (db: Queryable): Promise<void> => {
  await db.run(sql`delete from smart.assertion where expires_at < now() - interval '1 hour'`)
  await db.run(sql`update smart.allowance set app_context = null where app_context is not null and expires_at < now()`)
  await db.run(sql`delete from smart.launch where expires_at < now() - interval '1 day'`)
  await db.run(sql`delete from smart.token where expires_at < now() - interval '1 day' and kind = 'access'`)
}
