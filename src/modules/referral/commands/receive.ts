import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, refuseAll, type Result } from '../../../kernel/result.ts'
import { present } from '../../../kernel/assert.ts'
import { command, type Act, type Decision } from '../../../platform/forms/form.ts'
import { isLive, mayConfirm, planUnit, type BookingId, type Drawn, type Pool } from '../../booking/index.ts'
import { acceptInput, arriveInput, redirectInput, referralInput, rejectInput, scheduleInput } from '../contract.ts'
import { lockForMove, lockUnit, receiverFacts, relationOfMove, subjectOfMove, type MoveFacts } from '../facts.ts'
import type { Referral } from '../referral.ts'
import { mayAccept } from '../rules/may-accept.ts'
import { directionOf, mayRefer } from '../rules/may-refer.ts'
import * as store from '../store.ts'
import { occurred, takeSteps, taskFor, type Change, type ShownMove } from '../step.ts'
import { appointment, givesUp, holdFor, NO_APPOINTMENT } from './send.ts'

export const ANSWERERS = ['referral-desk@receiver', 'ward@receiver', 'family-doctor@receiver', 'village-doctor@receiver'] as const

type Moves = NonNullable<Change['move']>
type Place = { readonly patch: Partial<Referral>; readonly draw?: Drawn; readonly move: Moves; readonly isBooked: boolean }

/** The place that an accepted person gets: the unit wished, or the one held; neither when a queue or home is the place. */
const placeFor = (facts: MoveFacts & { pool: Pool | null }, wishesUnit: boolean, act: Act): Result<Place> | null => {
  const { referral, booking, pool } = facts
  if (wishesUnit) {
    const wish = { id: act.newId<BookingId>(), person: referral.person, caseId: referral.id, madeByOrg: referral.org, channel: 'referral' as const, holdUntil: null }
    const draw = planUnit(pool?.org === referral.receiver ? pool : null, wish, act.now)
    if (!draw.ok) return draw
    return ok({ patch: appointment(draw.value, present(pool, 'the pool of a drawn unit')), draw: draw.value, move: givesUp(referral, booking).move ?? [], isBooked: true })
  }
  if (!referral.bookingId) return null
  const held = mayConfirm(booking, act.now)
  return held.ok ? ok({ patch: {}, move: [{ booking: held.value, state: 'confirmed' }], isBooked: true }) : held
}

export const accept = command({
  name: 'referral.accept',
  by: ANSWERERS,
  basis: 'S3 牵头医院接收上转患者; 县域方案 下转基层接续',
  does: { zh: '接收转诊:病例、号源、病历资料包一并绑定,缺一不可。', en: 'Takes the referral: case, unit and record package are bound together, or nothing is.' },
  input: acceptInput,
  read: async (tx, input, act) => {
    const move = await lockForMove(tx, input)
    if (!move) return null
    const { receiver, specialty } = move.referral
    return { ...move, ...(await receiverFacts(tx, receiver, specialty, act)), pool: await lockUnit(tx, input.unit) }
  },
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: (facts, input, act) => {
    const { referral, person } = facts
    const place = placeFor(facts, Boolean(input.unit), act)
    const may = mayAccept({
      personIsDead: person?.diedOn != null,
      hasPackage: referral.packageId !== null,
      receiverHasSpecialty: facts.hasSpecialty,
      unitRefusals: place === null ? null : place.ok ? [] : place.refusals,
      queue: input.queue ?? null,
      urgency: referral.urgency,
      isDown: referral.direction === 'down',
    })
    const reason = input.note ?? null
    const steps = [{ move: 'accept' as const, reason, patch: { queue: input.queue ?? null } }]
    const taken = place?.ok ? place.value : null
    const all = taken?.isBooked ? [...steps, { move: 'schedule' as const, patch: { ...taken.patch, queue: null } }] : steps
    const moved = takeSteps(referral, referral, all, act, { move: taken?.move ?? [], ...(taken?.draw ? { draw: taken.draw } : {}) })
    if (!moved.ok) return moved
    return may.ok ? moved : may
  },
  write: store.saveChange,
})

export const schedule = command({
  name: 'referral.schedule',
  by: ANSWERERS,
  basis: 'S2 分时段预约; S3 优先就诊',
  does: { zh: '为已接收的患者安排或改约就诊时间。', en: 'Gives an accepted person a time, or another one.' },
  input: scheduleInput,
  read: async (tx, input) => {
    const move = await lockForMove(tx, input)
    return move && { ...move, pool: await lockUnit(tx, input.unit) }
  },
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: (facts, _input, act) => {
    const place = placeFor(facts, true, act)
    if (!place?.ok) return place ?? refuse('referral.no-place')
    const { patch, draw, move } = place.value
    return takeSteps(facts.referral, facts.referral, [{ move: 'schedule', patch: { ...patch, queue: null } }], act, { move, ...(draw ? { draw } : {}) })
  },
  write: store.saveChange,
})

