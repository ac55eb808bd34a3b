import { isDay, type Day } from '../../../kernel/day.ts'
import type { PersonId } from '../../../kernel/id.ts'
import { pinyinOf } from '../../../platform/pinyin.ts'
import type { Resource } from '../../health-record/index.ts'
import { nextPersonId, personByNumber, readIdNumber, savePerson, type NewPerson } from '../../residents/index.ts'
import type { FhirAct } from './act.ts'
import { FhirRefusal } from './refusal.ts'

type Fields = { readonly [element: string]: unknown }
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])
const textsOf = (value: unknown): string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string' && one.trim() !== '')

const CHINESE = /\p{Script=Han}/u

/** A name as it is written: a Chinese one without a space, others with the given names first. */
const writtenName = ({ text, family, given }: Fields): string | null => {
  const [last, first] = [textsOf(family), textsOf(given)]
  const parts = CHINESE.test([...last, ...first].join('')) ? [...last, ...first].join('') : [...first, ...last].join(' ')
  const written = (textsOf(text)[0] ?? parts).normalize('NFC').replace(/\s+/g, ' ').trim()
  return written === '' ? null : written
}

const namesOf = (patient: Fields): string[] => {
  const names = listOf(patient['name']).toSorted(
    (one, other) => Number(other['use'] === 'official') - Number(one['use'] === 'official'),
  )
  return names.flatMap((name) => writtenName(name) ?? [])
}

const typedAs = (name: string): { pinyin: string; initials: string } => {
  if (CHINESE.test(name)) return pinyinOf(name, true)
  const words = name.toLowerCase().split(' ')
  return { pinyin: words.join(''), initials: words.map((word) => [...word][0]).join('') }
}

// The identity card by its object identifier (WS/T 500), and how systems that exchange FHIR in China commonly write it (from memory).
const ID_CARD_SYSTEM = /2\.16\.156\.10011\.1\.3$|gb11643|id-?card|identity-?card/i

const idNumberOf = (patient: Fields): string | null => {
  for (const { system, value } of listOf(patient['identifier'])) {
    const [number] = textsOf(value)
    if (number && ID_CARD_SYSTEM.test(textsOf(system)[0] ?? '') && readIdNumber(number).ok) return number.trim().toUpperCase()
  }
  return null
}

const phoneOf = (patient: Fields): string | null => {
  const numbers = listOf(patient['telecom'])
    .filter(({ system }) => system === 'phone')
    .flatMap(({ value }) => textsOf(value))
  return numbers.map((number) => number.replace(/[\s-]|^\+86/g, '')).find((number) => /^1\d{10}$/.test(number)) ?? null
}

const dayOf = (value: unknown): Day | null => {
  const [text = ''] = textsOf(value)
  return isDay(text.slice(0, 10)) ? (text.slice(0, 10) as Day) : null
}

const SEXES = ['male', 'female', 'unknown', 'other'] as const
const ADDRESS_MOST = 200
const NAME_MOST = 60

/** What the index of persons takes from a Patient. */
const personOfPatient = (patient: Fields, id: PersonId, { act }: FhirAct, idNumber: string | null): NewPerson | null => {
  const names = namesOf(patient)
  const [name] = names
  if (!name) return null
  const zh = (names.find((one) => CHINESE.test(one)) ?? name).slice(0, NAME_MOST)
  const [address = {}] = listOf(patient['address'])
  const { role, org } = act.actor
  return {
    id,
    zh,
    en: names.find((one) => !CHINESE.test(one)) ?? null,
    ...typedAs(zh),
    sex: SEXES.find((sex) => sex === patient['gender']) ?? 'unknown',
    bornOn: dayOf(patient['birthDate']),
    village: null,
    address: (textsOf(address['text'])[0] ?? textsOf(address['line']).join(' ').trim()).slice(0, ADDRESS_MOST) || null,
    insurance: 'none',
    careOrg: role === 'family-doctor' ? org : null,
    clinicOrg: role === 'village-doctor' ? org : null,
    phone: phoneOf(patient),
    identifier: idNumber ? { type: '01', number: idNumber } : null,
    synthetic: listOf(fieldsOf(patient['meta'])['tag']).some(({ code }) => code === 'HTEST'),
    createdAt: act.now,
  }
}

/**
 * The person whom a new Patient is: the one who holds its identity number, or a newly registered one. A name and a birthday
 * alone never make two people one; likely doubles are left to the review of the index.
 */
export const registerPatient = async (open: FhirAct, patient: Resource): Promise<PersonId> => {
  const { tx, act } = open
  const idNumber = idNumberOf(patient)
  const known = idNumber ? await personByNumber(tx, { type: '01', number: idNumber }, act.cipher) : null
  if (known) return known
  const id = await nextPersonId(tx)
  const fresh = personOfPatient(patient, id, open, idNumber)
  if (!fresh) throw new FhirRefusal('fhir.person-unknown')
  await savePerson(tx, fresh, act.cipher, act.newId())
  return id
}
