import { create } from 'qrcode'

/** A code as black runs `[column, row, length]` on a square of `side` modules; white border included. */
export type QrCode = { side: number; runs: [column: number, row: number, length: number][] }

// At 18 mm a code of version 10 has modules of 0.27 mm, about the finest that a worn desk scanner still reads.
const VERSION_MAX = 10
// Four modules of white around the code, which the standard asks for (ISO/IEC 18004, quiet zone).
const QUIET_MODULES = 4

/**
 * A QR code, error correction M. `qr-code` in `qr.typ` draws it in a document.
 * @throws RangeError when the text is too long to be scanned from a printed slip (over 213 bytes).
 */
export const qrCode = (text: string): QrCode => {
  const { modules, version } = create([{ data: Buffer.from(text, 'utf8'), mode: 'byte' }], { errorCorrectionLevel: 'M' })
  if (version > VERSION_MAX) throw new RangeError('The text is too long for a QR code on a slip: 213 bytes at most')
  const isBlack = (row: number, column: number) => column < modules.size && modules.get(row, column) === 1
  const runs: QrCode['runs'] = []
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      const start = column
      while (isBlack(row, column)) column++
      if (column > start) runs.push([start + QUIET_MODULES, row + QUIET_MODULES, column - start])
    }
  }
  return { side: modules.size + QUIET_MODULES * 2, runs }
}

/** The same code as the data of one SVG path, a unit per module. */
export const qrSvgPath = ({ runs }: QrCode): string =>
  runs.map(([column, row, length]) => `M${column} ${row}h${length}v1h${-length}z`).join('')
