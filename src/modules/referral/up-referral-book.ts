import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Words } from '../../kernel/words.ts'
import { SHIPPED_RULEBOOK } from '../../platform/rulebook.ts'
import { GRADES } from '../../shapes/rulebook.ts'
import {
  REFERRAL_OCCASIONS,
  type ReferralMeasure,
  type ReferralTest,
  type UpReferralCriterion,
} from './rules/up-referral-criteria.ts'

const text = z.string().min(1)
const code = z.string().regex(/^[A-Z]\d\d(\.\d+|-[A-Z]\d\d)?$/)
const codes = z.array(code).min(1)
const measure = z
  .strictObject({ codes: z.array(text).min(1), unit: text, zh: text, en: text, least: text.optional(), below: text.optional() })
  .transform(({ zh, en, ...rest }): ReferralMeasure => ({ ...rest, words: { zh, en } }))
const test: z.ZodType<ReferralTest> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('seen') }),
    z.strictObject({ kind: z.literal('measure'), measure, within: text }),
    z.strictObject({ kind: z.literal('times'), measure, within: text, times: text }),
    z.strictObject({ kind: z.literal('lasting'), measure, within: text, lasting: text }),
    z.strictObject({ kind: z.literal('problem'), icd10: codes, within: text.optional(), times: text.optional() }),
    z.strictObject({ kind: z.literal('age'), least: text.optional(), below: text.optional() }),
    z.strictObject({ kind: z.literal('onset'), icd10: codes, below: text }),
    z.strictObject({ kind: z.literal('drugs'), groups: z.array(z.array(text)), least: text, among: z.array(text) }),
    z.strictObject({ kind: z.enum(['all', 'any']), of: z.array(test).min(1) }),
  ]),
)
const criterion = z.strictObject({
  id: text,
  occasion: z.enum(REFERRAL_OCCASIONS),
  clause: text,
  grade: z.enum(GRADES),
  zh: text,
  en: text,
  by: test,
})
const page = z.strictObject({ key: text, zh: text, en: text, icd10: codes, basis: text, criteria: z.array(criterion).min(1) })

/** What the rulebook says about referring one disease up. Its numbers stand beside it in dated YAML. */
export type UpReferralPage = {
  readonly key: string
  readonly words: Words
  readonly icd10: readonly string[]
  readonly basis: string
  readonly criteria: readonly UpReferralCriterion[]
}

const readPage = (folder: string, name: string): UpReferralPage => {
  const parsed = page.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
  if (!parsed.success) throw new Error(`Rulebook file ${name}: ${z.prettifyError(parsed.error)}`)
  const { key, zh, en, icd10, basis, criteria } = parsed.data
  return {
    key,
    words: { zh, en },
    icd10,
    basis,
    criteria: criteria.map(({ zh: said, en: saidEn, ...rest }) => ({ ...rest, words: { zh: said, en: saidEn } })),
  }
}

const folder = join(SHIPPED_RULEBOOK, 'national', 'up-referral')

/** Every disease whose up-referral criteria are written down; checked when the house starts, a fault stops it by name. */
export const UP_REFERRAL_PAGES: readonly UpReferralPage[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .toSorted()
  .map((name) => readPage(folder, name))
