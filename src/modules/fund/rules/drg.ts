import { WHOLE } from '../../../kernel/share.ts'

/**
 * The place where a DRG grouper is plugged in. The house holds the structure of CHS-DRG (26 major categories, their order, how a code is built)
 * and asks a grouper for the group: one made from an edition (`grouperOf`), or the region's own. Editions and weights are the region's data;
 * none come with the house.
 */
export type Grouper = (stay: DrgStay) => string | null
export type DrgStay = {
  readonly sex: 'male' | 'female'
  readonly ageDays: number
  readonly birthWeightGrams: number | null
  readonly days: number
  readonly leaving: string
  /** The main one first. */
  readonly diagnoses: readonly string[]
  readonly procedures: readonly string[]
}

/** In which order a grouper asks for a major category: what comes before, newborns, HIV, several injuries, then by sex, then by organ. */
export const MDC_ORDER = [
  'A',
  'P',
  'Y',
  'Z',
  'M',
  'N',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'I',
  'J',
  'K',
  'L',
  'O',
  'Q',
  'R',
  'S',
  'T',
  'U',
  'V',
  'W',
  'X',
] as const

// The last figure of a group's code (CHS-DRG).
const SEVERITY = { '1': 'major', '3': 'minor', '5': 'none', '7': 'left-early', '9': 'not-parted' } as const
export type DrgCode = {
  readonly mdc: string
  readonly adrg: string
  readonly kind: 'surgical' | 'procedure' | 'medical'
  readonly severity: (typeof SEVERITY)[keyof typeof SEVERITY]
}

/** The parts of a CHS-DRG code, `GB13`: category, kind by its letter, and complication; null where it is none. */
export const readDrg = (code: string): DrgCode | null => {
  const found = /^([A-Z])([A-Z])([1-9A-Z])([13579])$/.exec(code)
  if (!found) return null
  const [, mdc = '', letter = '', serial = '', digit = ''] = found
  if (!(MDC_ORDER as readonly string[]).includes(mdc)) return null
  const kind = letter <= 'J' ? 'surgical' : letter <= 'Q' ? 'procedure' : 'medical'
  return { mdc, adrg: `${mdc}${letter}${serial}`, kind, severity: SEVERITY[digit as keyof typeof SEVERITY] }
}

/** Weights of groups out of their mean costs, ten-thousandths: the mean of a group over the mean of all. */
export const weightsOf = (
  groups: readonly { readonly code: string; readonly cases: number; readonly costFen: number }[],
): ReadonlyMap<string, number> => {
  const cases = groups.reduce((sum, one) => sum + one.cases, 0)
  const cost = groups.reduce((sum, one) => sum + one.costFen, 0)
  return new Map(
    groups
      .filter((one) => one.cases > 0)
      .map((one) => [one.code, cost === 0 ? 0 : Math.round((one.costFen / one.cases / (cost / cases)) * WHOLE)]),
  )
}

/** The mean weight of a hospital's cases, ten-thousandths: its case mix. Null without a case. */
export const caseMix = (weightsE4: readonly number[]): number | null =>
  weightsE4.length === 0 ? null : Math.round(weightsE4.reduce((sum, one) => sum + one, 0) / weightsE4.length)
