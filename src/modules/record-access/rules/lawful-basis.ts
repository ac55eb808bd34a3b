import type { Role } from '../../../platform/access.ts'
import type { Basis, Purpose } from '../record-access.ts'

/** Roles that treat people: they read by a care relationship. All others read by consent or by law alone. */
export const TREATING_ROLES: readonly Role[] = ['village-doctor', 'family-doctor', 'referral-desk', 'ward']

/** A consent in force: for one purpose, to an institution or to whichever treats, all kinds of resources or some. */
export type ConsentInForce = {
  readonly purpose: Purpose
  readonly toOwn: boolean
  readonly toAnyone: boolean
  readonly kinds: readonly string[] | null
}
export type Duty = { readonly purpose: Purpose; readonly roles: readonly Role[]; readonly kinds: readonly string[] | null }

/** What is known of one actor and one person at one moment. */
export type AccessFacts = {
  readonly role: Role
  readonly hasOrg: boolean
  readonly purpose: Purpose
  readonly isSelf: boolean
  readonly represents: boolean
  readonly isCareTeam: boolean
  readonly hasEncounter: boolean
  readonly hasReferral: boolean
  readonly hasBooking: boolean
  readonly consents: readonly ConsentInForce[]
  readonly hasEmergency: boolean
  readonly duties: readonly Duty[]
}
export type Found = { readonly basis: Basis; readonly kinds: readonly string[] | null }

const whole = (basis: Basis): Found => ({ basis, kinds: null })

/**
 * The first basis that holds, or null: then nothing of the record is seen. The database decides by the same order
 * (`record_access.open_lawful`); a test holds both together.
 * @source 个人信息保护法 第十三条、第二十九条; 基本医疗卫生与健康促进法 第九十二条
 */
export const lawfulBasis = (facts: AccessFacts): Found | null => {
  const { role, purpose } = facts
  if (role === 'system' || role === 'insurer') return null
  if (role === 'resident') return facts.isSelf ? whole('self') : facts.represents ? whole('representative') : null
  const treats = facts.hasOrg && TREATING_ROLES.includes(role)
  return (
    (treats ? byCare(facts) : null) ??
    (facts.hasOrg ? byConsent(facts, treats) : null) ??
    (treats && facts.hasEmergency && ['treatment', 'emergency'].includes(purpose) ? whole('emergency') : null) ??
    byLaw(facts) ??
    (treats && purpose === 'beginning-care' ? whole('beginning-care') : null)
  )
}

/** Purposes that a care relationship is for. */
const IN_CARE: readonly Purpose[] = ['treatment', 'beginning-care', 'emergency']

const byCare = (facts: AccessFacts): Found | null => {
  if (!IN_CARE.includes(facts.purpose)) return null
  if (facts.isCareTeam) return whole('care-team')
  if (facts.hasEncounter) return whole('encounter')
  if (facts.hasReferral) return whole('referral')
  return facts.hasBooking ? whole('booking') : null
}

/** Among several the widest counts. */
const byConsent = ({ consents, purpose }: AccessFacts, treats: boolean): Found | null => {
  const asked: Purpose = IN_CARE.includes(purpose) ? 'treatment' : purpose
  const given = consents.filter((one) => one.purpose === asked && (one.toOwn || (one.toAnyone && treats)))
  const widest = given.find(({ kinds }) => kinds === null) ?? given[0]
  return widest ? { basis: 'consent', kinds: widest.kinds } : null
}

const byLaw = ({ duties, purpose, role }: AccessFacts): Found | null => {
  const duty = duties.find((one) => one.purpose === purpose && one.roles.includes(role))
  return duty ? { basis: 'statutory', kinds: duty.kinds } : null
}
