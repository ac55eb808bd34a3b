/** Stops on what only a bug of ours can cause; what a person can cause is a refusal, never an assertion. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${what}`)
}

/** The value, or a stop with the name of what is missing. */
export const present = <T>(value: T | null | undefined, what: string): T => {
  assert(value !== null && value !== undefined, `${what} is missing`)
  return value
}
