/** Finds every occurrence of many words in one pass over a text (Aho and Corasick, 1975). */
export type Automaton = {
  /** Calls `found` with the number of the word and the place behind its last character, for each occurrence. */
  readonly scan: (text: string, found: (word: number, end: number) => void) => void
}

const SYMBOLS = 65_536
/** Room for one symbol in a key of a step: state × STEP + symbol stays below 2^31 for half a million states. */
const STEP = 4_096

type Trie = { readonly children: Map<number, number>[]; readonly words: number[]; readonly symbols: Uint16Array }

const grow = (words: readonly string[]): Trie => {
  const symbols = new Uint16Array(SYMBOLS)
  let known = 0
  const children: Map<number, number>[] = [new Map()]
  const ends: number[] = [-1]
  words.forEach((word, number) => {
    let state = 0
    for (let at = 0; at < word.length; at += 1) {
      const code = word.charCodeAt(at)
      if (symbols[code] === 0) symbols[code] = ++known
      const symbol = symbols[code] as number
      const level = children[state] as Map<number, number>
      let next = level.get(symbol)
      if (next === undefined) {
        next = children.push(new Map()) - 1
        ends.push(-1)
        level.set(symbol, next)
      }
      state = next
    }
    ends[state] = number
  })
  if (known >= STEP) throw new Error(`The words use ${known} characters, more than ${STEP - 1}`)
  return { children, words: ends, symbols }
}

/** For each state the longest proper suffix that is a state too, and the nearest state at or behind it that ends a word. */
const links = ({ children, words }: Trie): { fail: Int32Array; ends: Int32Array } => {
  const fail = new Int32Array(children.length)
  const ends = new Int32Array(children.length)
  const queue = [0]
  for (let head = 0; head < queue.length; head += 1) {
    const state = queue[head] as number
    ends[state] = (words[state] as number) >= 0 ? state : (ends[fail[state] as number] as number)
    for (const [symbol, next] of children[state] as Map<number, number>) {
      let back = fail[state] as number
      while (back !== 0 && !children[back]?.has(symbol)) back = fail[back] as number
      const target = children[back]?.get(symbol)
      fail[next] = target !== undefined && target !== next ? target : 0
      queue.push(next)
    }
  }
  return { fail, ends }
}

/** The steps of all states in one open hash table: two flat arrays, no object a step. */
const steps = ({ children }: Trie): { keys: Int32Array; targets: Int32Array; shift: number } => {
  const bits = Math.max(4, Math.ceil(Math.log2(children.length * 2)))
  const shift = 32 - bits
  const keys = new Int32Array(2 ** bits).fill(-1)
  const targets = new Int32Array(2 ** bits)
  children.forEach((level, state) => {
    for (const [symbol, next] of level) {
      const key = state * STEP + symbol
      let slot = Math.imul(key, 0x9e3779b1) >>> shift
      while (keys[slot] !== -1) slot = (slot + 1) & (keys.length - 1)
      keys[slot] = key
      targets[slot] = next
    }
  })
  return { keys, targets, shift }
}

/** An automaton of the words; of two equal words the later number is found. Empty words are never found. */
export const automatonOf = (words: readonly string[]): Automaton => {
  const trie = grow(words)
  const { fail, ends } = links(trie)
  const { keys, targets, shift } = steps(trie)
  const numbers = Int32Array.from(trie.words)
  const { symbols } = trie
  const mask = keys.length - 1
  const step = (state: number, symbol: number): number => {
    const key = state * STEP + symbol
    let slot = Math.imul(key, 0x9e3779b1) >>> shift
    for (;;) {
      const there = keys[slot] as number
      if (there === key) return targets[slot] as number
      if (there === -1) return -1
      slot = (slot + 1) & mask
    }
  }
  return {
    scan: (text, found) => {
      let state = 0
      for (let at = 0; at < text.length; at += 1) {
        const symbol = symbols[text.charCodeAt(at)] as number
        if (symbol === 0) {
          state = 0
          continue
        }
        let next = step(state, symbol)
        while (next < 0 && state !== 0) {
          state = fail[state] as number
          next = step(state, symbol)
        }
        state = next < 0 ? 0 : next
        for (let end = ends[state] as number; end > 0; end = ends[fail[end] as number] as number)
          found(numbers[end] as number, at + 1)
      }
    },
  }
}
