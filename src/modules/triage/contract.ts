import { z } from 'zod'
import type { RefusalTable } from '../../platform/refusals.ts'
import type { Triage } from './triage.ts'

const vital = (least: number, most: number) => z.number().min(least).max(most).optional()

/** A complaint in a person's own words, and what is known beside it. */
export const assessInput = z.strictObject({
  text: z.string().trim().min(1).max(2_000),
  /** Years; fractions for infants. */
  age: z.number().min(0).max(130).optional(),
  sex: z.enum(['male', 'female']).optional(),
  pregnant: z.boolean().optional(),
  vitals: z
    .strictObject({
      systolic: vital(30, 350),
      diastolic: vital(10, 250),
      pulse: vital(10, 350),
      breaths: vital(1, 150),
      temperature: vital(20, 46),
      spo2: vital(20, 100),
      glucose: vital(0.1, 100),
    })
    .optional(),
  /** Answers to questions that an earlier answer asked: question to option. */
  answers: z.record(z.string().max(80), z.string().max(80)).optional(),
})

/** What triage answers over the wire: as the engine says it, and whether a second opinion was heard. */
export type ShownTriage = Triage & { readonly secondOpinion: 'off' | 'heard' | 'not-heard' }

/** Triage refuses nothing of its own: a text that says nothing medical is an answer. */
export const triageRefusals = {} as const satisfies RefusalTable
