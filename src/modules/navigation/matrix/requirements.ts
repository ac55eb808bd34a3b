import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { KNOWLEDGE } from '../catalogue/read-catalogue.ts'
import type { Condition } from '../navigation.ts'
import { DOCTOR_RANKS, type DoctorRank, type Requirement, type Thing } from './matrix.ts'

const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const thingRow = z.strictObject({
  key,
  kind: z.enum(['device', 'procedure', 'drug']),
  zh: z.string().min(1),
  en: z.string().min(1),
  usual: z.enum(['village', 'township', 'county', 'city', 'province']),
})
const specialtyRow = z.strictObject({
  specialty: z.string().regex(/^\d{4}$/),
  needs: z.array(key),
  higher: z.array(key).default([]),
  /** Whether a doctor of any specialty will do, as in 预防保健科, where few places enter anybody of that specialty. */
  anySpecialty: z.boolean().default(false),
})
const ownRow = z.strictObject({ condition: key, needs: z.array(key), doctor: z.enum(DOCTOR_RANKS).optional() })

/** The shipped requirements: every thing by key, and what a condition needs. */
export type Requirements = {
  readonly things: ReadonlyMap<string, Thing>
  readonly of: (condition: Pick<Condition, 'key' | 'specialty' | 'lowestTier'>) => Requirement
  /** Keys of the conditions that have a row of their own. */
  readonly own: readonly string[]
}

/** The rank that a condition asks of a doctor by its lowest tier when its row says nothing else. */
const RANK_BY_TIER: Readonly<Record<Condition['lowestTier'], DoctorRank>> = {
  village: 'any',
  township: 'any',
  county: 'attending',
  city: 'associate-chief',
  province: 'associate-chief',
}

/**
 * Reads `requirements/*.yaml` of a folder of knowledge: things, what each specialty takes, and what single conditions take.
 * @throws Error naming the file and the row that cannot be used, or a need that is no thing
 */
export const readRequirements = (folder: string = KNOWLEDGE): Requirements => {
  const take = <T>(name: string, schema: z.ZodType<T>): T => {
    const parsed = schema.safeParse(parse(readFileSync(join(folder, 'requirements', name), 'utf8')))
    if (!parsed.success) throw new Error(`Knowledge file requirements/${name}: ${z.prettifyError(parsed.error)}`)
    return parsed.data
  }
  const things = new Map(take('things.yaml', z.array(thingRow)).map((thing) => [thing.key, thing]))
  const bySpecialty = new Map(take('specialties.yaml', z.array(specialtyRow)).map((row) => [row.specialty, row]))
  const own = new Map(take('conditions.yaml', z.array(ownRow)).map((row) => [row.condition, row]))
  const needs = [...bySpecialty.values(), ...own.values()].flatMap((row) =>
    'higher' in row ? [...row.needs, ...row.higher] : row.needs,
  )
  const unknown = needs.find((need) => !things.has(need))
  if (unknown !== undefined) throw new Error(`Knowledge of requirements: ${unknown} is in no row of things.yaml.`)
  return {
    things,
    own: [...own.keys()],
    of: ({ key: condition, specialty, lowestTier }) => {
      const row = own.get(condition)
      const usual = bySpecialty.get(specialty)
      const staff = { doctor: row?.doctor ?? RANK_BY_TIER[lowestTier], anySpecialty: usual?.anySpecialty ?? false }
      if (row) return { ...staff, needs: row.needs }
      if (lowestTier === 'village' || lowestTier === 'township') return { ...staff, needs: [] }
      return { ...staff, needs: [...(usual?.needs ?? []), ...(lowestTier === 'county' ? [] : (usual?.higher ?? []))] }
    },
  }
}

let shipped: Requirements | null = null
/** The requirements shipped with the product, read once. */
export const shippedRequirements = (): Requirements => (shipped ??= readRequirements())
