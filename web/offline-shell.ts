/**
 * The service worker that lets a desk open without a network: it keeps one whole version of the page and of the offline
 * desk's files, never an answer of the API. A new version is fetched whole beside the old one and used when the person
 * says so, or when no page of the old one is open any more.
 */
/** The part of a service worker's world that is used here; the page's own types have another `self`. */
type Waits = { waitUntil: (work: Promise<unknown>) => void }
type KeepsFiles = {
  addEventListener(name: 'install' | 'activate', heard: (event: Waits) => void): void
  addEventListener(name: 'message', heard: (event: Waits & { data: unknown }) => void): void
  addEventListener(
    name: 'fetch',
    heard: (event: Waits & { request: Request; respondWith: (answer: Promise<Response>) => void }) => void,
  ): void
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
}

const worker = globalThis as unknown as KeepsFiles

/** Filled in when the pages are built. */
const version = '__OFFLINE_VERSION__'
const files = JSON.parse('__OFFLINE_FILES__') as string[]
const keepName = (of: string): string => `jieli-shell-${of}`
const keep = keepName(version)
/** Longer than a page takes on a bad line that works; a line that does not answer must not keep anybody waiting. */
const pageWaitMs = 4_000

/** What only the server can answer: its interface, and the ways of apps, whose answers lead the browser on to somewhere else. */
const isServers = ({ pathname }: URL): boolean => /^\/(api|oauth|fhir|hooks|cds-services)\//.test(pathname)

const isAsset = ({ pathname }: URL): boolean =>
  files.includes(pathname) || (pathname.startsWith('/assets/') && !pathname.endsWith('.ttf'))

/** The page as it was built, without what a proxy or a cookie may have added. */
const fetchWhole = async (): Promise<void> => {
  const cache = await caches.open(keep)
  const missing = await Promise.all(files.map(async (path) => ((await cache.match(path)) === undefined ? path : null)))
  // One by one, so that a line that breaks keeps what came before and the next try goes on from there.
  for (const path of missing.filter((one) => one !== null)) {
    const response = await fetch(path, { cache: path.startsWith('/assets/') ? 'default' : 'reload', credentials: 'omit' })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    await cache.put(path, response)
  }
}

const forgetOthers = async (): Promise<void> => {
  for (const name of await caches.keys()) if (name.startsWith(keepName('')) && name !== keep) await caches.delete(name)
}

const fromKeep = async (request: Request): Promise<Response> => {
  const kept = await (await caches.open(keep)).match(request)
  if (kept !== undefined) return kept
  const response = await fetch(request)
  // Files of other desks, once loaded, open again without a network as long as this version lasts.
  if (response.ok) await (await caches.open(keep)).put(request, response.clone())
  return response
}

/** The page for any address of the shell: the server's when it answers soon, else the kept one. */
const pageFirst = async (request: Request): Promise<Response> => {
  const kept = await (await caches.open(keep)).match('/')
  if (kept === undefined) return fetch(request)
  const fresh = fetch(request)
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), pageWaitMs))
  return Promise.race([fresh.then((response) => (response.ok ? response : kept)), late]).catch(() => kept)
}

worker.addEventListener('install', (event) => event.waitUntil(fetchWhole()))
worker.addEventListener('activate', (event) => event.waitUntil(forgetOthers().then(() => worker.clients.claim())))
worker.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(worker.skipWaiting())
})
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== location.origin || isServers(address)) return
  if (isAsset(address) && request.mode !== 'navigate') event.respondWith(fromKeep(request))
  else if (request.mode === 'navigate') event.respondWith(pageFirst(request))
})
