import { fetchQuery } from '../../api/client.ts'

/** The bytes of a text in base64. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** How long an opened document stays in memory, ms: a slow printer window may still read it. */
const keptMs = 120_000

/**
 * Opens a slip as PDF in a window of its own, ready to print.
 * @throws ApiError when the server refuses or does not answer.
 */
export const printSlip = async (referral: string, kind: 'referral' | 'return' | 'receipt' | 'consent'): Promise<void> => {
  const { fileName, pdf } = await fetchQuery('referral.slip', { referral, kind })
  const address = URL.createObjectURL(new File([bytesOf(pdf)], fileName, { type: 'application/pdf' }))
  const link = document.createElement('a')
  link.href = address
  link.target = '_blank'
  link.rel = 'noopener'
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), keptMs)
}
