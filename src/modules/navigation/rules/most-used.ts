/**
 * Conditions in the order in which a doctor will most likely want them: those of which the region treated most, then the most common by
 * the editorial list, then the rest as they came.
 */
export const mostUsedFirst = <C extends { readonly key: string }>(
  conditions: readonly C[],
  cases: ReadonlyMap<string, number>,
  common: ReadonlyMap<string, number>,
): C[] => {
  const placeOf = ({ key }: C): number => common.get(key) ?? common.size
  return conditions.toSorted((a, b) => (cases.get(b.key) ?? 0) - (cases.get(a.key) ?? 0) || placeOf(a) - placeOf(b))
}
