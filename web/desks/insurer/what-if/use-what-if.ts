import { useCallback, useEffect, useRef, useState } from 'react'
import type { BillPlace, ComparedBill } from '../../../../src/modules/settlement/what-if.ts'
import type { Asked, Settled, Told, Trial } from './trial.ts'

type State = {
  readonly running: { readonly done: number; readonly count: number } | null
  readonly settled: Settled | null
  readonly bill: ComparedBill | null
  readonly failed: string | null
}
const NOTHING: State = { running: null, settled: null, bill: null, failed: null }

/** The state after a word of the worker. */
const heard = (was: State, told: Told, trial: Trial): State => {
  switch (told.kind) {
    case 'progress':
      return { ...was, running: { done: told.done, count: trial.count } }
    case 'settled':
      return { ...NOTHING, settled: { trial, outcome: told.outcome, tookMs: told.tookMs } }
    case 'bill':
      return { ...was, bill: told.bill }
    case 'failed':
      return { ...was, running: null, failed: told.why }
  }
}

/** One worker at a time: begun with a trial, ended by the next, by cancelling, and when the page goes. A number opens a bill of the trial that it came from. */
export const useWhatIf = () => {
  const [state, setState] = useState(NOTHING)
  const worker = useRef<Worker | null>(null)
  const end = useCallback(() => {
    worker.current?.terminate()
    worker.current = null
  }, [])
  useEffect(() => end, [end])

  const ask = (asked: Asked): void => worker.current?.postMessage(asked)
  const begin = (trial: Trial): void => {
    end()
    const started = new Worker(new URL('./what-if-worker.ts', import.meta.url), { type: 'module' })
    worker.current = started
    setState({ ...NOTHING, running: { done: 0, count: trial.count } })
    started.addEventListener('error', ({ message }) => setState({ ...NOTHING, failed: message }))
    started.addEventListener('message', ({ data }: MessageEvent<Told>) => setState((was) => heard(was, data, trial)))
    ask({ kind: 'settle', trial })
  }
  const cancel = (): void => {
    end()
    setState(NOTHING)
  }
  const open = (place: BillPlace): void => {
    if (state.settled !== null) ask({ kind: 'bill', trial: state.settled.trial, place })
  }
  const close = (): void => setState((was) => ({ ...was, bill: null }))
  return { ...state, begin, cancel, open, close }
}
