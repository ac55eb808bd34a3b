import { useWordsOf } from '../../words/language.tsx'
import { en } from './en.ts'
import { zh, type ManagerWords } from './zh.ts'

/** The managers' words in the person's language. */
export const useManagerWords = (): ManagerWords => useWordsOf({ zh, en })
