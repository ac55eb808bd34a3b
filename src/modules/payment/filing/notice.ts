import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { CaseShape } from '../../../shapes/case.ts'

export const NOTICE_STATES = ['to-send', 'taken', 'refused', 'to-withdraw', 'withdrawn', 'still-filed'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]
export type NoticeMove = 'report' | 'note-taken' | 'note-refused' | 'withdraw' | 'note-withdrawn' | 'note-still-filed'

/** What the platform is told of one place of a filing. */
export type Notice = {
  readonly person: PersonId
  readonly filing: string
  /** The division by its first digits. */
  readonly place: string
  readonly state: NoticeState
  /** In whose name it is sent; null where nobody is known. */
  readonly org: OrgId | null
  readonly receiver: OrgId | null
  readonly psnNo: string | null
  readonly number: string | null
  readonly says: string | null
  readonly filedAt: Instant
  readonly tries: number
}

/** The life of a notice: in `to-send` and `to-withdraw` the house speaks with the platform until it knows the outcome. Source: insurance facts F, 2501 and 2502. */
export const noticeLifecycle: CaseShape<NoticeState, NoticeMove> = {
  kind: 'filing-notice',
  words: { zh: '异地备案传送', en: 'Notice of a filing' },
  states: {
    'to-send': { words: { zh: '待传送', en: 'To be sent' }, holder: 'receiver' },
    taken: { words: { zh: '平台已受理', en: 'Taken by the platform' }, holder: 'none' },
    refused: { words: { zh: '平台未受理', en: 'Not taken by the platform' }, holder: 'none', end: true },
    'to-withdraw': { words: { zh: '撤销待传送', en: 'Withdrawal to be sent' }, holder: 'receiver' },
    withdrawn: { words: { zh: '平台上已撤销', en: 'Withdrawn at the platform' }, holder: 'none', end: true },
    'still-filed': { words: { zh: '平台未撤销', en: 'Not withdrawn at the platform' }, holder: 'none', end: true },
  },
  moves: {
    report: { words: { zh: '登记传送', en: 'report' }, from: ['start'], to: 'to-send' },
    'note-taken': { words: { zh: '登记受理', en: 'note as taken' }, from: ['to-send'], to: 'taken' },
    'note-refused': { words: { zh: '登记未受理', en: 'note as refused' }, from: ['to-send'], to: 'refused' },
    withdraw: { words: { zh: '传送撤销', en: 'withdraw' }, from: ['to-send', 'taken'], to: 'to-withdraw' },
    'note-withdrawn': { words: { zh: '登记撤销', en: 'note as withdrawn' }, from: ['to-withdraw'], to: 'withdrawn' },
    'note-still-filed': { words: { zh: '登记未撤销', en: 'note as still filed' }, from: ['to-withdraw'], to: 'still-filed' },
  },
}

/** States in which the house itself goes on until it knows the outcome. */
export const isAtWork = (state: NoticeState): boolean => state === 'to-send' || state === 'to-withdraw'
