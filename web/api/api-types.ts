import type { Api } from '../../src/apps/api.ts'
import type { PublicFree, PublicPlaces, PublicQuestion } from '../../src/modules/booking/public-search/contract.ts'
import type { ShownScreen } from '../../src/modules/booking/visit-day/contract.ts'
import type { ShownActor, SignInAnswer } from '../../src/modules/security/contract.ts'
import type { Triage } from '../../src/modules/triage/triage.ts'
import type { TriageBody } from '../find/find-entry.ts'

/** A sentence in both languages, as the server sends names and messages. */
export type Bilingual = { zh: string; en: string }

/** A name of a person, place or thing; many have no English one, and then the Chinese stands in both languages. */
export type Named = { zh: string; en?: string | null | undefined }

/** The closed list of roles that a signed-in account may have. */
export const roles = [
  'resident',
  'village-doctor',
  'family-doctor',
  'referral-desk',
  'ward',
  'pharmacist',
  'consortium-manager',
  'insurer',
  'health-bureau',
  'administrator',
] as const
export type Role = (typeof roles)[number]

/** Who is signed in, and for which institution they act. Nobody signs in as the system. */
export type Actor = Omit<ShownActor, 'role'> & { role: Role }

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

type FormsOf<Kind extends 'command' | 'query'> = {
  [Name in keyof Api as Api[Name] extends { kind: Kind } ? Name : never]: Api[Name] extends {
    input: infer Input
    answer: infer Answer
  }
    ? { input: Input; answer: Answer }
    : never
}

/** What a step of signing in answers: who, or what is asked next. Nobody signs in as the system. */
export type SignInStep = Extract<SignInAnswer, { actor: null }> | { next: 'whole'; actor: Actor }

/** Signing in and out are routes of their own, because they set the cookie. */
type DoorCommands = {
  'security.sign-in': { input: { account: string; password: string }; answer: SignInStep }
  'security.sign-in-code': { input: { code: string }; answer: SignInStep }
  'security.begin-factor': { input: Record<string, never>; answer: { secret: string; uri: string } }
  'security.confirm-factor': { input: { code: string }; answer: SignInStep & { recoveryCodes: string[] } }
  'security.prove': { input: { proof: string }; answer: { proved: true } }
  'security.sign-out': { input: Record<string, never>; answer: Record<string, never> }
  // Not signed in either: a complaint goes as a body, so that it stands in no address.
  'public/triage': { input: TriageBody; answer: Triage }
}
type DoorQueries = {
  'demo.accounts': { input: Record<string, never>; answer: { accounts: DemoAccount[] } }
  // What anybody may look at without signing in.
  'public/free': { input: PublicQuestion; answer: PublicFree }
  'public/places': { input: Record<string, never>; answer: PublicPlaces }
  'public/waiting-room': { input: { screen: string }; answer: ShownScreen }
}

/** Every command of the server by name: what it takes and what it answers, derived from its declaration. */
export type Commands = FormsOf<'command'> & DoorCommands

/** Every query of the server by name. */
export type Queries = FormsOf<'query'> & DoorQueries

export type CommandName = keyof Commands & string
export type QueryName = keyof Queries & string
