import type { Refusal } from '../../../kernel/result.ts'
import type { CorrespondenceCode } from '../contract.ts'
import type { FileRead, ReadFile } from '../files/read-file.ts'

/** Limits of the rulebook: bytes of one file, bytes of all files of a message, pixels of a picture. */
export type FileLimits = { readonly fileBytes: number; readonly filesBytes: number; readonly picturePixels: number }

/** A file as it was sent and what reading it came to; `at` counts from one, as people do. */
export type SentFile = { readonly at: number; readonly sentBytes: number; readonly read: FileRead }

// Bytes and pixels are said in thousands and millions; both are units, not policy.
const KILOBYTE = 1_000
// See above.
const MEGAPIXEL = 1_000_000

const faultOf = ({ at, sentBytes, read }: SentFile, limits: FileLimits): Refusal<CorrespondenceCode> | null => {
  const field = `attachments.${at - 1}`
  if (sentBytes > limits.fileBytes)
    return { code: 'correspondence.file-too-large', detail: { at, kilobytes: limits.fileBytes / KILOBYTE }, field }
  if (typeof read === 'string') return { code: `correspondence.${read}`, detail: { at }, field }
  if ((read.width ?? 0) * (read.height ?? 0) > limits.picturePixels)
    return { code: 'correspondence.picture-too-large', detail: { at, megapixels: limits.picturePixels / MEGAPIXEL }, field }
  return null
}

/** Every reason why the files of a message are not taken; empty when all are. What was sent counts, not what is kept of it. */
export const faultsOfFiles = (files: readonly SentFile[], limits: FileLimits): Refusal<CorrespondenceCode>[] => {
  const faults = files.flatMap((file) => faultOf(file, limits) ?? [])
  const together = files.reduce((sum, { sentBytes }) => sum + sentBytes, 0)
  if (faults.length === 0 && together > limits.filesBytes)
    return [{ code: 'correspondence.files-too-large', detail: { kilobytes: limits.filesBytes / KILOBYTE }, field: 'attachments' }]
  return faults
}

/** The files that were read, once none has a fault. */
export const readFiles = (files: readonly SentFile[]): ReadFile[] =>
  files.flatMap(({ read }) => (typeof read === 'string' ? [] : [read]))
