import { createCipheriv, createDecipheriv, randomBytes, type CipherGCMTypes } from 'node:crypto'
import type { Suite } from './suite.ts'

const NONCE = 12
const TAG = 16

/** Sealing by a block cipher in GCM: nonce, tag and body one after the other. */
export const gcm = (algorithm: 'aes-256-gcm' | 'sm4-gcm'): Pick<Suite, 'seal' | 'open'> => {
  // Node's types do not name SM4-GCM yet; its OpenSSL has it.
  const name = algorithm as CipherGCMTypes
  return {
    seal: (key, plain, bound) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv(name, key, nonce)
      if (bound) cipher.setAAD(bound)
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open: (key, sealed, bound) => {
      if (sealed.length < NONCE + TAG) throw new Error('What is to be opened is too short to have been sealed')
      // Without a fixed length OpenSSL would take a tag of four bytes.
      const decipher = createDecipheriv(name, key, sealed.subarray(0, NONCE), { authTagLength: TAG })
      decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
      if (bound) decipher.setAAD(bound)
      return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()])
    },
  }
}
