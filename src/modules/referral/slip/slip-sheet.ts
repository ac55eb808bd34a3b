import type { Instant } from '../../../kernel/clock.ts'
import type { Words } from '../../../kernel/words.ts'
import { qrCode, type QrCode } from '../../../platform/pdf/qr.ts'

import type { Age, Sex, SlipFrame, SlipMark } from './slip-types.ts'
import { ageUnitWords, directionWords, frameWords, markWords, sexWords, typeWords } from './slip-words.ts'

/** One labelled value on the grid; `span` counts of twelve columns. Null prints as a dash, or as nothing where somebody writes by hand; strong is what the eye looks for. */
export type Cell = { label: Words; value: string | null; span: number; isStrong: boolean; isToWrite?: true }

/** A long text with its label at the left; it may run over pages. */
export type Passage = { label: Words; text: string | null }

/** A titled part of a sheet: the stub, or the slip itself. */
export type Panel = {
  title: Words
  addressee: string | null
  request: Words | null
  rows: Cell[][]
  passages: Passage[]
  signature: Cell[][]
  progress: { title: Words; cells: Cell[] } | null
}

/** What `slip.typ` draws: everything already in words. */
export type Sheet = {
  language: SlipFrame['language']
  slipNumber: string
  residentName: string
  tags: { words: Words; tone: 'plain' | 'urgent' }[]
  stub: Panel | null
  slip: Panel
  qr: QrCode | null
  mark: (Words & { tone: SlipMark }) | null
  isSynthetic: boolean
  printed: string
  words: typeof frameWords
}

export const cell = (label: Words, value: string | null, span: number): Cell => ({
  label,
  value,
  span,
  isStrong: false,
})

/** A cell that is left empty for a pen or a stamp. */
export const roomCell = (label: Words, span: number): Cell => ({ ...cell(label, null, span), isToWrite: true })

export const strongCell = (label: Words, value: string | null, span: number): Cell => ({
  ...cell(label, value, span),
  isStrong: true,
})

/** `2026-11-22 08:00`, 24 hours, in the region's zone. */
export const momentText = (moment: Instant, zone: string): string => {
  const local = Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDateTime()
  return local.toString({ smallestUnit: 'minute' }).replace('T', ' ')
}

/** `67岁`, or `67岁 67 y` where English is added. */
export const ageText = (age: Age | null, language: SlipFrame['language']): string | null => {
  if (age === null) return null
  const unit = ageUnitWords[age.unit]
  return `${age.value}${unit.zh}${language === 'both' ? ` ${age.value} ${unit.en}` : ''}`
}

export const wordsText = (words: Words, language: SlipFrame['language']): string =>
  language === 'both' ? `${words.zh} ${words.en}` : words.zh

export const sexText = (sex: Sex | null, language: SlipFrame['language']): string | null =>
  sex === null ? null : wordsText(sexWords[sex], language)

/** A sheet from its frame and its panels. */
export const sheet = (frame: SlipFrame, residentName: string, stub: Panel | null, slip: Panel): Sheet => ({
  language: frame.language,
  slipNumber: frame.slipNumber,
  residentName,
  tags: [
    { words: directionWords[frame.direction], tone: 'plain' },
    { words: typeWords[frame.referralType], tone: frame.referralType === 'ordinary' ? 'plain' : 'urgent' },
  ],
  stub,
  slip,
  qr: frame.qrText === null ? null : qrCode(frame.qrText),
  mark: frame.mark === null ? null : { ...markWords[frame.mark], tone: frame.mark },
  isSynthetic: frame.isSynthetic,
  printed: `${frame.printedBy} ${momentText(frame.printedAt, frame.zone)}`,
  words: frameWords,
})
