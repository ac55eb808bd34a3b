import type { Reaction } from '../../platform/forms/form.ts'

export { correspondenceRefusals } from './contract.ts'

/** What happens here when something happens elsewhere, once for each event. */
export const correspondenceReactions: readonly Reaction[] = []

export const correspondenceForms = {} as const
