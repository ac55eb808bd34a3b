import { plusMilliseconds, type Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse, refuseAll, type Result } from '../../../kernel/result.ts'
import { present } from '../../../kernel/assert.ts'
import { command, Refused, type Act, type Decision } from '../../../platform/forms/form.ts'
import {
  holdUntilAfter,
  isLive,
  planUnit,
  type Booking,
  type BookingId,
  type Drawn,
  type Pool,
  type Voucher,
} from '../../booking/index.ts'
import { idsOf } from '../../residents/index.ts'
import { completeInput, draftInput, sendEmergencyInput, sendInput, submitInput, withReason } from '../contract.ts'
import {
  lockForMove,
  lockUnit,
  receiverFacts,
  relationOfMove,
  requestFacts,
  subjectOfMove,
  type RequestFactsFound,
} from '../facts.ts'
import { lifecycle, OPEN_BEFORE_ARRIVAL } from '../lifecycle.ts'
import type { Consent, Letter, Referral, ReferralId, Urgency } from '../referral.ts'
import { directionOf, mayRefer, papersOwed, type RequestFacts } from '../rules/may-refer.ts'
import { slipNumber } from '../rules/slip-number.ts'
import * as store from '../store.ts'
import { occurred, takeSteps, type Change, type ShownMove } from '../step.ts'
import { keptOrCalled, type ShownSent } from './promise.ts'

export const SENDERS = ['village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own'] as const
export const OF_SENDER = ['village-doctor@sender', 'family-doctor@sender', 'referral-desk@sender', 'ward@sender'] as const
const BASIS = '国家基本公共卫生服务规范(第三版) 双向转诊单; S3 接收上转患者; S4 家庭医生转诊'

export type Request = {
  person: string
  receiver: string
  specialty: string
  condition: { key: string; zh: string; en: string }
  letter: Letter
  consent?: { by: 'patient' | 'family'; relation?: string | null | undefined; told?: string[] | undefined } | null | undefined
}

const consentOf = (consent: Request['consent'], act: Act): Consent | null => (consent ? { ...consent, at: act.now } : null)

export const freshReferral = (facts: RequestFactsFound, input: Request, urgency: Urgency, act: Act): Referral => ({
  org: act.actor.org as OrgId,
  id: act.newId<ReferralId>(),
  slipNo: slipNumber(act.today),
  version: 0,
  direction: directionOf(facts.sender?.tier ?? '', facts.receiver?.tier ?? ''),
  urgency,
  state: 'draft',
  stateSince: act.now,
  waitUntil: null,
  escalations: 0,
  person: facts.person?.id ?? (input.person as PersonId),
  senderAccount: act.actor.account,
  senderName: act.actor.name,
  receiver: input.receiver as OrgId,
  specialty: input.specialty,
  careOrg: facts.person?.careOrg ?? null,
  supervisors: [],
  condition: input.condition.key,
  conditionWords: { zh: input.condition.zh, en: input.condition.en },
  letter: input.letter,
  consent: consentOf(input.consent, act),
  consentRefusal: null,
  bookingOrg: null,
  bookingId: null,
  appointmentAt: null,
  appointmentEndsAt: null,
  timeLostAt: null,
  queue: null,
  packageId: null,
  returned: null,
  followUp: null,
  completedAt: null,
  endedWhy: null,
  openedAt: act.now,
  rulebookHash: act.rulebookHash,
})

const factsOfRequest = (facts: RequestFactsFound, referral: Referral, hasUnit: boolean): RequestFacts => {
  const words = facts.openAlready ? lifecycle.states[facts.openAlready.state].words : null
  const { pool } = facts
  return {
    senderIsReceiver: referral.org === referral.receiver,
    receiverIsOpen: facts.receiver !== null,
    receiverHasSpecialty: facts.hasSpecialty,
    personIsKnown: facts.person !== null,
    personIsDead: facts.person?.diedOn != null,
    openAlready:
      facts.openAlready && words && facts.openAlready.id !== referral.id
        ? { slip: facts.openAlready.slipNo, state: words.zh, stateEn: words.en }
        : null,
    letter: referral.letter,
    consentIsGiven: referral.consent !== null,
    urgency: referral.urgency,
    unitFits: !hasUnit || (pool !== null && pool.org === referral.receiver && pool.specialty === referral.specialty),
  }
}

/** A unit held for the case until the receiver must have answered, through every escalation. */
export const holdFor = (
  referral: Referral,
  pool: Pool | null,
  act: Act,
  voucher: Voucher | null = null,
): Result<{ draw: Drawn; patch: Partial<Referral> }> => {
  const waits = 1 + act.policy('referral.escalation-levels')
  const answerMs = act.policy('referral.answer-within', referral.urgency) * 3_600_000
  const holdUntil = earlier(holdUntilAfter(plusMilliseconds(act.now, answerMs * waits)), pool?.startsAt ?? null)
  const wish = {
    id: act.newId<BookingId>(),
    person: referral.person,
    caseId: referral.id,
    madeByOrg: referral.org,
    channel: 'referral' as const,
    holdUntil,
    voucher,
  }
  const draw = planUnit(pool, wish, act.now)
  return draw.ok ? ok({ draw: draw.value, patch: appointment(draw.value, present(pool, 'the pool of a drawn unit')) }) : draw
}

