import type { PersonId } from '../../../kernel/id.ts'
import type { Resource } from '../../health-record/index.ts'
import type { FhirAct } from '../server/act.ts'
import { isWithin, type FaceItem, type ServedFace } from '../server/face.ts'
import { inAll, type Links } from './chains.ts'
import type { Test } from './match.ts'
import type { Search } from './parse-search.ts'

export type FacePage = { readonly items: readonly FaceItem[]; readonly next: string | null }
type Parameters = Search['understood']

const CONTROLS = new Set(
  '_count _cursor _include _revinclude _summary _elements _total _format _pretty _sort _has _id'.split(' '),
)
const ID = '_id'

/** What a face itself is asked: neither how the page looks, nor what was followed to its links already. */
const ownParameters = ({ understood }: Search): Parameters =>
  understood.filter(([name]) => !name.includes('.') && !CONTROLS.has(name.split(':')[0] as string))

/** Persons in a lasting order. */
const inOrder = (persons: readonly PersonId[]): PersonId[] =>
  persons.toSorted((one, other) => one.length - other.length || (one < other ? -1 : 1))
const isBefore = (one: string, other: string): boolean =>
  one.length < other.length || (one.length === other.length && one < other)

/** A mark in a list that goes person by person: which of them, and where in what is theirs. */
const readMark = (mark: string | null): { person: string; within: string | null } | null => {
  const [, person, within] = /^(\d{1,18})!(.*)$/s.exec(mark ?? '') ?? []
  return person === undefined ? null : { person, within: within || null }
}

type Asked = { readonly open: FhirAct; readonly face: ServedFace; readonly fits: (item: FaceItem) => boolean }
type Page = { readonly count: number; readonly after: string | null }

const asked = async ({ open, face, fits }: Asked, parameters: Parameters, page: Page): Promise<FacePage> => {
  const { items, next } = await face.search(open, parameters, page)
  return { items: items.filter(fits), next }
}

const personByPerson = async (
  ask: Asked,
  parameters: Parameters,
  by: string,
  persons: readonly PersonId[],
  { count, after }: Page,
): Promise<FacePage> => {
  const start = readMark(after)
  const items: FaceItem[] = []
  const left = inOrder(persons).filter((person) => !start || !isBefore(person, start.person))
  for (const person of left) {
    if (items.length >= count) return { items, next: `${person}!` }
    const own = [...parameters, [by, `Patient/${person}`] as const]
    const within = start?.person === person ? start.within : null
    const page = await asked(ask, own, { count: count - items.length, after: within })
    items.push(...page.items)
    if (page.next !== null) return { items, next: `${person}!${page.next}` }
  }
  return { items, next: null }
}

/**
 * One page of a face under everything that a search asks, its links followed. What links to persons is asked for each of them,
 * so that a face which answers of one person at a time answers too.
 */
export const facePage = (
  open: FhirAct,
  face: ServedFace,
  search: Search,
  links: Links,
  { only, also, page }: { readonly only: PersonId | null; readonly also: readonly Test[]; readonly page: Page },
): Promise<FacePage> => {
  const tests = [...links.tests, ...also]
  const lists = links.persons.map(({ persons }) => persons)
  const persons = inAll(lists)
  const isMeant = (item: FaceItem): boolean =>
    isWithin(only, item) && (persons === null || (item.person !== null && persons.includes(item.person)))
  const passes = ({ text }: FaceItem): boolean => {
    if (tests.length === 0) return true
    const resource = JSON.parse(text) as Resource
    return tests.every((is) => is(resource))
  }
  const fits = (item: FaceItem): boolean => isMeant(item) && passes(item)
  const ids = inAll([
    ...links.ids,
    ...(search.ids ? [search.ids] : []),
    ...(search.type === 'Patient' && persons ? [persons as readonly string[]] : []),
  ])
  const ask = { open, face, fits }
  const own = ownParameters(search)
  if (ids !== null)
    return ids.length === 0 ? Promise.resolve({ items: [], next: null }) : asked(ask, [...own, [ID, ids.join(',')]], page)
  const by = links.persons.find((one) => one.by !== null)?.by
  if (by && persons) return personByPerson(ask, own, by, persons, page)
  return asked(ask, own, page)
}
