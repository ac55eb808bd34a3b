import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

/**
 * Keeps compiled code in the data folder, so that the next start, after a kill for instance, needs half the time. Called
 * before anything else is imported; without a data folder in the environment, or where it cannot be written, nothing is kept.
 */
export const keepCompiledCode = (dataFolder: string | undefined): void => {
  if (dataFolder) enableCompileCache(join(dataFolder, 'compiled'))
}

/** Writes down what was compiled so far: a process that is killed would leave nothing. */
export const saveCompiledCode = (): void => flushCompileCache()
