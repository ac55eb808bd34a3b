import { createHash } from 'node:crypto'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Chrome 109 is the last one that runs on the Windows 7 machines still found in village clinics. */
const oldestBrowser = 'chrome109'

const apiAddress = process.env['JIELI_API'] ?? 'http://127.0.0.1:8080'
// The folder web/api has the same name in development: its modules end in .ts or .tsx and are not the server's.
const proxy = { '^/api/(?!.*\\.tsx?(\\?|$))': apiAddress, '/healthz': apiAddress }

/** The page that opens without a network; all that it may ask for is kept beforehand. */
const offlineDesk = /desks\/village\/index\.tsx$/

/**
 * Writes into the service worker which files the offline desk needs, and one hash over them: a changed file makes another
 * worker, so that the browser fetches the new version whole before anybody works with it.
 */
const offlineFiles = (): Plugin => ({
  name: 'jieli-offline-files',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const needed = new Set<string>()
    const need = (file: string): void => {
      const part = bundle[file]
      if (part === undefined || needed.has(file)) return
      needed.add(file)
      if (part.type !== 'chunk') return
      for (const other of [...part.imports, ...(part.viteMetadata?.importedCss ?? [])]) need(other)
      // What the offline desk opens later, the panels of a case for instance, is needed too.
      if (!part.isEntry) for (const other of part.dynamicImports) need(other)
    }
    for (const part of Object.values(bundle)) {
      if (part.type !== 'chunk' || part.name === 'offline-shell') continue
      if (part.isEntry || part.moduleIds.some((id) => offlineDesk.test(id))) need(part.fileName)
    }
    const paths = ['/', '/baton.svg', '/manifest.webmanifest', ...[...needed].toSorted().map((file) => `/${file}`)]
    const page = bundle['index.html']
    const version = createHash('sha256')
      .update(paths.join('\n'))
      .update(page?.type === 'asset' ? String(page.source) : '')
    const shell = bundle['offline-shell.js']
    if (shell?.type !== 'chunk') throw new Error('The build has no service worker')
    const filled = shell.code.replace('__OFFLINE_VERSION__', version.digest('hex').slice(0, 16))
    shell.code = filled.replace(/["'`]__OFFLINE_FILES__["'`]/, JSON.stringify(JSON.stringify(paths)))
    if (/__OFFLINE_(VERSION|FILES)__/.test(shell.code)) throw new Error('The service worker was not told its files')
  },
})

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), offlineFiles()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: oldestBrowser,
    cssTarget: oldestBrowser,
    assetsInlineLimit: 2048,
    rolldownOptions: {
      input: { index: `${import.meta.dirname}/index.html`, 'offline-shell': `${import.meta.dirname}/offline-shell.ts` },
      output: {
        // A service worker must stand at the root under a name that never changes.
        entryFileNames: (chunk) => (chunk.name === 'offline-shell' ? 'offline-shell.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: { proxy },
  // The preview serves the pages alone; Vite would otherwise take the proxy above.
  preview: { proxy: {} },
})
