import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { BackupRefusal } from './refusal.ts'

export const MANIFEST_FILE = 'manifest.json'

const tableEntry = z.strictObject({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()).min(1),
  file: z.string().regex(/^tables\/[a-z_]+\.[a-z0-9_]+\.copy\.zst$/),
  rows: z.number().int().nonnegative(),
  /** Of the file as it lies on the disk. */
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type TableEntry = z.output<typeof tableEntry>

const manifest = z.strictObject({
  format: z.literal('jieli-backup-1'),
  product: z.string(),
  madeAt: z.string(),
  /** Where the write-ahead log stood when the snapshot was taken. */
  lsn: z.string(),
  serverVersion: z.string(),
  migrations: z.array(z.strictObject({ room: z.string(), file: z.string(), hash: z.string() })).min(1),
  tables: z.array(tableEntry).min(1),
  sequences: z.array(z.strictObject({ schema: z.string(), name: z.string(), last: z.string(), isCalled: z.boolean() })),
  /** Says whether a master key is the one of this region, and nothing else about it. */
  masterKeyMark: z.string().nullable(),
  /** How the files are sealed; null when they lie open. */
  sealed: z.strictObject({ suite: z.literal('scrypt+aes-256-gcm'), salt: z.string() }).nullable(),
})

/** What a backup holds and by which signs its files are known. */
export type Manifest = z.output<typeof manifest>

const digestOf = (text: string, key: Buffer | null): Buffer =>
  key ? createHmac('sha256', key).update(text).digest() : createHash('sha256').update(text).digest()

/** Written last: a folder without it is no backup. */
export const writeManifest = async (folder: string, body: Manifest, key: Buffer | null): Promise<void> => {
  const text = JSON.stringify(body, null, 1)
  await writeFile(join(folder, MANIFEST_FILE), `${text}\n${digestOf(text, key).toString('hex')}\n`, { mode: 0o600, flush: true })
}

/**
 * Reads a manifest; `keyOf` makes the key of a sealed one.
 * @throws BackupRefusal when there is none, it was changed, it is of another format, or the passphrase is missing or another.
 */
export const readManifest = async (
  folder: string,
  keyOf: (salt: string) => Promise<Buffer | null>,
): Promise<{ manifest: Manifest; key: Buffer | null }> => {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => null)
  if (text === null) throw new BackupRefusal('not-a-backup', folder)
  const cut = text.trimEnd().lastIndexOf('\n')
  const [body, digest] = [text.slice(0, cut), text.slice(cut).trim()]
  const parsed = manifest.safeParse(readJson(body))
  if (!parsed.success) throw new BackupRefusal('manifest-unreadable', join(folder, MANIFEST_FILE))
  const { sealed } = parsed.data
  const key = sealed ? await keyOf(sealed.salt) : null
  if (sealed && !key) throw new BackupRefusal('passphrase-missing', folder)
  const expected = digestOf(body, key)
  const found = Buffer.from(digest, 'hex')
  if (found.length !== expected.length || !timingSafeEqual(found, expected))
    throw new BackupRefusal(sealed ? 'passphrase-or-manifest-wrong' : 'file-changed', join(folder, MANIFEST_FILE))
  return { manifest: parsed.data, key }
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
