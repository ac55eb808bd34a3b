/** What a sender knows of the platform's silence: how long to rest before it asks again, and when it is over. */
export type Silence = {
  /** Notes an attempt that came to nothing. */
  readonly nothing: (isSilent: boolean) => void
  /** Notes an answer; true when it ended a silence. */
  readonly answered: () => boolean
  readonly isSilent: () => boolean
  /** Milliseconds until the platform may be asked again. */
  readonly rest: () => number
}

/** So many silent attempts in a row mean that the platform is silent: from then on one message at a time asks whether it is back. */
const SILENT_AFTER = 3
/** The longest rest between two questions to a silent platform: its return is noticed within this time. */
const REST_MS_MOST = 15_000

/** Half to one and a half of a wait, so that senders do not knock together. */
export const jittered = (milliseconds: number): number => Math.round(milliseconds * (0.5 + Math.random()))

/** Doubles a first wait with each try, up to a longest one. */
export const doubled = (first: number, tries: number, most: number): number => Math.min(most, first * 2 ** Math.min(tries, 20))

export const watchSilence = (firstWaitMs: number, waitMsMost: number): Silence => {
  let silences = 0
  let restUntil = 0
  return {
    nothing: (isSilent) => {
      silences = isSilent ? silences + 1 : 0
      if (silences >= SILENT_AFTER)
        restUntil =
          performance.now() + jittered(doubled(firstWaitMs, silences - SILENT_AFTER, Math.min(REST_MS_MOST, waitMsMost)))
    },
    answered: () => {
      const wasSilent = silences >= SILENT_AFTER
      silences = 0
      restUntil = 0
      return wasSilent
    },
    isSilent: () => silences >= SILENT_AFTER,
    rest: () => restUntil - performance.now(),
  }
}
