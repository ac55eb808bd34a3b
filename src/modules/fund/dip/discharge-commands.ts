import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, Refused, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { institutionsOf } from '../../organisations/index.ts'
import { waitingCases } from './build-from-store.ts'
import * as catalogues from './catalogue-store.ts'
import type { SentDischarge } from './dip.ts'
import { groupDischargesInput, sendDischargesInput, takeBackDischargeInput } from './inputs.ts'
import * as store from './store.ts'
import { lastDayOf, monthOf, yearOfDay } from './times.ts'

export const DIP_BASIS = '国家医疗保障按病种分值付费(DIP)技术规范(医保办发〔2020〕50号)'
// Discharges that one act groups.
const GROUPED_MOST = 20_000

export const dipEvent = (act: Act, org: OrgId, type: string, data: NonNullable<TraceEvent['data']>): TraceEvent => ({
  type,
  case: { kind: 'fund-dip', org, id: act.newId() },
  person: null,
  seenBy: [org],
  data,
})

type GivenDischarge = ReturnType<typeof sendDischargesInput.parse>['discharges'][number]

/** A discharge as it was given, with what the auxiliary directories ask for beside it. */
export const sentOf = (given: GivenDischarge): SentDischarge => {
  const { ageYears, ageDays, comorbidity, illness, tumour, intensiveCareDays, ...of } = given
  return {
    ...of,
    org: of.org as OrgId,
    dischargedOn: of.dischargedOn as Day,
    facts: { ageYears, ageDays, comorbidity, illness, tumour, intensiveCareDays },
  }
}

const FACTS = ['ageYears', 'ageDays', 'comorbidity', 'illness', 'tumour', 'intensiveCareDays'] as const
export const isSame = (one: SentDischarge, other: SentDischarge): boolean =>
  FACTS.every((fact) => one.facts[fact] === other.facts[fact]) &&
  one.procedures.join() === other.procedures.join() &&
  (
    [
      'dischargedOn',
      'diagnosis',
      'zh',
      'treatment',
      'days',
      'costFen',
      'claimedFen',
      'personCode',
      'sex',
      'returnPlanned',
    ] as const
  ).every((part) => one[part] === other[part])

export const keyIn = ({ org, number }: Pick<SentDischarge, 'org' | 'number'>): string => `${org}/${number}`

/** Locks the years of some discharges, so that none is cleared meanwhile; answers those that are. */
export const clearedYears = async (
  tx: Tx,
  rows: readonly Pick<SentDischarge, 'dischargedOn'>[],
): Promise<ReadonlySet<number>> => {
  const years = [...new Set(rows.map(({ dischargedOn }) => yearOfDay(dischargedOn)))].toSorted()
  for (const year of years) await store.lockYear(tx, year)
  const cleared = new Set<number>()
  for (const year of years) if (await catalogues.isCleared(tx, year)) cleared.add(year)
  return cleared
}

/** What must be known to take discharges: which years are cleared, which hospitals there are, and what was sent before. */
export const aroundSent = async (tx: Tx, rows: readonly SentDischarge[]) => {
  const cleared = await clearedYears(tx, rows)
  const places = await institutionsOf(tx, [...new Set(rows.map(({ org }) => org))])
  const standing = await store.dischargesByNumber(tx, rows)
  return { cleared, known: new Set(places.map(({ id }) => id)), standing: new Map(standing.map((one) => [keyIn(one), one])) }
}
export type AroundSent = Awaited<ReturnType<typeof aroundSent>>

/** What is told of fresh discharges: how many each hospital has. */
export const sentEvents = (act: Act, fresh: readonly SentDischarge[]): TraceEvent[] =>
  [...Map.groupBy(fresh, ({ org }) => org)].map(([org, own]) => dipEvent(act, org, 'fund.discharges-sent', { count: own.length }))

