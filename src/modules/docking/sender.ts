import { newId } from '../../kernel/id.ts'
import { SYSTEM } from '../../platform/access.ts'
import { beginAct } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import type { Message } from './docking.ts'
import { hashOfText, sendMessage, type Platform } from './platform.ts'
import { readMessage } from './read-message.ts'
import { buildMessage } from './rules/build-message.ts'
import * as store from './store.ts'

/** The loop that tells the platform. `settled` is how many messages it has settled since it began. */
export type Sender = { readonly settled: () => number; readonly isSilent: () => boolean; readonly close: () => Promise<void> }
export type SenderOptions = {
  readonly parallel?: number
  readonly idleMs?: number
  readonly firstWaitMs?: number
  readonly waitMsMost?: number
}

const PARALLEL = 8
/** The longest rest between two questions to a silent platform. */
const REST_MS_MOST = 15_000
/** How often an idle sender looks for new messages. */
const IDLE_MS = 500
/** First wait after an attempt that came to nothing; doubled each time, half to one and a half of it at random. */
const FIRST_WAIT_MS = 1_000
const WAIT_MS_MOST = 60_000
/** A claim outlives the time limit of its attempt by this much: then another sender may take it. */
const LEASE_BEYOND_MS = 2_000
/** So many silent attempts in a row mean that the platform is silent: from then on one message at a time asks whether it is back. */
const SILENT_AFTER = 3

const jittered = (milliseconds: number): number => Math.round(milliseconds * (0.5 + Math.random()))

/**
 * Sends what is ready, several cases at a time and one message of each, until closed. Several processes may do so at once.
 * When the platform answers again after a silence, everything that was put off goes at once.
 */
export const startSender = (house: House, platform: Platform, options: SenderOptions = {}): Sender => {
  const { parallel = PARALLEL, idleMs = IDLE_MS, firstWaitMs = FIRST_WAIT_MS, waitMsMost = WAIT_MS_MOST } = options
  const underWay = new Set<Promise<void>>()
  const sleeper = makeSleeper()
  let [closed, settled, silences, restUntil] = [false, 0, 0, 0]
  const waitAfter = (tries: number): number => jittered(Math.min(waitMsMost, firstWaitMs * 2 ** Math.min(tries - 1, 20)))

  const settle = async (message: Message): Promise<void> => {
    const { attempt, hash } = await attemptOne(house, platform, message)
    if (attempt.kind === 'passing') {
      silences = attempt.isSilent ? silences + 1 : 0
      if (silences >= SILENT_AFTER)
        restUntil =
          performance.now() +
          jittered(Math.min(REST_MS_MOST, waitMsMost, firstWaitMs * 2 ** Math.min(silences - SILENT_AFTER, 20)))
      house.log('debug', 'docking.put-off', { message: message.id, tries: message.tries, why: attempt.why })
      return void (await store.savePutOff(house.database, message, waitAfter(message.tries)))
    }
    if (silences >= SILENT_AFTER) await store.readyAll(house.database)
    silences = 0
    restUntil = 0
    settled += 1
    if (attempt.kind === 'received')
      await house.database.transaction((tx) => store.saveAcknowledged(tx, message, attempt.receipt, hash))
    else {
      house.log('warn', 'docking.refused', { message: message.id, code: attempt.code })
      await house.database.transaction((tx) => store.saveRefused(tx, message, attempt.code, attempt.words))
    }
  }

  const failed = (error: Error): void => house.log('warn', 'docking.round-failed', { error: error.message })
  const start = (message: Message): void => {
    const work: Promise<void> = settle(message)
      .catch(failed)
      .finally(() => {
        underWay.delete(work)
        sleeper.wake()
      })
    underWay.add(work)
  }

  const loop = async (): Promise<void> => {
    while (!closed) {
      const rest = restUntil - performance.now()
      if (rest > 0) {
        await sleeper.sleep(rest)
        continue
      }
      const room = (silences >= SILENT_AFTER ? 1 : parallel) - underWay.size
      const claimed =
        room > 0
          ? await store
              .claimReady(house.database, room, platform.timeoutMs + LEASE_BEYOND_MS)
              .catch((error: Error) => (failed(error), []))
          : []
      for (const message of claimed) start(message)
      if (claimed.length < room || room <= 0) await sleeper.sleep(idleMs)
    }
  }
  const running = loop()
  return {
    settled: () => settled,
    isSilent: () => silences >= SILENT_AFTER,
    close: async () => {
      closed = true
      sleeper.wake()
      await running
      await Promise.all(underWay)
    },
  }
}

/** A wait that something may end before its time. */
const makeSleeper = () => {
  let end: (() => void) | null = null
  return {
    wake: (): void => end?.(),
    sleep: (milliseconds: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        end = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
  }
}

const attemptOne = async (house: House, platform: Platform, message: Message) => {
  const text = await house.database.transaction(async (tx) =>
    buildMessage(await readMessage(tx, message, await beginAct(house, tx, { actor: SYSTEM, request: newId() }))),
  )
  return { attempt: await sendMessage(platform, message, text), hash: hashOfText(text) }
}
