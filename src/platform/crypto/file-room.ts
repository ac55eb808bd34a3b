import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { roomOf, type KeyRoom, type Roots } from './key-room.ts'
import { SUITE_NAMES, type SuiteName } from './suite.ts'
import { suiteOf } from './suites.ts'

const MASTER_FILE = 'master.key'
const RING_FILE = 'keys.json'

const ringOf = z.strictObject({
  /** By which algorithms texts are indexed, from the region's first day on. */
  index: z.enum(SUITE_NAMES),
  /** Generations after the first, their roots sealed by the master key. */
  generations: z.array(z.strictObject({ id: z.int().min(1), suite: z.enum(SUITE_NAMES), root: z.base64() })),
})
type Ring = z.output<typeof ringOf>
const FIRST_RING: Ring = { index: 'international', generations: [] }

type Settings = { readonly masterKey: string | null; readonly dataFolder: string; readonly cryptoSuite: SuiteName }

const unlessThere = (error: NodeJS.ErrnoException): false => {
  if (error.code !== 'EEXIST') throw error
  return false
}

/** The master key from the settings, or the one in the data folder, made once and readable by its owner only. */
const masterKeyOf = async ({ masterKey, dataFolder, cryptoSuite }: Settings): Promise<Buffer> => {
  if (masterKey) return Buffer.from(masterKey, 'hex')
  const file = join(dataFolder, MASTER_FILE)
  await mkdir(dataFolder, { recursive: true })
  const isNew = await writeFile(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 }).then(() => true, unlessThere)
  // A region that begins with national algorithms also indexes by them; later its indexes would no longer be found.
  if (isNew && cryptoSuite !== FIRST_RING.index)
    await writeFile(join(dataFolder, RING_FILE), JSON.stringify({ ...FIRST_RING, index: cryptoSuite }), {
      flag: 'wx',
      mode: 0o600,
    }).catch(unlessThere)
  return Buffer.from((await readFile(file, 'utf8')).trim(), 'hex')
}

const readRing = (dataFolder: string): Ring => {
  try {
    return ringOf.parse(JSON.parse(readFileSync(join(dataFolder, RING_FILE), 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return FIRST_RING
    throw new Error(`The file ${RING_FILE} of the data folder cannot be read: without it nothing that it wrapped opens again`, {
      cause: error,
    })
  }
}

const sealingKey = (master: Buffer, suite: SuiteName): Buffer =>
  suiteOf(suite).derive(master, 'jieli ring', suiteOf(suite).keyBytes)
const boundTo = (id: number): Buffer => Buffer.from(`generation ${id}`)

const rootsOf = (master: Buffer, { generations }: Ring): Roots =>
  new Map([
    [0, master] as const,
    ...generations.map(
      ({ id, suite, root }) =>
        [id, suiteOf(suite).open(sealingKey(master, suite), Buffer.from(root, 'base64'), boundTo(id))] as const,
    ),
  ])

/**
 * The key room of this machine: the master key, and beside it the file of later generations, sealed by it.
 * @throws Error when that file is there and cannot be read.
 */
export const openKeyRoom = async (settings: Settings): Promise<KeyRoom> => {
  const master = await masterKeyOf(settings)
  const ring = readRing(settings.dataFolder)
  return roomOf({
    suite: settings.cryptoSuite,
    roots: rootsOf(master, ring),
    index: { suite: ring.index, generation: 0 },
    reload: () => rootsOf(master, readRing(settings.dataFolder)),
  })
}

/** Begins a new generation of keys; what is new is wrapped by it, what is old stays readable. Answers its number. */
export const rotateKeys = async (settings: Settings): Promise<number> => {
  const master = await masterKeyOf(settings)
  const ring = readRing(settings.dataFolder)
  const id = Math.max(0, ...ring.generations.map((one) => one.id)) + 1
  const suite = settings.cryptoSuite
  const root = suiteOf(suite).seal(sealingKey(master, suite), randomBytes(32), boundTo(id)).toString('base64')
  const file = join(settings.dataFolder, RING_FILE)
  const text = JSON.stringify({ ...ring, generations: [...ring.generations, { id, suite, root }] }, null, 2)
  // Written whole beside the old one first: a cut-off write must never cost the keys.
  await writeFile(`${file}.next`, text, { mode: 0o600, flush: true })
  await rename(`${file}.next`, file)
  return id
}
