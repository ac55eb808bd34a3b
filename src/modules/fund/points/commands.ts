import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command, Refused, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { findInstitution } from '../../organisations/index.ts'
import { yearOf } from '../fund.ts'
import { hasPoints, POOLS, wagesByPoints, type PointTerms, type Pool, type Worker } from '../rules/work-points.ts'
import { decidePointsInput, proposePointsInput } from './contract.ts'
import type { PointLine, PointYear } from './points.ts'
import * as store from './store.ts'

export const POINTS_BASIS =
  '三明工分制:工资总额按医(技)、护理、药剂、行政后勤分块,块内按工分分配;严禁按收费、药品、检查收入计工分'

/** The shares of the groups and the most that base points may be, as the rulebook of today has them. */
export const pointTermsOf = (act: Pick<Act, 'policy'>): PointTerms => ({
  shares: Object.fromEntries(POOLS.map((pool) => [pool, act.policy('fund.work-points-shares', pool)])) as Record<Pool, number>,
  baseMost: act.policy('fund.work-points-base'),
})

const eventOf = (
  { org, id }: { readonly org: OrgId; readonly id: string },
  type: string,
  data: NonNullable<TraceEvent['data']>,
): TraceEvent => ({ type, case: { kind: 'fund-points', org, id }, person: null, seenBy: [org], data })

export const proposePoints = command({
  name: 'fund.propose-points',
  by: ['consortium-manager@own', 'insurer@anyone'],
  basis: POINTS_BASIS,
  does: {
    zh: '提出一家机构一年的工分和工资总额:按分块和工分分到每一行,分毫不差;由医保另一人决定。',
    en: 'Proposes an institution’s points and wages of a year: parted by group and points to the fen; another person, of the insurer, decides.',
  },
  input: proposePointsInput,
  read: async (tx, input) => ({ institution: await findInstitution(tx, input.org as OrgId) }),
  relation: ({ institution }, { actor }) => (institution !== null && actor.org === institution.id ? ['own'] : []),
  decide: ({ institution }, { year, wagesFen, basis, workers: given }, act) => {
    if (!institution || institution.until !== null) return refuse('fund.points-of-nobody')
    if (year >= yearOf(act.today)) return refuse('fund.points-year-not-over')
    if (new Set(given.map(({ label }) => label)).size < given.length) return refuse('fund.points-twice')
    const workers = given.map(({ label, pool, points }): Worker => ({ id: label, pool, points: definedOf(points) }))
    const terms = pointTermsOf(act)
    if (!hasPoints(workers, terms)) return refuse('fund.points-none')
    const made: PointYear = {
      org: institution.id,
      id: act.newId(),
      year,
      wagesFen,
      basis,
      terms,
      rulebookHash: act.rulebookHash,
      state: 'proposed',
      proposedBy: act.actor.account,
      proposedAt: act.now,
      decidedAt: null,
      decidedBecause: null,
    }
    return ok({
      change: { made, lines: pointLines(wagesFen, workers, terms) },
      answer: { org: made.org, points: made.id },
      events: [eventOf(made, 'fund.points-proposed', { year, wagesFen, lines: workers.length })],
    })
  },
  write: async (tx, { made, lines }) => {
    if (!(await store.savePointYear(tx, made, lines))) throw new Refused('fund.points-already')
  },
})

const definedOf = (points: Readonly<Record<string, number | undefined>>): Worker['points'] =>
  Object.fromEntries(Object.entries(points).filter(([, value]) => value !== undefined && value !== 0))

/** What everybody's points come to; each line keeps the points it was worked out from. */
export const pointLines = (wagesFen: number, workers: readonly Worker[], terms: PointTerms): PointLine[] => {
  const given = new Map(workers.map(({ id, points }) => [id, points]))
  return wagesByPoints(wagesFen, workers, terms).map(({ id, pool, basePoints, workPoints, fen }) => ({
    label: id,
    pool,
    points: given.get(id) ?? {},
    basePoints,
    workPoints,
    fen,
  }))
}

export const decidePoints = command({
  name: 'fund.decide-points',
  by: ['insurer@anyone'],
  basis: POINTS_BASIS,
  does: {
    zh: '由医保另一位经办人员批准工分和分配(此后不再变动)或退回,写明理由。',
    en: 'Another person, of the insurer, agrees to the points and what they come to, which then stay, or returns them; with a reason.',
  },
  input: decidePointsInput,
  read: (tx, { org, points }) => store.lockPointYear(tx, org as OrgId, points),
  decide: (one, { decision, why }, act) => {
    if (one.state !== 'proposed') return refuse('fund.points-decided')
    if (decision === 'agree' && one.proposedBy === act.actor.account) return refuse('fund.points-second-person')
    const state = decision === 'agree' ? ('decided' as const) : ('returned' as const)
    return ok({
      change: { org: one.org, id: one.id, state, because: why, by: act.actor.account, at: act.now },
      answer: { points: one.id, state },
      events: [{ ...eventOf(one, `fund.points-${state}`, { year: one.year }), reason: why }],
    })
  },
  write: async (tx, decided) => {
    if (!(await store.decidePointYear(tx, decided))) throw new Refused('fund.points-decided')
  },
})
