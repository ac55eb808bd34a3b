import { undoMs } from './undo-ms.ts'
import type { Batch, HeldAct, HeldActs, HeldActsMeans, Intent } from './held-acts.ts'

/** So many commands of a batch are under way at once: enough to be quick, few enough to leave room for colleagues. */
const atOnce = 3

type Means = HeldActsMeans & {
  readonly entries: () => ReadonlyMap<string, HeldAct>
  readonly put: (referral: string, act: HeldAct | null) => void
  readonly release: (referral: string, leaves: boolean) => Promise<void>
  readonly told: () => void
}

type BatchActs = Pick<HeldActs, 'holdAll' | 'batch' | 'undoBatch' | 'sendBatch' | 'closeBatch'>

/** Batches over the held acts of a page: held together, then sent one by one, each refused or done by itself. */
export const openBatches = ({ newKey, after, onBatchOver, entries, put, release, told }: Means) => {
  let batch: Batch | null = null
  let callOff = () => {}
  const ofBatch = (): [string, HeldAct][] => [...entries()].filter(([, act]) => batch !== null && act.batch === batch.id)
  const withState = (state: HeldAct['state']) => ofBatch().filter(([, act]) => act.state === state)
  const change = (next: Batch | null) => {
    batch = next
    told()
  }
  const count = (state: Batch['state']) => {
    if (batch !== null) change({ ...batch, state, done: withState('done').length, refused: withState('refused').length })
  }
  const run = async () => {
    if (batch?.state !== 'held') return
    callOff()
    count('running')
    const waiting = withState('held').map(([referral]) => referral)
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await release(next, false)
        count('running')
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    count('over')
    for (const [referral] of withState('done')) put(referral, null)
    if (batch !== null) onBatchOver(batch)
  }
  const hold = (intents: readonly Intent[]) => {
    const isBusy = batch !== null && batch.state !== 'over'
    const free = intents.filter(({ input }) => (entries().get(input.referral)?.state ?? 'refused') === 'refused')
    const [first] = free
    if (isBusy || first === undefined) return
    const id = newKey()
    for (const intent of free) put(intent.input.referral, { ...intent, batch: id, key: newKey(), state: 'held' })
    change({ id, act: first.act, all: free.length, done: 0, refused: 0, state: 'held' })
    callOff = after(undoMs, () => void run())
  }
  const undo = () => {
    for (const [referral] of withState('held')) put(referral, null)
    if (batch?.state !== 'held') return
    callOff()
    change(null)
  }
  const acts: BatchActs = {
    batch: () => batch,
    holdAll: hold,
    undoBatch: undo,
    sendBatch: run,
    closeBatch: () => {
      if (batch?.state === 'over') change(null)
    },
  }
  return { acts, leave: () => callOff() }
}
