import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ROLES, type Actor, type Party, type Relation } from '../../platform/access.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { consortiumOf } from './consortium-store.ts'

/** Institutions are public: whoever has an account may look them up. */
export const everyone: readonly Party[] = ROLES.filter((role) => role !== 'system').map((role): Party => `${role}@anyone`)

/** Who keeps the region's institutions: bureau and administrator everywhere, a manager in one's own consortium. */
export const keepers: readonly Party[] = [
  'administrator@anyone',
  'health-bureau@anyone',
  'consortium-manager@own',
  'consortium-manager@supervisor',
]
/** Who keeps a consortium itself: bureau and administrator, and the manager of the hospital that leads it. */
export const leadKeepers: readonly Party[] = ['administrator@anyone', 'health-bureau@anyone', 'consortium-manager@own']
export const regionKeepers: readonly Party[] = ['administrator@anyone', 'health-bureau@anyone']

/** How an actor stands to an institution: its own, or one in the consortium that the actor's institution leads. */
export const relationsToInstitution = async (db: Queryable, actor: Actor, institution: OrgId, day: Day): Promise<Relation[]> => {
  if (actor.org === null) return []
  if (actor.org === institution) return ['own']
  const consortium = await consortiumOf(db, institution, day)
  return consortium?.lead === actor.org ? ['supervisor'] : []
}
