import type { Instant } from '../../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { CardState } from '../health-card.ts'

/** What is known of a code that is shown, read while nobody else can change it. */
export type ShownCode = { readonly expiresAt: Instant; readonly usedAt: Instant | null; readonly endedAt: Instant | null }

/** Whether a static code serves in this scene, and whether its signature is the region's (null: it carries none). */
export const mayShowStatic = (
  state: CardState,
  scene: { readonly staticServes: boolean },
  isSigned: boolean | null,
): Result<'accepted'> => {
  if (isSigned === false) return refuse('health-card.code-unknown')
  if (state !== 'active') return refuse('health-card.card-not-active', { state })
  return scene.staticServes ? ok('accepted') : refuse('health-card.dynamic-needed')
}

/** Whether a dynamic code counts at this moment of the database's clock: the last moment before its end, and only once. */
export const mayShowDynamic = (state: CardState, code: ShownCode, now: Instant): Result<'accepted'> => {
  if (state !== 'active') return refuse('health-card.card-not-active', { state })
  if (code.usedAt !== null) return refuse('health-card.code-used')
  if (code.endedAt !== null || code.expiresAt <= now) return refuse('health-card.code-expired')
  return ok('accepted')
}
