import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, type Act } from '../../../platform/forms/form.ts'
import type { GroupId } from '../beds/beds.ts'
import { offerStayInput, type OfferStayInput } from './contract.ts'
import { compareInOrder } from './rules/order.ts'
import { staysInOrder, type StayWish } from './rules/stays-in-order.ts'
import { bedLineOf, placeOfStay, type BedRow, type StayPlaceKey } from './stay-line-store.ts'
import { makeStay, readStayPlace, saveStays, stayTimesOf, tellingOfStays, wishesOf, type StayPlace } from './stay-offers.ts'
import * as store from './store.ts'
import type { Place, Waiting, WaitingId } from './waiting.ts'

/** How far the line of a place is looked at in one act. */
export const BED_LINE_MOST = 300

type Facts = {
  readonly place: StayPlace
  readonly wishes: readonly (BedRow & StayWish)[]
  /** Those of the line who are locked: everybody up to the last who can be offered a stay. */
  readonly entries: ReadonlyMap<WaitingId, Waiting>
}
const NOBODY = { place: null, wishes: [], entries: new Map<WaitingId, Waiting>() } as const

const placesAsked = async (tx: Tx, input: OfferStayInput): Promise<StayPlaceKey[]> => {
  const { person, waiting, org, group, specialty } = input
  if (person && waiting) {
    const entry = await store.findWaiting(tx, person as PersonId, waiting as WaitingId)
    if (entry?.state !== 'waiting' || entry.unitKind !== 'bed-day') return []
    return entry.orgs.map((one) => ({ org: one, specialty: entry.specialty }))
  }
  if (!org) return []
  const place = group
    ? await placeOfStay(tx, org as OrgId, group as GroupId)
    : specialty
      ? { org: org as OrgId, specialty }
      : null
  return place ? [place] : []
}

// Looked at without a lock first: most of the time nobody can be offered anything, and then nobody is held up.
const lastOffered = async (tx: Tx, key: StayPlaceKey, act: Act): Promise<Place | null> => {
  const line = await bedLineOf(tx, key, BED_LINE_MOST)
  if (line.length === 0) return null
  const place = await readStayPlace(tx, key, act, false)
  const given = staysInOrder(place.classes, await wishesOf(tx, key.org, line, act), stayTimesOf(key.org, act))
  return given.at(-1)?.one ?? null
}

const lockPlace = async (tx: Tx, key: StayPlaceKey, last: Place, act: Act): Promise<Facts> => {
  const place = await readStayPlace(tx, key, act, true)
  const line = await bedLineOf(tx, key, BED_LINE_MOST)
  const before = line.filter((one) => compareInOrder(one, last) <= 0)
  const locked = await store.lockLine(tx, before)
  const entries = new Map(locked.map((entry) => [entry.id, entry]))
  const left = line.filter((one) => entries.has(one.id) || !before.includes(one))
  return { place, wishes: await wishesOf(tx, key.org, left, act), entries }
}

export const offerStay = command({
  name: 'booking.offer-stay',
  by: ['system@anyone'],
  basis: 'S0 共享床位信息;候补按次序',
  does: {
    zh: '空出的床位按次序限时提供给候床者:整段住院一起保留。',
    en: 'Offers beds that are free to those who wait for one, in order and for a limited time: all nights of a stay are held together.',
  },
  input: offerStayInput,
  read: async (tx, input, act): Promise<Facts | typeof NOBODY> => {
    for (const key of await placesAsked(tx, input)) {
      const last = await lastOffered(tx, key, act)
      if (last) return lockPlace(tx, key, last, act)
    }
    return NOBODY
  },
  decide: ({ place, wishes, entries }, _input, act) => {
    const given = place ? staysInOrder(place.classes, wishes, stayTimesOf(place.org, act)) : []
    const made = given.flatMap(({ one, stay }) => {
      const was = entries.get(one.id)
      const offer = place && was ? makeStay(place, was, stay, act) : null
      return offer ? [offer] : []
    })
    if (made.length === 0) return refuse('booking.nobody-waits')
    return ok({ change: made, answer: { offered: made.length }, ...tellingOfStays(made) })
  },
  write: saveStays,
})
