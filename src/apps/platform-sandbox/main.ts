import { parseArgs } from 'node:util'
import { BAD, QUIET } from './faults.ts'
import { startPlatformSandbox } from './sandbox.ts'

/**
 * The simulated national platform as a process of its own; `npx jieli platform-sandbox` starts the same.
 *
 *   node src/apps/platform-sandbox/main.ts --port 21090 --seed 7 --file platform.sqlite [--faults bad] [--token demo] [--late-ms 1500]
 *
 * `--or-any-port` takes a free port where that one is taken; `--with-parent` ends with the program that started it. A token in
 * JIELI_SANDBOX_TOKEN goes before `--token`.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '21090' },
    seed: { type: 'string', default: '1' },
    file: { type: 'string', default: ':memory:' },
    faults: { type: 'string', default: 'none' },
    token: { type: 'string', default: 'demo' },
    'late-ms': { type: 'string', default: '1500' },
    'or-any-port': { type: 'boolean', default: false },
    'with-parent': { type: 'boolean', default: false },
  },
})

const start = (port: number) =>
  startPlatformSandbox({
    port,
    file: values.file,
    seed: values.seed,
    token: process.env['JIELI_SANDBOX_TOKEN'] ?? values.token,
    faults: values.faults === 'bad' ? BAD : QUIET,
    lateMs: Number(values['late-ms']),
  })

const isTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EADDRINUSE'

const { address, close } = await start(Number(values.port)).catch((error: unknown) => {
  if (values['or-any-port'] && isTaken(error)) return start(0)
  throw error
})
const end = (): void => void close().then(() => process.exit(0))
if (values['with-parent']) {
  // Ctrl-C reaches the whole group; the parent ends this one after its own work, and its end is the end of this pipe.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', end)
  process.stdin.resume().once('end', end)
}
console.log(JSON.stringify({ listening: Number(new URL(address).port), seed: values.seed }))
