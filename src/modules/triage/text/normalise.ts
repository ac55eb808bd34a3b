import { automatonOf } from './automaton.ts'
import { SIMPLIFIED, TRADITIONAL } from './characters.ts'

const simplified = new Uint16Array(65_536)
for (let at = 0; at < simplified.length; at += 1) simplified[at] = at
for (let at = 0; at < TRADITIONAL.length; at += 1) simplified[TRADITIONAL.charCodeAt(at)] = SIMPLIFIED.charCodeAt(at)

/** A spelling that people use by mistake or by dialect, and the usual one. */
export type Spelling = { readonly wrong: string; readonly right: string }

/** Full width to half width, capitals to small letters, traditional characters to simplified ones. */
export const plainForm = (text: string): string => {
  const folded = text.normalize('NFKC').toLowerCase()
  let plain = ''
  let from = 0
  for (let at = 0; at < folded.length; at += 1) {
    const code = folded.charCodeAt(at)
    const other = simplified[code] as number
    if (other === code) continue
    plain += folded.slice(from, at) + String.fromCharCode(other)
    from = at + 1
  }
  return from === 0 ? folded : plain + folded.slice(from)
}

/** The plain form with the known misspellings put right; of two that overlap, the longer one that begins first. */
export const normaliser = (spellings: readonly Spelling[]): ((text: string) => string) => {
  const wrongs = spellings.map(({ wrong }) => plainForm(wrong))
  const rights = spellings.map(({ right }) => plainForm(right))
  const { scan } = automatonOf(wrongs)
  return (text) => {
    const plain = plainForm(text)
    const found: { from: number; until: number; word: number }[] = []
    scan(plain, (word, until) => found.push({ from: until - (wrongs[word] as string).length, until, word }))
    if (found.length === 0) return plain
    found.sort((one, other) => one.from - other.from || other.until - one.until)
    let put = ''
    let done = 0
    for (const { from, until, word } of found) {
      if (from < done) continue
      put += plain.slice(done, from) + (rights[word] as string)
      done = until
    }
    return put + plain.slice(done)
  }
}

/** Whether a character ends a clause: a negation does not reach over it. */
export const endsClause = (code: number): boolean => CLAUSE_ENDS.has(code)
const CLAUSE_ENDS = new Set(Array.from(',。;!?、\n\r.:~…', (one) => one.charCodeAt(0)))
