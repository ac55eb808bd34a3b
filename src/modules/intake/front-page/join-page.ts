import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { dayOf, instantAt, plusDays } from '../../../kernel/day.ts'
import { instant, type Instant } from '../../../kernel/clock.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { bodiesOfSource } from '../../health-record/index.ts'
import { finalDiagnosisKey, idOf, refTo, visitSystem, type Draft, type Elements, type Origin } from '../draft.ts'
import { keyOfStay, staySystem } from './resources.ts'
import { hasMessageOfVisit, lockLonePages, pageOfVisit, type LonePage } from './store.ts'

/** A page that came before the messages of its stay, and the visit that they name it by. */
export type PageToJoin = LonePage & { readonly org: OrgId; readonly visit: string }

type KeptStay = Elements & {
  readonly id: string
  readonly diagnosis?: readonly { readonly condition?: { readonly reference?: string } }[]
}

/** The stay's Encounter as the page left it; null when the record does not hold it. */
const encounterOfPage = async (tx: Tx, page: LonePage, { org, person, source, zone }: Origin): Promise<KeptStay | null> => {
  const id = idOf({ source, person }, 'Encounter', keyOfStay(page))
  const bodies = await bodiesOfSource(tx, source, { person, type: 'Encounter', ...dayAround(page.admittedAt, zone) })
  const found = bodies.map(
    (body) => JSON.parse(body) as KeptStay & { identifier?: readonly { system?: string; value?: string }[] },
  )
  const number = `${page.recordNo}-${page.stayNo}`
  return (
    found.find((one) => one.id === id) ??
    found.find(({ identifier }) => identifier?.some(({ system, value }) => system === staySystem(org) && value === number)) ??
    null
  )
}

const dayAround = (at: Instant, zone: string): { from: Instant; until: Instant } => {
  const day = dayOf(at, zone)
  return { from: instantAt(day, '00:00', zone), until: instantAt(plusDays(day, 1), '00:00', zone) }
}

/** The inpatient stay that a message tells of and when it began; null for all other messages. */
const stayIn = (drafts: readonly Draft[]): { draft: Draft; start: Instant } | null => {
  const draft = drafts.find(({ type }) => type === 'Encounter')
  const {
    status,
    class: kind,
    period,
  } = (draft?.elements ?? {}) as {
    status?: string
    class?: { code?: string }
    period?: { start?: string }
  }
  const start = period?.start
  const isStay = draft && kind?.code === 'IMP' && status !== 'cancelled' && start !== undefined && start.includes('T')
  return isStay ? { draft, start: instant(start) } : null
}

/**
 * What a message adds, where the front page of its stay came first: the message names the visit of the page's Encounter instead of
 * beginning a second one, and a final diagnosis that the page holds is not told twice. The page is of the same person, institution and day of
 * admission, and the only such; two of them, or none, and the visit stands for itself.
 */
export const joinPage = async (
  tx: Tx,
  message: { readonly id: string; readonly visit: string | null },
  drafts: readonly Draft[],
  origin: Origin,
): Promise<{ drafts: readonly Draft[]; joins: PageToJoin | null }> => {
  const { visit } = message
  if (visit === null) return { drafts, joins: null }
  const known = await pageOfVisit(tx, origin.org, visit, origin.person)
  if (known) return { drafts: known.cameFirst ? await underPage(tx, drafts, known, visit, origin, null) : drafts, joins: null }
  const stay = stayIn(drafts)
  if (!stay || (await hasMessageOfVisit(tx, origin.org, visit, message.id))) return { drafts, joins: null }
  const [page, ...others] = await lockLonePages(tx, origin.org, origin.person as PersonId, dayAround(stay.start, origin.zone))
  if (!page || others.length > 0) return { drafts, joins: null }
  const kept = await encounterOfPage(tx, page, origin)
  if (!kept) return { drafts, joins: null }
  return { drafts: await underPage(tx, drafts, page, visit, origin, kept), joins: { ...page, org: origin.org, visit } }
}

/** The drafts of a visit as they stand under the Encounter of its page; `fresh` is that Encounter where the visit is named for the first time. */
const underPage = async (
  tx: Tx,
  drafts: readonly Draft[],
  page: LonePage,
  visit: string,
  origin: Origin,
  fresh: KeptStay | null,
): Promise<Draft[]> => {
  const kept = fresh ?? (await encounterOfPage(tx, page, origin))
  const key = keyOfStay(page)
  const [from, to] = [refTo(origin, 'Encounter', visit).reference, refTo(origin, 'Encounter', key)]
  const told = new Set(kept?.diagnosis?.map(({ condition }) => condition?.reference))
  const isTold = (draft: Draft): boolean => {
    const { coding } = (draft.elements['code'] ?? {}) as { coding?: readonly { code?: string }[] }
    return (coding ?? []).some(
      ({ code }) =>
        code !== undefined &&
        draft.key === finalDiagnosisKey(visit, code) &&
        [...told.keys()].some((_reference, at) => told.has(refTo(origin, 'Condition', `${key}|${at}|${code}`).reference)),
    )
  }
  return drafts.flatMap((draft): Draft[] => {
    if (draft.type === 'Encounter' && draft.key === visit) return fresh ? [joined(draft, fresh, key, visit, origin)] : []
    if (draft.type === 'Condition' && isTold(draft)) return []
    const { encounter } = draft.elements as { encounter?: { reference?: string } }
    return [encounter?.reference === from ? { ...draft, elements: { ...draft.elements, encounter: to } } : draft]
  })
}

/** Doctor, ward and reason come from the message; what the page says itself stands over them. */
const joined = ({ type, elements }: Draft, kept: KeptStay, key: string, visit: string, { org }: Origin): Draft => {
  const {
    id: _id,
    resourceType: _type,
    meta: _meta,
    identifier,
    ...ofPage
  } = kept as Elements & { identifier?: readonly object[] }
  return {
    type,
    key,
    elements: { ...elements, ...ofPage, identifier: [{ system: visitSystem(org), value: visit }, ...(identifier ?? [])] },
  }
}
