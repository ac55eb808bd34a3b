import type { Words } from '../../../words/language.tsx'

/** What menus call the calling of numbers; apart, so that a menu does not carry the words of the page. */
export const queuePlaceWords: Words<string> = { zh: '候诊叫号', en: 'Calling numbers' }
