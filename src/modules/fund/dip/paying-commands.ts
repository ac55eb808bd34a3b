import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command, Refused } from '../../../platform/forms/form.ts'
import { REGION } from '../../../platform/register-owner.ts'
import { clearRegion, type HospitalYear } from '../rules/dip/clearing.ts'
import { monthPrepaid } from '../rules/dip/points.ts'
import { WHOLE } from '../../../kernel/share.ts'
import * as catalogues from './catalogue-store.ts'
import type { ClearedPart, DipMonth, HospitalMonth, KeptClearing } from './dip.ts'
import { DIP_BASIS, dipEvent } from './discharge-commands.ts'
import { decideClearingInput, prepayMonthInput, proposeClearingInput } from './inputs.ts'
import * as store from './store.ts'
import { clearingTermsOf } from './terms.ts'
import { lastDayOf, monthOf } from './times.ts'

const DECEMBER = 12

type Paying = Pick<DipMonth, 'year' | 'share' | 'by' | 'at'> & { readonly off: ReadonlyMap<string, number> }

/** What hospitals are paid for their months, each less what is taken off. */
export const monthRows = (sums: readonly HospitalMonth[], { off, ...of }: Paying): DipMonth[] =>
  sums.map(({ org, month, cases, scoreE4, claimedFen }) => {
    const takenOffFen = off.get(org) ?? 0
    const paidFen = monthPrepaid(claimedFen, of.share, takenOffFen)
    return { ...of, org, month, cases, scoreE4, claimedFen, takenOffFen, paidFen }
  })

export const prepayMonth = command({
  name: 'fund.prepay-dip-month',
  by: ['insurer@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '按月预付:各机构当月申报额乘以预付比例,减去扣减;同一月只付一次。',
    en: 'Pays a month ahead of the clearing: each hospital’s claims by the prepaid share, less what is taken off; once a month.',
  },
  input: prepayMonthInput,
  read: async (tx, { year, month }) => {
    await store.lockYear(tx, year)
    const sums = (await store.sumsOfYear(tx, year, null)).filter((one) => one.month === month)
    const left = await store.countUngrouped(tx, monthOf(year, month), lastDayOf(year, month))
    const paid = (await store.monthsOfYear(tx, year, null)).some((one) => one.month === month)
    return { sums, left, paid, isCleared: await catalogues.isCleared(tx, year) }
  },
  decide: ({ sums, left, paid, isCleared }, { year, month, takenOff }, act) => {
    if (isCleared) return refuse('fund.year-cleared')
    if (paid) return refuse('fund.month-paid')
    if (lastDayOf(year, month) >= act.today) return refuse('fund.not-over-yet')
    if (left > 0) return refuse('fund.not-all-grouped', { left })
    if (sums.length === 0) return refuse('fund.nothing-to-pay')
    const share = act.policy('fund.dip-prepay-share')
    const off = new Map<string, number>()
    for (const { org, fen } of takenOff) off.set(org, (off.get(org) ?? 0) + fen)
    const rows = monthRows(sums, { year, share, off, by: act.actor.account, at: act.now })
    const isTooMuch = [...off].some(([org, fen]) => {
      const row = rows.find((one) => one.org === org)
      return !row || monthPrepaid(row.claimedFen, share, 0) < fen
    })
    if (isTooMuch) return refuse('fund.takes-off-too-much')
    const totalFen = rows.reduce((sum, { paidFen }) => sum + paidFen, 0)
    return ok({
      change: rows,
      answer: { hospitals: rows.length, paidFen: totalFen },
      events: rows.map(({ org, paidFen }) => dipEvent(act, org, 'fund.dip-month-paid', { year, month, paidFen })),
    })
  },
  write: async (tx, rows) => {
    if ((await store.saveMonths(tx, rows)) !== rows.length) throw new Refused('fund.month-paid')
  },
})

type Total = Pick<HospitalMonth, 'org' | 'cases' | 'scoreE4' | 'costFen' | 'claimedFen'>
const yearly = (months: readonly HospitalMonth[]): Total[] => {
  const byOrg = new Map<OrgId, Total>()
  for (const one of months) {
    const before = byOrg.get(one.org)
    byOrg.set(one.org, {
      org: one.org,
      cases: (before?.cases ?? 0) + one.cases,
      scoreE4: (before?.scoreE4 ?? 0) + one.scoreE4,
      costFen: (before?.costFen ?? 0) + one.costFen,
      claimedFen: (before?.claimedFen ?? 0) + one.claimedFen,
    })
  }
  return [...byOrg.values()]
}

