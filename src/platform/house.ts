import type { Rulebook } from '../shapes/rulebook.ts'
import type { Cipher } from './cipher.ts'
import type { Database } from './database/pool.ts'
import type { AnyForm, Reaction } from './forms/form.ts'
import type { RefusalText } from './refusals.ts'

/** A line of the log: an event name and plain values, never personal data. */
export type Log = (level: 'error' | 'warn' | 'info' | 'debug', event: string, values?: Readonly<Record<string, unknown>>) => void

/** Everything that a running house needs to carry out an act; made once at start. */
export type House = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly cipher: Cipher
  readonly zone: string
  readonly forms: ReadonlyMap<string, AnyForm>
  readonly reactions: readonly Reaction[]
  readonly texts: ReadonlyMap<string, RefusalText>
  readonly log: Log
  /** Called after every commit that told something: wakes the relay of this process. */
  readonly told: () => void
}