const earlier = (one: Instant, other: Instant | null): Instant => (other && other < one ? other : one)

/** What a unit means to the case: which booking, from when to when. */
export const appointment = (draw: Pick<Drawn, 'org' | 'id'>, pool: Pool): Partial<Referral> => ({
  bookingOrg: draw.org,
  bookingId: draw.id,
  appointmentAt: pool.startsAt,
  appointmentEndsAt: pool.endsAt,
  timeLostAt: null,
})

export const NO_APPOINTMENT: Partial<Referral> = {
  bookingOrg: null,
  bookingId: null,
  appointmentAt: null,
  appointmentEndsAt: null,
  timeLostAt: null,
}

/** The person as the facts hold it, for whatever the same act still asks of it. */
const knownOf = ({ person, persons }: RequestFactsFound): Change['known'] => (person ? { person, persons } : undefined)

const submitted = (
  facts: RequestFactsFound,
  before: Referral | null,
  fresh: Referral,
  hasUnit: boolean,
  act: Act,
  occurredAt: Instant | null,
): Result<Decision<Change, ShownMove>> => {
  const may = mayRefer(factsOfRequest(facts, fresh, hasUnit))
  const held = hasUnit ? holdFor(fresh, facts.pool, act, facts.promise?.voucher) : ok({ draw: undefined, patch: NO_APPOINTMENT })
  if (!may.ok || !held.ok) return refuseAll([...(may.ok ? [] : may.refusals), ...(held.ok ? [] : held.refusals)])
  const draw = held.value.draw
  const patch: Partial<Referral> = {
    ...held.value.patch,
    completedAt: fresh.completedAt ?? (fresh.urgency === 'ordinary' ? null : act.now),
  }
  const steps = [...(before ? [] : [{ move: 'draft' as const, occurredAt }]), { move: 'submit' as const, patch, occurredAt }]
  return takeSteps(before, fresh, steps, act, {
    sealsPackage: true,
    known: knownOf(facts),
    endsTasks: before ? ['call'] : [],
    ...(draw ? { draw } : {}),
  })
}

export const draft = command({
  name: 'referral.draft',
  by: SENDERS,
  basis: BASIS,
  does: { zh: '起草或修改转诊单草稿。', en: 'Writes or amends a draft.' },
  input: draftInput,
  read: async (tx, input, act) => {
    const facts = await requestFacts(tx, input, act)
    const before = input.referral ? await store.lockReferral(tx, input.referral as ReferralId) : null
    return facts && (!input.referral || before) ? { ...facts, before } : null
  },
  relation: ({ before }, { actor }) => (before === null || before.org === actor.org ? ['own'] : []),
  subject: ({ person, before }) => ({ person: person?.id ?? null, case: before?.id ?? null }),
  decide: ({ before, ...facts }, input, act) => {
    if (!facts.person) return refuse('referral.person-unknown')
    if (before && before.person !== facts.person.id) return refuse('referral.draft-of-another')
    const { openAlready } = facts
    if (openAlready && openAlready.id !== before?.id) return submittedRefusal(openAlready)
    const fresh = freshReferral(facts, input, 'ordinary', act)
    const kept = before ? { id: before.id, slipNo: before.slipNo, openedAt: before.openedAt, version: before.version } : {}
    return takeSteps(before, { ...fresh, ...kept }, [{ move: 'draft' }], act)
  },
  write: store.saveChange,
})

export const submittedRefusal = (open: Referral) => {
  const { zh, en } = lifecycle.states[open.state].words
  return refuse('referral.open-already', { slip: open.slipNo, state: zh, state_en: en })
}

export const send = command({
  name: 'referral.send',
  by: SENDERS,
  basis: BASIS,
  does: {
    zh: '填好即提交:保留接收方一个为基层预留的号源,病历资料包随单先行。',
    en: 'Submits at once: a unit of the receiver is held out of the primary-care reserve, and the record package goes ahead.',
  },
  input: sendInput,
  read: requestFacts,
  relation: () => ['own'],
  subject: ({ person }) => ({ person: person?.id ?? null }),
  decide: (facts, input, act): Result<Decision<Change, ShownSent>> => {
    const at = occurred(input.occurredAt, act)
    if (!at.ok) return at
    if (input.voucher && !facts.promise) return refuse('booking.voucher-unknown')
    const fresh = freshReferral(facts, input, input.urgency, act)
    const sent = submitted(facts, null, fresh, Boolean(input.unit ?? input.voucher), act, at.value)
    return facts.promise ? keptOrCalled(sent, fresh, facts.promise, act, at.value) : sent
  },
  write: store.saveChange,
})

