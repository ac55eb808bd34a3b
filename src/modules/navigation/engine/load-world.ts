import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { allConsortia, allSites, servedSpecialties, type RegionSpecialty } from '../../organisations/index.ts'
import { STRENGTHS, type Able, type Need, type World } from './world.ts'

/** The key of the need of one specialty, four digits. */
export const specialtyNeed = (specialty: string): string => `specialty:${specialty}`

/** A need that others add: who can meet it by id, and how strong each is. */
export type AddedNeed = Need & { readonly orgs: readonly { readonly id: OrgId; readonly tag: (typeof STRENGTHS)[number] }[] }

export type WorldOptions = {
  /** Needs besides the specialties, such as a capability or a condition whose places are known by themselves. */
  readonly added?: readonly AddedNeed[]
  /** Institutions whose coordinates are doubted. */
  readonly doubtful?: ReadonlySet<OrgId>
}

/** The region of a day as the engine wants it: each specialty is a need, met by whoever cares for patients in it. */
export const loadWorld = async (db: Queryable, day: Day, { added = [], doubtful }: WorldOptions = {}): Promise<World> => {
  const [sites, specialties, alliances] = await Promise.all([
    allSites(db, day),
    servedSpecialties(db, day),
    allConsortia(db, day),
  ])
  const numbers = new Map(sites.map(({ id }, at) => [id, at]))
  const rows: AddedNeed[] = [...specialties.map(needOf), ...added]
  return {
    sites: sites.map((site) => ({ ...site, hasDoubtfulPoint: doubtful?.has(site.id) ?? false })),
    alliances,
    needs: rows.map(({ key, specialty }) => ({ key, specialty })),
    able: (at) => ableOf(rows[at] as AddedNeed, numbers),
  }
}

const needOf = ({ specialty, sites, tags }: RegionSpecialty): AddedNeed => ({
  key: specialtyNeed(specialty),
  specialty,
  orgs: sites.map((id, at) => ({ id, tag: tags[at] ?? null })),
})

// Who is not in force is no place, whatever else is said of it.
const ableOf = ({ orgs }: AddedNeed, numbers: ReadonlyMap<OrgId, number>): Able => {
  const known = orgs.filter(({ id }) => numbers.has(id))
  return {
    sites: Uint32Array.from(known, ({ id }) => numbers.get(id) as number),
    strengths: Uint8Array.from(known, ({ tag }) => STRENGTHS.indexOf(tag)),
  }
}
