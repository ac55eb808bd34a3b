import { z } from 'zod'
import { isDay } from '../../kernel/day.ts'
import {
  CONSORTIUM_KINDS,
  LEVELS,
  OWNERSHIPS,
  RANKS,
  SERVICE_LINES,
  SERVICE_TAGS,
  STAFF_ROLES,
  TIERS,
  TIGHTNESSES,
  type Consortium,
  type Division,
  type Institution,
  type MemberRole,
  type Service,
  type Staff,
  type Tightness,
} from './organisations.ts'

export { organisationsRefusals, type OrganisationsCode } from './refusals.ts'

const id = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const division = z.string().regex(/^\d{12}$/, '应为 12 位区划代码|A division code has 12 digits')
const divisionPrefix = z
  .string()
  .regex(
    /^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/,
    '应为区划代码的前 2、4、6、9 或 12 位|The first 2, 4, 6, 9 or 12 digits of a division code',
  )
const specialty = z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits')
const code = z
  .string()
  .regex(/^[0-9A-Z]{9}\d{8}[A-Z]\d{3}[129]$/, '应为 22 位卫生机构(组织)代码(WS 218)|A code of WS 218 has 22 characters')
const name = z.strictObject({ zh: z.string().trim().min(1).max(80), en: z.string().trim().max(160).nullish() })

const text = {
  name,
  code,
  tier: z.enum(TIERS),
  ws218: z.string().regex(/^[A-Z]\d{3}$/, '应为机构类别代码,如 A100|A class of WS 218, such as A100'),
  level: z.literal(LEVELS),
  rank: z.literal(RANKS),
  ownership: z.enum(OWNERSHIPS),
  parent: id.nullable(),
  longitude: z.number().min(-180).max(180),
  latitude: z.number().min(-90).max(90),
  beds: z.number().int().min(0).max(100_000),
  population: z.number().int().min(0).max(200_000_000),
  phone: z.string().trim().min(3).max(30).nullable(),
}

export const addInstitutionInput = z.strictObject({ ...text, division, from: day, synthetic: z.boolean().default(false) })
/** With `from` the new text is a change from that day; without, it corrects what was wrong from the beginning. */
export const correctInstitutionInput = z.strictObject({
  institution: id,
  from: day.optional(),
  set: z.strictObject(text).partial(),
})
export const closeInstitutionInput = z.strictObject({ institution: id, on: day })

export const setServiceInput = z.strictObject({
  institution: id,
  specialty,
  line: z.enum(SERVICE_LINES),
  tag: z.enum(SERVICE_TAGS).nullable().default(null),
  name,
  from: day,
  /** True ends the service on `from`. */
  ends: z.boolean().default(false),
})

const joiner = z.strictObject({ institution: id, role: z.enum(['member', 'partner']), tightness: z.enum(TIGHTNESSES) })
export const formConsortiumInput = z.strictObject({
  kind: z.enum(CONSORTIUM_KINDS),
  name,
  division,
  lead: id,
  specialty: specialty.nullable().default(null),
  /** How closely the lead itself is bound. */
  tightness: z.enum(TIGHTNESSES).default('tight'),
  from: day,
  members: z.array(joiner).max(2_000),
})
export const joinConsortiumInput = z.strictObject({ consortium: id, ...joiner.shape, from: day })
export const leaveConsortiumInput = z.strictObject({ consortium: id, institution: id, on: day })
export const assignGridInput = z.strictObject({ consortium: id, villages: z.array(division).min(1).max(2_000) })

const person = z.strictObject({
  name,
  role: z.enum(STAFF_ROLES),
  title: z.string().trim().max(40).nullable().default(null),
  specialty: specialty.nullable().default(null),
  synthetic: z.boolean().default(false),
})
export const placeStaffInput = z
  .strictObject({ staff: id.optional(), person: person.optional(), employer: id, workplace: id, from: day })
  .refine((input) => (input.staff === undefined) !== (input.person === undefined), {
    message: '请填写现有人员编号或新人员信息之一|Give either the id of somebody on the staff or a new person',
    path: ['staff'],
  })

export const institutionInput = z.strictObject({ institution: id, day: day.optional() })
export const searchInput = z.strictObject({
  text: z.string().trim().max(60).default(''),
  tier: z.enum(TIERS).optional(),
  division: divisionPrefix.optional(),
  specialty: specialty.optional(),
  day: day.optional(),
  limit: z.number().int().min(1).max(50).default(20),
})
export const consortiumInput = z.strictObject({
  consortium: id,
  day: day.optional(),
  limit: z.number().int().min(1).max(2_000).default(200),
})
export const consortiaInput = z.strictObject({ division: divisionPrefix.optional(), day: day.optional() })
export const gridInput = z.strictObject({ village: division, day: day.optional() })
export const staffInput = z.strictObject({
  institution: id.optional(),
  role: z.enum(STAFF_ROLES).optional(),
  day: day.optional(),
})
export const divisionsInput = z.strictObject({ parent: division.optional() })
export const checkInput = z.strictObject({ division, day: day.optional() })

/** What an institution said before a day. */
export type ShownPast = {
  version: number
  why: 'changed' | 'corrected'
  from: string
  until: string
  body: Institution
  at: string
}
export type ShownInstitution = {
  institution: Institution
  asOf: string
  inForce: boolean
  services: readonly Service[]
  consortium: (Consortium & { role: MemberRole; tightness: Tightness }) | null
  /** Managing institutions from the next tier up. */
  parents: readonly Institution[]
  divisions: readonly Division[]
  past: readonly ShownPast[]
}
export type ShownMember = { institution: Institution; role: MemberRole; tightness: Tightness }
export type ShownGrid = {
  village: Division
  divisions: readonly Division[]
  consortium: Consortium | null
  clinic: Institution | null
  townshipUnit: Institution | null
  lead: Institution | null
}
export type ShownStaff = Staff & { other: Institution | null }
/** One thing that is not in order, with its clause. */
export type Finding = { code: string; zh: string; en: string; basis: string | null; about: string }
