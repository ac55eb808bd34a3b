import type { Cipher } from '../../platform/cipher.ts'
import type { ShownPerson } from './contract.ts'
import type { Person } from './store.ts'

/** An identity number with all but its first four and last four characters hidden: 4303**********1234. */
export const maskNumber = (number: string): string =>
  number.length <= 8 ? `${number.slice(0, 1)}****` : `${number.slice(0, 4)}${'*'.repeat(number.length - 8)}${number.slice(-4)}`

/** A phone number with its middle hidden: 100****1234. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

const opened = (sealed: Buffer | null, key: Buffer | null, cipher: Cipher): string | null => (sealed && key ? cipher.decrypt(key, sealed) : null)

/** The identity number in clear, for one who asked with a reason; null when there is none or it was erased. */
export const idNumberOf = (person: Person, cipher: Cipher): string | null => opened(person.idNumberSealed, person.wrappedKey, cipher)

/** The phone number in clear, for the slip and the call; null when there is none or it was erased. */
export const phoneOf = (person: Person, cipher: Cipher): string | null => opened(person.phoneSealed, person.wrappedKey, cipher)

/** A person as screens show one: numbers masked. */
export const shownPerson = (person: Person, cipher: Cipher): ShownPerson => {
  const idNumber = idNumberOf(person, cipher)
  const phone = phoneOf(person, cipher)
  return {
    id: person.id,
    name: { zh: person.zh, en: person.en },
    sex: person.sex,
    bornOn: person.bornOn,
    diedOn: person.diedOn,
    village: person.village,
    address: person.address,
    insurance: person.insurance,
    idNumber: idNumber && maskNumber(idNumber),
    phone: phone && maskPhone(phone),
    careOrg: person.careOrg,
    clinicOrg: person.clinicOrg,
    synthetic: person.synthetic,
    version: person.version,
  }
}
