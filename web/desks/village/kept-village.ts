import type { QueryClient } from '@tanstack/react-query'
import type { Queries, QueryName } from '../../api/api-types.ts'
import { fetchQuery } from '../../api/client.ts'
import type { Keeper } from '../../api/keeper.tsx'
import { askAndKeep, followed } from '../../api/use-api.ts'
import type { ShownPerson } from './people.ts'
import { keepCatalogue } from './remembered.ts'

type Page = Queries['residents.of-village']['answer']
export type KeptPerson = Page['persons'][number]
/** The institution's residents as this device has them, in the order of their numbers. */
export type KeptVillage = { asOf: string; digest: string; persons: KeptPerson[] }

const keptUnder = 'residents.of-village'
const pageRows = 200
const shownMost = 30
/** Overlap of two askings, because a write that began earlier may end later. */
const overlapMs = 60_000
const freshMs = 10 * 60_000
/** More open cases and persons in today's work than one doctor has. */
const [casesMost, personsMost] = [60, 60] as const

/** The residents kept on this device; null before the first fetch. */
export const keptVillage = (keeper: Keeper | null): KeptVillage | null =>
  (keeper?.find(keptUnder)?.value as KeptVillage | undefined) ?? null

const pages = async (since: string | undefined): Promise<{ first: Page; persons: KeptPerson[] }> => {
  const asked = { limit: pageRows, ...(since === undefined ? {} : { since }) }
  const first = await fetchQuery('residents.of-village', asked)
  const persons = [...first.persons]
  for (let { next } = first; next !== null;) {
    const page = await fetchQuery('residents.of-village', { ...asked, after: next })
    persons.push(...page.persons)
    next = page.next
  }
  return { first, persons }
}

const byNumber = (one: KeptPerson, other: KeptPerson): number => one.id.length - other.id.length || (one.id < other.id ? -1 : 1)

/** One digest over all versions; equal to the server's when both lists are. */
export const digestOf = async (persons: readonly KeptPerson[]): Promise<string> => {
  const text = persons.map(({ id, version }) => `${id}:${version}`).join(',')
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Fetches what changed since the last time; where both sides then differ, fetches all anew. */
export const fetchVillage = async (keeper: Keeper): Promise<KeptVillage> => {
  const before = keptVillage(keeper)
  const since = before === null ? undefined : new Date(Date.parse(before.asOf) - overlapMs).toISOString()
  const { first, persons } = await pages(since)
  const merged = new Map([...(before?.persons ?? []), ...persons].map((person) => [person.id, person]))
  const list = [...merged.values()].toSorted(byNumber)
  const agrees = (await digestOf(list)) === first.digest
  const whole = agrees ? list : (await pages(undefined)).persons.toSorted(byNumber)
  const village = { asOf: first.asOf, digest: first.digest, persons: whole }
  keeper.keep(keptUnder, village)
  return village
}

/** Residents on this device by name, initials, pinyin, or the last four of number or phone; all of them for an empty text. */
export const findKept = (village: KeptVillage | null, text: string): ShownPerson[] => {
  const plain = text.normalize('NFKC').trim()
  const latin = plain.toLowerCase().replaceAll(' ', '')
  const fits = ({ name, initials, pinyin, idNumber, phone }: KeptPerson): boolean =>
    plain === '' ||
    name.zh.includes(plain) ||
    (latin !== '' && (initials.startsWith(latin) || pinyin.startsWith(latin))) ||
    (/^\d{3}[\dX]$/i.test(plain) && ((idNumber ?? '').endsWith(plain.toUpperCase()) || (phone ?? '').endsWith(plain)))
  return (village?.persons ?? []).filter(fits).slice(0, shownMost)
}

/** The whole catalogue in one answer, so that any condition is found without a network. */
export const catalogue = { text: '', limit: 2_000 } as const

const work = { side: 'sender', state: 'mine-to-act', limit: 100 } as const

/**
 * Brings what this device keeps up to date: residents, catalogue, vouchers, today's work, and the records of those in it.
 * Each answer is kept as it comes, so a cut line keeps what came before.
 */
export const fetchAll = async (memory: QueryClient, keeper: Keeper, isFamilyDoctor: boolean): Promise<void> => {
  const ask = <N extends QueryName>(name: N, params: Queries[N]['input']) =>
    memory.fetchQuery({
      queryKey: [name, params],
      queryFn: ({ signal }) => askAndKeep(memory, keeper, name, params, signal),
      meta: followed(name),
      staleTime: freshMs,
      retry: false,
    }) as Promise<Queries[N]['answer']>
  await fetchVillage(keeper)
  keepCatalogue((await ask('navigation.conditions', catalogue)).conditions)
  await ask('booking.vouchers-mine', {})
  const lists = [
    await ask('referral.worklist', work),
    await ask('referral.worklist', { ...work, side: 'care-team' }),
    await ask('referral.worklist', { side: 'sender', state: 'open', limit: 40 }),
  ]
  if (isFamilyDoctor) lists.push(await ask('referral.worklist', { side: 'care-team', state: 'open', limit: 40 }))
  await ask('referral.tasks', { which: 'open', limit: 100 })
  const rows = [...new Map(lists.flatMap((list) => list.rows).map((row) => [row.id, row])).values()].slice(0, casesMost)
  for (const { id } of rows) await ask('referral.get', { referral: id })
  const own = new Set(keptVillage(keeper)?.persons.map(({ id }) => id))
  const persons = [...new Set(rows.map(({ person }) => person.id))].filter((id) => own.has(id)).slice(0, personsMost)
  for (const person of persons) {
    await ask('health-record.summary', { person })
    await ask('referral.criteria', { person })
  }
}
