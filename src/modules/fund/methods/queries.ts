import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { query, type Act } from '../../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../../organisations/index.ts'
import { lastDayOf, monthOf } from '../dip/times.ts'
import { yearOf } from '../fund.ts'
import { readDrg } from '../rules/drg.ts'
import { caseByMethods, sideBySide, type MethodTerms, type PaidCase } from '../rules/side-by-side.ts'
import { METHODS_BASIS } from './commands.ts'
import { methodsCaseInput, methodsInput } from './contract.ts'
import { casesBetween, hospitalsWithCases, type CaseRow } from './store.ts'

// A month of a large hospital; beyond these the answer says that it holds the dearest only.
const CASES_MOST = 20_000
// Cases that are listed one by one.
const LISTED_MOST = 50
const HOSPITALS_MOST = 500
const EVER = { from: '2000-01-01' as Day, until: '2200-12-31' as Day }
const MONTH_AT = 5

/** What the ways are reckoned by today at a hospital of a level. */
const termsOf = (act: Act, level: number): MethodTerms => {
  const { rateFen = 0, hospital = 0, lowBelow = 0, highAbove = 0, ...others } = act.amounts('fund.drg-terms')
  const weightsE4 = Object.fromEntries(Object.entries(others).filter(([code]) => readDrg(code) !== null))
  return {
    bedDays: Object.entries(act.amounts('fund.method-bed-day'))
      .map(([from, fen]) => ({ from: Number(from), fen }))
      .toSorted((one, other) => one.from - other.from),
    unitFen: act.amounts('fund.method-service-unit')[level] ?? null,
    diseasePrices: act.amounts('fund.single-disease-prices'),
    drg: Object.keys(weightsE4).length === 0 || rateFen === 0 ? null : { weightsE4, rateFen, hospital, lowBelow, highAbove },
  }
}

const paidCase = ({ number, diagnosis, costFen, claimedFen, days, pathway, scoreE4, pointFen, drg }: CaseRow): PaidCase => ({
  number,
  diagnosis,
  costFen,
  claimedFen,
  days,
  pathway: pathway ?? 'none',
  dip: scoreE4 === null || pointFen === null ? null : { scoreE4, pointFen },
  drg,
})

/** The dated values behind the ways that have some, each with its clause. */
const basesOf = (act: Act, level: number) =>
  [
    ['bed-day', act.clause('fund.method-bed-day', '1')] as const,
    ...(act.amounts('fund.method-service-unit')[level] === undefined
      ? []
      : [['service-unit', act.clause('fund.method-service-unit', String(level))] as const]),
    [
      'single-disease',
      act.clause('fund.single-disease-prices', Object.keys(act.amounts('fund.single-disease-prices'))[0]),
    ] as const,
    ['drg', act.clause('fund.drg-terms', 'rateFen')] as const,
  ].map(([method, { basis, grade }]) => ({ method, basis, grade }))

const nameOf = (one: Institution | undefined, org: string) => ({ org, zh: one?.name.zh ?? org, en: one?.name.en ?? null })

export const methods = query({
  name: 'fund.methods',
  by: ['consortium-manager@own', 'insurer@anyone', 'health-bureau@anyone'],
  basis: METHODS_BASIS,
  does: {
    zh: '一个机构一个月的同一批病例,按项目、床日、服务单元、单病种、人头、DIP、DRG、总额各能得多少,哪些算不出、为什么。',
    en: 'What the same cases of an institution and month would earn by each way to pay, and which cannot be reckoned and why.',
  },
  input: methodsInput,
  read: async (tx, input, act) => {
    const own = act.actor.role === 'consortium-manager' ? act.actor.org : null
    const hospitals = await hospitalsWithCases(tx, HOSPITALS_MOST)
    const org = (input.org as OrgId | undefined) ?? own ?? hospitals[0]?.org
    const newest = hospitals.find((one) => one.org === org)?.newest
    if (!org || !newest) return null
    const year = input.year ?? yearOf(newest)
    const month = input.month ?? Number(newest.slice(MONTH_AT, MONTH_AT + 2))
    const of = { from: monthOf(year, month), until: lastDayOf(year, month), number: null }
    const rows = await casesBetween(tx, org, of, CASES_MOST + 1)
    const institutions = await institutionsOf(tx, [...new Set([org, ...hospitals.map((one) => one.org)])])
    return { org, year, month, rows, hospitals, institutions }
  },
  relation: ({ org }, { actor }) => (actor.org === org ? ['own'] : []),
  answer: ({ org, year, month, rows, hospitals, institutions }, _input, act) => {
    const one = institutions.find(({ id }) => id === org)
    const terms = termsOf(act, one?.level ?? 0)
    const cases = rows.slice(0, CASES_MOST)
    return {
      ...nameOf(one, org),
      year,
      month,
      cases: cases.length,
      isCut: rows.length > CASES_MOST,
      costFen: cases.reduce((sum, { costFen }) => sum + costFen, 0),
      methods: sideBySide(cases.map(paidCase), terms),
      bases: basesOf(act, one?.level ?? 0),
      listed: cases.slice(0, LISTED_MOST).map((row) => ({
        number: row.number,
        zh: row.zh,
        diagnosis: row.diagnosis,
        days: row.days,
        costFen: row.costFen,
        pathway: row.pathway ?? ('none' as const),
        byMethod: caseByMethods(paidCase(row), terms).map((each) => ({
          method: each.method,
          fundFen: 'payment' in each ? each.payment.fundFen : null,
        })),
      })),
      hospitals: hospitals.map((each) =>
        nameOf(
          institutions.find(({ id }) => id === each.org),
          each.org,
        ),
      ),
    }
  },
})

export const methodsCase = query({
  name: 'fund.methods-case',
  by: ['consortium-manager@own', 'insurer@anyone', 'health-bureau@anyone'],
  basis: METHODS_BASIS,
  does: {
    zh: '一个病例按每种支付方式逐步怎么算,临床路径如何,算不出的说明原因。',
    en: 'One case by every way to pay, step by step, with its pathway; what cannot be reckoned says why.',
  },
  input: methodsCaseInput,
  read: async (tx, { org, number }) => {
    const [row] = await casesBetween(tx, org as OrgId, { ...EVER, number }, 1)
    if (!row) return null
    const [institution] = await institutionsOf(tx, [org as OrgId])
    return { org, row, level: institution?.level ?? 0 }
  },
  relation: ({ org }, { actor }) => (actor.org === org ? ['own'] : []),
  answer: ({ row, level }, _input, act) => ({
    number: row.number,
    zh: row.zh,
    diagnosis: row.diagnosis,
    dischargedOn: row.dischargedOn,
    days: row.days,
    costFen: row.costFen,
    claimedFen: row.claimedFen,
    pathway: row.pathway ?? ('none' as const),
    enteredOn: row.enteredOn,
    leftOn: row.leftOn,
    because: row.because,
    drg: row.drg,
    methods: caseByMethods(paidCase(row), termsOf(act, level)),
  }),
})
