import { z } from 'zod'
import { isDay, type Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { entriesOn, versionsOf, type Owned } from '../../platform/register-store.ts'
import { REGION } from '../../platform/register.ts'
import { findConsortium } from './consortium-store.ts'
import {
  BODIES,
  bodyWords,
  centreWords,
  KNOWN_TASKS,
  MANAGEMENT_CENTRES,
  progressWords,
  taskAreaWords,
  UNIFIED_AREAS,
  unifiedAreaWords,
} from './governance.ts'
import { countiesWithin, namesByIds } from './governance-store.ts'
import type { Consortium, Institution } from './organisations.ts'
import { isWithin } from './organisations.ts'
import { everyone } from './parties.ts'
import type { PolicyDocument } from './registers.ts'
import type {
  ConsortiumTask,
  GovernanceBody,
  GovernanceMeeting,
  ManagementCentreEntry,
  UnifiedManagement,
} from './registers-governance.ts'
import type { Dispatch, HelpPlan } from './registers-help.ts'
import { gapsOf, progressOn } from './rules/governance-gaps.ts'
import { countiesWithoutHelper } from './rules/help-gaps.ts'
import { institutionsOf } from './store.ts'

const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const id = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const division = z
  .string()
  .regex(
    /^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/,
    '应为区划代码的前 2、4、6、9 或 12 位|The first 2, 4, 6, 9 or 12 digits of a division code',
  )
const dayOf = (input: { day?: string | undefined }, act: Act): Day => (input.day as Day | undefined) ?? act.today

const MANAGERS = ['consortium-manager@anyone', 'health-bureau@anyone', 'administrator@anyone', 'insurer@anyone'] as const
const NAMES_MOST = 200
/** 43 is Hunan: the whole region. */
const REGION_PREFIX = '43'

export const names = query({
  name: 'organisations.names',
  by: everyone,
  basis: '一个区域就是一个医院矩阵',
  does: { zh: '按编号批量查机构名称。', en: 'Names of several institutions by id.' },
  input: z.strictObject({ ids: z.array(id).min(1).max(NAMES_MOST) }),
  read: (tx, input) => namesByIds(tx, input.ids as OrgId[]),
  answer: (found) => ({ institutions: found }),
})

const inForceOf = async <Body>(tx: Tx, kind: string, on: Day, orgs: readonly OrgId[] | 'all' = 'all'): Promise<Owned<Body>[]> =>
  (await entriesOn<Body>(tx, orgs, `organisations.${kind}`, on)).filter(({ state }) => state === 'in-force')

type Place = Pick<Institution, 'id' | 'name' | 'tier' | 'division'>
const placeOf = ({ id: of, name, tier, division: at }: Institution): Place => ({ id: of, name, tier, division: at })

export const pairedHelpTree = query({
  name: 'organisations.paired-help-tree',
  by: everyone,
  basis: '省带市、市带县、县带乡、乡带村',
  does: {
    zh: '某日谁帮谁:各级帮扶关系、目标进展、下派天数,以及没有帮扶的县区。',
    en: 'Who helps whom on a day: plans with their aims, days sent down, and the counties that nobody helps.',
  },
  input: z.strictObject({ division: division.default(REGION_PREFIX), day: day.optional() }),
  read: async (tx, input, act) => {
    const on = dayOf(input, act)
    const within = input.division.padEnd(12, '0')
    const plans = await inForceOf<HelpPlan>(tx, 'help-plan', on)
    const sent = await inForceOf<Dispatch>(tx, 'dispatch', on)
    const ids = [...plans.flatMap(({ body }) => [body.helper, body.helped]), ...sent.map(({ body }) => body.workplace)]
    const found = await institutionsOf(tx, [...new Set(ids)] as OrgId[])
    return {
      on,
      within,
      plans,
      sent,
      places: new Map(found.map((one) => [one.id as string, one])),
      counties: await countiesWithin(tx, within),
    }
  },
  answer: ({ on, within, plans, sent, places, counties }) => {
    const lies = (org: string): boolean => isWithin(places.get(org)?.division ?? '', within)
    const shown = plans.filter(({ body }) => lies(body.helped))
    const helped = plans.flatMap(({ body }) => places.get(body.helped) ?? [])
    const ids = new Set(shown.flatMap(({ body }) => [body.helper, body.helped]))
    return {
      day: on,
      places: [...ids].flatMap((of) => places.get(of) ?? []).map(placeOf),
      plans: shown.map(({ entry, from, until, body }) => ({ entry, from, until, ...body })),
      dispatches: daysByMode(sent.filter(({ body }) => lies(body.workplace)).map(({ body }) => body)),
      gaps: countiesWithoutHelper(counties, helped).map(({ code, zh }) => ({ code, zh })),
      counties: counties.length,
    }
  },
})

const daysByMode = (sent: readonly Dispatch[]) =>
  [...Map.groupBy(sent, ({ mode }) => mode)].map(([mode, list]) => ({
    mode,
    people: list.length,
    days: list.reduce((sum, one) => sum + one.daysServed, 0),
  }))

type Entries = {
  readonly on: Day
  readonly consortium: Consortium
  readonly unified: readonly Owned<UnifiedManagement>[]
  readonly centres: readonly Owned<ManagementCentreEntry>[]
  readonly bodies: readonly Owned<GovernanceBody>[]
  readonly meetings: readonly Owned<GovernanceMeeting>[]
  readonly tasks: readonly Owned<ConsortiumTask>[]
  readonly documents: readonly (Owned<PolicyDocument> & { readonly versions: number })[]
}

/** Entries about one consortium: those of its lead and those that the bureau keeps for the region. */
const readGovernance = async (tx: Tx, of: string, on: Day): Promise<Entries | null> => {
  const consortium = await findConsortium(tx, of)
  if (!consortium) return null
  const orgs = [REGION, consortium.lead]
  const about = async <Body extends { consortium: string }>(kind: string): Promise<Owned<Body>[]> =>
    (await inForceOf<Body>(tx, kind, on, orgs)).filter(({ body }) => body.consortium === consortium.id)
  const documents = []
  for (const one of await inForceOf<PolicyDocument>(tx, 'policy-document', on, [consortium.lead])) {
    const versions = await versionsOf(tx, { org: one.org, kind: 'organisations.policy-document' }, one.entry)
    documents.push({ ...one, versions: versions.length })
  }
  return {
    on,
    consortium,
    documents,
    unified: await about<UnifiedManagement>('unified-management'),
    centres: await about<ManagementCentreEntry>('management-centre'),
    bodies: await about<GovernanceBody>('governance-body'),
    meetings: await about<GovernanceMeeting>('governance-meeting'),
    tasks: await about<ConsortiumTask>('consortium-task'),
  }
}

export const governanceOf = query({
  name: 'organisations.governance-of',
  by: MANAGERS,
  basis: '双组长、理事会、监事会、章程;管理“六中心”;人财物统一管理;20条重点任务',
  does: {
    zh: '一个医联体某日的治理全貌:治理机构、制度、统一管理、六中心、重点任务,以及缺什么。',
    en: 'The whole governance of one consortium on a day: bodies, rules, unified management, centres, tasks, and what is missing.',
  },
  input: z.strictObject({ consortium: id, day: day.optional() }),
  read: (tx, input, act) => readGovernance(tx, input.consortium, dayOf(input, act)),
  answer: (found, _input, act) => shownGovernance(found, act.policy('governance.tasks')),
})

const shownGovernance = (found: Entries, tasksInAll: number) => {
  const { on, consortium, unified, centres, bodies, meetings, tasks, documents } = found
  const unifiedIn = new Map(unified.map(({ body }) => [body.area, body]))
  const centreOf = new Map(centres.map(({ body }) => [body.centre, body]))
  const bodyOf = new Map(bodies.map((one) => [one.body.body, one]))
  return {
    day: on,
    consortium,
    unified: UNIFIED_AREAS.map((area) => ({ area, words: unifiedAreaWords[area], entry: unifiedIn.get(area) ?? null })),
    centres: MANAGEMENT_CENTRES.map((centre) => ({ centre, words: centreWords[centre], entry: centreOf.get(centre) ?? null })),
    bodies: BODIES.map((body) => {
      const entry = bodyOf.get(body)
      return {
        body,
        words: bodyWords[body],
        entry: entry ? { from: entry.from, until: entry.until, members: entry.body.members } : null,
      }
    }),
    meetings: meetings
      .map(({ body }) => ({ ...body, words: bodyWords[body.body] }))
      .toSorted((a, b) => (a.heldOn < b.heldOn ? 1 : -1)),
    documents: documents.map(({ entry, body, from, until, versions }) => ({ entry, from, until, versions, ...body })),
    tasks: tasks
      .map(({ body }) => ({ ...body, state: progressOn(body, on), areaWords: taskAreaWords[body.area] }))
      .map((task) => ({ ...task, stateWords: progressWords[task.state] }))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    tasksInAll,
    tasksKnown: KNOWN_TASKS.length,
    missing: gapsOf({
      unified: new Map(unified.map(({ body }) => [body.area, body.isUnified])),
      centres: new Set(centreOf.keys()),
      bodies: new Set(bodyOf.keys()),
      documents: new Set(documents.map(({ body }) => body.type)),
      tasks: new Set(tasks.map(({ body }) => body.code)),
    }),
  }
}
