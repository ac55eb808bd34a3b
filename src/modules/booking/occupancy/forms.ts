import { createHash } from 'node:crypto'
import { instant, type Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import type { PoolId } from '../booking.ts'
import { findPool } from '../store.ts'
import { conflictsAfter, isUnknown, ownPlaces, type Ended } from './conflicts.ts'
import { acknowledgeConflictInput, feedOccupancyInput, giveUpGapInput, mapFeedRefInput } from './contract.ts'
import type { Feed, FeedId, KeptGap } from './occupancy.ts'
import { giveUp, hearBatch, lastWords, placeKey, withPast, type Hashed } from './rules/hear-batch.ts'
import * as store from './store.ts'

const OWNERS = ['referral-desk@anyone', 'consortium-manager@anyone'] as const
const BASIS = 'S0 实时号源,共享床位信息'
/** An answer names so many gaps and unknown references; the page of the feed shows them all. */
const NAMED_MOST = 50

const feedEvent = (
  type: string,
  { org, id }: Pick<Feed, 'org' | 'id'>,
  data: TraceEvent['data'],
  reason?: string,
): TraceEvent => ({
  type,
  case: { kind: 'feed', org, id },
  person: null,
  seenBy: [org],
  ...(data ? { data } : {}),
  ...(reason ? { reason } : {}),
})

const hashOf = (message: unknown): string => createHash('sha256').update(JSON.stringify(message)).digest('base64url')

type Fed = { readonly seq: number; readonly at: string; readonly entries: Hashed['message']['entries'] }
const hashed = (message: Fed): Hashed => ({ message: { ...message, at: instant(message.at) }, hash: hashOf(message) })

const readFeed = async (tx: Tx, input: { source: string; messages: readonly Fed[] }, act: Act) => {
  const { org } = act.actor
  if (!org) return null
  const feed = await store.lockFeed(tx, org, input.source, { id: act.newId<FeedId>(), at: act.now })
  const entries = input.messages.flatMap(({ at, entries: said }) => said.map((one) => ({ ...one, at: instant(at) })))
  const states = new Map((await store.statesOf(tx, feed)).map((state) => [placeKey(state), state.seq]))
  return {
    feed,
    batch: input.messages.map(hashed),
    known: await store.hashesOf(tx, feed, input.messages.map(({ seq }) => seq)),
    gaps: await store.gapsOf(tx, feed),
    states,
    meant: await store.poolsMeant(tx, feed, entries),
    open: await store.openConflicts(tx, feed),
  }
} // prettier-ignore

const missing = (gaps: readonly KeptGap[]): number =>
  gaps.reduce((sum, { from, to, givenUpAt }) => sum + (givenUpAt === null ? to - from + 1 : 0), 0)

export const feedOccupancy = command({
  name: 'booking.feed-occupancy',
  by: OWNERS,
  basis: BASIS,
  does: {
    zh: '医院系统按序号推送实时号源和床位;重复、乱序、缺号分别识别,与已约号源不一致的列出待核。',
    en: 'A hospital’s system pushes its slots and beds by number; duplicates, reorders and gaps are told apart, and conflicts with units sold are listed.',
  },
  input: feedOccupancyInput,
  read: readFeed,
  decide: ({ feed, batch, known, gaps: before, states, meant, open }, _input, act) => {
    const heard = hearBatch({ highest: feed.highest, gaps: before }, known, batch)
    const last = lastWords(heard.counted, states)
    const fresh = (gap: { from: number; to: number }): KeptGap => ({
      ...gap,
      foundAt: act.now,
      givenUpAt: null,
      givenUpBecause: null,
    })
    const gaps = withPast(heard.window.gaps, before, fresh)
    const own = ownPlaces(meant, act.now)
    const reused = heard.answers.flatMap(({ seq, heard: how }) => (how === 'number-reused' ? [seq] : []))
    const conflicts = conflictsAfter({ feed: feed.id, last, own, open, reused }, act)
    const found = gaps.filter((gap) => gap.foundAt === act.now && before.every(({ from }) => from !== gap.from))
    const events = [
      ...found.map(({ from, to }) => feedEvent('booking.feed-gap-found', feed, { from, to })),
      ...conflicts.found.map(({ id, kind, ref, what, units }) =>
        feedEvent('booking.feed-conflict-found', feed, { conflict: id, kind, ref, what, units }),
      ),
    ]
    const hearing: store.Hearing = {
      feed: { ...feed, highest: heard.window.highest },
      numbers: heard.counted.map(({ message: { seq }, hash }) => ({ seq, hash })),
      gapsBefore: before,
      gaps,
      states: last,
      keep: act.policy('booking.feed-numbers-kept'),
      at: act.now,
    }
    const answer = {
      source: feed.source,
      highest: heard.window.highest,
      messages: heard.answers,
      missing: missing(gaps),
      gaps: gaps.filter(({ givenUpAt }) => givenUpAt === null).slice(0, NAMED_MOST).map(({ from, to }) => ({ from, to })),
      conflicts: conflicts.open,
      unknown: last.filter((state) => isUnknown(own, state)).slice(0, NAMED_MOST).map(({ kind, ref }) => ({ kind, ref })),
    } // prettier-ignore
    return ok({ change: { hearing, conflicts }, answer, events })
  },
  write: async (tx, { hearing, conflicts }, act) => {
    await store.saveHearing(tx, hearing)
    await saveConflicts(tx, hearing.feed.org, conflicts, act.now)
  },
})

const saveConflicts = async (tx: Tx, org: OrgId, { ended, found, changed }: Ended, at: Instant): Promise<void> => {
  if (ended.length > 0) await store.endConflicts(tx, org, ended, at)
  for (const row of [...found, ...changed]) await store.saveConflict(tx, org, row)
}

export const mapFeedRef = command({
  name: 'booking.map-feed-ref',
  by: OWNERS,
  basis: BASIS,
  does: {
    zh: '把院内系统的诊室或病房编号对应到号源池或出诊计划。',
    en: 'Says which pool or plan a hospital’s own number of a clinic or ward means.',
  },
  input: mapFeedRefInput,
  read: async (tx, input, act) => {
    const { org } = act.actor
    if (!org) return null
    const feed = await store.lockKnownFeed(tx, org, input.source)
    const isThere = input.pool
      ? (await findPool(tx, org, input.pool as PoolId)) !== null
      : Boolean(input.plan) && (await store.isPlanOf(tx, org, input.plan ?? ''))
    return { feed, isThere: isThere && !(input.pool && input.plan) }
  },
  decide: ({ feed, isThere }, { source, kind, ref, pool, plan }) => {
    if (!feed) return refuse('booking.feed-unknown', { source })
    if (!isThere) return refuse('booking.feed-ref-target')
    const mapping: store.Mapping = { kind, ref, pool: pool ?? null, plan: plan ?? null }
    return ok({ change: { feed, mapping }, answer: mapping, events: [feedEvent('booking.feed-ref-mapped', feed, mapping)] })
  },
  write: async (tx, { feed, mapping }, act) =>
    void (await store.saveMapping(tx, feed, mapping, { at: act.now, account: act.actor.account })),
})

export const giveUpGap = command({
  name: 'booking.give-up-gap',
  by: OWNERS,
  basis: BASIS,
  does: {
    zh: '说明理由,不再等待缺失的消息;以后补到仍会收下。',
    en: 'Gives missing messages up with a reason; one that comes later is still heard.',
  },
  input: giveUpGapInput,
  read: async (tx, input, act) => {
    const feed = act.actor.org ? await store.lockKnownFeed(tx, act.actor.org, input.source) : null
    return { feed, gaps: feed ? await store.gapsOf(tx, feed) : [] }
  },
  decide: ({ feed, gaps }, { source, from, to, reason }, act) => {
    if (!feed) return refuse('booking.feed-unknown', { source })
    const mark = (gap: KeptGap): KeptGap => ({ ...gap, givenUpAt: act.now, givenUpBecause: reason })
    const given = giveUp(gaps, { from, to }, mark)
    if (given.numbers === 0) return refuse('booking.no-such-gap', { from, to })
    return ok({
      change: { feed, before: gaps, after: given.gaps },
      answer: { source, givenUp: given.numbers, missing: missing(given.gaps) },
      events: [feedEvent('booking.feed-gap-given-up', feed, { from, to, numbers: given.numbers }, reason)],
    })
  },
  write: (tx, { feed, before, after }) => store.saveGaps(tx, feed, before, after),
})

export const acknowledgeConflict = command({
  name: 'booking.acknowledge-conflict',
  by: OWNERS,
  basis: BASIS,
  does: {
    zh: '核对后说明理由,确认一条不一致;两边数字仍保留,扩大时再次列出。',
    en: 'Acknowledges a conflict with a reason; both numbers stay on record, and it comes back when it grows.',
  },
  input: acknowledgeConflictInput,
  read: async (tx, input, act) => {
    const { org } = act.actor
    return org ? { org, conflict: await store.lockConflict(tx, org, input.conflict) } : null
  },
  decide: ({ org, conflict }, { reason }) => {
    if (!conflict || conflict.endedAt || conflict.acknowledgedAt) return refuse('booking.no-open-conflict')
    const { id, feed, what, units } = conflict
    return ok({
      change: { org, id, reason },
      answer: { conflict: id },
      events: [feedEvent('booking.feed-conflict-acknowledged', { org, id: feed }, { conflict: id, what, units }, reason)],
    })
  },
  write: async (tx, { org, id, reason }, act) =>
    void (await store.acknowledge(tx, org, id, { at: act.now, account: act.actor.account, reason })),
})
