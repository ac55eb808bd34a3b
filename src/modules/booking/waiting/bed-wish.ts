import type { OrgId } from '../../../kernel/id.ts'
import type { Refusal } from '../../../kernel/result.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import type { Act } from '../../../platform/forms/form.ts'
import type { Person } from '../../residents/index.ts'
import type { BedClass, StaySex } from '../beds/beds.ts'
import { classesFor } from '../beds/rules/classes-for.ts'
import { classesOf, wardsOf } from '../beds/store.ts'
import type { Waiting } from './waiting.ts'

/** The beds of a specialty at an institution; no ward: none of it lies there. */
export type BedsThere = { readonly org: OrgId; readonly wards: number; readonly classes: readonly BedClass[] }

export const bedsAt = async (db: Queryable, orgs: readonly OrgId[], specialty: string): Promise<BedsThere[]> => {
  const found: BedsThere[] = []
  for (const org of orgs) {
    const ids = (await wardsOf(db, org, specialty)).map(({ id }) => id)
    found.push({ org, wards: ids.length, classes: await classesOf(db, org, ids) })
  }
  return found
}

type BedWish = Pick<Waiting, 'sex' | 'nights' | 'isolation'>

/** A place where no bed of the right kind will ever come free; null when all is well, and for whatever is not a bed. */
export const bedFaultOf = (beds: readonly BedsThere[], { sex, isolation }: BedWish): Refusal | null => {
  if (beds.some(({ wards }) => wards === 0)) return { code: 'booking.waiting-wards', field: 'orgs' }
  const fits = beds.every(({ classes }) => sex !== null && classesFor(classes, { sex, isolation }).length > 0)
  return fits ? null : { code: 'booking.waiting-bed-class', field: 'orgs' }
}

type Asked = { readonly nights?: number | undefined; readonly isolation: boolean }

/** What an entry says of the bed that is waited for. */
export const bedWishOf = (person: Person, { nights, isolation }: Asked, act: Act): BedWish => ({
  sex: isSexed(person.sex) ? person.sex : null,
  nights: nights ?? act.policy('booking.waiting-nights', 'usual'),
  isolation,
})
const isSexed = (sex: Person['sex']): sex is StaySex => sex === 'male' || sex === 'female'

type Wanted = { readonly orgs: readonly OrgId[]; readonly channel: Waiting['channel']; readonly beds: readonly BedsThere[] }

/** Every reason why a person may not wait for this bed there. */
export const faultsOfBedWish = (wish: BedWish, { orgs, channel, beds }: Wanted, act: Act): Refusal[] => {
  if (act.actor.role === 'resident') return [{ code: 'booking.bed-wait-by-staff' }]
  if (!wish.sex) return [{ code: 'booking.sex-unknown' }]
  const most = act.policy('booking.waiting-nights', 'most')
  const isElsewhere = channel === 'direct' && orgs.some((org) => org !== act.actor.org)
  const place = bedFaultOf(beds, wish)
  return [
    ...((wish.nights ?? 0) > most ? [{ code: 'booking.waiting-nights', detail: { most }, field: 'nights' }] : []),
    ...(isElsewhere ? [{ code: 'booking.direct-only-here', field: 'channel' }] : []),
    ...(place ? [place] : []),
  ]
}
