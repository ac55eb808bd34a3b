import { pinyin } from 'pinyin-pro'

/** The syllables of a text without tones, lower case; Latin letters stay themselves. */
export const syllablesOf = (text: string, isName = false): string[] =>
  pinyin(text, { toneType: 'none', type: 'array', v: true, ...(isName ? { surname: 'head' as const } : {}) })
    .map((syllable) => syllable.trim().toLowerCase())
    .filter((syllable) => syllable !== '')

/** How a Chinese text is typed: whole pinyin without tones, and its initials, both lower case; Latin text stays itself. */
export const pinyinOf = (text: string, isName = false): { pinyin: string; initials: string } => {
  const syllables = syllablesOf(text, isName)
  return { pinyin: syllables.join(''), initials: syllables.map((syllable) => [...syllable][0]).join('') }
}
