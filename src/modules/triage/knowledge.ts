import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { readCatalogue } from '../navigation/index.ts'
import { readSpecialties } from '../organisations/index.ts'
import { DANGER_CHANNELS, VITAL_NAMES } from './triage.ts'

/** What is shipped: symptoms, danger signs, questions, names, and the trained model. */
export const TRIAGE_KNOWLEDGE = join(import.meta.dirname, '..', '..', '..', 'knowledge', 'triage')

const WORDS = { key: z.string().min(1), zh: z.string().min(1), en: z.string().min(1) }
const words = z.object({ zh: z.string().min(1), en: z.string().min(1) })
const weights = z.record(z.string(), z.number())
const says = z.array(z.coerce.string().min(1)).default([])

const symptom = z.object({
  ...WORDS,
  says,
  kind: z.enum(['symptom', 'sign', 'part', 'drug', 'test', 'disease', 'population', 'modifier', 'nothing']),
  part: z.string().optional(),
  feel: z.string().optional(),
  departments: weights.default({}),
  conditions: weights.default({}),
})
const part = z.object({ ...WORDS, says, departments: weights.default({}) })
const feeling = z.object({ ...WORDS, says })
const spelling = z.object({ wrong: z.string().min(1), right: z.string() })
/** Names that need no row of their own: diseases, drugs, examinations and operations, and who mostly sees them. */
const names = z.object({ kind: z.enum(['disease', 'drug']).default('disease'), departments: weights, says })

const bounds = z.object({ min: z.number().optional(), max: z.number().optional() })
const keys = z.array(z.string()).default([])
const alternative = z.object({
  all: keys,
  any: keys,
  also: keys,
  none: keys,
  ageMin: z.number().optional(),
  ageMax: z.number().optional(),
  sex: z.enum(['male', 'female']).optional(),
  pregnant: z.boolean().optional(),
  postpartum: z.boolean().optional(),
  hoursMax: z.number().optional(),
  vitals: z.partialRecord(z.enum(VITAL_NAMES), bounds).default({}),
})
const danger = z.object({
  ...WORDS,
  channel: z.enum(DANGER_CHANNELS),
  urgency: z.enum(['emergency', 'urgent']),
  departments: weights.default({}),
  when: z.array(alternative),
  now: words,
})
const option = z.object({
  ...WORDS,
  adds: keys,
  removes: keys,
  departments: weights.default({}),
  urgency: z.enum(['emergency', 'urgent', 'soon', 'self-care']).optional(),
})
const question = z.object({
  ...WORDS,
  when: z
    .object({
      all: keys,
      any: keys,
      none: keys,
      departments: keys,
      ageMin: z.number().optional(),
      ageMax: z.number().optional(),
      sex: z.enum(['male', 'female']).optional(),
    })
    .prefault({}),
  options: z.array(option),
})
const text = z.object({
  text: z.string().min(1),
  department: z.string(),
  age: z.number().optional(),
  sex: z.enum(['male', 'female']).optional(),
})

export type SymptomRow = z.infer<typeof symptom>
export type DangerRow = z.infer<typeof danger>
export type DangerAlternative = z.infer<typeof alternative>
export type QuestionRow = z.infer<typeof question>
/** A text with the department that should see it; an empty one says nothing medical. */
export type TrainingText = z.infer<typeof text>

/** Everything that triage knows before it sees a text. */
export type Knowledge = {
  readonly symptoms: readonly SymptomRow[]
  readonly parts: readonly z.infer<typeof part>[]
  readonly feelings: readonly z.infer<typeof feeling>[]
  readonly spellings: readonly z.infer<typeof spelling>[]
  readonly names: readonly z.infer<typeof names>[]
  readonly dangers: readonly DangerRow[]
  readonly questions: readonly QuestionRow[]
  readonly conditions: ReturnType<typeof readCatalogue>['rows']
  readonly specialties: ReturnType<typeof readSpecialties>
}

const listIn = <T>(file: string, schema: z.ZodType<T>): T[] => {
  if (!existsSync(file)) return []
  const parsed = z.array(schema).safeParse(parse(readFileSync(file, 'utf8')) ?? [])
  if (!parsed.success) throw new Error(`Triage knowledge ${file}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

const filesIn = (folder: string, ending: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .toSorted()
        .map((name) => join(folder, name))
    : []

/**
 * Reads the knowledge of triage, the catalogue of conditions and the specialties.
 * @throws Error naming the file and what cannot be used in it
 */
export const readKnowledge = (folder: string = TRIAGE_KNOWLEDGE): Knowledge => ({
  symptoms: filesIn(join(folder, 'symptoms'), '.yaml').flatMap((file) => listIn(file, symptom)),
  parts: listIn(join(folder, 'parts.yaml'), part),
  feelings: listIn(join(folder, 'feelings.yaml'), feeling),
  spellings: listIn(join(folder, 'typos.yaml'), spelling),
  names: filesIn(join(folder, 'names'), '.yaml').flatMap((file) => listIn(file, names)),
  dangers: listIn(join(folder, 'danger-signs.yaml'), danger),
  questions: listIn(join(folder, 'questions.yaml'), question),
  conditions: readCatalogue().rows,
  specialties: readSpecialties(),
})

/** The written texts that the classifier learns from. @throws Error naming the file and line that cannot be used */
export const readTrainingTexts = (folder: string = TRIAGE_KNOWLEDGE): TrainingText[] =>
  filesIn(join(folder, 'texts'), '.jsonl').flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => {
        if (line.trim() === '') return []
        const parsed = text.safeParse(JSON.parse(line))
        if (!parsed.success) throw new Error(`${file}:${at + 1}: ${z.prettifyError(parsed.error)}`)
        return [parsed.data]
      }),
  )
