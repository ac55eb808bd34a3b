import type { RefusalTable } from '../../platform/refusals.ts'

export const dockingRefusals = {} as const satisfies RefusalTable
