import type { PersonId } from '../../../kernel/id.ts'
import { findMany, locate, openedBody } from '../../health-record/index.ts'
import { idsOf, openRecords } from '../../residents/index.ts'
import type { FhirAct } from './act.ts'
import { shownOf, type Shown } from './exchange.ts'

/** The newest version of a resource as an open act sees it, its record opened if it may be; null for what is not there for it. */
export const readIn = async (
  open: FhirAct,
  type: string,
  fhirId: string,
  only: PersonId | null,
): Promise<(Shown & { readonly person: PersonId | '0' }) | null> => {
  const place = (await locate(open.tx, [{ type, fhirId }])).get(`${type}/${fhirId}`)
  if (!place) return null
  if (place.person !== '0') await openRecords(open.tx, [place.person])
  if (only && place.reach !== 'public' && !(await idsOf(open.tx, only)).includes(place.person as PersonId)) return null
  const [row] = await findMany(open.tx, [place])
  const body = row ? openedBody(row.body, row.wrappedKey, open.act.cipher) : null
  return row && body !== null ? { ...shownOf(row, body), person: row.person } : null
}
