import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { Ending } from '../src/apps/ending.ts'
import type { Done, Task } from './load-client.ts'
import { rateFrom, type Rate } from './rate.ts'

export type { Done, Task } from './load-client.ts'

/** A process that asks servers; it carries out one task after the other. */
export type Load = { readonly carryOut: (task: Task) => Promise<Done> }

/** Starts the process that asks; it ends with the bench. */
export const startLoad = (ending: Ending): Load => {
  const child: ChildProcess = fork(join(import.meta.dirname, 'load-client.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  ending.onEnd(() => child.disconnect())
  return {
    carryOut: (task) =>
      new Promise((resolve, reject) => {
        const onExit = (): void => reject(new Error('the process that asks has ended'))
        child.once('exit', onExit)
        child.once('message', ({ done, error }: { done?: Done; error?: string }) => {
          child.off('exit', onExit)
          if (done) resolve(done)
          else reject(new Error(error))
        })
        child.send(task)
      }),
  }
}

const OK = 200
const MS = 1_000

/** The rate of what was answered with 200; everything else counts as failed. */
export const rateOfDone = ({ sent, answered, status }: Done): Rate => {
  const took: number[] = []
  for (const [at, code] of status.entries()) if (code === OK) took.push((answered[at] as number) - (sent[at] as number))
  return rateFrom(took, status.length - took.length, answered.reduce((last, at) => Math.max(last, at), 0) / MS)
}
