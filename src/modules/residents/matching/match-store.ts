import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable } from '../../../platform/database/pool.ts'

/** What is looked for in the index: each list is a key by which a person may be found. */
export type CandidateKeys = {
  readonly numbers: readonly Buffer[]
  readonly phone: Buffer | null
  readonly pinyin: readonly string[]
  readonly initials: readonly string[]
  /** The birth date as it was said first, then those that a slip makes of it. */
  readonly bornOn: readonly Day[]
  readonly township: string | null
  readonly latin: readonly string[]
  readonly mother: PersonId | null
  /** How many each key may find at most. */
  readonly most: number
}

/** A person whom one of the keys found, numbers still sealed. */
export type CandidateRow = {
  readonly id: PersonId
  readonly root: PersonId
  readonly zh: string
  readonly en: string | null
  readonly sex: 'male' | 'female' | 'unknown' | 'other'
  readonly bornOn: Day | null
  readonly diedOn: Day | null
  readonly village: string | null
  readonly address: string | null
  readonly phoneIndex: Buffer | null
  readonly phoneSealed: Buffer | null
  readonly wrappedKey: Buffer | null
  readonly careOrg: OrgId | null
  readonly clinicOrg: OrgId | null
  readonly mother: PersonId | null
  readonly birthOrder: number | null
  /** Blind index and sealed number in hexadecimal digits. */
  readonly numbers: readonly { type: string; index: string; sealed: string; isHeld: boolean }[] | null
}

const columns = sql`person_id as id, root_id as root, zh, en, sex, born_on as "bornOn", died_on as "diedOn", village, address, phone_index as "phoneIndex",
  phone_sealed as "phoneSealed", wrapped as "wrappedKey", care_org_id as "careOrg", clinic_org_id as "clinicOrg", mother_id as mother,
  birth_order as "birthOrder", numbers`

/** Everybody whom one of the keys finds in the whole index; to be shown only masked, and only by who asks for a match. */
export const candidatesBy = (db: Queryable, keys: CandidateKeys): Promise<CandidateRow[]> =>
  db.rows<CandidateRow>(sql`select ${columns} from residents.match_candidates(${[...keys.numbers]}::bytea[], ${keys.phone}::bytea,
    ${[...keys.pinyin]}::text[], ${[...keys.initials]}::text[], ${[...keys.bornOn]}::date[], ${keys.township}, ${[...keys.latin]}::text[],
    ${keys.mother}::bigint, ${keys.most})`)
