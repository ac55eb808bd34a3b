import type { Day } from '../../../kernel/day.ts'

/** One line of a bill. Price and amount in fen; `supplyDays` for medicines. */
export type AuditLine = {
  readonly id: string
  readonly item: string
  readonly day: Day
  readonly quantity: number
  readonly priceFen: number
  readonly amountFen: number
  readonly supplyDays: number | null
}

/** One stay or visit with its lines; `planned` when the return was planned, such as chemotherapy. */
export type AuditStay = {
  readonly id: string
  readonly institution: string
  readonly level: string
  readonly inpatient: boolean
  readonly insurance: string
  readonly admittedOn: Day
  readonly dischargedOn: Day
  readonly diagnoses: readonly string[]
  readonly procedures: number
  readonly planned: boolean
  readonly lines: readonly AuditLine[]
}

/** A person's stays in the order of admission. */
export type AuditPerson = { readonly gender: 'male' | 'female'; readonly bornOn: Day; readonly stays: readonly AuditStay[] }

/** What the catalogue says of an item; an absent limit does not limit. */
export type ItemKnowledge = {
  readonly prices?: Readonly<Record<string, number>>
  readonly perDay?: number
  readonly includes?: readonly string[]
  readonly mutex?: readonly string[]
  readonly diagnoses?: readonly string[]
  readonly levels?: readonly string[]
  readonly insurances?: readonly string[]
  readonly gender?: 'male' | 'female'
  readonly ageFrom?: number
  readonly ageUntil?: number
  readonly supply?: 'acute' | 'chronic' | 'special'
  readonly examination?: boolean
  readonly payable?: boolean
}

/** The catalogue of a day by item. */
export type AuditKnowledge = ReadonlyMap<string, ItemKnowledge>

/** Numbers of policy of a day: days, and basis points for the share. */
export type AuditLimits = {
  readonly supplyDays: Readonly<Record<'acute' | 'chronic' | 'special', number>>
  readonly readmissionDays: number
  readonly shortStayDays: number
  readonly examinationShare: number
}

/** A line or stay of which a rule says something: amount in fen, and the values that it rests on. */
export type AuditFinding = {
  readonly lines: readonly string[]
  readonly stays: readonly string[]
  readonly amountFen: number
  readonly evidence: Readonly<Record<string, string | number>>
}
