import type { Commands, Queries } from '../../../api/api-types.ts'
import { inOrder, minutesOf, timeOf, type Drawn } from './week.ts'

export type PlansAnswer = Queries['booking.plans']['answer']
export type ShownPlan = PlansAnswer['plans'][number]
export type ShownException = PlansAnswer['exceptions'][number]
export type Calendars = Queries['booking.calendars']['answer']
export type Effect = Commands['booking.save-plan']['answer']['effect']

/** A plan as it is edited: texts as the fields hold them. */
export type Draft = {
  readonly plan: string | null
  readonly version: number | null
  readonly unitKind: ShownPlan['unitKind']
  readonly kind: ShownPlan['kind']
  readonly specialty: string
  /** `org/id` of a calendar, `staff/id` of a doctor without one, or empty. */
  readonly by: string
  readonly minutes: string
  readonly daysAhead: string
  readonly validFrom: string
  readonly validUntil: string
  readonly makeUp: string
  readonly worksOnHolidays: boolean
  readonly place: string
  readonly sessions: readonly Drawn[]
}

const drawnOf = (sessions: ShownPlan['sessions']): Drawn[] =>
  sessions.map(({ weekday, from, to, capacity }, at) => ({
    key: at + 1,
    weekday,
    from: minutesOf(from) ?? 0,
    to: minutesOf(to) ?? 0,
    capacity,
  }))

/** What a stored plan looks like in the editor. */
export const draftOf = (plan: ShownPlan): Draft => ({
  plan: plan.id,
  version: plan.version,
  unitKind: plan.unitKind,
  kind: plan.kind,
  specialty: plan.specialty,
  by: plan.calendarOrg === null ? '' : `${plan.calendarOrg}/${plan.calendar}`,
  minutes: String(plan.minutes),
  daysAhead: String(plan.daysAhead),
  validFrom: plan.validFrom,
  validUntil: plan.validUntil ?? '',
  makeUp: plan.makeUpWeekday === null ? '' : String(plan.makeUpWeekday),
  worksOnHolidays: plan.worksOnHolidays,
  place: plan.place?.zh ?? '',
  sessions: drawnOf(plan.sessions),
})

/** An empty plan of a department, as the rulebook usually has it. */
export const emptyDraft = (specialty: string, bounds: PlansAnswer['bounds']): Draft => ({
  plan: null,
  version: null,
  unitKind: 'visit',
  kind: 'expert',
  specialty,
  by: '',
  minutes: String(bounds.minutesUsual),
  daysAhead: String(bounds.daysUsual),
  validFrom: bounds.today,
  validUntil: '',
  makeUp: '',
  worksOnHolidays: false,
  place: '',
  sessions: [],
})

/** The same week as a plan of its own, still without doctor: nobody is in two places. */
export const copyOf = (draft: Draft, bounds: PlansAnswer['bounds']): Draft => ({
  ...draft,
  plan: null,
  version: null,
  by: '',
  validFrom: bounds.today,
  validUntil: '',
})

/** What is sent; the calendar is known by then. */
export const inputOf = (
  draft: Draft,
  calendar: { org: string; id: string } | null,
  stored: ShownPlan | null,
): Commands['booking.save-plan']['input'] => ({
  ...(draft.plan === null ? {} : { plan: draft.plan }),
  ...(draft.version === null ? {} : { version: draft.version }),
  unitKind: draft.unitKind,
  kind: draft.kind,
  specialty: draft.specialty,
  service: stored?.service ?? null,
  calendar,
  minutes: Number(draft.minutes),
  daysAhead: Number(draft.daysAhead),
  // A name in another language stays while the place is the same.
  place: draft.place.trim() === '' ? null : stored?.place?.zh === draft.place ? stored.place : { zh: draft.place.trim() },
  validFrom: draft.validFrom,
  validUntil: draft.validUntil === '' ? null : draft.validUntil,
  makeUpWeekday: draft.makeUp === '' ? null : Number(draft.makeUp),
  worksOnHolidays: draft.worksOnHolidays,
  sessions: inOrder(draft.sessions).map(({ weekday, from, to, capacity }) => ({
    weekday,
    from: timeOf(from),
    to: timeOf(to),
    capacity,
  })),
})

/** Whether two drafts say the same. */
export const isSame = (a: Draft, b: Draft): boolean => {
  const plain = (draft: Draft) =>
    JSON.stringify({ ...draft, sessions: inOrder(draft.sessions).map(({ key: _key, ...rest }) => rest) })
  return plain(a) === plain(b)
}
