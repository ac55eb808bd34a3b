import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { AccountId, Brand, OrgId, PersonId } from '../../../kernel/id.ts'
import type { CaseShape } from '../../../shapes/case.ts'

/** 异地长期居住; 转诊 (opened from a referral); 自行外出. An emergency needs none: it is treated as filed. */
export const FILING_KINDS = ['long-term', 'referral', 'own-way'] as const
export type FilingKind = (typeof FILING_KINDS)[number]

export type FilingId = Brand<string, 'FilingId'>

/** Where a person may be treated away from home, from when until when. */
export type Filing = {
  readonly person: PersonId
  readonly id: FilingId
  readonly kind: FilingKind
  /** Divisions by their first digits. */
  readonly places: readonly string[]
  readonly from: Day
  /** The first day on which it no longer holds; null for who lives elsewhere. */
  readonly ends: Day | null
  readonly reason: string
  readonly referral: { readonly org: OrgId; readonly id: string } | null
  readonly filedOrg: OrgId | null
  readonly filedBy: AccountId | null
  readonly filedAt: Instant
  readonly withdrawn: { readonly on: Day; readonly why: string } | null
}

export type FilingState = 'filed' | 'lapsed' | 'withdrawn'
export type FilingMove = 'file' | 'lapse' | 'withdraw'

/**
 * The life of a filing. By commitment (承诺制) it stands at once; it lapses by its day alone, so that nobody has to do anything.
 * Source: insurance facts A9 [P32]; 国家医保局 异地就医备案 承诺制.
 */
export const filingLifecycle: CaseShape<FilingState, FilingMove> = {
  kind: 'filing',
  words: { zh: '异地就医备案', en: 'Filing of care away from home' },
  states: {
    filed: { words: { zh: '已备案', en: 'Filed' }, holder: 'sender' },
    lapsed: { words: { zh: '已到期', en: 'Ended' }, holder: 'none', end: true },
    withdrawn: { words: { zh: '已撤销', en: 'Withdrawn' }, holder: 'none', end: true },
  },
  moves: {
    file: { words: { zh: '备案', en: 'file' }, from: ['start'], to: 'filed' },
    lapse: { words: { zh: '到期', en: 'end' }, from: ['filed'], to: 'lapsed' },
    withdraw: { words: { zh: '撤销', en: 'withdraw' }, from: ['filed'], to: 'withdrawn', reason: 'required' },
  },
}

/** Where a filing stands on a day. */
export const stateOfFiling = ({ ends, withdrawn }: Pick<Filing, 'ends' | 'withdrawn'>, day: Day): FilingState =>
  withdrawn !== null && withdrawn.on <= day ? 'withdrawn' : ends !== null && ends <= day ? 'lapsed' : 'filed'
