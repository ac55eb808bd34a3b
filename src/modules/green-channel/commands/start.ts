import { instant, plusHours, plusMinutes, type Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse, refuseAll, type Refusal } from '../../../kernel/result.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { referralForms } from '../../referral/index.ts'
import { idsOf, residentsForms, type NewPerson, type Person } from '../../residents/index.ts'
import { findCentre } from '../centre-search.ts'
import { CHANNEL_SHAPES } from '../channels.ts'
import { startInput, type GreenChannelCode } from '../contract.ts'
import type { Channel, GreenCase, GreenCaseId, Onset, Stamp } from '../green-channel.ts'
import { letterOf } from '../letter.ts'
import { orderFault } from '../rules/stamp-order.ts'
import { writtenMoment } from '../rules/written-moment.ts'
import * as store from '../store.ts'
import { eventOf, saidMoment, stampBy, waitsOf } from '../watch.ts'
import { orderRefusal } from './stamp.ts'

type StartInput = ReturnType<typeof startInput.parse>
const sendEmergency = referralForms['referral.send-emergency']
const register = residentsForms['residents.register']

const onsetOf = ({ onset }: StartInput): Onset =>
  onset.kind === 'unknown' || !onset.at ? { kind: 'unknown' } : { kind: onset.kind, at: instant(onset.at) }

const emergencyInput = (input: StartInput, person: string, receiver: string, specialty: string, act: Act) => {
  const letter = letterOf({ channel: input.channel, onset: onsetOf(input), vitals: input.vitals, ecg: input.ecg ?? null }, act)
  const { condition } = CHANNEL_SHAPES[input.channel]
  return {
    person,
    receiver,
    specialty,
    condition,
    letter,
    urgency: 'green-channel' as const,
    occurredAt: input.occurredAt ? saidMoment(input.occurredAt, act) : null,
  }
}

const NAMELESS = { zh: '身份不明者', en: 'Unknown person' }

const registerInput = ({ unknown }: StartInput) => ({
  name: unknown?.zh ? { zh: unknown.zh } : NAMELESS,
  sex: unknown?.sex ?? ('unknown' as const),
  address: unknown?.about ?? null,
  insurance: 'none' as const,
})

const readStart = async (tx: Tx, input: StartInput, act: Act) => {
  if (!act.actor.org) return null
  const begun = saidMoment(input.occurredAt, act)
  const asked = {
    channel: input.channel,
    from: act.actor.org,
    onset: onsetOf(input),
    firstContact: begun,
    departure: begun,
    needs: input.needs ?? null,
  }
  const found = await findCentre(tx, { ...asked, wish: (input.receiver as OrgId | null | undefined) ?? null }, act)
  const registration = input.person ? null : await register.read(tx, registerInput(input), act)
  const person = input.person ?? registration?.id ?? '0'
  const open = await store.findOpen(tx, await idsOf(tx, person as PersonId), input.channel)
  const referral =
    found && (await sendEmergency.read(tx, emergencyInput(input, person, found.receiver, found.specialty, act), act))
  return { begun, found, registration, person, open, referral }
}

type StartFacts = NonNullable<Awaited<ReturnType<typeof readStart>>>

const faultsOf = ({ begun, found, open, registration }: StartFacts, input: StartInput, act: Act): Refusal<GreenChannelCode>[] => {
  const { zh, en } = CHANNEL_SHAPES[input.channel].words
  const faults: Refusal<GreenChannelCode>[] = []
  const hoursMost = act.policy('green-channel.late-entry-hours-most')
  const future = (at: string | null | undefined, field: string): void => {
    if (at && instant(at) > act.now)
      faults.push({ code: 'green-channel.in-future', detail: { at: writtenMoment(instant(at), act.zone) }, field })
  }
  future(begun, 'occurredAt')
  future(input.onset.at, 'onset.at')
  future(input.call120At, 'call120At')
  if (begun < plusHours(act.now, -hoursMost))
    faults.push({ code: 'green-channel.too-late-to-start', detail: { hours: hoursMost } })
  if (open && !registration)
    faults.push({
      code: 'green-channel.open-already',
      detail: { channel: zh, channel_en: en, since: writtenMoment(open.since, act.zone) },
    })
  if (!found) faults.push({ code: 'green-channel.no-centre', detail: { channel: zh, channel_en: en } })
  else if (input.receiver && !found.choice.isOwnWish) faults.push({ code: 'green-channel.wish-not-possible', field: 'receiver' })
  return faults
}

/** The person as the referral's rule sees somebody who is being registered in this very act: alive, and not merged. */
const personOf = (fresh: NewPerson): Person =>
  ({
    ...fresh,
    diedOn: null,
    mergedInto: null,
    erasedAt: null,
    phoneSealed: null,
    idNumberSealed: null,
    wrappedKey: null,
  }) as unknown as Person

