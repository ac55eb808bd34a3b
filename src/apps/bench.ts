import type { Bench } from '../../bench/bench.ts'
import { bench as audit } from '../../bench/audit.ts'
import { bench as auditRules } from '../../bench/audit-rules.ts'
import { bench as booking } from '../../bench/booking.ts'
import { bench as navigation } from '../../bench/navigation.ts'
import { bench as referral } from '../../bench/referral.ts'
import { bench as bookingGrowth } from '../../bench/booking-growth.ts'
import { bench as dip } from '../../bench/dip.ts'
import { bench as settlement } from '../../bench/settlement.ts'
import { bench as settlementDay } from '../../bench/settlement-day.ts'
import { bench as triage } from '../../bench/triage.ts'
import { bench as sevenOClock } from '../../bench/seven-o-clock.ts'
import { bench as fhir } from '../../bench/fhir.ts'
import { bench as icd } from '../../bench/icd-search.ts'
import { jsonReport, tableReport } from '../../bench/report.ts'
import { openEnding, type Ending } from './ending.ts'

// `npm run bench` lists the benches; `npm run bench -- referral` runs one, with `--json` for a machine to read.

const benches: readonly Bench[] = [
  booking,
  sevenOClock,
  bookingGrowth,
  navigation,
  referral,
  icd,
  triage,
  audit,
  auditRules,
  fhir,
  dip,
  settlement,
  settlementDay,
]
const INTERRUPTED = 130

const list = (): void => {
  console.log('npm run bench -- <name> [--json]\n')
  for (const { name, says } of benches) console.log(`${name}\n  ${says.zh}\n  ${says.en}`)
}

/** The words `--name value`; `--json` has no value. */
const optionsOf = (words: readonly string[]): ReadonlyMap<string, string> =>
  new Map(words.flatMap((word, at) => (/^--(?!json$)./.test(word) ? [[word, words[at + 1] ?? ''] as const] : [])))

const main = async (words: readonly string[], ending: Ending): Promise<void> => {
  const options = optionsOf(words)
  const names = words.filter((word, at) => !word.startsWith('--') && !options.has(words[at - 1] ?? ''))
  if (names.length === 0) return list()
  const unknown = names.find((name) => !benches.some((bench) => bench.name === name))
  if (unknown !== undefined) {
    console.error(`没有名为 ${unknown} 的基准测试。可选:\nThere is no bench called ${unknown}. Choose one of these:\n`)
    process.exitCode = 2
    return list()
  }
  for (const bench of benches.filter(({ name }) => names.includes(name))) {
    const report = (words.includes('--json') ? jsonReport : tableReport)(bench.name, bench.baseline)
    await bench.run(report, ending, options)
  }
}

const ending = openEnding((error) => console.error(error))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void ending.end().then(() => process.exit(INTERRUPTED)))

try {
  await main(process.argv.slice(2), ending)
} catch (error) {
  // What fails because everything is being closed is no failure.
  if (!ending.hasBegun()) {
    console.error(error)
    process.exitCode = 1
  }
}
await ending.end()
