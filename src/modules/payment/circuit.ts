import { setTimeout as wait } from 'node:timers/promises'

/** What is known of the silence at the other end: after so many messages without an answer it is left alone for a while. */
export type Circuit = { readonly heard: () => void; readonly silent: () => void; readonly isOpen: () => boolean }

const SILENT_MOST = 12
const HALF = 0.5

/** A circuit that opens after silence; when its rest is over one message asks, and an answer closes it. */
export const makeCircuit = (restMs: number): Circuit => {
  let silences = 0
  let restUntil = 0
  return {
    heard: () => {
      silences = 0
      restUntil = 0
    },
    silent: () => {
      silences += 1
      if (silences >= SILENT_MOST) restUntil = performance.now() + restMs
    },
    isOpen: () => performance.now() < restUntil,
  }
}

/** Waits twice as long each time, between half and one and a half of it. */
export const backOff = (firstMs: number, tries: number): Promise<void> =>
  wait(Math.round(firstMs * 2 ** tries * (HALF + Math.random())))
