import { create } from 'qrcode'

// At 18 mm a code of version 10 has modules of 0.27 mm, about the finest that a worn desk scanner still reads.
const VERSION_MAX = 10
// Four modules of white around the code, which the standard asks for (ISO/IEC 18004, quiet zone).
const QUIET_MODULES = 4

/**
 * A QR code as an SVG of one path, error correction M, with its quiet zone.
 * @throws RangeError when the text is too long to be scanned from a printed slip (over 213 bytes).
 */
export const qrSvg = (text: string): string => {
  const { modules, version } = create([{ data: Buffer.from(text, 'utf8'), mode: 'byte' }], { errorCorrectionLevel: 'M' })
  if (version > VERSION_MAX) throw new RangeError('The text is too long for a QR code on a slip: 213 bytes at most')
  const side = modules.size + QUIET_MODULES * 2
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      const isStart = modules.get(row, column) === 1 && (column === 0 || modules.get(row, column - 1) !== 1)
      if (!isStart) continue
      let end = column
      while (end < modules.size && modules.get(row, end) === 1) end++
      path += `M${column + QUIET_MODULES} ${row + QUIET_MODULES}h${end - column}v1h${column - end}z`
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path d="${path}" fill="#000"/></svg>`
}
