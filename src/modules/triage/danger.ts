import type { DangerAlternative, DangerRow } from './knowledge.ts'
import type { Reading } from './read-text.ts'
import type { Vitals } from './triage.ts'

type Sight = Pick<Reading, 'present' | 'person' | 'vitals' | 'hours'>

const vitalsHold = (bounds: DangerAlternative['vitals'], vitals: Vitals): boolean => {
  for (const name in bounds) {
    const bound = bounds[name as keyof Vitals]
    const value = vitals[name as keyof Vitals]
    if (value === undefined || !bound) return false
    if (bound.min !== undefined && value < bound.min) return false
    if (bound.max !== undefined && value > bound.max) return false
  }
  return true
}

const personFits = (one: DangerAlternative, { person }: Sight): boolean => {
  if (one.ageMax !== undefined && (person.age === null || person.age > one.ageMax)) return false
  if (one.ageMin !== undefined && (person.age === null ? person.isChild : person.age < one.ageMin)) return false
  if (one.sex !== undefined && person.sex !== null && person.sex !== one.sex) return false
  if (one.pregnant && !person.isPregnant) return false
  return !one.postpartum || person.isPostpartum
}

/** Whether one alternative of a danger sign holds for what was read. */
export const holds = (one: DangerAlternative, sight: Sight): boolean => {
  const { present } = sight
  for (const key of one.all) if (!present.has(key)) return false
  for (const key of one.none) if (present.has(key)) return false
  if (one.any.length > 0 && !one.any.some((key) => present.has(key))) return false
  if (one.also.length > 0 && !one.also.some((key) => present.has(key))) return false
  if (one.hoursMax !== undefined && sight.hours !== null && sight.hours > one.hoursMax) return false
  return personFits(one, sight) && vitalsHold(one.vitals, sight.vitals)
}

const NEEDS_NO_WORD = ''
const NEEDS_VITALS = ' '

/**
 * The danger signs by a key that must be there for any of their alternatives to hold: most texts touch few of them, and the
 * others need not be looked at. Alternatives without such a key are looked at always.
 */
export const dangerIndex = (rows: readonly DangerRow[]): ReadonlyMap<string, readonly number[]> => {
  const index = new Map<string, number[]>()
  rows.forEach(({ when }, at) => {
    for (const { all, any, vitals } of when) {
      const unworded = Object.keys(vitals).length > 0 ? NEEDS_VITALS : NEEDS_NO_WORD
      for (const key of all.length > 0 ? [all[0] as string] : any.length > 0 ? any : [unworded]) {
        const signs = index.get(key) ?? []
        if (!signs.includes(at)) signs.push(at)
        index.set(key, signs)
      }
    }
  })
  return index
}

/** The order in which signs are told: emergencies before the others, each in the order of the knowledge. */
export const gravestFirst = (rows: readonly DangerRow[]): DangerRow[] => [
  ...rows.filter(({ urgency }) => urgency === 'emergency'),
  ...rows.filter(({ urgency }) => urgency !== 'emergency'),
]

/** The danger signs that are seen, the gravest first, in the order of the knowledge. */
export const dangersIn = (
  rows: readonly DangerRow[],
  index: ReadonlyMap<string, readonly number[]>,
  sight: Sight,
): DangerRow[] => {
  const candidates = new Set<number>(index.get(NEEDS_NO_WORD))
  for (const at of (Object.keys(sight.vitals).length > 0 && index.get(NEEDS_VITALS)) || []) candidates.add(at)
  for (const key of sight.present) for (const at of index.get(key) ?? []) candidates.add(at)
  if (candidates.size === 0) return []
  const seen = [...candidates]
    .sort((one, other) => one - other)
    .map((at) => rows[at] as DangerRow)
    .filter(({ when }) => when.some((one) => holds(one, sight)))
  return gravestFirst(seen)
}
