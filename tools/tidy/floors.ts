import { posix } from 'node:path'
import type { Finding, Import, Parsed } from './source.ts'

/** Modules from the ground up: one may use what stands below it, never what stands beside or above. */
export const FLOORS: readonly (readonly string[])[] = [
  ['organisations'],
  ['residents'],
  ['security'],
  ['smart'],
  ['record-access'],
  ['audit-rules'],
  ['booking', 'health-card', 'health-record', 'settlement'],
  ['fund', 'navigation', 'payment', 'recognition', 'referral'],
  ['correspondence', 'green-channel', 'continuity', 'triage'],
  ['docking', 'intake'],
  ['fhir'],
]

type Room = { readonly name: string; readonly module: string | null }

const roomOf = (path: string): Room => {
  const [top, second, third] = path.split('/') as [string, string, string]
  if (top !== 'src') return { name: top, module: null }
  return second === 'modules' ? { name: 'modules', module: third } : { name: second, module: null }
}

const heightOf = (module: string): number => FLOORS.findIndex((floor) => floor.includes(module))
/** Pure engines that a worker of the browser runs itself: 100 000 bills are settled where the question is asked, not sent to and fro. */
const WORKER_DOORS: ReadonlySet<string> = new Set(['src/modules/settlement/what-if.ts'])
/** A module's contract, and its language `<m>/<m>.ts`: closed lists and types, light enough for a phone. */
const isForBrowsers = (path: string): boolean => /^src\/modules\/([^/]+)\/(contract|\1)\.ts$/.test(path) || WORKER_DOORS.has(path)

const isFrontDoor = (path: string): boolean => /^src\/modules\/[^/]+\/(index|contract)\.ts$/.test(path)

/** Why a file may not import another; null when it may. */
const forbidden = (from: string, to: string, isType: boolean): string | null => {
  const [here, there] = [roomOf(from), roomOf(to)]
  switch (here.name) {
    case 'kernel':
      return there.name === 'kernel' ? null : 'the kernel imports nothing'
    case 'shapes':
      return ['kernel', 'shapes'].includes(there.name) ? null : 'shapes import the kernel only'
    case 'platform':
      return ['kernel', 'shapes', 'platform'].includes(there.name) ? null : 'the platform imports kernel and shapes only'
    case 'modules':
      return forbiddenToModule(here.module as string, to, there)
    case 'web':
      if (there.name === 'web' || there.name === 'kernel' || isType) return null
      return isForBrowsers(to) ? null : 'at run time the web desks use only contracts, the languages of modules and the kernel'
    default:
      return null
  }
}

const forbiddenToModule = (module: string, to: string, there: Room): string | null => {
  if (['kernel', 'shapes', 'platform'].includes(there.name)) return null
  if (there.name !== 'modules') return 'a module imports platform, shapes, kernel and lower modules only'
  if (there.module === module) return null
  if (heightOf(module) < 0 || heightOf(there.module as string) < 0) return 'the module stands on no floor: name it in FLOORS'
  if (heightOf(there.module as string) >= heightOf(module)) return `${there.module} does not stand below ${module}`
  return isFrontDoor(to) ? null : 'another module is entered by its index.ts or contract.ts'
}

const isTest = (path: string): boolean => path.endsWith('.test.ts')
const isOwnFile = ({ from }: Import): boolean => from.startsWith('.')
const resolved = (path: string, { from }: Import): string => posix.join(posix.dirname(path), from)

/** Imports that the floors forbid. Tests may use the harness and the house as a whole. */
export const floorFindings = (files: readonly Parsed[]): Finding[] =>
  files.flatMap(({ path, imports }) =>
    imports.flatMap((one) => {
      if (isTest(path)) return []
      const room = roomOf(path).name
      const isPackage = !isOwnFile(one) && !one.from.startsWith('node:')
      const says = isOwnFile(one)
        ? forbidden(path, resolved(path, one), one.isType)
        : isPackage && ['kernel', 'shapes'].includes(room)
          ? `${room} imports no package`
          : null
      return says ? [{ rule: 'floor', path, line: one.line, says: `imports ${one.from}: ${says}` }] : []
    }),
  )

/** A contract goes to the browser: whatever it needs at run time is ours or zod, never Node's and never another package. */
export const contractFindings = (files: readonly Parsed[]): Finding[] => {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const reached = (path: string, seen: Set<string>): string[] => {
    if (seen.has(path)) return []
    seen.add(path)
    return (byPath.get(path)?.imports ?? []).flatMap((one) => {
      if (one.isType || one.from === 'zod') return []
      return isOwnFile(one) ? reached(resolved(path, one), seen) : [`${one.from} by way of ${path}`]
    })
  }
  return files
    .filter(({ path }) => isForBrowsers(path))
    .flatMap(({ path }) => reached(path, new Set()).map((what) => ({ rule: 'contract', path, line: 1, says: `reaches ${what}` })))
}
