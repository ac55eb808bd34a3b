import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parse } from 'node:path'
import { EmbeddedRefusal } from './refusal.ts'

/**
 * Who runs the database. `self`: this user. As root, which PostgreSQL refuses, another one: `switch` keeps no rights of
 * root; `keep-search` keeps only the capability to enter and read folders, for what lies below a closed home folder.
 */
export type ServerUser = { readonly how: 'self' | 'switch' | 'keep-search'; readonly uid: number; readonly gid: number }

export type Ran = { readonly ok: boolean; readonly output: string }

/** Whether this process is root, in whose name PostgreSQL refuses to run. */
export const isRoot = (): boolean => process.getuid?.() === 0

/** This very user. */
export const selfUser = (): ServerUser => ({ how: 'self', uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 })

// The account made for databases where there is one, else those that nearly every system has.
const CANDIDATES = ['postgres', 'nobody', 'daemon']

/**
 * The first existing account that may run a database for root; initdb needs one with a line in the passwd file.
 * @throws EmbeddedRefusal `user-missing` when the system has none.
 */
export const unprivilegedUser = (): ServerUser => {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of CANDIDATES) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])]
    if (uid > 0 && gid >= 0) return { how: 'switch', uid, gid }
  }
  throw new EmbeddedRefusal('user-missing', CANDIDATES.join(', '))
}

// no_setuid_fixup: without it the kernel drops the capability for access(2), by which initdb looks for its files.
const KEEP_SEARCH = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search', '--securebits=+no_setuid_fixup']

/** Runs a program in the name of that user, in the root folder, with no PG* variable of ours; never rejects. */
export const runAs = (user: ServerUser, file: string, words: readonly string[], timeoutMs = 120_000): Promise<Ran> => {
  const env = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))), LC_ALL: 'C' }
  const options = { env, cwd: parse(file).root, timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024, windowsHide: true }
  const setpriv = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...KEEP_SEARCH, file, ...words]
  return new Promise((resolve) => {
    const done = (error: Error | null, stdout: string, stderr: string) =>
      resolve({ ok: error === null, output: `${stdout}${stderr}${stdout || stderr ? '' : (error?.message ?? '')}` })
    if (user.how === 'keep-search') execFile('setpriv', setpriv, options, done)
    else if (user.how === 'switch') execFile(file, words, { ...options, uid: user.uid, gid: user.gid }, done)
    else execFile(file, words, options, done)
  })
}
