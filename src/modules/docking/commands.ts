import { createHash } from 'node:crypto'
import { dayOf, instantAt, plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { Relation } from '../../platform/access.ts'
import { command, type Act, type Decision, type TraceEvent } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { supervisorsOf } from '../organisations/index.ts'
import { findReferral, type ReferralId } from '../referral/index.ts'
import { compareInput, correctInput, giveUpInput, queueInput, retryInput } from './contract.ts'
import type { Comparison, Corrections, Line, Message, MessageId } from './docking.ts'
import { TOLD } from './message-kinds.ts'
import { WORDS_OF_DIFFERENCE } from './queries.ts'
import { compareBooks, type OwnEntry } from './rules/compare-books.ts'
import * as store from './store.ts'

const HOUSE = ['system@anyone'] as const
const STAFF = [
  'referral-desk@sender',
  'referral-desk@receiver',
  'consortium-manager@sender',
  'consortium-manager@receiver',
  'consortium-manager@supervisor',
  'administrator@anyone',
] as const
const BASIS = 'S0 加快推动医疗卫生机构与省平台对接'

export const queue = command({
  name: 'docking.queue',
  by: HOUSE,
  basis: BASIS,
  does: {
    zh: '转诊有进展:按顺序排入待发省平台的消息。',
    en: 'A referral has moved: what the provincial platform is to be told is queued in order.',
  },
  input: queueInput,
  read: async (tx, input) => {
    const traced = await store.findEvent(tx, input.caseId, input.event)
    const referral = traced && (await findReferral(tx, input.caseId as ReferralId))
    return referral && { referral, traced, line: await store.lockLine(tx, referral.org, referral.id) }
  },
  subject: ({ referral }) => ({ person: referral.person, case: referral.id }),
  decide: ({ referral, traced, line }, input, act) => {
    const kinds = TOLD[input.type] ?? []
    const [first] = kinds
    // Of a case that was never told, its end is not told either: a draft that was cancelled, for instance.
    if (!first || (!line && first === 'cancellation')) return refuse('docking.nothing-to-tell')
    const before = line?.lastSeq ?? 0
    const receiver = (typeof traced.data['receiver'] === 'string' ? traced.data['receiver'] : referral.receiver) as OrgId
    const messages = kinds.map((kind, at) => ({ kind, seq: before + at + 1, id: act.newId<MessageId>() }))
    const after: Line = {
      org: referral.org,
      caseId: referral.id,
      person: referral.person,
      receiver,
      lastSeq: before + messages.length,
    }
    return ok({
      change: { line: after, isNew: !line, event: input.event, traced, messages },
      answer: { messages: messages.length },
    })
  },
  write: store.saveQueued,
})

/** How staff stand to a stuck message: by its case's sender and receiver, or one level above the sender. */
const relationsToLine = (
  { line, above }: { line: Pick<Line, 'org' | 'receiver'>; above: readonly OrgId[] },
  { actor }: Act,
): Relation[] => {
  if (!actor.org) return []
  const relations: Relation[] = []
  if (actor.org === line.org) relations.push('sender')
  if (actor.org === line.receiver) relations.push('receiver')
  if (above.includes(actor.org)) relations.push('supervisor')
  return relations
}

const lockStuck = async (tx: Tx, input: { org: string; id: string }, act: Act) => {
  const found = await store.lockStuck(tx, input.org as OrgId, input.id)
  return found && { ...found, above: await supervisorsOf(tx, found.line.org, act.today) }
}

const told = (type: string, message: Message, line: Line, reason?: string): TraceEvent => ({
  type,
  case: { kind: 'referral', org: line.org, id: line.caseId },
  person: line.person,
  seenBy: [line.org, line.receiver],
  data: { seq: message.seq, message: message.kind },
  ...(reason ? { reason } : {}),
})

const notStuck = ({ message }: { message: Message }): boolean => message.state !== 'stuck'

export const retry = command({
  name: 'docking.retry',
  by: STAFF,
  basis: BASIS,
  does: {
    zh: '平台一侧已解决:原样重发被退回的消息。',
    en: 'Sends a message that was refused once more as it is, because the platform’s side was mended.',
  },
  input: retryInput,
  read: lockStuck,
  relation: relationsToLine,
  subject: ({ line }) => ({ person: line.person, case: line.caseId }),
  decide: (facts) =>
    notStuck(facts)
      ? refuse('docking.not-stuck')
      : ok({
          change: { message: facts.message, corrections: {} as Corrections },
          answer: { id: facts.message.id },
          events: [told('docking.retried', facts.message, facts.line)],
        }),
  write: (tx, { message, corrections }) => store.saveRetry(tx, message, corrections),
})

export const correctAndRetry = command({
  name: 'docking.correct-and-retry',
  by: STAFF,
  basis: BASIS,
  does: {
    zh: '更正平台不认的代码后重发;转诊单本身不变。',
    en: 'Corrects codes that the platform does not know and sends the message again; the referral stays as it is.',
  },
  input: correctInput,
  read: lockStuck,
  relation: relationsToLine,
  subject: ({ line }) => ({ person: line.person, case: line.caseId }),
  decide: (facts, input) => {
    if (notStuck(facts)) return refuse('docking.not-stuck')
    return ok({
      change: { message: facts.message, corrections: input.corrections },
      answer: { id: facts.message.id },
      events: [told('docking.corrected', facts.message, facts.line, input.reason)],
    })
  },
  write: (tx, { message, corrections }) => store.saveRetry(tx, message, corrections),
})

type GivenUp = { readonly message: Message | null; readonly id: string; readonly org: OrgId; readonly reason: string }

export const giveUp = command({
  name: 'docking.give-up',
  by: STAFF,
  basis: BASIS,
  does: {
    zh: '不再发送这条消息(须说明理由),本单后续消息照常;或确认一项账目差异。',
    en: 'Leaves a message out for good, with a reason, and the case goes on; or accepts a difference of the books.',
  },
  input: giveUpInput,
  read: async (tx, input, act) => {
    const stuck = await lockStuck(tx, input, act)
    if (stuck) return { ...stuck, difference: null }
    const difference = await store.lockDifference(tx, input.org as OrgId, input.id)
    return (
      difference && {
        message: null,
        difference,
        line: { org: difference.org, receiver: difference.org },
        above: await supervisorsOf(tx, difference.org, act.today),
      }
    )
  },
  relation: relationsToLine,
  decide: (facts, input): Result<Decision<GivenUp, { id: string }>> => {
    if (facts.message === null)
      return ok({
        change: { message: null, id: input.id, org: input.org as OrgId, reason: input.reason },
        answer: { id: input.id },
      })
    if (notStuck(facts)) return refuse('docking.not-stuck')
    const { message, line } = facts
    return ok({
      change: { message, id: input.id, org: message.org, reason: input.reason },
      answer: { id: message.id },
      events: [told('docking.given-up', message, line, input.reason)],
    })
  },
  write: async (tx, { message, id, org, reason }, act) =>
    message ? store.saveGivenUp(tx, message, reason) : void (await store.saveDifferenceClosed(tx, org, id, reason, act.now)),
})

/** The hash over one case's messages of a day, in order: `seq id hash` a line. The platform makes the same of what it has. */
export const dayHash = (messages: readonly { seq: number; id: string; hash: string | null }[]): string => {
  const hash = createHash('sha256')
  for (const { seq, id, hash: one } of messages) hash.update(`${seq} ${id} ${one}\n`)
  return hash.digest('hex')
}

const entriesOf = (messages: readonly store.DayMessage[]): (OwnEntry & { org: OrgId })[] =>
  [...Map.groupBy(messages, ({ caseId }) => caseId)].map(([caseId, all]) => {
    const done = all.filter(({ state }) => state === 'acknowledged')
    const org = all[0]?.org as OrgId
    return {
      org,
      caseId,
      lastSeq: done.at(-1)?.seq ?? 0,
      hash: dayHash(done),
      isUnderWay: all.some(({ state }) => state === 'waiting' || state === 'stuck'),
    }
  })

/** Differences about a case that nobody here knows belong to the region. */
const REGION = '0' as OrgId

export const compare = command({
  name: 'docking.compare',
  by: HOUSE,
  basis: BASIS,
  does: {
    zh: '与省平台核对一天的账目:差异进入待处理列表。',
    en: 'Compares a day’s books with the platform’s; what differs waits for a person.',
  },
  input: compareInput,
  read: (tx, input, act) => {
    const from = instantAt(input.day as Day, '00:00', act.zone)
    return store.messagesOfDay(tx, from, instantAt(plusDays(input.day as Day, 1), '00:00', act.zone))
  },
  decide: (messages, input, act) => {
    const here = entriesOf(messages)
    const owners = new Map(here.map(({ caseId, org }) => [caseId, org]))
    const differences = compareBooks(here, input.there).map((one) => ({
      ...one,
      org: owners.get(one.caseId) ?? REGION,
      id: act.newId(),
    }))
    const comparison: Comparison = { day: input.day as Day, casesHere: here.filter(({ lastSeq }) => lastSeq > 0).length, casesThere: input.there.length,
      underWay: here.filter(({ isUnderWay }) => isUnderWay).length, differences: differences.length } // prettier-ignore
    return ok({
      change: { comparison, at: act.now, differences },
      answer: { ...comparison, kinds: differences.map(({ kind }) => kind) },
    })
  },
  write: (tx, change) => store.saveComparison(tx, change, WORDS_OF_DIFFERENCE['missing-there']),
})

/** The day before a moment, in the region's zone. */
export const dayBefore = (act: Pick<Act, 'now' | 'zone'>): Day => plusDays(dayOf(act.now, act.zone), -1)
