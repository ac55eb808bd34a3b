import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Chrome 109 is the last one that runs on the Windows 7 machines still found in village clinics. */
const oldestBrowser = 'chrome109'

const apiAddress = process.env['JIELI_API'] ?? 'http://127.0.0.1:8080'
// The folder web/api has the same name in development: its modules end in .ts or .tsx and are not the server's.
const proxy = { '^/api/(?!.*\\.tsx?(\\?|$))': apiAddress, '/healthz': apiAddress }

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
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
