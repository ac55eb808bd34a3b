import type { PersonId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command, type Act, type Decision } from '../../../platform/forms/form.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { lockBooking } from '../../booking/index.ts'
import { supervisorsOf } from '../../organisations/index.ts'
import { idsOf, takeIn } from '../../residents/index.ts'
import { elsewhereInput, referralInput, taskInput } from '../contract.ts'
import { lockForMove, subjectOfMove } from '../facts.ts'
import { OPEN_BEFORE_ARRIVAL } from '../lifecycle.ts'
import type { Referral } from '../referral.ts'
import * as store from '../store.ts'
import { caseOf, holderOf, partiesOf, takeSteps, taskFor, type Change } from '../step.ts'
import { givesUp, NO_APPOINTMENT } from './send.ts'

const HOUSE = ['system@anyone'] as const

export const escalate = command({
  name: 'referral.escalate',
  by: HOUSE,
  basis: '超时逐级上报 (设计值)',
  does: { zh: '等待超时:告知持棒机构的上一级。', en: 'A wait is over: tells the institution one level above the one that holds the baton.' },
  input: referralInput,
  read: async (tx, input, act) => {
    const move = await lockForMove(tx, input)
    const holder = move && holderOf(move.referral)
    return move && { ...move, above: holder ? await supervisorsOf(tx, holder, act.today) : [] }
  },
  subject: subjectOfMove,
  decide: ({ referral, above }, _input, act) => {
    if (referral.escalations >= act.policy('referral.escalation-levels')) return refuse('referral.escalated-enough')
    const parties = partiesOf(referral)
    const supervisors = [...referral.supervisors, ...above.filter((org) => !parties.includes(org))]
    const patch = { escalations: referral.escalations + 1, supervisors }
    return takeSteps(referral, referral, [{ move: 'escalate', patch, data: { late: holderOf(referral), level: patch.escalations } }], act)
  },
  write: store.saveChange,
})

export const expire = command({
  name: 'referral.expire',
  by: HOUSE,
  basis: '超时未答复或未补充,退回转出方另寻去路',
  does: {
    zh: '接收方逾期未答复,或转出方逾期未补充:退回转出方,号源放回。',
    en: 'Nobody answered, or nothing was added, in time: the baton goes back to the sender and the unit to its pool.',
  },
  input: referralInput,
  read: lockForMove,
  subject: subjectOfMove,
  decide: ({ referral, booking }, _input, act) =>
    takeSteps(referral, referral, [{ move: 'expire', patch: NO_APPOINTMENT, data: { late: holderOf(referral) } }], act, givesUp(referral, booking)),
  write: store.saveChange,
})

export const lapse = command({
  name: 'referral.lapse',
  by: HOUSE,
  basis: '草稿保留期',
  does: { zh: '草稿过期作废。', en: 'A draft that nobody sent lapses.' },
  input: referralInput,
  read: lockForMove,
  subject: subjectOfMove,
  decide: ({ referral }, _input, act) => takeSteps(referral, referral, [{ move: 'lapse', patch: { endedWhy: 'draft lapsed' } }], act),
  write: store.saveChange,
})

export const miss = command({
  name: 'referral.miss',
  by: [...HOUSE, 'referral-desk@receiver'],
  basis: '爽约管理:转出方跟进未到患者',
  does: { zh: '过时未到:通知转出方找到患者、另约或撤销。', en: 'The person did not come: the sender finds out why, books again or cancels.' },
  input: referralInput,
  read: lockForMove,
  relation: ({ referral }, { actor }) => (actor.org === referral.receiver && referral.appointmentEndsAt ? ['receiver'] : []),
  subject: subjectOfMove,
  decide: ({ referral, booking }, _input, act) => {
    if (referral.appointmentEndsAt && act.now < referral.appointmentEndsAt) return refuse('booking.too-early-for-no-show')
    const move: Change['move'] = booking?.state === 'confirmed' ? [{ booking, state: 'no-show' }] : []
    return takeSteps(referral, referral, [{ move: 'miss', patch: NO_APPOINTMENT }], act, { move })
  },
  write: store.saveChange,
})

export const arriveAtDoor = command({
  name: 'referral.arrive-at-door',
  by: HOUSE,
  basis: '患者到诊应答; S2 候诊管理',
  does: {
    zh: '就诊当日签到:转诊单随之记为到诊,号源仍由候诊队列办理。',
    en: 'The person checked in for the visit: the case records the arrival; the unit stays with the queue of the day.',
  },
  input: referralInput,
  read: lockForMove,
  subject: subjectOfMove,
  decide: ({ referral, booking }, _input, act) => {
    if (booking?.state !== 'checked-in' && booking?.state !== 'attended')
      return refuse('booking.state-otherwise', { state: booking?.state ?? '' })
    return takeSteps(referral, referral, [{ move: 'arrive', occurredAt: act.now }], act, {
      opensTasks: taskFor('arrival', referral, act),
    })
  },
  write: store.saveChange,
})

