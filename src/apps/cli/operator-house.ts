import { newId } from '../../kernel/id.ts'
import { SYSTEM } from '../../platform/access.ts'
import type { Config } from '../../platform/config.ts'
import type { Database } from '../../platform/database/pool.ts'
import type { AnyForm } from '../../platform/forms/form.ts'
import { run } from '../../platform/forms/run.ts'
import type { House } from '../../platform/house.ts'
import { makeHouse } from '../server.ts'
import { withOperatorDatabase } from './operator-database.ts'

/** Does an operator's work with a house of its own on the database, beside the server or without it. */
export const withOperatorHouse = (config: Config, work: (house: House, database: Database) => Promise<void>): Promise<void> =>
  withOperatorDatabase(config, async (database) => {
    const house = await makeHouse(
      config,
      database,
      () => {},
      () => {},
    )
    await work(house, database)
  })

/** Asks a form as the house itself. @throws Error with the codes when it refuses: what may be wrong with a file is in its answer. */
export const askAsSystem = async <Answer>(house: House, form: AnyForm, input: unknown): Promise<Answer> => {
  const outcome = await run(house, form, input, { actor: SYSTEM, request: newId() })
  if (!outcome.ok) throw new Error(`${form.name}: ${outcome.refusals.map(({ code }) => code).join(', ')}`)
  return JSON.parse(outcome.value.text) as Answer
}
