import { useSyncExternalStore } from 'react'

const askEveryMs = 60 * 60_000

let waiting: ServiceWorker | null = null
const watchers = new Set<() => void>()

const noteWaiting = (worker: ServiceWorker | null): void => {
  waiting = worker
  for (const changed of watchers) changed()
}

/** Notes a new version once it is fetched whole; the first one is nobody's news. */
const follow = (registration: ServiceWorkerRegistration): void => {
  if (registration.waiting !== null && navigator.serviceWorker.controller !== null) noteWaiting(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const { installing } = registration
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && navigator.serviceWorker.controller !== null) noteWaiting(installing)
    })
  })
}

/**
 * Starts the service worker, which keeps the offline desk's files, and asks each hour whether there is a new version.
 * Browsers allow it only over HTTPS or on this machine; elsewhere nothing happens.
 */
export const keepForOffline = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.register('/offline-shell.js', { updateViaCache: 'none' })
  follow(registration)
  // What this person works with must not be removed when the device runs full; a browser may say no.
  await navigator.storage?.persist?.()
  setInterval(() => void registration.update().catch(() => undefined), askEveryMs)
}

/** Takes the waiting version into use: the page loads anew once it stands. */
const take = (): void => {
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true })
  // A worker is no window and takes no target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  waiting?.postMessage('take-over')
}

const watch = (changed: () => void) => {
  watchers.add(changed)
  return () => void watchers.delete(changed)
}

/** Whether a new version is fetched and waits for the person's word. */
export const useNewVersion = (): { isWaiting: boolean; take: () => void } => ({
  isWaiting: useSyncExternalStore(watch, () => waiting !== null),
  take,
})
