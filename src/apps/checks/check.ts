import type { Words } from '../../kernel/words.ts'

/**
 * A statement that must hold at every committed instant; its SQL answers what breaks it, and nothing when it holds.
 * `proves` names the invariants of docs/reliability.md, `over` the rows on which it is evaluated.
 */
export type Check = Words & {
  readonly name: string
  readonly proves: readonly string[]
  readonly over: string
  readonly sql: string
}
