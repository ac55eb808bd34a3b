import { WHOLE } from '../../../kernel/share.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { query, type Act } from '../../../platform/forms/form.ts'
import { institutionsOf } from '../../organisations/index.ts'
import { ratioOf } from '../rules/parts.ts'
import type { Step } from '../rules/steps.ts'
import { caseMixOf } from './building.ts'
import * as catalogues from './catalogue-store.ts'
import type { HospitalMonth, KeptCatalogue, KeptGroup } from './dip.ts'
import { DIP_BASIS } from './discharge-commands.ts'
import { cataloguesInput, dipCaseInput, dipCasesInput, dipYearInput, groupInput, groupsInput } from './inputs.ts'
import { scoredBy, scoresByLevel, ungroupedSteps, upliftFor } from './scoring.ts'
import * as store from './store.ts'
import { lastDayOf, monthOf, yearOfDay } from './times.ts'

const CATALOGUES_MOST = 50
const PAGE = 50
const DECEMBER = 12

/** The names of institutions by id; the id where there is none. */
const namer = (institutions: Awaited<ReturnType<typeof institutionsOf>>) => {
  const byId = new Map(institutions.map((one) => [one.id, one]))
  return (id: OrgId) => ({
    zh: byId.get(id)?.name.zh ?? id,
    en: byId.get(id)?.name.en ?? null,
    level: byId.get(id)?.level ?? null,
  })
}

const shownCatalogue = ({ builtBy, ...one }: KeptCatalogue, act: Act) => ({
  id: one.id,
  year: one.year,
  state: one.state,
  terms: one.terms,
  cases: one.cases,
  groups: one.groups,
  core: one.core,
  cut: one.cut,
  meanFen: Math.round(one.meanFen),
  past: one.past,
  pointFen: one.pointFen,
  levels: one.levels,
  hash: one.hash,
  rulebookHash: one.rulebookHash,
  builtAt: one.builtAt,
  decidedAt: one.decidedAt,
  decidedBecause: one.decidedBecause,
  /** Whether the one who asks built it, so that somebody else has to decide. */
  isOwn: builtBy !== null && builtBy === act.actor.account,
})

export const cataloguesForm = query({
  name: 'fund.dip-catalogues',
  by: ['insurer@anyone', 'health-bureau@anyone', 'consortium-manager@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '各年度的病种分值目录:草案、已公布、已作废,含参数、病例数、机构系数和预算点值。',
    en: 'The catalogues by year, drafts and dropped ones too: terms, cases, coefficients of the levels, point value.',
  },
  input: cataloguesInput,
  read: (tx) => catalogues.newestCatalogues(tx, CATALOGUES_MOST),
  answer: (found, _input, act) => ({ catalogues: found.map((one) => shownCatalogue(one, act)) }),
})

export const groupsForm = query({
  name: 'fund.dip-groups',
  by: ['insurer@anyone', 'health-bureau@anyone', 'consortium-manager@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '目录中的病种组:按编码或名称查找,分页。',
    en: 'The groups of a catalogue, found by code or name, a page at a time.',
  },
  input: groupsInput,
  read: async (tx, { catalogue, text, kind, pricing, after }) => {
    if (!(await catalogues.findCatalogue(tx, catalogue))) return null
    const of = { catalogue, text: text ?? '', kind: kind ?? null, pricing: pricing ?? null, after: after ?? '' }
    return catalogues.findGroups(tx, of, PAGE + 1)
  },
  answer: (found) => ({
    groups: found.slice(0, PAGE).map((one) => ({ ...one, meanFen: Math.round(one.meanFen) })),
    more: found.length > PAGE,
  }),
})

const groupSteps = (catalogue: KeptCatalogue, group: KeptGroup): Step[] => [
  {
    zh: '各年病例数',
    en: 'Cases by year',
    rule: 'fund.dip-year-weights',
    of: Object.fromEntries(catalogue.past.map(({ year }, at) => [String(year), group.cases[at] ?? 0])),
    is: group.cases.reduce((sum, one) => sum + one, 0),
    unit: 'people',
  },
  {
    zh: '裁剪掉的极端费用病例',
    en: 'Cases cut for extreme costs',
    rule: 'fund.dip-trim',
    of: { lowest: catalogue.terms.catalogue.trim.lowest, highest: catalogue.terms.catalogue.trim.highest },
    is: group.casesCut,
    unit: 'people',
  },
  {
    zh: '按年权重的次均费用',
    en: 'Mean cost by the weights of the years',
    rule: 'fund.dip-year-weights',
    of: Object.fromEntries(
      catalogue.past.map(({ year }, at) => [`weight${year}`, catalogue.terms.catalogue.yearWeights[at] ?? 0]),
    ),
    is: Math.round(group.meanFen),
    unit: 'fen',
  },
  {
    zh: '全部病例的次均费用',
    en: 'Mean cost of all cases',
    rule: 'fund.dip-base',
    of: { cases: catalogue.cases },
    is: Math.round(catalogue.meanFen),
    unit: 'fen',
  },
  {
    zh: '病种分值 = 病种次均 ÷ 全部次均 × 基数',
    en: 'Score: mean of the group over mean of all, by the base',
    rule: 'fund.dip-catalogue',
    of: { base: catalogue.terms.catalogue.base },
    is: group.scoreE4,
    unit: 'points',
  },
]

