import { instantAt, type Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { minutesOfChannel } from './centre-search.ts'
import { CHANNEL_SHAPES } from './channels.ts'
import { boardInput, caseInput, qualityInput, referralInput, type ShownClock } from './contract.ts'
import type { Channel, Target } from './green-channel.ts'
import { countWithin, qualityOf, type CountedCase } from './rules/quality-of.ts'
import { readWholes, shownClock } from './shown.ts'
import * as store from './store.ts'
import { relationsToCase } from './watch.ts'

const STAFF = ['village-doctor', 'family-doctor', 'referral-desk', 'ward'] as const
const PARTIES = [
  ...STAFF.flatMap((role) => [`${role}@sender`, `${role}@receiver`, `${role}@care-team`] as const),
  'referral-desk@supervisor',
  'consortium-manager@supervisor',
  'health-bureau@supervisor',
] as const

export const get = query({
  name: 'green-channel.get',
  by: PARTIES,
  basis: '五大中心:时间节点双方可见',
  does: {
    zh: '一条绿色通道:时间点、目标、已用和剩余时间。',
    en: 'One green channel: its moments, targets, time used and time left.',
  },
  input: caseInput,
  read: async (tx, input) => {
    const green = await store.findCase(tx, input.case)
    return green && ((await readWholes(tx, [green]))[0] ?? null)
  },
  relation: ({ green }, { actor }) => relationsToCase(actor, green),
  audits: ({ green }) => [{ person: green.person, case: green.id }],
  answer: (whole, _input, act) => shownClock(whole, act),
})

export const ofReferral = query({
  name: 'green-channel.of-referral',
  by: [...STAFF.map((role) => `${role}@anyone` as const), 'consortium-manager@anyone', 'health-bureau@anyone'],
  basis: '五大中心:时间节点双方可见',
  does: {
    zh: '一张转诊单的绿色通道;没有或不是当事方时为空。',
    en: 'The green channel of a referral; empty when there is none, or none for the reader.',
  },
  input: referralInput,
  read: async (tx, input, act) => {
    const green = await store.findCaseOfReferral(tx, input.referral)
    // Who is no party gets the same answer as for a referral without a channel.
    if (!green || relationsToCase(act.actor, green).length === 0) return { whole: null }
    return { whole: (await readWholes(tx, [green]))[0] ?? null }
  },
  audits: ({ whole }) => (whole ? [{ person: whole.green.person, case: whole.green.id }] : []),
  answer: ({ whole }, _input, act): { clock: ShownClock | null } => ({ clock: whole && shownClock(whole, act) }),
})

export const board = query({
  name: 'green-channel.board',
  by: STAFF.map((role) => `${role}@anyone` as const),
  basis: '五大中心:绿色通道看板',
  does: { zh: '本机构作为转出方和接收方的未结绿色通道。', en: 'Open green channels of one’s own institution on either side.' },
  input: boardInput,
  read: async (tx, _input, act) => (act.actor.org ? readWholes(tx, await store.openOf(tx, act.actor.org)) : null),
  audits: (wholes) => wholes.map(({ green }) => ({ person: green.person, case: green.id })),
  answer: (wholes, _input, act) => ({ channels: wholes.map((whole) => shownClock(whole, act)) }),
})

/** The first and the day after the last of a month. */
const spanOf = (month: string, zone: string) => {
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  const [from, until] = [first, first.add({ months: 1 })].map((day) => instantAt(day.toString() as Day, '00:00', zone))
  return { from: from as NonNullable<typeof from>, until: until as NonNullable<typeof until> }
}

/** The share of cases that policy wants in time, where one is laid down. */
const reachWanted =
  (channel: Channel, act: Act) =>
  ({ key, measures }: Target): number | null =>
    measures.includes('reach') ? act.policy('green-channel.reach-shares', `${channel}-${key}`) : null

const GOALS = ['better', 'best'] as const

/** How many strokes were dissolved within the goals that go beyond the target; none in other channels. */
const needleGoals = (channel: Channel, cases: readonly CountedCase[], act: Act) => {
  const needle = channel === 'stroke' ? CHANNEL_SHAPES.stroke.targets.find(({ key }) => key === 'door-to-needle') : undefined
  if (!needle) return []
  return GOALS.map((goal) => {
    const minutes = act.policy('green-channel.needle-goals', goal)
    return { minutes, within: countWithin(cases, needle, minutes) }
  })
}

export const quality = query({
  name: 'green-channel.quality',
  by: ['referral-desk@anyone', 'ward@anyone', 'consortium-manager@anyone', 'health-bureau@anyone'],
  basis: '五大中心质控指标:月度中位数、均值、达标率',
  does: {
    zh: '一家中心一个月的质控:中位数、均值、达标率和缺失的时间点。',
    en: 'A centre’s month: medians, means, shares in time, and moments that are missing.',
  },
  input: qualityInput,
  read: async (tx, input, act) => {
    // The bureau may name a hospital; everybody else sees one's own.
    const org = act.actor.role === 'health-bureau' ? ((input.org as OrgId | null | undefined) ?? null) : act.actor.org
    if (!org) return null
    const { from, until } = spanOf(input.month, act.zone)
    const cases = await store.receivedBetween(tx, org, input.channel, from, until)
    return { org, cases, stamps: await store.stampsOf(tx, cases) }
  },
  answer: ({ org, cases, stamps }, input, act) => {
    const counted = cases.map((green) => ({ ...green, times: store.timesOf(stamps.filter((one) => one.case === green.id)) }))
    const targets = qualityOf(input.channel, counted, minutesOfChannel(input.channel, act), reachWanted(input.channel, act))
    return {
      org,
      month: input.month,
      channel: CHANNEL_SHAPES[input.channel].words,
      cases: cases.length,
      open: cases.filter(({ state }) => state === 'open').length,
      notConfirmed: cases.filter(({ outcome }) => outcome === 'not-confirmed').length,
      neverEnded: cases.filter(({ outcome }) => outcome === 'never-ended').length,
      needleGoals: needleGoals(input.channel, counted, act),
      lateEntries: cases.filter(({ isLateEntry }) => isLateEntry).length,
      targets: targets.map(({ target: { key, words, measures }, ...figures }) => ({
        key,
        words,
        measures: [...measures],
        ...figures,
      })),
    }
  },
})
