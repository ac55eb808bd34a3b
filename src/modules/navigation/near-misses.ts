import type { OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { Act } from '../../platform/forms/form.ts'
import { heightOf, parentChain, servicesOf, type Institution, type Tier } from '../organisations/index.ts'
import type { Reason } from './contract.ts'
import type { Start } from './places.ts'
import { nearMissOf, type Told } from './rules/reasons.ts'

/** A place where the person would usually go and that is not offered, with why. */
export type Miss = { readonly institution: Institution; readonly reason: Reason }

type Offered = {
  readonly start: Start
  readonly told: Told
  readonly specialties: readonly string[]
  readonly found: readonly { readonly id: OrgId; readonly tier: Tier }[]
}

/** The places where the person would usually go and that are not offered, from the village up to the first that is. */
export const findNearMisses = async (tx: Tx, { start, told, specialties, found }: Offered, act: Act): Promise<Miss[]> => {
  if (!start.first) return []
  const usual = [start.first, ...(await parentChain(tx, start.first.id))]
  const offered = new Set(found.map(({ id }) => id))
  const height = Math.max(...found.slice(0, 1).map(({ tier }) => heightOf(tier)), heightOf(told.lowestTier ?? start.first.tier))
  const services = await servicesOf(
    tx,
    usual.map((one) => one.id),
    act.today,
  )
  return usual
    .filter((one) => !offered.has(one.id) && heightOf(one.tier) <= height)
    .flatMap((institution) => {
      const offers = services.some((one) => one.institution === institution.id && specialties.includes(one.specialty))
      const reason = nearMissOf(institution, told, offers)
      return reason ? [{ institution, reason }] : []
    })
}
