import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'

/** Tiers of institutions from the village up; a regional centre (区域性医疗卫生中心) stands between township and county. */
export const TIERS = ['village', 'township', 'regional-centre', 'county', 'city', 'province'] as const
export type Tier = (typeof TIERS)[number]

/** How high a tier stands: 0 is the village. */
export const heightOf = (tier: Tier): number => TIERS.indexOf(tier)

/** 级: 3 三级, 2 二级, 1 一级, 9 not graded. */
export const LEVELS = [1, 2, 3, 9] as const
/** 等: 1 特等, 2 甲, 3 乙, 4 丙, 9 not graded. */
export const RANKS = [1, 2, 3, 4, 9] as const
export const OWNERSHIPS = ['public', 'private'] as const

/** The seven integrated services (疾病预防、诊断、治疗、营养、康复、护理、健康管理). */
export const SERVICE_LINES = [
  'prevention',
  'diagnosis',
  'treatment',
  'nutrition',
  'rehabilitation',
  'nursing',
  'health-management',
] as const
export type ServiceLine = (typeof SERVICE_LINES)[number]

/** Strength of a specialty: 重点, 优势, 特色. */
export const SERVICE_TAGS = ['key', 'advantage', 'feature'] as const
export type ServiceTag = (typeof SERVICE_TAGS)[number]

/** 紧密型县域医共体, 城市医疗集团, 专科联盟. */
export const CONSORTIUM_KINDS = ['county-consortium', 'city-group', 'specialty-alliance'] as const
export type ConsortiumKind = (typeof CONSORTIUM_KINDS)[number]

/** 牵头, 成员, 协作单位. */
export const MEMBER_ROLES = ['lead', 'member', 'partner'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

/** 紧密型, 半紧密型, 松散型. */
export const TIGHTNESSES = ['tight', 'semi-tight', 'loose'] as const
export type Tightness = (typeof TIGHTNESSES)[number]

export const STAFF_ROLES = ['village-doctor', 'family-doctor', 'physician', 'nurse', 'referral-coordinator', 'manager'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

export type Institution = {
  readonly id: OrgId
  /** 22 characters of WS 218-2002. */
  readonly code: string
  readonly name: Name
  readonly tier: Tier
  /** Class of WS 218-2002, `A100` is a general hospital. */
  readonly ws218: string
  readonly level: (typeof LEVELS)[number]
  readonly rank: (typeof RANKS)[number]
  readonly ownership: (typeof OWNERSHIPS)[number]
  /** 12-digit division code. */
  readonly division: string
  readonly parent: OrgId | null
  readonly longitude: number
  readonly latitude: number
  readonly beds: number
  /** Residents served. */
  readonly population: number
  readonly phone: string | null
  readonly from: Day
  readonly until: Day | null
  readonly synthetic: boolean
}

export type Service = {
  readonly institution: OrgId
  /** Four digits of 诊疗科目. */
  readonly specialty: string
  readonly line: ServiceLine
  readonly tag: ServiceTag | null
  readonly name: Name
  readonly from: Day
  readonly until: Day | null
}

export type Consortium = {
  readonly id: string
  readonly kind: ConsortiumKind
  readonly name: Name
  readonly division: string
  readonly lead: OrgId
  readonly specialty: string | null
  readonly from: Day
  readonly until: Day | null
}

export type Membership = {
  readonly consortium: string
  readonly institution: OrgId
  readonly role: MemberRole
  readonly tightness: Tightness
  readonly from: Day
  readonly until: Day | null
}

export type Staff = {
  readonly id: string
  readonly name: Name
  readonly role: StaffRole
  readonly title: string | null
  readonly specialty: string | null
  readonly employer: OrgId
  readonly workplace: OrgId
  readonly from: Day
  readonly until: Day | null
  readonly synthetic: boolean
}

export type Division = {
  readonly code: string
  readonly zh: string
  readonly rank: 'province' | 'prefecture' | 'county' | 'township' | 'village'
  readonly parent: string | null
}

/** The digits of a division code that stand for the place itself: `430321000000` → `430321`. */
export const divisionStem = (code: string): string => {
  const steps = [2, 4, 6, 9, 12] as const
  return code.slice(0, steps.find((length) => /^0*$/.test(code.slice(length))) ?? 12)
}

/** Whether a place lies in a division, or is it. */
export const isWithin = (place: string, division: string): boolean => place.startsWith(divisionStem(division))
