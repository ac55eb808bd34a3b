import type { RefusalTable } from '../../platform/refusals.ts'

export const correspondenceRefusals = {} as const satisfies RefusalTable
