import { adjust } from './adjust.ts'
import { claimTerms } from './claim-terms.ts'
import { preview, reverse, settle } from './commands.ts'
import { expected } from './expected/expected.ts'
import { fileOffSite, withdrawFiling } from './filing/commands.ts'
import { filings } from './filing/queries.ts'
import { myYear } from './my-year.ts'
import { bill, bills, day } from './queries.ts'
import { areaBook, areaBooks } from './shown-books.ts'

export { bookOfArea, settleByRulebook } from './area-books.ts'
export { yearBefore, type YearAsked } from './cumulators.ts'
export { settleBatch, type BatchBill } from './settle-batch.ts'
export { payableBill, standingBill } from './store.ts'
export { billsOfStay, type StayBill } from './stays-store.ts'
export { sumsOfBills, type BillSums } from './sums-store.ts'
export { addedOf, sharesOf, type Added } from './rules/shares.ts'
export { yearOf, yearSoFar } from './rules/year-so-far.ts'
export type { YearEntry, YearSeen } from './settlement.ts'
export { filedEvent } from './filing/filing-events.ts'
export { findFiling, saveFiling } from './filing/filing-store.ts'
export type { Filing, FilingKind } from './filing/filing.ts'
export { newFiling, readFilingFacts, shownFiling } from './filing/open-filing.ts'
export { settlementReactions } from './adjust.ts'
export { settlementRefusals } from './contract.ts'
export { areaFile, type AreaBook, type AreaRow } from './rules/area-schema.ts'
export { bandFault, halfLevels, keysOf } from './rules/area-keys.ts'
export { byCareList, careListFile, type CareList } from './rules/care-list.ts'
export { doubtfulShares } from './rules/doubtful-shares.ts'
export { INPUT_WORDS, inputText } from './rules/step-words.ts'
export { areaClaim, type AreaClaim } from './rules/area-claim.ts'
export { ClaimRefusal } from './rules/claim-refusal.ts'
export { settleClaim, type SettledClaim, type SettledStep } from './rules/settle-claim.ts'
export { addedBy, settleAgain, settleNext, settleYear, voidBill, type SettledBill, type YearBill } from './rules/settle-year.ts'

/** Everything that can be asked about settled bills. */
export const settlementForms = {
  'settlement.claim-terms': claimTerms,
  'settlement.preview': preview,
  'settlement.expected': expected,
  'settlement.settle': settle,
  'settlement.reverse': reverse,
  'settlement.adjust': adjust,
  'settlement.bill': bill,
  'settlement.bills': bills,
  'settlement.my-year': myYear,
  'settlement.day': day,
  'settlement.area-books': areaBooks,
  'settlement.area-book': areaBook,
  'settlement.file-off-site': fileOffSite,
  'settlement.withdraw-filing': withdrawFiling,
  'settlement.filings': filings,
} as const
