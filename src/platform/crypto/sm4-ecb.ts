import { createCipheriv, createDecipheriv } from 'node:crypto'

const BLOCK = 16

/**
 * A field as the e-health card's interface wants it: `SM4/ECB/ZeroBytePadding`, base64. Only for that interface: equal fields look
 * equal and nothing is authenticated. A text that ends in zero bytes does not come back whole.
 */
export const sealField = (key: Buffer, text: string): string => {
  const plain = Buffer.from(text, 'utf8')
  const padded = Buffer.concat([plain, Buffer.alloc((BLOCK - (plain.length % BLOCK)) % BLOCK)])
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

/** The text of such a field; null for what is no base64 of whole blocks. */
export const openField = (key: Buffer, sealed: string): string | null => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(sealed)) return null
  const body = Buffer.from(sealed, 'base64')
  if (body.length === 0 || body.length % BLOCK !== 0) return null
  const decipher = createDecipheriv('sm4-ecb', key, null).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(body), decipher.final()])
  return plain.toString('utf8').replace(/\0+$/, '')
}
