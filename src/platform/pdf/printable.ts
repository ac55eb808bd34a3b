import { hasGlyph } from './fonts.ts'

// Control characters except tab and line feed, and characters that show nothing: they could hide or turn text round on paper.
const UNSEEN = /[^\P{Cc}\t\n]|\p{Default_Ignorable_Code_Point}/gu

const isPlain = (text: string): boolean => /^[\n -~]*$/.test(text)

/** The characters of a text that the font cannot draw, each once, in order of appearance; for instance 𠮷. */
export const charactersWithoutGlyph = (text: string): string[] => {
  if (isPlain(text)) return []
  const visible = text.toWellFormed().replaceAll('\r\n', '\n').replace(UNSEEN, '')
  return [...new Set(visible)].filter((character) => !isDrawable(character))
}

const isDrawable = (character: string): boolean =>
  character === '\n' || character === '\t' || hasGlyph(character.codePointAt(0) ?? 0)

/** `〔U+20BB7〕` */
const codePointMark = (character: string): string =>
  `〔U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`

/**
 * A text as it can be printed: an empty box in a name would be lost unnoticed, so a character without a glyph is
 * named by its code point, `〔U+20BB7〕田`. Unseen control characters are left out; line breaks stay.
 */
export const printableText = (text: string): string => {
  if (isPlain(text)) return text
  const visible = text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNSEEN, '')
  let printed = ''
  for (const character of visible) printed += isDrawable(character) ? character : codePointMark(character)
  return printed
}

/** A copy of JSON-like data with every text, keys left as they are, made printable. */
export const printableData = (data: unknown): unknown => {
  if (typeof data === 'string') return printableText(data)
  if (Array.isArray(data)) return data.map(printableData)
  if (data !== null && typeof data === 'object')
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, printableData(value)]))
  return data
}
