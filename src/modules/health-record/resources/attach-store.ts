import type { PersonId } from '../../../kernel/id.ts'
import { sql, type Tx } from '../../../platform/database/pool.ts'
import type { NewVersion } from './make-version.ts'
import { versionColumns, type StoredVersion } from './read-store.ts'
import { searchParametersOf } from './search-parameters.ts'
import { RESOURCE_TYPES } from '../rules/resource-types.ts'
import { listText } from './write-store.ts'

let patientParameters: readonly string[] | null = null

/** Parameters by which any type may refer to a Patient. */
const parametersToPatients = (): readonly string[] => {
  patientParameters ??= [
    ...new Set(
      [...RESOURCE_TYPES].flatMap((type) =>
        [...searchParametersOf(type).values()].flatMap(({ name, type: of, targets }) =>
          of === 'reference' && (targets.length === 0 || targets.includes('Patient')) ? [name] : [],
        ),
      ),
    ),
  ]
  return patientParameters
}

/** What one's own institution wrote of a Patient whom nobody knew, locked. They only may be about that Patient: each is to be looked at. */
export const waitingFor = (tx: Tx, patient: string): Promise<StoredVersion[]> =>
  tx.rows<StoredVersion>(sql`select ${versionColumns}, false as "isDeleted" from health_record.resource r
    where r.person_id = 0 and r.reach = 'custodian' and r.custodian_org is not distinct from platform.act_org()
      and r.keys && ${parametersToPatients().map((name) => `${name}=${patient}`)}::text[]
    order by r.id for update`)

/** Moves them into a person's record with their earlier versions, of which `old` are sealed anew; answers how many they were. */
export const attach = async (
  tx: Tx,
  person: PersonId,
  rows: readonly NewVersion[],
  old: readonly { readonly id: string; readonly version: number; readonly body: string }[],
): Promise<number> => {
  const moved = await tx.row<{ moved: number }>(sql`select health_record.attach(${person}, ${rows.map(({ id }) => id)}::uuid[],
    ${rows.map(({ meta }) => meta)}::text[], ${rows.map(({ body }) => body)}::text[], ${rows.map(({ hash }) => hash)}::bytea[],
    ${rows.map(({ index }) => index.display)}::text[], ${rows.map(({ values }) => listText(values.tokens))}::text[],
    ${rows.map(({ values }) => (values.keys.length === 0 ? null : listText(values.keys)))}::text[],
    ${old.map(({ id }) => id)}::uuid[], ${old.map(({ version }) => version)}::integer[], ${old.map(({ body }) => body)}::text[]) as moved`)
  return moved?.moved ?? 0
}
