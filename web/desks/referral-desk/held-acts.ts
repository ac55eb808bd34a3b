import { ApiError, showable } from '../../api/api-error.ts'
import type { Commands } from '../../api/api-types.ts'
import { openBatches } from './held-batches.ts'
import { undoMs } from './undo-ms.ts'

/** What the receiving side may do with a case; each is the command `referral.<act>`. */
export const deskActs = [
  'accept',
  'ask-more',
  'reject',
  'redirect',
  'schedule',
  'arrive',
  'miss',
  'begin',
  'discharge',
  'hand-back',
] as const
export type DeskAct = (typeof deskActs)[number]
type InputOf<A extends DeskAct> = Commands[`referral.${A}`]['input']
export type Intent = { [A in DeskAct]: { act: A; input: InputOf<A> } }[DeskAct] & {
  /** Whom it is about, for the note: never more than the name that the list shows anyway. */
  readonly who: string
}

/** One act as this page knows it: still held back, on its way, done, or refused with its values kept. */
export type HeldAct = Intent & {
  readonly key: string
  /** The batch that it was started with; null when it was started alone. */
  readonly batch: string | null
} & (
    | { readonly state: 'held' | 'sending' }
    // An act of a batch that is still under way: it stays in sight until the batch is over.
    | { readonly state: 'done' }
    | { readonly state: 'refused'; readonly error: ApiError }
  )

/** Several acts of one kind that were started together; each is a command of its own, with its own key and answer. */
export type Batch = {
  readonly id: string
  readonly act: DeskAct
  readonly all: number
  readonly done: number
  readonly refused: number
  readonly state: 'held' | 'running' | 'over'
}

export type HeldActsMeans = {
  /** Sends a command; `leaves` when the page is being left and nobody waits for the answer. */
  readonly send: (name: string, input: unknown, key: string, leaves: boolean) => Promise<unknown>
  readonly newKey: () => string
  /** Runs later and answers how to call it off. */
  readonly after: (ms: number, run: () => void) => () => void
  readonly onSent: (act: HeldAct) => void
  readonly onRefused: (act: HeldAct, error: ApiError) => void
  readonly onBatchOver: (batch: Batch) => void
}

export type HeldActs = {
  readonly entries: () => ReadonlyMap<string, HeldAct>
  readonly watch: (changed: () => void) => () => void
  /** Holds an act back for the time in which it may be undone; one case has one act at a time. */
  readonly hold: (intent: Intent) => void
  /** Holds several back together; cases that are being acted on already are left out. One batch at a time. */
  readonly holdAll: (intents: readonly Intent[]) => void
  /** The batch of this page, until it is put away. */
  readonly batch: () => Batch | null
  /** Takes back whatever of the batch has not been sent. */
  readonly undoBatch: () => void
  /** Sends the held batch now. */
  readonly sendBatch: () => Promise<void>
  /** Puts away what a finished batch came to. */
  readonly closeBatch: () => void
  /** Takes a held act back; false when it is already on its way. */
  readonly undo: (referral: string) => boolean
  /** Sends a held act now. */
  readonly sendNow: (referral: string) => Promise<void>
  /** Forgets a refused act, once its reasons were read. */
  readonly forget: (referral: string) => void
  /** Sends everything that is held: the page is being left. */
  readonly leave: () => void
}

/** Acts of this page that are held back for a moment, because a sent command cannot be called back. */
export const openHeldActs = (means: HeldActsMeans): HeldActs => {
  const { send, newKey, after, onSent, onRefused } = means
  let entries: ReadonlyMap<string, HeldAct> = new Map()
  const watchers = new Set<() => void>()
  const callOff = new Map<string, () => void>()
  const put = (referral: string, act: HeldAct | null) => {
    const next = new Map(entries)
    if (act === null) next.delete(referral)
    else next.set(referral, act)
    entries = next
    for (const changed of watchers) changed()
  }
  const release = async (referral: string, leaves: boolean) => {
    const held = entries.get(referral)
    if (held?.state !== 'held') return
    callOff.get(referral)?.()
    const sending: HeldAct = { ...held, state: 'sending' }
    put(referral, sending)
    try {
      await send(`referral.${held.act}`, held.input, held.key, leaves)
      put(referral, held.batch === null ? null : { ...sending, state: 'done' })
      if (held.batch === null) onSent(sending)
    } catch (thrown) {
      const error = showable(thrown)
      put(referral, { ...held, state: 'refused', error })
      if (held.batch === null || error.status === 401) onRefused(sending, error)
    }
  }
  const batches = openBatches({
    ...means,
    entries: () => entries,
    put,
    release,
    told: () => watchers.forEach((changed) => changed()),
  })
  return {
    ...batches.acts,
    entries: () => entries,
    watch: (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    hold: (intent) => {
      const { referral } = intent.input
      const before = entries.get(referral)
      if (before !== undefined && before.state !== 'refused') return
      // Whoever sends the same again after no answer means the same act: it keeps its key and cannot act twice.
      const isSame =
        before !== undefined && before.act === intent.act && JSON.stringify(before.input) === JSON.stringify(intent.input)
      put(referral, { ...intent, batch: null, key: isSame ? before.key : newKey(), state: 'held' })
      callOff.set(
        referral,
        after(undoMs, () => void release(referral, false)),
      )
    },
    undo: (referral) => {
      if (entries.get(referral)?.state !== 'held') return false
      callOff.get(referral)?.()
      put(referral, null)
      return true
    },
    sendNow: (referral) => release(referral, false),
    forget: (referral) => {
      if (entries.get(referral)?.state === 'refused') put(referral, null)
    },
    leave: () => {
      batches.leave()
      for (const referral of entries.keys()) void release(referral, true)
    },
  }
}
