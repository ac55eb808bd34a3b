import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { join, relative } from 'node:path'
import { finished } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startTestCluster, sweepTestClusters } from '../../tests/harness/cluster.ts'
import { openEnding } from './ending.ts'
import { buildWebOnce } from './web-build.ts'

// `npm test`: type check, lint, then every test file against one throw-away cluster. Words after `--` choose files:
// `npm test -- src/modules/referral` runs only those, without the two checks.

const ROOT = join(import.meta.dirname, '..', '..')
const FOLDERS = '{src,sim,tools,tests,web,bench,evaluation}'
const BROWSER = join('tests', 'browser')
// More than the processors of a small machine: most of a test's time is waiting, for the database or for a page. A browser takes
// several hundred megabytes, so that there are two at most, beside two other files.
const FILES_AT_ONCE = 2
const BROWSERS_AT_ONCE = 2
// The watchdog inside each file speaks first; this is for a file that cannot even be heard.
const FILE_MINUTES_MAX = 10
const WATCHDOG = pathToFileURL(join(ROOT, 'tests', 'harness', 'watchdog.ts')).href

type Tally = { passed: number; failed: number }

const ending = openEnding((error) => console.error(error))
const tally: Tally = { passed: 0, failed: 0 }
/** The files of the browser that failed beside others, with nothing of them in the tally. */
const fallen: string[] = []

const main = async (filters: readonly string[]): Promise<void> => {
  const files = chooseFiles(filters)
  if (files.length === 0) {
    console.error(`没有与 ${filters.join(' ')} 相符的测试文件。\nNo test file matches ${filters.join(' ')}.`)
    tally.failed += 1
    return
  }
  if (filters.length === 0) for (const name of ['tsc', 'oxlint'] as const) await check(name)
  await sweepTestClusters()
  const starting = startTestCluster()
  ending.onEnd(() => starting.then((cluster) => cluster.stop()).catch(() => {}))
  const { ownerUrl, appUrl } = await starting
  Object.assign(process.env, { JIELI_TEST_OWNER_URL: ownerUrl, JIELI_TEST_APP_URL: appUrl })
  const isBrowser = (file: string) => file.startsWith(BROWSER)
  if (files.some(isBrowser)) await buildWebOnce({ onNote: () => {} })
  await Promise.all([
    runFiles(
      files.filter((file) => !isBrowser(file)),
      FILES_AT_ONCE,
    ),
    runFiles(files.filter(isBrowser), BROWSERS_AT_ONCE, 'the browser may try again'),
  ])
  if (fallen.length > 0) await onceMoreAlone()
}

/**
 * A page may miss its moment because other files have taken the processors: the files of the browser that failed run once more when
 * nothing else does, and that answer counts. It is said aloud, so that a test that often needs it is seen.
 */
const onceMoreAlone = async (): Promise<void> => {
  const again = fallen.splice(0).map((file) => relative(ROOT, file))
  console.log(`ℹ run once more, alone: ${again.join(', ')}`)
  await runFiles(again, 1)
}

/** All test files, or those whose path begins with, or is, one of the filters. */
const chooseFiles = (filters: readonly string[]): string[] => {
  const all = globSync(`${FOLDERS}/**/*.test.ts`, { cwd: ROOT }).toSorted()
  if (filters.length === 0) return all
  const wanted = filters.map((filter) => (filter.startsWith('/') ? relative(ROOT, filter) : filter.replace(/^\.\//, '')))
  return all.filter((file) => wanted.some((filter) => file.includes(filter)))
}

// A check that fails counts as one failed test; the tests run all the same, so that one run says everything.
const check = async (name: 'tsc' | 'oxlint'): Promise<void> => {
  const program = {
    tsc: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
    oxlint: ['node_modules/oxlint/bin/oxlint', '--quiet'],
  }[name]
  const child = spawn(process.execPath, program, { cwd: ROOT, stdio: 'inherit' })
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code === 0) return
  console.error(`✖ ${name}`)
  tally.failed += 1
}

const runFiles = async (files: readonly string[], concurrency: number, again?: 'the browser may try again'): Promise<void> => {
  if (files.length === 0) return
  const events = run({
    files: files.map((file) => join(ROOT, file)),
    concurrency,
    cwd: ROOT,
    timeout: FILE_MINUTES_MAX * 60_000,
    execArgv: ['--import', WATCHDOG],
  })
  let summed = false
  let heard = false
  events.on('test:summary', ({ file, counts, success }) => {
    if (file === undefined) {
      summed = true
      // A file that ended before it could sum up is known here only.
      if (!success && !heard) tally.failed += 1
      return
    }
    heard ||= !success
    if (!success && again !== undefined) {
      fallen.push(file)
      return
    }
    const failed = counts.tests - counts.passed - counts.skipped - counts.todo
    tally.passed += counts.passed
    tally.failed += success ? failed : Math.max(1, failed)
  })
  const report = events.compose(spec)
  report.pipe(process.stdout, { end: false })
  await finished(report)
  if (!summed) tally.failed += 1
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void ending.end().then(() => process.exit(130)))

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error)
  tally.failed += 1
}
await ending.end()
console.log(`${tally.passed} passed, ${tally.failed} failed`)
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1
