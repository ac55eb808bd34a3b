import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command, Refused, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { institutionsOf, memberIdsOf } from '../../organisations/index.ts'
import { lastDayOf } from '../dip/times.ts'
import type { Transfer } from '../fund.ts'
import { yearEnd, type Bracket } from '../rules/budget.ts'
import { splitAmong, type Member, type MemberPart } from '../rules/split.ts'
import { findBudget, lockBooks, transfersOf } from '../store.ts'
import { assessedBy } from './assessing.ts'
import { lackingOfYear } from './lacking.ts'
import { decideCloseInput, enterIndicatorInput, objectInput, proposeCloseInput } from './inputs.ts'
import { YEAR_BASIS, yearCase } from './spend-commands.ts'
import * as store from './store.ts'
import type { Assessed, YearClose } from './year.ts'

const DECEMBER = 12
/** How far up the brackets of an overrun reach, basis points of the budget, as the rulebook names them. */
const BRACKETS = [200, 400, 600, 800, 1_000]
const PRIMARY = ['village', 'township', 'regional-centre']

/** The brackets of an overrun as the rulebook of today has them. */
export const overrunBrackets = (act: Pick<Act, 'policy'>): Bracket[] =>
  BRACKETS.map((until) => ({ until, share: act.policy('fund.overrun-shared', `upTo${until}`) }))

const eventOf = (org: OrgId, year: number, type: string, data: NonNullable<TraceEvent['data']>, reason?: string): TraceEvent => ({
  type,
  case: yearCase(org, year),
  person: null,
  seenBy: [org],
  data,
  ...(reason === undefined ? {} : { reason }),
})

export const enterIndicator = command({
  name: 'fund.enter-indicator',
  by: ['insurer@anyone'],
  basis: YEAR_BASIS,
  does: {
    zh: '录入年度考核一项指标的值及依据;更正时再录一次,以最新为准,原值保留。',
    en: 'Enters the value of an indicator of the yearly assessment with its evidence; a newer one counts, the older stays.',
  },
  input: enterIndicatorInput,
  read: async (tx, input) => {
    const org = input.org as OrgId
    await lockBooks(tx, org)
    return { budget: await findBudget(tx, org, input.year), isClosed: await store.isClosed(tx, org, input.year) }
  },
  decide: ({ budget, isClosed }, { year, indicator, value, evidence }, act) => {
    if (!budget) return refuse('fund.no-budget')
    if (isClosed) return refuse('fund.year-closed')
    const made: Assessed = {
      org: budget.org,
      id: act.newId(),
      year,
      indicator,
      value,
      evidence,
      steps: null,
      by: act.actor.account,
      at: act.now,
    }
    return ok({
      change: made,
      answer: { org: budget.org, year, indicator, value },
      events: [eventOf(budget.org, year, 'fund.indicator-entered', { indicator, value })],
    })
  },
  write: async (tx, made) => void (await store.saveAssessed(tx, made)),
})

/** What the books say of a year: spent by members and outside, and deducted. */
const spentIn = (transfers: readonly Transfer[]) => {
  const of = (kinds: readonly string[]) => {
    const taken = new Set(transfers.flatMap(({ reverses }) => (reverses === null ? [] : [reverses])))
    return transfers
      .filter(({ id, kind }) => kinds.includes(kind) && !taken.has(id))
      .reduce((sum, { fen }) => sum + (fen[1] ?? 0), 0)
  }
  return { insideFen: of(['inside']), outsideFen: of(['outside']), deductedFen: of(['deduct']) }
}

