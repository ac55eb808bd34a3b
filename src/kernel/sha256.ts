import { present } from './assert.ts'

// SHA-256 in plain arithmetic, for code that runs in a browser's worker as well as on Node: Node's own is not there, the browser's answers
// only later. Where speed counts and Node is certain, node:crypto is the one to use. @source FIPS 180-4

const ROUNDS = 64
const BLOCK = 64
const WORD = 2 ** 32
const LENGTH_BYTES = 8

const primes = (count: number): number[] => {
  const found: number[] = []
  for (let one = 2; found.length < count; one++) if (found.every((prime) => one % prime !== 0)) found.push(one)
  return found
}
/** The first 32 bits of what stands behind the point. */
const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * WORD)
const ROUND_WORDS = Uint32Array.from(primes(ROUNDS), (prime) => fraction(Math.cbrt(prime)))
const BEGIN = Uint32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)))

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

const padded = (text: string): DataView => {
  const bytes = new TextEncoder().encode(text)
  const length = Math.ceil((bytes.length + 1 + LENGTH_BYTES) / BLOCK) * BLOCK
  const all = new Uint8Array(length)
  all.set(bytes)
  all[bytes.length] = 0x80
  const view = new DataView(all.buffer)
  const bits = bytes.length * 8
  view.setUint32(length - LENGTH_BYTES, Math.floor(bits / WORD))
  view.setUint32(length - LENGTH_BYTES / 2, bits % WORD)
  return view
}

/** The sixty-four words of a block: sixteen of the text, each further one out of four before it. */
const spread = (text: DataView, at: number, words: Uint32Array): void => {
  for (let index = 0; index < ROUNDS; index++) {
    if (index < 16) {
      words[index] = text.getUint32(at + index * 4)
      continue
    }
    const far = words[index - 15] as number
    const near = words[index - 2] as number
    const small = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3)
    const large = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10)
    words[index] = (words[index - 16] as number) + small + (words[index - 7] as number) + large
  }
}

type Eight = [number, number, number, number, number, number, number, number]

const rounds = (state: Uint32Array, words: Uint32Array): void => {
  let [a, b, c, d, e, f, g, h] = state as unknown as Eight
  for (let index = 0; index < ROUNDS; index++) {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const chosen = (e & f) ^ (~e & g)
    const first = (h + mixed + chosen + (ROUND_WORDS[index] as number) + (words[index] as number)) | 0
    const most = (a & b) ^ (a & c) ^ (b & c)
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + most) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) state[at] = present(state[at], 'a word of the hash') + word
}

/** The SHA-256 of a text in UTF-8, in hexadecimal. */
export const sha256 = (text: string): string => {
  const view = padded(text)
  const state = BEGIN.slice()
  const words = new Uint32Array(ROUNDS)
  for (let at = 0; at < view.byteLength; at += BLOCK) {
    spread(view, at, words)
    rounds(state, words)
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}
