/** How a text fits what was typed, the best first. */
export const FITS = ['whole', 'beginning', 'within', 'in-order'] as const
export type Fit = (typeof FITS)[number]

/** Many short texts, each of a numbered row, that are looked through by the rarest piece of what was typed. */
export type Shelf = {
  /**
   * Rows by fit, at most `limit` of each, in the order in which the texts were given. `others` must stand in the text too.
   * A text fits in order when it has all the characters with others between them; only Chinese texts are asked that.
   */
  readonly find: (typed: string, others: readonly string[], limit: number) => Record<Fit, number[]>
}

export type Placed = { readonly row: number; readonly text: string }

/** Stands before the first character of every text. */
const BEGIN = 10
/** A text of fewer characters would be found in order nearly everywhere. */
const IN_ORDER_LEAST = 3
const UNIT = 65_536

/** Chinese is looked up by single characters (`size` 1), letters by pairs (`size` 2), one of them the beginning of the text. */
export const shelfOf = (placed: readonly Placed[], size: 1 | 2): Shelf => {
  const texts = placed.map(({ text }) => text)
  const gathered = new Map<number, number[]>()
  for (const [at, text] of texts.entries())
    for (let place = 0; place < text.length; place++) {
      const piece = pieceAt(text, place, size)
      const list = gathered.get(piece)
      if (!list) gathered.set(piece, [at])
      else if (list.at(-1) !== at) list.push(at)
    }
  const postings = new Map([...gathered].map(([piece, list]) => [piece, Uint32Array.from(list)]))
  const rows = Uint32Array.from(placed, ({ row }) => row)
  return {
    find: (typed, others, limit) => {
      const found: Record<Fit, number[]> = { whole: [], beginning: [], within: [], 'in-order': [] }
      for (const at of rarest(postings, wantedPieces(typed, size))) {
        const fit = fitOf(texts[at] as string, typed, others, size === 1)
        const row = rows[at] as number
        if (fit && found[fit].length < limit && found[fit].at(-1) !== row) found[fit].push(row)
      }
      return found
    },
  }
}

/** The character at a place as a number, for pairs together with the one before it. */
const pieceAt = (text: string, place: number, size: 1 | 2): number => {
  const here = text.charCodeAt(place)
  return size === 1 ? here : (place === 0 ? BEGIN : text.charCodeAt(place - 1)) * UNIT + here
}

/** A single letter is looked for at the beginning of texts alone. */
const wantedPieces = (typed: string, size: 1 | 2): number[] => {
  const from = size === 2 && typed.length > 1 ? 1 : 0
  return Array.from({ length: typed.length - from }, (_, at) => pieceAt(typed, at + from, size))
}

const NONE = new Uint32Array(0)
const rarest = (postings: ReadonlyMap<number, Uint32Array>, pieces: readonly number[]): Uint32Array => {
  let least: Uint32Array | null = null
  for (const piece of pieces) {
    const list = postings.get(piece) ?? NONE
    if (!least || list.length < least.length) least = list
  }
  return least ?? NONE
}

const fitOf = (text: string, typed: string, others: readonly string[], isChinese: boolean): Fit | null => {
  const at = text.indexOf(typed)
  if (at >= 0 && others.every((word) => text.includes(word))) {
    if (at > 0 || others.length > 0) return 'within'
    return text.length === typed.length ? 'whole' : 'beginning'
  }
  return isChinese && typed.length >= IN_ORDER_LEAST && others.length === 0 && isInOrder(text, typed) ? 'in-order' : null
}

const isInOrder = (text: string, typed: string): boolean => {
  let from = 0
  for (const sign of typed) {
    const at = text.indexOf(sign, from)
    if (at < 0) return false
    from = at + sign.length
  }
  return true
}
