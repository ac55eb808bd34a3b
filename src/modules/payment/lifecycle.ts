import type { CaseShape } from '../../shapes/case.ts'
import type { BillState } from './payment.ts'

export const MOVES = [
  'open',
  'quote',
  'note-quoted',
  'note-declined',
  'pay',
  'note-collected',
  'note-settled',
  'note-failed',
  'refund',
  'note-reversed',
  'cancel',
  'expire',
  'note-withdrawn',
] as const
export type Move = (typeof MOVES)[number]

/**
 * The life of a bill. In `quoting`, `collecting`, `confirming`, `returning` and `withdrawing` the house speaks with the platform and the
 * payment app and tries until it knows the outcome; everywhere else a person acts or it is over. A settled bill is never edited: it is
 * reversed whole. Source: S0 诊间支付; insurance facts A14 and F.
 */
export const lifecycle: CaseShape<BillState, Move> = {
  kind: 'bill',
  words: { zh: '诊间账单', en: 'Bill' },
  states: {
    open: { words: { zh: '待预结算', en: 'Open' }, holder: 'sender' },
    quoting: { words: { zh: '预结算中', en: 'Being priced' }, holder: 'receiver' },
    quoted: {
      words: { zh: '待支付', en: 'To be paid' },
      holder: 'sender',
      wait: { policy: 'payment.quote-kept', move: 'expire' },
    },
    collecting: {
      words: { zh: '支付中', en: 'Being paid' },
      holder: 'sender',
      wait: { policy: 'payment.quote-kept', move: 'expire' },
    },
    confirming: { words: { zh: '结算中', en: 'Being settled' }, holder: 'receiver' },
    settled: { words: { zh: '已结算', en: 'Settled' }, holder: 'sender' },
    returning: { words: { zh: '退费中', en: 'Being refunded' }, holder: 'receiver' },
    reversed: { words: { zh: '已退费', en: 'Refunded' }, holder: 'none', end: true },
    withdrawing: { words: { zh: '撤销中', en: 'Being withdrawn' }, holder: 'receiver' },
    cancelled: { words: { zh: '已撤销', en: 'Cancelled' }, holder: 'none', end: true },
    declined: { words: { zh: '未能预结算', en: 'Not priced' }, holder: 'sender' },
  },
  moves: {
    open: { words: { zh: '开单', en: 'open' }, from: ['start'], to: 'open' },
    quote: { words: { zh: '预结算', en: 'price' }, from: ['open', 'declined'], to: 'quoting' },
    'note-quoted': { words: { zh: '预结算完成', en: 'priced' }, from: ['quoting'], to: 'quoted' },
    'note-declined': { words: { zh: '预结算被拒', en: 'not priced' }, from: ['quoting'], to: 'declined', reason: 'required' },
    pay: { words: { zh: '支付', en: 'pay' }, from: ['quoted'], to: 'collecting' },
    'note-collected': { words: { zh: '现金已付', en: 'cash paid' }, from: ['collecting'], to: 'confirming' },
    'note-settled': { words: { zh: '结算完成', en: 'settled' }, from: ['confirming'], to: 'settled' },
    'note-failed': { words: { zh: '结算被拒', en: 'not settled' }, from: ['confirming'], to: 'withdrawing', reason: 'required' },
    refund: { words: { zh: '退费', en: 'refund' }, from: ['settled'], to: 'returning', reason: 'required' },
    'note-reversed': { words: { zh: '退费完成', en: 'refunded' }, from: ['returning'], to: 'reversed' },
    cancel: {
      words: { zh: '撤销', en: 'cancel' },
      from: ['open', 'declined', 'quoted', 'collecting'],
      to: 'withdrawing',
      reason: 'required',
    },
    expire: { words: { zh: '逾期未付', en: 'not paid in time' }, from: ['quoted', 'collecting'], to: 'withdrawing' },
    'note-withdrawn': { words: { zh: '撤销完成', en: 'withdrawn' }, from: ['withdrawing'], to: 'cancelled' },
  },
}

/** States in which the house itself goes on until it knows the outcome. */
export const WORKING: readonly BillState[] = ['quoting', 'collecting', 'confirming', 'returning', 'withdrawing']
