import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const folder = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))

/** The one family every document is set in: 30 890 characters, so that rare names (䶮 㼆 𫟼) print. */
export const fontFamily = 'Noto Sans SC'

/** Folders holding the regular and the bold cut, one file each. */
export const fontFolders = [join(folder, '400Regular'), join(folder, '700Bold')]

type Range = { first: number; last: number }

const CMAP_BY_SEGMENTED_COVERAGE = 12

/** Offset of the `cmap` table in a TrueType file. */
const cmapOffset = (font: DataView): number => {
  for (let entry = 12; entry < 12 + font.getUint16(4) * 16; entry += 16) {
    const isCmap = font.getUint32(entry) === 0x63_6d_61_70
    if (isCmap) return font.getUint32(entry + 8)
  }
  throw new Error('The font has no cmap table')
}

/** Code point ranges of the format 12 subtable, ascending, as the OpenType specification asks. */
const coveredRanges = (font: DataView): Range[] => {
  const cmap = cmapOffset(font)
  for (let record = 0; record < font.getUint16(cmap + 2); record++) {
    const table = cmap + font.getUint32(cmap + 4 + record * 8 + 4)
    if (font.getUint16(table) !== CMAP_BY_SEGMENTED_COVERAGE) continue
    return Array.from({ length: font.getUint32(table + 12) }, (_, group) => ({
      first: font.getUint32(table + 16 + group * 12),
      last: font.getUint32(table + 16 + group * 12 + 4),
    }))
  }
  throw new Error('The font has no cmap subtable of format 12')
}

let ranges: Range[] | undefined

const readRanges = (): Range[] => {
  const bytes = readFileSync(join(folder, '400Regular', 'NotoSansSC_400Regular.ttf'))
  return coveredRanges(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

/** Whether the font can draw a code point. The font file is read at the first question only. */
export const hasGlyph = (codePoint: number): boolean => {
  ranges ??= readRanges()
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle] as Range
    if (codePoint < range.first) high = middle - 1
    else if (codePoint > range.last) low = middle + 1
    else return true
  }
  return false
}
