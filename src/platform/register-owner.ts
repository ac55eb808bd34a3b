import type { OrgId } from '../kernel/id.ts'
import { relationsTo, type Actor, type Relation } from './access.ts'
import type { Tx } from './database/pool.ts'
import { Refused } from './forms/form.ts'
import type { Step } from './register-import.ts'
import { isLostRace, saveEnds, saveVersion, type Of, type Stamp } from './register-store.ts'

/** The owner of what holds for the whole region. */
export const REGION = '0' as OrgId

/** Whose entry an actor writes: the bureau and the administrator write for the whole region, everyone else for one's own house. */
export const ownerOf = (actor: Actor): OrgId =>
  actor.role === 'health-bureau' || actor.role === 'administrator' ? REGION : (actor.org ?? REGION)

export const relationsToOwner = (actor: Actor, owner: OrgId): Relation[] => relationsTo(actor, { org: owner })

/** Writes versions one after another with the ends that they make; whoever was first to write one wins. */
export const saveSteps = async (tx: Tx, of: Of, steps: readonly Step[], stamp: Stamp, name: string): Promise<void> => {
  try {
    for (const { ends, fresh } of steps) {
      await saveEnds(tx, of, fresh.entry, ends, stamp, fresh.reason)
      await saveVersion(tx, of, fresh, stamp)
    }
  } catch (error) {
    if (isLostRace(error)) throw new Refused(`${name}-changed-meanwhile`)
    throw error
  }
}
