import { z } from 'zod'
import type { OrgId } from '../../kernel/id.ts'
import { isDay } from '../../kernel/day.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { entriesWithin } from '../../platform/register-store.ts'
import { register } from '../../platform/register.ts'
import type { Asked } from '../../shapes/register.ts'
import { HELP_TYPES, helpTypeWords, PROGRESS, progressWords, SUPPORT_MODES, supportModeWords } from './governance.ts'
import { governanceRefusals } from './governance-refusals.ts'
import { everyone } from './parties.ts'
import { faultsOfDispatch, faultsOfPlan, type AskedPlan, type Institutions, type StandingPlan } from './rules/may-help.ts'
import { institutionsOf } from './store.ts'

const id = z.string().regex(/^\d{1,18}$/, '应为机构编号|An institution id is digits')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')

const aim = z.strictObject({
  text: z.string().trim().min(1).max(200),
  unit: z.string().trim().min(1).max(40),
  target: z.number().min(0).max(1_000_000_000),
  reached: z.number().min(0).max(1_000_000_000).nullish(),
  state: z.enum(PROGRESS),
})

const helpPlanBody = z.strictObject({
  helper: id,
  helped: id,
  type: z.enum(HELP_TYPES),
  year: z.number().int().min(2_000).max(2_100),
  aims: z.array(aim).min(1).max(20),
  document: z.string().trim().max(200).nullish(),
  link: z.url().max(500).nullish(),
})

/** A plan of paired help: who helps whom in a year, how, and what it is to reach. */
export type HelpPlan = z.output<typeof helpPlanBody>

const namesOf = async (tx: Tx, ids: readonly string[]): Promise<Institutions> =>
  new Map((await institutionsOf(tx, [...new Set(ids)] as OrgId[])).map((one) => [one.id, one]))

const asPlan = ({ from, until, entry, body }: Asked<HelpPlan>): AskedPlan => {
  const { helper, helped, type, year } = body
  return { from, until, entry, helper, helped, type, year }
}

/** 结对帮扶: which institution helps which in a year, as a team or one to one, with aims and the plan for each house (一院一策). */
export const helpPlans = register({
  module: 'organisations',
  kind: 'help-plan',
  words: { zh: '帮扶计划', en: 'help plan' },
  schema: helpPlanBody,
  labels: {
    helper: { zh: '帮扶机构', en: 'Helping institution', means: 'institution' },
    helped: { zh: '受援机构', en: 'Institution helped', means: 'institution' },
    type: { zh: '方式', en: 'Kind', choices: helpTypeWords },
    year: { zh: '年度', en: 'Year' },
    aims: {
      zh: '年度目标',
      en: 'Aims of the year',
      parts: {
        text: { zh: '目标', en: 'Aim' },
        unit: { zh: '单位', en: 'Unit' },
        target: { zh: '目标值', en: 'Target' },
        reached: { zh: '已达到', en: 'Reached' },
        state: { zh: '状态', en: 'State', choices: progressWords },
      },
    },
    document: { zh: '一院一策文件', en: 'Plan document' },
    link: { zh: '文件链接', en: 'Link to the document' },
  },
  keyOf: (body) => `${body.helper}-${body.helped}-${body.type}-${body.year}`,
  by: ['health-bureau@anyone', 'administrator@anyone'],
  readBy: everyone,
  fourEyes: true,
  basis: '省带市、市带县、县带乡、乡带村;“组团式”“一对一”…“一院一策”',
  rule: {
    refusals: governanceRefusals,
    read: async (tx, asked) => {
      const plans = asked.map(asPlan)
      const institutions = await namesOf(
        tx,
        plans.flatMap(({ helper, helped }) => [helper, helped]),
      )
      const standing = await entriesWithin<HelpPlan>(tx, 'organisations.help-plan', wholeOf(plans))
      const others: readonly StandingPlan[] = [...standing.map(asPlan), ...plans]
      return (one) => faultsOfPlan(asPlan(one), institutions, others)
    },
  },
})

/** The shortest period that all of some periods lie in. */
const wholeOf = (plans: readonly AskedPlan[]): Pick<AskedPlan, 'from' | 'until'> => {
  const from = plans.map((plan) => plan.from).toSorted()[0]
  const until = plans.some((plan) => plan.until === null)
    ? null
    : plans
        .map((plan) => plan.until)
        .toSorted()
        .at(-1)
  return { from: from ?? ('2000-01-01' as AskedPlan['from']), until: until ?? null }
}

const dispatchBody = z.strictObject({
  name: z.strictObject({ zh: z.string().trim().min(1).max(80), en: z.string().trim().max(160).nullish() }),
  employer: id,
  workplace: id,
  mode: z.enum(SUPPORT_MODES),
  specialty: z.string().regex(/^\d{4}$/, '应为 4 位诊疗科目代码|A specialty code has 4 digits'),
  begunOn: day,
  daysPlanned: z.number().int().min(1).max(3_660),
  daysServed: z.number().int().min(0).max(3_660),
  brought: z.string().trim().max(300).nullish(),
})
/** Somebody sent down to another institution, in one of the five modes of support. */
export type Dispatch = z.output<typeof dispatchBody>

/** 下派支援: who is sent where in which of the five modes, for how many days, and what it brought. */
export const dispatches = register({
  module: 'organisations',
  kind: 'dispatch',
  words: { zh: '下派支援', en: 'dispatch' },
  schema: dispatchBody,
  labels: {
    name: { zh: '姓名', en: 'Name' },
    employer: { zh: '派出机构', en: 'Sent by', means: 'institution' },
    workplace: { zh: '接收机构', en: 'Sent to', means: 'institution' },
    mode: { zh: '支援方式', en: 'Mode', choices: supportModeWords },
    specialty: { zh: '诊疗科目代码', en: 'Specialty code' },
    begunOn: { zh: '开始日', en: 'Begun on', means: 'day' },
    daysPlanned: { zh: '计划天数', en: 'Days planned' },
    daysServed: { zh: '已驻天数', en: 'Days served' },
    brought: { zh: '带来的变化', en: 'What it brought' },
  },
  keyOf: (body) => `${body.employer}-${body.workplace}-${body.mode}-${body.begunOn}-${body.name.zh}`,
  by: ['consortium-manager@own', 'health-bureau@anyone', 'administrator@anyone'],
  readBy: everyone,
  fourEyes: false,
  basis: '专家派驻、专科共建、临床带教、远程协同、科研和项目协作',
  rule: {
    refusals: governanceRefusals,
    read: async (tx, asked) => {
      const institutions = await namesOf(
        tx,
        asked.flatMap(({ body }) => [body.employer, body.workplace]),
      )
      return ({ from, until, body }) => faultsOfDispatch({ from, until, ...body }, institutions)
    },
  },
})