export const submit = command({
  name: 'referral.submit',
  by: OF_SENDER,
  basis: BASIS,
  does: {
    zh: '提交草稿;或把退回、超时、未到诊的转诊单改送另一去处。',
    en: 'Submits a draft; or sends one that was returned, expired or missed on its way again.',
  },
  input: submitInput,
  read: async (tx, input, act) => {
    const move = await lockForMove(tx, input)
    if (!move) return null
    const { referral } = move
    const receiver = input.receiver ?? referral.receiver
    const specialty = input.specialty ?? referral.specialty
    const persons = await idsOf(tx, move.person?.id ?? referral.person)
    const openAlready = (await store.openOf(tx, persons, referral.condition))[0] ?? null
    const facts = {
      person: move.person,
      persons,
      openAlready,
      ...(await receiverFacts(tx, receiver, specialty, act)),
      pool: await lockUnit(tx, input.unit),
      promise: null,
    }
    return {
      ...move,
      request: { ...facts, sender: (await receiverFacts(tx, referral.org, specialty, act)).receiver },
      receiver: receiver as OrgId,
      specialty,
    }
  },
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral, request, receiver, specialty }, input, act) => {
    const direction = directionOf(request.sender?.tier ?? '', request.receiver?.tier ?? '')
    const consent = input.consent ? consentOf(input.consent, act) : referral.consent
    const fresh: Referral = {
      ...referral,
      receiver,
      specialty,
      direction,
      consent,
      careOrg: request.person?.careOrg ?? referral.careOrg,
      queue: null,
    }
    return submitted(request, referral, fresh, Boolean(input.unit), act, null)
  },
  write: store.saveChange,
})

export const sendEmergency = command({
  name: 'referral.send-emergency',
  by: SENDERS,
  basis: '先救治后补单; S3 立即转到市级医院治疗',
  does: {
    zh: '急诊转出:立即视为已接收,资料先行,事后补单。',
    en: 'Sends an emergency: it counts as accepted at once, the record goes ahead, papers follow.',
  },
  input: sendEmergencyInput,
  read: requestFacts,
  relation: () => ['own'],
  subject: ({ person }) => ({ person: person?.id ?? null }),
  decide: (facts, input, act) => {
    const fresh = freshReferral(facts, input, input.urgency, act)
    const may = mayRefer({ ...factsOfRequest(facts, fresh, false), urgency: 'emergency' })
    const at = occurred(input.occurredAt, act)
    if (!may.ok || !at.ok) return refuseAll([...(may.ok ? [] : may.refusals), ...(at.ok ? [] : at.refusals)])
    const isComplete = papersOwed(fresh.letter, fresh.consent !== null).length === 0
    const patch: Partial<Referral> = { urgency: input.urgency, queue: '急诊', completedAt: isComplete ? act.now : null }
    return takeSteps(
      null,
      { ...fresh, urgency: input.urgency },
      [{ move: 'start-emergency', patch, occurredAt: at.value }],
      act,
      { sealsPackage: true, known: knownOf(facts) },
    )
  },
  write: store.saveChange,
})

export const complete = command({
  name: 'referral.complete',
  by: OF_SENDER,
  basis: '先救治后补单',
  does: { zh: '急诊补单:补齐转诊单和知情同意。', en: 'Completes the letter and consent of an emergency afterwards.' },
  input: completeInput,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral }, input, act) => {
    if (referral.urgency === 'ordinary') return refuse('referral.not-emergency')
    if (referral.completedAt) return refuse('referral.completed-already')
    const owed = papersOwed(input.letter, true)
    if (owed.length > 0) return refuseAll(owed)
    const patch = { letter: input.letter, consent: consentOf(input.consent, act), completedAt: act.now }
    return takeSteps(referral, referral, [{ move: 'complete', patch }], act, { sealsPackage: true })
  },
  write: store.saveChange,
})

export const cancel = command({
  name: 'referral.cancel',
  by: [...OF_SENDER, 'resident@self'],
  basis: '到诊前可撤销',
  does: { zh: '到诊前撤销转诊,须说明原因;号源退回。', en: 'Cancels before arrival, with a reason; the unit goes back.' },
  input: withReason,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral, booking }, input, act) =>
    takeSteps(
      referral,
      referral,
      [{ move: 'cancel', reason: input.reason, patch: { endedWhy: input.reason } }],
      act,
      givesUp(referral, booking),
    ),
  write: store.saveChange,
})

/** Gives the case's unit back to the share that it came from, if it is still live. */
export const givesUp = (referral: Referral, booking: Booking | null): Pick<Change, 'move'> => {
  // A unit that whoever acts does not see would stay taken for ever: rather nothing happens at all.
  const isSeen = booking !== null || referral.bookingId === null || !OPEN_BEFORE_ARRIVAL.includes(referral.state)
  if (!isSeen) throw new Refused('platform.not-found')
  return isLive(booking) ? { move: [{ booking, state: 'cancelled' }] } : {}
}
