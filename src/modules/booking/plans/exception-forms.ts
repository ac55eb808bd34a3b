import type { z } from 'zod'
import { weekdayOf, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { refuse, refuseAll, type Refusal } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { ofOwn, PLAN_BASIS, PLANNERS } from './calendar-forms.ts'
import { addExceptionInput, removeExceptionInput } from './contract.ts'
import { decideTurns, mayUse, readPlanning, writeTurns, type TurnFacts } from './planning.ts'
import type { CalendarId, ExceptionId, Plan, PlanException, PlanId } from './plans.ts'
import { planFaults } from './rules/plan-faults.ts'
import { minutesOf, sessionsOn } from './rules/plan-slots.ts'
import * as store from './store.ts'

type AddInput = z.output<typeof addExceptionInput>

/** Plans that an exception is of: one, or all of the institution. */
const lockPlans = async (tx: Tx, act: Act, id: PlanId | null): Promise<Plan[] | null> => {
  const { org } = act.actor
  if (!org) return null
  if (id === null) return store.lockPlansOf(tx, org, act.today)
  const plan = await store.lockPlan(tx, org, id)
  return plan && [plan]
}

type ExceptionFacts = TurnFacts & { readonly org: OrgId; readonly plans: readonly Plan[] }

const exceptionOf = (input: AddInput, org: OrgId, act: Act): PlanException => ({
  org,
  id: act.newId<ExceptionId>(),
  plan: (input.plan as PlanId | null | undefined) ?? null,
  day: input.day as Day,
  kind: input.kind,
  from: input.kind === 'extra' ? minutesOf(input.from) : null,
  to: input.kind === 'extra' ? minutesOf(input.to) : null,
  capacity: input.kind === 'extra' ? input.capacity : null,
  asWeekday: input.kind === 'worked' ? input.asWeekday : null,
  calendarOrg: input.kind === 'substitute' ? (input.calendar.org as OrgId) : null,
  calendar: input.kind === 'substitute' ? (input.calendar.id as CalendarId) : null,
  reason: input.reason,
})

/** What speaks against an extra session: its times, and the sessions that the day has already. */
const extraFaults = (one: PlanException, { plans, exceptions }: ExceptionFacts): Refusal[] => {
  const [plan] = plans
  if (one.kind !== 'extra' || !plan || one.from === null || one.to === null || one.capacity === null) return []
  const session = { weekday: weekdayOf(one.day), from: one.from, to: one.to, capacity: one.capacity }
  const others = sessionsOn(plan, one.day, exceptions).sessions.map((other) => ({ ...other, weekday: session.weekday }))
  const bounds = { minutesLeast: plan.minutes, minutesMost: plan.minutes, daysMost: plan.daysAhead }
  return planFaults({ ...plan, validUntil: null, sessions: [...others, session] }, bounds).map(
    ({ field: _field, ...fault }) => fault,
  )
}

const exceptionEvents = (type: string, one: PlanException, plans: readonly Plan[]): TraceEvent[] =>
  plans.map(({ org, id }) => ({
    type,
    case: { kind: 'plan', org, id },
    person: null,
    seenBy: [org],
    reason: one.reason,
    data: { day: one.day, kind: one.kind },
  }))

const decideException = (
  act: Act,
  facts: ExceptionFacts,
  one: PlanException,
  exceptions: readonly PlanException[],
  { isRemoved, ...wish }: { mayStop: boolean; dryRun: boolean; isRemoved: boolean },
) => {
  const turns = facts.plans.map((plan) => ({ before: plan, after: plan, exceptionsBefore: facts.exceptions, exceptions }))
  const type = isRemoved ? 'booking.exception-removed' : 'booking.exception-added'
  return decideTurns(
    act,
    facts.org,
    turns,
    [one.day, one.day],
    facts,
    { ...wish, reason: one.reason },
    {
      answer: { exception: one.id },
      saves: isRemoved ? { removed: one } : { exception: one },
      events: exceptionEvents(type, one, facts.plans),
    },
  )
}

export const addException = command({
  name: 'booking.add-exception',
  by: PLANNERS,
  basis: PLAN_BASIS,
  does: {
    zh: '某日例外:停诊、加班出诊、节假日或调休日上班、替诊。停诊涉及已约患者的须确认;替诊保留预约并通知患者。',
    en: 'A day unlike the week: closed, an extra session, worked as another weekday, or another doctor. Closing under booked people needs a confirmation; with another doctor bookings stay and people are told.',
  },
  input: addExceptionInput,
  read: async (tx, input, act) => {
    const plans = await lockPlans(tx, act, (input.plan as PlanId | null | undefined) ?? null)
    const { org } = act.actor
    if (!plans || !org) return null
    const more = input.kind === 'substitute' ? [{ org: input.calendar.org as OrgId, id: input.calendar.id as CalendarId }] : []
    const [from, through] = [input.day as Day, input.day as Day]
    return { ...(await readPlanning(tx, act, { org, plans, from, through, more })), org, plans }
  },
  relation: ofOwn,
  decide: (facts: ExceptionFacts, input, act) => {
    if (input.day < act.today) return refuse('booking.exception-in-past')
    const one = exceptionOf(input, facts.org, act)
    const calendar = facts.calendars.find(({ org, id }) => org === one.calendarOrg && id === one.calendar)
    if (one.calendar !== null && !mayUse(calendar, facts.org)) return refuse('booking.calendar-not-usable')
    const faults = extraFaults(one, facts)
    if (faults.length > 0) return refuseAll(faults)
    const wish = { mayStop: input.stopSold, dryRun: input.dryRun, isRemoved: false }
    return decideException(act, facts, one, [...facts.exceptions, one], wish)
  },
  write: writeTurns,
})

export const removeException = command({
  name: 'booking.remove-exception',
  by: PLANNERS,
  basis: PLAN_BASIS,
  does: {
    zh: '取消一项例外,当日恢复按周排班。',
    en: 'Takes an exception back: the day is as the week says again.',
  },
  input: removeExceptionInput,
  read: async (tx, input, act) => {
    const { org } = act.actor
    const one = org && (await store.findException(tx, org, input.exception as ExceptionId))
    const plans = one ? await lockPlans(tx, act, one.plan) : null
    if (!org || !one || !plans) return null
    return { ...(await readPlanning(tx, act, { org, plans, from: one.day, through: one.day })), org, plans, one }
  },
  relation: ofOwn,
  decide: (facts, input, act) => {
    if (facts.one.day < act.today) return refuse('booking.exception-in-past')
    const rest = facts.exceptions.filter(({ id }) => id !== facts.one.id)
    return decideException(act, facts, facts.one, rest, { mayStop: input.stopSold, dryRun: input.dryRun, isRemoved: true })
  },
  write: writeTurns,
})
