import type { Ending } from '../src/apps/ending.ts'
import type { Words } from '../src/kernel/words.ts'
import type { Report } from './report.ts'

/** One hot job of the house, measured against a baseline in the same run. */
export type Bench = {
  readonly name: string
  readonly says: Words
  /** What the ratios compare with. */
  readonly baseline: Words
  /** `options` are the words `--name value` of the command line. Whatever it opens is closed by the ending, also when the run is broken off. */
  readonly run: (report: Report, ending: Ending, options: ReadonlyMap<string, string>) => Promise<void>
}
