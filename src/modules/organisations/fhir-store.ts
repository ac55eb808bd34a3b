import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { empty, sql, type Queryable } from '../../platform/database/pool.ts'
import { staffColumns } from './consortium-store.ts'
import type { Institution, Service, Staff } from './organisations.ts'
import { inForce, institutionColumns, serviceColumns } from './store.ts'

/** A page of a list in the order of its keys, which never change: whoever turns pages meets everything once. */
export type KeyPage = { readonly limit: number; readonly after: string | null }

const KEY = /^\d{1,18}$/
const keyOf = (after: string | null): string => (after !== null && KEY.test(after) ? after : '0')

/** Institutions in the order of their keys; `text` is the beginning of a name, `parent` the managing one. Those that were closed, too. */
export const institutionsByKey = (
  db: Queryable,
  by: { readonly parent: string | null; readonly text: string | null },
  page: KeyPage,
): Promise<Institution[]> => {
  const like = by.text === null ? null : `%${by.text.replace(/[\\%_]/g, '\\$&')}%`
  return db.rows<Institution>(sql`select ${institutionColumns} from organisations.institution i
    where i.id > ${keyOf(page.after)}
      ${by.parent !== null && KEY.test(by.parent) ? sql`and i.parent_id = ${by.parent}` : empty}
      ${like === null ? empty : sql`and (i.zh ilike ${like} or i.en ilike ${like} or i.pinyin like ${like.toLowerCase()} or i.initials like ${like.toLowerCase()})`}
    order by i.id limit ${page.limit}`)
}

const serviceKey = sql`s.institution_id || '-' || s.specialty || '-' || s.line`

/** Services in force on a day; their key is institution, specialty and line, joined. */
export const servicesByKey = (
  db: Queryable,
  by: { readonly key: string | null; readonly institution: string | null; readonly specialty: string | null; readonly day: Day },
  page: KeyPage,
): Promise<(Service & { key: string })[]> => {
  return db.rows(sql`select ${serviceKey} as key, ${serviceColumns} from organisations.service s
    where (${page.after}::text is null or ${serviceKey} collate "C" > ${page.after} collate "C") and ${inForce('s', by.day)}
      ${by.key === null ? empty : sql`and ${serviceKey} = ${by.key}`}
      ${by.institution !== null && KEY.test(by.institution) ? sql`and s.institution_id = ${by.institution}` : empty}
      ${by.specialty === null ? empty : sql`and s.specialty = ${by.specialty}`}
    order by ${serviceKey} collate "C" limit ${page.limit}`)
}

/** People of the staff in the order of their keys: of one institution, or of all. */
export const staffByKey = (
  db: Queryable,
  by: { readonly id: string | null; readonly institution: OrgId | null; readonly day: Day },
  page: KeyPage,
): Promise<Staff[]> => {
  if (by.id !== null && !KEY.test(by.id)) return Promise.resolve([])
  return db.rows<Staff>(sql`select ${staffColumns} from organisations.staff f where f.id > ${keyOf(page.after)} and ${inForce('f', by.day)}
      ${by.id === null ? empty : sql`and f.id = ${by.id}`}
      ${by.institution === null ? empty : sql`and (f.workplace_id = ${by.institution} or f.employer_id = ${by.institution})`}
    order by f.id limit ${page.limit}`)
}
