/** A sentence in both languages, as the server sends names and messages. */
export type Bilingual = { zh: string; en: string }

/** The closed list of roles that a signed-in account may have. */
export const roles = [
  'resident',
  'village-doctor',
  'family-doctor',
  'referral-desk',
  'ward',
  'consortium-manager',
  'insurer',
  'health-bureau',
  'administrator',
] as const
export type Role = (typeof roles)[number]

/** Who is signed in, and for which institution they act. */
export type Actor = {
  account: string
  role: Role
  name: Bilingual
  institution: { id: string; name: Bilingual; tier: string } | null
  resident: string | null
}

/** One account of the synthetic demonstration region; its password is public on purpose. */
export type DemoAccount = { account: string; password: string; zh: string; en: string; role: Role }

/** Why a request was refused, as the server says it: what, why, what next, by which clause. */
export type Reason = Bilingual & { code: string; basis: string | null }
export type ErrorBody = Reason & {
  reasons: Reason[]
  fields: ({ path: string } & Bilingual)[]
  request: string | null
}

/** One line of the live stream: what happened to which case. */
export type TraceNotice = { module: string; case: string; type: string; at: string }

/**
 * Every command by name. A desk adds the commands that it calls:
 * `declare module '../../api/api-types.ts' { interface Commands { 'referral.accept': { input: …; answer: … } } }`.
 */
export interface Commands {
  'security.sign-in': { input: { account: string; password: string }; answer: { actor: Actor } }
  'security.sign-out': { input: Record<string, never>; answer: Record<string, never> }
  'security.sign-out-everywhere': { input: Record<string, never>; answer: Record<string, never> }
}

/** Every query by name; desks add theirs as for `Commands`. */
export interface Queries {
  'security.me': { input: Record<string, never>; answer: { actor: Actor } }
  'demo.accounts': { input: Record<string, never>; answer: { accounts: DemoAccount[] } }
}

export type CommandName = keyof Commands & string
export type QueryName = keyof Queries & string
