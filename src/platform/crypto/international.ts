import { createHash, createHmac, createPrivateKey, createPublicKey, hkdfSync, randomBytes, sign, verify } from 'node:crypto'
import { gcm } from './sealing.ts'
import type { SigningKey, Suite } from './suite.ts'

const KEY_BYTES = 32
// RFC 8410: what stands before the 32 bytes of an Ed25519 key in PKCS #8 and in SubjectPublicKeyInfo.
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex')
const RAW_BYTES = 32

const privateOf = (raw: Buffer) => createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, raw]), format: 'der', type: 'pkcs8' })
const publicOf = (raw: Buffer) => createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, raw]), format: 'der', type: 'spki' })

const signingKeyOf = (seed: Buffer): SigningKey => {
  const privateKey = createHash('sha256').update(seed).digest()
  const spki = createPublicKey(privateOf(privateKey)).export({ format: 'der', type: 'spki' })
  return { privateKey, publicKey: spki.subarray(PUBLIC_HEAD.length) }
}

const { seal, open } = gcm('aes-256-gcm')

/** AES-256-GCM, SHA-256, HMAC-SHA-256, HKDF-SHA-256, Ed25519. */
export const international: Suite = {
  name: 'international',
  keyBytes: KEY_BYTES,
  newKey: () => randomBytes(KEY_BYTES),
  seal,
  open,
  sealBulk: seal,
  openBulk: open,
  hash: (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest(),
  mac: (key, ...parts) => parts.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest(),
  derive: (secret, purpose, bytes) => Buffer.from(hkdfSync('sha256', secret, '', purpose, bytes)),
  newSigningKey: () => signingKeyOf(randomBytes(RAW_BYTES)),
  signingKeyOf,
  sign: ({ privateKey }, message) => sign(null, message, privateOf(privateKey)),
  verify: (publicKey, message, signature) =>
    publicKey.length === RAW_BYTES && verify(null, message, publicOf(publicKey), signature),
}
