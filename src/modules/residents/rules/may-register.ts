import { ageOn, type Day } from '../../../kernel/day.ts'
import type { Refusal } from '../../../kernel/result.ts'
import { readIdNumber } from './id-number.ts'

export type Registration = {
  readonly bornOn: Day | null
  readonly sex: string
  readonly identifier: { readonly type: string; readonly number: string } | null
}

// Oldest age ever recorded plus a margin; an entry beyond it is a slip of the pen, not a policy.
const AGE_MOST_YEARS = 130

/**
 * Everything that speaks against registering a person as entered; empty when nothing does.
 * The number of an identity card must be sound and agree with the birthday and sex entered beside it.
 */
export const faultsOfRegistration = (entry: Registration, today: Day): Refusal[] => {
  const faults: Refusal[] = []
  const bornOn = bornOnOf(entry)
  if (bornOn && bornOn > today) faults.push({ code: 'residents.born-in-future', field: 'bornOn' })
  else if (bornOn && ageOn(bornOn, today) > AGE_MOST_YEARS) faults.push({ code: 'residents.too-old', field: 'bornOn' })
  if (entry.identifier?.type !== '01') return faults
  const read = readIdNumber(entry.identifier.number)
  if (!read.ok) return [...faults, ...read.refusals.map((refusal) => ({ ...refusal, field: 'identifier.number' }))]
  const differs = (zh: string, en: string): Refusal => ({
    code: 'residents.id-number-differs',
    detail: { what: zh, what_en: en },
    field: 'identifier.number',
  })
  if (entry.bornOn && entry.bornOn !== read.value.bornOn) faults.push(differs('出生日期', 'birth date'))
  if (['male', 'female'].includes(entry.sex) && entry.sex !== read.value.sex) faults.push(differs('性别', 'sex'))
  return faults
}

/** The birthday entered, or else the one that the identity number says. */
export const bornOnOf = (entry: Registration): Day | null => {
  if (entry.bornOn || entry.identifier?.type !== '01') return entry.bornOn
  const read = readIdNumber(entry.identifier.number)
  return read.ok ? read.value.bornOn : null
}

/** A number as it is compared: trimmed, narrow, upper case. */
export const plainNumber = (number: string): string => number.normalize('NFKC').trim().toUpperCase()
