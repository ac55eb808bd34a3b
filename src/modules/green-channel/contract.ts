import { z } from 'zod'
import { isInstant } from '../../kernel/clock.ts'
import type { RefusalTable } from '../../platform/refusals.ts'
import { CAPABILITIES, CHANNELS, NODES, ONSET_KINDS, OUTCOMES } from './green-channel.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const instant = z.string().refine(isInstant, '应为带时区的时间|An instant with a zone')
const filled = (most: number) => z.string().trim().min(1).max(most)
const figure = (least: number, most: number) => z.number().min(least).max(most).nullish()

const onset = z
  .strictObject({ kind: z.enum(ONSET_KINDS), at: instant.nullish() })
  .refine(
    (one) => (one.kind === 'unknown') === !one.at,
    '已知或最后正常时间须填时间;不明则不填|A time goes with a known onset or last seen well, none with unknown',
  )
// Bounds are those of a form that refuses slips of the hand, not of medicine.
const vitals = z.strictObject({
  systolic: figure(20, 320),
  diastolic: figure(10, 220),
  heartRate: figure(10, 300),
  oxygen: figure(20, 100),
  glucose: figure(0.5, 60),
  coma: figure(3, 15),
})
const ecg = z.strictObject({
  reference: z.string().trim().max(200).nullish(),
  rate: figure(10, 300),
  stElevation: z.boolean().nullish(),
  finding: z.string().trim().max(300).nullish(),
})
const unknownPerson = z.strictObject({
  zh: z.string().trim().max(60).nullish(),
  sex: z.enum(['male', 'female', 'unknown', 'other']).default('unknown'),
  /** How to recognise the person: about how old, clothes, where found. */
  about: z.string().trim().max(100).nullish(),
})

export const startInput = z
  .strictObject({
    channel: z.enum(CHANNELS),
    person: key.nullish(),
    /** Somebody who is not registered: a record is made now and linked to the right person later. */
    unknown: unknownPerson.nullish(),
    onset: onset.default({ kind: 'unknown' }),
    call120At: instant.nullish(),
    vitals: vitals.default({}),
    ecg: ecg.nullish(),
    /** The treatment that the doctor asks for, thrombectomy for instance. */
    needs: z.enum(CAPABILITIES).nullish(),
    /** Another centre than the nearest suitable one. */
    receiver: key.nullish(),
    /** When it was begun, if it was without a network. */
    occurredAt: instant.nullish(),
  })
  .refine(
    (one) => Boolean(one.person) !== Boolean(one.unknown),
    '请选择居民,或登记为身份不明|Choose a person, or enter somebody unknown',
  )
export const stampInput = z.strictObject({
  case: z.uuid(),
  node: z.enum(NODES),
  occurredAt: instant.nullish(),
  /** Why an earlier entry is corrected. */ reason: z.string().trim().min(2).max(200).nullish(),
})
export const endInput = z.strictObject({ case: z.uuid(), outcome: z.enum(OUTCOMES), reason: z.string().trim().min(2).max(500) })
export const onwardInput = z.strictObject({
  case: z.uuid(),
  needs: z.enum(CAPABILITIES).nullish(),
  receiver: key.nullish(),
  reason: filled(500),
  occurredAt: instant.nullish(),
})
export const caseInput = z.strictObject({ case: z.uuid() })
export const noticeInput = z.strictObject({ case: z.uuid(), target: filled(60) })
export const referralInput = z.strictObject({ referral: z.uuid() })
export const boardInput = z.strictObject({})
export const qualityInput = z.strictObject({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份格式为 YYYY-MM|A month is YYYY-MM'),
  channel: z.enum(CHANNELS),
  org: key.nullish(),
})

