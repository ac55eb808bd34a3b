import { randomFrom } from '../residents/random.ts'
import type { Divisions, Village } from './divisions.ts'

/**
 * Residents per prefecture, census of 2020-11-01; they add up to 66 444 864.
 * @source 湖南省第七次全国人口普查公报; the seven from 张家界 on recalled and checked against the total
 */
export const CENSUS_2020: Readonly<Record<string, number>> = {
  '430100000000': 10_047_914,
  '430200000000': 3_902_738,
  '430300000000': 2_726_181,
  '430400000000': 6_645_243,
  '430500000000': 6_563_520,
  '430600000000': 5_051_922,
  '430700000000': 5_279_102,
  '430800000000': 1_517_027,
  '430900000000': 3_851_564,
  '431000000000': 4_667_134,
  '431100000000': 5_289_824,
  '431200000000': 4_587_594,
  '431300000000': 3_826_996,
  '433100000000': 2_488_105,
}

/** How many times a village's people live in a community of a street, of a town, or elsewhere. */
const WEIGHTS = { street: 3.2, town: 2.2, 'rural-township': 1.3, other: 0.5 } as const

function weightOf(village: Village, kind: keyof typeof WEIGHTS, seed: string): number {
  const spread = Math.exp(randomFrom(`${seed}/population/${village.code}`).normal(0, 0.35))
  return (village.kind === 'community' ? WEIGHTS[kind] : 1) * spread
}

/**
 * Residents of each village, so that each prefecture adds up to its census exactly: shares by weight, rounded down,
 * what is left goes one each to the first villages. Below the prefecture the numbers are invented.
 */
export function makePopulations(divisions: Readonly<Divisions>, seed: string): Map<string, number> {
  const kindOf = new Map(divisions.townships.map((township) => [township.code, township.kind]))
  const people = new Map<string, number>()
  for (const { code: prefecture } of divisions.prefectures) {
    const total = CENSUS_2020[prefecture]
    if (total === undefined) throw new Error(`Prefecture ${prefecture} has no census total.`)
    const villages = divisions.villages.filter((village) => village.code.startsWith(prefecture.slice(0, 4)))
    const weights = villages.map((village) => weightOf(village, kindOf.get(village.township) ?? 'other', seed))
    const sum = weights.reduce((left, weight) => left + weight, 0)
    const shares = weights.map((weight) => Math.floor((total * weight) / sum))
    let left = total - shares.reduce((all, share) => all + share, 0)
    villages.forEach((village, at) => people.set(village.code, (shares[at] as number) + (left-- > 0 ? 1 : 0)))
  }
  return people
}
