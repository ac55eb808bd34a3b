import type { OrgId } from '../../../kernel/id.ts'
import { refuse, type Result } from '../../../kernel/result.ts'
import { present } from '../../../kernel/assert.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, type Act, type Decision } from '../../../platform/forms/form.ts'
import { findBooking, findPool, isLive, lockBooking, type Booking, type BookingId, type Pool } from '../../booking/index.ts'
import { findInstitution } from '../../organisations/index.ts'
import { idsOf } from '../../residents/index.ts'
import { stoppedInput, takeUnitInput } from '../contract.ts'
import { lockForMove, receiverFacts, subjectOfMove, type MoveFacts } from '../facts.ts'
import type { Referral } from '../referral.ts'
import { directionOf } from '../rules/may-refer.ts'
import * as store from '../store.ts'
import { takeSteps, type Change, type ShownMove } from '../step.ts'
import { appointment, NO_APPOINTMENT } from './send.ts'

const HOUSE = ['system@anyone'] as const
/** The queue of whoever lost a time to a stopped clinic: the front of the waiting list. */
const QUEUE = '停诊优先候补'
const STOPPED = '停诊'
const PLACED = '候补已约到号'

const caseOfBooking = (booking: Booking | null): string | null => (booking && booking.caseId !== booking.id ? booking.caseId : null)

export const loseUnit = command({
  name: 'referral.lose-unit',
  by: HOUSE,
  basis: '停诊须及时告知并妥善安排已预约患者 (设计)',
  does: {
    zh: '所约门诊停诊:转诊回到“待安排”,排在停诊优先候补中,接收方另约。',
    en: 'The clinic of the unit was stopped: the case is to be scheduled again, in front of the waiting list.',
  },
  input: stoppedInput,
  read: async (tx, input) => {
    const referral = caseOfBooking(await findBooking(tx, input.org as OrgId, input.booking as BookingId))
    const move = referral && (await lockForMove(tx, { referral }))
    // The case may have got another unit meanwhile.
    return move && move.referral.bookingId === input.booking && !isLive(move.booking) ? move : null
  },
  subject: subjectOfMove,
  decide: ({ referral }, _input, act) => {
    const patch = { ...NO_APPOINTMENT, timeLostAt: act.now }
    const data = { lostAt: referral.appointmentAt }
    const step =
      referral.state === 'scheduled'
        ? ({ move: 'lose-time', patch: { ...patch, queue: QUEUE } } as const)
        : ({ move: 'change-unit', patch } as const)
    return takeSteps(referral, referral, [{ ...step, reason: STOPPED, data }], act)
  },
  write: store.saveChange,
})

type UnitFacts = MoveFacts & { readonly unit: Booking; readonly pool: Pool; readonly sender: { readonly tier: string } | null; readonly place: Place }
type Place = Awaited<ReturnType<typeof receiverFacts>>

// The case is named by whoever waited, or it is the one that the stopped booking was of; it must be the same person's and service's.
const readUnit = async (tx: Tx, input: { org: string; booking: string; referral?: string | null | undefined; stopped?: { org: string; booking: string } | null | undefined }, act: Act): Promise<UnitFacts | null> => {
  const { org, stopped } = input
  const lost = stopped ? await findBooking(tx, stopped.org as OrgId, stopped.booking as BookingId) : null
  const referral = input.referral ?? caseOfBooking(lost)
  const move = referral ? await lockForMove(tx, { referral }) : null
  const unit = move && (await lockBooking(tx, org as OrgId, input.booking as BookingId))
  if (!move || unit?.state !== 'confirmed' || caseOfBooking(unit)) return null
  const pool = present(await findPool(tx, unit.org, unit.pool), 'the pool of a unit')
  const persons = await idsOf(tx, move.referral.person)
  if (!persons.includes(unit.person) || pool.specialty !== move.referral.specialty) return null
  const sender = await findInstitution(tx, move.referral.org)
  return { ...move, unit, pool, sender, place: await receiverFacts(tx, unit.org, pool.specialty, act) }
}

const taken = ({ referral, unit, pool, sender, place }: UnitFacts, act: Act): Result<Decision<Change, ShownMove>> => {
  const patch: Partial<Referral> = { ...appointment(unit, pool), queue: null }
  const isThere = unit.org === referral.receiver
  if (isThere && (referral.state === 'accepted' || referral.state === 'scheduled'))
    return takeSteps(referral, referral, [{ move: 'schedule', patch }], act, { takes: unit })
  if (isThere) return takeSteps(referral, referral, [{ move: 'change-unit', patch, reason: PLACED }], act, { takes: unit })
  const next = { ...referral, receiver: unit.org, direction: directionOf(sender?.tier ?? '', place.receiver?.tier ?? '') }
  const step = { move: 'go-with-unit' as const, patch, reason: PLACED, data: { from: referral.receiver } }
  return takeSteps(referral, next, [step], act, { takes: unit, sealsPackage: true })
}

export const takeUnit = command({
  name: 'referral.take-unit',
  by: HOUSE,
  basis: '停诊改约、候补按次序;转诊随号走',
  does: {
    zh: '患者经候补约到号:转诊改用这个号;号在别的机构的,随号改转,由该机构接收。',
    en: 'The person has got a unit from the waiting list: the case takes it; one elsewhere takes the case there, to be accepted.',
  },
  input: takeUnitInput,
  read: readUnit,
  subject: subjectOfMove,
  decide: (facts, _input, act) => {
    const { referral, booking, unit } = facts
    if (isLive(booking) || unit.org === referral.org) return refuse('referral.has-unit-already')
    return taken(facts, act)
  },
  write: store.saveChange,
})
