/** A file that is ready to be sent. */
export type ReadyFile = { name: string; mediaType: 'image/jpeg' | 'image/png' | 'application/pdf'; base64: string; bytes: number }

/** Longest side in pixels and quality, from good to just readable: the first at which everything fits is taken. */
export const steps = [
  { side: 1600, quality: 0.82 },
  { side: 1600, quality: 0.68 },
  { side: 1280, quality: 0.65 },
  { side: 1024, quality: 0.6 },
  { side: 800, quality: 0.55 },
] as const

/** The server's limits on one file and on all files of a message, bytes. */
export const fileBytesMost = 700_000
export const filesBytesMost = 720_000

/** What the device cannot send, and why. */
export class NotSendable extends Error {
  readonly why: 'kind' | 'unreadable' | 'large'
  constructor(why: 'kind' | 'unreadable' | 'large') {
    super(why)
    this.why = why
  }
}

/** Width and height of a picture shrunk so that its longest side has at most so many pixels; small ones stay. */
export const shrunkSize = (width: number, height: number, side: number): { width: number; height: number } => {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

const base64Of = async (blob: Blob): Promise<string> => {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}

/** Draws a picture anew as JPEG: smaller, upright, and without the place where it was taken. */
const redrawn = async (file: File, { side, quality }: (typeof steps)[number]): Promise<Blob> => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new NotSendable('unreadable')
  })
  const { width, height } = shrunkSize(picture.width, picture.height, side)
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d')
  if (pen === null) throw new NotSendable('unreadable')
  // What was transparent becomes paper, not black.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, height)
  pen.drawImage(picture, 0, 0, width, height)
  picture.close()
  const blob = await new Promise<Blob | null>((drawn) => canvas.toBlob(drawn, 'image/jpeg', quality))
  if (blob === null) throw new NotSendable('unreadable')
  return blob
}

const isPicture = (file: File): boolean => file.type.startsWith('image/') && file.type !== 'image/svg+xml'

const prepared = async (
  file: File,
  step: (typeof steps)[number],
): Promise<{ name: string; mediaType: ReadyFile['mediaType']; blob: Blob }> => {
  if (file.type === 'application/pdf') return { name: file.name, mediaType: 'application/pdf', blob: file }
  if (!isPicture(file)) throw new NotSendable('kind')
  return { name: file.name.replace(/\.[^.]*$/, '').concat('.jpg'), mediaType: 'image/jpeg', blob: await redrawn(file, step) }
}

/**
 * Makes files ready to be sent together: pictures are drawn anew on this device, as small as needed and no smaller.
 * @throws NotSendable for what is no picture and no PDF, cannot be read, or does not fit even at the smallest.
 */
export const readyFiles = async (files: readonly File[]): Promise<ReadyFile[]> => {
  for (const step of steps) {
    const all = await Promise.all(files.map((file) => prepared(file, step)))
    const together = all.reduce((sum, { blob }) => sum + blob.size, 0)
    if (together > filesBytesMost || all.some(({ blob }) => blob.size > fileBytesMost)) continue
    return Promise.all(
      all.map(async ({ name, mediaType, blob }) => ({
        name: name.slice(-120),
        mediaType,
        bytes: blob.size,
        base64: await base64Of(blob),
      })),
    )
  }
  throw new NotSendable('large')
}
