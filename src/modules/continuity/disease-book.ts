import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { present } from '../../kernel/assert.ts'
import type { Words } from '../../kernel/words.ts'
import { SHIPPED_RULEBOOK } from '../../platform/rulebook.ts'
import { GRADES } from '../../shapes/rulebook.ts'
import { ITEM_KINDS, STEP_KINDS } from './continuity.ts'
import type { Criterion, Way } from './rules/down-criteria.ts'
import type { Need } from './rules/readiness-items.ts'
import type { TemplateStep } from './rules/plan-steps.ts'

const text = z.string().min(1)
const codes = z.array(text).min(1)
const measure = z.strictObject({ codes, unit: text, zh: text, en: text, below: text.optional(), least: text.optional() })
const way = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('attestation') }),
  z.strictObject({ kind: z.literal('diagnosis') }),
  z.strictObject({ kind: z.literal('condition'), within: text, icd10: codes }),
  z.strictObject({ kind: z.literal('measures'), within: text, all: z.array(measure).min(1) }),
  z.strictObject({ kind: z.literal('recorded'), within: text, codes }),
  z.strictObject({ kind: z.literal('medicine'), groups: z.array(codes).min(1) }),
])
const criterion = z.strictObject({
  id: text,
  grade: z.enum(GRADES),
  isOptional: z.boolean().default(false),
  zh: text,
  en: text,
  by: way,
})
const step = z.strictObject({
  id: text,
  kind: z.enum(STEP_KINDS),
  zh: text,
  en: text,
  plainZh: text,
  plainEn: text,
  atHome: z.boolean(),
})
const page = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/),
  zh: text,
  en: text,
  basis: text,
  icd10: z.array(z.string().regex(/^[A-Z]\d\d(-[A-Z]\d\d)?$/)).default([]),
  criteria: z.array(criterion),
  needs: z.array(z.strictObject({ code: text, kind: z.enum(ITEM_KINDS), zh: text, en: text })).default([]),
  steps: z.array(step).default([]),
})

/** What the rulebook says about the way home with one disease. Numbers stand beside it in dated YAML. */
export type Disease = {
  readonly key: string
  readonly words: Words
  readonly basis: string
  readonly icd10: readonly string[]
  readonly criteria: readonly Criterion[]
  readonly needs: readonly Need[]
  readonly steps: readonly TemplateStep[]
}

const wayOf = (by: z.infer<typeof way>): Way =>
  by.kind === 'measures' ? { ...by, all: by.all.map(({ zh, en, ...rest }) => ({ ...rest, words: { zh, en } })) } : by

const diseaseOfPage = (name: string, body: string): Disease => {
  const parsed = page.safeParse(JSON.parse(body))
  if (!parsed.success) throw new Error(`Rulebook file ${name}: ${z.prettifyError(parsed.error)}`)
  const { key, zh, en, basis, icd10, criteria, needs, steps } = parsed.data
  return {
    key,
    words: { zh, en },
    basis,
    icd10,
    criteria: criteria.map(({ id, grade, isOptional, by, ...words }) => ({
      id,
      grade,
      isOptional,
      basis,
      words: { zh: words.zh, en: words.en },
      by: wayOf(by),
    })),
    needs: needs.map(({ code, kind, ...words }) => ({ code, kind, words: { zh: words.zh, en: words.en } })),
    steps: steps.map((one) => ({
      id: one.id,
      kind: one.kind,
      words: { zh: one.zh, en: one.en },
      plain: { zh: one.plainZh, en: one.plainEn },
      atHome: one.atHome,
    })),
  }
}

const readBook = (): ReadonlyMap<string, Disease> => {
  const folder = join(SHIPPED_RULEBOOK, 'national', 'down-referral')
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
  return new Map(pages.map((name) => diseaseOfPage(name, readFileSync(join(folder, name), 'utf8'))).map((one) => [one.key, one]))
}

const BOOK = readBook()
const named = (key: string): Disease => present(BOOK.get(key), `the page ${key} of the down-referral rulebook`)

/** For everybody who goes down from a hospital, whatever the disease. */
export const GENERAL = named('general')
/** For everybody who goes from a township unit to a village. */
export const TOWNSHIP = named('township')
/** Where no page names the disease. */
export const OTHER = named('other')
/** Pages that name a disease. */
export const DISEASES: readonly Disease[] = [...BOOK.values()].filter(({ icd10 }) => icd10.length > 0)

/** A disease by its key; `other` for a key that has no page any more. */
export const diseaseByKey = (key: string): Disease => DISEASES.find((one) => one.key === key) ?? OTHER

/** A criterion by its id, on whatever page it stands; null when there is none. */
export const criterionById = (id: string): Criterion | null =>
  [...BOOK.values()].flatMap(({ criteria }) => criteria).find((one) => one.id === id) ?? null
