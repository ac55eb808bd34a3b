import type { Instant } from '../../kernel/clock.ts'
import { plusDays, type Day } from '../../kernel/day.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import {
  KNOWN_TASKS,
  MANAGEMENT_CENTRES,
  UNIFIED_AREAS,
  type ConsortiumTask,
  type Dispatch,
  type GovernanceBody,
  type GovernanceMeeting,
  type HelpPlan,
  type ManagementCentreEntry,
  type PolicyDocument,
  type UnifiedManagement,
} from '../../modules/organisations/index.ts'
import { isPilot } from '../../../sim/region/consortia.ts'
import type { ConsortiumSeed, InstitutionSeed } from '../../../sim/region/types.ts'
import { STAGE } from './accounts.ts'
import { insertRows } from './insert.ts'

export type GovernanceFacts = {
  readonly institutions: readonly InstitutionSeed[]
  readonly consortia: readonly ConsortiumSeed[]
  readonly today: Day
  readonly now: Instant
}

type Entry = {
  readonly org: string
  readonly kind: string
  readonly key: string
  readonly from: string
  readonly until?: string
  readonly body: unknown
  readonly version?: number
  readonly state?: 'in-force' | 'proposed'
}

const REGION = '0'
const yearOf = (day: Day): number => Number(day.slice(0, 4))

const rowOf = (
  { org, kind, key, from, until, body, version = 1, state = 'in-force' }: Entry,
  now: Instant,
): Record<string, unknown> => ({
  org_id: org,
  kind: `organisations.${kind}`,
  entry_id: key,
  version,
  from_on: from,
  until_on: until ?? null,
  body,
  state,
  is_correction: version > 1,
  recorded_at: now,
})

const AIMS = [
  ['新开展诊疗技术', '项', 6],
  ['培养骨干医师', '人', 8],
  ['下转患者占比提高', '个百分点', 5],
  ['联合门诊', '次', 48],
] as const

/** Two aims of a plan, the further the later the year; nothing about them is measured, all is invented. */
const aimsOf = (turn: number): HelpPlan['aims'] =>
  [turn, turn + 1].map((at) => {
    const [text, unit, target] = AIMS[at % AIMS.length] as (typeof AIMS)[number]
    const reached = Math.min(target, at % (target + 2))
    return {
      text,
      unit,
      target,
      reached,
      state: reached === target ? 'done' : reached === 0 ? 'planned' : at % 3 === 0 ? 'late' : 'running',
    }
  })

type Pair = { readonly helper: InstitutionSeed; readonly helped: InstitutionSeed; readonly type: HelpPlan['type'] }

const isPublicGeneral = ({ ws218, ownership }: InstitutionSeed): boolean => ws218 === 'A100' && ownership === 'public'
const PILOT_CITIES: readonly string[] = ['4303', '4308', '4301']
const UNITS_A_COUNTY = 4
const CLINICS_A_UNIT = 2

/** Who helps whom in the pilots, level by level. One county of the pilots is left without a helper, so that the gap shows. */
const pairsOf = (institutions: readonly InstitutionSeed[]): Pair[] => {
  const provincial = institutions.find((one) => one.tier === 'province' && isPublicGeneral(one))
  const cityLead = (prefecture: string) =>
    institutions.find((one) => one.tier === 'city' && isPublicGeneral(one) && one.division.startsWith(prefecture))
  const counties = institutions.filter(
    (one) => one.tier === 'county' && isPublicGeneral(one) && isPilot(one.county ?? '') && one.id.endsWith('0'),
  )
  const below = (one: InstitutionSeed, tiers: readonly string[], most: number) =>
    institutions
      .filter(({ parent, tier, ownership }) => parent === one.id && tiers.includes(tier) && ownership === 'public')
      .slice(0, most)
  const pair = (
    helper: InstitutionSeed | undefined,
    helped: InstitutionSeed | undefined,
    type: Pair['type'] = 'one-to-one',
  ): Pair[] => (helper && helped ? [{ helper, helped, type }] : [])
  const units = counties.flatMap((county) =>
    below(county, ['regional-centre', 'township'], UNITS_A_COUNTY).map((unit) => ({ county, unit })),
  )
  const stageUnits = units.filter(({ county }) => county.id === STAGE.county)
  return [
    ...PILOT_CITIES.flatMap((prefecture) => pair(provincial, cityLead(prefecture), 'team')),
    ...counties.slice(0, -1).flatMap((county) => pair(cityLead((county.county ?? '').slice(0, 4)), county)),
    ...units.flatMap(({ county, unit }) => pair(county, unit)),
    ...stageUnits.flatMap(({ unit }) => below(unit, ['village'], CLINICS_A_UNIT).flatMap((clinic) => pair(unit, clinic))),
  ]
}

