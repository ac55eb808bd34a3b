import type { RefusalTable } from '../../platform/refusals.ts'

export const greenChannelRefusals = {} as const satisfies RefusalTable