export const sendDischarges = command({
  name: 'fund.send-discharges',
  by: ['insurer@anyone', 'consortium-manager@own'],
  basis: DIP_BASIS,
  does: {
    zh: '报送出院病例(病案首页和结算清单的要素):同一病例重复报送不重复计入,内容不同则拒绝。',
    en: 'Sends discharges as front page and settlement list have them: the same once more changes nothing, a different one is refused.',
  },
  input: sendDischargesInput,
  read: async (tx, { discharges }) => {
    const rows = discharges.map(sentOf)
    const orgs = [...new Set(rows.map(({ org }) => org))]
    return { rows, orgs, ...(await aroundSent(tx, rows)) }
  },
  relation: ({ orgs }, { actor }) => (orgs.every((org) => org === actor.org) ? ['own'] : []),
  decide: ({ rows, orgs, cleared, known, standing }, _input, act) => {
    const nobody = orgs.find((org) => !known.has(org))
    if (nobody) return refuse('fund.discharge-of-nobody', { org: nobody })
    const early = rows.find(({ dischargedOn }) => dischargedOn > act.today)
    if (early) return refuse('fund.discharge-in-future', { number: early.number })
    const byKey = new Map(standing)
    const fresh: SentDischarge[] = []
    for (const row of rows) {
      const before = byKey.get(keyIn(row))
      if (before && !isSame(before, row)) return refuse('fund.discharge-differs', { number: row.number })
      byKey.set(keyIn(row), row)
      if (!before) fresh.push(row)
    }
    if (fresh.some(({ dischargedOn }) => cleared.has(yearOfDay(dischargedOn)))) return refuse('fund.year-cleared')
    return ok({
      change: fresh,
      answer: { taken: fresh.length, known: rows.length - fresh.length },
      events: sentEvents(act, fresh),
    })
  },
  write: async (tx, fresh, act) => {
    if (fresh.length === 0) return
    const added = await store.saveDischarges(tx, fresh, act.actor.account, act.now)
    // Somebody else sent one of them at the same moment.
    if (added !== fresh.length) throw new Refused('fund.discharge-differs')
  },
})

export const takeBackDischarge = command({
  name: 'fund.take-back-discharge',
  by: ['insurer@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '撤回报送错误的病例并写明原因:不再计入入组、拨付和清算,原件保留。',
    en: 'Takes a discharge that was sent wrong back, with a reason: it counts no more, its row stays.',
  },
  input: takeBackDischargeInput,
  read: async (tx, input) => {
    const [one] = await store.dischargesByNumber(tx, [input])
    if (!one) return null
    const year = yearOfDay(one.dischargedOn)
    await store.lockYear(tx, year)
    return { one, year, isCleared: await catalogues.isCleared(tx, year) }
  },
  decide: ({ one, year, isCleared }, { why }, act) =>
    isCleared
      ? refuse('fund.year-cleared')
      : ok({
          change: { org: one.org, number: one.number, why, by: act.actor.account, at: act.now },
          answer: { org: one.org, number: one.number },
          events: [{ ...dipEvent(act, one.org, 'fund.discharge-taken-back', { year, number: one.number }), reason: why }],
        }),
  write: async (tx, one) => {
    if (!(await store.takeBack(tx, one))) throw new Refused('fund.discharge-already-back')
  },
})

export const groupDischarges = command({
  name: 'fund.group-discharges',
  by: ['insurer@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '按已公布的目录为一年中截至某月、尚未入组的病例入组计分;分批进行,重复执行结果相同。',
    en: 'Groups and scores the discharges of a year up to a month that are not grouped yet, by its published catalogue; part by part.',
  },
  input: groupDischargesInput,
  read: async (tx, { year, month }) => {
    await store.lockYear(tx, year)
    const catalogue = await catalogues.publishedFor(tx, year)
    if (!catalogue) return { catalogue: null, cases: [], left: 0 }
    const cases = await waitingCases(tx, catalogue, month, GROUPED_MOST)
    return { catalogue, cases, left: (await store.countUngrouped(tx, monthOf(year, 1), lastDayOf(year, month))) - cases.length }
  },
  decide: ({ catalogue, cases, left }) =>
    catalogue
      ? ok({
          change: cases,
          answer: { grouped: cases.length, ungrouped: cases.filter(({ key }) => key === null).length, left },
        })
      : refuse('fund.no-dip-catalogue'),
  write: async (tx, cases, act) => {
    if (cases.length > 0) await store.saveCases(tx, cases, act.now)
  },
})
