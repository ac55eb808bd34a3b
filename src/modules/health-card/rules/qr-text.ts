/** What a QR code says: the printed, long-lived number of a card, or a code of minutes. */
export type QrText =
  | {
      readonly shown: 'static'
      readonly number: string
      readonly signed: { readonly key: string; readonly signature: string } | null
    }
  | { readonly shown: 'dynamic'; readonly code: string }

/** The type behind the first segment: 0 dynamic, 1 static (domain.md 8.1, from memory). */
const TYPES = { dynamic: '0', static: '1' } as const
const STATIC = /^([0-9a-f]{64}):1(?::([0-9]{1,9}[ig]):([A-Za-z0-9_-]{86}))?$/
const DYNAMIC = /^([0-9a-f]{64}):0$/

/** What a signature of a static code is made over. */
export const signedPart = (number: string): string => `${number}:${TYPES.static}`

/** The text of a static code: the number, its type, and the region's signature, so that it can be checked without a network. */
export const staticText = (number: string, signed: { readonly key: string; readonly signature: string }): string =>
  `${signedPart(number)}:${signed.key}:${signed.signature}`

/** The text of a dynamic code. */
export const dynamicText = (code: string): string => `${code}:${TYPES.dynamic}`

/** What a scanner read or somebody typed; null when it is no code of a card. A keyboard wedge may add spaces, ends of line and capitals. */
export const readQrText = (text: string): QrText | null => {
  const plain = text.normalize('NFKC').trim()
  // Only the hexadecimal part may have been turned into capitals; a signature keeps them apart.
  const lowered = plain.slice(0, 64).toLowerCase() + plain.slice(64)
  const [, code] = DYNAMIC.exec(lowered) ?? []
  if (code !== undefined) return { shown: 'dynamic', code }
  const [, number, key, signature] = STATIC.exec(lowered) ?? []
  if (number === undefined) return null
  return { shown: 'static', number, signed: key !== undefined && signature !== undefined ? { key, signature } : null }
}
