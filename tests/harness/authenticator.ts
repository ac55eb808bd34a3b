import { codeAt, stepAt } from '../../src/modules/security/one-time-code.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const bytesOf = (base32: string): Buffer => {
  const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

/** What an authenticator app shows for a secret, now or some half-minutes later; by this machine's clock, as a telephone does. */
export const shownCode = (secret: string, later = 0): string =>
  codeAt(bytesOf(secret), stepAt(Math.floor(Date.now() / 1_000)) + later)
