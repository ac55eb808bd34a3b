import type { Day } from '../../../kernel/day.ts'

/**
 * One line of a bill. Price and amount in fen; `supplyDays` for medicines. `event` names the one service that the line is of
 * (its time and who did it); what records say stands in `executed`, `executedItem`, `licence`, `indicated`, `evaluated`, and
 * is absent where no record was asked. `indicated`: something written calls for the line; `recognisable: false`: the result could
 * not be used elsewhere. `dailyUse` is how much of the quantity is used on a day, from which the days follow; `longPrescription`
 * marks one of the long prescriptions that chronic illnesses may have.
 */
export type AuditLine = {
  readonly id: string
  readonly item: string
  readonly day: Day
  readonly quantity: number
  readonly priceFen: number
  readonly amountFen: number
  readonly supplyDays: number | null
  readonly event?: string
  readonly unit?: string
  readonly executed?: number
  readonly executedItem?: string
  readonly licence?: string
  readonly department?: string
  readonly prescription?: string
  readonly indicated?: boolean
  readonly recognisable?: boolean
  readonly evaluated?: boolean
  readonly selfPaid?: boolean
  readonly traceCode?: string
  readonly dailyUse?: number
  readonly longPrescription?: boolean
}

/** What the stay was grouped into: weights in ten-thousandths, the value of a weight of one and the group's mean cost in fen. */
export type GroupedAs = {
  readonly weight: number
  readonly recomputedWeight: number
  readonly pointFen: number
  readonly meanCostFen: number
}

/**
 * One stay or visit with its lines; `planned` when the return was planned, such as chemotherapy. `caredOn` are the days with an
 * order or a measured sign, `absentOn` those on which a check found nobody; `notes` and `results` are fingerprints of the
 * progress notes and of each day's laboratory values. `referred`: the person came by a referral, up or down; `ambulatory`: whether
 * the illness may be treated without a bed. `medicalType` is the kind of benefit that it is settled as; `otherPayer` who else has to
 * pay (a third party, the insurance of work injuries, public health); `againstPath`: let go against the clinical path; `boughtOutside`: the
 * record says that something was bought outside. Absent means that nobody asked.
 */
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
  readonly pharmacy?: boolean
  readonly outside?: boolean
  readonly referred?: boolean
  readonly consortium?: string
  readonly emergency?: boolean
  readonly pregnant?: boolean
  readonly ambulatory?: boolean
  readonly caredOn?: readonly Day[]
  readonly absentOn?: readonly Day[]
  readonly notes?: readonly string[]
  readonly results?: readonly string[]
  readonly identityMatches?: boolean
  readonly group?: GroupedAs
  readonly chronicIllness?: string
  readonly medicalType?: string
  readonly otherPayer?: string
  readonly againstPath?: boolean
  readonly boughtOutside?: boolean
}

/** A contract with a family-doctor team; without an end it runs on. */
export type TeamContract = { readonly team: string; readonly from: Day; readonly until: Day | null }

/** A follow-up as it was entered; `reading` is the fingerprint of its values. */
export type EnteredFollowUp = { readonly id: string; readonly on: Day; readonly reading: string }

/** A person's stays in the order of admission, contracts and follow-ups in the order of their days. */
export type AuditPerson = {
  readonly gender: 'male' | 'female'
  readonly bornOn: Day
  readonly stays: readonly AuditStay[]
  readonly diedOn?: Day
  readonly contracts?: readonly TeamContract[]
  readonly followUps?: readonly EnteredFollowUp[]
}

/**
 * What the catalogue says of an item; an absent limit does not limit. `standing` is charged for every day of a stay (a bed);
 * `packages` are the chronic illnesses whose package holds the item; `storeMost` is the quantity from all pharmacies together.
 * `pricesUntil` are the prices that stood before `prices`, up to that day; `perNight` is the quantity for each night of a stay;
 * `within` the most in any so many days, all stays together; `includesDays` for how many days `includes` counts, the day itself when
 * absent; `combined` are items of which one must go with it; `daysWithin` the window of `daysMost`, without end when absent; `drugClass` the
 * subclass of which one medicine is enough; `needsIndication`: not without something that calls for it; `contraAge` are the first and last year of age that it may not be given in.
 */
