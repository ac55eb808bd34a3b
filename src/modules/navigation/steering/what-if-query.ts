import { query } from '../../../platform/forms/form.ts'
import { presentWeights } from '../finding/asked.ts'
import { whatIfInput } from '../finding/contract.ts'
import { FACTORS, type Weights } from '../rules/rank-places.ts'
import { whatIf, type WhatIf } from './what-if.ts'

/** Names instead of a map, for a screen or a printed page. */
export const shownWhatIf = ({ names, flows, samples, ...counts }: WhatIf) => {
  const named = <Row extends { readonly from: WhatIf['flows'][number]['from']; readonly to: WhatIf['flows'][number]['to'] }>(
    row: Row,
  ) => ({
    ...row,
    from: { id: row.from, name: names.get(row.from) ?? null },
    to: { id: row.to, name: names.get(row.to) ?? null },
  })
  return { ...counts, flows: flows.map(named), samples: samples.map(named) }
}

/** The health bureau tries other weights before it changes the rulebook. */
export const whatIfWeights = query({
  name: 'navigation.what-if',
  by: ['health-bureau@anyone', 'administrator@anyone'],
  basis: '权重调整前先试算;规则公开',
  does: {
    zh: '用另一组权重重排最近若干天的转诊,看哪些会改到别的机构;不写入任何数据,不显示任何人。',
    en: 'Ranks the referrals of the last days by other weights and shows which would go elsewhere; writes nothing, names nobody.',
  },
  input: whatIfInput,
  read: (tx, input, act) => {
    const present = presentWeights(act)
    const changed = Object.fromEntries(FACTORS.map((factor) => [factor, input[factor] ?? present[input.of][factor]])) as Weights
    return whatIf(tx, {
      now: act.now,
      today: act.today,
      days: input.days,
      horizonDays: act.policy('navigation.horizon-days'),
      most: act.policy('navigation.what-if-most'),
      present,
      other: { ...present, [input.of]: changed },
    })
  },
  answer: shownWhatIf,
})
