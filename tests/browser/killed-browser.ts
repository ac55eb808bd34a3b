import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import chromiumFiles from '@sparticuz/chromium'
import { chromium, type Browser, type Page } from 'playwright-core'
import { PATIENCE_MS } from '../harness/patience.ts'

/** A device: a browser profile on disk whose browser is started, closed or killed. */
export type Device = {
  readonly folder: string
  /** Starts the browser on the profile; a phone's page. */
  readonly start: () => Promise<Page>
  /** Ends it as a person does; what it holds back is written. */
  readonly close: () => Promise<void>
  /** Ends it as an empty battery does: SIGKILL to all of its processes. */
  readonly kill: () => Promise<void>
  readonly remove: () => Promise<void>
}

const size = { width: 360, height: 740 }

/** A browser profile of its own. */
export const newDevice = async (): Promise<Device> => {
  const folder = await mkdtemp(join(tmpdir(), 'jieli-device-'))
  let running: { child: ChildProcess; browser: Browser } | null = null
  const kill = async (): Promise<void> => {
    if (running === null) return
    const { child } = running
    running = null
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
    // Its own group: renderer, network service and all.
    process.kill(-(child.pid as number), 'SIGKILL')
    await ended
  }
  return {
    folder,
    start: async () => {
      // A killed browser leaves its lock behind.
      for (const file of await readdir(folder)) if (file.startsWith('Singleton')) await rm(join(folder, file))
      const child = spawn(await chromiumFiles.executablePath(), argsFor(folder), {
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      const browser = await chromium.connectOverCDP(await addressOf(child))
      running = { child, browser }
      const [context] = browser.contexts()
      if (context === undefined) throw new Error('The browser has no context')
      const page = context.pages()[0] ?? (await context.newPage())
      page.setDefaultTimeout(PATIENCE_MS)
      await page.setViewportSize(size)
      return page
    },
    close: async () => {
      if (running === null) return
      const { child, browser } = running
      const ended = once(child, 'exit')
      const session = await browser.newBrowserCDPSession()
      await session.send('Browser.close').catch(() => undefined)
      await ended
      running = null
    },
    kill,
    remove: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const argsFor = (folder: string): string[] => [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--no-default-browser-check', '--mute-audio',
  '--remote-debugging-port=0', `--user-data-dir=${folder}`, '--lang=zh-CN', 'about:blank',
] // prettier-ignore

const addressOf = async (child: ChildProcess): Promise<string> => {
  if (child.stderr === null) throw new Error('The browser has no stderr')
  for await (const line of createInterface({ input: child.stderr })) {
    const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (found !== undefined) {
      child.stderr.resume()
      return found
    }
  }
  throw new Error('The browser said no address')
}

/** Whether any file of a profile holds a text readably, in the ways a browser writes texts. */
export const filesHolding = async (folder: string, text: string): Promise<string[]> => {
  const shapes = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const holding: string[] = []
  for (const { parentPath, name } of files) {
    const bytes = await readFile(join(parentPath, name)).catch(() => Buffer.alloc(0))
    if (shapes.some((shape) => bytes.includes(shape))) holding.push(join(parentPath, name).slice(folder.length))
  }
  return holding
}

/** A line to the server that can be cut and mended; the address stays. */
export type CutLine = {
  readonly address: string
  readonly cut: () => void
  readonly mend: () => void
  readonly close: () => Promise<void>
}

export const cutLine = async (target: string): Promise<CutLine> => {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((client) => {
    if (isCut) return void client.destroy()
    const upstream = connect(Number(port), hostname)
    const end = () => [client, upstream].forEach((socket) => socket.destroy())
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', end).on('close', () => (open.delete(socket), end()))
    }
    client.pipe(upstream)
    upstream.pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const drop = () => open.forEach((socket) => socket.destroy())
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      drop()
    },
    mend: () => (isCut = false),
    close: async () => {
      drop()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
