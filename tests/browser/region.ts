import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import type { CommandName, Commands, Queries, QueryName } from '../../web/api/api-types.ts'

const root = join(import.meta.dirname, '../..')
const password = 'jieli-demo'

/** A real server on a small synthetic region of its own, on a free port. */
export type TestRegion = { readonly address: string; readonly stop: () => Promise<void> }

/**
 * Starts the server as a person would, with 300 residents, and waits until it says that it is ready. One for each test file.
 * When it does not come up, the error carries what it printed.
 */
export const startRegion = async (): Promise<TestRegion> => {
  const folder = await mkdtemp(join(tmpdir(), 'jieli-region-'))
  const server = spawn(process.execPath, ['src/apps/start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      JIELI_DATA: folder,
      JIELI_DEMO: 'on',
      JIELI_DEMO_RESIDENTS: '300',
      JIELI_LOG: 'warn',
      DATABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { address: await readyAddress(server), stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

const readyAddress = (server: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const hear = (part: Buffer) => {
      said += part.toString()
      const address = /Jieli is ready: (http:\/\/\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${said}`)))
  })

/** Somebody signed in without a browser, to bring about what a test needs. Refusals throw with the server's answer. */
export type Colleague = {
  readonly institution: string
  readonly call: <N extends CommandName>(name: N, input: Commands[N]['input']) => Promise<Commands[N]['answer']>
  readonly ask: <N extends QueryName>(name: N, input: Queries[N]['input']) => Promise<Queries[N]['answer']>
}

/** Signs a demo account in over HTTP. */
export const colleague = async (address: string, account: string): Promise<Colleague> => {
  const signedIn = await fetch(`${address}/api/security.sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { actor } = (await signedIn.json()) as Commands['security.sign-in']['answer']
  const exchange = async (path: string, request: RequestInit): Promise<unknown> => {
    const response = await fetch(`${address}/api/${path}`, request)
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return JSON.parse(text)
  }
  return {
    institution: actor.institution?.id ?? '',
    call: async (name, input) =>
      (await exchange(name, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify(input),
      })) as Commands[typeof name]['answer'],
    ask: async (name, input) => {
      const search = new URLSearchParams(Object.entries(input as object).map(([key, value]) => [key, String(value)]))
      return (await exchange(`${name}?${search}`, { headers: { cookie } })) as Queries[typeof name]['answer']
    },
  }
}

/** Signs a demo account in on the sign-in page of a browser and waits for its desk. */
export const signInOn = async (page: Page, address: string, account: string): Promise<void> => {
  await page.goto(address)
  await page.locator('input[autocomplete=username]').fill(account)
  await page.locator('input[autocomplete=current-password]').fill(password)
  await page.locator('form [type=submit]').click()
  await page.locator('.desk, main h1').first().waitFor()
  await page.locator('input[autocomplete=current-password]').waitFor({ state: 'detached' })
}

/** How a page of a test looks to its reader. */
export type Look = { language?: 'zh' | 'en'; size?: 'standard' | 'large' | 'largest'; theme?: 'light' | 'dark' }

/** Sets language, size and theme for every page of a context, before it is first drawn. */
export const wear = async (context: BrowserContext, look: Look): Promise<void> => {
  const kept = JSON.stringify({ language: 'zh', size: 'standard', theme: 'light', ...look })
  await context.addInitScript((preferences) => localStorage.setItem('jieli-preferences', preferences), kept)
}
