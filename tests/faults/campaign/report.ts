import type { Report } from './campaign.ts'

/** A request whose account could not be looked up because the database went away just then: answered 500 where 503 would be right. */
const isAway = (bug: string): boolean =>
  /^http\.bug: .*(EPIPE|ECONNRE|terminat|not yet accepting|starting up|shutting down|recovery|timeout|Connection ended|not queryable)/i.test(
    bug,
  )

/** What is not as it should be and harms nobody, for the client asks again with the same key: 500 where 503 would be right. */
export const remarksOf = ({ bugs, history }: Report): string[] => {
  const away = [...bugs].filter(([bug]) => isAway(bug))
  const answers = [...history.wrong].map(([what, times]) => `${times} × ${what}`)
  return away.length === 0
    ? []
    : [...answers, ...away.map(([bug, times]) => `${times} × logged: ${bug}`)].map((what) => `500 instead of 503: ${what}`)
}

/** Answers 500 that left no word in the log; what did leave one is judged by it. */
const unexplained = ({ history, bugs }: Report): string[] =>
  bugs.size > 0 ? [] : [...history.wrong].map(([what, times]) => `${times} × ${what}`)

/** How a walk may end, of a referral and of a direct booking. */
const GOOD_ENDS = ['closed', 'cancelled', 'direct: booked', 'direct: cancelled', 'direct: no unit']

/** Everything that speaks against the house in a report; nothing when the campaign was passed. */
export const faultsOf = (report: Report): string[] => {
  const { verdict, unplannedExits, repeated, bugs, ended } = report
  const many = (what: string, count: number, example = ''): string[] =>
    count === 0 ? [] : [`${count} ${what}${example && `: ${example}`}`]
  return [
    ...many('acknowledged writes lost', verdict.lost.length, verdict.lost[0]),
    ...many('effects doubled', verdict.doubled.length, verdict.doubled[0]),
    ...many('stored answers differ from what was told', verdict.answersChanged),
    ...many('repeats answered otherwise', repeated.otherwise),
    ...many('pools with a unit held twice', verdict.unitsHeldTwice),
    ...many('open cases without exactly one holder', verdict.withoutHolder),
    ...many('named checks broken', verdict.broken.length, verdict.broken.join('; ')),
    ...many('exits that nobody had asked for', unplannedExits.length, unplannedExits[0]),
    ...unexplained(report),
    ...[...bugs].filter(([bug]) => !isAway(bug)).map(([what, times]) => `${times} × logged: ${what}`),
    ...[...ended].filter(([how]) => !GOOD_ENDS.includes(how)).map(([how, times]) => `${times} walks stopped at ${how}`),
  ]
}

const inSeconds = (ms: number): string => (ms / 1_000).toFixed(2).padStart(6)

/** The report for a reader. */
export const reportLines = (report: Report): string[] => {
  const { options, seconds, history, lines, blows, recoveries, repeated, verdict } = report
  const faults = faultsOf(report)
  return [
    `seed ${options.seed}, ${options.referrals} referrals, ${options.clients} clients, ${seconds} s`,
    `${history.acknowledged.length} writes acknowledged, ${history.retries} retries (${history.busy} answers “busy”), ${history.replayed} answered from the store; ${lines.before} requests and ${lines.after} answers lost of ${lines.requests}`,
    `walks: ${[...report.ended].map(([how, times]) => `${how} ${times}`).join(', ')}; refused: ${[...history.refused].map(([what, times]) => `${what} ${times}`).join(', ')}`,
    `${repeated.asked} repeats by the first key; ${verdict.checks} named checks on ${verdict.evaluated} rows`,
    `${blows} faults; back after, in seconds:`,
    `${'fault'.padEnd(18)} times    p50    p95   most   nobody answered, p95`,
    ...recoveries.map(
      ({ kind, times, p50, p95, most, silenceP95 }) =>
        `${kind.padEnd(18)} ${String(times).padStart(5)} ${inSeconds(p50)} ${inSeconds(p95)} ${inSeconds(most)} ${inSeconds(silenceP95)}`,
    ),
    ...(faults.length === 0
      ? ['passed: nothing acknowledged was lost, nothing was done twice']
      : ['FOUND', ...faults.map((fault) => `  ${fault}`)]),
  ]
}
