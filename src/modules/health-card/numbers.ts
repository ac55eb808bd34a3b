import { randomBytes } from 'node:crypto'
import type { Cipher } from '../../platform/cipher.ts'
import type { KeptNumber } from '../residents/index.ts'
import { signedPart, staticText } from './rules/qr-text.ts'

/** The kind under which the number of an e-health card stands in the index of persons. */
export const CARD_NUMBER = 'erhc'
/** For which purpose the region's key signs a card. */
const SIGNS = 'card'

/** 64 hexadecimal digits that nobody guesses: the number of a card, or a dynamic code. */
export const newNumber = (): string => randomBytes(32).toString('hex')

export const indexOfCard = (cipher: Cipher, number: string): Buffer => cipher.blindIndex('health card', number)
export const indexOfCode = (cipher: Cipher, code: string): Buffer => cipher.blindIndex('health card code', code)

/** The number itself; the index of persons keeps it in capitals. */
export const numberOf = (kept: KeptNumber, cipher: Cipher): string => cipher.decrypt(kept.wrappedKey, kept.sealed)
export const cardNumberOf = (kept: KeptNumber, cipher: Cipher): string => numberOf(kept, cipher).toLowerCase()

/** What the static QR code of a card says, signed by the region. */
export const signedText = (number: string, { room }: Cipher): string => {
  const { key, signature } = room.sign(SIGNS, Buffer.from(signedPart(number)))
  return staticText(number, { key, signature: signature.toString('base64url') })
}

/** Whether the signature of a static code is the region's; null when it carries none. */
export const isSignedHere = (
  number: string,
  signed: { key: string; signature: string } | null,
  { room }: Cipher,
): boolean | null =>
  signed &&
  room.verify(SIGNS, Buffer.from(signedPart(number)), { key: signed.key, signature: Buffer.from(signed.signature, 'base64url') })
