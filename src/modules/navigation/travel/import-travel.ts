import { newId } from '../../../kernel/id.ts'
import { databaseNow, type Tx } from '../../../platform/database/pool.ts'
import type { TravelFault, TravelFile } from './travel-file.ts'
import { institutionsNamed, lockTravel, newestTravelHash, saveTravel, type TravelRow } from './travel-store.ts'

/** What an import of travel times did. `isSame`: the very table is the newest already, nothing was written. */
export type TravelImported = {
  readonly rows: number
  readonly places: number
  readonly isSame: boolean
  /** When there is any, nothing was written. */
  readonly faults: readonly TravelFault[]
}

/** Puts a whole table of travel times in force as a new edition, all or nothing; earlier editions stay. */
export const importTravel = async (tx: Tx, file: TravelFile, of: { name: string; by: string }): Promise<TravelImported> => {
  await lockTravel(tx)
  const known = await institutionsNamed(tx, [...new Set(file.rows.map(({ institution }) => institution))])
  const unknown = file.rows
    .filter(({ institution }) => !known.has(institution))
    .map(({ line, institution }) => ({ line, zh: `没有机构 ${institution}`, en: `there is no institution ${institution}` }))
  const rows = file.rows.flatMap(({ from, institution, by, minutes }): TravelRow[] => {
    const org = known.get(institution)
    return org === undefined ? [] : [{ from, org, by, minutes }]
  })
  const faults = [...file.faults, ...unknown, ...twice(file, rows)].toSorted((a, b) => a.line - b.line)
  const counts = { rows: file.rows.length, places: new Set(rows.map(({ from }) => from)).size }
  if (faults.length > 0) return { ...counts, isSame: false, faults }
  if ((await newestTravelHash(tx)) === file.hash) return { ...counts, isSame: true, faults }
  await saveTravel(tx, { id: newId(), ...of, hash: file.hash, at: await databaseNow(tx) }, rows)
  return { ...counts, isSame: false, faults }
}

// One institution may be written by its id on one line and by its code on another.
const twice = ({ rows: written }: TravelFile, rows: readonly TravelRow[]): TravelFault[] => {
  if (written.length !== rows.length) return []
  const seen = new Set<string>()
  return rows.flatMap(({ from, org, by }, at) => {
    const key = `${from} ${org} ${by}`
    if (!seen.has(key)) return seen.add(key) && []
    return [
      {
        line: written[at]?.line ?? 1,
        zh: '同一出发地、机构和方式已有一行',
        en: 'a line with the same start, institution and means stands already',
      },
    ]
  })
}