export type ItemKnowledge = {
  readonly prices?: Readonly<Record<string, number>>
  readonly pricesUntil?: { readonly day: Day; readonly prices: Readonly<Record<string, number>> }
  readonly perDay?: number
  readonly perNight?: number
  readonly within?: { readonly days: number; readonly most: number }
  readonly includes?: readonly string[]
  readonly includesDays?: number
  readonly mutex?: readonly string[]
  readonly diagnoses?: readonly string[]
  readonly levels?: readonly string[]
  readonly setting?: 'inpatient' | 'outpatient'
  readonly insurances?: readonly string[]
  readonly medicalTypes?: readonly string[]
  readonly gender?: 'male' | 'female'
  readonly ageFrom?: number
  readonly ageUntil?: number
  readonly daysOldMost?: number
  readonly supply?: 'acute' | 'chronic' | 'special'
  readonly examination?: boolean
  readonly payable?: boolean
  readonly perEvent?: number
  readonly parts?: readonly string[]
  readonly unit?: string
  readonly firstLine?: readonly string[]
  readonly combined?: readonly string[]
  readonly daysMost?: number
  readonly daysWithin?: number
  readonly ingredient?: string
  readonly drugClass?: string
  readonly contraDiagnoses?: readonly string[]
  readonly contraItems?: readonly string[]
  readonly contraAge?: readonly [from: number, until: number]
  readonly contraPregnant?: boolean
  readonly repeatDays?: number
  readonly needsIndication?: boolean
  readonly sessionsMost?: number
  readonly licences?: readonly string[]
  readonly departments?: readonly string[]
  readonly packages?: readonly string[]
  readonly storeMost?: number
  readonly treatment?: boolean
  readonly standing?: boolean
}

/** The catalogue of a day by item. */
export type AuditKnowledge = ReadonlyMap<string, ItemKnowledge>

/** Numbers of policy of a day: days, counts, basis points for shares, hundredths for standard deviations. */
export type AuditLimits = {
  readonly supplyDays: Readonly<Record<'acute' | 'chronic' | 'special' | 'long', number>>
  readonly priceTolerance: number
  readonly readmissionDays: number
  readonly shortStayDays: number
  readonly examinationShare: number
  readonly lowWeight: number
  readonly firstLineDays: number
  readonly overlapDays: number
  readonly prescriptionsLeast: number
  readonly notesLeast: number
  readonly resultsLeast: number
  readonly checkUpShare: number
  readonly lowCostShare: number
  readonly turnedAwayDays: number
  readonly turnedAwayStayDays: number
  readonly storeDays: number
  readonly deviationsMost: number
  readonly peersLeast: number
  readonly houseStaysLeast: number
  readonly togetherLeast: number
  readonly visitsLeast: number
  readonly unreferredDays: number
  readonly followUpsLeast: number
}

/** How sure a hit is: a plain breach, something that a person must look at, or only a trace to follow. */
export const AUDIT_KINDS = ['breach', 'suspicion', 'clue'] as const
export type AuditKind = (typeof AUDIT_KINDS)[number]

/** A line or stay of which a rule says something: amount in fen, and the values that it rests on; `kind` where it is surer than its rule. */
export type AuditFinding = {
  readonly lines: readonly string[]
  readonly stays: readonly string[]
  readonly amountFen: number
  readonly evidence: Readonly<Record<string, string | number>>
  readonly kind?: AuditKind
}

/** A line with the stay that it stands in. */
export type Used = { readonly line: AuditLine; readonly stay: AuditStay }

/** A person's lines by item, and of medicines by ingredient and by subclass, each in the order of days. */
export type PersonIndex = {
  readonly byItem: ReadonlyMap<string, readonly Used[]>
  readonly byIngredient: ReadonlyMap<string, readonly Used[]>
}

/** A person with what is needed to judge all stays together. */
export type PersonFacts = {
  readonly person: AuditPerson
  readonly index: PersonIndex
  readonly knowledge: AuditKnowledge
  readonly limits: AuditLimits
}

/** The standard price of an item on a day at a level, in fen. */
export const standardOf = ({ prices, pricesUntil }: ItemKnowledge, level: string, day: Day): number | undefined =>
  (pricesUntil && day < pricesUntil.day ? pricesUntil.prices : prices)?.[level]

export const costOf = (stay: AuditStay): number => stay.lines.reduce((sum, line) => sum + line.amountFen, 0)
