import type { OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import { REGION } from '../../platform/register.ts'
import type { Institution, Tier } from './organisations.ts'
import type { Pharmacy } from './pharmacies.ts'
import { institutionsOf } from './store.ts'

/** Twelve digits from 9: institutions have shorter ids or thirteen digits, so that no two are the same. */
const OF_PHARMACY = /^9(\d{11})$/
/** Under which id a pharmacy acts and settles. */
export const orgOfPharmacy = (code: string): OrgId => code.replace(/^P/, '9') as OrgId

/** Whether an id is a pharmacy's. */
export const isPharmacy = (org: OrgId): boolean => OF_PHARMACY.test(org)

/** A place that settles bills: an institution, or a pharmacy, which stands on no tier and has no grade. */
export type BillingPlace = Pick<Institution, 'id' | 'name' | 'division' | 'level' | 'from' | 'until'> & {
  readonly tier: Tier | 'pharmacy'
}

const NOT_GRADED = 9

/** Pharmacies by their ids as the register has them, also those that have been taken off it; unknown ids are left out. */
export const pharmaciesOf = async (db: Queryable, orgs: readonly OrgId[]): Promise<BillingPlace[]> => {
  const entries = orgs.filter((org) => OF_PHARMACY.test(org)).map((org) => org.replace(OF_PHARMACY, 'P$1'))
  if (entries.length === 0) return []
  const found = await db.rows<
    { body: Pharmacy } & Pick<BillingPlace, 'from' | 'until'>
  >(sql`select distinct on (entry_id) body, from_on as "from", until_on as until from platform.register_entry
    where org_id = ${REGION} and kind = 'organisations.pharmacy' and entry_id = any(${entries}) and state = 'in-force' order by entry_id, version desc`)
  return found.map(({ body: { code, zh, en, division }, from, until }) => {
    const name: Name = en ? { zh, en } : { zh }
    return { id: orgOfPharmacy(code), name, division, from, until, level: NOT_GRADED, tier: 'pharmacy' }
  })
}

/** Institutions and pharmacies by their ids; unknown ids are left out. */
export const billingPlacesOf = async (db: Queryable, orgs: readonly OrgId[]): Promise<BillingPlace[]> =>
  (await Promise.all([institutionsOf(db, orgs), pharmaciesOf(db, orgs)])).flat()

/** An institution or a pharmacy by its id, or null. */
export const findBillingPlace = async (db: Queryable, org: OrgId): Promise<BillingPlace | null> =>
  (await billingPlacesOf(db, [org]))[0] ?? null
