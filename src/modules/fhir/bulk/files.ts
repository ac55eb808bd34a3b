import type { House } from '../../../platform/house.ts'
import { newRequest, openFhirAct } from '../server/act.ts'
import type { FhirCaller } from '../server/caller.ts'
import type { BulkJob } from './job.ts'
import { DELETED, partText, type PartHead } from './store.ts'

/** A file of a job: resources of one type, or what was wrong. */
export type BulkFile = {
  readonly name: string
  readonly kind: 'output' | 'deleted' | 'error'
  readonly type: string
  readonly lines: number
  readonly bytes: number
  readonly parts: readonly PartHead[]
}

/** The files that parts make up, one of each type. */
export const filesOf = (heads: readonly PartHead[]): BulkFile[] => {
  const files = new Map<string, PartHead[]>()
  for (const head of heads) {
    if (head.kind === 'input') continue
    const name = head.kind === 'error' ? 'errors' : head.type
    files.set(name, [...(files.get(name) ?? []), head])
  }
  const sum = (parts: readonly PartHead[], of: 'lines' | 'bytes'): number => parts.reduce((all, part) => all + part[of], 0)
  return [...files].map(([name, parts]) => {
    const [first] = parts as [PartHead]
    return {
      name: `${name}.ndjson`,
      kind: first.kind === 'error' ? 'error' : first.type === DELETED ? 'deleted' : 'output',
      type: first.type === DELETED ? 'Bundle' : first.type,
      lines: sum(parts, 'lines'),
      bytes: sum(parts, 'bytes'),
      parts,
    }
  })
}

/** What a status request is answered by when a job is done: the manifest of the Bulk Data guide. */
export const manifest = (job: BulkJob, files: readonly BulkFile[], base: string): string => {
  const shown = (kind: BulkFile['kind']): object[] =>
    files
      .filter((file) => file.kind === kind)
      .map(({ name, type, lines }) => ({ type, url: `${base}/$bulk/${job.id}/${name}`, count: lines }))
  return JSON.stringify({
    transactionTime: job.askedAt,
    request: job.request,
    requiresAccessToken: true,
    output: shown('output'),
    deleted: shown('deleted'),
    error: shown('error'),
    ...(job.kind === 'import' && { extension: { lines: job.total, taken: job.done, faults: job.faults } }),
  })
}

/** The bytes of a file from one place to another, part by part, so that no file stands in memory as a whole. */
export async function* bytesOf(
  house: House,
  caller: FhirCaller,
  job: BulkJob,
  file: BulkFile,
  from: number,
  to: number,
): AsyncGenerator<Buffer> {
  let at = 0
  for (const head of file.parts) {
    const [start, end] = [at, at + head.bytes]
    at = end
    if (end <= from) continue
    if (start > to) return
    const text = await openFhirAct(house, { caller, request: newRequest() }, [], (open) =>
      partText(open.tx, job, open.act.cipher, head.nr),
    )
    if (text === null) throw new Error('a part of the file is gone')
    yield Buffer.from(text).subarray(Math.max(0, from - start), to - start + 1)
  }
}
