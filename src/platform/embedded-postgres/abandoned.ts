import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findBinaries } from './binaries.ts'
import { holdFolder } from './folder-hold.ts'
import { choosePlace } from './place.ts'
import { stopPrevious } from './previous-server.ts'
import { EmbeddedRefusal } from './refusal.ts'

/**
 * Removes a data folder that nobody holds, after stopping a server that was left running in it; for what a killed test
 * run leaves behind. A folder that somebody holds stays.
 */
export const removeAbandoned = async (dataFolder: string): Promise<void> => {
  const folder = join(dataFolder, 'postgres')
  if (existsSync(folder)) {
    try {
      const hold = holdFolder(folder)
      await stopPrevious(await choosePlace(folder, findBinaries(), () => {}))
      hold.release()
    } catch (error) {
      if (error instanceof EmbeddedRefusal) return
      throw error
    }
  }
  rmSync(dataFolder, { recursive: true, force: true })
}
