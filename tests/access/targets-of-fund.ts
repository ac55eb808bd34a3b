import { newId } from '../../src/kernel/id.ts'
import { PLACES } from '../harness/stage.ts'
import type { Target } from './probe.ts'

// The fund's budgets: a year of the county's consortium that the insurer sets, and one of nobody.

const YEAR = 2020
/** The year whose budget stands in the world. */
export const BUDGET_YEAR = 2018
const org = PLACES.county
const NOBODY = '999999999999'
const of = (more: object): Target => ({ about: 'nothing', input: () => ({ org, ...more }) })

export const TARGETS_OF_FUND: Readonly<Record<string, Target | readonly Target[]>> = {
  'fund.set-budget': of({ year: YEAR, sources: { method: 'last-budget', lastFen: 100, growth: 0 } }),
  'fund.book': of({ year: YEAR, month: 1, kind: 'outside', fen: 1 }),
  // A transfer of nobody: found by no one. Who may take one back, and once, is the module's story.
  'fund.reverse': {
    about: 'nothing',
    input: () => ({ org, transfer: newId(), note: '演示' }),
    absent: () => ({ org: NOBODY, transfer: newId(), note: '演示' }),
    hiddenFrom: () => true,
  },
  'fund.ledger': {
    about: 'own',
    input: () => ({ org, year: BUDGET_YEAR }),
    absent: () => ({ org: NOBODY, year: BUDGET_YEAR }),
    hiddenFrom: ({ actor }) => actor.role === 'consortium-manager' && actor.org !== org,
  },
  'fund.budgets': { about: 'nothing', input: () => ({ year: YEAR }) },
}
