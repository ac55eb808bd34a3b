import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import { command, query, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import type { z } from 'zod'
import { noInput } from '../contract.ts'
import { ofOwn, PLAN_BASIS, PLANNERS } from './calendar-forms.ts'
import { copyPlanInput, endPlanInput, savePlanInput } from './contract.ts'
import { publishThrough, type Days } from './effect.ts'
import { daysFrom, decideTurns, mayUse, readPlanning, shownSession, writeTurns, type TurnFacts } from './planning.ts'
import type { Calendar, CalendarId, Plan, PlanId } from './plans.ts'
import { planFaults } from './rules/plan-faults.ts'
import { minutesOf } from './rules/plan-slots.ts'
import * as store from './store.ts'

type SaveInput = z.output<typeof savePlanInput>
type Key = { org: OrgId; id: CalendarId }

/** The plan that an input describes; what it leaves out is as it was, or as the rulebook says. */
const planOf = (input: SaveInput, org: OrgId, was: Plan | null, act: Act): Plan => {
  const plan: Plan = {
    org,
    id: was?.id ?? act.newId<PlanId>(),
    unitKind: input.unitKind,
    kind: input.kind,
    specialty: input.specialty,
    serviceZh: input.service?.zh ?? null,
    serviceEn: input.service?.en ?? null,
    calendarOrg: (input.calendar?.org as OrgId | undefined) ?? null,
    calendar: (input.calendar?.id as CalendarId | undefined) ?? null,
    minutes: input.minutes ?? was?.minutes ?? act.policy('booking.slot-minutes', 'usual'),
    placeZh: input.place?.zh ?? null,
    placeEn: input.place?.en ?? null,
    validFrom: (input.validFrom as Day | undefined) ?? was?.validFrom ?? act.today,
    validUntil: input.validUntil === undefined ? (was?.validUntil ?? null) : (input.validUntil as Day | null),
    daysAhead: input.daysAhead ?? was?.daysAhead ?? act.policy('booking.plan-days-ahead'),
    makeUpWeekday: input.makeUpWeekday ?? null,
    worksOnHolidays: input.worksOnHolidays,
    version: (was?.version ?? 0) + 1,
    publishedThrough: null,
    sessions: input.sessions.map(({ weekday, from, to, capacity }) => ({
      weekday,
      from: minutesOf(from),
      to: minutesOf(to),
      capacity,
    })),
  }
  return { ...plan, publishedThrough: publishThrough(plan, act.today) }
}

/** Everything that speaks against a plan before it is compared with what is published. */
const faultsOf = (plan: Plan, calendar: Calendar | null, act: Act): Refusal[] => {
  const bounds = {
    minutesLeast: act.policy('booking.slot-minutes', 'least'),
    minutesMost: act.policy('booking.slot-minutes', 'most'),
    daysMost: act.policy('booking.publish-days-most'),
  }
  const isUsable = plan.calendar === null || mayUse(calendar, plan.org)
  return [...planFaults(plan, bounds), ...(isUsable ? [] : [{ code: 'booking.calendar-not-usable', field: 'calendar' }])]
}

const planEvent = (type: string, { org, id, version, sessions }: Plan): TraceEvent => ({
  type,
  case: { kind: 'plan', org, id },
  person: null,
  seenBy: [org],
  data: { version, sessions: sessions.length },
})

type PlanFacts = TurnFacts & { readonly org: OrgId; readonly was: Plan | null; readonly calendar: Calendar | null }

const readPlan = async (
  tx: Parameters<typeof store.lockPlan>[0],
  act: Act,
  { id, calendar }: { id: PlanId | null; calendar: Key | null },
): Promise<PlanFacts | null> => {
  const { org } = act.actor
  const was = org && id ? await store.lockPlan(tx, org, id) : null
  if (!org || (id !== null && !was)) return null
  const wish = { org, plans: was ? [was] : [], from: act.today, through: null, more: calendar ? [calendar] : [] }
  const facts = await readPlanning(tx, act, wish)
  return {
    ...facts,
    org,
    was,
    calendar: facts.calendars.find(({ org, id }) => org === calendar?.org && id === calendar.id) ?? null,
  }
}

const isOver = (plan: Plan | null, act: Act): boolean => plan !== null && plan.validUntil !== null && plan.validUntil <= act.today

type Wish = { readonly reason: string; readonly mayStop: boolean; readonly dryRun: boolean }

const turned = (facts: PlanFacts, after: Plan, type: string, wish: Wish, act: Act) => {
  const days: Days = daysFrom(act, facts, publishThrough(after, act.today))
  const { exceptions, was } = facts
  const turn = { before: was, after, exceptionsBefore: exceptions, exceptions }
  const answer = { plan: after.id, version: after.version }
  return decideTurns(act, facts.org, [turn], days, facts, wish, {
    answer,
    saves: { plan: after },
    events: [planEvent(type, after)],
  })
}

export const savePlan = command({
  name: 'booking.save-plan',
  by: PLANNERS,
  basis: PLAN_BASIS,
  does: {
    zh: '保存一份周排班并发布号源;试算(dryRun)只回答会发生什么。已约出的号不会因此消失:需停诊的必须写明原因。',
    en: 'Saves a weekly plan and publishes its pools; a dry run only answers what would happen. What is sold never vanishes: stopping it needs a reason.',
  },
  input: savePlanInput,
  read: (tx, input, act) =>
    readPlan(tx, act, { id: (input.plan as PlanId | undefined) ?? null, calendar: (input.calendar as Key | undefined) ?? null }),
  relation: ofOwn,
  decide: (facts, input, act) => {
    const { was } = facts
    if (was && input.version !== undefined && input.version !== was.version)
      return refuse('booking.plan-changed-meanwhile', { version: was.version })
    if (isOver(was, act)) return refuse('booking.plan-has-ended')
    const after = planOf(input, facts.org, was, act)
    const faults = faultsOf(after, facts.calendar, act)
    if (faults.length > 0) return refuseAll(faults)
    const wish = { reason: input.stopReason ?? '排班变更', mayStop: input.stopReason !== undefined, dryRun: input.dryRun }
    return turned(facts, after, 'booking.plan-saved', wish, act)
  },
  write: writeTurns,
})

export const copyPlan = command({
  name: 'booking.copy-plan',
  by: PLANNERS,
  basis: PLAN_BASIS,
  does: {
    zh: '把一份排班的整周复制给另一位医生或设备,并发布号源。',
    en: 'Copies the week of a plan to another doctor or device, and publishes it.',
  },
  input: copyPlanInput,
  read: (tx, input, act) =>
    readPlan(tx, act, { id: input.plan as PlanId, calendar: (input.calendar as Key | undefined) ?? null }),
  relation: ofOwn,
  decide: (facts, input, act) => {
    const source = facts.was as Plan
    const validFrom = (input.validFrom as Day | undefined) ?? act.today
    const key = input.calendar as Key | null | undefined
    const copy: Plan = {
      ...source,
      id: act.newId<PlanId>(),
      version: 1,
      validFrom,
      validUntil: null,
      calendarOrg: key?.org ?? null,
      calendar: key?.id ?? null,
    }
    const after = { ...copy, publishedThrough: publishThrough(copy, act.today) }
    const faults = faultsOf(after, facts.calendar, act)
    if (faults.length > 0) return refuseAll(faults)
    // What the source has published is the source's own: nothing of it changes, and its time is taken.
    const wish = { reason: '复制排班', mayStop: false, dryRun: false }
    return turned({ ...facts, was: null, pools: [], bookings: [], vouchers: [] }, after, 'booking.plan-saved', wish, act)
  },
  write: writeTurns,
})

const endedOn = (was: Plan, on: Day, act: Act): Result<Plan> => {
  if (isOver(was, act) || (was.validUntil !== null && was.validUntil <= on)) return refuse('booking.plan-has-ended')
  if (on < act.today) return refuse('booking.exception-in-past')
  const after: Plan = { ...was, validFrom: was.validFrom < on ? was.validFrom : on, validUntil: on, version: was.version + 1 }
  const through = publishThrough(after, act.today)
  return ok({ ...after, publishedThrough: through })
}

export const endPlan = command({
  name: 'booking.end-plan',
  by: PLANNERS,
  basis: PLAN_BASIS,
  does: {
    zh: '自某日起结束一份排班;之后未约的时段收回,已约的须写明停诊原因。',
    en: 'Ends a plan from a day on; unsold slots after it are taken back, booked ones need a reason to be stopped.',
  },
  input: endPlanInput,
  read: (tx, input, act) => readPlan(tx, act, { id: input.plan as PlanId, calendar: null }),
  relation: ofOwn,
  decide: (facts, input, act) => {
    const after = endedOn(facts.was as Plan, input.on as Day, act)
    if (!after.ok) return after
    const wish = { reason: input.stopReason ?? '排班结束', mayStop: input.stopReason !== undefined, dryRun: input.dryRun }
    return turned(facts, after.value, 'booking.plan-ended', wish, act)
  },
  write: writeTurns,
})

export const plans = query({
  name: 'booking.plans',
  by: PLANNERS,
  basis: PLAN_BASIS,
  does: { zh: '本机构的排班及其例外。', en: 'The plans of one’s own institution, with their exceptions.' },
  input: noInput,
  read: async (tx, _input, act) => {
    const { org } = act.actor
    if (!org) return null
    const found = await store.plansOf(tx, org, act.today)
    const exceptions = await store.exceptionsOf(tx, org, act.today)
    const keys = [...found, ...exceptions].flatMap(({ calendarOrg, calendar }) =>
      calendarOrg && calendar ? [{ org: calendarOrg, id: calendar }] : [],
    )
    return { org, found, exceptions, calendars: await store.findCalendars(tx, keys) }
  },
  relation: ofOwn,
  answer: ({ found, exceptions, calendars }, _input, act) => {
    const nameOf = (org: OrgId | null, id: CalendarId | null) => {
      const calendar = calendars.find((one) => one.org === org && one.id === id)
      return calendar ? { zh: calendar.nameZh, en: calendar.nameEn, kind: calendar.kind } : null
    }
    return {
      plans: found.map(({ sessions, serviceZh, serviceEn, placeZh, placeEn, ...plan }) => ({
        ...plan,
        service: serviceZh === null ? null : { zh: serviceZh, en: serviceEn },
        place: placeZh === null ? null : { zh: placeZh, en: placeEn },
        by: nameOf(plan.calendarOrg, plan.calendar),
        sessions: sessions.map(shownSession),
      })),
      exceptions: exceptions.map(({ org: _org, from, to, ...one }) => ({
        ...one,
        session:
          from === null || to === null || one.capacity === null
            ? null
            : shownSession({ weekday: 1, from, to, capacity: one.capacity }),
        by: nameOf(one.calendarOrg, one.calendar),
      })),
      bounds: {
        today: act.today,
        minutesLeast: act.policy('booking.slot-minutes', 'least'),
        minutesUsual: act.policy('booking.slot-minutes', 'usual'),
        minutesMost: act.policy('booking.slot-minutes', 'most'),
        daysUsual: act.policy('booking.plan-days-ahead'),
        daysMost: act.policy('booking.publish-days-most'),
      },
    }
  },
})