const planEntries = (pairs: readonly Pair[], year: number): Entry[] =>
  pairs.map(({ helper, helped, type }, turn) => {
    const body: HelpPlan = {
      helper: helper.id,
      helped: helped.id,
      type,
      year,
      aims: aimsOf(turn),
      document: `${helped.zh}一院一策`,
    }
    // The last one waits for a second person.
    const state = turn === pairs.length - 1 ? ('proposed' as const) : ('in-force' as const)
    const key = `${helper.id}-${helped.id}-${type}-${year}`
    return { org: REGION, kind: 'help-plan', key, from: `${year}-01-01`, until: `${year + 1}-01-01`, body, state }
  })

const MODES = ['posting', 'joint-specialty', 'teaching', 'remote', 'research'] as const
const SPECIALTIES = ['0304', '0303', '2000', '0502', '0701'] as const

/** People whom the cities send to the county hospitals of the pilots, by turns in each of the five modes. */
const dispatchEntries = (pairs: readonly Pair[], year: number): Entry[] =>
  pairs
    .filter(({ helper, helped }) => helper.tier === 'city' && helped.tier === 'county')
    .flatMap(({ helper, helped }, turn) =>
      MODES.slice(0, 2 + (turn % 4)).map((mode, at) => {
        const name = { zh: `演示医师${turn + 1}-${at + 1}`, en: `Demo physician ${turn + 1}-${at + 1}` }
        const body: Dispatch = {
          name,
          employer: helper.id,
          workplace: helped.id,
          mode,
          specialty: SPECIALTIES[at % SPECIALTIES.length] as string,
          begunOn: `${year}-03-01`,
          daysPlanned: 180,
          daysServed: 30 + ((turn * 37 + at * 23) % 150),
          brought: '带教查房、开展新技术(演示)',
        }
        const key = `${helper.id}-${helped.id}-${mode}-${body.begunOn}-${name.zh}`
        return { org: REGION, kind: 'dispatch', key, from: body.begunOn, body }
      }),
    )

/** What a consortium keeps about itself. Those further down the list have gaps, as in life. */
const lacks = (turn: number, at: number): boolean => turn > 0 && (turn + at) % 4 === 0

const unifiedEntries = (one: ConsortiumSeed, turn: number): Entry[] =>
  UNIFIED_AREAS.filter((_area, at) => !lacks(turn, at)).map((area, at) => {
    const isUnified = !(turn === 0 && area === 'pay') && (turn * 5 + at) % 6 !== 5
    const body: UnifiedManagement = {
      consortium: one.id,
      area,
      isUnified,
      since: isUnified ? '2024-07-01' : null,
      evidence: isUnified ? '医共体内统一制度、统一账套和月度核对记录(演示)' : '方案已报,尚未实施(演示)',
    }
    return { org: one.lead, kind: 'unified-management', key: `${one.id}-${area}`, from: '2024-07-01', body }
  })

const centreEntries = (one: ConsortiumSeed, turn: number): Entry[] =>
  MANAGEMENT_CENTRES.filter((_centre, at) => !lacks(turn, at + 1)).map((centre, at) => {
    const head = { zh: `演示主任${at + 1}`, en: `Demo head ${at + 1}` }
    const body: ManagementCentreEntry = { consortium: one.id, centre, head, staff: 4 + ((turn + at) % 9), place: '行政楼(演示)' }
    return { org: one.lead, kind: 'management-centre', key: `${one.id}-${centre}`, from: '2024-07-01', body }
  })

const MEMBERS: Readonly<Record<GovernanceBody['body'], readonly (readonly [post: 'head' | 'deputy' | 'member', office: string])[]>> = {
  committee: [['head', '党委主要负责人'], ['head', '政府主要负责人'], ['deputy', '分管卫生负责人'], ['member', '卫生健康行政部门'], ['member', '医疗保障行政部门'], ['member', '财政部门']],
  board: [['head', '牵头医院院长'], ['deputy', '牵头医院书记'], ['member', '乡镇卫生院代表'], ['member', '村医代表']],
  supervisors: [['head', '纪检监察部门'], ['member', '职工代表'], ['member', '居民代表']],
} // prettier-ignore

const bodyEntries = (one: ConsortiumSeed, turn: number): Entry[] =>
  (['committee', 'board', 'supervisors'] as const)
    .filter((_body, at) => !lacks(turn, at + 2))
    .map((body) => {
      const members = MEMBERS[body].map(([post, office], at) => ({
        name: { zh: `演示人员${at + 1}`, en: `Demo person ${at + 1}` },
        post,
        office,
      }))
      return {
        org: one.lead,
        kind: 'governance-body',
        key: `${one.id}-${body}`,
        from: '2024-07-01',
        until: '2029-07-01',
        body: { consortium: one.id, body, members } satisfies GovernanceBody,
      }
    })

