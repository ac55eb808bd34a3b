import { ok, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import type { ReferralCode } from '../contract.ts'
import type { Direction, Letter, Urgency } from '../referral.ts'

/** Tiers from the bottom up, as the institutions' index names them. */
const HEIGHTS = ['village', 'township', 'regional-centre', 'county', 'city', 'province']

/** Up, down or lateral: by the tiers of the two institutions, never by what somebody typed. */
export const directionOf = (senderTier: string, receiverTier: string): Direction => {
  const climb = HEIGHTS.indexOf(receiverTier) - HEIGHTS.indexOf(senderTier)
  if (climb === 0) return 'lateral'
  return climb > 0 ? 'up' : 'down'
}

/** Whether an institution is primary care: village, township or street, rural regional centre. */
export const isPrimaryCare = (tier: string): boolean => HEIGHTS.indexOf(tier) >= 0 && HEIGHTS.indexOf(tier) <= HEIGHTS.indexOf('regional-centre')

export type RequestFacts = {
  readonly senderIsReceiver: boolean
  readonly receiverIsOpen: boolean
  readonly receiverHasSpecialty: boolean
  readonly personIsKnown: boolean
  readonly personIsDead: boolean
  /** The open referral of the same person and condition, if another one stands. */
  readonly openAlready: { readonly slip: string; readonly state: string; readonly stateEn: string } | null
  readonly letter: Letter
  readonly consentIsGiven: boolean
  readonly urgency: Urgency
  readonly unitFits: boolean
}

const LETTER_PARTS = [
  ['impression', '初步印象', 'first impression'],
  ['reason', '主要现病史(转出原因)', 'present illness (reason for referral)'],
] as const

/**
 * Everything that speaks against submitting a referral, all at once.
 * An emergency is treated first and completed afterwards: letter, consent and an open ordinary referral do not hold it up.
 * Source: 双向转诊单 (规范第三版); 先救治后补单.
 */
export const mayRefer = (facts: RequestFacts): Result<'allowed', ReferralCode> => {
  const refusals: Refusal<ReferralCode>[] = []
  if (!facts.personIsKnown) refusals.push({ code: 'referral.person-unknown', field: 'person' })
  if (facts.personIsDead) refusals.push({ code: 'referral.person-dead' })
  if (facts.senderIsReceiver) refusals.push({ code: 'referral.to-itself', field: 'receiver' })
  if (!facts.receiverIsOpen) refusals.push({ code: 'referral.receiver-unknown', field: 'receiver' })
  else if (!facts.receiverHasSpecialty) refusals.push({ code: 'referral.receiver-without-specialty', field: 'specialty' })
  if (!facts.unitFits) refusals.push({ code: 'referral.unit-of-another', field: 'unit' })
  if (facts.urgency !== 'emergency') refusals.push(...papersOwed(facts.letter, facts.consentIsGiven))
  if (facts.openAlready && facts.urgency !== 'emergency') {
    const { slip, state, stateEn } = facts.openAlready
    refusals.push({ code: 'referral.open-already', detail: { slip, state, state_en: stateEn } })
  }
  return refusals.length === 0 ? ok('allowed') : refuseAll(refusals)
}

/** What letter and consent still lack; empty when the papers are complete. */
export const papersOwed = (letter: Letter, consentIsGiven: boolean): Refusal<ReferralCode>[] => {
  const owed: Refusal<ReferralCode>[] = []
  for (const [part, zh, en] of LETTER_PARTS)
    if (letter[part].trim() === '') owed.push({ code: 'referral.letter-incomplete', detail: { what: zh, what_en: en }, field: `letter.${part}` })
  if (!consentIsGiven) owed.push({ code: 'referral.consent-missing', field: 'consent' })
  return owed
}