export const groupForm = query({
  name: 'fund.dip-group',
  by: ['insurer@anyone', 'health-bureau@anyone', 'consortium-manager@anyone'],
  basis: DIP_BASIS,
  does: { zh: '一个病种组的分值怎么来的,逐步说明。', en: 'Where the score of a group comes from, step by step.' },
  input: groupInput,
  read: async (tx, { catalogue, key }) => {
    const one = await catalogues.findCatalogue(tx, catalogue)
    const group = one && (await catalogues.findGroup(tx, catalogue, key))
    return one && group && { one, group }
  },
  answer: ({ one, group }) => ({
    ...group,
    meanFen: Math.round(group.meanFen),
    year: one.year,
    state: one.state,
    prices: scoresByLevel(one, group).map(({ level, coefficient, scoreE4 }) => ({
      level,
      coefficient,
      fen: ratioOf(scoreE4, one.pointFen, WHOLE),
    })),
    uplift: upliftFor(one, group),
    steps: groupSteps(one, group),
  }),
})

type HospitalTotal = Omit<HospitalMonth, 'month'>
const addTo = (one: HospitalTotal, other: HospitalMonth): HospitalTotal => ({
  org: one.org,
  cases: one.cases + other.cases,
  scoreE4: one.scoreE4 + other.scoreE4,
  costFen: one.costFen + other.costFen,
  claimedFen: one.claimedFen + other.claimedFen,
  low: one.low + other.low,
  high: one.high + other.high,
  ungrouped: one.ungrouped + other.ungrouped,
  forExperts: one.forExperts + other.forExperts,
})
const NONE = { cases: 0, scoreE4: 0, costFen: 0, claimedFen: 0, low: 0, high: 0, ungrouped: 0, forExperts: 0 }

export const yearForm = query({
  name: 'fund.dip-year',
  by: ['insurer@anyone', 'health-bureau@anyone', 'consortium-manager@own'],
  basis: DIP_BASIS,
  does: {
    zh: '一年的病种分值付费:各月和各机构的病例、分值、病例组合指数、预付和年终清算;机构只看本院。',
    en: 'A year of payment by disease: cases, scores and case mix by month and hospital, prepaid and cleared; a hospital sees its own.',
  },
  input: dipYearInput,
  read: async (tx, input, act) => {
    const org = (input.org as OrgId | undefined) ?? act.actor.org
    const year = input.year ?? yearOfDay(act.today)
    const catalogue = await catalogues.publishedFor(tx, year)
    const clearing = await catalogues.newestClearing(tx, year)
    const sums = await store.sumsOfYear(tx, year, org)
    const parts = clearing ? await catalogues.partsOf(tx, clearing.id, org) : []
    const [first, last] = [monthOf(year, 1), lastDayOf(year, DECEMBER)]
    const institutions = await institutionsOf(tx, [...new Set(sums.map((one) => one.org))])
    const waiting = await store.countUngrouped(tx, first, last)
    return { org, year, catalogue, clearing, sums, parts, institutions, waiting, paid: await store.monthsOfYear(tx, year, org) }
  },
  relation: ({ org }, { actor }) => (actor.org !== null && org === actor.org ? ['own'] : []),
  answer: ({ year, catalogue, clearing, sums, parts, institutions, waiting, paid }, _input, act) => {
    const nameOf = namer(institutions)
    const totals = new Map<OrgId, HospitalTotal>()
    for (const one of sums) totals.set(one.org, addTo(totals.get(one.org) ?? { org: one.org, ...NONE }, one))
    const base = catalogue?.terms.catalogue.base ?? 1
    return {
      year,
      catalogue: catalogue && shownCatalogue(catalogue, act),
      waiting,
      months: Array.from({ length: DECEMBER }, (_, at) => {
        const rows = sums.filter(({ month }) => month === at + 1)
        const total = rows.reduce<HospitalTotal>((sum, one) => addTo(sum, one), { org: '0' as OrgId, ...NONE })
        const payments = paid.filter(({ month }) => month === at + 1)
        return {
          month: at + 1,
          cases: total.cases,
          scoreE4: total.scoreE4,
          costFen: total.costFen,
          claimedFen: total.claimedFen,
          /** What the fund booked for a point in the month, fen: what the months' points differ by. */
          pointFen: total.scoreE4 === 0 ? null : ratioOf(total.claimedFen, WHOLE, total.scoreE4),
          prepaidFen: payments.length === 0 ? null : payments.reduce((sum, { paidFen }) => sum + paidFen, 0),
        }
      }),
      hospitals: [...totals.values()]
        .map(({ org, ...one }) => ({
          org,
          ...nameOf(org),
          ...one,
          caseMix: caseMixOf(one.scoreE4, one.cases, base),
          costOfPointFen: one.scoreE4 === 0 ? null : ratioOf(one.costFen, WHOLE, one.scoreE4),
          worthFen: catalogue ? ratioOf(one.scoreE4, catalogue.pointFen, WHOLE) : null,
          prepaidFen: paid.reduce((sum, month) => sum + (month.org === org ? month.paidFen : 0), 0),
        }))
        .toSorted((one, other) => other.scoreE4 - one.scoreE4),
      clearing: clearing && {
        id: clearing.id,
        state: clearing.state,
        fundFen: clearing.fundFen,
        reserveFen: clearing.reserveFen,
        basis: clearing.basis,
        terms: clearing.terms,
        pointFen: clearing.pointFen,
        paidFen: clearing.paidFen,
        leftFen: clearing.leftFen,
        steps: clearing.steps,
        rulebookHash: clearing.rulebookHash,
        proposedAt: clearing.proposedAt,
        decidedAt: clearing.decidedAt,
        decidedBecause: clearing.decidedBecause,
        isOwn: clearing.proposedBy !== null && clearing.proposedBy === act.actor.account,
        parts: parts.map((part) => ({ ...part, ...nameOf(part.org) })),
      },
    }
  },
})

