import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, refuseAll, type Refusal } from '../../../kernel/result.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { referralForms, takeSteps } from '../../referral/index.ts'
import { findCentre } from '../centre-search.ts'
import { CHANNEL_SHAPES } from '../channels.ts'
import { onwardInput, type GreenChannelCode } from '../contract.ts'
import type { GreenCase, GreenNode, Stamp } from '../green-channel.ts'
import { letterOf } from '../letter.ts'
import { writtenMoment } from '../rules/written-moment.ts'
import * as store from '../store.ts'
import { eventOf, relationsToCase, saidMoment, waitsOf } from '../watch.ts'
import { freshCase } from './start.ts'
import { lockWithStamps } from './stamp.ts'

const sendEmergency = referralForms['referral.send-emergency']
const arrive = referralForms['referral.arrive']

type OnwardInput = ReturnType<typeof onwardInput.parse>

const emergencyInput = (green: GreenCase, input: OnwardInput, found: { receiver: string; specialty: string }, act: Act) => {
  const letter = letterOf(green, act)
  return {
    person: green.person,
    receiver: found.receiver,
    specialty: found.specialty,
    condition: CHANNEL_SHAPES[green.channel].condition,
    letter: { ...letter, reason: `${letter.reason};${input.reason}` },
    urgency: 'green-channel' as const,
    occurredAt: input.occurredAt ? saidMoment(input.occurredAt, act) : null,
  }
}

const readOnward = async (tx: Tx, input: OnwardInput, act: Act) => {
  const locked = await lockWithStamps(tx, input)
  if (!locked || !act.actor.org) return null
  const { green, stamps } = locked
  const departure = saidMoment(input.occurredAt, act)
  const firstContact = store.timesOf(stamps)['first-contact'] ?? green.startedAt
  const needs = input.needs ?? CHANNEL_SHAPES[green.channel].onwardFor
  const wish = (input.receiver as OrgId | null | undefined) ?? null
  const found = await findCentre(
    tx,
    { channel: green.channel, from: act.actor.org, onset: green.onset, firstContact, departure, needs, wish },
    act,
  )
  const move = await arrive.read(tx, { referral: green.referral }, act)
  return {
    ...locked,
    departure,
    found,
    move,
    next: found && (await sendEmergency.read(tx, emergencyInput(green, input, found, act), act)),
  }
}

type OnwardFacts = NonNullable<Awaited<ReturnType<typeof readOnward>>>

const faultsOf = (
  { green, stamps, departure, found }: OnwardFacts,
  input: OnwardInput,
  act: Act,
): Refusal<GreenChannelCode>[] => {
  const { zh, en } = CHANNEL_SHAPES[green.channel].words
  if (green.onward) return [{ code: 'green-channel.onward-already' }]
  if (green.state === 'ended')
    return [{ code: 'green-channel.ended-already', detail: { hours: act.policy('green-channel.late-stamp-hours') } }]
  const faults: Refusal<GreenChannelCode>[] = []
  if (!store.timesOf(stamps)['door-in']) faults.push({ code: 'green-channel.not-yet-here' })
  if (departure > act.now)
    faults.push({ code: 'green-channel.in-future', detail: { at: writtenMoment(departure, act.zone) }, field: 'occurredAt' })
  if (!found) faults.push({ code: 'green-channel.no-centre', detail: { channel: zh, channel_en: en } })
  else if (input.receiver && !found.choice.isOwnWish) faults.push({ code: 'green-channel.wish-not-possible', field: 'receiver' })
  return faults
}

// What happened before the first door belongs to the patient and goes along; what a hospital did stays with its own case.
const GOES_ALONG: readonly GreenNode[] = ['onset', 'call-120', 'first-contact', 'ecg-first', 'ecg-read']

const alongStamps = (stamps: readonly Stamp[], act: Act): Stamp[] =>
  GOES_ALONG.flatMap((node) => {
    const last = stamps.findLast((one) => one.node === node)
    return last ? [{ ...last, seq: 1, reason: null, recordedAt: act.now }] : []
  })

