import { spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, closeSync, rmSync, rmdirSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ending } from '../../../src/apps/ending.ts'

/** A file system of its own, in memory, that can be filled to the last byte and freed again. */
export type SmallDisk = { readonly folder: string; readonly fill: () => void; readonly free: () => void }

const MEGABYTES = 420
const PIECE = Buffer.alloc(1_048_576)

/** Whether this machine lets us mount one: Linux, as root, with the right to mount. */
export const maySmallDisk = (): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'jieli-campaign-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0
  if (mounted) spawnSync('umount', [folder])
  rmdirSync(folder)
  return mounted
}

export const openSmallDisk = (ending: Ending): SmallDisk => {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-campaign-disk-'))
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', folder])
  if (status !== 0) throw new Error(`No file system of its own could be mounted, which needs Linux and root: ${stderr}`)
  ending.onEnd(() => {
    spawnSync('umount', ['--lazy', folder])
    rmdirSync(folder)
  })
  const ballast = join(folder, 'ballast')
  return { folder, fill: () => fillWith(ballast), free: () => rmSync(ballast, { force: true }) }
}

const fillWith = (ballast: string): void => {
  const file = openSync(ballast, 'a')
  try {
    for (let piece = PIECE; piece.length > 0;) {
      try {
        writeSync(file, piece)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        piece = piece.subarray(0, piece.length >> 1)
      }
    }
  } finally {
    closeSync(file)
  }
}
