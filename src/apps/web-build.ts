import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { InlineConfig } from 'vite'
import { startNote } from './start-messages.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const WEB = join(ROOT, 'web')
const STAMP = join(WEB, 'dist', '.stamp')

/** What a build was made of: the files outside `web/` that it read, and one hash over everything. */
type Stamp = { readonly outside: readonly string[]; readonly hash: string }

/**
 * Builds the web pages into `web/dist` when there are none or when their sources or the lockfile have changed since.
 * @throws Error with the builder's words when the build fails.
 */
export const buildWebOnce = async ({ onNote }: { onNote: (note: { zh: string; en: string }) => void }): Promise<void> => {
  if (isBuilt()) return
  onNote(startNote.buildingWeb)
  // In a process of its own: the builder's memory goes back to the system when it is done.
  const builder = spawn(process.execPath, [import.meta.filename], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  let words = ''
  builder.stderr.setEncoding('utf8').on('data', (text: string) => (words += text))
  const code = await new Promise<number | null>((resolve, reject) => builder.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`The web pages could not be built: ${words.trim()}`)
}

const isBuilt = (): boolean => {
  if (!existsSync(STAMP)) return false
  const stamp = JSON.parse(readFileSync(STAMP, 'utf8')) as Stamp
  return hashOf(stamp.outside) === stamp.hash
}

const hashOf = (outside: readonly string[]): string => {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', ...sourcesOfWeb(), ...outside]) {
    const path = join(ROOT, file)
    hash
      .update(`${file}\0`)
      .update(existsSync(path) ? readFileSync(path) : 'gone')
      .update('\0')
  }
  return hash.digest('hex')
}

const sourcesOfWeb = (): string[] =>
  readdirSync(WEB, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(join('web', 'dist') + sep) && !file.includes('.test.'))
    .toSorted()

const buildNow = async (): Promise<void> => {
  const config: InlineConfig = { root: WEB, configFile: join(WEB, 'vite.config.ts'), logLevel: 'warn' }
  const { build } = await import('vite')
  const built = await build(config)
  const outputs = Array.isArray(built) ? built : [built]
  const modules = outputs
    .flatMap((one) => ('output' in one ? one.output : []))
    .flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
  const outside = new Set(modules.map((id) => relative(ROOT, id.split('?', 1)[0] ?? id)).filter((file) => isOurs(file)))
  const stamp: Stamp = { outside: [...outside].toSorted(), hash: hashOf([...outside].toSorted()) }
  writeFileSync(STAMP, JSON.stringify(stamp))
}

const isOurs = (file: string): boolean => file.startsWith(`src${sep}`)

if (import.meta.main) {
  process.env['NODE_ENV'] = 'production'
  await buildNow()
}
