import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { createGunzip } from 'node:zlib'
import type { LineRefusal } from './line-refusals.ts'

/** A file of a load; `name` is what reports call it, `bytes` its size on the disk. */
export type SourceFile = {
  readonly path: string
  readonly name: string
  readonly bytes: number
  readonly kind: 'lines' | 'whole' | 'unknown'
}

/** One line of a file, counted from 1, or the whole of a file that is one JSON text. */
export type Line = { readonly file: string; readonly line: number } & (
  | { readonly text: string }
  | { readonly refusal: LineRefusal }
)

const LINE_MEGABYTES_MOST = 256
const NEWLINE = 10

const kindOf = (name: string): SourceFile['kind'] => {
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(name)) return 'lines'
  return /\.json(\.gz)?$/i.test(name) ? 'whole' : 'unknown'
}

/** The files of a load in a steady order; in a folder, files of other kinds are passed over. */
export const sourceFiles = async (path: string): Promise<SourceFile[]> => {
  const found = await stat(path)
  const paths = found.isDirectory()
    ? (await readdir(path, { recursive: true }))
        .filter((name) => kindOf(name) !== 'unknown')
        .toSorted()
        .map((name) => join(path, name))
    : [path]
  const files = paths.map(async (one): Promise<SourceFile> => {
    const { size } = await stat(one)
    return { path: one, name: found.isDirectory() ? relative(path, one) : one, bytes: size, kind: kindOf(one) }
  })
  return Promise.all(files)
}

/** The lines of a file as they are read; `onBytes` hears how many bytes of the file each piece took. Empty lines are no lines, but they count. */
export async function* readLines(file: SourceFile, onBytes: (bytes: number) => void): AsyncGenerator<Line> {
  let line = 0
  if (file.kind === 'unknown') return yield { file: file.name, line: 1, refusal: { code: 'file-kind-unknown' } }
  try {
    for await (const bytes of file.kind === 'whole' ? wholeOf(file, onBytes) : linesOf(file, onBytes)) {
      line += 1
      const read = decoded(bytes)
      if (read !== null) yield { file: file.name, line, ...read }
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined) throw error
    yield { file: file.name, line: line + 1, refusal: { code: 'file-cut', detail: { why: code } } }
  }
}

const decoded = (bytes: Buffer | 'too-long'): { text: string } | { refusal: LineRefusal } | null => {
  if (bytes === 'too-long') return { refusal: { code: 'line-too-long', detail: { megabytes: LINE_MEGABYTES_MOST } } }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
    return text === '' ? null : { text }
  } catch {
    return { refusal: { code: 'not-utf8' } }
  }
}

const piecesOf = (file: SourceFile, onBytes: (bytes: number) => void): AsyncIterable<Buffer> => {
  const raw = createReadStream(file.path, { highWaterMark: 256 * 1024 })
  raw.on('data', (piece) => onBytes(piece.length))
  if (!/\.gz$/i.test(file.path)) return raw
  const plain = createGunzip()
  raw.on('error', (error) => plain.destroy(error))
  return raw.pipe(plain)
}

async function* wholeOf(file: SourceFile, onBytes: (bytes: number) => void): AsyncGenerator<Buffer | 'too-long'> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of piecesOf(file, onBytes)) {
    size += piece.length
    if (size > LINE_MEGABYTES_MOST * 2 ** 20) return yield 'too-long'
    pieces.push(piece)
  }
  yield Buffer.concat(pieces)
}

async function* linesOf(file: SourceFile, onBytes: (bytes: number) => void): AsyncGenerator<Buffer | 'too-long'> {
  let begun: Buffer[] = []
  let size = 0
  const take = (): Buffer | 'too-long' => {
    const line = size > LINE_MEGABYTES_MOST * 2 ** 20 ? 'too-long' : Buffer.concat(begun)
    begun = []
    size = 0
    return line
  }
  const keep = (part: Buffer): void => {
    size += part.length
    // What is too long is not gathered, only measured.
    if (size <= LINE_MEGABYTES_MOST * 2 ** 20) begun.push(part)
    else begun = []
  }
  for await (const piece of piecesOf(file, onBytes)) {
    let from = 0
    for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, from)) {
      keep(piece.subarray(from, at))
      yield take()
      from = at + 1
    }
    keep(piece.subarray(from))
  }
  if (size > 0) yield take()
}
