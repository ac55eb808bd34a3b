import { present } from '../../kernel/assert.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Act } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { findPackageAt } from '../health-record/index.ts'
import { institutionsOf, type Institution } from '../organisations/index.ts'
import { findReferral, type Referral, type ReferralId } from '../referral/index.ts'
import { getPerson, idNumberOf, phoneOf, type Person } from '../residents/index.ts'
import type { Message } from './docking.ts'
import { WORDS_OF_KIND } from './message-kinds.ts'
import type { MessageFacts, PersonFacts, PlaceFacts } from './rules/build-message.ts'
import { acknowledgedBefore } from './store.ts'

const placeOf = (places: readonly Institution[], id: string): PlaceFacts => {
  const { code, name, phone } = present(
    places.find((place) => place.id === id),
    'the institution of a message',
  )
  return { code, name, phone }
}

// The one place where identifiers are unsealed for somebody outside the house.
const personOf = (person: Person, act: Act): PersonFacts => ({
  id: person.id,
  zh: person.zh,
  sex: person.sex,
  bornOn: person.bornOn,
  idNumber: idNumberOf(person, act.cipher),
  phone: phoneOf(person, act.cipher),
  address: person.address,
  insurance: person.insurance,
  synthetic: person.synthetic,
})

/** Everything that one message says: what stood at its event, joined with who and where. */
export const readMessage = async (tx: Tx, message: Message, act: Act): Promise<MessageFacts> => {
  const referral: Referral = present(await findReferral(tx, message.caseId as ReferralId), 'the referral of a message')
  const receiver = (typeof message.data['receiver'] === 'string' ? message.data['receiver'] : referral.receiver) as OrgId
  const places = await institutionsOf(tx, [...new Set([referral.org, receiver])])
  const person = await getPerson(tx, referral.person)
  const { slipNo, openedAt, senderName, condition, conditionWords, returned, followUp } = referral
  return {
    message,
    after: await acknowledgedBefore(tx, message),
    words: WORDS_OF_KIND[message.kind],
    referral: { slipNo, openedAt, doctor: senderName, condition, conditionWords, returned, followUp },
    person: personOf(person, act),
    sender: placeOf(places, referral.org),
    receiver: placeOf(places, receiver),
    record: message.kind === 'record' ? await findPackageAt(tx, referral.person, referral.id, message.at) : null,
  }
}
