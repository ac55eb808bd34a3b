import { instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, query, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { consortiumKindOf } from '../../organisations/index.ts'
import { noInput } from '../contract.ts'
import { applyOpened } from './apply-effect.ts'
import { ofOwn, PLAN_BASIS, PLANNERS } from './calendar-forms.ts'
import { planDaysInput } from './contract.ts'
import { effectEvents, effectOf, publishThrough } from './effect.ts'
import type { Plan, PlanId } from './plans.ts'
import { lockPoolsOfPlans, publishedDays, spansTaken } from './pool-store.ts'
import { firstClash } from './rules/replan.ts'
import { sessionsOn } from './rules/plan-slots.ts'
import { statutoryDay } from './rules/statutory-day.ts'
import { shownSession } from './planning.ts'
import * as store from './store.ts'

/** Plans of one round; a round is one transaction. */
const PLANS_A_ROUND = 20

type Facts = Parameters<typeof effectOf>[3]
type DuePlan = {
  readonly plan: Plan
  readonly exceptions: Awaited<ReturnType<typeof store.exceptionsOf>>
  readonly facts: Facts
  readonly taken: Awaited<ReturnType<typeof spansTaken>>
}

const readDue = async (tx: Tx, act: Act, plan: Plan): Promise<DuePlan> => {
  const exceptions = await store.exceptionsOf(tx, plan.org, act.today)
  const keys = [plan, ...exceptions].flatMap(({ calendarOrg, calendar }) =>
    calendarOrg && calendar ? [{ org: calendarOrg, id: calendar }] : [],
  )
  const until = instantAt(plusDays(publishThrough(plan, act.today), 1), '00:00', act.zone)
  return {
    plan,
    exceptions,
    taken: await spansTaken(tx, keys, act.now, until),
    facts: {
      consortium: await consortiumKindOf(tx, plan.org, act.today),
      calendars: await store.findCalendars(tx, keys),
      pools: await lockPoolsOfPlans(tx, [plan], act.now, null),
      bookings: [],
      vouchers: [],
    },
  }
}

/** What a plan opens now: only slots that are not there yet, and whose time is free; the rest is told as clashes. */
const openedBy = ({ plan, exceptions, facts, taken }: DuePlan, act: Act) => {
  const turn = { before: plan, after: plan, exceptionsBefore: exceptions, exceptions }
  const effect = effectOf(act, turn, [act.today, publishThrough(plan, act.today)], facts)
  const isFree = (pool: (typeof effect.opened)[number]) =>
    firstClash([pool as Parameters<typeof firstClash>[0][number]], taken) === null
  const opened = effect.opened.filter(isFree)
  return {
    plan,
    opened,
    clashes: effect.opened.length - opened.length,
    effect: {
      ...effect,
      opened,
      rewritten: [],
      adjusted: [],
      stopped: [],
      givenUp: [],
      stoppedBookings: [],
      stoppedVouchers: [],
    },
  }
}

export const publishPlans = command({
  name: 'booking.publish-plans',
  by: ['system@anyone'],
  basis: PLAN_BASIS,
  does: {
    zh: '每日按排班发布后续日期的号源;重复执行不会多发。',
    en: 'Publishes the next days of plans, every day; done again, it publishes nothing twice.',
  },
  input: noInput,
  read: async (tx, _input, act) => {
    const due: DuePlan[] = []
    for (const plan of await store.lockDuePlans(tx, act.today, PLANS_A_ROUND)) due.push(await readDue(tx, act, plan))
    return due
  },
  decide: (due, _input, act) => {
    if (due.length === 0) return refuse('booking.nothing-to-publish')
    const published = due.map((one) => openedBy(one, act))
    const clashing = published.filter(({ clashes }) => clashes > 0)
    const events: TraceEvent[] = [
      ...published.flatMap(({ effect }) => effectEvents(effect, '每日发布')),
      ...clashing.map(({ plan: { org, id }, clashes }) => ({
        type: 'booking.plan-clashed',
        case: { kind: 'plan', org, id },
        person: null,
        seenBy: [org],
        data: { slots: clashes },
      })),
    ]
    const pools = published.reduce((sum, { opened }) => sum + opened.length, 0)
    return ok({ change: published, answer: { plans: published.length, pools, clashing: clashing.length }, events })
  },
  write: async (tx, published, act) => {
    for (const { plan, opened } of published) {
      await applyOpened(tx, plan.org, opened)
      await store.savePublished(tx, plan, publishThrough(plan, act.today), act.today)
    }
  },
})

const plannedDay = (plan: Plan, day: Day, exceptions: DuePlan['exceptions']) => {
  const { sessions, why } = sessionsOn(plan, day, exceptions)
  const units = sessions.reduce((sum, { from, to, capacity }) => sum + Math.floor((to - from) / plan.minutes) * capacity, 0)
  return { plan: plan.id, why, units, sessions: sessions.map(shownSession) }
}

export const planDays = query({
  name: 'booking.plan-days',
  by: PLANNERS,
  basis: PLAN_BASIS,
  does: {
    zh: '逐日查看排班:节假日与调休、例外、已发布与已约的号数。',
    en: 'Plans day by day: holidays and make-up workdays, exceptions, units published and sold.',
  },
  input: planDaysInput,
  read: async (tx, input, act) => {
    const { org } = act.actor
    if (!org) return null
    const plan = (input.plan as PlanId | undefined) ?? null
    const from = (input.from as Day | undefined) ?? act.today
    const [begins, ends] = [instantAt(from, '00:00', act.zone), instantAt(plusDays(from, input.days), '00:00', act.zone)]
    const found = plan ? await store.findPlan(tx, org, plan) : null
    if (plan && !found) return null
    return {
      org,
      from,
      plans: found ? [found] : await store.plansOf(tx, org, from),
      exceptions: (await store.exceptionsOf(tx, org, from)).filter(
        (one) => plan === null || one.plan === null || one.plan === plan,
      ),
      published: await publishedDays(tx, org, { plan, from: begins, until: ends, zone: act.zone }),
    }
  },
  relation: ofOwn,
  answer: ({ from, plans, exceptions, published }, input) => ({
    days: Array.from({ length: input.days }, (_none, at) => {
      const day = plusDays(from, at)
      const ofDay = published.filter((one) => one.day === day)
      const sum = (of: (one: (typeof published)[number]) => number) => ofDay.reduce((all, one) => all + of(one), 0)
      return {
        day,
        statutory: statutoryDay(day),
        exceptions: exceptions.filter((one) => one.day === day).map(({ id, plan, kind, reason }) => ({ id, plan, kind, reason })),
        planned: plans.map((plan) => plannedDay(plan, day, exceptions)),
        published: {
          slots: sum(({ slots }) => slots),
          units: sum(({ units }) => units),
          reserved: sum(({ reserved }) => reserved),
          emergency: sum(({ emergency }) => emergency),
          sold: sum(({ sold }) => sold),
          stopped: sum(({ stopped }) => stopped),
        },
      }
    }),
  }),
})
