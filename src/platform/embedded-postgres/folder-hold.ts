import { chownSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EmbeddedRefusal } from './refusal.ts'

export type FolderHold = {
  /** Lets another process have the folder; repeating it does nothing. */
  readonly release: () => void
}

const SQLITE_BUSY = 5

/**
 * Holds a folder for this process alone. The hold is the operating system's lock on a file (taken through SQLite, which
 * does it on every platform), so it ends with the process however that ends, and a leftover file is no hold.
 * @throws EmbeddedRefusal `folder-held` with the other process's id, `folder-unusable` when the file cannot be opened.
 */
export const holdFolder = (folder: string): FolderHold => {
  const lockFile = join(folder, 'instance.lock')
  const holderFile = join(folder, 'instance.pid')
  const lock = openLocked(folder, lockFile, holderFile)
  writeFileSync(holderFile, String(process.pid))
  giveToFolderOwner(folder, [lockFile, holderFile])
  let held = true
  return {
    release: () => {
      if (!held) return
      held = false
      rmSync(holderFile, { force: true })
      lock.close()
    },
  }
}

const openLocked = (folder: string, lockFile: string, holderFile: string): DatabaseSync => {
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(lockFile, { timeout: 0 })
    lock.exec('pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive')
    return lock
  } catch (error) {
    lock?.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) throw new EmbeddedRefusal('folder-held', holderOf(holderFile))
    throw new EmbeddedRefusal('folder-unusable', `${folder} (${(error as Error).message})`)
  }
}

const holderOf = (holderFile: string): string => {
  try {
    return readFileSync(holderFile, 'utf8').trim() || '?'
  } catch {
    return '?'
  }
}

// A start as root must not leave files that the folder's owner cannot open at the next start.
const giveToFolderOwner = (folder: string, files: readonly string[]): void => {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(folder)
  for (const file of files) chownSync(file, uid, gid)
}
