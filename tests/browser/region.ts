import { Client } from 'pg'
import type { BrowserContext, Page } from 'playwright-core'
import { startServer } from '../../src/apps/server.ts'
import { buildWebOnce } from '../../src/apps/web-build.ts'
import type { Config } from '../../src/platform/config.ts'
import { openDatabase, type Database } from '../../src/platform/database/pool.ts'
import { shownCode } from '../harness/authenticator.ts'
import { regionDatabase } from '../harness/region.ts'
import type { CommandName, Commands, Queries, QueryName } from '../../web/api/api-types.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

const password = 'jieli-demo'
const MS_AN_HOUR = 3_600_000

/** A real server on a small synthetic region of its own, on a free port. */
export type TestRegion = {
  readonly address: string
  /** Moves the region's clock on. */
  readonly later: (hours: number) => Promise<void>
  /** Brings in what a test needs, beneath the server, by the house's own stores. */
  readonly fill: (work: (owner: Database) => Promise<unknown>) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts the real server on a clone of the demo region with 300 residents. One for each test file. `prepare` first changes it as its owner. */
export const startRegion = async (
  prepare?: (owner: Client) => Promise<unknown>,
  settings: Partial<Config> = {},
): Promise<TestRegion> => {
  const { config: usual, appUrl, ownerUrl, close } = await regionDatabase()
  const config = { ...usual, ...settings }
  const asOwner = async (work: (owner: Client) => Promise<unknown>): Promise<void> => {
    const owner = new Client({ connectionString: ownerUrl })
    await owner.connect()
    await work(owner).finally(() => owner.end())
  }
  if (prepare !== undefined) await asOwner(prepare)
  await buildWebOnce({ onNote: () => {} })
  const database = openDatabase(appUrl, { size: config.poolSize, statementTimeoutMs: PATIENCE_MS })
  const server = await startServer({ config, database, appUrl })
  return {
    address: server.address,
    later: (hours) =>
      asOwner((owner) => owner.query('update platform.clock set offset_ms = offset_ms + $1', [hours * MS_AN_HOUR])),
    fill: async (work) => {
      const owner = openDatabase(ownerUrl, { size: 1, statementTimeoutMs: PATIENCE_MS })
      await work(owner).finally(() => owner.close())
    },
    stop: async () => {
      await server.close()
      await database.close()
      await close()
    },
  }
}

/** Somebody signed in without a browser, to bring about what a test needs. Refusals throw with the server's answer. */
export type Colleague = {
  readonly institution: string
  readonly call: <N extends CommandName>(name: N, input: Commands[N]['input']) => Promise<Commands[N]['answer']>
  readonly ask: <N extends QueryName>(name: N, input: Queries[N]['input']) => Promise<Queries[N]['answer']>
}

const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? ''

/** Signs a demo account in over HTTP, with an authenticator of its own where its role needs one. */
export const colleague = async (address: string, account: string): Promise<Colleague> => {
  const signedIn = await fetch(`${address}/api/security.sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, password }),
  })
  let cookie = cookieOf(signedIn)
  const exchange = async (path: string, request: RequestInit): Promise<unknown> => {
    const response = await fetch(`${address}/api/${path}`, request)
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    cookie = cookieOf(response) || cookie
    return JSON.parse(text)
  }
  const step = (name: string, input: object) =>
    exchange(name, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(input) })
  let begun = (await signedIn.json()) as Commands['security.sign-in']['answer']
  if (begun.next === 'enrol') {
    const { secret } = (await step('security.begin-factor', {})) as { secret: string }
    begun = (await step('security.confirm-factor', { code: shownCode(secret) })) as typeof begun
  }
  const { actor } = begun
  if (actor === null) throw new Error(`${account} is not signed in: ${begun.next} is asked`)
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

/**
 * The village sends somebody with hypertension to the desk's hospital, by default with the unit of that place in the list of
 * free ones held there.
 */
export const referUp = async (
  { village, desk, person }: { village: Colleague; desk: Colleague; person: string },
  at: number,
  withUnit = true,
) => {
  const { slots } = await village.ask('booking.free', {
    org: desk.institution,
    specialty: '0304',
    channel: 'referral',
    limit: 40,
  })
  const slot = slots[at]
  return village.call('referral.send', {
    person,
    receiver: desk.institution,
    specialty: '0304',
    condition: { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)', en: 'Hypertension, not controlled' },
    letter: {
      impression: '高血压控制不佳',
      reason: '血压 168/102 mmHg，调整用药未见好转',
      pastHistory: '',
      treatment: '氨氯地平',
    },
    consent: { by: 'patient' },
    ...(withUnit && slot !== undefined ? { unit: { org: slot.org, pool: slot.pool } } : {}),
  })
}
