import { instantAt, type Day } from '../../../kernel/day.ts'
import type { Instant } from '../../../kernel/clock.ts'

/** Systems of the region's own identifiers and codes. */
export const SYSTEMS = {
  /** 22 characters of WS 218. */
  institution: 'urn:jieli:ws218-institution',
  /** Four digits of 诊疗科目. */
  specialty: 'urn:jieli:specialty',
  tier: 'urn:jieli:tier',
  serviceLine: 'urn:jieli:service-line',
  staff: 'urn:jieli:staff',
  account: 'urn:jieli:account',
  person: 'urn:jieli:resident',
  booking: 'urn:jieli:booking',
  slip: 'urn:jieli:referral-slip',
  condition: 'urn:jieli:condition',
  state: 'urn:jieli:referral-state',
  direction: 'urn:jieli:referral-direction',
  insurance: 'urn:jieli:insurance',
  planStep: 'urn:jieli:plan-step',
} as const

/** A code of ours with its words. */
export const concept = (system: string, code: string, text?: string | null) => ({
  coding: [{ system, code }],
  ...(text ? { text } : {}),
})

/** A reference by type and id. */
export const to = (type: string, id: string, display?: string | null) => ({
  reference: `${type}/${id}`,
  ...(display ? { display } : {}),
})

/** The moment from which a day's text counts. */
export const fromDay = (day: Day, zone: string): Instant => instantAt(day, '00:00', zone)
