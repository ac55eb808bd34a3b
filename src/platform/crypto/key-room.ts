import { SEED_BYTES, type SigningKey, type Suite, type SuiteName } from './suite.ts'
import { suiteOf } from './suites.ts'

/** A signature, and which of the room's keys made it: its generation and the first letter of its suite, `0i` or `3g`. */
export type Signed = { readonly key: string; readonly signature: Buffer }
export type PublicKey = { readonly key: string; readonly suite: SuiteName; readonly publicKey: Buffer }

/**
 * Where the region's own keys are. They never leave the room; a data key leaves it wrapped, and is opened for one sealing.
 * A security module takes this place with an adapter of the same shape: docs/cryptography.md.
 */
export type KeyRoom = {
  /** By which algorithms something new is wrapped, sealed and signed. */
  readonly suite: SuiteName
  /** The generation of keys that something new is wrapped with. */
  readonly newest: () => number
  /** A new data key, wrapped. */
  readonly generate: () => Buffer
  readonly wrap: (key: Buffer, suite: SuiteName) => Buffer
  /** @throws Error when it was changed, or was wrapped by a generation that this room does not have. */
  readonly unwrap: (wrapped: Buffer) => { readonly key: Buffer; readonly suite: Suite }
  /** The same data key under the newest generation; null when it is already. */
  readonly rewrap: (wrapped: Buffer) => Buffer | null
  /** 32 bytes, the same for the same text as long as the region lives, so that it is found without being read; `purpose` keeps kinds apart. */
  readonly mac: (purpose: string, text: string) => Buffer
  readonly sign: (purpose: string, message: Buffer) => Signed
  readonly verify: (purpose: string, message: Buffer, signed: Signed) => boolean
  /** What others need to check signatures by themselves, of every generation and suite. */
  readonly publicKeys: (purpose: string) => readonly PublicKey[]
}

/** One generation of keys: everything of it is derived from its root. Generation 0 is the master key itself. */
export type Roots = ReadonlyMap<number, Buffer>

type Made = {
  readonly suite: SuiteName
  readonly roots: Roots
  /** By which algorithms texts are indexed; chosen when the region begins and never changed. */
  readonly index: { readonly suite: SuiteName; readonly generation: number }
  /** Asked once more when a generation is unknown: another process may have begun it. */
  readonly reload?: () => Roots
}

// A wrapped key of the first releases has no head: nonce, tag and 32 bytes. All later ones are of another length.
const HEADLESS_BYTES = 60
const MARK = Buffer.from('J1')
const HEAD_BYTES = 8
const LETTERS = { international: 'i', guomi: 'g' } as const
const SUITE_OF_LETTER: Readonly<Record<string, SuiteName>> = { i: 'international', g: 'guomi' }

const headOf = (wrapping: SuiteName, wrapped: SuiteName, generation: number): Buffer => {
  const head = Buffer.concat([MARK, Buffer.from(LETTERS[wrapping] + LETTERS[wrapped]), Buffer.alloc(4)])
  head.writeUInt32BE(generation, 4)
  return head
}

type Head = { readonly wrapping: SuiteName; readonly wrapped: SuiteName; readonly generation: number; readonly head: Buffer }

const readHead = (wrapped: Buffer): Head => {
  if (wrapped.length === HEADLESS_BYTES)
    return { wrapping: 'international', wrapped: 'international', generation: 0, head: Buffer.alloc(0) }
  const head = wrapped.subarray(0, HEAD_BYTES)
  const [wrapping, of] = [...head.subarray(2, 4).toString('latin1')].map((letter) => SUITE_OF_LETTER[letter])
  if (head.length < HEAD_BYTES || !head.subarray(0, 2).equals(MARK) || !wrapping || !of) throw new Error('This is no wrapped key')
  return { wrapping, wrapped: of, generation: head.readUInt32BE(4), head }
}

