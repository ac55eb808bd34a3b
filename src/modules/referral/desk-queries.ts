import { instantAt, type Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { consortiumOf, memberIdsOf } from '../organisations/index.ts'
import { personsAmong } from '../residents/index.ts'
import { shownLook } from './commands/look.ts'
import { looksInput, refusalCountsInput, worklistExportInput, type ShownRow } from './contract.ts'
import { countReturns, looksOf, type ReasonCount } from './desk-store.ts'
import { REJECT_REASONS, type RejectReason } from './referral.ts'
import { exportedCsv, filterWords, type Exported } from './worklist-csv.ts'
import { placesOf, shownPlace, shownRows } from './shown.ts'
import { listReferrals, personsOfList, type Filter, type ListedBy, type Side, type Tab } from './worklist.ts'

const DESKS = ['village-doctor', 'family-doctor', 'referral-desk', 'ward'] as const

/** What a list is asked with. */
export type AskedList = Pick<Filter, 'text' | 'urgency' | 'direction'> & { readonly side: Side; readonly state: Tab }

/** The list of an institution as it was asked for; a text is looked up among the persons of that list. */
export const listedBy = async (tx: Tx, asked: AskedList & { limit: number; after?: string | undefined }, org: OrgId, act: Act): Promise<ListedBy> => {
  const { side, state, limit, after, urgency, direction } = asked
  const by: ListedBy = { org, side, tab: state, limit, after, now: act.now, today: act.today, zone: act.zone }
  const text = asked.text?.normalize('NFKC').trim()
  if (!text && !urgency && !direction) return by
  const persons = text ? await personsAmong(tx, await personsOfList(tx, by), text, act.cipher) : []
  return { ...by, filter: { urgency, direction, text, persons } }
}

export const looks = query({
  name: 'referral.looks',
  by: DESKS.map((role) => `${role}@anyone` as const),
  basis: '转诊台多人值班时避免重复处理 (设计值)',
  does: { zh: '本机构同事正在处理哪些转诊单。', en: 'Which cases colleagues of one’s own institution work on now.' },
  input: looksInput,
  read: async (tx, _input, act) => (act.actor.org ? looksOf(tx, act.actor.org, act.now) : null),
  answer: (found, _input, { actor }) => ({ looks: found.map((one) => shownLook(one, actor.account)) }),
})

// One statement's rows at a time: a whole list is read page by page, each with its names.
const PAGE = 500
// Beyond this a spreadsheet is no longer read by people; the first lines of the file then say that it is not whole.
const EXPORT_ROWS_MOST = 20_000

const everyRow = async (tx: Tx, first: ListedBy): Promise<{ rows: ShownRow[]; isWhole: boolean }> => {
  const rows: ShownRow[] = []
  let by = first
  while (rows.length < EXPORT_ROWS_MOST) {
    const page = await listReferrals(tx, by)
    rows.push(...(await shownRows(tx, page)))
    const last = page.at(-1)
    if (page.length < by.limit || last === undefined) return { rows, isWhole: true }
    by = { ...by, after: last.cursor }
  }
  return { rows, isWhole: false }
}

export const worklistExport = query({
  name: 'referral.worklist-export',
  by: DESKS.map((role) => `${role}@anyone` as const),
  basis: '本机构为一方的转诊;导出写明筛选、时间和导出人',
  does: { zh: '导出本机构转诊工作列表的全部符合行(CSV);导出留痕。', en: 'Exports every matching row of one’s own worklist as CSV; the export is on record.' },
  input: worklistExportInput,
  read: async (tx, input, act) => (act.actor.org ? everyRow(tx, await listedBy(tx, { ...input, limit: PAGE }, act.actor.org, act)) : null),
  audits: ({ rows }, input) => [{ basis: `导出转诊工作列表:${filterWords(input).zh};${rows.length} 行` }],
  answer: ({ rows, isWhole }, input, act): Exported => exportedCsv(rows, isWhole, input, act),
})

export const refusalCounts = query({
  name: 'referral.refusal-counts',
  by: ['referral-desk@anyone', 'ward@anyone', 'consortium-manager@anyone', 'health-bureau@anyone', 'administrator@anyone'],
  basis: '退回必须说明原因和去路;退回原因供管理者改进 (设计值)',
  does: { zh: '一段时间内各接收机构按原因的退回数。', en: 'Returns of a period by receiver and coded reason.' },
  input: refusalCountsInput,
  read: async (tx, input, act) => {
    const receivers = await receiversOf(tx, act)
    const counts = await countReturns(tx, receivers, instantAt(input.from as Day, '00:00', act.zone), instantAt(input.until as Day, '00:00', act.zone))
    return { counts, places: await placesOf(tx, [...new Set(counts.map(({ org }) => org))]) }
  },
  answer: ({ counts, places }) => ({
    total: byReason(counts),
    receivers: [...new Set(counts.map(({ org }) => org))].map((org) => ({ receiver: shownPlace(org, places), counts: byReason(counts.filter((one) => one.org === org)) })),
  }),
})

/** Whose returns an actor may count: a desk those of its own house, a manager those of the consortium, the bureau all. */
export const receiversOf = async (tx: Tx, act: Act): Promise<OrgId[] | null> => {
  const { role, org } = act.actor
  if (role === 'health-bureau' || role === 'administrator') return null
  if (!org) return []
  const consortium = role === 'consortium-manager' ? await consortiumOf(tx, org, act.today) : null
  return consortium ? [...new Set([org, ...(await memberIdsOf(tx, consortium.id, act.today))])] : [org]
}

const byReason = (counts: readonly ReasonCount[]): Record<RejectReason, number> => {
  const sums = Object.fromEntries(REJECT_REASONS.map((why) => [why, 0])) as Record<RejectReason, number>
  for (const { why, count } of counts) sums[why] += count
  return sums
}