export const tellOverdueTask = command({
  name: 'referral.tell-overdue-task',
  by: HOUSE,
  basis: 'S4 跟踪转诊患者治疗过程',
  does: { zh: '跟踪任务超时:告知上一级。', en: 'A family doctor’s task is overdue: tells one level up.' },
  input: taskInput,
  read: async (tx, input, act) => {
    const task = await store.lockTask(tx, input.task)
    return task && { task, above: await supervisorsOf(tx, task.org, act.today) }
  },
  subject: ({ task }) => ({ person: task.person, case: task.referral }),
  decide: ({ task, above }) => {
    if (task.doneAt) return refuse('referral.task-done')
    const event = {
      type: 'referral.task-overdue',
      case: { kind: 'referral', org: task.caseOrg, id: task.referral },
      person: task.person,
      seenBy: [task.org, ...above],
      data: { task: task.kind, late: task.org },
    }
    return ok({ change: task, answer: { task: task.id }, events: [event] })
  },
  write: async (tx, task, act) => void (await store.saveTaskTold(tx, task, act.now)),
})

type OpenCase = { readonly referral: Referral; readonly booking: Awaited<ReturnType<typeof lockBooking>> }

const lockOpenCases = async (tx: Tx, person: string): Promise<OpenCase[]> => {
  const cases: OpenCase[] = []
  for (const referral of await store.lockOpenOf(tx, await idsOf(tx, person as PersonId)))
    cases.push({ referral, booking: referral.bookingOrg && referral.bookingId ? await lockBooking(tx, referral.bookingOrg, referral.bookingId) : null })
  return cases
}

/** Ends several cases in one act: each by the table, each with its event, all or none. */
const endAll = (cases: readonly OpenCase[], reason: string, act: Act) => {
  const changes: Change[] = []
  const events: NonNullable<Decision<unknown, unknown>['events']>[number][] = []
  for (const { referral, booking } of cases) {
    const ended = takeSteps(referral, referral, [{ move: 'end-elsewhere', reason, patch: { endedWhy: reason } }], act, givesUp(referral, booking))
    if (!ended.ok) return ended
    changes.push(ended.value.change)
    events.push(...(ended.value.events ?? []))
  }
  const waits = changes.map(({ after }) => ({ case: caseOf(after), open: [] }))
  return ok({ change: changes, answer: { ended: changes.map(({ after }) => after.id) }, events, waits })
}

const saveAll = async (tx: Tx, changes: readonly Change[], act: Act): Promise<void> => {
  for (const change of changes) await store.saveChange(tx, change, act)
}

export const endOnDeath = command({
  name: 'referral.end-on-death',
  by: HOUSE,
  basis: '死亡即终止转诊',
  does: { zh: '居民死亡,其未结转诊随之终止。', en: 'A person has died: open referrals end.' },
  input: elsewhereInput,
  read: (tx, input) => lockOpenCases(tx, input.person),
  decide: (cases, input, act) => endAll(cases, input.reason, act),
  write: saveAll,
})

export const recordAdmissionElsewhere = command({
  name: 'referral.record-admission-elsewhere',
  by: ['ward@anyone', 'referral-desk@anyone'],
  basis: '在他院住院即终止尚未到诊的转诊',
  does: {
    zh: '登记该居民已在本院收治:其转往别处、尚未到诊的转诊随之终止。',
    en: 'This hospital has admitted the person: referrals to other places, not yet arrived, end.',
  },
  input: elsewhereInput,
  read: async (tx, input, act) => {
    await idsOf(tx, input.person as PersonId)
    await takeIn(tx, input.person as PersonId)
    const cases = await lockOpenCases(tx, input.person)
    const others = cases.filter(({ referral }) => OPEN_BEFORE_ARRIVAL.includes(referral.state) && referral.receiver !== act.actor.org)
    return others.length > 0 ? others : null
  },
  subject: ([first]) => ({ person: first?.referral.person ?? null }),
  decide: (cases, input, act) => endAll(cases, input.reason, act),
  write: saveAll,
})

export const endSuperseded = command({
  name: 'referral.end-superseded',
  by: HOUSE,
  basis: '先救治后补单:急诊优先于尚未到诊的同病种转诊',
  does: { zh: '急诊转出后,同病种尚未到诊的原转诊终止。', en: 'After an emergency, an earlier referral for the same condition ends if the person has not arrived.' },
  input: referralInput,
  read: async (tx, input) => {
    const emergency = await store.findReferral(tx, input.referral as Referral['id'])
    if (!emergency) return null
    const cases = await lockOpenCases(tx, emergency.person)
    return cases.filter(
      ({ referral }) => referral.id !== emergency.id && referral.condition === emergency.condition && OPEN_BEFORE_ARRIVAL.includes(referral.state),
    )
  },
  decide: (cases, _input, act) => endAll(cases, 'superseded by an emergency', act),
  write: saveAll,
})

