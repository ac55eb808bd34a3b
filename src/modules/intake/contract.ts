import { z } from 'zod'
import type { RefusalTable } from '../../platform/refusals.ts'
import { CHANNELS, RECEIVED_KINDS, RECEIVED_STATES } from './intake.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const reason = z.string().trim().min(2).max(200)
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/, '应为 base64|Should be base64')

/** Bytes as they came, how, and from whom if that is known; `cut` and `tooLong` say what the transport saw. */
export const keepInput = z.strictObject({
  kind: z.enum(RECEIVED_KINDS),
  channel: z.enum(CHANNELS),
  org: key.nullish(),
  base64,
  damage: z.enum(['cut-off', 'too-long']).nullish(),
})
export const takeInput = z.strictObject({ org: key, id: z.uuid() })
export const uploadInput = z.strictObject({
  org: key,
  kind: z.enum(RECEIVED_KINDS),
  /** The bytes of the file, base64. */ base64: base64.min(4),
})
export const listInput = z.strictObject({
  state: z.enum(RECEIVED_STATES).optional(),
  org: key.optional(),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const receivedInput = z.strictObject({ org: key, id: z.uuid() })
export const rawInput = z.strictObject({ org: key, id: z.uuid(), reason })
export const solveInput = z.strictObject({ org: key, id: z.uuid(), reason })

export const intakeRefusals = {
  'intake.not-stuck': {
    kind: 'conflict',
    zh: '这条报文现在不在待处理状态,可能已由同事处理。请刷新列表。',
    en: 'This message is not waiting for anybody now; a colleague may have dealt with it. Refresh the list.',
    basis: null,
  },
  'intake.nothing-in-it': {
    kind: 'invalid',
    zh: '文件中没有可读的内容。请核对文件后重传。',
    en: 'There is nothing in the file. Check it and upload it again.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A received message as administrators see it: no text, no name. */
export type ShownReceived = {
  org: string
  institution: { zh: string; en: string | null } | null
  id: string
  kind: string
  channel: string
  facility: string
  controlId: string
  messageType: string
  state: string
  fault: string | null
  why: { zh: string; en: string } | null
  place: string | null
  resources: number
  tries: number
  bytes: number
  receivedAt: string
  solvedBecause: string | null
  /** Of a table: its lines, and those that could not be taken. */
  report: { lines: number; taken: number; refused: { line: number; column: string; zh: string; en: string }[] } | null
}