const firstStamps = (input: StartInput, begun: Instant, act: Act): Stamp[] => {
  const onset = onsetOf(input)
  return [
    ...(onset.kind === 'known' ? [stampBy(act, 'onset', onset.at)] : []),
    ...(input.call120At ? [stampBy(act, 'call-120', instant(input.call120At))] : []),
    stampBy(act, 'first-contact', begun),
    ...(input.ecg && CHANNEL_SHAPES[input.channel].nodes.includes('ecg-first') ? [stampBy(act, 'ecg-first', begun)] : []),
  ]
}

/** The fault in the order of the first moments, if they contradict each other. */
const orderOf = (channel: Channel, stamps: readonly Stamp[], act: Act): Refusal<GreenChannelCode>[] => {
  const times = store.timesOf(stamps)
  const fault = stamps.map(({ node, at }) => orderFault(channel, times, node, at)).find((one) => one !== null)
  return fault ? [orderRefusal(fault, act)] : []
}

export const start = command({
  name: 'green-channel.start',
  by: ['village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own'],
  basis: 'S1 绿色通道:病人未到病情信息先到;五大中心',
  does: {
    zh: '一键开启绿色通道:选定最近的、能救治的中心,急诊转诊、计时和病历资料包一并发出;无网络时可补录。',
    en: 'Opens a green channel by one act: the nearest centre that can treat is chosen; emergency referral, clock and record package go together. May come late.',
  },
  input: startInput,
  read: readStart,
  relation: () => ['own'],
  subject: ({ person }) => ({ person: person as PersonId }),
  decide: (facts, input, act) => {
    const { found, referral, begun } = facts
    const stamps = firstStamps(input, begun, act)
    const faults = [...faultsOf(facts, input, act), ...orderOf(input.channel, stamps, act)]
    if (faults.length > 0 || !found || !referral) return refuseAll(faults)
    const registered = facts.registration ? register.decide(facts.registration, registerInput(input), act) : null
    if (registered && !registered.ok) return registered
    const person = registered ? personOf(registered.value.change) : referral.person
    if (!person) return refuse('referral.person-unknown')
    const sent = sendEmergency.decide(
      { ...referral, person },
      emergencyInput(input, person.id, found.receiver, found.specialty, act),
      act,
    )
    if (!sent.ok) return sent
    const fresh = freshCase({ input, begun, person, found, referral: sent.value.answer.referral, earlier: null }, act)
    const event = eventOf('started', fresh, {
      occurredAt: begun,
      data: { receiver: fresh.receiver, isLateEntry: fresh.isLateEntry },
    })
    const events: TraceEvent[] = [...(registered?.value.events ?? []), ...(sent.value.events ?? []), event]
    const { slipNo } = sent.value.answer
    const { choice, receiver, isLateEntry } = fresh
    return ok({
      change: {
        registered: registered?.value.change ?? null,
        sent: sent.value.change,
        green: { before: null, after: fresh, stamps },
      },
      answer: {
        case: fresh.id,
        referral: fresh.referral,
        slipNo,
        person: person.id,
        receiver,
        travelMinutes: choice.travelMinutes,
        why: choice.why,
        isLateEntry,
      },
      events,
      waits: [...(sent.value.waits ?? []), waitsOf(fresh, store.timesOf(stamps), act)],
    })
  },
  write: async (tx, { registered, sent, green }, act) => {
    if (registered) await register.write(tx, registered, act)
    await sendEmergency.write(tx, sent, act)
    await store.saveGreen(tx, green, act)
  },
})

type Begun = {
  readonly input: Pick<StartInput, 'channel' | 'onset' | 'vitals' | 'ecg'>
  readonly begun: Instant
  readonly person: Pick<Person, 'id' | 'careOrg'>
  readonly found: { choice: GreenCase['choice']; receiver: OrgId }
  readonly referral: string
  readonly earlier: GreenCaseId | null
}

/** A channel at its first moment. */
export const freshCase = ({ input, begun, person, found, referral, earlier }: Begun, act: Act): GreenCase => ({
  org: act.actor.org as OrgId,
  id: act.newId<GreenCaseId>(),
  version: 1,
  channel: input.channel,
  person: person.id,
  referral,
  receiver: found.receiver,
  careOrg: person.careOrg,
  supervisors: [],
  state: 'open',
  outcome: null,
  endReason: null,
  onset: onsetOf(input as StartInput),
  vitals: input.vitals,
  ecg: input.ecg ?? null,
  choice: found.choice,
  told: {},
  earlier,
  onward: null,
  startedAt: begun,
  recordedAt: act.now,
  isLateEntry: plusMinutes(begun, act.policy('green-channel.late-entry-minutes')) < act.now,
  endedAt: null,
})
