import type { RefusalTable } from '../../platform/refusals.ts'

export const continuityRefusals = {} as const satisfies RefusalTable
