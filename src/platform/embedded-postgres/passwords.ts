import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One random password for each role of an embedded cluster, 48 hexadecimal digits each. */
export type Passwords = { readonly superuser: string; readonly owner: string; readonly app: string }

/** Reads the passwords of this folder, or makes them once, in a file that only its owner may read. */
export const keepPasswords = (folder: string): Passwords => {
  const file = join(folder, 'passwords.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Passwords
  const word = () => randomBytes(24).toString('hex')
  const passwords: Passwords = { superuser: word(), owner: word(), app: word() }
  writeFileSync(`${file}.making`, JSON.stringify(passwords), { mode: 0o600 })
  chmodSync(`${file}.making`, 0o600)
  renameSync(`${file}.making`, file)
  return passwords
}
