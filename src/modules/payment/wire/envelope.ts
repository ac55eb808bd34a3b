import { z } from 'zod'
import type { Instant } from '../../../kernel/clock.ts'
import { text } from './scalars.ts'

// Names of the national platform's interface as hospital software of 2021 and 2022 uses them (insurance facts, F; grade G2); those that are
// known from memory only are marked there. Nothing of this file decides anything.

/** 定点机构号 of 12 characters, the moment to the second, four digits. */
export const MSGID = /^[A-Z0-9]{12}\d{14}\d{4}$/

/** What every trade travels in. */
export const askedEnvelope = z.object({
  infno: text(6).min(4),
  msgid: z.string().regex(MSGID),
  mdtrtarea_admvs: text(6),
  insuplc_admdvs: text(6).optional(),
  recer_sys_code: text(10),
  infver: text(6),
  opter_type: text(3),
  opter: text(60),
  opter_name: text(60),
  inf_time: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  fixmedins_code: z.string().length(12),
  fixmedins_name: text(200),
  sign_no: text(60),
  input: z.record(z.string(), z.unknown()),
})
export type AskedEnvelope = z.infer<typeof askedEnvelope>

/** What comes back: `infcode` 0 is success, anything else a refusal without effect. */
export const answeredEnvelope = z.object({
  infcode: z.union([z.number(), z.string()]).transform(String),
  inf_refmsgid: text(60).optional(),
  refmsg_time: text(30).optional(),
  respond_time: text(30).optional(),
  err_msg: z.string().max(2_000).nullish(),
  output: z.record(z.string(), z.unknown()).nullish(),
})

/** 定点机构号 of an institution here: the platform's own number is the deployer's to map; ours is H and the key. */
export const institutionNumber = (org: string): string => `H${org.padStart(11, '0').slice(-11)}`

/** `2026-11-22 09:05:00` in the region's zone. */
export const wireTime = (at: Instant, zone: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')

/** The number of a message: institution, moment, four digits of a count. */
export const messageId = (org: string, at: Instant, zone: string, count: number): string =>
  `${institutionNumber(org)}${wireTime(at, zone).replace(/\D/g, '')}${String(count % 10_000).padStart(4, '0')}`
