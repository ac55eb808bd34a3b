import { parseArgs } from 'node:util'
import { openEnding } from '../../../src/apps/ending.ts'
import { runCampaign, type Report } from './campaign.ts'
import { FAULT_KINDS, ORDINARY_FAULTS, type CampaignOptions, type FaultKind } from './options.ts'
import { faultsOf, reportLines } from './report.ts'

// The fault campaign as a program: `--referrals 1000 --seed 7`; `--disk small` fills a disk as well (Linux, as root);
// `--weakness no-keys|async-commit` takes something away and must end with code 1.

const { values } = parseArgs({
  options: {
    referrals: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Math.trunc(performance.timeOrigin % 1_000_000)) },
    clients: { type: 'string', default: '8' },
    faults: { type: 'string' },
    disk: { type: 'string', default: 'folder' },
    weakness: { type: 'string', default: 'none' },
    json: { type: 'boolean', default: false },
  },
})

const oneOf = <T extends string>(name: string, value: string, of: readonly T[]): T => {
  const found = of.find((one) => one === value)
  if (found === undefined) throw new Error(`--${name} ${value}: expected ${of.join(' | ')}`)
  return found
}

const read = (): CampaignOptions => {
  const disk = oneOf('disk', values.disk, ['folder', 'small'] as const)
  const faults: readonly FaultKind[] = values.faults
    ? values.faults.split(',').map((kind) => oneOf('faults', kind, FAULT_KINDS))
    : disk === 'small' ? FAULT_KINDS : ORDINARY_FAULTS // prettier-ignore
  return {
    seed: Number(values.seed),
    referrals: Number(values.referrals),
    clients: Number(values.clients),
    faults,
    restMs: { least: 500, most: 2_500 },
    cut: { before: 0.02, after: 0.03 },
    disk,
    weakness: oneOf('weakness', values.weakness, ['none', 'no-keys', 'async-commit'] as const),
  }
}

const ending = openEnding((error) => console.error(error))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void ending.end().then(() => process.exit(130)))

const asJson = (report: Report): string =>
  JSON.stringify({
    ...report,
    history: {
      acknowledged: report.history.acknowledged.length,
      retries: report.history.retries,
      replayed: report.history.replayed,
    },
  })

try {
  const options = read()
  console.error(`seed ${options.seed}`)
  const report = await runCampaign(options, ending, (line) => console.error(line))
  console.log(values.json ? asJson(report) : reportLines(report).join('\n'))
  process.exitCode = faultsOf(report).length === 0 ? 0 : 1
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
await ending.end()
