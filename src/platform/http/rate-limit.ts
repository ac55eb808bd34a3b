import type { Refusal } from '../../kernel/result.ts'
import type { Actor } from '../access.ts'
import { tokenBuckets, type Allowance } from './token-bucket.ts'

/** A kind of act that is limited by itself, for each account. */
export type ActClass = { readonly allowance: Allowance; readonly has: (form: string) => boolean }

export type Limits = {
  readonly account: Allowance
  readonly institution: Allowance
  readonly address: Allowance
  readonly signIn: Allowance
  readonly signInAddress: Allowance
  readonly classes: readonly ActClass[]
}

/**
 * Who may ask how much. An account is held back first; an institution and an address have allowances so wide that a
 * village, or a carrier's thousands of telephones, behind one address are not in each other's way.
 */
export type RateLimits = {
  readonly byAddress: (address: string) => Refusal | null
  readonly bySignIn: (address: string, login: string) => Refusal | null
  readonly byAct: (form: string, actor: Actor) => Refusal | null
}

const tooMany = (...waits: readonly number[]): Refusal | null => {
  const seconds = Math.max(...waits)
  return seconds === 0 ? null : { code: 'platform.too-many', detail: { seconds } }
}

/** Makes the limits of one process; `now` is in milliseconds. Each process counts by itself: n processes grant up to n times as much. */
export const rateLimits = (limits: Limits, now?: () => number): RateLimits => {
  const [account, institution, address, signIn, signInAddress] = [
    limits.account,
    limits.institution,
    limits.address,
    limits.signIn,
    limits.signInAddress,
  ].map((allowance) => tokenBuckets(allowance, now)) as [Buckets, Buckets, Buckets, Buckets, Buckets]
  const classes = limits.classes.map(({ allowance, has }) => ({ has, buckets: tokenBuckets(allowance, now) }))
  return {
    byAddress: (from) => tooMany(address.take(from)),
    bySignIn: (from, login) => tooMany(signIn.take(login) || signInAddress.take(from)),
    byAct: (form, actor) => {
      const who = actor.account ?? actor.role
      const wait =
        account.take(who) ||
        classes.find(({ has }) => has(form))?.buckets.take(who) ||
        (actor.org ? institution.take(actor.org) : 0)
      return tooMany(wait)
    },
  }
}
type Buckets = ReturnType<typeof tokenBuckets>
