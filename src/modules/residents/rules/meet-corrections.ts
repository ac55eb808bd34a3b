/** The basic data that may be corrected after a person is registered. */
export const CORRECTED_FIELDS = ['phone', 'address', 'insurance'] as const
export type CorrectedField = (typeof CORRECTED_FIELDS)[number]

/** A correction that was made before: the version that it led to, and its fields. */
export type EarlierCorrection = { readonly version: number; readonly fields: readonly string[] }

/**
 * The fields in which a correction made on `ifVersion` meets another one made since: these must be settled by a person.
 * Corrections of other fields stand beside each other. A version that never was meets everything.
 */
export const fieldsInConflict = (
  mine: readonly CorrectedField[],
  ifVersion: number,
  standing: number,
  earlier: readonly EarlierCorrection[],
): CorrectedField[] => {
  if (ifVersion > standing) return [...mine]
  const since = new Set(earlier.filter(({ version }) => version > ifVersion).flatMap(({ fields }) => fields))
  return mine.filter((field) => since.has(field))
}
