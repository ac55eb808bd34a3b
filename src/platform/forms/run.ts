import { createHash } from 'node:crypto'
import type { Instant } from '../../kernel/clock.ts'
import { dayOf } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import { refuse, refuseAll, type Refusal, type Result } from '../../kernel/result.ts'
import { amountsOn, lineOn, RuleConflict, RuleGap, valueOn } from '../../shapes/rulebook.ts'
import { partyOf, roleMay } from '../access.ts'
import { isOverloaded, isPassing, OutcomeUnknown, sql, type Tx } from '../database/pool.ts'
import type { House } from '../house.ts'
import {
  isCarried,
  Refused,
  type Act,
  type AnyCarried,
  type AnyCommand,
  type AnyForm,
  type AnyQuery,
  type Asked,
  type AuditSubject,
  type CaseWait,
  type Decision,
  type Outcome,
} from './form.ts'
import { eventRow, NO_ORG } from './tell.ts'

export type { Asked, Outcome } from './form.ts'

const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000'
/** A database that was killed is back within a second or two: asked again soon at first, 2.5 s in all. */
const TRIES = 6
const FIRST_WAIT_MS = 80

/** Opens an act in a transaction: the one clock and who acts. */
export const beginAct = async (house: Pick<House, 'zone' | 'rulebook' | 'cipher'>, tx: Tx, asked: Asked): Promise<Act> => {
  const { actor } = asked
  const found = await tx.row<{ now: Instant }>(
    sql`select platform.open_act(${actor.org}, ${actor.account}, ${actor.role}, ${actor.person}) as now`,
  )
  const now = (found as { now: Instant }).now
  const today = dayOf(now, house.zone)
  return {
    actor,
    now,
    today,
    zone: house.zone,
    policy: (id, by) => valueOn(house.rulebook, id, today, by),
    clause: (id, by) => lineOn(house.rulebook, id, today, by),
    amounts: (id) => amountsOn(house.rulebook, id, today),
    rulebookHash: house.rulebook.hash,
    newId,
    cipher: house.cipher,
    request: asked.request,
  }
}

/** Runs a command or a query whose input the schema has passed. */
export const run = async (house: House, form: AnyForm, input: unknown, asked: Asked): Promise<Result<Outcome>> => {
  if (!roleMay(form.by, asked.actor)) return refuse('platform.role-may-not')
  if (isCarried(form)) return carry(house, form, input, asked)
  const outcome = await withRetries(() =>
    form.kind === 'command' ? runCommand(house, form, input, asked) : runQuery(house, form, input, asked),
  )
  if (form.kind === 'command') {
    if (outcome.ok) house.told()
    else await auditRefusal(house, form, outcome.refusals, asked)
  }
  return outcome
}

/** What may not even be asked for is refused and noted here; everything else is the engine's. */
const carry = async (house: House, form: AnyCarried, input: unknown, asked: Asked): Promise<Result<Outcome>> => {
  const wish = form.wish(input, asked.actor)
  const asking = wish.ok ? (form.mayWish?.(house)(wish.value, asked.actor) ?? null) : null
  // Where nothing has to be asked, the engine hears of wishes in the order in which they came.
  const may = asking === null ? wish : await asking
  if (wish.ok && may.ok) return form.carriedBy(house)(wish.value, asked)
  const { refusals } = may.ok ? refuse('platform.not-found') : may
  await auditRefusal(house, form, refusals, asked)
  return refuseAll(refusals)
}

/** What the values rest on that contradict each other, quoted. */
const sourcesIn = ({ sources }: RuleConflict): { sources: string; sources_en: string } => ({
  sources: sources.length === 0 ? '出处未记' : sources.map((one) => `「${one}」`).join('、'),
  sources_en: sources.length === 0 ? 'their sources were not kept' : sources.map((one) => `“${one}”`).join(', '),
})

const withRetries = async (attempt: () => Promise<Result<Outcome>>): Promise<Result<Outcome>> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof Refused) return refuseAll(error.refusals)
      if (error instanceof RuleGap) return refuse('platform.rule-missing', { rule: error.id })
      if (error instanceof RuleConflict) return refuse('platform.rule-conflict', { rule: error.id, ...sourcesIn(error) })
      if (isOverloaded(error)) return refuse('platform.busy')
      if (!isPassing(error)) throw error
      if (tries >= TRIES) return refuse(error instanceof OutcomeUnknown ? 'platform.outcome-unknown' : 'platform.busy')
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** (tries - 1)))
    }
  }
}

const runCommand = (house: House, form: AnyCommand, input: unknown, asked: Asked): Promise<Result<Outcome>> =>
  inWriting(house, async (tx) => {
    const act = await beginAct(house, tx, asked)
    const earlier = asked.key ? await claimKey(tx, form, input, asked, act) : null
    if (earlier) return earlier
    const carried = await carryOut(tx, form, input, act)
    if (!carried.ok) return carried
    const text = JSON.stringify(carried.value.decision.answer ?? null)
    await record(tx, act, carried.value, { form: form.name, kind: 'command', text, ...(asked.key ? { key: asked.key } : {}) })
    return { ok: true, value: { text, replayed: false } }
  })

/** A refusal had no effect: whatever the transaction did before it is rolled back. */
const inWriting = async (house: House, work: (tx: Tx) => Promise<Result<Outcome>>): Promise<Result<Outcome>> => {
  try {
    return await house.database.transaction(async (tx) => {
      const result = await work(tx)
      if (!result.ok) throw new RolledBack(result)
      return result
    })
  } catch (error) {
    if (error instanceof RolledBack) return error.result
    throw error
  }
}

