import { parseArgs } from 'node:util'
import { BAD, QUIET } from './faults.ts'
import { startPlatformSandbox } from './sandbox.ts'

/**
 * The simulated national platform as a process of its own; `npx jieli platform-sandbox` starts the same.
 *
 *   node src/apps/platform-sandbox/main.ts --port 21090 --seed 7 --file platform.sqlite [--faults bad] [--token demo] [--late-ms 1500]
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '21090' },
    seed: { type: 'string', default: '1' },
    file: { type: 'string', default: ':memory:' },
    faults: { type: 'string', default: 'none' },
    token: { type: 'string', default: 'demo' },
    'late-ms': { type: 'string', default: '1500' },
  },
})

const { address } = await startPlatformSandbox({
  port: Number(values.port),
  file: values.file,
  seed: values.seed,
  token: values.token,
  faults: values.faults === 'bad' ? BAD : QUIET,
  lateMs: Number(values['late-ms']),
})
console.log(JSON.stringify({ listening: Number(new URL(address).port), seed: values.seed }))
