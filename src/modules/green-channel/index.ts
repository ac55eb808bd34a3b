import type { Reaction } from '../../platform/forms/form.ts'

export { greenChannelRefusals } from './contract.ts'

/** What happens here when something happens elsewhere, once for each event. */
export const greenChannelReactions: readonly Reaction[] = []

export const greenChannelForms = {} as const
