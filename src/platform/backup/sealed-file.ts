import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Transform, type Readable } from 'node:stream'
import { promisify } from 'node:util'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'

const NONCE = 12
const TAG = 16
const KEY = 32
// As RFC 7914 suggests for files: a guess costs about half a second and 128 MB.
const SCRYPT = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }

/** The key that a passphrase and a salt make. */
export const keyOfPassphrase = (passphrase: string, salt: string): Promise<Buffer> =>
  promisify<string, string, number, object, Buffer>(scrypt)(passphrase.trim(), salt, KEY, SCRYPT)

/** A new salt for a new backup. */
export const newSalt = (): string => randomBytes(16).toString('hex')

/** Writes a stream as one file, compressed and, with a key, sealed; answers its size and hash as it lies on the disk. */
export const writeFileFrom = async (
  source: Readable,
  file: string,
  key: Buffer | null,
): Promise<{ bytes: number; sha256: string }> => {
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const steps = key ? [createZstdCompress(), seal(key), measure] : [createZstdCompress(), measure]
  await pipeline([source, ...steps, createWriteStream(file, { mode: 0o600, flush: true })])
  return { bytes, sha256: hash.digest('hex') }
}

const seal = (key: Buffer): Transform => {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  let begun = false
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      const body = cipher.update(chunk)
      done(null, begun ? body : Buffer.concat([nonce, body]))
      begun = true
    },
    flush: (done) => {
      const rest = cipher.final()
      done(null, Buffer.concat([...(begun ? [] : [nonce]), rest, cipher.getAuthTag()]))
    },
  })
}

/** The streams that, one after the other, make the plain text of a file; one that was changed ends in an error. */
export const openFile = async (file: string, key: Buffer | null): Promise<[Readable, ...Transform[]]> => {
  if (!key) return [createReadStream(file), createZstdDecompress()]
  const { size } = await stat(file)
  const handle = await open(file)
  const [nonce, tag] = [Buffer.alloc(NONCE), Buffer.alloc(TAG)]
  await handle.read(nonce, 0, NONCE, 0)
  await handle.read(tag, 0, TAG, size - TAG)
  await handle.close()
  const opener = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(tag)
  return [createReadStream(file, { start: NONCE, end: size - TAG - 1 }), opener, createZstdDecompress()]
}

/** Size and hash of a file, or null when there is none. */
export const measureFile = async (file: string): Promise<{ bytes: number; sha256: string } | null> => {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch {
    return null
  }
  return { bytes, sha256: hash.digest('hex') }
}
