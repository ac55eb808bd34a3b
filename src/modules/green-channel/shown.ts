import type { OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../organisations/index.ts'
import { findPersons } from '../residents/index.ts'
import { timedTreatments } from './centre-search.ts'
import { CHANNEL_SHAPES } from './channels.ts'
import type { ShownClock, ShownNode, ShownTarget } from './contract.ts'
import type { GreenCase, GreenNode, Stamp } from './green-channel.ts'
import { NODE_SHAPES } from './nodes.ts'
import { deadlineOf } from './rules/choose-centre.ts'
import { nextTarget, type TargetClock } from './rules/clock-of.ts'
import { orderFault } from './rules/stamp-order.ts'
import * as store from './store.ts'
import { clocksOf, sideOf } from './watch.ts'

const name = ({ zh, en }: Name): { zh: string; en: string | null } => ({ zh, en: en ?? null })

/** A case with all that its clock shows. */
export type WholeCase = {
  readonly green: GreenCase
  readonly stamps: readonly Stamp[]
  readonly places: ReadonlyMap<OrgId, Institution>
  readonly persons: Awaited<ReturnType<typeof findPersons>>
  readonly onwardReferral: string | null
}

/** Several cases with their moments, places and persons, each asked for once. */
export const readWholes = async (db: Queryable, cases: readonly GreenCase[]): Promise<WholeCase[]> => {
  const stamps = await store.stampsOf(db, cases)
  const orgs = [...new Set(cases.flatMap(({ org, receiver }) => [org, receiver]))]
  const places = new Map((await institutionsOf(db, orgs)).map((place) => [place.id, place]))
  const persons = await findPersons(
    db,
    cases.map(({ person }) => person),
  )
  const wholes: WholeCase[] = []
  for (const green of cases) {
    const onward = green.onward ? await store.onwardReferralOf(db, green) : null
    wholes.push({
      green,
      stamps: stamps.filter((one) => one.case === green.id),
      places,
      persons,
      onwardReferral: onward?.referral ?? null,
    })
  }
  return wholes
}

const shownNode = (node: GreenNode, { green, stamps }: WholeCase, act: Act): ShownNode => {
  const entries = stamps.filter((one) => one.node === node)
  const last = entries.at(-1)
  const side = sideOf(act.actor, green)
  const isMine = side !== null && NODE_SHAPES[node].sides.includes(side)
  return {
    node,
    words: NODE_SHAPES[node].words,
    at: last?.at ?? null,
    recordedAt: last?.recordedAt ?? null,
    by: last ? name(last.by) : null,
    isMine,
    mayBeNow:
      isMine && !last && green.state === 'open' && orderFault(green.channel, store.timesOf(stamps), node, act.now) === null,
    corrected: entries.slice(0, -1).map(({ at, by }) => ({ at, by: name(by) })),
    reason: last?.reason ?? null,
  }
}

export const shownTarget = ({ target: { key, words, from, to, measures }, ...clock }: TargetClock): ShownTarget => ({
  key,
  words,
  from,
  to,
  measures: [...measures],
  ...clock,
})

const windowOf = ({ green, stamps }: WholeCase, act: Act) => {
  const treatment = timedTreatments(green.channel, act).find(({ capability }) => capability === green.choice.treatment)
  const firstContact = store.timesOf(stamps)['first-contact'] ?? green.startedAt
  // The window of the body itself; how soon after the first contact is a target of its own.
  const until = treatment ? deadlineOf({ ...treatment, contactMinutes: null }, green.onset, firstContact) : null
  return { treatment: treatment?.words ?? null, windowUntil: until }
}

const shownPlace = (org: OrgId, { places }: WholeCase) => ({
  id: org,
  name: name(places.get(org)?.name ?? { zh: '' }),
  phone: places.get(org)?.phone ?? null,
})

/** A green channel as its parties see it: what has happened, what runs, what is next. */
export const shownClock = (whole: WholeCase, act: Act): ShownClock => {
  const { green, persons } = whole
  const clocks = clocksOf(green, store.timesOf(whole.stamps), act)
  const next = green.state === 'open' ? nextTarget(clocks) : null
  const person = persons.get(green.person)
  const side = sideOf(act.actor, green)
  const times = store.timesOf(whole.stamps)
  const { id, referral, channel, state, outcome, endReason, startedAt, isLateEntry, choice, vitals, ecg, earlier, onward } = green
  return {
    case: id,
    referral,
    channel,
    state,
    outcome,
    endReason,
    side,
    startedAt,
    isLateEntry,
    earlier,
    ...windowOf(whole, act),
    channelWords: CHANNEL_SHAPES[channel].words,
    onset: { kind: green.onset.kind, at: green.onset.kind === 'unknown' ? null : green.onset.at },
    receiver: shownPlace(green.receiver, whole),
    sender: shownPlace(green.org, whole),
    person: { id: green.person, name: name(person ?? { zh: '' }) },
    travelMinutes: choice.travelMinutes,
    why: choice.why,
    considered: choice.considered.map(({ institution, name: called, km, travelMinutes, verdict, why }) => ({
      institution,
      name: name(called),
      km,
      travelMinutes,
      verdict,
      why,
    })),
    vitals,
    ecg: ecg && {
      reference: ecg.reference ?? null,
      rate: ecg.rate ?? null,
      stElevation: ecg.stElevation ?? null,
      finding: ecg.finding ?? null,
    },
    nodes: CHANNEL_SHAPES[channel].nodes.map((node) => shownNode(node, whole, act)),
    targets: clocks.map(shownTarget),
    next: next && shownTarget(next),
    onward: onward && whole.onwardReferral ? { case: onward, referral: whole.onwardReferral } : null,
    mayEnd: state === 'open' && side !== null,
    maySendOn: state === 'open' && side === 'receiver' && onward === null && times['door-in'] !== undefined,
  }
}
