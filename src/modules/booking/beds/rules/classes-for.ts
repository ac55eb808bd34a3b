import type { BedSex, StaySex } from '../beds.ts'

/**
 * Classes of beds that a stay may have, best first: beds for one's own sex, then beds for any. Who needs isolation lies in an
 * isolation bed and nobody else does.
 */
export const classesFor = <Class extends { readonly sex: BedSex; readonly isolation: boolean }>(
  classes: readonly Class[],
  stay: { readonly sex: StaySex; readonly isolation: boolean },
): Class[] => {
  const fitting = classes.filter(({ isolation }) => isolation === stay.isolation)
  return [...fitting.filter(({ sex }) => sex === stay.sex), ...fitting.filter(({ sex }) => sex === 'any')]
}
