import fc from 'fast-check'
import { z } from 'zod'
import { plusDays } from '../../src/kernel/day.ts'
import { sql } from '../../src/platform/database/pool.ts'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import { run } from '../../src/platform/forms/run.ts'
import { checkInput } from '../../src/platform/http/input.ts'
import type { Field } from '../../src/platform/register-fields.ts'
import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Placed } from './actors.ts'
import { partiesAs, standsTo, type Target } from './probe.ts'
import type { World } from './world.ts'

// Every register has the same forms. Its targets follow from its declaration: a new register needs no line here.

type Schema = { readonly [word: string]: unknown }
type Register = { readonly module: string; readonly kind: string; readonly form: (of: string) => AnyForm }

/** The registers of the house, found by their forms. */
export const registersOf = ({ house: { house } }: World): Register[] =>
  [...house.forms.keys()].flatMap((name) => {
    const [, module, kind] = /^([a-z-]+)\.propose-(.+)$/.exec(name) ?? []
    if (!module || !kind || !house.forms.has(`${module}.${kind}-list`)) return []
    return [{ module, kind, form: (of: string) => house.forms.get(`${module}.${of}`) as AnyForm }]
  })

const SEED = 7
const PLACES_NAMED = [PLACES.county, PLACES.countyTcm, PLACES.township]
const CONSORTIUM = '430321'

/** A value that fits a schema: institutions, consortia and days that exist, otherwise the least that fits. */
const exampleOf = (schema: Schema, field: Field | undefined, seen: { places: number; today: string }): unknown => {
  const branch = ((schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined)?.[0]
  if (branch) return exampleOf(branch, field, seen)
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  if (field?.means === 'institution') return PLACES_NAMED[seen.places++ % PLACES_NAMED.length]
  if (field?.means === 'consortium') return CONSORTIUM
  switch ([schema['type'] ?? 'string'].flat()[0]) {
    case 'object':
      return exampleBody(schema, field?.parts ?? [], seen)
    case 'array':
      return Array.from({ length: Math.max(1, Number(schema['minItems'] ?? 1)) }, () =>
        exampleOf(schema['items'] as Schema, field, seen),
      )
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema['minimum'] ?? 1))
    case 'boolean':
      return true
    default:
      return exampleText(schema, field, seen.today)
  }
}

const exampleText = (schema: Schema, field: Field | undefined, today: string): string => {
  if (field?.means === 'day') return today
  if (schema['format'] === 'uri') return 'https://example.org/'
  const pattern = schema['pattern'] as string | undefined
  if (pattern) return fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: SEED, numRuns: 1 })[0] ?? ''
  return '演示'.padEnd(Number(schema['minLength'] ?? 1), '例')
}

/** A body with nothing but what is required. */
const exampleBody = (schema: Schema, fields: readonly Field[], seen: { places: number; today: string }): object => {
  const properties = schema['properties'] as Record<string, Schema>
  const required = (schema['required'] as string[] | undefined) ?? []
  return Object.fromEntries(
    required.map((name) => [
      name,
      exampleOf(
        properties[name] as Schema,
        fields.find((one) => one.name === name),
        seen,
      ),
    ]),
  )
}

const textOf = async ({ house: { house } }: World, form: AnyForm, placed: Placed, input: object): Promise<string> => {
  const checked = checkInput(form.input, input)
  if (!checked.ok) throw new Error(`${form.name}: the example does not fit: ${JSON.stringify(checked.fields)}`)
  const outcome = await run(house, form, checked.value, { actor: placed.actor, request: newId(), key: newId() })
  return outcome.ok ? outcome.value.text : JSON.stringify(outcome.refusals)
}

const whoMay = ({ actors }: World, form: AnyForm): Placed => {
  const found = actors.find((placed) => partiesAs(form, placed, 'register').length > 0)
  if (!found) throw new Error(`Nobody of the world may ask ${form.name}`)
  return found
}

const OWNERS = ['0', PLACES.county]
const NO_ENTRY = '没有这一条'

/** Puts an entry in force and a proposed one under the region and under the county hospital; answers body and key. */
const prepare = async (world: World, { module, kind, form }: Register): Promise<{ body: object; entry: string }> => {
  const list = form(`${kind}-list`)
  const { fields } = JSON.parse(await textOf(world, list, whoMay(world, list), {})) as { fields: readonly Field[] }
  const schema = z.toJSONSchema(form(`propose-${kind}`).input, { io: 'input', unrepresentable: 'any' }) as Schema
  const bodySchema = (schema['properties'] as Record<string, Schema>)['body'] as Schema
  const body = exampleBody(bodySchema, fields, { places: 0, today: world.stage.today })
  const correct = form(`correct-${kind}`)
  const told = await textOf(world, correct, whoMay(world, correct), { entry: NO_ENTRY, from: '2020-01-01', body, reason: '试更正' })
  const [refusal] = JSON.parse(told) as { code: string; detail: { key: string } }[]
  if (refusal?.code !== `${module}.${kind}-key-differs`) throw new Error(`${correct.name} did not say its key: ${told}`)
  const entry = refusal.detail.key
  for (const owner of OWNERS)
    for (const [version, state] of [[1, 'in-force'], [2, 'proposed']] as const)
      await world.house.database.run(sql`insert into platform.register_entry (org_id, kind, entry_id, version, from_on, body, state, is_correction, recorded_at)
        values (${owner}, ${`${module}.${kind}`}, ${entry}, ${version}, '2020-01-01', ${JSON.stringify(body)}, ${state}, ${version > 1}, now())`)
  return { body, entry }
} // prettier-ignore

/** What an actor writes for has the entry. */
const hasEntry = (placed: Placed): boolean => standsTo(placed, 'register').length === 0 || placed.actor.org === PLACES.county

/** The targets of every form of every register, the entries prepared. */
export const registerTargets = async (world: World): Promise<Readonly<Record<string, readonly Target[]>>> => {
  const targets: [string, readonly Target[]][] = []
  for (const register of registersOf(world)) {
    const { module, kind } = register
    const { body, entry } = await prepare(world, register)
    const from = plusDays(world.stage.today, 1)
    // Who writes for another house is told that there is none, whatever the others have.
    const unlessOwn = (reason: string) => (placed: Placed) => (hasEntry(placed) ? null : `${module}.${kind}-${reason}`)
    const write = (input: object, says?: Target['says']): Target[] => [
      { about: 'register', input: () => input, ...(says ? { says } : {}) },
    ]
    const read = (input: object): Target[] => [{ about: 'own', input: () => input }]
    targets.push(
      [`${module}.propose-${kind}`, write({ from, body })],
      [`${module}.correct-${kind}`, write({ entry, from, body, reason: '试更正' }, unlessOwn('not-in-force'))],
      [`${module}.approve-${kind}`, write({ entry, version: 2, verdict: 'reject' }, unlessOwn('nothing-proposed'))],
      [`${module}.retire-${kind}`, write({ entry, on: from, reason: '试停用' }, unlessOwn('not-in-force'))],
      [`${module}.import-${kind}`, write({ rows: [{ from, body }] })],
      [`${module}.${kind}-list`, read({})],
      [`${module}.${kind}-history`, read({ entry })],
      [`${module}.${kind}-export`, read({ format: 'csv' })],
    )
  }
  return Object.fromEntries(targets)
}
