import { capabilities, declareCapability, withdrawCapability } from './capability-forms.ts'
import { matrixCell } from './cell-query.ts'
import { matrix } from './matrix-query.ts'
import { capabilityNeeds } from './needs-query.ts'

export { matrixRefusals } from './contract.ts'
export type { Capability, Cell, CellState, Requirement, Thing } from './matrix.ts'
export { saveTreated, saveTreatedMark, treatedMark } from './matrix-store.ts'
export type { CountedUntil, Treated } from './matrix-store.ts'
export { readRequirements, shippedRequirements } from './requirements.ts'
export type { Requirements } from './requirements.ts'
export { conditionOfCode } from './rules/condition-of-code.ts'

/** Everything that can be asked of capability and the region's matrix. */
export const matrixForms = {
  'navigation.declare-capability': declareCapability,
  'navigation.withdraw-capability': withdrawCapability,
  'navigation.capabilities': capabilities,
  'navigation.capability-needs': capabilityNeeds,
  'navigation.matrix': matrix,
  'navigation.matrix-cell': matrixCell,
} as const
