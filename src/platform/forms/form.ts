import type { z } from 'zod'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Detail, Refusal, Result } from '../../kernel/result.ts'
import type { Words } from '../../kernel/words.ts'
import type { Actor, Party, Relation } from '../access.ts'
import type { Tx } from '../database/pool.ts'
import type { Clause } from '../../shapes/rulebook.ts'
import type { Cipher } from '../cipher.ts'
import type { House } from '../house.ts'

/** What surrounds one act: who, when (the one clock), by which policy. */
export type Act = {
  readonly actor: Actor
  readonly now: Instant
  readonly today: Day
  readonly zone: string
  /** A rulebook value of today in its own unit. Throws RuleGap or RuleConflict. */
  readonly policy: (id: string, by?: string) => number
  /** The same value together with its clause and how sure it is, for whoever asks why. Throws as `policy` does. */
  readonly clause: (id: string, by?: string) => Clause
  /** Every amount of a concept that is in force today, by name: lists whose names are data. Throws as `policy` does. */
  readonly amounts: (id: string) => Readonly<Record<string, number>>
  readonly rulebookHash: string
  readonly newId: <Id extends string = string>() => Id
  readonly cipher: Cipher
  /** The request's number, for the audit row and for whoever asks. */
  readonly request: string
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }

/** Which case something is about: its kind, the institution that made it, its id. */
export type CaseKey = { readonly kind: string; readonly org: OrgId; readonly id: string }

/** Something that happened to a case: told to its parties, kept for ever. */
export type TraceEvent = {
  readonly type: string
  readonly case: CaseKey
  readonly person: PersonId | null
  /** Institutions that may see it. */
  readonly seenBy: readonly OrgId[]
  readonly reason?: string
  /** When it really happened, if entered late (补单, offline). */
  readonly occurredAt?: Instant
  readonly data?: { readonly [key: string]: Json | undefined }
}

/** An "until when" of a case: at that moment the house runs the command. */
export type CaseWait = { readonly name: string; readonly command: string; readonly input: Json; readonly dueAt: Instant }

/** What a decision comes to: the change to write, what to tell, what to wait for, what to answer. */
export type Decision<Change, Answer> = {
  readonly change: Change
  readonly answer: Answer
  readonly events?: readonly TraceEvent[]
  /** For each case named here, replaces all of its open waits. */
  readonly waits?: readonly { readonly case: CaseKey; readonly open: readonly CaseWait[] }[]
}

/** What an audit row says about the matter: whom, which case, on which basis. */
export type AuditSubject = { readonly person?: PersonId | null; readonly case?: string | null; readonly basis?: string }

/** A write may find at the last moment that it lost a race: it throws this and nothing remains. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]
  constructor(code: string, detail?: Detail) {
    super(code)
    this.refusals = [detail ? { code, detail } : { code }]
  }
}

type Described = {
  readonly name: string
  readonly by: readonly Party[]
  /** The clause or source that asks for it. */
  readonly basis: string
  readonly does: Words
}

export type Command<Input extends z.ZodType = z.ZodType, Answer = unknown, Facts = unknown, Change = unknown> = Described & {
  readonly kind: 'command'
  readonly input: Input
  readonly read: (tx: Tx, input: z.output<Input>, act: Act) => Promise<Facts | null>
  readonly relation?: (facts: Facts, act: Act) => readonly Relation[]
  readonly subject?: (facts: Facts, input: z.output<Input>) => AuditSubject
  readonly decide: (facts: Facts, input: z.output<Input>, act: Act) => Result<Decision<Change, Answer>>
  readonly write: (tx: Tx, change: Change, act: Act) => Promise<void>
}

