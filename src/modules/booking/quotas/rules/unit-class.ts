import type { Pool, UnitKind } from '../../booking.ts'

/** What a quota tells apart: clinic slots by their kind, beds, exams, sessions of remote work. */
export const UNIT_CLASSES = ['expert', 'ordinary', 'bed', 'exam', 'session'] as const
export type UnitClass = (typeof UNIT_CLASSES)[number]

/** The class that a pool's units belong to. Source: S3 speaks of clinic slots and beds, S4 of expert slots, beds and exams. */
export const unitClassOf = (unitKind: UnitKind, kind: Pool['kind']): UnitClass => {
  switch (unitKind) {
    case 'visit':
      return kind
    case 'bed-day':
      return 'bed'
    case 'exam':
      return 'exam'
    case 'session':
      return 'session'
  }
}
