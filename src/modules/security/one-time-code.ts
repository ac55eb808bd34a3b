import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

// The numbers that every authenticator app expects (RFC 6238 with the key URI format): SHA-1, 30 seconds, six digits.
const STEP_SECONDS = 30
const DIGITS = 6
const SECRET_BYTES = 20
const ISSUER = 'Jieli'
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret of 160 bits. */
export const newSecret = (): Buffer => randomBytes(SECRET_BYTES)

/** RFC 4648 base32 without padding: how an authenticator app reads a secret. */
export const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** The number of the half-minute that a moment lies in. */
export const stepAt = (epochSeconds: number): number => Math.floor(epochSeconds / STEP_SECONDS)

/** The code of one half-minute; decimal digits, with leading zeros. */
export const codeAt = (secret: Uint8Array, step: number, digits = DIGITS): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) as number) & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/**
 * The step whose code this is, or null. A code counts within `drift` steps of now and only when it is newer than the last
 * one used, so that nobody who looked over a shoulder can use it again (RFC 6238 §5.2).
 */
export const stepOfCode = (
  secret: Uint8Array,
  code: string,
  { now, last, drift }: { readonly now: number; readonly last: number; readonly drift: number },
): number | null => {
  let found: number | null = null
  for (let step = now - drift; step <= now + drift; step += 1)
    if (isSame(codeAt(secret, step), code) && step > last) found ??= step
  return found
}

// Bytes are compared, not characters: a full-width digit is one character of three bytes.
const isSame = (one: string, other: string): boolean => {
  const [expected, given] = [Buffer.from(one), Buffer.from(other)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** What an authenticator app reads from the QR code. */
export const keyUri = (secret: Uint8Array, login: string): string =>
  `otpauth://totp/${ISSUER}:${encodeURIComponent(login)}?secret=${base32(secret)}&issuer=${ISSUER}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`

const RECOVERY_BYTES = 7
const RECOVERY_LETTERS = 10

/** A code for a lost device, 50 bits, `abcde-fghij`. */
export const newRecoveryCode = (): string => {
  const letters = base32(randomBytes(RECOVERY_BYTES)).slice(0, RECOVERY_LETTERS).toLowerCase()
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}

/** A recovery code as it is compared: small letters and digits only. */
export const plainRecoveryCode = (typed: string): string => typed.toLowerCase().replaceAll(/[^a-z2-7]/g, '')
