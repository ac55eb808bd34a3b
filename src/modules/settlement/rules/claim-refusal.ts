import type { Words } from '../../../kernel/words.ts'

/** A bill that contradicts itself, or asks for what is not settled: what, why and what next, in both languages. */
export class ClaimRefusal extends Error {
  readonly code: string
  readonly zh: string
  readonly en: string
  constructor(code: string, { zh, en }: Words) {
    super(en)
    this.code = code
    this.zh = zh
    this.en = en
  }
}

/** A rule of a book that the engine does not settle: refused, never passed over. */
export const notBuilt = (zh: string, en: string): ClaimRefusal =>
  new ClaimRefusal('settlement.not-built', {
    zh: `${zh},本系统尚不能据此结算,故拒绝结算。请人工结算。`,
    en: `${en}: this engine does not settle by it yet and refuses. Settle the bill by hand.`,
  })
