import { dayIn, type ReadPerson } from '../draft.ts'
import { componentOf, repetitionsOf, segmentOfName, valueAt, type Hl7Message, type Segment } from './reading.ts'

const CHINESE = /\p{Script=Han}/u
// Kinds of number in CX.5 that mean the identity card, in HL7 table 0203 and as Chinese systems write them.
const CARD_KINDS = ['NI', 'NNCHN', 'NNCN', '01', 'SFZ', 'IDCARD', 'ID', '居民身份证']
const SEXES: Readonly<Record<string, ReadPerson['sex']>> = {
  M: 'male',
  F: 'female',
  '1': 'male',
  '2': 'female',
  O: 'other',
  A: 'other',
  男: 'male',
  女: 'female',
}
const CARD = /^\d{17}[\dXx]$/

type Named = { readonly zh: string | null; readonly en: string | null }

/** A name of PID-5: a Chinese one without a space between family and given name, others with the given name first. */
const nameOf = (message: Hl7Message, written: string): string | null => {
  const [family, given, second] = [1, 2, 3].map((at) => componentOf(message, written, at))
  const parts = [family, given, second].filter((part) => part !== null && part !== undefined)
  if (parts.length === 0) return null
  if (CHINESE.test(parts.join(''))) return parts.join('').replaceAll(/\s/g, '')
  return [given, second, family].filter((part) => part !== null && part !== undefined).join(' ')
}

const namesOf = (message: Hl7Message, pid: Segment): Named => {
  const names = [5, 9].flatMap((field) => repetitionsOf(message, pid, field)).flatMap((one) => nameOf(message, one) ?? [])
  const chinese = names.find((one) => CHINESE.test(one)) ?? null
  const other = names.find((one) => !CHINESE.test(one)) ?? null
  return { zh: chinese ?? other, en: chinese ? other : null }
}

/** A number of CX as `assigner|value`, and whether it is that of an identity card. */
const numbersOf = (message: Hl7Message, segment: Segment, field: number): { id: string; value: string; isCard: boolean }[] =>
  repetitionsOf(message, segment, field).flatMap((written) => {
    const value = componentOf(message, written)
    if (value === null) return []
    const kind = componentOf(message, written, 5) ?? ''
    const assigner = componentOf(message, written, 4) ?? ''
    return [{ id: `${assigner}|${value}`, value, isCard: CARD_KINDS.includes(kind.toUpperCase()) && CARD.test(value) }]
  })

const cardOf = (message: Hl7Message, pid: Segment, among: readonly { value: string; isCard: boolean }[]): string | null => {
  const named = among.find(({ isCard }) => isCard)?.value
  if (named) return named.toUpperCase()
  // PID-19 was made for another country's number; Chinese systems write the card there. PID-20 is the driver's licence, used the same way.
  return (
    [19, 20]
      .map((field) => valueAt(message, pid, field))
      .find((value) => value !== null && CARD.test(value))
      ?.toUpperCase() ?? null
  )
}

const ADDRESS_PARTS = [4, 3, 9, 1, 2]

const addressOf = (message: Hl7Message, pid: Segment): string | null => {
  const [written] = repetitionsOf(message, pid, 11)
  if (written === undefined) return null
  const parts = ADDRESS_PARTS.flatMap((at) => componentOf(message, written, at) ?? [])
  if (parts.length === 0) return null
  return CHINESE.test(parts.join('')) ? parts.join('').slice(0, 200) : parts.toReversed().join(', ').slice(0, 200)
}

const phoneOf = (message: Hl7Message, pid: Segment): string | null => {
  const numbers = [13, 14].flatMap((field) =>
    repetitionsOf(message, pid, field).flatMap((written) => [componentOf(message, written), componentOf(message, written, 12)]),
  )
  return numbers.find((number) => number !== null && /^1\d{10}$/.test(number)) ?? null
}

/** The person of a PID segment; null when it gives no number of the source at all. */
export const personOfHl7 = (message: Hl7Message): ReadPerson | null => {
  const pid = segmentOfName(message, 'PID')
  if (!pid) return null
  const numbers = [3, 2, 4].flatMap((field) => numbersOf(message, pid, field))
  const own = numbers.filter(({ isCard }) => !isCard)
  const card = cardOf(message, pid, numbers)
  if (own.length === 0 && card === null) return null
  const sex = valueAt(message, pid, 8)
  const isDead = valueAt(message, pid, 30) === 'Y'
  return {
    // Who is known by the card alone goes by it within the source; the number itself is not kept as an id.
    ids: own.map(({ id }) => id),
    idNumber: card,
    ...namesOf(message, pid),
    sex: SEXES[(sex ?? '').toUpperCase()] ?? 'unknown',
    bornOn: dayIn(valueAt(message, pid, 7)),
    diedOn: isDead ? dayIn(valueAt(message, pid, 29)) : null,
    phone: phoneOf(message, pid),
    address: addressOf(message, pid),
  }
}

/** The numbers under which a merge (A40) says that the same person was kept too. */
export const mergedIdsOf = (message: Hl7Message): readonly string[] => {
  const merge = segmentOfName(message, 'MRG')
  return merge ? numbersOf(message, merge, 1).map(({ id }) => id) : []
}