export const sendOnward = command({
  name: 'green-channel.send-onward',
  by: ['referral-desk@receiver', 'ward@receiver'],
  basis: '县级溶栓、市级取栓:接续转诊(drip and ship),入门到出门计时',
  does: {
    zh: '转往上级中心:关联的第二张急诊转诊单立即发出,原单随之终止,入门到出门开始计时。',
    en: 'Sends on to a higher centre: a second, linked emergency referral goes at once, the first ends, and the door-in-door-out clock runs.',
  },
  input: onwardInput,
  read: readOnward,
  relation: ({ green }, { actor }) => relationsToCase(actor, green),
  subject: ({ green }) => ({ person: green.person, case: green.id }),
  decide: (facts, input, act) => {
    const { green, found, next, move, departure } = facts
    const faults = faultsOf(facts, input, act)
    if (faults.length > 0 || !found || !next || !move) return faults.length > 0 ? refuseAll(faults) : refuse('platform.not-found')
    const why = `转往上级救治中心:${input.reason}`
    const first = takeSteps(move.referral, move.referral, [{ move: 'end-elsewhere', reason: why, patch: { endedWhy: why } }], act)
    const sent = sendEmergency.decide(next, emergencyInput(green, input, found, act), act)
    if (!first.ok || !sent.ok) return refuseAll([...(first.ok ? [] : first.refusals), ...(sent.ok ? [] : sent.refusals)])
    return ok(decided({ facts, found, first: first.value, sent: sent.value, departure, reason: input.reason }, act))
  },
  write: async (tx, { first, sent, next, green }, act) => {
    await sendEmergency.write(tx, first, act)
    await sendEmergency.write(tx, sent, act)
    await store.saveGreen(tx, next, act)
    await store.saveGreen(tx, green, act)
  },
})

type Referred = Extract<ReturnType<typeof sendEmergency.decide>, { ok: true }>['value']
type Parts = {
  readonly facts: OnwardFacts
  readonly found: NonNullable<OnwardFacts['found']>
  readonly first: Referred
  readonly sent: Referred
  readonly departure: OnwardFacts['departure']
  readonly reason: string
}

const decided = ({ facts: { green, stamps }, found, first, sent, departure, reason }: Parts, act: Act) => {
  const { referral, slipNo } = sent.answer
  const fresh: GreenCase = {
    ...freshCase(
      {
        input: { channel: green.channel, onset: { kind: 'unknown' }, vitals: green.vitals, ecg: green.ecg },
        begun: departure,
        person: { id: green.person, careOrg: sent.change.after.careOrg },
        found,
        referral,
        earlier: green.id,
      },
      act,
    ),
    onset: green.onset,
  }
  const along = alongStamps(stamps, act)
  const after: GreenCase = { ...green, version: green.version + 1, onward: fresh.id }
  const events: TraceEvent[] = [
    ...(first.events ?? []),
    ...(sent.events ?? []),
    eventOf('sent-onward', after, { reason, occurredAt: departure, data: { receiver: fresh.receiver, onward: fresh.id } }),
    eventOf('started', fresh, { occurredAt: departure, data: { receiver: fresh.receiver, earlier: green.id } }),
  ]
  return {
    change: {
      first: first.change,
      sent: sent.change,
      next: { before: null, after: fresh, stamps: along },
      green: { before: green, after, stamps: [], onwardReferral: referral },
    },
    answer: {
      case: fresh.id,
      referral,
      slipNo,
      receiver: fresh.receiver,
      travelMinutes: fresh.choice.travelMinutes,
      why: fresh.choice.why,
    },
    events,
    waits: [
      ...(first.waits ?? []),
      ...(sent.waits ?? []),
      waitsOf(fresh, store.timesOf(along), act),
      waitsOf(after, store.timesOf(stamps), act),
    ],
  }
}