export const proposeClose = command({
  name: 'fund.propose-close',
  by: ['insurer@anyone'],
  basis: YEAR_BASIS,
  does: {
    zh: '提出年度结账:全年支出、考核、结余留用或超支分担、成员分配,逐步留痕;待另一人批准。',
    en: 'Proposes the close of a year: spend, assessment, surplus kept or overrun shared, the members’ parts, with steps; another person decides.',
  },
  input: proposeCloseInput,
  read: async (tx, input, act) => {
    const org = input.org as OrgId
    await lockBooks(tx, org)
    const budget = await findBudget(tx, org, input.year)
    if (!budget) return { budget: null }
    const last = lastDayOf(input.year, DECEMBER)
    const members = await memberIdsOf(tx, budget.consortium, last < act.today ? last : act.today)
    const lacking = await lackingOfYear(tx, org, input.year)
    return {
      budget,
      members,
      lacking,
      institutions: await institutionsOf(tx, members),
      standing: await store.closeOf(tx, org, input.year),
      assessed: await store.assessedOf(tx, org, input.year),
      transfers: await transfersOf(tx, org, input.year),
    }
  },
  decide: (facts, { year, members: given }, act) => {
    if (facts.budget === null) return refuse('fund.no-budget')
    const { budget, members, institutions, lacking, standing, assessed, transfers } = facts
    if (standing?.state === 'decided') return refuse('fund.year-closed')
    if (standing?.state === 'proposed') return refuse('fund.close-open')
    if (lastDayOf(year, DECEMBER) >= act.today) return refuse('fund.year-not-over')
    if (lacking.length > 0) return refuse('fund.spend-not-taken-up')
    if (given.some(({ org }) => !members.includes(org as OrgId))) return refuse('fund.not-a-member')
    const { score, share, missing, steps: scored } = assessedBy(act, assessed)
    if (missing.length > 0) return refuse('fund.not-assessed', { missing: missing.join() })
    const spent = spentIn(transfers)
    const surplus: Bracket[] = [{ until: null, share: act.policy('fund.surplus-kept') }]
    const end = yearEnd({ budgetFen: budget.totalFen, ...spent, assessment: share }, { surplus, overrun: overrunBrackets(act) })
    const did = given.map((one): Member => ({
      ...one,
      tier: PRIMARY.includes(tierOf(institutions, one.org)) ? 'primary' : 'upper',
    }))
    if (end.keptFen > 0 && did.every(({ workload, quality, heads }) => workload + quality + heads === 0))
      return refuse('fund.nobody-did-anything')
    const parts: MemberPart[] = end.keptFen === 0 ? [] : splitAmong(end.keptFen, did, weightsOf(act))
    const made: YearClose = {
      org: budget.org,
      id: act.newId(),
      year,
      state: 'proposed',
      budgetFen: budget.totalFen,
      spentFen: spent.insideFen + spent.outsideFen - spent.deductedFen,
      score,
      share,
      keptFen: end.keptFen,
      poolBearsFen: end.poolBearsFen,
      networkBearsFen: end.networkBearsFen,
      steps: [...scored, effectStep(score, share), ...end.steps],
      parts,
      rulebookHash: act.rulebookHash,
      proposedBy: act.actor.account,
      proposedAt: act.now,
      objection: null,
      objectedAt: null,
      decidedBy: null,
      decidedAt: null,
      decidedBecause: null,
    }
    return ok({
      change: made,
      answer: { close: made.id, keptFen: made.keptFen, networkBearsFen: made.networkBearsFen, score },
      events: [eventOf(budget.org, year, 'fund.close-proposed', { keptFen: made.keptFen, score })],
    })
  },
  write: async (tx, made) => {
    if (!(await store.saveClose(tx, made))) throw new Refused('fund.close-open')
  },
})

const tierOf = (institutions: readonly { readonly id: OrgId; readonly tier: string }[], org: string): string =>
  institutions.find(({ id }) => id === org)?.tier ?? ''

const weightsOf = (act: Act) => ({
  workload: act.policy('fund.member-weights', 'workload'),
  quality: act.policy('fund.member-weights', 'quality'),
  heads: act.policy('fund.member-weights', 'heads'),
})

const effectStep = (score: number, share: number) => ({
  zh: '考核得分对应的留用比例',
  en: 'Share of a surplus that the score gives',
  rule: 'fund.assessment-effect',
  of: { score },
  is: share,
  unit: 'bp' as const,
})

export const objectToClose = command({
  name: 'fund.object-to-close',
  by: ['consortium-manager@own'],
  basis: YEAR_BASIS,
  does: {
    zh: '牵头机构对待批准的结账提出书面意见;批准前可改。',
    en: 'The leading institution says in writing what it has against a proposed close, until it is decided.',
  },
  input: objectInput,
  read: async (tx, { org, close }) => {
    await lockBooks(tx, org as OrgId)
    return store.findClose(tx, org as OrgId, close)
  },
  relation: (one, { actor }) => (actor.org === one.org ? ['own'] : []),
  decide: (one, { why }, act) =>
    one.state === 'proposed'
      ? ok({
          change: { org: one.org, id: one.id, because: why, by: act.actor.account, at: act.now },
          answer: { close: one.id },
          events: [eventOf(one.org, one.year, 'fund.close-objected', {}, why)],
        })
      : refuse('fund.close-decided'),
  write: async (tx, word) => {
    if (!(await store.saveObjection(tx, word))) throw new Refused('fund.close-decided')
  },
})

export const decideClose = command({
  name: 'fund.decide-close',
  by: ['insurer@anyone'],
  basis: YEAR_BASIS,
  does: {
    zh: '由另一位经办人员批准年度结账(此后账本不再变动)或退回,写明理由。',
    en: 'Another person of the insurer decides the close of a year, after which its books stay, or returns it; with a reason.',
  },
  input: decideCloseInput,
  read: async (tx, input) => {
    const org = input.org as OrgId
    await lockBooks(tx, org)
    const one = await store.findClose(tx, org, input.close)
    if (!one) return null
    const lacking = await lackingOfYear(tx, org, one.year)
    return { one, lacking, spent: spentIn(await transfersOf(tx, org, one.year)) }
  },
  decide: ({ one, lacking, spent }, { decision, why }, act) => {
    if (one.state !== 'proposed') return refuse('fund.close-decided')
    if (decision === 'approve' && one.proposedBy === act.actor.account) return refuse('fund.second-person-decides')
    const nowSpent = spent.insideFen + spent.outsideFen - spent.deductedFen
    if (decision === 'approve' && (lacking.length > 0 || nowSpent !== one.spentFen)) return refuse('fund.books-moved')
    const state = decision === 'approve' ? ('decided' as const) : ('returned' as const)
    return ok({
      change: { org: one.org, id: one.id, state, because: why, by: act.actor.account, at: act.now },
      answer: { close: one.id, state },
      events: [eventOf(one.org, one.year, `fund.close-${state}`, { keptFen: one.keptFen }, why)],
      ...(state === 'decided' ? { waits: [{ case: yearCase(one.org, one.year), open: [] }] } : {}),
    })
  },
  write: async (tx, word) => {
    if (!(await store.decideClose(tx, word))) throw new Refused('fund.close-decided')
  },
})
