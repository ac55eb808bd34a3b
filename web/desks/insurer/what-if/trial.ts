import type { BillPlace, BothBooks, ComparedBill, MadeYear, WhatIfOutcome } from '../../../../src/modules/settlement/what-if.ts'

/** What is tried: a made year, both sides' books, and how many bills. */
export type Trial = { readonly year: MadeYear; readonly books: BothBooks; readonly count: number }
export type Settled = { readonly trial: Trial; readonly outcome: WhatIfOutcome; readonly tookMs: number }

/** What the page asks of its worker: a trial first, then bills of that trial. */
export type Asked =
  | { readonly kind: 'settle'; readonly trial: Trial }
  | { readonly kind: 'bill'; readonly trial: Trial; readonly place: BillPlace }

/** What the worker tells. */
export type Told =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'settled'; readonly outcome: WhatIfOutcome; readonly tookMs: number }
  | { readonly kind: 'bill'; readonly bill: ComparedBill }
  | { readonly kind: 'failed'; readonly why: string }
