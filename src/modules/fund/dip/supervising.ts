import { query, type Act } from '../../../platform/forms/form.ts'
import { institutionsOf } from '../../organisations/index.ts'
import { RECORD_FAULTS, supervisionOf, type RecordFault, type Rung, type SupervisionTerms } from '../rules/dip/supervision.ts'
import { DIP_BASIS } from './discharge-commands.ts'
import { supervisionInput } from './inputs.ts'
import { supervisedOfYear } from './store.ts'

const RUNGS = [1, 2, 3] as const
// How `fund.dip-codes-of-one-sex` says whose a diagnosis is.
const WOMEN = 1
const MEN = 2

const codesOf = (act: Pick<Act, 'amounts'>, sex: number): string[] =>
  Object.entries(act.amounts('fund.dip-codes-of-one-sex')).flatMap(([code, whose]) => (whose === sex ? [code] : []))

/** The directory of supervision as the rulebook of today has it. */
const termsOf = (act: Pick<Act, 'policy' | 'amounts'>): SupervisionTerms => {
  const of = (by: string) => act.policy('fund.dip-supervision', by)
  const again = (by: string) => act.policy('fund.dip-readmission', by)
  const record = (by: string) => act.policy('fund.dip-record-quality', by)
  const rungs = (name: 'cheap' | 'long', bound: 'Below' | 'Above'): Rung[] => RUNGS.map((at) => ({ bound: of(`${name}${bound}${at}`), mark: of(`${name}Mark${at}`) }))
  return {
    cheap: rungs('cheap', 'Below'),
    long: rungs('long', 'Above'),
    lowMortalityBelow: of('lowMortalityBelow'),
    deathMarkLow: of('deathMarkLow'),
    deathMarkOther: of('deathMarkOther'),
    readmission: { withinDays: again('withinDays'), markSame: again('markSame'), markOther: again('markOther') },
    record: {
      womenOnly: codesOf(act, WOMEN),
      menOnly: codesOf(act, MEN),
      childbirthYears: { from: record('childbirthYearsFrom'), until: record('childbirthYearsUntil') },
      perinatalYearsUntil: record('perinatalYearsUntil'),
      marks: Object.fromEntries(RECORD_FAULTS.map((fault) => [fault, record(fault)])) as Record<RecordFault, number>,
    },
  }
} // prettier-ignore

export const supervisionForm = query({
  name: 'fund.dip-supervision',
  by: ['insurer@anyone', 'health-bureau@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '违规监管目录:各机构一年的低标入院、超长住院、死亡风险、二次入院、病案质量指数,逐步说明。',
    en: 'The directory of supervision: each hospital’s stays of a year that are too cheap or too long, deaths, readmissions and front pages that contradict themselves, as indexes with their steps.',
  },
  input: supervisionInput,
  read: async (tx, { year }, act) => {
    const terms = termsOf(act)
    const counted = await supervisedOfYear(tx, year, terms)
    const places = await institutionsOf(tx, counted.map(({ org }) => org))
    return { terms, counted, names: new Map(places.map(({ id, name }) => [id, name])) }
  },
  answer: ({ terms, counted, names }, { year }) => ({
    year,
    hospitals: counted.map(({ org, ...one }) => ({ org, place: names.get(org) ?? { zh: org }, cases: one.cases, named: one.named, ...supervisionOf(one, terms) })),
  }),
}) // prettier-ignore
