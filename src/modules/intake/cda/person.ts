import { dayIn, type ReadPerson } from '../draft.ts'
import { attributeAt, nodesAt, textIn, type XmlNode } from './xml.ts'

// 2.16.156.10011.1.3 is the identity card in documents of WS/T 500; the other is that of another country's register.
const CARD_ROOT = '2.16.156.10011.1.3'
const CHINESE = /\p{Script=Han}/u
const SEXES: Readonly<Record<string, ReadPerson['sex']>> = {
  '1': 'male',
  '2': 'female',
  M: 'male',
  F: 'female',
  UN: 'other',
  '9': 'unknown',
  '0': 'unknown',
}
const ADDRESS = ['state', 'city', 'county', 'precinct', 'township', 'streetAddressLine', 'streetName', 'houseNumber']

const nameOf = (patient: XmlNode): string | null => {
  const [name] = nodesAt(patient, 'name')
  if (!name) return null
  const parts = [...nodesAt(name, 'family'), ...nodesAt(name, 'given')].flatMap((one) => textIn(one, '') ?? [])
  if (parts.length === 0) return textIn(name, '')
  if (CHINESE.test(parts.join(''))) return parts.join('')
  return [...nodesAt(name, 'given'), ...nodesAt(name, 'family')].flatMap((one) => textIn(one, '') ?? []).join(' ')
}

const addressOf = (role: XmlNode): string | null => {
  const [address] = nodesAt(role, 'addr')
  if (!address) return null
  const parts = ADDRESS.flatMap((name) => nodesAt(address, name).flatMap((one) => textIn(one, '') ?? []))
  const text =
    parts.length === 0 ? textIn(address, '') : CHINESE.test(parts.join('')) ? parts.join('') : parts.toReversed().join(', ')
  return text?.slice(0, 200) ?? null
}

const phoneOf = (role: XmlNode): string | null => {
  const numbers = nodesAt(role, 'telecom').flatMap(
    (one) => attributeAt(one, '', 'value')?.replace(/^tel:/i, '').replaceAll(/[\s-]/g, '').replace(/^\+86/, '') ?? [],
  )
  return numbers.find((number) => /^1\d{10}$/.test(number)) ?? null
}

/** The person of a document's header; null when it gives no number at all. */
export const personOfDocument = (document: XmlNode): ReadPerson | null => {
  const [role] = nodesAt(document, 'recordTarget/patientRole')
  const [patient] = role ? nodesAt(role, 'patient') : []
  if (!role || !patient) return null
  const numbers = [...nodesAt(role, 'id'), ...nodesAt(patient, 'id')].flatMap((one) => {
    const [root, extension] = [attributeAt(one, '', 'root'), attributeAt(one, '', 'extension')]
    return root && extension ? [{ root, extension }] : []
  })
  const card = numbers.find(({ root }) => root === CARD_ROOT)?.extension ?? null
  const ids = numbers.filter(({ root }) => root !== CARD_ROOT).map(({ root, extension }) => `${root}|${extension}`)
  if (ids.length === 0 && card === null) return null
  const name = nameOf(patient)
  const sex = attributeAt(patient, 'administrativeGenderCode', 'code')
  return {
    ids,
    idNumber: card,
    zh: name,
    en: null,
    sex: SEXES[(sex ?? '').toUpperCase()] ?? 'unknown',
    bornOn: dayIn(attributeAt(patient, 'birthTime', 'value')),
    diedOn: null,
    phone: phoneOf(role),
    address: addressOf(role),
  }
}
