/** How many wrong passwords in a row are taken, and for how long the account then rests; from the rulebook. */
export type LockoutPolicy = { readonly failuresMost: number; readonly lockMinutes: number }

/** What one more wrong password leads to: the new count, and the minutes of rest when the limit is reached. */
export const afterFailure = (failures: number, policy: LockoutPolicy): { failures: number; lockMinutes: number | null } => {
  const count = failures + 1
  return count >= policy.failuresMost ? { failures: 0, lockMinutes: policy.lockMinutes } : { failures: count, lockMinutes: null }
}
