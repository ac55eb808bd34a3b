import { erase, link, recordDeath, register, reveal, unlink } from './commands.ts'
import { residentsRefusals as ownRefusals } from './contract.ts'
import { correct } from './correct.ts'
import { matchingRefusals } from './matching/contract.ts'
import { likely, lookForDoubles } from './matching/doubles.ts'
import { issuePapers, moveNumber, numbers, registerNewborn } from './matching/papers.ts'
import { decidePair, pairs } from './matching/review.ts'
import { ofVillage } from './of-village.ts'
import { get, search } from './queries.ts'

export { personsOfInstitution } from './fhir-store.ts'
export { matchPersons } from './matching/match-persons.ts'
export type { Match, MatchCandidate } from './matching/match-persons.ts'
export { noteDoubles, residentsReactions } from './matching/doubles.ts'
export { endNumber, holdNumber, numbersOf, personByNumber } from './number-store.ts'
export type { KeptNumber } from './number-store.ts'
export { CARD_KINDS } from './numbers.ts'
export type { GivenNumber } from './numbers.ts'
export type { ShownPerson } from './contract.ts'
export type { KeptPerson } from './of-village.ts'
export {
  findPerson,
  findPersons,
  getPerson,
  idsOf,
  indexesOf,
  lockPerson,
  namePersons,
  nextPersonId,
  openRecords,
  personsAmong,
  savePerson,
  takeIn,
} from './store.ts'
export type { NewPerson, Person } from './store.ts'
export { saveCorrection } from './correction-store.ts'
export { homeCounties } from './home-store.ts'
export { keyOfPerson, keysOfPersons } from './key-store.ts'
export { relationsToPerson } from './relations.ts'
export { readIdNumber } from './rules/id-number.ts'
export { idNumberOf, maskPhone, phoneOf, shownPerson } from './shown.ts'

/** Why a question to the index may be refused. */
export const residentsRefusals = { ...ownRefusals, ...matchingRefusals } as const

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
  'residents.likely': likely,
  'residents.look-for-doubles': lookForDoubles,
  'residents.pairs': pairs,
  'residents.decide-pair': decidePair,
  'residents.numbers': numbers,
  'residents.issue-papers': issuePapers,
  'residents.move-number': moveNumber,
  'residents.register-newborn': registerNewborn,
} as const
