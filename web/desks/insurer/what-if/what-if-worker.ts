import '../../../older-browsers.ts'
import { comparedBill, whatIf } from '../../../../src/modules/settlement/what-if.ts'
import type { Asked, Told } from './trial.ts'

const tell = (told: Told): void => self.postMessage(told)

const answer = (asked: Asked): Told => {
  const { year, books, count } = asked.trial
  if (asked.kind === 'bill') return { kind: 'bill', bill: comparedBill(year, books, asked.place) }
  const from = performance.now()
  const outcome = whatIf(year, books, count, (done) => tell({ kind: 'progress', done }))
  return { kind: 'settled', outcome, tookMs: performance.now() - from }
}

/** Settles off the page's own thread, so that the page answers meanwhile; to cancel, the page ends the worker. */
self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  try {
    tell(answer(data))
  } catch (error) {
    tell({ kind: 'failed', why: error instanceof Error ? error.message : String(error) })
  }
})
