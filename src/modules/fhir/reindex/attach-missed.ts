import { newId } from '../../../kernel/id.ts'
import { asInstitution } from '../../../platform/database/as-system.ts'
import { databaseNow, type Database } from '../../../platform/database/pool.ts'
import { patientIdOf, patientReferenceOf, patientsKeptBy, waitingAfter, type Resource } from '../../health-record/index.ts'
import { attachWaiting } from '../server/attach.ts'
import type { Drawing } from './reindex.ts'

const ROWS_AT_ONCE = 500
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/**
 * What an institution wrote of a Patient whom nobody knew joins the record when that institution brings the Patient. This looks for what was
 * missed then, written by a server of an earlier release for instance, and does the same: for the Patients of the very institution that wrote
 * it alone, in the name of that institution, with audit rows. Answers how many resources joined a record.
 * @param database the house's own, as the system
 */
export const attachMissed = async (database: Database, { cipher, zone }: Drawing): Promise<number> => {
  let joined = 0
  for (let after = FIRST_ID; ;) {
    const waiting = await waitingAfter(database, after, ROWS_AT_ONCE)
    const last = waiting.at(-1)
    if (!last) return joined
    after = last.id
    const wanted = waiting.flatMap(({ org, body }) => {
      const patient = patientIdOf(patientReferenceOf(JSON.parse(body) as Resource))
      return patient === null ? [] : [{ org, patient }]
    })
    for (const { person, patient, org } of await patientsKeptBy(database, wanted))
      joined += await database.transaction(async (tx) => {
        await asInstitution(tx, org)
        return attachWaiting({ tx, act: { cipher, zone, now: await databaseNow(tx), request: newId() } }, patient, person)
      })
  }
}
