import type { OrgId } from '../../../kernel/id.ts'
import type { Day } from '../../../kernel/day.ts'

/** What a declaration can be about. */
export const CAPABILITY_KINDS = ['condition', 'specialty', 'device', 'procedure', 'drug'] as const
export type CapabilityKind = (typeof CAPABILITY_KINDS)[number]

/** How far it goes: 全面, 部分, 不开展. */
export const CAPABILITY_GRADES = ['full', 'limited', 'none'] as const
export type CapabilityGrade = (typeof CAPABILITY_GRADES)[number]

/** One word of an institution about what it can or has, in force from a day until another or for good. */
export type Capability = {
  readonly org: OrgId
  readonly id: string
  readonly about: CapabilityKind
  /** A condition's key, a specialty's four digits, or the key of a device, procedure or drug. */
  readonly key: string
  readonly grade: CapabilityGrade
  readonly source: string
  readonly note: string | null
  readonly from: Day
  readonly until: Day | null
}

/** 已覆盖, 薄弱, 空白, 外流, and 非其职责: the condition belongs to a higher tier or another kind of hospital. */
export const CELL_STATES = ['covered', 'thin', 'empty', 'leaking', 'beyond'] as const
export type CellState = (typeof CELL_STATES)[number]

/** On what a cell's word rests: declared, shown by cases, or derived from specialty and tier. */
export const EVIDENCES = ['declared', 'shown', 'derived', 'nothing'] as const
export type Evidence = (typeof EVIDENCES)[number]

/** Why a cell is what it is; the sentences stand in the contract. */
export const CELL_WHYS = [
  'declared-none',
  'no-specialty',
  'lacks-things',
  'no-doctor',
  'leaks',
  'limited',
  'one-doctor',
  'rank-low',
  'no-unit',
  'only-derived',
  'few-places',
] as const
export type CellWhy = (typeof CELL_WHYS)[number]

/** Ranks of doctors from the lowest. */
export const DOCTOR_RANKS = ['any', 'attending', 'associate-chief', 'chief'] as const
export type DoctorRank = (typeof DOCTOR_RANKS)[number]

/** A device, procedure or drug, and from which tier up a place is presumed to have it. */
export type Thing = {
  readonly key: string
  readonly kind: 'device' | 'procedure' | 'drug'
  readonly zh: string
  readonly en: string
  readonly usual: 'village' | 'township' | 'county' | 'city' | 'province'
}

/** What treating a condition takes: the least rank of doctor, of its specialties or of whatever specialty, and things. */
export type Requirement = { readonly doctor: DoctorRank; readonly anySpecialty: boolean; readonly needs: readonly string[] }

/** The judgement of a cell. `missing` names things, or `doctor:0304` for a doctor of a specialty. */
export type Cell = {
  readonly state: CellState
  readonly evidence: Evidence
  readonly whys: readonly CellWhy[]
  readonly missing: readonly string[]
}
