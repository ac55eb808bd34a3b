import { erase, link, recordDeath, register, reveal, unlink } from './commands.ts'
import { correct } from './correct.ts'
import { ofVillage } from './of-village.ts'
import { get, search } from './queries.ts'

export { residentsRefusals } from './contract.ts'
export type { ShownPerson } from './contract.ts'
export type { KeptPerson } from './of-village.ts'
export { findPerson, findPersons, getPerson, idsOf, indexesOf, lockPerson, namePersons, openRecords, personsAmong, savePerson, takeIn } from './store.ts'
export type { NewPerson, Person } from './store.ts'
export { homeCounties } from './home-store.ts'
export { keyOfPerson } from './key-store.ts'
export { relationsToPerson } from './relations.ts'
export { idNumberOf, maskPhone, phoneOf, shownPerson } from './shown.ts'

/** Everything that can be asked of the index of persons. */
export const residentsForms = {
  'residents.register': register,
  'residents.correct': correct,
  'residents.of-village': ofVillage,
  'residents.reveal': reveal,
  'residents.record-death': recordDeath,
  'residents.link': link,
  'residents.unlink': unlink,
  'residents.erase': erase,
  'residents.search': search,
  'residents.get': get,
} as const
