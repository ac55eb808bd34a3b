import { createHash, randomBytes } from 'node:crypto'
import { dayOf } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok } from '../../../kernel/result.ts'
import { relationsTo } from '../../../platform/access.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { databaseNow } from '../../../platform/database/pool.ts'
import { command, query } from '../../../platform/forms/form.ts'
import type { House } from '../../../platform/house.ts'
import { valueOn } from '../../../shapes/rulebook.ts'
import { findInstitution, specialtyName } from '../../organisations/index.ts'
import { findPersons } from '../../residents/index.ts'
import { nothingInput, openScreenInput, screenInput, type ShownScreen } from './contract.ts'
import { maskedName } from './rules/masked-name.ts'
import { queueOrder } from './rules/queue-order.ts'
import * as store from './store.ts'
import type { Queue, ScreenId, Ticket } from './visit-day.ts'

const BASIS = '候诊屏 (设计);个人信息保护法 第六条'
const SECRET_BYTES = 16
/** How many of those who wait a screen names. */
const NEXT_SHOWN = 3

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest()

export const openScreen = command({
  name: 'booking.open-screen',
  by: ['referral-desk@anyone', 'ward@anyone'],
  basis: BASIS,
  does: {
    zh: '开设一块候诊屏：给出无需登录的地址，只显示号码和隐去的姓名。地址只给出一次。',
    en: 'Opens a waiting-room screen: answers an address that needs no account and shows numbers and masked names only. It is answered once.',
  },
  input: openScreenInput,
  read: async (_tx, _input, act) => (act.actor.org ? { org: act.actor.org } : null),
  decide: ({ org }, input, act) => {
    const key = `${org}-${randomBytes(SECRET_BYTES).toString('base64url')}`
    const screen: store.Screen = {
      org,
      id: act.newId<ScreenId>(),
      title: input.title,
      specialties: input.specialties,
      madeAt: act.now,
    }
    return ok({ change: { screen, hash: hashOf(key) }, answer: { screen: screen.id, address: `/board/${key}` } })
  },
  write: async (tx, { screen, hash }) => void (await store.saveScreen(tx, screen, hash)),
})

export const closeScreen = command({
  name: 'booking.close-screen',
  by: ['referral-desk@own', 'ward@own'],
  basis: BASIS,
  does: { zh: '停用一块候诊屏，其地址立即失效。', en: 'Closes a waiting-room screen; its address ends at once.' },
  input: screenInput,
  read: (tx, input, act) =>
    act.actor.org ? store.lockScreen(tx, act.actor.org, input.screen as ScreenId) : Promise.resolve(null),
  relation: (screen, { actor }) => relationsTo(actor, screen),
  decide: (screen) => ok({ change: screen, answer: { screen: screen.id } }),
  write: async (tx, screen, act) => void (await store.saveScreenClosed(tx, screen, act.now)),
})

export const screens = query({
  name: 'booking.screens',
  by: ['referral-desk@anyone', 'ward@anyone'],
  basis: BASIS,
  does: { zh: '本机构的候诊屏。', en: 'The waiting-room screens of one’s own institution.' },
  input: nothingInput,
  read: (tx, _input, act) => (act.actor.org ? store.screensOf(tx, act.actor.org) : Promise.resolve(null)),
  answer: (found) => ({
    screens: found.map(({ id, title, specialties, madeAt }) => ({ id, title, specialties: [...specialties], madeAt })),
  }),
})

type ShownPerson = { number: number; name: string | null }

const shownOf = (queue: Queue, tickets: readonly Ticket[], nameOf: (one: Ticket) => string | null, emergenciesMost: number) => {
  const shown = (one: Ticket): ShownPerson => ({ number: one.number, name: nameOf(one) })
  const order = queueOrder(tickets, queue, emergenciesMost)
  const next = order.slice(0, NEXT_SHOWN).flatMap(({ id }) => tickets.filter((one) => one.id === id))
  const now = tickets.filter(({ state }) => state === 'called' || state === 'in').toSorted((a, b) => (a.state < b.state ? -1 : 1))
  return {
    now: now.map((one) => ({ ...shown(one), isInside: one.state === 'in' })),
    next: next.map(shown),
    waiting: order.length,
  }
}

const named = (zh: string | null, en: string | null) => (zh === null ? null : { zh, en })

/**
 * What a waiting-room screen shows, by the key in its address; null when there is no such screen or it was closed. It is the house that
 * reads, since nobody is signed in: of a person nothing goes out but a number and the first character of the name.
 */
export const screenOf = (house: House, key: string): Promise<ShownScreen | null> =>
  asSystem(house.database).transaction(async (tx) => {
    const org = key.slice(0, key.indexOf('-')) as OrgId
    const screen = await store.findScreen(tx, org, hashOf(key))
    if (!screen) return null
    const asOf = await databaseNow(tx)
    const today = dayOf(asOf, house.zone)
    const all = await store.queuesOfDay(tx, org, today)
    const open = all.filter(
      ({ closedAt, specialty }) =>
        closedAt === null && (screen.specialties.length === 0 || screen.specialties.includes(specialty)),
    )
    const tickets = await store.ticketsOf(tx, org, open.map(({ id }) => id)) // prettier-ignore
    const waiting = tickets.filter(({ endedAt }) => endedAt === null)
    const persons = await findPersons(tx, waiting.flatMap(({ person }) => (person ? [person] : []))) // prettier-ignore
    const nameOf = ({ person }: Ticket) => {
      const found = person ? persons.get(person) : undefined
      return found && !found.erasedAt ? maskedName(found.zh) : null
    }
    const most = valueOn(house.rulebook, 'booking.queue-emergencies-in-row', today)
    const names = new Map<string, { zh: string; en: string | null }>()
    for (const { specialty } of open) names.set(specialty, (await specialtyName(tx, specialty)) ?? { zh: specialty, en: null })
    const institution = await findInstitution(tx, org)
    return {
      title: screen.title,
      institution: { zh: institution?.name.zh ?? '', en: institution?.name.en ?? null },
      asOf,
      queues: open.map((queue) => ({
        specialty: names.get(queue.specialty) ?? { zh: queue.specialty, en: null },
        doctor: named(queue.doctorZh, queue.doctorEn),
        place: named(queue.placeZh, queue.placeEn),
        ...shownOf(queue, waiting.filter((one) => one.queue === queue.id), nameOf, most), // prettier-ignore
      })),
    }
  }, 'read')