/** Which generation and suite a wrapped key stands under: what the newest ones begin with. */
export const headOfNewest = (
  room: Pick<KeyRoom, 'suite' | 'newest'>,
): { readonly suite: string; readonly generation: Buffer } => {
  const head = headOf(room.suite, room.suite, room.newest())
  return { suite: LETTERS[room.suite], generation: head.subarray(4) }
}

/** A room over roots that are at hand. */
export const roomOf = ({ suite, roots, index, reload }: Made): KeyRoom => {
  let known = roots
  const derived = new Map<string, Buffer>()
  const signing = new Map<string, SigningKey>()
  const newest = (): number => Math.max(...known.keys())
  const rootOf = (generation: number): Buffer => {
    if (!known.has(generation) && reload) known = reload()
    const root = known.get(generation)
    if (!root) throw new Error(`The key room has no generation ${generation} of keys`)
    return root
  }
  const keyOf = (generation: number, by: Suite, purpose: string, bytes = by.keyBytes): Buffer => {
    const name = `${generation} ${by.name} ${purpose}`
    const key = derived.get(name) ?? by.derive(rootOf(generation), purpose, bytes)
    derived.set(name, key)
    return key
  }
  const wrapWith = (key: Buffer, of: SuiteName): Buffer => {
    const generation = newest()
    const by = suiteOf(suite)
    // Region keys of the first generation are read by the release before this one too.
    if (generation === 0 && suite === 'international' && of === 'international') return by.seal(keyOf(0, by, 'jieli wrap'), key)
    const head = headOf(suite, of, generation)
    return Buffer.concat([head, by.seal(keyOf(generation, by, 'jieli wrap'), key, head)])
  }
  const unwrap: KeyRoom['unwrap'] = (wrapped) => {
    const { wrapping, wrapped: of, generation, head } = readHead(wrapped)
    const by = suiteOf(wrapping)
    const bound = head.length > 0 ? head : undefined
    return { suite: suiteOf(of), key: by.open(keyOf(generation, by, 'jieli wrap'), wrapped.subarray(head.length), bound) }
  }
  const pairOf = (generation: number, by: Suite, purpose: string): SigningKey => {
    const name = `${generation} ${by.name} ${purpose}`
    const pair = signing.get(name) ?? by.signingKeyOf(keyOf(generation, by, `jieli sign ${purpose}`, SEED_BYTES))
    signing.set(name, pair)
    return pair
  }
  const indexSuite = suiteOf(index.suite)
  const indexKey = indexSuite.derive(rootOf(index.generation), 'jieli index', 32)
  return {
    suite,
    newest,
    generate: () => wrapWith(suiteOf(suite).newKey(), suite),
    wrap: wrapWith,
    unwrap,
    rewrap: (wrapped) => {
      const { wrapping, generation } = readHead(wrapped)
      if (wrapping === suite && generation === newest()) return null
      const opened = unwrap(wrapped)
      return wrapWith(opened.key, opened.suite.name)
    },
    mac: (purpose, text) => indexSuite.mac(indexKey, purpose, '\0', text),
    sign: (purpose, message) => {
      const by = suiteOf(suite)
      return { key: `${newest()}${LETTERS[suite]}`, signature: by.sign(pairOf(newest(), by, purpose), message) }
    },
    verify: (purpose, message, { key, signature }) => {
      const [, generation, letter = ''] = /^(\d{1,9})([ig])$/.exec(key) ?? []
      if (generation === undefined) return false
      if (!known.has(Number(generation)) && reload) known = reload()
      const by = SUITE_OF_LETTER[letter]
      if (!by || !known.has(Number(generation))) return false
      return suiteOf(by).verify(pairOf(Number(generation), suiteOf(by), purpose).publicKey, message, signature)
    },
    publicKeys: (purpose) =>
      [...known.keys()].flatMap((generation) =>
        (['international', 'guomi'] as const).map((name) => ({
          key: `${generation}${LETTERS[name]}`,
          suite: name,
          publicKey: pairOf(generation, suiteOf(name), purpose).publicKey,
        })),
      ),
  }
}
