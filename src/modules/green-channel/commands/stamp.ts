import { plusHours, type Instant } from '../../../kernel/clock.ts'
import { ok, refuse, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { lifecycle, referralForms } from '../../referral/index.ts'
import { CHANNEL_SHAPES } from '../channels.ts'
import { caseInput, endInput, stampInput, type GreenChannelCode } from '../contract.ts'
import type { GreenCase, GreenNode, Outcome, Stamp } from '../green-channel.ts'
import { NODE_SHAPES } from '../nodes.ts'
import { orderFault, type OrderFault } from '../rules/stamp-order.ts'
import { writtenMoment } from '../rules/written-moment.ts'
import * as store from '../store.ts'
import { eventOf, relationsToCase, saidMoment, sideOf, stampBy, waitsOf } from '../watch.ts'

/** Who works with a channel: the staff of both sides. */
export const SIDES = (['village-doctor', 'family-doctor', 'referral-desk', 'ward'] as const).flatMap(
  (role) => [`${role}@sender`, `${role}@receiver`] as const,
)

const arrive = referralForms['referral.arrive']
const begin = referralForms['referral.begin']

/** A case with its moments, locked. */
export const lockWithStamps = async (tx: Tx, input: { case: string }) => {
  const green = await store.lockCase(tx, input.case)
  return green && { green, stamps: await store.stampsOf(tx, [green]) }
}

type Locked = { readonly green: GreenCase; readonly stamps: readonly Stamp[] }

/** What contradicts the order, with both times. */
export const orderRefusal = ({ earlier, earlierAt, later, laterAt }: OrderFault, act: Act): Refusal<GreenChannelCode> => {
  const [one, other] = [NODE_SHAPES[earlier].words, NODE_SHAPES[later].words]
  const [earlier_at, later_at] = [writtenMoment(earlierAt, act.zone), writtenMoment(laterAt, act.zone)]
  return {
    code: 'green-channel.out-of-order',
    detail: { earlier: one.zh, earlier_en: one.en, earlier_at, later: other.zh, later_en: other.en, later_at },
    field: 'occurredAt',
  }
}

type Wish = { readonly node: GreenNode; readonly at: Instant; readonly reason: string | null }

/** Everything that speaks against a moment; empty when it may be written. */
const faultsOfStamp = ({ green, stamps }: Locked, { node, at, reason }: Wish, act: Act): Refusal<GreenChannelCode>[] => {
  const { words } = NODE_SHAPES[node]
  const shape = CHANNEL_SHAPES[green.channel]
  const named = { node: words.zh, node_en: words.en }
  if (!shape.nodes.includes(node))
    return [
      {
        code: 'green-channel.not-of-channel',
        detail: { ...named, channel: shape.words.zh, channel_en: shape.words.en },
        field: 'node',
      },
    ]
  const side = sideOf(act.actor, green)
  if (act.actor.role !== 'system' && (!side || !NODE_SHAPES[node].sides.includes(side)))
    return [{ code: 'green-channel.of-other-side', detail: named, field: 'node' }]
  const hours = act.policy('green-channel.late-stamp-hours')
  if (green.endedAt && act.now > plusHours(green.endedAt, hours))
    return [{ code: 'green-channel.ended-already', detail: { hours } }]
  if (at > act.now) return [{ code: 'green-channel.in-future', detail: { at: writtenMoment(at, act.zone) }, field: 'occurredAt' }]
  const earlier = stamps.findLast((one) => one.node === node)
  if (earlier && !reason)
    return [
      { code: 'green-channel.stamped-already', detail: { ...named, at: writtenMoment(earlier.at, act.zone) }, field: 'reason' },
    ]
  if (!earlier && reason) return [{ code: 'green-channel.nothing-to-correct', detail: named, field: 'reason' }]
  const { [node]: _replaced, ...others } = store.timesOf(stamps)
  const fault = orderFault(green.channel, others, node, at)
  return fault ? [orderRefusal(fault, act)] : []
}

/** A moment written into a case; leaving for the next hospital ends the case that was sent on. */
const stamped = ({ green, stamps }: Locked, wish: Wish, act: Act) => {
  const faults = faultsOfStamp({ green, stamps }, wish, act)
  if (faults.length > 0) return refuseAll(faults)
  const seq = stamps.filter(({ node }) => node === wish.node).length + 1
  const fresh = stampBy(act, wish.node, wish.at, seq, wish.reason)
  const leaves = wish.node === 'door-out' && green.onward !== null && green.state === 'open'
  const after: GreenCase = leaves ? endedCase(green, 'transferred-on', null, act) : { ...green, version: green.version + 1 }
  const times = store.timesOf([...stamps, fresh])
  const event = eventOf(wish.reason ? 'corrected' : 'stamped', after, {
    reason: wish.reason,
    occurredAt: wish.at,
    data: { node: wish.node },
  })
  const ends = leaves ? [eventOf('ended', after, { data: { outcome: 'transferred-on' } })] : []
  return ok({ change: { before: green, after, stamps: [fresh] }, events: [event, ...ends], waits: [waitsOf(after, times, act)] })
}

/** A case that is over. */
export const endedCase = (green: GreenCase, outcome: Outcome, reason: string | null, act: Act): GreenCase => ({
  ...green,
  version: green.version + 1,
  state: 'ended',
  outcome,
  endReason: reason,
  endedAt: act.now,
})

const TREATMENT_NODES: readonly GreenNode[] = ['needle', 'puncture', 'operation', 'delivery']

/** The move of the referral that a moment of the receiving side is: nobody enters an arrival twice. */
const moveOf = (node: GreenNode, state: keyof typeof lifecycle.states): 'arrive' | 'begin' | null => {
  if (node === 'door-in' && lifecycle.moves.arrive.from.includes(state)) return 'arrive'
  return TREATMENT_NODES.includes(node) && lifecycle.moves.begin.from.includes(state) ? 'begin' : null
}

type MoveFacts = NonNullable<Awaited<ReturnType<typeof arrive.read>>>

const movedAlong = (facts: MoveFacts | null, wish: Wish, isReceiver: boolean, act: Act) => {
  const move = facts && isReceiver ? moveOf(wish.node, facts.referral.state) : null
  if (!facts || !move) return null
  return move === 'arrive'
    ? arrive.decide(facts, { referral: facts.referral.id, occurredAt: wish.at }, act)
    : begin.decide(facts, { referral: facts.referral.id }, act)
}

export const stamp = command({
  name: 'green-channel.stamp',
  by: SIDES,
  basis: '五大中心质控:时间节点如实记录',
  does: {
    zh: '记录一个时间节点;可晚几分钟补记,更正须写原因,原记录保留。到院和开始治疗同时推进转诊单。',
    en: 'Writes a moment down, also minutes later; a correction needs a reason and keeps the earlier entry. Door and treatment move the referral too.',
  },
  input: stampInput,
  read: async (tx, input, act) => {
    const locked = await lockWithStamps(tx, input)
    return locked && { ...locked, move: await arrive.read(tx, { referral: locked.green.referral }, act) }
  },
  relation: ({ green }, { actor }) => relationsToCase(actor, green),
  subject: ({ green }) => ({ person: green.person, case: green.id }),
  decide: ({ move, ...locked }, input, act) => {
    const wish: Wish = {
      node: input.node,
      at: saidMoment(input.occurredAt, act),
      reason: input.reason ?? null,
    }
    const written = stamped(locked, wish, act)
    if (!written.ok) return written
    const moved = movedAlong(move, wish, sideOf(act.actor, locked.green) === 'receiver', act)
    if (moved && !moved.ok) return moved
    const { change, events, waits } = written.value
    const own: readonly TraceEvent[] = events
    return ok({
      change: { green: change, moved: moved?.value.change ?? null },
      answer: { case: change.after.id, node: wish.node, at: wish.at, state: change.after.state },
      events: [...own, ...(moved?.value.events ?? [])],
      waits: [...waits, ...(moved?.value.waits ?? [])],
    })
  },
  write: async (tx, { green, moved }, act) => {
    await store.saveGreen(tx, green, act)
    if (moved) await arrive.write(tx, moved, act)
  },
})

const ended = (
  { green, stamps }: Locked,
  outcome: Outcome,
  reason: string,
  type: string,
  act: Act,
): Result<
  {
    change: store.GreenChange
    answer: { case: string; outcome: Outcome }
    events: TraceEvent[]
    waits: ReturnType<typeof waitsOf>[]
  },
  GreenChannelCode
> => {
  if (green.state === 'ended')
    return refuse('green-channel.ended-already', { hours: act.policy('green-channel.late-stamp-hours') })
  const after = endedCase(green, outcome, reason, act)
  return ok({
    change: { before: green, after, stamps: [] },
    answer: { case: green.id, outcome },
    events: [eventOf(type, after, { reason, data: { outcome } })],
    waits: [waitsOf(after, store.timesOf(stamps), act)],
  })
}

export const end = command({
  name: 'green-channel.end',
  by: SIDES,
  basis: '五大中心质控:每例有结局',
  does: {
    zh: '结束绿色通道并写明结局和原因;转诊单照常继续。',
    en: 'Ends the channel with its outcome and a reason; the referral goes on.',
  },
  input: endInput,
  read: lockWithStamps,
  relation: ({ green }, { actor }) => relationsToCase(actor, green),
  subject: ({ green }) => ({ person: green.person, case: green.id }),
  decide: (locked, input, act) => ended(locked, input.outcome, input.reason, 'ended', act),
  write: store.saveGreen,
})

export const lapse = command({
  name: 'green-channel.lapse',
  by: ['system@anyone'],
  basis: '无人收口的通道由系统结束并注明 (设计值)',
  does: {
    zh: '久未结束的绿色通道由系统收口,按未写结局统计。',
    en: 'Ends a channel that nobody ended; it counts as one without an outcome.',
  },
  input: caseInput,
  read: lockWithStamps,
  subject: ({ green }) => ({ person: green.person, case: green.id }),
  decide: (locked, _input, act) => ended(locked, 'never-ended', '超过时限无人收口', 'lapsed', act),
  write: store.saveGreen,
})

export { ended as endedDecision, stamped as stampedDecision }
