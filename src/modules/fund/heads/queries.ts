import type { OrgId } from '../../../kernel/id.ts'
import { query } from '../../../platform/forms/form.ts'
import { institutionsOf } from '../../organisations/index.ts'
import { yearOf } from '../fund.ts'
import { countMonths, headResult, lastEntered } from '../rules/head-contract.ts'
import { HEADS_BASIS } from './commands.ts'
import { headContractInput, headsInput } from './contract.ts'
import type { HeadContract, HeadEntry } from './heads.ts'
import * as store from './store.ts'

const CONTRACTS_MOST = 300

/** How a contract stands: as it was closed, or to the last month of which anything was entered. */
const standingOf = (contract: HeadContract, entries: readonly HeadEntry[]) => {
  const through = lastEntered(entries)
  const result = contract.result ?? headResult(contract, entries, through)
  const month = countMonths(entries)[through - 1]
  return { through, people: month ? month.heads : 0, ...result }
}

const shownContract = (one: HeadContract, name: { readonly zh: string; readonly en?: string | null } | undefined) => ({
  org: one.org,
  contract: one.id,
  institution: { zh: name?.zh ?? one.org, en: name?.en ?? null },
  year: one.year,
  zh: one.zh,
  en: one.en,
  priceFen: one.priceFen,
  surplusKept: one.surplusKept,
  overrunBorne: one.overrunBorne,
  state: one.state,
})

export const heads = query({
  name: 'fund.heads',
  by: ['consortium-manager@own', 'insurer@anyone', 'health-bureau@anyone'],
  basis: HEADS_BASIS,
  does: {
    zh: '一年内的按人头付费协议:在册人数、已付、已花、结余或超支;机构只看自己的。',
    en: 'The contracts by the head of a year: people, paid, spent, surplus or overrun; an institution sees its own.',
  },
  input: headsInput,
  read: async (tx, input, act) => {
    const year = input.year ?? yearOf(act.today)
    const own = act.actor.role === 'consortium-manager' ? act.actor.org : null
    if (act.actor.role === 'consortium-manager' && own === null) return null
    const contracts = await store.contractsOf(tx, year, own, CONTRACTS_MOST)
    const entries = await store.entriesOf(
      tx,
      contracts.map(({ id }) => id),
    )
    const institutions = await institutionsOf(tx, [...new Set(contracts.map(({ org }) => org))])
    return { year, contracts, entries, institutions }
  },
  relation: () => ['own'],
  answer: ({ year, contracts, entries, institutions }) => ({
    year,
    contracts: contracts.map((one) => {
      const name = institutions.find(({ id }) => id === one.org)?.name
      const { steps: _steps, ...standing } = standingOf(
        one,
        entries.filter(({ contract }) => contract === one.id),
      )
      return { ...shownContract(one, name), ...standing }
    }),
  }),
})

export const headContract = query({
  name: 'fund.head-contract',
  by: ['consortium-manager@own', 'insurer@anyone', 'health-bureau@anyone'],
  basis: HEADS_BASIS,
  does: {
    zh: '一份按人头付费协议:条款、各月人数和费用、每一笔录入、结余或超支逐步怎么算。',
    en: 'A contract by the head: its terms, people and spend by month, every entry, and how surplus or overrun was worked out.',
  },
  input: headContractInput,
  read: async (tx, { org, contract }) => {
    const one = await store.findContract(tx, org as OrgId, contract)
    if (!one) return null
    return { one, entries: await store.entriesOf(tx, [contract]), institutions: await institutionsOf(tx, [one.org]) }
  },
  relation: ({ one }, { actor }) => (actor.org === one.org ? ['own'] : []),
  answer: ({ one, entries, institutions }, _input, act) => ({
    ...shownContract(one, institutions[0]?.name),
    basis: one.basis,
    decidedBecause: one.decidedBecause,
    closeBecause: one.closeBecause,
    /** Whether the reader proposed what waits, and so does not decide on it. */
    isOwnProposal: (one.state === 'closing' ? one.closeProposedBy : one.proposedBy) === act.actor.account,
    isOver: one.year < yearOf(act.today),
    standing: standingOf(one, entries),
    months: countMonths(entries),
    entries: entries.map(({ id, month, joins, leaves, spendFen, evidence, reverses, at }) => ({
      id,
      month,
      joins,
      leaves,
      spendFen,
      evidence,
      reverses,
      at,
      isReversed: entries.some((other) => other.reverses === id),
    })),
  }),
})
