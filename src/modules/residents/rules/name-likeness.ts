/** A name as it is compared: the writing, its syllables without tones, and the writing in Latin letters where there is one. */
export type ComparedName = { readonly zh: string; readonly syllables: readonly string[]; readonly en: string | null }

/**
 * How two names stand to each other, from best to worst. `variant`: other characters for the same ones (traditional, older forms), or the
 * parts of a Latin name in another order. `homophone`: other characters, same sound. `sounds-alike`: same but for what many
 * dialects do not tell apart. `one-apart`: one character or letter differs. `part`: a short or pet form of the other.
 */
export const NAME_LIKENESSES = ['same', 'variant', 'homophone', 'sounds-alike', 'one-apart', 'part', 'different'] as const
export type NameLikeness = (typeof NAME_LIKENESSES)[number]

/** The writing without spaces, dots and width; Latin letters small. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s·•.・,'’-]/g, '')

/** Latin words of a name, small, in the order of the alphabet: family and given names change places from paper to paper. */
export const latinWords = (name: string): string[] =>
  (
    name
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  ).toSorted()

/** A syllable as many dialects say it: zh, ch, sh as z, c, s; n as l; h before u as f; -ng as -n. */
export const dialectSyllable = (syllable: string): string =>
  syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/^hu(?=[aoei])/, 'f')
    .replace(/^r/, 'l')
    .replace(/ng$/, 'n')

const PET_PREFIX = /^[小阿老]/

/** How alike two names are; `simplify` turns each character into the one form that its variants share. */
export const nameLikeness = (one: ComparedName, other: ComparedName, simplify: (text: string) => string): NameLikeness => {
  const [a, b] = [plainName(one.zh), plainName(other.zh)]
  if (a === b) return 'same'
  const [plainA, plainB] = [simplify(a), simplify(b)]
  if (plainA === plainB) return 'variant'
  const latin = latinLikeness(one, other)
  if (latin) return latin
  const [soundA, soundB] = [one.syllables.join(''), other.syllables.join('')]
  if (soundA === soundB) return 'homophone'
  if (one.syllables.map(dialectSyllable).join('') === other.syllables.map(dialectSyllable).join('')) return 'sounds-alike'
  if (isPetForm(plainA, plainB) || isPetForm(plainB, plainA)) return 'part'
  return isOneApart([...plainA], [...plainB]) ? 'one-apart' : 'different'
}

/** Two names of which both are written in Latin letters somewhere; null when that says nothing. */
const latinLikeness = (one: ComparedName, other: ComparedName): NameLikeness | null => {
  const [a, b] = [latinOf(one), latinOf(other)]
  if (!a || !b) return null
  if (a.join(' ') === b.join(' ')) return 'variant'
  if (a.length !== b.length) {
    const [less, more] = a.length < b.length ? [a, b] : [b, a]
    return less.length > 1 && less.every((word) => more.includes(word)) ? 'part' : null
  }
  const apart = a.filter((word) => !b.includes(word))
  const apartToo = b.filter((word) => !a.includes(word))
  return apart.length === 1 && isOneApart([...(apart[0] as string)], [...(apartToo[0] as string)]) ? 'one-apart' : null
}

const latinOf = ({ zh, en }: ComparedName): string[] | null => {
  const words = latinWords(/[a-z]/i.test(zh) ? zh : (en ?? ''))
  return words.length === 0 ? null : words
}

/** A short form of the whole name: the given name alone, or 小, 阿 or 老 before a part of it. */
const isPetForm = (short: string, whole: string): boolean => {
  const bare = short.replace(PET_PREFIX, '')
  return whole.length > 1 && bare.length > 0 && bare.length < whole.length && whole.endsWith(bare)
}

/** Whether one character put in, left out, changed, or two neighbours changed round makes one text the other. Names of one character never. */
export const isOneApart = (one: readonly string[], other: readonly string[]): boolean => {
  if (Math.max(one.length, other.length) < 2 || Math.abs(one.length - other.length) > 1) return false
  let from = 0
  while (from < one.length && one[from] === other[from]) from += 1
  const [restOne, restOther] = [one.slice(from), other.slice(from)]
  const same = (a: readonly string[], b: readonly string[]): boolean => a.join('') === b.join('')
  if (one.length !== other.length) return same(restOne.slice(1), restOther) || same(restOne, restOther.slice(1))
  if (same(restOne.slice(1), restOther.slice(1))) return true
  return restOne[0] === restOther[1] && restOne[1] === restOther[0] && same(restOne.slice(2), restOther.slice(2))
}
