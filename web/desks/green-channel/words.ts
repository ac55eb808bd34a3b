import { useWordsOf, type Words } from '../../words/language.tsx'
import { greenEn } from './en.ts'
import { greenZh, type GreenWords } from './zh.ts'

/** Words of green channels. */
export const greenWords: Words<GreenWords> = { zh: greenZh, en: greenEn }

/** The same in the person's language. */
export const useGreenWords = (): GreenWords => useWordsOf(greenWords)
