import { WHOLE } from '../../../../kernel/share.ts'
import type { Pricing } from './score.ts'

/** Diseases with one price, by their codes of ICD-10: a category `J18` or a subcategory `E11.9`. */
export type PriceLists = Readonly<Record<Exclude<Pricing, 'level'>, readonly string[]>>

/**
 * How a group of a catalogue is priced by the lists of its day: equally at every level when its disease is on one of them and it is treated
 * without a procedure; by the hospital's level otherwise. A merged group is on a list only with its whole category.
 * @param key `J18.9:n`, `E11:conservative`, as a catalogue names its groups.
 * @source 十部门县域医共体意见(2023-12-30): the same disease, the same payment; which diseases is each region's to say
 */
export const pricingOf = (key: string, lists: PriceLists): Pricing => {
  const [diagnosis = '', how] = key.split(':')
  if (how !== 'n' && how !== 'conservative') return 'level'
  const isOn = (list: readonly string[]): boolean => list.some((code) => diagnosis.startsWith(code))
  return isOn(lists['basic-level']) ? 'basic-level' : isOn(lists['tcm-advantage']) ? 'tcm-advantage' : 'level'
}

/**
 * What a group of difficult and critical cases weighs more, basis points: by the longest code that its disease begins with; one whole where none
 * does, and where it has one price at every level: a case that every level treats is not a hard one.
 */
export const upliftOf = (key: string, pricing: Pricing, hardCases: Readonly<Record<string, number>>): number => {
  if (pricing !== 'level') return WHOLE
  const [diagnosis = ''] = key.split(':')
  const codes = Object.keys(hardCases).filter((code) => diagnosis.startsWith(code))
  const longest = codes.reduce((found, code) => (code.length > found.length ? code : found), '')
  return hardCases[longest] ?? WHOLE
}
