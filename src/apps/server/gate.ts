import { admission, countWrongPassword } from '../../modules/security/index.ts'
import type { Config } from '../../platform/config.ts'
import type { House } from '../../platform/house.ts'
import type { Gate } from '../../platform/http/admitted.ts'
import { rateLimits, type RateLimits } from '../../platform/http/rate-limit.ts'

/** Searching and holding places: what a bot would do all morning. */
const BOOKING = /^(booking\.(free|hold|book)|navigation\.rank)$/
/** What reads or writes many rows at once. */
const BULK = /(^|[.-])(import|export|search)(-|$)/

/** The limits of the settings; null when they are off. `now` is in milliseconds. */
export const limitsOf = ({ limits }: Config, now?: () => number): RateLimits | null =>
  limits &&
  rateLimits(
    {
      ...limits,
      classes: [
        { allowance: limits.booking, has: (form) => BOOKING.test(form) },
        { allowance: limits.bulk, has: (form) => BULK.test(form) },
      ],
    },
    now,
  )

/** What stands before every act over HTTP: limits, then a fresh proof of identity; and the count of wrong passwords after one. */
export const gateOf = (house: House, limits: RateLimits | null): Gate => {
  const admit = admission(house)
  return {
    // The operator on the machine itself has no session, and is held back by nothing.
    admit: async (form, { actor }) => (actor.session && limits?.byAct(form.name, actor)) || admit(form.name, actor),
    refused: async (form, refusals, { actor, request }) => {
      const isWrong = form.name === 'security.change-password' && refusals[0]?.code === 'security.wrong-account-or-password'
      if (isWrong) await countWrongPassword(house, actor, request)
    },
  }
}
