import assert from 'node:assert/strict'
import test from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import type { Placed } from './actors.ts'
import { serveWorld, type Over, type WholeAnswer } from './over-http.ts'
import { askersOf, formsOfPeople, partiesAs, type Target } from './probe.ts'
import { targetOf } from './targets.ts'
import { makeWorld, type World } from './world.ts'

// What one has no part in answers as what is not there: not the code alone, but status, headers and every word of the body.

const STATUS_OF = { 'platform.not-found': 404, 'platform.role-may-not': 403 } as const
/** Cells of each form that are asked over HTTP, beside one of a role that is refused before anything is read. */
const READING_CELLS = 8

type Cell = { readonly form: AnyForm; readonly target: Target; readonly placed: Placed }

/** Cells in which a form with something to aim at is closed to somebody, or must hide from them that it is there. */
const closedCells = (world: World): Cell[] =>
  formsOfPeople(world).flatMap((form) =>
    targetOf(form)
      .filter(({ absent }) => absent)
      .flatMap((target) =>
        askersOf(world, target).flatMap((placed) => {
          const isClosed = partiesAs(form, placed, target.about).length === 0 || target.hiddenFrom?.(placed)
          return isClosed ? [{ form, target, placed }] : []
        }),
      ),
  )

/** Some of a list, evenly spread over it. */
const spread = <Of>(list: readonly Of[], most: number): Of[] =>
  list.length <= most ? [...list] : Array.from({ length: most }, (_none, at) => list[Math.floor((at * list.length) / most)] as Of)

/** Of every form some cells that read before they deny, and one that a role is denied at the door. */
const sampled = (cells: readonly Cell[]): Cell[] => {
  const mayAsk = ({ form, placed }: Cell): boolean => form.by.some((party) => party.startsWith(`${placed.actor.role}@`))
  return [...Map.groupBy(cells, ({ form }) => form).values()].flatMap((ofForm) => [
    ...spread(ofForm.filter(mayAsk), READING_CELLS),
    ...spread(
      ofForm.filter((cell) => !mayAsk(cell)),
      1,
    ),
  ])
}

/** What is wrong with the one shape of a denial; null when nothing is. */
const faultOfDenial = ({ status, body }: WholeAnswer): string | null => {
  const { error } = body as { error?: { code: string; reasons: readonly object[]; fields: readonly object[]; request: string } }
  if (!error) return null
  const wanted = STATUS_OF[error.code as keyof typeof STATUS_OF]
  if (wanted === undefined) return `code ${error.code}`
  if (status !== wanted) return `status ${status} for ${error.code}`
  const isOneReason = error.reasons.length === 1 && error.fields.length === 0 && error.request === 'string'
  return isOneReason ? null : `more than the denial: ${JSON.stringify(error)}`
}

const compare = async (over: Over, world: World, { form, target, placed }: Cell): Promise<string[]> => {
  const foreign = await over(form, placed, target.input(world, placed))
  const absent = await over(form, placed, target.absent?.(world, placed) ?? {})
  const where = `${form.name} by ${placed.actor.role} at ${placed.where}`
  const fault = faultOfDenial(foreign)
  return [
    ...(fault ? [`${where}: ${fault}`] : []),
    ...(isDeepStrictEqual(foreign, absent)
      ? []
      : [`${where}: ${JSON.stringify(foreign)} for foreign, ${JSON.stringify(absent)} for absent`]),
  ]
}

test('over HTTP, what is another’s and what is not there answer alike in status, headers and body', async (t) => {
  const world = await makeWorld(t)
  const over = await serveWorld(t, world)
  const cells = sampled(closedCells(world))
  const wrong: string[] = []
  for (const cell of cells) wrong.push(...(await compare(over, world, cell)))
  t.diagnostic(`${cells.length} closed cells of ${new Set(cells.map(({ form }) => form.name)).size} forms asked twice over HTTP`)
  assert.deepEqual(wrong, [])
  assert.ok(cells.length >= 300, `${cells.length} cells`)
})
