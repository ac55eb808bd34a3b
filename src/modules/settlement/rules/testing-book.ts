import { areaFile, type AreaBook } from './area-schema.ts'
import { areaClaim, settleClaim, type SettledClaim } from './settle-claim.ts'

const DATED = { from: '2020-01-01', source: 'C', grade: 'design', basis: 'EXAMPLE §1' }

/** A book of an invented area, for tests: rows say only what the test is about. */
export const exampleBook = (rows: readonly object[], insured: 'residents' | 'workers' = 'workers', more: object = {}): AreaBook =>
  areaFile.parse({
    area: 'example',
    insured,
    zh: '例',
    en: 'example',
    checkedOn: '2026-11-23',
    rows: rows.map((row) => ({ ...DATED, ...row })),
    ...more,
  })

/** Settles a stay at a hospital of level 3 by an invented book; amounts in fen. */
export const settledBy = (book: AreaBook, claim: object): SettledClaim =>
  settleClaim(book, areaClaim.parse({ day: '2024-06-01', level: 'level3', ...claim }))
