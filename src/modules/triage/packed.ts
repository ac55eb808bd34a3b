import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { TRIAGE_KNOWLEDGE, type Knowledge } from './knowledge.ts'

/** The knowledge as it was last read from its YAML files, which takes a hundred times as long to read. */
export const PACKED_FILE = join(TRIAGE_KNOWLEDGE, 'knowledge.json.gz')

const KNOWLEDGE = join(TRIAGE_KNOWLEDGE, '..')
const SOURCES = ['triage', 'conditions']

const sources = (): string[] => [
  join(KNOWLEDGE, 'specialties.yaml'),
  ...SOURCES.flatMap((folder) =>
    readdirSync(join(KNOWLEDGE, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .toSorted()
      .map((name) => join(KNOWLEDGE, folder, name)),
  ),
]

/** The SHA-256 of every file that the knowledge is read from, in hexadecimal digits. */
export const hashOfSources = (): string => {
  const hash = createHash('sha256')
  for (const file of sources()) hash.update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

type Packed = { readonly of: string; readonly knowledge: Knowledge }

/** The bytes of the packed file, for the sources as they are now. */
export const pack = (knowledge: Knowledge): Buffer =>
  gzipSync(JSON.stringify({ of: hashOfSources(), knowledge } satisfies Packed), { level: 9 })

/** The packed knowledge, null where there is none or where a source was changed since: then the sources themselves must be read. */
export const readPacked = (): Knowledge | null => {
  if (!existsSync(PACKED_FILE)) return null
  const { of, knowledge } = JSON.parse(gunzipSync(readFileSync(PACKED_FILE)).toString('utf8')) as Packed
  return of === hashOfSources() ? knowledge : null
}
