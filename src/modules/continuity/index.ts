import type { Reaction } from '../../platform/forms/form.ts'

export { continuityRefusals } from './contract.ts'

/** What happens here when something happens elsewhere, once for each event. */
export const continuityReactions: readonly Reaction[] = []

export const continuityForms = {} as const
