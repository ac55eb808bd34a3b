import type { PersonId } from '../../kernel/id.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { summarise, summaryBodiesOf } from '../health-record/index.ts'
import { findPerson, idsOf, relationsToPerson } from '../residents/index.ts'
import { criteriaInput } from './contract.ts'
import { isOfCode } from './rules/three-valued.ts'
import {
  criterionSaid,
  decideUpReferral,
  type UpReferralDecided,
  type UpReferralFacts,
  type UpReferralLimits,
} from './rules/up-referral-criteria.ts'
import { UP_REFERRAL_PAGES, type UpReferralPage } from './up-referral-book.ts'

const limitsOf = (act: Act): UpReferralLimits => ({
  bound: (key) => act.policy('up-referral.bound', key),
  days: (key) => act.policy('up-referral.recent-days', key),
  times: (key) => act.policy('up-referral.times', key),
})

const pagesFor = (condition: string | null | undefined): readonly UpReferralPage[] =>
  condition == null
    ? UP_REFERRAL_PAGES
    : UP_REFERRAL_PAGES.filter(({ key, icd10 }) => key === condition || icd10.some((range) => isOfCode(condition, range)))

const shownCriterion = ({ criterion, state, facts, missing }: UpReferralDecided, limits: UpReferralLimits) => ({
  id: criterion.id,
  occasion: criterion.occasion,
  words: criterionSaid(criterion.words, limits),
  clause: criterion.clause,
  grade: criterion.grade,
  state,
  facts: facts.map(({ words, at }) => ({ ...words, at })),
  missing: [...missing],
})

/** The pages with every criterion decided, in the order of the clauses. */
const decided = (pages: readonly UpReferralPage[], facts: UpReferralFacts, act: Act) => {
  const limits = limitsOf(act)
  return pages.map(({ key, words, icd10, basis, criteria }) => ({
    key,
    words,
    icd10: [...icd10],
    basis,
    criteria: decideUpReferral(criteria, facts, limits).map((one) => shownCriterion(one, limits)),
  }))
}

export const criteria = query({
  name: 'referral.criteria',
  by: ['village-doctor@care-team', 'family-doctor@care-team'],
  basis: '县域分级诊疗技术方案 上转标准;基层首诊',
  does: {
    zh: '一位居民的档案对照各病种上转标准:符合、不符合或档案未知,附数值、日期和条款;每次查看均留痕。',
    en: 'A person’s record against the up-referral criteria: met, not met or not known, with value, day and clause; every look is audited.',
  },
  input: criteriaInput,
  read: async (tx, input) => {
    const person = await findPerson(tx, input.person as PersonId)
    return person && { person, bodies: await summaryBodiesOf(tx, await idsOf(tx, person.id)) }
  },
  relation: ({ person }, act) => relationsToPerson(act.actor, person),
  audits: ({ person }) => [{ person: person.id, basis: '签约/首诊服务团队:对照上转标准 (care team of the person)' }],
  answer: ({ person, bodies }, input, act) => ({
    asOf: act.now,
    diseases: decided(
      pagesFor(input.condition),
      {
        record: summarise(
          bodies.map(({ body }) => JSON.parse(body)),
          act.zone,
        ),
        bornOn: person.bornOn,
        today: act.today,
        zone: act.zone,
      },
      act,
    ),
  }),
})