const meetingEntries = (one: ConsortiumSeed, today: Day): Entry[] =>
  [120, 30].map((ago, at) => {
    const heldOn = plusDays(today, -ago)
    const number = `第${at + 1}次`
    const body: GovernanceMeeting = {
      consortium: one.id,
      body: 'board',
      number,
      heldOn,
      attended: 9,
      resolutions: [
        {
          text: '统一药品目录并每季度调整',
          responsible: '医务管理中心',
          dueOn: plusDays(today, 30 - ago),
          state: at === 0 ? 'done' : 'running',
        },
        { text: '预留号源与床位按月公示', responsible: '行政管理中心', dueOn: plusDays(today, 60 - ago), state: 'running' },
      ],
    }
    return { org: one.lead, kind: 'governance-meeting', key: `${one.id}-board-${number}`, from: heldOn, body }
  })

const DOCUMENTS = [
  ['charter', '医共体章程', 'Charter of the consortium'],
  ['disease-catalogue', '疾病分级诊疗目录', 'Catalogue of tiered care'],
  ['referral-rules', '转诊管理办法', 'Referral rules'],
  ['quality-rules', '医疗质量控制管理办法', 'Quality control rules'],
] as const

/** The rule documents of a consortium; the charter and the referral rules have an earlier version. */
const documentEntries = (one: ConsortiumSeed, turn: number): Entry[] =>
  DOCUMENTS.filter((_type, at) => !lacks(turn, at + 3)).flatMap(([type, zh, en], at) => {
    const key = `演示〔2024〕${at + 1}号`
    const text = (summary: string): PolicyDocument => ({ number: key, type, name: { zh, en }, issuer: one.zh, summary })
    const entry = { org: one.lead, kind: 'policy-document', key }
    if (type !== 'charter' && type !== 'referral-rules') return [{ ...entry, from: '2024-07-01', body: text('演示文本') }]
    return [
      { ...entry, from: '2024-07-01', until: '2025-07-01', body: text('演示文本,第一版') },
      { ...entry, from: '2025-07-01', version: 2, body: text('演示文本,第二版:增加回转随访要求') },
    ]
  })

const taskEntries = (one: ConsortiumSeed, turn: number, today: Day): Entry[] =>
  KNOWN_TASKS.filter((_task, at) => !lacks(turn, at)).map(({ code, area, name }, at) => {
    const percent = Math.min(100, ((turn * 17 + at * 29) % 11) * 10)
    const body: ConsortiumTask = {
      consortium: one.id,
      code,
      area,
      name,
      state: percent === 100 ? 'done' : percent === 0 ? 'planned' : 'running',
      percent,
      responsible: '牵头医院(演示)',
      dueOn: plusDays(today, ((at * 53) % 400) - 60),
      evidence: percent > 0 ? '工作台账(演示)' : null,
    }
    return { org: one.lead, kind: 'consortium-task', key: `${one.id}-${code}`, from: '2024-07-01', body }
  })

/** The rows of governance and paired help of the four pilots, all invented; the stage's own consortium is the most complete. */
export const governanceRows = ({ institutions, consortia, today, now }: GovernanceFacts): Record<string, unknown>[] => {
  const pilots = consortia
    .filter(({ kind, isPilot: is }) => is && kind !== 'specialty-alliance')
    .toSorted((a, b) => Number(b.lead === STAGE.county) - Number(a.lead === STAGE.county))
  const pairs = pairsOf(institutions)
  const year = yearOf(today)
  const entries: Entry[] = [
    ...planEntries(pairs, year),
    ...dispatchEntries(pairs, year),
    ...pilots.flatMap((one, turn) => {
      const bodies = bodyEntries(one, turn)
      const hasBoard = bodies.some(({ key }) => key.endsWith('-board'))
      return [
        ...bodies,
        ...(hasBoard ? meetingEntries(one, today) : []),
        ...unifiedEntries(one, turn),
        ...centreEntries(one, turn),
        ...documentEntries(one, turn),
        ...taskEntries(one, turn, today),
      ]
    }),
  ]
  return entries.map((entry) => rowOf(entry, now))
}

/** Puts the demo's governance into the registers. */
export const insertGovernance = (db: Queryable, facts: GovernanceFacts): Promise<number> =>
  insertRows(db, 'platform.register_entry', governanceRows(facts))
