import { ok } from '../../../kernel/result.ts'
import { command, type Act } from '../../../platform/forms/form.ts'
import type { SentDischarge } from './dip.ts'
import {
  aroundSent,
  DIP_BASIS,
  isSame,
  keyIn,
  sendDischarges,
  sentEvents,
  sentOf,
  type AroundSent,
} from './discharge-commands.ts'
import { readDischarges, type DischargeTable, type GivenRow, type RowFault } from './discharge-table.ts'
import { importDischargesInput } from './inputs.ts'
import { dipRefusals } from './refusals.ts'
import { yearOfDay } from './times.ts'

/** Faults that are told of one part of a file; the others are counted. */
const FAULTS_TOLD = 200

type Code =
  | 'fund.discharge-of-nobody'
  | 'fund.discharge-in-future'
  | 'fund.discharge-differs'
  | 'fund.discharge-not-ours'
  | 'fund.year-cleared'

const told = ({ line, given }: GivenRow, column: string, code: Code): RowFault => {
  const fill = (text: string): string => text.replaceAll('{number}', given.number).replaceAll('{org}', given.org)
  return { line, column, zh: fill(dipRefusals[code].zh), en: fill(dipRefusals[code].en) }
}

type Facts = DischargeTable & AroundSent

/** Each row for itself: fresh, known already, or with what keeps it from being taken. */
const judged = ({ rows, faults, known, cleared, standing }: Facts, act: Act) => {
  const own = act.actor.role === 'consortium-manager' ? act.actor.org : null
  const byKey = new Map(standing)
  const fresh: SentDischarge[] = []
  const bad: RowFault[] = [...faults]
  let same = 0
  for (const row of rows) {
    const sent = sentOf(row.given)
    const before = byKey.get(keyIn(sent))
    if (own !== null && sent.org !== own) bad.push(told(row, '机构编号', 'fund.discharge-not-ours'))
    else if (!known.has(sent.org)) bad.push(told(row, '机构编号', 'fund.discharge-of-nobody'))
    else if (sent.dischargedOn > act.today) bad.push(told(row, '出院日期', 'fund.discharge-in-future'))
    else if (before && !isSame(before, sent)) bad.push(told(row, '病例号', 'fund.discharge-differs'))
    else if (before) same += 1
    else if (cleared.has(yearOfDay(sent.dischargedOn))) bad.push(told(row, '出院日期', 'fund.year-cleared'))
    else {
      byKey.set(keyIn(sent), sent)
      fresh.push(sent)
    }
  }
  return { fresh, same, bad: bad.toSorted((one, other) => one.line - other.line) }
}

export const importDischarges = command({
  name: 'fund.import-discharges',
  by: ['insurer@anyone', 'consortium-manager@own', 'system@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '从表格(CSV)报送出院病例:逐行说明错在哪里;有错行时默认一行不收,可只收没有错的行;可先试。',
    en: 'Sends discharges as a table (CSV): each bad row is told with what is wrong; nothing is taken where one is bad, unless only the good rows are wanted; it may be tried first.',
  },
  input: importDischargesInput,
  read: async (tx, { text, offset }): Promise<Facts> => {
    const table = readDischarges(text, offset)
    return { ...table, ...(await aroundSent(tx, table.rows.map(({ given }) => sentOf(given)))) } // prettier-ignore
  },
  relation: (_facts, { actor }) => (actor.org === null ? [] : ['own']),
  decide: (facts, { goodRows, dryRun }, act) => {
    const { fresh, same, bad } = judged(facts, act)
    const isKept = !dryRun && (goodRows || bad.length === 0)
    return ok({
      change: isKept ? fresh : [],
      /** `taken`: fresh rows that are kept, or in a trial would be. */
      answer: { isKept, taken: fresh.length, known: same, bad: new Set(bad.map(({ line }) => line)).size, faults: bad.slice(0, FAULTS_TOLD) },
      events: isKept ? sentEvents(act, fresh) : [],
    })
  }, // prettier-ignore
  write: sendDischarges.write,
})
