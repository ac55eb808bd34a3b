import type { Place } from '../../../shell/desk-frame.tsx'
import { useWordsOf } from '../../../words/language.tsx'
import { queuePlaceWords } from './queue-place-words.ts'

/** Where the menu of a desk leads to the calling of numbers. */
export const useQueuePlace = (): Place => ({ to: '/desk/queue', label: useWordsOf(queuePlaceWords), icon: 'sound' })
