import { instant, plusHours, plusMilliseconds, type Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Actor, Relation } from '../../platform/access.ts'
import type { Act, CaseKey, CaseWait, TraceEvent } from '../../platform/forms/form.ts'
import { minutesOfChannel } from './centre-search.ts'
import type { GreenCase, GreenSide, NodeTimes, Stamp } from './green-channel.ts'
import { clockOf, noticesOf, type TargetClock } from './rules/clock-of.ts'

export const caseOf = ({ org, id }: Pick<GreenCase, 'org' | 'id'>): CaseKey => ({ kind: 'green-channel', org, id })

const partiesOf = ({ org, receiver, careOrg, supervisors }: GreenCase): OrgId[] => [
  ...new Set([org, receiver, ...(careOrg ? [careOrg] : []), ...supervisors]),
]

/** How an actor stands to a green channel. */
export const relationsToCase = (actor: Actor, { org, receiver, careOrg, supervisors }: GreenCase): Relation[] => {
  if (actor.org === null) return []
  const relations: Relation[] = []
  if (actor.org === org) relations.push('sender')
  if (actor.org === receiver) relations.push('receiver')
  if (actor.org === careOrg) relations.push('care-team')
  if (supervisors.includes(actor.org)) relations.push('supervisor')
  return relations
}

/** The side on which an actor writes moments down; null for a party that only looks on. */
export const sideOf = (actor: Actor, { org, receiver }: Pick<GreenCase, 'org' | 'receiver'>): GreenSide | null => {
  if (actor.org === receiver) return 'receiver'
  return actor.org === org ? 'sender' : null
}

/** A moment that a device says; none means now, and so does one that is ahead by less than its clock may be wrong. */
export const saidMoment = (text: string | null | undefined, act: Act): Instant => {
  if (!text) return act.now
  const said = instant(text)
  return said > act.now && said <= plusMilliseconds(act.now, act.policy('green-channel.clock-slack-seconds') * 1_000)
    ? act.now
    : said
}

/** Every target of a case by the rulebook of today. */
export const clocksOf = (green: GreenCase, times: NodeTimes, act: Act): TargetClock[] =>
  clockOf({ ...green, times }, minutesOfChannel(green.channel, act), act.policy('green-channel.warn-share'), act.now)

/** What the house waits for: each running target near, then past; and an end, in case that nobody writes one. */
export const waitsOf = (green: GreenCase, times: NodeTimes, act: Act): { case: CaseKey; open: CaseWait[] } => {
  if (green.state === 'ended') return { case: caseOf(green), open: [] }
  const input = { case: green.id }
  const lapse: CaseWait = {
    name: 'lapse',
    command: 'green-channel.lapse',
    input,
    dueAt: plusHours(green.recordedAt, act.policy('green-channel.ends-after-hours')),
  }
  const notices = noticesOf(clocksOf(green, times, act), green.told, act.now).map(({ key, what, dueAt }): CaseWait => ({
    name: `${what} ${key}`,
    command: what === 'soon' ? 'green-channel.warn' : 'green-channel.mark-late',
    input: { ...input, target: key },
    dueAt,
  }))
  return { case: caseOf(green), open: [lapse, ...notices] }
}

type Told = {
  readonly reason?: string | null | undefined
  readonly occurredAt?: Instant | null | undefined
  readonly data?: TraceEvent['data']
}

/** Something that happened to a green channel, for both sides, the care team and whoever an escalation told. */
export const eventOf = (type: string, green: GreenCase, { reason, occurredAt, data }: Told = {}): TraceEvent => ({
  type: `green-channel.${type}`,
  case: caseOf(green),
  person: green.person,
  seenBy: partiesOf(green),
  ...(reason ? { reason } : {}),
  ...(occurredAt ? { occurredAt } : {}),
  data: { channel: green.channel, referral: green.referral, state: green.state, ...data },
})

/** A new moment written by the actor; `seq` counts the entries of a node. */
export const stampBy = (act: Act, node: Stamp['node'], at: Instant, seq = 1, reason: string | null = null): Stamp => ({
  node,
  seq,
  at,
  recordedAt: act.now,
  by: act.actor.name,
  org: act.actor.org,
  reason,
})
