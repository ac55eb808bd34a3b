import { useWordsOf } from '../../words/language.tsx'

const placeWords = { zh: '能力申报', en: 'Capability' }

/** What the way to the declarations is called in a menu; small, so that it comes with the desk. */
export const useCapabilityPlace = (): string => useWordsOf(placeWords)
