import type { PersonId } from '../../../kernel/id.ts'
import { gather } from '../../../platform/gather.ts'
import type { House } from '../../../platform/house.ts'
import { personsOfPatients } from '../../health-record/index.ts'

const KNOWN_MOST = 50_000
const LOOKED_UP_MOST = 256
type Known = { readonly known: Map<string, PersonId>; readonly ask: (id: string) => Promise<PersonId | null> }
const patients = new WeakMap<House, Known>()

/** Whom a reference to a Patient means; a Patient stays the same person for ever, so what is known need not be asked again. */
export const personOfPatient = async (house: House, id: string): Promise<PersonId | null> => {
  const of = patients.get(house) ?? {
    known: new Map(),
    ask: gather(LOOKED_UP_MOST, (ids: readonly string[]) => personsOfPatients(house.database, ids)),
  }
  patients.set(house, of)
  const known = of.known.get(id)
  if (known) return known
  const found = await of.ask(id)
  if (of.known.size >= KNOWN_MOST) of.known.clear()
  if (found) of.known.set(id, found)
  return found
}
