import { OutcomeUnknown, type Database } from '../../src/platform/database/pool.ts'
import type { Fault } from './acts.ts'

/** The process is gone: nothing that it would still have asked reaches the database. */
export class Killed extends Error {}

/** A database between house and pool in which one fault can be armed. */
export type FaultyDatabase = Database & {
  /** Strikes at the next statement of its own, or transaction, after so many that went well. */
  readonly arm: (fault: Fault, after: number) => void
}

/** One fault strikes once. A killed process stays dead: whoever goes on makes a new one of these. */
export const faultyDatabase = (real: Database): FaultyDatabase => {
  let armed: Fault = 'none'
  let after = 0
  let isDead = false
  const strike = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Killed('the process has ended')
    if (armed === 'none' || after > 0) {
      const answer = await work()
      after -= 1
      return answer
    }
    const fault = armed
    if (fault === 'race') {
      armed = 'none'
      throw Object.assign(new Error('somebody else was first'), { code: '40001' })
    }
    if (fault === 'kill-before') isDead = true
    if (isDead) throw new Killed('killed before the commit')
    // What fails by itself is no commit: the fault waits for one.
    await work()
    armed = 'none'
    if (fault === 'lost') throw new OutcomeUnknown('the answer was lost')
    isDead = true
    throw new Killed('killed after the commit')
  }
  const faulty: FaultyDatabase = {
    ...real,
    alone: (query) => strike(() => real.alone(query)),
    inLine: () => faulty.alone,
    transaction: async (work, mode) => {
      if (isDead) throw new Killed('the process has ended')
      const fault = armed
      armed = 'none'
      const answer = await real.transaction(async (tx) => {
        const done = await work(tx)
        if (fault === 'kill-before') throw new Killed('killed before the commit')
        return done
      }, mode)
      if (fault === 'lost') throw new OutcomeUnknown('the answer was lost')
      if (fault === 'kill-after') throw new Killed('killed after the commit')
      return answer
    },
    beside: () => faulty,
    arm: (fault, count) => {
      armed = fault
      after = count
    },
    close: async () => {},
  }
  return faulty
}
