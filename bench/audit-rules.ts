import { loadavg } from 'node:os'
import type { Day } from '../src/kernel/day.ts'
import { auditHits, compileAudit, crowdHits, type AuditPerson } from '../src/modules/audit-rules/index.ts'
import { loadRulebook } from '../src/platform/rulebook.ts'
import { madeUpCases, ordinaryPersons } from '../sim/audit-rules/bills.ts'
import { madeUpCatalogue } from '../sim/audit-rules/catalogue.ts'
import type { Bench } from './bench.ts'
import type { Rate } from './rate.ts'
import { rounded, type Report } from './report.ts'

const ROUNDS = 5
const ROUND_MS = 1_000
// Long enough that both sides are compiled also on a busy machine.
const WARM_MS = 2_000
const LINES_LEAST = 50_000
const SEED = 11
const PERSONS = 1_500
const CASES_EACH = 40
const DAY = '2026-03-01' as Day

type Pass = () => number

const linesOf = (persons: readonly AuditPerson[]): number =>
  persons.reduce((sum, { stays }) => sum + stays.reduce((lines, stay) => lines + stay.lines.length, 0), 0)

/** Lines a second of one thread: whole passes over all of them until the round is over. */
const rateOf = (lines: number, pass: Pass, forMs = ROUND_MS): Rate => {
  const from = performance.now()
  let done = 0
  let sum = 0
  do {
    sum += pass()
    done += lines
  } while (performance.now() - from < forMs)
  const ms = performance.now() - from
  if (!Number.isSafeInteger(sum)) throw new Error('the sum of what was found left the whole numbers')
  const each = ms / done
  return { perSecond: (done / ms) * 1_000, p50ms: each, p95ms: each, p99ms: each, failed: 0, load: loadavg()[0] ?? 0 }
}

const catalogue = madeUpCatalogue()

/** The bare loop: every line is looked up, and its price compared with the standard of the level. */
const bare = (persons: readonly AuditPerson[]): number => {
  let above = 0
  for (const { stays } of persons)
    for (const { lines, level } of stays)
      for (const { item, priceFen } of lines) {
        const standard = catalogue.get(item)?.prices?.[level]
        if (standard !== undefined && priceFen > standard) above += 1
      }
  return above
}

const run = async (report: Report): Promise<void> => {
  const audit = compileAudit(await loadRulebook(), DAY)
  const all = (persons: readonly AuditPerson[]): number => {
    let hits = crowdHits(persons, audit).length
    for (const person of persons) hits += auditHits(person, catalogue, audit).length
    return hits
  }
  const cases = [
    ['ordinary bills', ordinaryPersons(SEED, PERSONS)],
    ['half of them violations', madeUpCases(SEED, CASES_EACH).flatMap(({ persons }) => persons)],
  ] as const
  for (const [name, persons] of cases) {
    const lines = linesOf(persons)
    const engine: Pass = () => all(persons)
    const other: Pass = () => bare(persons)
    rateOf(lines, engine, WARM_MS)
    rateOf(lines, other, WARM_MS)
    const rounds = Array.from({ length: ROUNDS }, () => ({ engine: rateOf(lines, engine), other: rateOf(lines, other) }))
    const { perSecond } = report.rounds(`${name}: ${lines} lines, ${persons.length} persons, ${all(persons)} hits`, rounds.map((one) => one.engine), rounds.map((one) => one.other)) // prettier-ignore
    report.aim({ aim: `${name}, all 38 rules`, wanted: `≥ ${LINES_LEAST} lines a second`, reached: rounded(perSecond), met: perSecond >= LINES_LEAST }) // prettier-ignore
  }
}

/** All 38 rules over bills that are known to the last line, on one thread. */
export const bench: Bench = {
  name: 'audit-rules',
  says: {
    zh: '单线程以全部 38 条规则审核账单明细:普通住院账单,和一半为违规的账单',
    en: 'Lines of bills audited by all 38 rules on one thread: ordinary stays, and bills of which half break a rule',
  },
  baseline: {
    zh: '同样明细的空循环:逐行查目录、比较价格',
    en: 'a bare loop of the same lines: each looked up in the catalogue, its price compared',
  },
  run,
}
