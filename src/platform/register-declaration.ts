import { z } from 'zod'
import { isDay } from '../kernel/day.ts'
import type { Refusal } from '../kernel/result.ts'
import type { Words } from '../kernel/words.ts'
import type { Asked, Version } from '../shapes/register.ts'
import type { Party } from './access.ts'
import type { Tx } from './database/pool.ts'
import type { Act, Command, Query } from './forms/form.ts'
import type { RefusalTable } from './refusals.ts'
import type { Saved } from './register-decisions.ts'
import type { Field, Label } from './register-fields.ts'
import type { Tried } from './register-import.ts'
import type { Owned } from './register-store.ts'

/** What a module says of a kind of entry; everything else a register needs follows from it. */
export type RegisterDeclaration<Module extends string, Kind extends string, Schema extends z.ZodObject> = {
  readonly module: Module
  readonly kind: Kind
  readonly words: Words
  readonly schema: Schema
  /** What each field is called on screens, its values and its parts too. */
  readonly labels: { readonly [Name in keyof z.output<Schema>]-?: Label }
  /** The key that makes two texts versions of one entry, a document's number for instance. */
  readonly keyOf: (body: z.output<Schema>) => string
  readonly by: readonly Party[]
  readonly readBy: readonly Party[]
  /** A second person approves what one has proposed. */
  readonly fourEyes: boolean
  readonly basis: string
  readonly rule?: RegisterRule<z.output<Schema>>
}

/**
 * What else stands against a text than its form. `read` reads the facts for all texts asked at once, in their transaction, and
 * answers a pure judge of one of them; `refusals` says its reasons.
 */
export type RegisterRule<Body> = {
  readonly refusals: RefusalTable
  readonly read: (tx: Tx, asked: readonly Asked<Body>[], act: Act) => Promise<Judge<Body>>
}
export type Judge<Body> = (asked: Asked<Body>) => readonly Refusal[]

const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const entry = z.string().trim().min(1).max(200)
const reason = z.string().trim().min(2).max(200)
const org = z
  .string()
  .regex(/^(all|\d{1,18})$/, '应为机构编号或 all|An institution id is digits; all is everybody’s')
  .optional()

/** The inputs of a register's forms by the schema of its body. */
export const inputsOf = <Schema extends z.ZodObject>(schema: Schema) => ({
  propose: z.strictObject({ from: day, until: day.nullable().default(null), body: schema }),
  correct: z.strictObject({ entry, from: day, body: schema, reason }),
  approve: z.strictObject({ entry, version: z.number().int().min(1), verdict: z.enum(['approve', 'reject']) }),
  retire: z.strictObject({ entry, on: day, reason }),
  import: z
    .strictObject({
      rows: z.array(z.unknown()).max(5_000).optional(),
      csv: z.string().max(900_000).optional(),
      /** Says row by row what would be done, faults included, and writes nothing. */
      dryRun: z.boolean().default(false),
    })
    .refine(
      (input) => (input.rows === undefined) !== (input.csv === undefined),
      '请提供 JSON 行或 CSV 文本之一|Give either JSON rows or a CSV text',
    ),
  list: z.strictObject({ day: day.optional(), org }),
  history: z.strictObject({ entry, org }),
  export: z.strictObject({ day: day.optional(), org, format: z.enum(['json', 'csv']).default('json') }),
})
export type Inputs<Schema extends z.ZodObject> = ReturnType<typeof inputsOf<Schema>>

/** What a list answers: enough for a generic screen. */
export type Listed<Schema extends z.ZodObject> = {
  readonly words: Words
  readonly labels: Readonly<Record<string, Words>>
  readonly fields: readonly Field[]
  readonly fourEyes: boolean
  readonly basis: string
  /** Whether who asks may also propose, and whose entries those would be. */
  readonly mayWrite: boolean
  readonly writesFor: string
  readonly day: string
  readonly entries: readonly Owned<z.output<Schema>>[]
}

/** What an import did; a dry run answers `tried`: what it would do with each row. */
export type Imported = { readonly added: number; readonly unchanged: number; readonly tried?: readonly Tried[] }

/** The forms of a register under their full names. */
export type RegisterForms<M extends string, K extends string, S extends z.ZodObject> = {
  readonly [N in `${M}.propose-${K}`]: Command<Inputs<S>['propose'], Saved>
} & {
  readonly [N in `${M}.correct-${K}`]: Command<Inputs<S>['correct'], Saved>
} & { readonly [N in `${M}.approve-${K}`]: Command<Inputs<S>['approve'], Saved> } & {
  readonly [N in `${M}.retire-${K}`]: Command<Inputs<S>['retire'], { entry: string; until: string }>
} & { readonly [N in `${M}.import-${K}`]: Command<Inputs<S>['import'], Imported> } & {
  readonly [N in `${M}.${K}-list`]: Query<Inputs<S>['list'], Listed<S>>
} & { readonly [N in `${M}.${K}-history`]: Query<Inputs<S>['history'], { versions: readonly Version<z.output<S>>[] }> } & {
  readonly [N in `${M}.${K}-export`]: Query<Inputs<S>['export'], { count: number; rows?: readonly unknown[]; csv?: string }>
}
