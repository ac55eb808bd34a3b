import { plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Relation } from '../../platform/access.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { consortiumOf, institutionsOf, memberIdsOf } from '../organisations/index.ts'
import { measuresInput, REASON_WORDS, type ShownMeasures } from './contract.ts'
import { REPEAT_REASONS } from './recognition.ts'
import { countOf, countsBy } from './rules/measures.ts'
import { countDecisions, itemsOn } from './store.ts'

const REGION_ROLES = ['health-bureau', 'administrator']

/** Whose decisions somebody may count: the region's offices all; a consortium's lead its members'; everybody else one's own. */
const orgsOf = async (tx: Tx, act: Act, asked: string | undefined): Promise<OrgId[] | null | 'none'> => {
  const { org, role } = act.actor
  if (REGION_ROLES.includes(role)) return asked ? [asked as OrgId] : null
  if (!org) return 'none'
  const consortium = role === 'consortium-manager' ? await consortiumOf(tx, org, act.today) : null
  const own = consortium?.lead === org ? [org, ...(await memberIdsOf(tx, consortium.id, act.today))] : [org]
  if (!asked) return [...new Set(own)]
  return own.includes(asked as OrgId) ? [asked as OrgId] : 'none'
}

export const measures = query({
  name: 'recognition.measures',
  by: [
    'consortium-manager@own',
    'referral-desk@own',
    'ward@own',
    'family-doctor@own',
    'health-bureau@anyone',
    'administrator@anyone',
  ],
  basis: '检查检验结果互认率;S2 减少重复检查',
  does: {
    zh: '互认率、节省金额、复查理由,按机构、月份和项目。',
    en: 'The rate of recognition, money saved and reasons to repeat, by institution, month and item.',
  },
  input: measuresInput,
  read: async (tx, input, act) => {
    const orgs = await orgsOf(tx, act, input.org)
    if (orgs === 'none') return null
    const until = (input.until as Day | undefined) ?? plusDays(act.today, 1)
    const from = (input.from as Day | undefined) ?? plusDays(act.today, -365)
    const rows = await countDecisions(tx, orgs, from, until)
    const institutions = await institutionsOf(tx, [...new Set(rows.map(({ org }) => org))])
    return { rows, from, until, institutions, items: await itemsOn(tx, '', act.today) }
  },
  relation: (_facts, act): Relation[] => (act.actor.org ? ['own'] : []),
  answer: ({ rows, from, until, institutions, items }): ShownMeasures => ({
    from,
    until,
    total: countOf(rows),
    institutions: countsBy(rows, ({ org }) => org).map(({ key, ...count }) => {
      const name = institutions.find(({ id }) => id === key)?.name
      return { org: key, zh: name?.zh ?? key, en: name?.en ?? null, ...count }
    }),
    months: countsBy(rows, ({ month }) => month).map(({ key, ...count }) => ({ month: key, ...count })),
    reasons: REPEAT_REASONS.map((code) => ({
      code,
      ...REASON_WORDS[code],
      count: rows.filter(({ reason }) => reason === code).reduce((sum, { count }) => sum + count, 0),
    })),
    items: countsBy(rows, ({ item }) => item).map(({ key, accepted, repeated, savedFen }) => {
      const named = items.find(({ code }) => code === key)
      return { item: key, zh: named?.zh ?? key, en: named?.en ?? key, accepted, repeated, savedFen }
    }),
  }),
})
