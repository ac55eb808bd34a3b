import { roomOf, type KeyRoom } from './crypto/index.ts'

/**
 * Keeps identifiers unreadable in the database. Every person has a key of their own, wrapped by the key room; destroying that key
 * erases the identifiers for good while the trace stays. A key knows by which algorithms it seals, so old and new stand side by side.
 */
export type Cipher = {
  /** A new person key, wrapped. */
  readonly newPersonKey: () => Buffer
  readonly encrypt: (wrappedKey: Buffer, text: string) => Buffer
  /** @throws Error when the text was changed or the key is another one. */
  readonly decrypt: (wrappedKey: Buffer, sealed: Buffer) => string
  /** The same text gives the same 32 bytes, so that it can be searched without being read; `purpose` keeps kinds apart. */
  readonly blindIndex: (purpose: string, text: string) => Buffer
  /** The room behind it, for signatures. */
  readonly room: KeyRoom
}

/** The cipher over a key room. */
export const cipherOf = (room: KeyRoom): Cipher => ({
  newPersonKey: room.generate,
  encrypt: (wrapped, text) => {
    const { key, suite } = room.unwrap(wrapped)
    return suite.seal(key, Buffer.from(text, 'utf8'))
  },
  decrypt: (wrapped, sealed) => {
    const { key, suite } = room.unwrap(wrapped)
    return suite.open(key, sealed).toString('utf8')
  },
  blindIndex: room.mac,
  room,
})

/** The cipher of a region that has its first generation of keys only, from its master key, 64 hexadecimal digits. */
export const makeCipher = (masterKey: string): Cipher =>
  cipherOf(
    roomOf({
      suite: 'international',
      roots: new Map([[0, Buffer.from(masterKey, 'hex')]]),
      index: { suite: 'international', generation: 0 },
    }),
  )