export const proposeClearing = command({
  name: 'fund.propose-dip-clearing',
  by: ['insurer@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '提出年终清算:结算点值、各机构应付、留用与分担、考核、扣减预付,逐步留痕;待另一人批准。',
    en: 'Proposes the clearing of a year: point value, what each hospital is due, kept or shared, assessed, less what was prepaid; another person decides.',
  },
  input: proposeClearingInput,
  read: async (tx, { year }) => {
    await store.lockYear(tx, year)
    const newest = await catalogues.newestClearing(tx, year)
    const left = await store.countUngrouped(tx, monthOf(year, 1), lastDayOf(year, DECEMBER))
    const totals = yearly(await store.sumsOfYear(tx, year, null))
    return {
      newest,
      left,
      totals,
      months: await store.monthsOfYear(tx, year, null),
      catalogue: await catalogues.publishedFor(tx, year),
    }
  },
  decide: ({ newest, left, totals, months, catalogue }, input, act) => {
    const { year, fundFen, reserveFen, basis } = input
    if (newest && newest.state !== 'returned') return refuse('fund.clearing-open')
    if (!catalogue) return refuse('fund.no-dip-catalogue')
    if (lastDayOf(year, DECEMBER) >= act.today) return refuse('fund.not-over-yet')
    if (left > 0) return refuse('fund.not-all-grouped', { left })
    if (totals.every(({ scoreE4 }) => scoreE4 === 0)) return refuse('fund.nothing-to-pay')
    const terms = clearingTermsOf(act)
    const of = (list: readonly { org: string; fen: number }[], org: string) =>
      list.reduce((sum, one) => sum + (one.org === org ? one.fen : 0), 0)
    const hospitals = totals.map(({ org, scoreE4, costFen, claimedFen }): HospitalYear => ({
      scoreE4,
      costFen,
      claimedFen,
      prepaidFen: months.reduce((sum, one) => sum + (one.org === org ? one.paidFen : 0), 0),
      clawbackFen: of(input.clawbacks, org),
      assessment: input.assessments.find((one) => one.org === org)?.share ?? WHOLE,
    }))
    const cleared = clearRegion(hospitals, { fundFen, reserveFen, basis }, terms)
    const parts = totals.map((total, at): ClearedPart => {
      const { dueFen, paidFen, kept, balanceFen, steps } = cleared.hospitals[at] as (typeof cleared.hospitals)[number]
      const { prepaidFen, assessment } = hospitals[at] as HospitalYear
      return { ...total, prepaidFen, assessment, dueFen, paidFen, keptFen: kept, balanceFen, steps }
    })
    const made: KeptClearing = {
      id: act.newId(),
      year,
      state: 'proposed',
      fundFen,
      reserveFen,
      basis,
      terms,
      pointFen: cleared.pointFen,
      paidFen: cleared.paidFen,
      leftFen: cleared.leftFen,
      steps: cleared.steps,
      rulebookHash: act.rulebookHash,
      proposedBy: act.actor.account,
      proposedAt: act.now,
      decidedBy: null,
      decidedAt: null,
      decidedBecause: null,
    }
    return ok({
      change: { made, parts },
      answer: { clearing: made.id, pointFen: made.pointFen, paidFen: made.paidFen, leftFen: made.leftFen },
      events: [dipEvent(act, REGION, 'fund.dip-clearing-proposed', { year, paidFen: made.paidFen })],
    })
  },
  write: async (tx, { made, parts }) => {
    if (!(await catalogues.saveClearing(tx, made, parts))) throw new Refused('fund.clearing-open')
  },
})

export const decideClearing = command({
  name: 'fund.decide-dip-clearing',
  by: ['insurer@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '由另一位经办人员批准年终清算(此后该年度不再变动)或退回,写明理由。',
    en: 'Another person of the insurer decides a year’s clearing, after which the year stays, or returns it; with a reason.',
  },
  input: decideClearingInput,
  read: async (tx, { clearing }) => {
    const one = await catalogues.findClearing(tx, clearing)
    if (!one) return null
    await store.lockYear(tx, one.year)
    return { one, parts: await catalogues.partsOf(tx, one.id, null), sums: yearly(await store.sumsOfYear(tx, one.year, null)) }
  },
  decide: ({ one, parts, sums }, { decision, why }, act) => {
    if (one.state !== 'proposed') return refuse('fund.clearing-decided')
    if (decision === 'approve' && one.proposedBy === act.actor.account) return refuse('fund.second-person-decides')
    if (decision === 'approve' && !isStill(parts, sums)) return refuse('fund.cases-changed')
    const state = decision === 'approve' ? 'decided' : 'returned'
    return ok({
      change: { id: one.id, state, by: act.actor.account, at: act.now, because: why },
      answer: { clearing: one.id, state },
      events: [
        { ...dipEvent(act, REGION, `fund.dip-clearing-${state}`, { year: one.year }), reason: why },
        ...(state === 'decided'
          ? parts.map(({ org, balanceFen }) => dipEvent(act, org, 'fund.dip-year-cleared', { year: one.year, balanceFen }))
          : []),
      ],
    })
  },
  write: async (tx, decided) => {
    if (!(await catalogues.decideClearing(tx, decided))) throw new Refused('fund.clearing-decided')
  },
})

/** Whether the year's cases are what the proposal was reckoned from: late or withdrawn ones would not be in it. */
const isStill = (parts: readonly ClearedPart[], sums: readonly Total[]): boolean =>
  parts.length === sums.length &&
  sums.every(({ org, cases, scoreE4, claimedFen }) =>
    parts.some((part) => part.org === org && part.cases === cases && part.scoreE4 === scoreE4 && part.claimedFen === claimedFen),
  )
