import { createContext, use, type ReactNode } from 'react'
import { readKept, removeKept, writeKept, type KeptRow } from './device-database.ts'
import { openValue, sealValue } from './sealing.ts'
import { deviceNow } from './server-clock.ts'
import type { Vault } from './vault.ts'

/** Something kept, and when: ms since 1970 by the device's clock. */
export type Kept = { at: number; value: unknown }

/** What a device keeps of the server's answers and of forms being filled in: read from memory, written sealed. */
export type Keeper = {
  find: (name: string) => Kept | null
  keep: (name: string, value: unknown) => void
  form: (name: string) => unknown
  /** Resolves when the form is safely on this device; null forgets it. */
  keepForm: (name: string, value: unknown) => Promise<void>
  /** Names of all kept answers, the latest first. */
  names: () => string[]
}

/** More than a village needs in a month; beyond it the oldest goes. */
const answersMost = 600

/** Queries whose answers a device may keep: about one's own residents and cases, and catalogues. */
const keptQueries: ReadonlySet<string> = new Set([
  'residents.get',
  'residents.of-village',
  'referral.worklist',
  'referral.tasks',
  'referral.get',
  'referral.trace',
  'referral.of-person',
  'referral.open-of',
  'referral.criteria',
  'health-record.summary',
  'navigation.conditions',
  'navigation.rank',
  'booking.free',
  'booking.vouchers-mine',
])

export const isKeptQuery = (name: string): boolean => keptQueries.has(name)

/** The name under which a query's answer is kept. */
export const answerName = (name: string, params: object): string =>
  `${name} ${JSON.stringify(Object.entries(params).toSorted(([one], [other]) => (one < other ? -1 : 1)))}`

/** Opens all that is kept for an account; what cannot be opened is dropped, it was only a copy. */
export const openKeeper = async (vault: Vault): Promise<Keeper> => {
  const { account, key } = vault
  const answers = new Map<string, Kept>()
  const forms = new Map<string, unknown>()
  const readRow = async ({ kind, name, at, sealed }: KeptRow) => {
    try {
      const value = await openValue(key, sealed)
      if (kind === 'answer') answers.set(name, { at, value })
      else forms.set(name, value)
    } catch {
      await removeKept({ account, kind, name })
    }
  }
  await Promise.all((await readKept(account)).map(readRow))
  const writeAnswer = async (name: string, at: number, value: unknown) =>
    writeKept({ account, kind: 'answer', name, at, sealed: await sealValue(key, value) })
  const dropOldest = () => {
    const oldest = [...answers].toSorted(([, one], [, other]) => one.at - other.at).slice(0, answers.size - answersMost)
    for (const [name] of oldest) {
      answers.delete(name)
      void removeKept({ account, kind: 'answer', name })
    }
  }
  return {
    find: (name) => answers.get(name) ?? null,
    keep: (name, value) => {
      const at = deviceNow()
      answers.set(name, { at, value })
      if (answers.size > answersMost) dropOldest()
      // A full device only loses the help for the next time without a network.
      void writeAnswer(name, at, value).catch(() => undefined)
    },
    form: (name) => forms.get(name) ?? null,
    keepForm: async (name, value) => {
      if (value === null) {
        forms.delete(name)
        await removeKept({ account, kind: 'form', name })
        return
      }
      forms.set(name, value)
      const sealed = await sealValue(key, value)
      // Typing is faster than sealing: only the latest is written.
      if (forms.get(name) === value) await writeKept({ account, kind: 'form', name, at: deviceNow(), sealed })
    },
    names: () => [...answers].toSorted(([, one], [, other]) => other.at - one.at).map(([name]) => name),
  }
}

const KeeperContext = createContext<Keeper | null>(null)

/** Lets the pages below keep what they asked for work without a network; null keeps nothing. */
export const KeeperProvider = ({ keeper, children }: { keeper: Keeper | null; children: ReactNode }) => (
  <KeeperContext value={keeper}>{children}</KeeperContext>
)

/** What this device keeps; null outside of a desk that works without a network. */
export const useKeeper = (): Keeper | null => use(KeeperContext)
