import { isWithin, type Division, type Institution } from '../organisations.ts'

export type Helped = Pick<Institution, 'id' | 'tier' | 'division'>

/**
 * Counties and districts whose county hospitals nobody helps: no plan in force has a county institution standing in it.
 * A county without any institution of its level has nobody to be helped, and is a gap too.
 * @source 省带市、市带县、县带乡、乡带村
 */
export const countiesWithoutHelper = (counties: readonly Division[], helped: readonly Helped[]): Division[] => {
  const places = helped.filter(({ tier }) => tier === 'county')
  return counties.filter(({ code }) => !places.some(({ division }) => isWithin(division, code)))
}
