import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** How soon somebody must be seen, the most pressing first. */
export const GRADES = ['emergency', 'urgent', 'soon', 'self-care'] as const
export type Grade = (typeof GRADES)[number]

/**
 * Two sets of complaints, and two of questions as they are asked in online consultations. Those that are seen may be looked at while
 * triage is improved, those that are unseen are only counted.
 */
export const SETS = ['seen', 'unseen', 'consultation-seen', 'consultation-unseen'] as const
export type SetName = (typeof SETS)[number]

/** Whether a set may be looked at. */
export const isSeen = (set: SetName): boolean => set.endsWith('seen') && !set.endsWith('unseen')

const row = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  text: z.string().min(1),
  /** Years; a fraction for infants. */
  age: z.number().min(0).max(120).optional(),
  sex: z.enum(['male', 'female']).optional(),
  /** Acceptable specialties, the best first; none where the text says nothing medical. */
  departments: z.array(z.string().regex(/^\d{4}$/)),
  /** Acceptable grades, the best first. */
  urgency: z.array(z.enum(GRADES)).nonempty(),
  /** Green channels that must be opened. */
  dangers: z.array(z.enum(['chest-pain', 'stroke', 'trauma', 'maternal', 'newborn', 'other'])).optional(),
  /** negated: a danger is denied or long past; hidden: an emergency without its usual words; nothing-medical. */
  kind: z.enum(['negated', 'hidden', 'nothing-medical']).optional(),
})

/** One written text with what an experienced 导诊 nurse would answer. */
export type Labelled = z.infer<typeof row>

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

/** The id of a text: the first 8 hexadecimal digits of the SHA-256 of its UTF-8 bytes. */
export const idOf = digestOf

/**
 * The set that a text belongs to: unseen when its id, read as a number, is a multiple of three, or of two for a question of a
 * consultation. Nobody chooses.
 */
export const setOf = (text: string, isConsultation = false): SetName => {
  const isUnseen = Number.parseInt(digestOf(text), 16) % (isConsultation ? 2 : 3) === 0
  if (isConsultation) return isUnseen ? 'consultation-unseen' : 'consultation-seen'
  return isUnseen ? 'unseen' : 'seen'
}

const linesOf = (file: string): string[] =>
  readFileSync(join(import.meta.dirname, `${file}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')

/** The labelled texts of a set, in the order of their ids; throws for a line that has another form. */
export const readTexts = (set: SetName): Labelled[] => linesOf(set).map((line) => row.parse(JSON.parse(line)))

/** An emergency: no milder grade is acceptable. */
export const isEmergency = ({ urgency }: Labelled): boolean => urgency.every((grade) => grade === 'emergency')

const pair = z.strictObject({ emergency: z.string().min(1), harmless: z.string().min(1) })

/** Pairs of texts with the same words, of which one is an emergency and the other denies it, is over, or is of something else. */
export const readPairs = (): z.infer<typeof pair>[] => linesOf('pairs').map((line) => pair.parse(JSON.parse(line)))
