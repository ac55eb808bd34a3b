/** How much may come at once, and how much a minute after that. */
export type Allowance = { readonly burst: number; readonly perMinute: number }

/** Buckets by key that fill by themselves. They live in this process: several processes each grant the whole allowance. */
export type TokenBuckets = {
  /** Takes from the bucket of a key: 0 when there was enough, otherwise nothing is taken and the seconds to wait are answered. */
  readonly take: (key: string, amount?: number) => number
  /** How many keys are remembered. */
  readonly size: () => number
}

const KEYS_MOST = 100_000

/** Makes buckets of one allowance; `now` is in milliseconds and never goes back. A full bucket is forgotten. */
export const tokenBuckets = ({ burst, perMinute }: Allowance, now: () => number = () => performance.now()): TokenBuckets => {
  const perMs = perMinute / 60_000
  let buckets = new Map<string, { left: number; at: number }>()
  let sweptAt = now()
  const fullAfterMs = burst / perMs
  const sweep = (): void => {
    if (now() - sweptAt < Math.min(fullAfterMs, 60_000) && buckets.size < KEYS_MOST) return
    sweptAt = now()
    buckets = new Map([...buckets].filter(([, { left, at }]) => left + (now() - at) * perMs < burst))
    // So many keys at once is an attack with invented ones: rather forget than run out of memory.
    if (buckets.size >= KEYS_MOST) buckets = new Map()
  }
  return {
    size: () => buckets.size,
    take: (key, amount = 1) => {
      sweep()
      const at = now()
      const bucket = buckets.get(key)
      const left = bucket ? Math.min(burst, bucket.left + (at - bucket.at) * perMs) : burst
      if (left < amount) return Math.max(1, Math.ceil((amount - left) / perMs / 1_000))
      buckets.set(key, { left: left - amount, at })
      return 0
    },
  }
}
