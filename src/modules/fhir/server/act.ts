import type { PersonId } from '../../../kernel/id.ts'
import { newId } from '../../../kernel/id.ts'
import { isOverloaded, isPassing, OutcomeUnknown, type Tx } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import { beginAct } from '../../../platform/forms/run.ts'
import type { House } from '../../../platform/house.ts'
import { openRecords } from '../../residents/index.ts'
import type { FhirCaller } from './caller.ts'

/** An open act of the FHIR server: a transaction, who acts in it, and under which base addresses are written. */
export type FhirAct = { readonly tx: Tx; readonly act: Act; readonly caller: FhirCaller; readonly house: House }

/** Who asks, by which request. */
export type FhirAsked = { readonly caller: FhirCaller; readonly request: string }

const TRIES = 5
const FIRST_WAIT_MS = 60

/**
 * Opens an act for a FHIR interaction and carries it out in one transaction; the records of `persons` are opened in it as far
 * as there is a lawful basis. What passes is tried again; a write of which nobody knows whether it took is not.
 */
export const openFhirAct = async <Value>(
  house: House,
  { caller, request }: FhirAsked,
  persons: readonly PersonId[],
  work: (open: FhirAct) => Promise<Value>,
): Promise<Value> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await house.database.transaction(async (tx) => {
        const act = await beginAct(house, tx, { actor: caller.actor, request })
        if (persons.length > 0) await openRecords(tx, persons)
        return work({ tx, act, caller, house })
      })
    } catch (error) {
      if (!isPassing(error) || isOverloaded(error) || error instanceof OutcomeUnknown || tries >= TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** (tries - 1)))
    }
  }
}

/** The number of a request that comes by itself, a part of a batch for instance. */
export const newRequest = (): string => newId()
