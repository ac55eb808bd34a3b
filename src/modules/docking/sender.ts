import type { Words } from '../../kernel/words.ts'
import { newId } from '../../kernel/id.ts'
import { SYSTEM } from '../../platform/access.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { isPassing } from '../../platform/database/pool.ts'
import { beginAct } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import type { Message } from './docking.ts'
import { hashOfText, sendMessage, type Platform } from './platform.ts'
import { readMessage } from './read-message.ts'
import { buildMessage } from './rules/build-message.ts'
import { doubled, jittered, watchSilence, type Silence } from './silence.ts'
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
/** How often an idle sender looks for new messages. */
const IDLE_MS = 500
/** First wait after an attempt that came to nothing; doubled each time, up to the longest. */
const FIRST_WAIT_MS = 1_000
const WAIT_MS_MOST = 60_000
/** A claim outlives the time limit of its attempt by this much: then another sender may take it. */
const LEASE_BEYOND_MS = 2_000

/**
 * Sends what is ready, several cases at a time and one message of each, until closed. Several processes may do so at once.
 * When the platform answers again after a silence, everything that was put off goes at once.
 */
export const startSender = (house: House, platform: Platform, options: SenderOptions = {}): Sender => {
  const { parallel = PARALLEL, idleMs = IDLE_MS, firstWaitMs = FIRST_WAIT_MS, waitMsMost = WAIT_MS_MOST } = options
  const underWay = new Set<Promise<void>>()
  const sleeper = makeSleeper()
  const silence = watchSilence(firstWaitMs, waitMsMost)
  const progress = { closed: false, settled: 0 }
  const failed = (error: Error): void => house.log('warn', 'docking.round-failed', { error: error.message })

  const start = (message: Message): void => {
    const waitMs = jittered(doubled(firstWaitMs, message.tries - 1, waitMsMost))
    const work: Promise<void> = tell(house, platform, message, silence, waitMs)
      .then((isSettled) => void (progress.settled += Number(isSettled)), failed)
      .finally(() => {
        underWay.delete(work)
        sleeper.wake()
      })
    underWay.add(work)
  }
  const round = async (): Promise<void> => {
    const rest = silence.rest()
    if (rest > 0) return sleeper.sleep(rest)
    const room = (silence.isSilent() ? 1 : parallel) - underWay.size
    const claimed = room > 0 ? await store.claimReady(asSystem(house.database), room, platform.timeoutMs + LEASE_BEYOND_MS) : []
    for (const message of claimed) start(message)
    if (claimed.length < room || room <= 0) await sleeper.sleep(idleMs)
  }
  const loop = async (): Promise<void> => {
    while (!progress.closed)
      await round().catch((error: Error) => {
        failed(error)
        return sleeper.sleep(idleMs)
      })
  }
  const running = loop()
  return {
    settled: () => progress.settled,
    isSilent: silence.isSilent,
    close: async () => {
      progress.closed = true
      sleeper.wake()
      await running
      await Promise.all(underWay)
    },
  }
}

/** A fault of ours must not be tried for ever: it waits for a person as a refusal does, and only its own case with it. */
const CANNOT_BE_MADE: Words = {
  zh: '这条消息无法生成,本单暂停发送。请联系技术支持;解决后重发。',
  en: 'This message could not be made, and its case stands still. Ask technical support, then send it again.',
}

/** One attempt and what it comes to; answers whether the message is settled. */
const tell = async (house: House, platform: Platform, message: Message, silence: Silence, waitMs: number): Promise<boolean> => {
  const text = await textOf(house, message).catch((error: unknown) => (isPassing(error) ? Promise.reject(error) : null))
  if (text === null) {
    house.log('error', 'docking.cannot-be-made', { message: message.id })
    await asSystem(house.database).transaction((tx) => store.saveRefused(tx, message, 'cannot-be-made', CANNOT_BE_MADE))
    return true
  }
  const attempt = await sendMessage(platform, message, text)
  if (attempt.kind === 'passing') {
    silence.nothing(attempt.isSilent)
    house.log('debug', 'docking.put-off', { message: message.id, tries: message.tries, why: attempt.why })
    await store.savePutOff(asSystem(house.database), message, waitMs)
    return false
  }
  if (silence.answered()) await store.readyAll(asSystem(house.database))
  if (attempt.kind === 'received')
    await asSystem(house.database).transaction((tx) => store.saveAcknowledged(tx, message, attempt.receipt, hashOfText(text)))
  else {
    house.log('warn', 'docking.refused', { message: message.id, code: attempt.code })
    await asSystem(house.database).transaction((tx) => store.saveRefused(tx, message, attempt.code, attempt.words))
  }
  return true
}

/** The message in words, made anew for each attempt: what is unsealed for it is kept nowhere. */
const textOf = (house: House, message: Message): Promise<string> =>
  asSystem(house.database).transaction(async (tx) =>
    buildMessage(await readMessage(tx, message, await beginAct(house, tx, { actor: SYSTEM, request: newId() }))),
  )

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
