/** Something sealed with AES-GCM: a fresh nonce and the sealed bytes. What it is about stands in neither. */
export type Sealed = { nonce: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer }

type Bytes = Uint8Array<ArrayBuffer>

const keyBytes = 32
const nonceBytes = 12
/** PBKDF2 rounds for an unlocking code, SHA-256: OWASP's 2023 advice; about half a second on a clinic's old machine. */
export const codeRounds = 600_000

export const randomBytes = (count: number = keyBytes): Bytes => crypto.getRandomValues(new Uint8Array(count))

/** WebCrypto is missing on plain-HTTP addresses; nothing is kept on the device there. */
export const maySeal = (): boolean => globalThis.crypto?.subtle !== undefined

export const bytesOf = (base64: string): Bytes => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

/** The device's own half: made here, never to be read out again, useless without the other half. */
export const newDeviceHalf = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']) as Promise<CryptoKey>

/** The key that both halves make together; `purpose` keeps the server's half and the code's apart. */
export const jointKey = async (half: CryptoKey, purpose: 'server' | 'code', other: Bytes): Promise<CryptoKey> => {
  const said = new Uint8Array([...new TextEncoder().encode(`jieli ${purpose} `), ...other])
  return dataKey(new Uint8Array(await crypto.subtle.sign('HMAC', half, said)))
}

/** A key for sealing from its bytes; it cannot be read out of the page again. */
export const dataKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** The slow way from a short code to a secret. */
export const codeSecret = async (code: string, salt: Bytes, rounds: number): Promise<Bytes> => {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(code), 'PBKDF2', false, ['deriveBits'])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, typed, 256))
}

export const sealBytes = async (key: CryptoKey, plain: Bytes): Promise<Sealed> => {
  const nonce = randomBytes(nonceBytes)
  return { nonce, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, plain) }
}

/** @throws when the key is another one or the bytes were changed. */
export const openBytes = async (key: CryptoKey, { nonce, bytes }: Sealed): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, bytes))

export const sealValue = (key: CryptoKey, value: unknown): Promise<Sealed> =>
  sealBytes(key, new TextEncoder().encode(JSON.stringify(value)))

/** @throws when the key is another one or the bytes were changed. */
export const openValue = async (key: CryptoKey, sealed: Sealed): Promise<unknown> =>
  JSON.parse(new TextDecoder().decode(await openBytes(key, sealed)))
