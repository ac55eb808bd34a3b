import type { Reaction } from '../../platform/forms/form.ts'

export { dockingRefusals } from './contract.ts'

/** What happens here when something happens elsewhere, once for each event. */
export const dockingReactions: readonly Reaction[] = []

export const dockingForms = {} as const
