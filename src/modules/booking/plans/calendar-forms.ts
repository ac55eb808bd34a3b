import type { OrgId } from '../../../kernel/id.ts'
import { ok } from '../../../kernel/result.ts'
import type { Relation } from '../../../platform/access.ts'
import { command, query, type Act } from '../../../platform/forms/form.ts'
import { institutionsOf, staffAt } from '../../organisations/index.ts'
import { noInput } from '../contract.ts'
import { saveCalendarInput } from './contract.ts'
import type { Calendar, CalendarId } from './plans.ts'
import * as store from './store.ts'

/** Who plans for an institution: its own desk and manager. */
export const PLANNERS = ['referral-desk@own', 'consortium-manager@own'] as const

/** What is planned is read by the actor's institution: there is nothing else to stand to. */
export const ofOwn = ({ org }: { readonly org: OrgId }, { actor }: Act): Relation[] => (actor.org === org ? ['own'] : [])
export const PLAN_BASIS = 'S0 统一号源;S2 分时段预约不超过1小时'

export const saveCalendar = command({
  name: 'booking.save-calendar',
  by: PLANNERS,
  basis: '医师多点执业:一名医生同一时间只在一处 (设计)',
  does: {
    zh: '建立或更正本机构一名医生、一台设备、一间诊室或一个中心的日历,可共享给其他执业机构。',
    en: 'Makes or corrects the calendar of a doctor, device, room or centre of one’s own institution, and shares it with other workplaces.',
  },
  input: saveCalendarInput,
  read: async (tx, input, act) => {
    const { org } = act.actor
    if (!org) return null
    return input.calendar && !(await store.findCalendar(tx, org, input.calendar as CalendarId)) ? null : { org }
  },
  relation: ofOwn,
  decide: ({ org }, input, act) => {
    const calendar: Calendar = {
      org,
      id: (input.calendar as CalendarId | undefined) ?? act.newId<CalendarId>(),
      kind: input.kind,
      nameZh: input.name.zh,
      nameEn: input.name.en ?? null,
      specialty: input.specialty ?? null,
      staff: input.staff ?? null,
      sharedWith: input.sharedWith as OrgId[],
    }
    return ok({ change: calendar, answer: { org, calendar: calendar.id } })
  },
  write: store.saveCalendar,
})

export const calendars = query({
  name: 'booking.calendars',
  by: PLANNERS,
  basis: PLAN_BASIS,
  does: {
    zh: '本机构可排班的医生、设备、诊室与中心,以及尚无日历的医生。',
    en: 'Doctors, devices, rooms and centres that one’s own institution may plan with, and doctors without a calendar yet.',
  },
  input: noInput,
  read: async (tx, _input, act) => {
    const { org } = act.actor
    if (!org) return null
    const found = await store.calendarsFor(tx, org)
    const owners = await institutionsOf(tx, [...new Set(found.map((one) => one.org))])
    return { org, found, owners, staff: await staffAt(tx, org, 'physician', act.today) }
  },
  relation: ofOwn,
  answer: ({ org, found, owners, staff }) => ({
    calendars: found.map(({ nameZh, nameEn, ...calendar }) => ({
      ...calendar,
      name: { zh: nameZh, en: nameEn },
      owner: owners.find(({ id }) => id === calendar.org)?.name ?? null,
      isOwn: calendar.org === org,
    })),
    // The calendar lives with the employer: who only works here is planned by a calendar that the employer shares.
    staff: staff
      .filter((one) => one.employer === org && !found.some((calendar) => calendar.staff === one.id))
      .map(({ id, name, title, specialty }) => ({ id, name, title, specialty })),
  }),
})
