import { WHOLE } from '../../../kernel/share.ts'
import { keyOf, mergedKeyOf } from '../rules/dip/catalogue.ts'
import { upliftOf } from '../rules/dip/pricing.ts'
import { coefficientFor, scoreOf, type ScoredCase } from '../rules/dip/score.ts'
import { severityOf } from '../rules/dip/severity.ts'
import { ratioOf } from '../rules/parts.ts'
import type { Step } from '../rules/steps.ts'
import type { DipCase, KeptCatalogue, KeptGroup, SentDischarge } from './dip.ts'

/** The group that takes a discharge: the one of its diagnosis and procedures, else that of its category and treatment; null when there is neither. */
export const groupFor = (one: SentDischarge, groups: ReadonlyMap<string, KeptGroup>): KeptGroup | null =>
  groups.get(keyOf(one)) ?? groups.get(mergedKeyOf(one)) ?? null

/** The coefficient of a hospital's level in a catalogue, basis points; 1 for a level that it has no cases of. */
export const coefficientOf = ({ levels }: Pick<KeptCatalogue, 'levels'>, level: number): number =>
  levels.find((one) => one.level === level)?.coefficient ?? WHOLE

/** What a discharge of a group scores, with its steps. The same catalogue gives the same score for ever. */
export const scoredBy = (
  catalogue: Pick<KeptCatalogue, 'terms' | 'pointFen'>,
  group: KeptGroup,
  one: SentDischarge,
  hospital: number,
): ScoredCase =>
  scoreOf(
    {
      groupScoreE4: group.scoreE4,
      costFen: one.costFen,
      days: one.days,
      severity: severityOf(one.facts, catalogue.terms.auxiliary),
      hospital,
      pricing: group.pricing,
      pointFen: catalogue.pointFen,
      uplift: upliftOf(group.key, group.pricing, catalogue.terms.hardCases ?? {}),
    },
    catalogue.terms.score,
  )

/** What a group weighs more as one of difficult and critical cases, basis points. */
export const upliftFor = ({ terms }: KeptCatalogue, { key, pricing }: KeptGroup): number =>
  upliftOf(key, pricing, terms.hardCases ?? {})

/** What a group scores at each level of hospital, the weight of hard cases in it; the same everywhere where it has one price. */
export const scoresByLevel = (
  catalogue: KeptCatalogue,
  group: KeptGroup,
): { level: number; coefficient: number; scoreE4: number }[] => {
  const own = ratioOf(group.scoreE4, upliftFor(catalogue, group), WHOLE)
  return catalogue.levels.map(({ level, coefficient: ofLevel }) => {
    const coefficient = coefficientFor(group.pricing, ofLevel, catalogue.terms.score.onePrice)
    return { level, coefficient, scoreE4: ratioOf(own, coefficient, WHOLE) }
  })
}

/** A discharge as a case of its year. What no group takes scores what it cost, by the point value. */
export const caseOf = (
  catalogue: KeptCatalogue,
  groups: ReadonlyMap<string, KeptGroup>,
  one: SentDischarge,
  level: number,
): DipCase => {
  const hospital = coefficientOf(catalogue, level)
  const [year, month] = one.dischargedOn.split('-').map(Number) as [number, number]
  const of = { org: one.org, number: one.number, year, month, catalogue: catalogue.id, hospital }
  const group = groupFor(one, groups)
  if (!group) return { ...of, key: null, kind: 'ungrouped', scoreE4: asItCost(catalogue, one), forExperts: true }
  const { kind, scoreE4, forExperts } = scoredBy(catalogue, group, one, hospital)
  return { ...of, key: group.key, kind, scoreE4, forExperts }
}

const asItCost = ({ pointFen }: Pick<KeptCatalogue, 'pointFen'>, { costFen }: SentDischarge): number =>
  ratioOf(costFen, WHOLE, pointFen)

/** The steps of a case that no group takes. */
export const ungroupedSteps = (catalogue: KeptCatalogue, one: SentDischarge): Step[] => [
  {
    zh: '目录没有对应病种组:按实际费用计分,提请专家评议',
    en: 'No group of the catalogue takes it: scored as it cost, and put before experts',
    rule: 'fund.dip-point-value',
    of: { costFen: one.costFen, pointFen: catalogue.pointFen },
    is: asItCost(catalogue, one),
    unit: 'points',
  },
]
