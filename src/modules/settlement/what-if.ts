// The what-if settles in a worker of the browser: this door lets it have the engine, and nothing of the house behind it.
export { bookValues, changedBook, type BookChanges, type BookValue, type ValueFault } from './rules/what-if/book-values.ts'
export { comparedBill, whatIf, type BillPlace, type Bin, type Both, type BothBooks, type ComparedBill, type Tally, type WhatIfOutcome } from './rules/what-if/compare.ts' // prettier-ignore
export { madeYearOf, type BillKind, type MadeYear } from './rules/what-if/made-bills.ts'
export type { AreaBook, Insured } from './rules/area-schema.ts'
export type { SettledClaim, SettledStep } from './rules/settle-claim.ts'
export { LAYER_WORDS } from './rules/trail.ts'
