/** The named sets of algorithms. `guomi` (国密): SM2, SM3, SM4. `international`: AES-256-GCM, SHA-256, Ed25519. */
export const SUITE_NAMES = ['international', 'guomi'] as const
export type SuiteName = (typeof SUITE_NAMES)[number]

/** A pair for signatures: the private part in the suite's own form, the public part as others get it. */
export type SigningKey = { readonly privateKey: Buffer; readonly publicKey: Buffer }

/**
 * One named set of algorithms. What is sealed carries its nonce and its tag; `bound` is authenticated with it and not stored.
 * A key seals at most 2^32 small fields: its nonces are 96 random bits.
 */
export type Suite = {
  readonly name: SuiteName
  /** Bytes of a key that seals: 32 for AES-256, 16 for SM4. */
  readonly keyBytes: number
  readonly newKey: () => Buffer
  readonly seal: (key: Buffer, plain: Buffer, bound?: Buffer) => Buffer
  /** @throws Error when the text or what it is bound to was changed, or the key is another one. */
  readonly open: (key: Buffer, sealed: Buffer, bound?: Buffer) => Buffer
  /** The same for long texts. */
  readonly sealBulk: (key: Buffer, plain: Buffer, bound?: Buffer) => Buffer
  /** @throws Error as `open` does. */
  readonly openBulk: (key: Buffer, sealed: Buffer, bound?: Buffer) => Buffer
  readonly hash: (...parts: readonly (Buffer | string)[]) => Buffer
  readonly mac: (key: Buffer, ...parts: readonly (Buffer | string)[]) => Buffer
  /** A key of `bytes` for one purpose out of a secret (HKDF). */
  readonly derive: (secret: Buffer, purpose: string, bytes: number) => Buffer
  readonly newSigningKey: () => SigningKey
  /** The pair that a seed of 48 bytes makes, always the same one. */
  readonly signingKeyOf: (seed: Buffer) => SigningKey
  readonly sign: (key: SigningKey, message: Buffer) => Buffer
  /** False for anything that is no signature of this message by this key. */
  readonly verify: (publicKey: Buffer, message: Buffer, signature: Buffer) => boolean
}

/** Bytes that `signingKeyOf` makes a pair from; more than a curve's order, so that no private key is likelier than another. */
export const SEED_BYTES = 48
