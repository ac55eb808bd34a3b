import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/id.ts'
import type { FhirCaller } from '../server/caller.ts'

/** What was asked for in an export. `group` null: everybody of whom there may be something to say. */
export type ExportWish = {
  /** Null = every type. */
  readonly types: readonly string[] | null
  readonly since: Instant | null
  readonly group: readonly PersonId[] | null
  /** Whether resources about nobody (institutions, definitions) come along. */
  readonly withPublic: boolean
  /** Searches of `_typeFilter`: of a type that has some, only what one of them finds. */
  readonly filters: readonly TypeFilter[]
}

/** One search of `_typeFilter`. */
export type TypeFilter = { readonly type: string; readonly parameters: readonly (readonly [string, string])[] }

/**
 * How far an export is: first what is about nobody, then persons by number and their resources by id; after each few persons
 * (`until` their last) what the modules know of them, behind `person`.
 */
export type ExportCursor = {
  readonly phase: 'nobody' | 'persons' | 'faces'
  readonly person: string
  readonly id: string
  /** In the phase of persons: behind whom these few began. */
  readonly from?: string
  readonly until?: string
}

/** How far an import is: the part under work, its next line, and whether lines of this part go one by one. */
export type ImportCursor = { readonly part: number; readonly line: number; readonly single: boolean }

/** A bulk job as it stands. */
export type BulkJob = {
  readonly org: string
  readonly id: string
  readonly kind: 'export' | 'import'
  readonly state: 'awaiting-approval' | 'running' | 'done'
  readonly account: string
  readonly caller: FhirCaller
  readonly request: string
  readonly input: ExportWish | { readonly lines: number }
  readonly cursor: ExportCursor | ImportCursor
  readonly wrappedKey: Buffer
  readonly persons: number
  readonly total: number
  readonly done: number
  readonly faults: number
  readonly askedAt: Instant
  readonly endedAt: Instant | null
  readonly expiresAt: Instant
}

/** One part of a file of a job, its lines joined. */
export type Part = { readonly kind: 'input' | 'output' | 'error'; readonly type: string; readonly lines: readonly string[] }

export const FIRST_ID = '00000000-0000-0000-0000-000000000000'
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
