import type { TestContext } from 'node:test'
import { api, formsByName, reactions, refusalTables } from '../../src/apps/api.ts'
import { instant, millisecondsBetween } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/id.ts'
import type { Result } from '../../src/kernel/result.ts'
import type { Actor } from '../../src/platform/access.ts'
import { takeAccessRules } from '../../src/modules/record-access/index.ts'
import { makeCipher } from '../../src/platform/cipher.ts'
import { databaseNow, openDatabase, sql, type Database } from '../../src/platform/database/pool.ts'
import { fireDueDeadlines } from '../../src/platform/deadlines.ts'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import { run } from '../../src/platform/forms/run.ts'
import type { House } from '../../src/platform/house.ts'
import { checkInput } from '../../src/platform/http/input.ts'
import { refusalTexts } from '../../src/platform/refusals.ts'
import { relayOutbox } from '../../src/platform/relay.ts'
import { loadRulebook } from '../../src/platform/rulebook.ts'
import { testDatabase } from './database.ts'
import { PATIENCE_MS } from './patience.ts'

export type TestHouse = {
  /** The house itself: it works as `jieli_app`, as a server does. */
  readonly house: House
  /** The tables as their owner sees them, for what a test puts in or looks up beside the house. */
  readonly database: Database
  readonly ownerUrl: string
  readonly appUrl: string
  /** Runs a form as an actor; the answer parsed, or every refusal. The input is checked as the API checks it. */
  readonly ask: (name: keyof typeof api, actor: Actor, input?: unknown, key?: string) => Promise<Result<any>> // oxlint-disable-line no-explicit-any
  /** The same, for what must be done: fails the test with the refusals otherwise. */
  readonly done: (name: keyof typeof api, actor: Actor, input?: unknown, key?: string) => Promise<any> // oxlint-disable-line no-explicit-any
  /** Moves the one clock on, then lets every due deadline fire and every event be relayed. */
  readonly later: (hours: number) => Promise<void>
  /** The same, until a given moment. */
  readonly until: (moment: string) => Promise<void>
  readonly settle: () => Promise<void>
}

/** A house on a database of its own: the real forms, rulebook, SQL; only the time is moved by hand. */
export const testHouse = async (t: Pick<TestContext, 'after'>): Promise<TestHouse> => {
  const { ownerUrl, appUrl, close } = await testDatabase()
  const database = openDatabase(ownerUrl, { size: 6, statementTimeoutMs: PATIENCE_MS })
  const ofTheApp = openDatabase(appUrl, { size: 6, statementTimeoutMs: PATIENCE_MS })
  t.after(async () => {
    await Promise.all([database.close(), ofTheApp.close()])
    await close()
  })
  const log: House['log'] = (level, event, values) => {
    if (level === 'error') console.error(event, values)
  }
  const house: House = {
    database: ofTheApp,
    rulebook: await loadRulebook(),
    cipher: makeCipher('0123456789abcdef'.repeat(4)),
    zone: 'Asia/Shanghai',
    forms: formsByName(),
    reactions,
    texts: refusalTexts(refusalTables),
    log,
    told: () => {},
  }
  await database.transaction((tx) => takeAccessRules(tx, house.rulebook, house.zone))
  const ask: TestHouse['ask'] = async (name, actor, input = {}, key = newId()) => {
    const form = api[name] as AnyForm
    const checked = checkInput(form.input, input)
    if (!checked.ok) throw new Error(`${name}: ${JSON.stringify(checked.fields)}`)
    const outcome = await run(house, form, checked.value, { actor, request: newId(), key })
    return outcome.ok ? { ok: true, value: JSON.parse(outcome.value.text) } : outcome
  }
  const settle = async (): Promise<void> => {
    while ((await fireDueDeadlines(house)).fired + (await relayOutbox(house)) > 0);
  }
  const later = async (hours: number): Promise<void> => {
    await database.run(sql`update platform.clock set offset_ms = offset_ms + ${Math.round(hours * 3_600_000)}`)
    await settle()
  }
  return {
    house,
    database,
    ownerUrl,
    appUrl,
    ask,
    settle,
    done: async (name, actor, input, key) => {
      const outcome = await ask(name, actor, input, key)
      if (!outcome.ok) throw new Error(`${name} was refused: ${JSON.stringify(outcome.refusals)}`)
      return outcome.value
    },
    later,
    until: async (moment) => later(millisecondsBetween(await databaseNow(database), instant(moment)) / 3_600_000),
  }
}
