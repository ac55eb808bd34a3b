import { basename } from 'node:path'
import type { Config } from '../../platform/config.ts'
import { importTravel, readTravel } from '../../modules/navigation/index.ts'
import { mustBeGood, textAt } from './import-knowledge.ts'
import { withOperatorDatabase } from './operator-database.ts'

export type TravelImport = { readonly path: string; readonly source: string | undefined; readonly asJson: boolean }

/** Loads a table of travel times, all or nothing, and prints what came of it. @throws CliRefusal with every line that cannot be taken */
export const importTravelTimes = async (
  config: Config,
  { path, source, asJson }: TravelImport,
  print: (line: string) => void,
): Promise<void> => {
  const file = readTravel(await textAt(path))
  const name = source ?? basename(path)
  const done = await withOperatorDatabase(config, (database) =>
    database.transaction((tx) => importTravel(tx, file, { name, by: 'npx jieli import' })),
  )
  mustBeGood(done.faults, asJson, print)
  if (asJson) return print(JSON.stringify({ event: 'summary', name, rows: done.rows, places: done.places, isSame: done.isSame }))
  print(
    done.isSame
      ? `出行时间表与现行版本相同(${done.rows} 行),没有改动。 The travel times are the ones in force (${done.rows} rows); nothing was changed.`
      : `出行时间表“${name}”已生效:${done.rows} 行,${done.places} 个出发地。 The travel times “${name}” are in force: ${done.rows} rows from ${done.places} places.`,
  )
}
