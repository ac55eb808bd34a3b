/** What an app says of itself in a signed statement, once its signature has been found good. */
export type AssertionClaims = {
  readonly iss?: unknown
  readonly sub?: unknown
  readonly aud?: unknown
  readonly exp?: unknown
  readonly nbf?: unknown
  readonly jti?: unknown
}

/** What the statement must fit. Seconds are those since the beginning of 1970. */
export type AssertionNeeds = {
  readonly client: string
  readonly audience: string
  readonly nowSeconds: number
  readonly secondsMost: number
  readonly driftSeconds: number
}

// A longer number of a statement is refused rather than kept.
const JTI_MOST = 300

/**
 * The number of a statement that may be used now, with the seconds for which it must be remembered; or why it may not.
 * @source SMART App Launch 2.2, asymmetric client authentication; RFC 7523 §3
 */
export const judgeAssertion = (
  claims: AssertionClaims,
  needs: AssertionNeeds,
): { readonly jti: string; readonly rememberSeconds: number } | { readonly why: string } => {
  const { iss, sub, aud, exp, nbf, jti } = claims
  if (iss !== needs.client || sub !== needs.client) return { why: 'iss and sub must be the client_id' }
  if (!(Array.isArray(aud) ? aud : [aud]).includes(needs.audience)) return { why: `aud must be ${needs.audience}` }
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return { why: 'exp is needed' }
  if (exp <= needs.nowSeconds - needs.driftSeconds) return { why: 'the statement has expired' }
  if (exp > needs.nowSeconds + needs.secondsMost + needs.driftSeconds)
    return { why: `exp may be at most ${needs.secondsMost} s ahead` }
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf > needs.nowSeconds + needs.driftSeconds))
    return { why: 'the statement does not count yet' }
  if (typeof jti !== 'string' || jti === '' || jti.length > JTI_MOST) return { why: 'jti is needed' }
  return { jti, rememberSeconds: Math.ceil(exp - needs.nowSeconds) + needs.driftSeconds }
}
