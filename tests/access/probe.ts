import { newId } from '../../src/kernel/id.ts'
import { roleMay, type Actor, type Relation } from '../../src/platform/access.ts'
import type { Database, Sql } from '../../src/platform/database/pool.ts'
import { isCarried, Refused, type AnyCommand, type AnyForm } from '../../src/platform/forms/form.ts'
import { beginAct, carryOut, run } from '../../src/platform/forms/run.ts'
import { checkInput } from '../../src/platform/http/input.ts'
import type { Placed, Thing } from './actors.ts'
import type { World } from './world.ts'

/**
 * What a form is aimed at in the world. `about` says which relations count: to one of the world's things; to one's own
 * institution (`own`: whoever has one stands so); to the register that one writes (`register`: the offices write the
 * region's and not their own); to one's own account (`me`); or nothing at all. `absent` is the same aim at what does not exist.
 */
export type Target = {
  readonly about: Thing | 'own' | 'register' | 'me' | 'nothing'
  readonly input: (world: World, placed: Placed) => object
  readonly absent?: (world: World, placed: Placed) => object
  /** A place for which the world holds no such target. */
  readonly notFor?: string
  /** Too slow to be asked by everybody of a role, and the same for all of them. */
  readonly oncePerRole?: true
  /** A list of one's own institution: whoever has none is told that there is nothing. */
  readonly isOfInstitution?: true
  /** Whom a form that is open to the role must answer as if the thing were absent, because they have no part in it. */
  readonly hiddenFrom?: (placed: Placed) => boolean
  /** What somebody who may ask must be told, where nothing else would show that another's is out of reach. */
  readonly says?: (placed: Placed) => string | null
}

export const DENIED = ['platform.not-found', 'platform.role-may-not']
export const isDenial = (code: string | null): code is string => code !== null && DENIED.includes(code)

class Undone extends Error {}

/** The first refusal of a form asked for real, or null when it was answered; and the answer of a query. */
export type Found = { readonly code: string | null; readonly text: string | null }

/** Asks a form for real. What a command did is undone, so that each cell meets the same world. */
export const ask = async (world: World, form: AnyForm, actor: Actor, input: object): Promise<Found> => {
  const checked = checkInput(form.input, input)
  if (!checked.ok) throw new Error(`${form.name}: its target does not fit: ${JSON.stringify(checked.fields)}`)
  const asked = { actor, request: newId() }
  const { house } = world.house
  if (form.kind === 'command' && roleMay(form.by, actor)) {
    const code = isCarried(form)
      ? codeOf(await run({ ...house, database: undoing(house.database) }, form, checked.value, asked))
      : await undone(world, form, checked.value, asked)
    return { code, text: null }
  }
  const outcome = await run(house, form, checked.value, asked)
  return { code: codeOf(outcome), text: outcome.ok ? outcome.value.text : null }
}

const undone = async (
  { house: { house } }: World,
  form: AnyCommand,
  input: unknown,
  asked: Parameters<typeof beginAct>[2],
): Promise<string | null> => {
  let code: string | null = null
  try {
    await house.database.transaction(async (tx) => {
      code = codeOf(await carryOut(tx, form, input, await beginAct(house, tx, asked)))
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof Refused) return error.refusals[0]?.code ?? 'refused'
    if (!(error instanceof Undone)) throw new Error(`${form.name} by ${asked.actor.role}`, { cause: error })
  }
  return code
}

/** A database whose lone statements, an engine's for instance, answer and leave nothing behind. */
const undoing = (database: Database): Database => ({
  ...database,
  beside: () => undoing(database),
  alone: async <Row>(query: Sql) => {
    let rows: Row[] = []
    const trial = database.transaction(async (tx) => {
      rows = await tx.rows<Row>(query)
      throw new Undone()
    })
    await trial.catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
    return rows
  },
})

const codeOf = (outcome: { ok: true } | { ok: false; refusals: readonly { code: string }[] }): string | null =>
  outcome.ok ? null : (outcome.refusals[0]?.code ?? 'refused')

const OFFICES = ['health-bureau', 'administrator']

/** The relations in which somebody stands to a target, by the making of the world. */
export const standsTo = ({ actor, to }: Placed, about: Target['about']): readonly Relation[] => {
  switch (about) {
    case 'nothing':
      return []
    case 'me':
      return ['self']
    case 'own':
      return actor.org ? ['own'] : []
    case 'register':
      return actor.org && !OFFICES.includes(actor.role) ? ['own'] : []
    default:
      return to[about] ?? []
  }
}

/** The parties of the declaration that somebody is before this target; none is a denial. */
export const partiesAs = (form: AnyForm, placed: Placed, about: Target['about']): readonly string[] => {
  const stands = standsTo(placed, about)
  return form.by.filter((party) => {
    const [role, relation] = party.split('@')
    return role === placed.actor.role && (relation === 'anyone' || stands.includes(relation as Relation))
  })
}

/** Who is probed against a target. */
export const askersOf = ({ actors }: World, target: Target): readonly Placed[] =>
  actors.filter(
    (placed) =>
      placed.where !== target.notFor &&
      (!target.oncePerRole || actors.find(({ actor }) => actor.role === placed.actor.role) === placed),
  )

/** Every form that people may ask; what only the house itself asks has nobody to deny. */
export const formsOfPeople = ({ house: { house } }: World): AnyForm[] =>
  [...house.forms.values()].filter(({ by }) => !by.every((party) => party.startsWith('system@')))
