import { useWordsOf } from '../../../words/language.tsx'

const placeWords = { zh: '排班', en: 'Plans' }

/** What the way to the plans is called in a menu or on a link; small, so that it comes with the desk. */
export const usePlansPlace = (): string => useWordsOf(placeWords)
