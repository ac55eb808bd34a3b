import { instantAt, plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { institutionsOf } from '../organisations/index.ts'
import { relationsToRecord, standingTo, type Standing } from '../record-access/index.ts'
import { idsOf } from '../residents/index.ts'
import { seriesInput, timelineInput, type ShownTimelineEntry } from './contract.ts'
import { parseFhirJson } from './rules/exact-json.ts'
import type { Resource } from './rules/fhir-reading.ts'
import { summarise, VOID_STATES } from './rules/summarise.ts'
import { TIMELINE_KINDS, TIMELINE_TYPES, timelineEntry } from './rules/timeline-entry.ts'
import {
  bodiesOfCode,
  countsOfTypes,
  institutionsBehind,
  timelinePage,
  withheldOf,
  type TimelineAsked,
} from './timeline-store.ts'

const READERS = [
  'resident@self',
  'resident@representative',
  'village-doctor@care-team',
  'family-doctor@care-team',
  'referral-desk@anyone',
  'ward@anyone',
] as const

/** How the act stands to the person, and all ids of the record; null where the act has no lawful ground to open it. */
const opened = async (tx: Tx, id: string): Promise<(Standing & { ids: PersonId[] }) | null> => {
  const standing = await standingTo(tx, id)
  return standing?.opened ? { ...standing, ids: await idsOf(tx, standing.person.id) } : null
}

export const timeline = query({
  name: 'health-record.timeline',
  by: READERS,
  basis: '健康档案共享调阅;个人信息保护法 第四十五条;须有合法依据',
  does: {
    zh: '一位居民一生的记录按时间排列:就诊、诊断、检验、影像、用药、手术、接种、计划、文书;分页,可按类别、时间、机构筛选。',
    en: 'A person’s record by time: visits, problems, results, images, medicines, procedures, vaccines, plans, documents; paged, by kind, time and institution.',
  },
  input: timelineInput,
  read: async (tx, input, act) => {
    const found = await opened(tx, input.person)
    if (!found) return null
    const rows = await timelinePage(tx, askedOf(input, found.ids, act))
    const entries = rows.slice(0, input.limit).flatMap(({ body, custodian, id }) => {
      const entry = timelineEntry(parseFhirJson(body) as Resource, act.zone)
      return entry ? [{ ...entry, id, organization: custodian ?? entry.organization }] : []
    })
    const orgs = [
      ...new Set(
        entries.flatMap(({ organization }) => (organization && /^\d{1,18}$/.test(organization) ? [organization as OrgId] : [])),
      ),
    ]
    const sources = input.after === undefined ? await institutionsBehind(tx, found.ids) : []
    return {
      ...found,
      entries,
      last: rows.length > input.limit ? rows[input.limit - 1] : undefined,
      places: await institutionsOf(tx, [...new Set([...orgs, ...sources])]),
      sources: input.after === undefined ? sources : null,
      counts: input.after === undefined ? await countsOfTypes(tx, found.ids) : null,
      withheld: input.after === undefined ? await withheldOf(tx, found.ids) : 0,
    }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id }],
  answer: ({ entries, last, places, counts, withheld, sources }) => ({
    entries: entries
      .filter(({ status }) => !VOID_STATES.includes(status ?? ''))
      .map(({ organization, ...entry }): ShownTimelineEntry => {
        const place = places.find(({ id }) => id === organization)
        return {
          ...entry,
          values: [...entry.values],
          institution: place ? { id: place.id, zh: place.name.zh, en: place.name.en ?? null } : null,
        }
      }),
    next: last ? `${last.micros ?? 'never'}~${last.id}` : null,
    counts:
      counts &&
      Object.fromEntries(
        TIMELINE_KINDS.map((kind) => [
          kind,
          counts
            .filter(({ type }) => (TIMELINE_TYPES[kind] as readonly string[]).includes(type))
            .reduce((sum, { count }) => sum + count, 0),
        ]),
      ),
    withheld,
    institutions:
      sources &&
      places
        .filter(({ id }) => sources.includes(id))
        .map(({ id, name }) => ({ id: id as string, zh: name.zh, en: name.en ?? null })),
  }),
})

const askedOf = (
  input: {
    kind?: keyof typeof TIMELINE_TYPES | undefined
    from?: string | undefined
    until?: string | undefined
    institution?: string | undefined
    after?: string | undefined
    limit: number
  },
  persons: PersonId[],
  act: Act,
): TimelineAsked => {
  const [micros, id] = input.after?.split('~') ?? []
  return {
    persons,
    types: input.kind ? TIMELINE_TYPES[input.kind] : Object.values(TIMELINE_TYPES).flat(),
    from: input.from ? instantAt(input.from as Day, '00:00', act.zone) : null,
    until: input.until ? instantAt(plusDays(input.until as Day, 1), '00:00', act.zone) : null,
    org: (input.institution as OrgId | undefined) ?? null,
    after: id === undefined ? null : { micros: micros === 'never' ? null : (micros ?? null), id },
    limit: input.limit + 1,
  }
}

const POINTS_MOST = 500

export const series = query({
  name: 'health-record.series',
  by: READERS,
  basis: '健康档案共享调阅;个人信息保护法 第四十五条;须有合法依据',
  does: {
    zh: '一项检验或测量的历次数值,供画趋势图。',
    en: 'All values of one test or measurement, for drawing its trend.',
  },
  input: seriesInput,
  read: async (tx, input) => {
    const found = await opened(tx, input.person)
    return found && { ...found, bodies: await bodiesOfCode(tx, found.ids, input.code, POINTS_MOST) }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id }],
  answer: ({ bodies }, { code }, act) => ({
    series: summarise(
      bodies.map((body) => JSON.parse(body)),
      act.zone,
    ).series.filter((one) => one.code === code || one.panel === code),
  }),
})
