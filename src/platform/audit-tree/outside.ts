import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { instant } from '../../kernel/clock.ts'
import { asSystem } from '../database/as-system.ts'
import type { Database } from '../database/pool.ts'
import { latestHead, type Head } from './store.ts'

// Heads that have left the database: a cut tail, or a tree that was made anew, is found only against them.

const FILE = 'audit-heads.jsonl'
const line = z.object({ size: z.number().int().positive(), root: z.hex(), at: z.string(), key: z.string(), signature: z.hex() })

/** One line for a head: what a copy elsewhere needs to be checked against. */
export const headLine = (head: Head): string =>
  JSON.stringify({
    size: head.size,
    root: head.root.toString('hex'),
    at: head.at,
    key: head.signedBy,
    signature: head.signature.toString('hex'),
  })

/** Heads out of a file of lines. @throws Error naming the line that is none. */
export const readHeads = async (file: string): Promise<Head[]> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap((one, at) => {
    if (one.trim() === '') return []
    const read = line.safeParse(safeJson(one))
    if (!read.success) throw new Error(`Line ${at + 1} of ${FILE} is no head`)
    const { size, root, at: when, key, signature } = read.data
    return [{ size, root: Buffer.from(root, 'hex'), at: instant(when), signedBy: key, signature: Buffer.from(signature, 'hex') }]
  })
}

const safeJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The file of a folder that heads are handed to. */
export const headsFile = (folder: string): string => join(folder, FILE)

/** Adds the newest head to the file of a folder, unless it stands there already; answers whether it did. */
export const handOutHead = async (database: Database, folder: string): Promise<boolean> => {
  await mkdir(folder, { recursive: true })
  const newest = await latestHead(asSystem(database))
  const last = (await readHeads(headsFile(folder))).at(-1)
  if (!newest || (last && last.size >= newest.size)) return false
  await appendFile(headsFile(folder), `${headLine(newest)}\n`)
  return true
}
