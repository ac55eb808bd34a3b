import { create } from 'qrcode'

/** The white rim that scanners need around the code, in modules (ISO/IEC 18004). */
const rim = 4

/** A QR code of a short text, black on white in every theme, because scanners expect that. `label` says what it holds. */
export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  const squares = Array.from({ length: size * size }, (_, at) => at).filter((at) => modules.data[at] === 1)
  const path = squares.map((at) => `M${(at % size) + rim} ${Math.floor(at / size) + rim}h1v1h-1z`).join('')
  const side = size + 2 * rim
  return (
    <svg className="qr-code" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