class RolledBack extends Error {
  readonly result: Result<never>
  constructor(result: Result<never>) {
    super('refused')
    this.result = result
  }
}

export type Carried = { readonly decision: Decision<unknown, unknown>; readonly subject: AuditSubject }

/** Facts, authority, decision and write of a command, inside an open act. */
export const carryOut = async (tx: Tx, form: AnyCommand, input: unknown, act: Act): Promise<Result<Carried>> => {
  const facts: unknown = await form.read(tx, input, act)
  if (facts === null) return refuse('platform.not-found')
  if (!partyOf(form.by, act.actor, form.relation?.(facts, act) ?? [])) return refuse('platform.not-found')
  const decided = form.decide(facts, input, act)
  if (!decided.ok) return decided
  await form.write(tx, decided.value.change, act)
  return { ok: true, value: { decision: decided.value, subject: form.subject?.(facts, input) ?? {} } }
}

const claimKey = async (tx: Tx, form: AnyCommand, input: unknown, asked: Asked, act: Act): Promise<Result<Outcome> | null> => {
  const hash = createHash('sha256').update(form.name).update('\0').update(JSON.stringify(input)).digest('hex')
  const org = act.actor.org ?? NO_ORG
  const account = act.actor.account ?? NO_ACCOUNT
  const claimed = await tx.run(sql`
    insert into platform.idempotency (org_id, account_id, key, request_hash, created_at)
    values (${org}, ${account}, ${asked.key}, ${hash}, ${act.now}) on conflict do nothing`)
  if (claimed === 1) return null
  const earlier = await tx.row<{ request_hash: string; answer: string }>(sql`
    select request_hash, answer from platform.idempotency where org_id = ${org} and account_id = ${account} and key = ${asked.key}`)
  if (earlier?.request_hash !== hash) return refuse('platform.key-used-otherwise')
  return { ok: true, value: { text: earlier.answer, replayed: true } }
}

type Recorded = {
  readonly form: string
  readonly kind: 'command' | 'query'
  readonly text?: string
  readonly key?: string
  readonly firing?: string
}

/** Trace, outbox, waits, audit and the stored answer of an act, in its own transaction. */
export const record = async (tx: Tx, act: Act, carried: Carried, what: Recorded): Promise<void> => {
  const { decision, subject } = carried
  const audit = [auditRow(what, subject, act.request)]
  const answer = what.key ? { account: act.actor.account ?? NO_ACCOUNT, key: what.key, text: what.text } : null
  const waits = (decision.waits ?? []).map(({ case: { kind, org, id }, open }) => ({
    kind,
    org,
    case: id,
    firing: what.firing ?? null,
    open: open.map(waitRow),
  }))
  await tx.run(sql`select platform.record_act(${act.actor.org ?? NO_ORG}, ${act.now}, ${JSON.stringify(act.actor)},
    ${JSON.stringify((decision.events ?? []).map(eventRow))}, ${JSON.stringify(waits)}, ${JSON.stringify(audit)},
    ${answer && JSON.stringify(answer)})`)
}

const waitRow = (wait: CaseWait) => ({ id: newId(), ...wait })

const auditRow = (what: { form: string; kind: string; code?: string }, subject: AuditSubject, request: string) => ({
  id: newId(),
  form: what.form,
  kind: what.kind,
  outcome: what.code ? 'refused' : 'done',
  code: what.code ?? null,
  basis: subject.basis ?? what.form,
  person: subject.person ?? null,
  case: subject.case ?? null,
  request,
})

// A refusal is on record too, but never at the price of the answer: the refusal itself changed nothing.
const auditRefusal = async (
  house: House,
  form: { readonly name: string },
  refusals: readonly Refusal[],
  asked: Asked,
): Promise<void> => {
  const row = auditRow({ form: form.name, kind: 'command', code: refusals[0]?.code ?? 'platform.bug' }, {}, asked.request)
  try {
    await house.database
      .run(sql`select platform.record_act(${asked.actor.org ?? NO_ORG}, platform.jieli_now(), ${JSON.stringify(asked.actor)},
      '[]', '[]', ${JSON.stringify([row])}, null)`)
  } catch (error) {
    house.log('warn', 'audit.refusal-not-recorded', { form: form.name, error: (error as Error).message })
  }
}

const runQuery = (house: House, form: AnyQuery, input: unknown, asked: Asked): Promise<Result<Outcome>> =>
  house.database.transaction(
    async (tx): Promise<Result<Outcome>> => {
      const act = await beginAct(house, tx, asked)
      const facts: unknown = await form.read(tx, input, act)
      if (facts === null) return refuse('platform.not-found')
      if (!partyOf(form.by, asked.actor, form.relation?.(facts, act) ?? [])) return refuse('platform.not-found')
      const subjects: readonly AuditSubject[] = form.audits?.(facts, input, act) ?? []
      if (subjects.length > 0) await recordReads(tx, act, form, subjects)
      await form.leaves?.(tx, facts, input, act)
      return { ok: true, value: { text: JSON.stringify(form.answer(facts, input, act) ?? null), replayed: false } }
    },
    form.audits || form.leaves ? 'write' : 'read',
  )

/** The audit row commits with the answer or before it: without it there is no answer. */
const recordReads = async (tx: Tx, act: Act, form: AnyQuery, subjects: readonly AuditSubject[]): Promise<void> => {
  const rows = subjects.map((subject) =>
    auditRow({ form: form.name, kind: 'query' }, { basis: form.basis, ...subject }, act.request),
  )
  await tx.run(sql`select platform.record_act(${act.actor.org ?? NO_ORG}, ${act.now}, ${JSON.stringify(act.actor)}, '[]', '[]',
    ${JSON.stringify(rows)}, null)`)
}