export const greenChannelRefusals = {
  'green-channel.open-already': {
    kind: 'conflict',
    zh: '该患者的{channel}绿色通道已经开启({since})。请在原通道上记录时间,不必重复开启。',
    en: 'The {channel_en} channel of this patient is open already (since {since}). Write the times there; it need not be begun again.',
    basis: null,
  },
  'green-channel.no-centre': {
    kind: 'conflict',
    zh: '没有查到现在能接收{channel}患者的救治中心。请立即拨打 120,并用“其他急症”转往最近的医院。',
    en: 'No centre that receives {channel_en} now was found. Call 120 at once and send the patient to the nearest hospital as another emergency.',
    basis: null,
  },
  'green-channel.wish-not-possible': {
    kind: 'conflict',
    zh: '指定的医院不是现在能接收的该病种救治中心。请改选,或留空由系统选择最近的中心。',
    en: 'The place named is no centre that receives this now. Choose another, or leave it empty and the nearest is chosen.',
    basis: null,
  },
  'green-channel.too-late-to-start': {
    kind: 'conflict',
    zh: '这次急救发生在 {hours} 小时以前,已不能按绿色通道开启。请用急诊转出补单。',
    en: 'This happened more than {hours} hours ago and is no green channel any more. Send it as an emergency and complete the papers.',
    basis: null,
  },
  'green-channel.in-future': {
    kind: 'invalid',
    zh: '时间 {at} 晚于现在。请核对后重填。',
    en: 'The time {at} is later than now. Check it and enter it again.',
    basis: null,
  },
  'green-channel.out-of-order': {
    kind: 'invalid',
    zh: '“{earlier}”({earlier_at})不能晚于“{later}”({later_at})。请核对两处时间,更正其中一处。',
    en: '“{earlier_en}” ({earlier_at}) cannot be later than “{later_en}” ({later_at}). Check both times and correct one of them.',
    basis: null,
  },
  'green-channel.stamped-already': {
    kind: 'conflict',
    zh: '“{node}”已记录为 {at}。如需更正,请填写更正原因;原记录会保留。',
    en: '“{node_en}” is written down as {at}. To correct it, say why; the earlier entry is kept.',
    basis: null,
  },
  'green-channel.nothing-to-correct': {
    kind: 'conflict',
    zh: '“{node}”还没有记录,不需要更正原因。请直接记录时间。',
    en: '“{node_en}” has not been written down yet, so there is nothing to correct. Write the time itself.',
    basis: null,
  },
  'green-channel.not-of-channel': {
    kind: 'invalid',
    zh: '{channel}绿色通道不记录“{node}”。请选择本通道的时间点。',
    en: 'The {channel_en} channel does not time “{node_en}”. Choose one of its own moments.',
    basis: null,
  },
  'green-channel.of-other-side': {
    kind: 'conflict',
    zh: '“{node}”由接收医院记录。请与对方联系。',
    en: '“{node_en}” is written by the receiving hospital. Ask them.',
    basis: null,
  },
  'green-channel.ended-already': {
    kind: 'conflict',
    zh: '这条绿色通道已经结束。如需补记时间,可在结束后 {hours} 小时内补记。',
    en: 'This channel has ended. Moments may be added for {hours} hours after the end.',
    basis: null,
  },
  'green-channel.onward-already': {
    kind: 'conflict',
    zh: '已经转往上级中心,不能重复转出。请在新的通道上办理。',
    en: 'This patient has been sent on already. Act on the new channel.',
    basis: null,
  },
  'green-channel.not-yet-here': {
    kind: 'conflict',
    zh: '患者还没有到院。请先记录“到院大门”的时间,再转往上级中心。',
    en: 'The patient has not arrived. Write down the hospital door first, then send on.',
    basis: null,
  },
  'green-channel.notice-not-due': {
    kind: 'conflict',
    zh: '该时间点已记录或通道已结束,无需提醒。',
    en: 'The moment has been written down or the channel has ended; nothing is to be told.',
    basis: null,
  },
} as const satisfies RefusalTable

export type GreenChannelCode = keyof typeof greenChannelRefusals

type ShownWords = { zh: string; en: string }
type ShownName = { zh: string; en: string | null }

/** A moment as the desks see it. */
export type ShownNode = {
  node: string
  words: ShownWords
  at: string | null
  recordedAt: string | null
  by: ShownName | null
  /** Whether the reader may write it down now. */
  isMine: boolean
  /** Whether now would be in order: what a later moment has overtaken is entered with its own time. */
  mayBeNow: boolean
  corrected: { at: string; by: ShownName }[]
  reason: string | null
}

export type ShownTarget = {
  key: string
  words: ShownWords
  from: string
  to: string
  minutes: number
  measures: string[]
  state: 'waiting' | 'ok' | 'soon' | 'late' | 'unknown'
  isRunning: boolean
  startedAt: string | null
  warnAt: string | null
  dueAt: string | null
  doneAt: string | null
  tookMinutes: number | null
}

/** A green channel with its running clock. */
export type ShownClock = {
  case: string
  referral: string
  channel: string
  channelWords: ShownWords
  state: 'open' | 'ended'
  outcome: string | null
  endReason: string | null
  side: 'sender' | 'receiver' | null
  onset: { kind: string; at: string | null }
  /** Until when the treatment that the patient is sent for may begin; null without a window or an onset. */
  windowUntil: string | null
  treatment: ShownWords | null
  startedAt: string
  isLateEntry: boolean
  receiver: { id: string; name: ShownName; phone: string | null }
  sender: { id: string; name: ShownName; phone: string | null }
  person: { id: string; name: ShownName }
  travelMinutes: number
  why: ShownWords
  considered: { institution: string; name: ShownName; km: number; travelMinutes: number; verdict: string; why: ShownWords }[]
  vitals: { [name: string]: number | null | undefined }
  ecg: { reference: string | null; rate: number | null; stElevation: boolean | null; finding: string | null } | null
  nodes: ShownNode[]
  targets: ShownTarget[]
  next: ShownTarget | null
  earlier: string | null
  onward: { case: string; referral: string } | null
  mayEnd: boolean
  maySendOn: boolean
}