export const reject = command({
  name: 'referral.reject',
  by: ANSWERERS,
  basis: '退回必须说明原因和去路',
  does: { zh: '退回转诊:给出原因代码和下一步去路;患者不因此掉队。', en: 'Returns the request with a coded reason and a way on; nobody is dropped by it.' },
  input: rejectInput,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral, booking }, input, act) =>
    takeSteps(referral, referral, [{ move: 'reject', reason: input.wayOn, data: { why: input.why }, patch: NO_APPOINTMENT }], act, { ...givesUp(referral, booking), returnedFor: input.why }),
  write: store.saveChange,
})

export const redirect = command({
  name: 'referral.redirect',
  by: ANSWERERS,
  basis: 'S0 同城同层次专科横向分流',
  does: { zh: '改转到更合适的机构,资料和时限一并移交。', en: 'Hands the request to a better place; record and clock go with it.' },
  input: redirectInput,
  read: async (tx, input, act) => {
    const move = await lockForMove(tx, input)
    if (!move) return null
    const specialty = input.specialty ?? move.referral.specialty
    const sender = (await receiverFacts(tx, move.referral.org, specialty, act)).receiver
    return { ...move, specialty, sender, ...(await receiverFacts(tx, input.receiver, specialty, act)), pool: await lockUnit(tx, input.unit) }
  },
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: (facts, input, act) => redirected(facts, input, act),
  write: store.saveChange,
})

type RedirectFacts = MoveFacts & { specialty: string; sender: { tier: string } | null; receiver: { tier: string } | null; hasSpecialty: boolean; pool: Pool | null }

const redirected = (facts: RedirectFacts, input: { receiver: string; unit?: unknown; reason: string }, act: Act): Result<Decision<Change, ShownMove>> => {
  const { referral, booking, pool } = facts
  const receiver = input.receiver as OrgId
  const may = mayRefer({
    senderIsReceiver: receiver === referral.receiver || receiver === referral.org,
    receiverIsOpen: facts.receiver !== null,
    receiverHasSpecialty: facts.hasSpecialty,
    personIsKnown: facts.person !== null,
    personIsDead: facts.person?.diedOn != null,
    openAlready: null,
    letter: referral.letter,
    consentIsGiven: referral.consent !== null,
    urgency: referral.urgency,
    unitFits: !input.unit || (pool !== null && pool.org === receiver && pool.specialty === facts.specialty),
  })
  const direction = directionOf(facts.sender?.tier ?? '', facts.receiver?.tier ?? '')
  const next: Referral = { ...referral, ...NO_APPOINTMENT, receiver, specialty: facts.specialty, direction }
  const held = input.unit ? holdFor(next, pool, act) : ok({ draw: undefined, patch: {} })
  if (!may.ok || !held.ok) return refuseAll([...(may.ok ? [] : may.refusals), ...(held.ok ? [] : held.refusals)])
  const { draw, patch } = held.value
  const step = { move: 'redirect' as const, reason: input.reason, patch, data: { from: referral.receiver } }
  return takeSteps(referral, next, [step], act, { ...givesUp(referral, booking), sealsPackage: true, ...(draw ? { draw } : {}) })
}

export const arrive = command({
  name: 'referral.arrive',
  by: ANSWERERS,
  basis: '患者到诊应答; S4 跟踪转诊患者治疗过程',
  does: { zh: '登记到诊;家庭医生随即收到跟踪任务。', en: 'Records the arrival; the family doctor gets a task at once.' },
  input: arriveInput,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral, booking }, input, act) => {
    const at = occurred(input.occurredAt, act)
    if (!at.ok) return at
    const move: Moves = isLive(booking) ? [{ booking, state: 'attended' }] : []
    return takeSteps(referral, referral, [{ move: 'arrive', occurredAt: at.value }], act, { move, opensTasks: taskFor('arrival', referral, act) })
  },
  write: store.saveChange,
})

export const begin = command({
  name: 'referral.begin',
  by: ANSWERERS,
  basis: 'S0 治疗过程可追溯',
  does: { zh: '开始治疗(门诊处置或收治住院)。', en: 'Treatment begins, as an outpatient or on a ward.' },
  input: referralInput,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral }, _input, act) => takeSteps(referral, referral, [{ move: 'begin' }], act),
  write: store.saveChange,
})

export const discharge = command({
  name: 'referral.discharge',
  by: ANSWERERS,
  basis: 'S4 跟踪转诊患者治疗过程,做好接续服务',
  does: { zh: '治疗结束或出院;家庭医生随即收到接续任务。', en: 'Treatment or stay ends; the family doctor gets a task at once.' },
  input: referralInput,
  read: lockForMove,
  relation: relationOfMove,
  subject: subjectOfMove,
  decide: ({ referral }, _input, act) =>
    takeSteps(referral, referral, [{ move: 'discharge' }], act, { opensTasks: taskFor('discharge', referral, act), endsTasks: ['arrival'] }),
  write: store.saveChange,
})
