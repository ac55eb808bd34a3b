/**
 * The service worker that lets a desk open without a network: it keeps the page and its files, never an answer of the
 * API. Files under /assets/ never change under one name, so the kept copy is right; the page is asked for first.
 */
/** The part of a service worker's world that is used here; the page's own types have another `self`. */
type KeepsFiles = {
  addEventListener(name: 'install', heard: (event: { waitUntil: (work: Promise<unknown>) => void }) => void): void
  addEventListener(
    name: 'fetch',
    heard: (event: { request: Request; respondWith: (answer: Promise<Response>) => void }) => void,
  ): void
}

const keep = 'jieli-shell-1'
const worker = globalThis as unknown as KeepsFiles

const isAsset = (address: URL): boolean => address.pathname.startsWith('/assets/') && !address.pathname.endsWith('.ttf')

const fromKeep = async (request: Request): Promise<Response> => {
  const kept = await caches.match(request)
  if (kept !== undefined) return kept
  const response = await fetch(request)
  if (response.ok) await (await caches.open(keep)).put(request, response.clone())
  return response
}

/** The page for any address of the shell; the newest when the network answers, else the kept one. */
const pageFirst = async (request: Request): Promise<Response> => {
  const cache = await caches.open(keep)
  try {
    const response = await fetch(request)
    if (response.ok) await cache.put('/', response.clone())
    return response
  } catch (thrown) {
    const kept = await cache.match('/')
    if (kept === undefined) throw thrown
    return kept
  }
}

worker.addEventListener('install', (event) => event.waitUntil(caches.open(keep).then((cache) => cache.add('/'))))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== location.origin) return
  if (isAsset(address)) event.respondWith(fromKeep(request))
  else if (request.mode === 'navigate' && !address.pathname.startsWith('/api/')) event.respondWith(pageFirst(request))
})