export const casesForm = query({
  name: 'fund.dip-cases',
  by: ['insurer@anyone', 'health-bureau@anyone', 'consortium-manager@own'],
  basis: DIP_BASIS,
  does: {
    zh: '一家机构一年的入组病例,可按月和偏离类型筛选,分页。',
    en: 'The grouped cases of a hospital’s year, by month and kind, a page at a time.',
  },
  input: dipCasesInput,
  read: async (tx, input, act) => {
    const org = (input.org as OrgId | undefined) ?? act.actor.org
    if (!org) return null
    const of = { year: input.year, org, month: input.month ?? null, kind: input.kind ?? null, after: input.after ?? '' }
    return { org, cases: await store.casesOf(tx, of, PAGE + 1) }
  },
  relation: ({ org }, { actor }) => (org === actor.org ? ['own'] : []),
  answer: ({ org, cases }) => ({
    org,
    cases: cases.slice(0, PAGE).map(({ one, discharge, isBack }) => ({
      number: one.number,
      month: one.month,
      dischargedOn: discharge.dischargedOn,
      diagnosis: discharge.diagnosis,
      zh: discharge.zh,
      key: one.key,
      kind: one.kind,
      scoreE4: one.scoreE4,
      costFen: discharge.costFen,
      forExperts: one.forExperts,
      isBack,
    })),
    more: cases.length > PAGE,
  }),
})

export const caseForm = query({
  name: 'fund.dip-case',
  by: ['insurer@anyone', 'health-bureau@anyone', 'consortium-manager@own'],
  basis: DIP_BASIS,
  does: {
    zh: '一个病例为什么入这个组、得这些分,逐步说明。',
    en: 'Why a case is of its group and scores what it scores, step by step.',
  },
  input: dipCaseInput,
  read: async (tx, { org, number }) => {
    const found = await store.findCase(tx, org, number)
    if (!found) return null
    const catalogue = await catalogues.findCatalogue(tx, found.one.catalogue)
    if (!catalogue) return null
    const group = found.one.key === null ? null : await catalogues.findGroup(tx, catalogue.id, found.one.key)
    return { ...found, catalogue, group }
  },
  relation: ({ one }, { actor }) => (one.org === actor.org ? ['own'] : []),
  answer: ({ one, discharge, isBack, catalogue, group }) => {
    const scored = group && scoredBy(catalogue, group, discharge, one.hospital)
    return {
      org: one.org,
      number: one.number,
      dischargedOn: discharge.dischargedOn,
      diagnosis: discharge.diagnosis,
      zh: discharge.zh,
      procedures: discharge.procedures,
      treatment: discharge.treatment,
      days: discharge.days,
      costFen: discharge.costFen,
      claimedFen: discharge.claimedFen,
      facts: discharge.facts,
      kind: one.kind,
      scoreE4: one.scoreE4,
      forExperts: one.forExperts,
      isBack,
      catalogue: { id: catalogue.id, year: catalogue.year, hash: catalogue.hash, pointFen: catalogue.pointFen },
      group: group && { key: group.key, zh: group.zh, kind: group.kind, pricing: group.pricing, because: group.pricingBecause },
      steps: scored ? scored.steps : ungroupedSteps(catalogue, discharge),
    }
  },
})
