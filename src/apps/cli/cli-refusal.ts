import type { Words } from '../../kernel/words.ts'

/** What the command line cannot do, and what to do instead; the program ends with 1. */
export class CliRefusal extends Error {
  readonly zh: string
  readonly en: string
  constructor({ zh, en }: Words) {
    super(en)
    this.zh = zh
    this.en = en
  }
}
