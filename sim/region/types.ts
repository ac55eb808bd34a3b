export type Tier = 'province' | 'city' | 'county' | 'regional-centre' | 'township' | 'village'

/** A place as it stands on a page: Chinese and English. */
export type Names = { zh: string; en: string }

/** An invented institution of the demo region; its names end with the demo mark. */
export type InstitutionSeed = Names & {
  /** Decimal text of a whole number below 2^53: the 12-digit division code times 10, plus a serial 0…9. */
  id: string
  /** 22 characters of WS 218; the organisation part is invented and starts with `D`. */
  code: string
  tier: Tier
  /** Class code of WS 218, such as `A100`. */
  ws218: string
  /** 级: 3 三级, 2 二级, 1 一级, 9 not graded. */
  level: 1 | 2 | 3 | 9
  /** 等: 1 特等, 2 甲等, 3 乙等, 4 丙等, 9 not graded. */
  rank: 1 | 2 | 3 | 4 | 9
  ownership: 'public' | 'private'
  /** 12 digits, padded with zeros above the village. */
  division: string
  /** 12-digit code of the real county it stands in, also where `division` lies in a statistics zone; null above the county. */
  county: string | null
  /** Managing institution of a higher tier; null at the top. */
  parent: string | null
  /** Degrees, 5 decimals, inside the outline of its county. */
  longitude: number
  latitude: number
  beds: number
  /** Residents served. */
  population: number
}

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

/** 重点, 优势, 特色. */
export type ServiceTag = 'key' | 'advantage' | 'feature'

export type ServiceSeed = Names & {
  institution: string
  /** Four digits of 诊疗科目. */
  specialty: string
  line: ServiceLine
  tag: ServiceTag | null
}

export type Tightness = 'tight' | 'semi-tight' | 'loose'
export type ConsortiumKind = 'county-consortium' | 'city-group' | 'specialty-alliance'

export type ConsortiumSeed = Names & {
  /** Decimal text of a whole number below 2^53. */
  id: string
  kind: ConsortiumKind
  /** 12-digit code of the county or, for a city group, of its city; an alliance has the province. */
  division: string
  isPilot: boolean
  tightness: Tightness
  lead: string
  /** Village clinics too, without the lead; a private hospital is bound more loosely than the rest. */
  members: { institution: string; tightness: Tightness }[]
  /** 协作单位, outside the consortium. */
  partners: string[]
  /** Four digits of 诊疗科目; only an alliance has one. */
  specialty: string | null
  /** The grid: 12-digit codes of the villages and communities whose residents it cares for; empty for an alliance. */
  villages: string[]
}

export type StaffRole = 'village-doctor' | 'family-doctor' | 'physician' | 'nurse' | 'referral-coordinator' | 'manager'

/** An invented person who works in the demo region. */
export type StaffSeed = {
  id: string
  zh: string
  /** Pinyin, surname first; null where a character has no known reading. */
  en: string | null
  role: StaffRole
  title: string
  /** Four digits of 诊疗科目; null for managers and coordinators. */
  specialty: string | null
  /** Institution that pays. */
  employer: string
  /** Institution of the daily work; another one than the employer under 县管乡用. */
  workplace: string
  synthetic: true
}

/** A weekly outpatient plan: half-hour units of one weekday. */
export type ClinicSeed = {
  institution: string
  specialty: string
  /** The expert; null for an ordinary clinic. */
  staffId: string | null
  kind: 'expert' | 'ordinary'
  /** 1 Monday … 7 Sunday. */
  weekday: number
  /** `HH:MM`, the region's clock. */
  from: string
  to: string
  slotMinutes: 30
  capacityPerSlot: number
  /** Share of each unit kept for primary care, basis points. */
  reservedShareBasisPoints: number
}
