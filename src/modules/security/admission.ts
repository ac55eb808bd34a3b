import type { Refusal } from '../../kernel/result.ts'
import type { Actor } from '../../platform/access.ts'
import type { House } from '../../platform/house.ts'
import { tokenBuckets, type TokenBuckets } from '../../platform/http/token-bucket.ts'
import { isFresh } from './second-factor.ts'
import { policyOfToday } from './tries.ts'

/** Acts before which a person proves once more who they are. */
export const DANGEROUS = [
  'security.disable-account',
  'security.require-factor',
  'security.ask-factor-reset',
  'security.decide-factor-reset',
] as const
const REVEAL = 'residents.reveal'

/**
 * Whether a form may be run from a session just now: a dangerous act, or one more of many shown numbers, needs a fresh proof.
 * The operator on the machine has no session and is not asked.
 */
export const admission = (house: House): ((form: string, actor: Actor) => Promise<Refusal | null>) => {
  let reveals: TokenBuckets | null = null
  return async (form, { account, session }) => {
    const isDangerous = (DANGEROUS as readonly string[]).includes(form)
    if (!session || (!isDangerous && form !== REVEAL)) return null
    const policy = await policyOfToday(house)
    const perHour = policy('security.reveals-per-hour')
    reveals ??= tokenBuckets({ burst: perHour, perMinute: perHour / 60 })
    if (!isDangerous && reveals.take(account ?? '') === 0) return null
    return isFresh(session.provedSecondsAgo, policy) ? null : { code: 'security.prove-again' }
  }
}
