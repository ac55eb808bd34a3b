import { z } from 'zod'
import { isDay } from '../../kernel/day.ts'
import type { Refusal } from '../../kernel/result.ts'
import type { Party } from '../../platform/access.ts'
import type { Act } from '../../platform/forms/form.ts'
import type { RegisterRule } from '../../platform/register-declaration.ts'
import { register } from '../../platform/register.ts'
import { findConsortium } from './consortium-store.ts'
import {
  BODIES,
  bodyWords,
  centreWords,
  MANAGEMENT_CENTRES,
  POSTS,
  postWords,
  PROGRESS,
  progressWords,
  TASK_AREAS,
  taskAreaWords,
  UNIFIED_AREAS,
  unifiedAreaWords,
} from './governance.ts'
import { governanceRefusals } from './governance-refusals.ts'
import type { Consortium } from './organisations.ts'
import { everyone } from './parties.ts'
import { faultsOfBody, faultsOfGoverned } from './rules/may-govern.ts'

const consortium = z.string().regex(/^\d{1,18}$/, '应为医联体编号|A consortium id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const text = (most: number) => z.string().trim().min(1).max(most)
const both = z.strictObject({ zh: text(80), en: z.string().trim().max(160).nullish() })
const link = z.url().max(500).nullish()

const OF_CONSORTIUM = { zh: '医联体', en: 'Consortium', means: 'consortium' } as const
const LINK = { zh: '链接', en: 'Link' }
const KEEPERS: readonly Party[] = ['consortium-manager@own', 'health-bureau@anyone', 'administrator@anyone']

/** The rule of every entry about a consortium, and what else a kind asks of its text. */
const governed = <Body extends { consortium: string }>(
  more: (body: Body, act: Act) => readonly Refusal[] = () => [],
): RegisterRule<Body> => ({
  refusals: governanceRefusals,
  read: async (tx, asked, act) => {
    const found = new Map<string, Consortium | null>()
    for (const { body } of asked)
      if (!found.has(body.consortium)) found.set(body.consortium, await findConsortium(tx, body.consortium))
    const writer = act.actor.role === 'consortium-manager' ? { leads: act.actor.org } : null
    return ({ body }) => [...faultsOfGoverned(body.consortium, found.get(body.consortium) ?? null, writer), ...more(body, act)]
  },
})

const unifiedBody = z.strictObject({
  consortium,
  area: z.enum(UNIFIED_AREAS),
  isUnified: z.boolean(),
  since: day.nullish(),
  evidence: z.string().trim().max(500).default(''),
  link,
})
export type UnifiedManagement = z.output<typeof unifiedBody>

/** 统一管理: what a consortium has under one management, area by area, and what shows it. */
export const unifiedManagements = register({
  module: 'organisations',
  kind: 'unified-management',
  words: { zh: '统一管理情况', en: 'unified management' },
  schema: unifiedBody,
  labels: {
    consortium: OF_CONSORTIUM,
    area: { zh: '领域', en: 'Area', choices: unifiedAreaWords },
    isUnified: { zh: '是否统一', en: 'Under one management' },
    since: { zh: '起始日', en: 'Since', means: 'day' },
    evidence: { zh: '佐证', en: 'Evidence', means: 'long-text' },
    link: LINK,
  },
  keyOf: (body) => `${body.consortium}-${body.area}`,
  by: KEEPERS,
  readBy: everyone,
  fourEyes: false,
  basis: '人财物统一管理;收入分配、药品、检验资源、信息互通等统筹管理',
  rule: governed(),
})

const managementCentreBody = z.strictObject({
  consortium,
  centre: z.enum(MANAGEMENT_CENTRES),
  head: both,
  staff: z.number().int().min(0).max(10_000),
  place: z.string().trim().max(120).nullish(),
})
export type ManagementCentreEntry = z.output<typeof managementCentreBody>

/** 管理“六中心” of a consortium, each with its head and how many work there. */
export const managementCentres = register({
  module: 'organisations',
  kind: 'management-centre',
  words: { zh: '管理中心', en: 'management centre' },
  schema: managementCentreBody,
  labels: {
    consortium: OF_CONSORTIUM,
    centre: { zh: '中心', en: 'Centre', choices: centreWords },
    head: { zh: '负责人', en: 'Head' },
    staff: { zh: '人数', en: 'Staff' },
    place: { zh: '办公地点', en: 'Place' },
  },
  keyOf: (body) => `${body.consortium}-${body.centre}`,
  by: KEEPERS,
  readBy: everyone,
  fourEyes: false,
  basis: '管理“六中心”:行政、人事、医务、护理、医保、信息',
  rule: governed(),
})

const bodyBody = z.strictObject({
  consortium,
  body: z.enum(BODIES),
  members: z
    .array(z.strictObject({ name: both, post: z.enum(POSTS), office: z.string().trim().max(120).nullish() }))
    .min(1)
    .max(60),
})
export type GovernanceBody = z.output<typeof bodyBody>

/** 管委会、理事会、监事会: who sits in each body of a consortium; the entry's period is the term. */
export const governanceBodies = register({
  module: 'organisations',
  kind: 'governance-body',
  words: { zh: '治理机构', en: 'governance body' },
  schema: bodyBody,
  labels: {
    consortium: OF_CONSORTIUM,
    body: { zh: '机构', en: 'Body', choices: bodyWords },
    members: {
      zh: '成员(有效期即任期)',
      en: 'Members (the period is the term)',
      parts: {
        name: { zh: '姓名', en: 'Name' },
        post: { zh: '职务', en: 'Post', choices: postWords },
        office: { zh: '单位及职务', en: 'Office' },
      },
    },
  },
  keyOf: (body) => `${body.consortium}-${body.body}`,
  by: KEEPERS,
  readBy: everyone,
  fourEyes: true,
  basis: '党政主要负责人双组长;成立理事会、监事会',
  rule: governed<GovernanceBody>((body, act) => faultsOfBody(body.body, body.members, act.policy('governance.committee-heads'))),
})

const meetingBody = z.strictObject({
  consortium,
  body: z.enum(BODIES),
  number: text(40),
  heldOn: day,
  attended: z.number().int().min(1).max(1_000),
  resolutions: z
    .array(
      z.strictObject({
        text: text(300),
        responsible: text(80),
        dueOn: day.nullish(),
        state: z.enum(PROGRESS),
      }),
    )
    .min(1)
    .max(50),
})
export type GovernanceMeeting = z.output<typeof meetingBody>

/** 会议与决议: what a body decided, who sees to it, until when, and how far it has come. */
export const governanceMeetings = register({
  module: 'organisations',
  kind: 'governance-meeting',
  words: { zh: '治理会议', en: 'governance meeting' },
  schema: meetingBody,
  labels: {
    consortium: OF_CONSORTIUM,
    body: { zh: '机构', en: 'Body', choices: bodyWords },
    number: { zh: '会议编号', en: 'Number' },
    heldOn: { zh: '召开日', en: 'Held on', means: 'day' },
    attended: { zh: '到会人数', en: 'Attended' },
    resolutions: {
      zh: '决议',
      en: 'Resolutions',
      parts: {
        text: { zh: '内容', en: 'Text' },
        responsible: { zh: '责任人', en: 'Responsible' },
        dueOn: { zh: '期限', en: 'Due', means: 'day' },
        state: { zh: '状态', en: 'State', choices: progressWords },
      },
    },
  },
  keyOf: (body) => `${body.consortium}-${body.body}-${body.number}`,
  by: KEEPERS,
  readBy: everyone,
  fourEyes: false,
  basis: '成立理事会、监事会,出台《医共体章程》;专题会办',
  rule: governed(),
})

const taskBody = z.strictObject({
  consortium,
  code: z.string().regex(/^T\d\d$/, '任务代码为 T 加两位数字|A task code is T and two digits'),
  area: z.enum(TASK_AREAS),
  name: both,
  state: z.enum(PROGRESS),
  percent: z.number().int().min(0).max(100),
  responsible: text(80),
  dueOn: day,
  evidence: z.string().trim().max(500).nullish(),
  link,
})
export type ConsortiumTask = z.output<typeof taskBody>

/** 重点任务: how far a consortium has come with each task of the guideline, who sees to it, and what shows it. */
export const consortiumTasks = register({
  module: 'organisations',
  kind: 'consortium-task',
  words: { zh: '重点任务', en: 'task' },
  schema: taskBody,
  labels: {
    consortium: OF_CONSORTIUM,
    code: { zh: '任务代码', en: 'Code' },
    area: { zh: '方面', en: 'Area', choices: taskAreaWords },
    name: { zh: '任务', en: 'Task' },
    state: { zh: '状态', en: 'State', choices: progressWords },
    percent: { zh: '进度(%)', en: 'Progress (%)' },
    responsible: { zh: '责任人', en: 'Responsible' },
    dueOn: { zh: '期限', en: 'Due', means: 'day' },
    evidence: { zh: '佐证', en: 'Evidence', means: 'long-text' },
    link: LINK,
  },
  keyOf: (body) => `${body.consortium}-${body.code}`,
  by: KEEPERS,
  readBy: everyone,
  fourEyes: false,
  basis: '从5个方面提出20条重点任务',
  rule: governed(),
})
