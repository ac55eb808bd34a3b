/** Must be the same name as in `offline-shell.ts`. */
const keep = 'jieli-shell-1'

const loadedAssets = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/') && !pathname.endsWith('.ttf'))
    .map(({ pathname }) => pathname)

/**
 * Starts the service worker and keeps what this page has loaded so far, so that already the second opening works
 * without a network. Browsers allow it only over HTTPS or on this machine; elsewhere nothing happens.
 */
export const keepForOffline = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/offline-shell.js')
  await navigator.serviceWorker.ready
  const cache = await caches.open(keep)
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
  await cache.addAll(loadedAssets().filter((path) => !kept.has(path)))
}
