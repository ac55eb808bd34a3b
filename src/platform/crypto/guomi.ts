import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { gcm } from './sealing.ts'
import { SEED_BYTES, type SigningKey, type Suite } from './suite.ts'

const KEY_BYTES = 16
const NONCE = 16
const MAC = 32
/** Who signs where nobody is named: the id of GB/T 35276 and RFC 8998. Node's own SM2 signs with an empty one, so it is not used. */
const DEFAULT_ID = '1234567812345678'
// The order of the curve of GB/T 32918.5.
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

const hash: Suite['hash'] = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash('sm3')).digest()
const mac: Suite['mac'] = (key, ...parts) => parts.reduce((sum, part) => sum.update(part), createHmac('sm3', key)).digest()
const derive: Suite['derive'] = (secret, purpose, bytes) => Buffer.from(hkdfSync('sm3', secret, '', purpose, bytes))

const bulkKeys = (key: Buffer) => ({ body: derive(key, 'bulk body', KEY_BYTES), mac: derive(key, 'bulk mac', MAC) })
const lengthOf = (bound: Buffer): Buffer => {
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(bound.length))
  return length
}
const tagOf = (key: Buffer, bound: Buffer, nonce: Buffer, body: Buffer): Buffer => mac(key, lengthOf(bound), bound, nonce, body)
const NOTHING = Buffer.alloc(0)

// SM4-CTR, then HMAC-SM3 over what it is bound to, nonce and body: encrypt, then authenticate, each with a key of its own.
const sealBulk: Suite['sealBulk'] = (key, plain, bound = NOTHING) => {
  const keys = bulkKeys(key)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('sm4-ctr', keys.body, nonce)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, tagOf(keys.mac, bound, nonce, body), body])
}

const openBulk: Suite['openBulk'] = (key, sealed, bound = NOTHING) => {
  if (sealed.length < NONCE + MAC) throw new Error('What is to be opened is too short to have been sealed')
  const keys = bulkKeys(key)
  const nonce = sealed.subarray(0, NONCE)
  const body = sealed.subarray(NONCE + MAC)
  if (!timingSafeEqual(sealed.subarray(NONCE, NONCE + MAC), tagOf(keys.mac, bound, nonce, body)))
    throw new Error('What was sealed has been changed, or the key is another one')
  const decipher = createDecipheriv('sm4-ctr', keys.body, nonce)
  return Buffer.concat([decipher.update(body), decipher.final()])
}

const signingKeyOf = (seed: Buffer): SigningKey => {
  const scalar = (BigInt(`0x${seed.toString('hex')}`) % (ORDER - 2n)) + 1n
  const privateKey = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')
  return { privateKey, publicKey: Buffer.from(sm2.getPublicKeyFromPrivateKey(privateKey.toString('hex')), 'hex') }
}

const sign: Suite['sign'] = ({ privateKey, publicKey }, message) => {
  const options = { hash: true, der: false, publicKey: publicKey.toString('hex'), userId: DEFAULT_ID }
  return Buffer.from(sm2.doSignature(new Uint8Array(message), privateKey.toString('hex'), options), 'hex')
}

const verify: Suite['verify'] = (publicKey, message, signature) => {
  if (signature.length !== 64) return false
  try {
    return sm2.doVerifySignature(new Uint8Array(message), signature.toString('hex'), publicKey.toString('hex'), {
      hash: true,
      der: false,
      userId: DEFAULT_ID,
    })
  } catch {
    // A public key that is no point of the curve, or numbers outside its order.
    return false
  }
}

/** SM4-GCM for fields, SM4-CTR with HMAC-SM3 for long texts, SM3, HMAC-SM3, HKDF-SM3, SM2 signatures with the default user id. */
export const guomi: Suite = {
  name: 'guomi',
  keyBytes: KEY_BYTES,
  newKey: () => randomBytes(KEY_BYTES),
  ...gcm('sm4-gcm'),
  sealBulk,
  openBulk,
  hash,
  mac,
  derive,
  newSigningKey: () => signingKeyOf(randomBytes(SEED_BYTES)),
  signingKeyOf,
  sign,
  verify,
}
