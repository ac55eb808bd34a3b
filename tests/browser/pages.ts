import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview } from 'vite'

const configFile = join(import.meta.dirname, '../../web/vite.config.ts')

/**
 * Builds the web pages into a folder of their own and serves them without an API, as a clinic sees them when the
 * server is down. For pages that need no answers, such as the gallery.
 */
export const servePages = async (): Promise<{ address: string; close: () => Promise<void> }> => {
  const outDir = await mkdtemp(join(tmpdir(), 'jieli-web-'))
  await build({ configFile, logLevel: 'error', build: { outDir } })
  const server = await preview({
    configFile,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  })
  const address = server.resolvedUrls?.local[0]
  if (address === undefined) throw new Error('The preview server gave no address')
  return {
    address: address.replace(/\/$/, ''),
    close: async () => {
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