export type Query<Input extends z.ZodType = z.ZodType, Answer = unknown, Facts = unknown> = Described & {
  readonly kind: 'query'
  readonly input: Input
  readonly read: (tx: Tx, input: z.output<Input>, act: Act) => Promise<Facts | null>
  readonly relation?: (facts: Facts, act: Act) => readonly Relation[]
  /** Rows that the audit must hold before the answer goes out; a query without looks at no person's record. */
  readonly audits?: (facts: Facts, input: z.output<Input>, act: Act) => readonly AuditSubject[]
  /** What a look leaves behind besides its answer, a count for instance; it commits with the answer. */
  readonly leaves?: (tx: Tx, facts: Facts, input: z.output<Input>, act: Act) => Promise<void>
  readonly answer: (facts: Facts, input: z.output<Input>, act: Act) => Answer
}

/** The answer of an act: the JSON text that goes over the wire, or every reason why not. */
export type Outcome = { readonly text: string; readonly replayed: boolean }

/** Who asks, by which request, and by which idempotency key if one was given. */
export type Asked = { readonly actor: Actor; readonly request: string; readonly key?: string }

/**
 * A write that an engine carries out together with others that came at the same moment. The engine answers for everything that
 * a command's transaction does: decision, rows, trace, audit of what was done and what was refused, idempotency.
 */
export type CarriedCommand<Input extends z.ZodType = z.ZodType, Answer = unknown, Wish = unknown> = Described & {
  readonly kind: 'command'
  readonly input: Input
  /** What the engine is asked for, or why this actor may not ask for it. */
  readonly wish: (input: z.output<Input>, actor: Actor) => Result<Wish>
  readonly carriedBy: (house: House) => (wish: Wish, asked: Asked) => Promise<Result<Outcome>>
  /** What only the database knows of whether this actor may wish so; null where nothing need be asked, as for oneself. */
  readonly mayWish?: (house: House) => (wish: Wish, actor: Actor) => Promise<Result<unknown>> | null
  /** Only a type: what the JSON text of the answer is. */
  readonly answers?: Answer
}

/**
 * Declares a write. From this one declaration come the route, its OpenAPI entry, the typed browser client, the CLI call,
 * the authority check, one transaction with trace, outbox and audit, and idempotency.
 */
export const command = <Input extends z.ZodType, Facts, Change, Answer>(
  form: Omit<Command<Input, Answer, Facts, Change>, 'kind'>,
): Command<Input, Answer, Facts, Change> => ({ kind: 'command', ...form })

/** Declares a write that an engine carries: the same around it, without read, decision and write of its own. */
export const carriedCommand = <Input extends z.ZodType, Wish>(form: Omit<CarriedCommand<Input, unknown, Wish>, 'kind' | 'answers'>) => ({
  answering: <Answer>(): CarriedCommand<Input, Answer, Wish> => ({ kind: 'command', ...form }),
})

/** Declares a read: the same without decision and write. A null from `read` is "not found". */
export const query = <Input extends z.ZodType, Facts, Answer>(form: Omit<Query<Input, Answer, Facts>, 'kind'>): Query<Input, Answer, Facts> => ({
  kind: 'query',
  ...form,
})

// The registry holds forms of every shape; only the runner, which feeds a form its own facts, calls them.
// oxlint-disable-next-line no-explicit-any
export type AnyCommand = Command<any, any, any, any>
// oxlint-disable-next-line no-explicit-any
export type AnyQuery = Query<any, any, any>
// oxlint-disable-next-line no-explicit-any
export type AnyCarried = CarriedCommand<any, any, any>
export type AnyForm = AnyCommand | AnyCarried | AnyQuery

/** Whether an engine carries the form out. */
export const isCarried = (form: AnyForm): form is AnyCarried => 'carriedBy' in form

/** An event of one module makes another act, once: the command runs as the system with the event's case and data. */
export type Reaction = { readonly consumer: string; readonly on: string; readonly command: string; readonly input: (event: DeliveredEvent) => Json }

export type DeliveredEvent = {
  readonly id: string
  readonly type: string
  readonly caseKind: string
  /** The institution that the case stands under. */
  readonly org: OrgId
  readonly caseId: string
  readonly person: PersonId | null
  readonly at: Instant
  readonly data: { readonly [key: string]: Json | undefined }
}
