/** Whether two values of JSON say the same; a field without a value is absent or null, whichever way it came in. */
export const saysTheSame = (one: unknown, other: unknown): boolean => {
  if ((one ?? null) === (other ?? null)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => saysTheSame((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]))
}
