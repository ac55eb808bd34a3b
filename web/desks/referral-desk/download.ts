/** How long a file's address stays readable, ms: a slow disk may still read it. */
const keptMs = 60_000

/** Hands a file to the browser's own saving. */
export const download = (parts: BlobPart[], fileName: string, type: string): void => {
  const address = URL.createObjectURL(new Blob(parts, { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), keptMs)
}
