import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/clock.ts'

/** The code system of the national catalogue of items whose results are recognised between institutions. */
export const NATIONAL_ITEM_SYSTEM = 'urn:jieli:recognition-item'

/** Kinds of examination; the doctor's diagnostic conclusion is none of them and is not recognised. */
export const ITEM_KINDS = ['lab', 'imaging', 'ultrasound', 'ecg', 'pathology', 'endoscopy'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** How far a mark HR reaches: 全国, the province (湘HR), the city, or the consortium alone. */
export const MARK_SCOPES = ['national', 'province', 'city', 'consortium'] as const
export type MarkScope = (typeof MARK_SCOPES)[number]

/** The six reasons of the rule for repeating an examination whose result could be recognised. */
export const REPEAT_REASONS = ['condition-changed', 'changes-fast', 'great-weight', 'emergency', 'judicial', 'other'] as const
export type RepeatReason = (typeof REPEAT_REASONS)[number]

/** Why an earlier result is not recognisable; every one that applies is shown. */
export const OBSTACLES = [
  'not-final',
  'other-site',
  'too-old',
  'in-future',
  'no-mark',
  'mark-elsewhere',
  'lower-level',
  'performer-unknown',
] as const
export type Obstacle = (typeof OBSTACLES)[number]

/** What came of an order of an item: a result accepted, repeated although one was recognisable, or ordered because there was none. */
export const DECISIONS = ['accepted', 'repeated', 'ordered'] as const
export type DecisionKind = (typeof DECISIONS)[number]

/** An item of the catalogue as it stands on a day. */
export type Item = {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly kind: ItemKind
  /** Days from the examination for which a result may be recognised; 0 = the same day only. */
  readonly daysValid: number
  readonly priceFen: number
  /** Other codes of the same item, `system|code`. */
  readonly alsoCoded: readonly string[]
  readonly siteMatters: boolean
}

/** A mark HR of an institution for an item: its external quality assessment was valid from … until. */
export type Mark = {
  readonly institution: OrgId
  readonly item: string
  readonly scope: MarkScope
  readonly from: string
  readonly until: string | null
  readonly certificate: string | null
}

/** Where an institution stands, as far as recognition asks. */
export type Standing = {
  readonly id: OrgId
  readonly height: number
  readonly division: string
  readonly consortium: string | null
}

/** An earlier result of a person, out of the record. */
export type EarlierResult = {
  /** `DiagnosticReport/<id>` or `Observation/<id>`. */
  readonly reference: string
  readonly title: string
  readonly item: string
  readonly at: Instant | null
  readonly status: string
  readonly site: string | null
  readonly performer: OrgId | null
  readonly value: string | null
}

/** A decision on an order, as it is kept. */
export type Decided = {
  readonly id: string
  readonly org: OrgId
  readonly person: PersonId
  readonly item: string
  readonly site: string | null
  readonly decision: DecisionKind
  readonly matched: string | null
  readonly reason: RepeatReason | null
  readonly note: string | null
  readonly savedFen: number
  readonly at: Instant
}
