import { pairKey, type Terms } from '../terms.ts'
import { isDenied, isFeared, isLongPast } from './negation.ts'
import { endsClause } from './normalise.ts'

/** A term that a text says: where, whether it is denied or long past, and whether a longer word holds it. */
export type Found = {
  readonly term: number
  readonly from: number
  readonly until: number
  readonly denied: boolean
  readonly past: boolean
  readonly inside: boolean
}

/** The two halves of a pair stand at most this far from each other, in characters. */
const GAP_MOST = 6

type Hit = { readonly word: number; readonly from: number; readonly until: number }

const hitsIn = ({ automaton, words }: Terms, text: string): Hit[] => {
  const hits: Hit[] = []
  automaton.scan(text, (word, until) => hits.push({ word, from: until - (words[word] as string).length, until }))
  // Where they begin; of those that begin together the longest first.
  return hits.sort((one, other) => one.from - other.from || other.until - one.until)
}

const isJoined = (text: string, from: number, until: number): boolean => {
  for (let at = from; at < until; at += 1) {
    const code = text.charCodeAt(at)
    if (endsClause(code) || code === 0x3001) return false
  }
  return true
}

/** A span that a term holds; `tested` is where a denial is looked for: the second half of a pair. */
type Span = {
  readonly term: number
  readonly from: number
  readonly until: number
  readonly tested: number
  readonly inside: boolean
}

const pairsIn = ({ halves, pairs }: Terms, text: string, hits: readonly Hit[], put: (span: Span) => void): void => {
  for (let at = 0; at < hits.length; at += 1) {
    const first = hits[at] as Hit
    const firstHalves = halves[first.word] as readonly number[]
    if (firstHalves.length === 0) continue
    for (let next = at + 1; next < hits.length; next += 1) {
      const second = hits[next] as Hit
      if (second.from > first.until + GAP_MOST) break
      if (second.from < first.until) continue
      for (const one of firstHalves)
        for (const other of halves[second.word] as readonly number[]) {
          const terms = pairs.get(pairKey(one, other))
          if (!terms || !isJoined(text, first.until, second.from)) continue
          for (const term of terms) put({ term, from: first.from, until: second.until, tested: second.from, inside: false })
        }
    }
  }
}

/** A disease that is feared is not there; a trouble that is feared mostly is. */
const isNamed = ({ terms }: Terms, term: number): boolean => {
  const kind = terms[term]?.kind
  return kind === 'disease' || kind === 'condition' || kind === 'name'
}

/** Every term that the text says, once each: the first that counts, else the first. The text is in its normal form. */
export const findTerms = (known: Terms, text: string): Found[] => {
  const hits = hitsIn(known, text)
  const spans: Span[] = []
  let reach = 0
  for (const { word, from, until } of hits) {
    const terms = known.said[word] as readonly number[]
    if (terms.length === 0) continue
    for (const term of terms) spans.push({ term, from, until, tested: from, inside: until <= reach })
    if (until > reach) reach = until
  }
  pairsIn(known, text, hits, (span) => spans.push(span))
  spans.sort((one, other) => one.tested - other.tested)
  const found = new Map<number, Found>()
  let deniedUntil = -1
  for (const { term, from, until, tested, inside } of spans) {
    const before = found.get(term)
    if (before && !before.denied && !before.past && !before.inside) continue
    const denied = isDenied(text, tested, until, deniedUntil)
    if (denied) deniedUntil = Math.max(deniedUntil, until)
    if (before && denied) continue
    found.set(term, {
      term,
      from,
      until,
      denied,
      past: !denied && (isLongPast(text, from, until) || (isNamed(known, term) && isFeared(text, from))),
      inside,
    })
  }
  return [...found.values()]
}
