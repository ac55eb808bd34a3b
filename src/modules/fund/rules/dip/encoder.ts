import { assert } from '../../../../kernel/assert.ts'
import { heavierOf, keyOf, mergedKeyOf, type Discharge, type Encoded, type Treatment } from './catalogue.ts'

// Discharges that the columns have room for at first; they double.
const ROOM = 1_000

/** A discharge on its way into a catalogue, with what its hospital calls the diagnosis and the hospital's level (级). */
export type NamedDischarge = Discharge & { readonly zh: string; readonly level: number }

/** Cost and cases of a level of hospitals in each year. */
export type LevelSums = { readonly level: number; readonly cases: readonly number[]; readonly costFen: readonly number[] }

/** What was encoded, what groups are called, and what the levels cost. */
export type NamedDischarges = Encoded & {
  readonly names: ReadonlyMap<string, string>
  readonly levels: readonly LevelSums[]
}

/**
 * Takes discharges one after another into columns, so that millions need not stand in memory as objects. A group is called by the name that came
 * first; `years` is how many years count.
 */
export const openEncoder = (years: number) => {
  let group = new Uint32Array(ROOM)
  let year = new Uint8Array(ROOM)
  let costFen = new Int32Array(ROOM)
  let count = 0
  const ids = new Map<string, number>()
  const keys: string[] = []
  const treatments: Treatment[] = []
  const names = new Map<string, string>()
  const levels = new Map<number, { cases: number[]; costFen: number[] }>()

  const grow = (): void => {
    const wider = { group: new Uint32Array(count * 2), year: new Uint8Array(count * 2), costFen: new Int32Array(count * 2) }
    wider.group.set(group)
    wider.year.set(year)
    wider.costFen.set(costFen)
    ;({ group, year, costFen } = wider)
  }
  const idOf = (one: NamedDischarge): number => {
    const key = keyOf(one)
    const known = ids.get(key)
    const before = known === undefined ? null : (treatments[known] as Treatment)
    if (known !== undefined && before === heavierOf(before as Treatment, one.treatment)) return known
    const rare = mergedKeyOf(one)
    if (!names.has(rare)) names.set(rare, one.zh)
    if (known !== undefined) {
      treatments[known] = one.treatment
      return known
    }
    ids.set(key, keys.length)
    treatments.push(one.treatment)
    names.set(key, one.zh)
    return keys.push(key) - 1
  }
  const add = (one: NamedDischarge): void => {
    assert(one.year >= 0 && one.year < years, 'a discharge is of one of the years')
    if (count === group.length) grow()
    group[count] = idOf(one)
    year[count] = one.year
    costFen[count] = one.costFen
    count++
    const level = levels.get(one.level) ?? { cases: Array<number>(years).fill(0), costFen: Array<number>(years).fill(0) }
    levels.set(one.level, level)
    level.cases[one.year] = (level.cases[one.year] ?? 0) + 1
    level.costFen[one.year] = (level.costFen[one.year] ?? 0) + one.costFen
  }
  const done = (): NamedDischarges => ({
    discharges: { group: group.subarray(0, count), year: year.subarray(0, count), costFen: costFen.subarray(0, count) },
    keys,
    merged: keys.map((key, id) => mergedKeyOf({ diagnosis: key, treatment: treatments[id] as Treatment })),
    names,
    levels: [...levels].map(([level, sums]) => ({ level, ...sums })).toSorted((one, other) => other.level - one.level),
  })
  return { add, done }
}
