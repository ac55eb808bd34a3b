import type { Commands } from '../../api/api-types.ts'

type Correction = Commands['residents.correct']['input']
/** A field of a person's basic data in which two corrections may meet. */
export type MetField = 'phone' | 'address' | 'insurance'
export type Choice = 'mine' | 'theirs' | 'both'
type Theirs = { version: number; address: string | null; insurance: NonNullable<Correction['insurance']> }

/**
 * The correction that a person made out of two: what is mine is sent again on their version, what is theirs is left as
 * it stands, and two addresses may both be kept. Their own choice sends the field unchanged, so that the choice itself is
 * on record; a phone is shown masked and cannot be sent, so it is left out.
 */
export const settledCorrection = (mine: Correction, theirs: Theirs, chosen: Record<MetField, Choice>): Correction => {
  const settled: Correction = { person: mine.person, ifVersion: theirs.version }
  if (mine.phone !== undefined && chosen.phone === 'mine') settled.phone = mine.phone
  if (mine.insurance !== undefined) settled.insurance = chosen.insurance === 'mine' ? mine.insurance : theirs.insurance
  if (mine.address !== undefined) {
    const both = [theirs.address, mine.address].filter((one) => one != null && one !== '').join('；')
    settled.address = chosen.address === 'mine' ? mine.address : chosen.address === 'both' ? both : theirs.address
  }
  return settled
}
