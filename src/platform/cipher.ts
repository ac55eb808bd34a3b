import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Keeps identifiers unreadable in the database. Every person has a key of their own, wrapped by the master key;
 * destroying that key erases the identifiers for good while the trace stays. The suite is AES-256-GCM and HMAC-SHA-256.
 */
export type Cipher = {
  /** A new person key, wrapped. */
  readonly newPersonKey: () => Buffer
  readonly encrypt: (wrappedKey: Buffer, text: string) => Buffer
  /** @throws Error when the text was changed or the key is another one. */
  readonly decrypt: (wrappedKey: Buffer, sealed: Buffer) => string
  /** The same text gives the same 32 bytes, so that it can be searched without being read; `purpose` keeps kinds apart. */
  readonly blindIndex: (purpose: string, text: string) => Buffer
}

const NONCE = 12
const TAG = 16

const seal = (key: Buffer, plain: Buffer): Buffer => {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

const open = (key: Buffer, sealed: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE))
  decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
}

/** The cipher of a region from its master key, 64 hexadecimal digits. */
export const makeCipher = (masterKey: string): Cipher => {
  const master = Buffer.from(masterKey, 'hex')
  const wrapKey = Buffer.from(hkdfSync('sha256', master, '', 'jieli wrap', 32))
  const indexKey = Buffer.from(hkdfSync('sha256', master, '', 'jieli index', 32))
  return {
    newPersonKey: () => seal(wrapKey, randomBytes(32)),
    encrypt: (wrapped, text) => seal(open(wrapKey, wrapped), Buffer.from(text, 'utf8')),
    decrypt: (wrapped, sealed) => open(open(wrapKey, wrapped), sealed).toString('utf8'),
    blindIndex: (purpose, text) => createHmac('sha256', indexKey).update(purpose).update('\0').update(text).digest(),
  }
}

/** The master key from the settings, or the one in the data folder, made once and readable by its owner only. */
export const masterKeyOf = async (config: { masterKey: string | null; dataFolder: string }): Promise<string> => {
  if (config.masterKey) return config.masterKey
  const file = join(config.dataFolder, 'master.key')
  await mkdir(config.dataFolder, { recursive: true })
  await writeFile(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return (await readFile(file, 'utf8')).trim()
}
