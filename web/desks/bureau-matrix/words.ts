import { useWordsOf, type Words } from '../../words/language.tsx'
import { matrixEn } from './en.ts'
import { matrixZh, type MatrixWords } from './zh.ts'

const matrixWords: Words<MatrixWords> = { zh: matrixZh, en: matrixEn }

/** Words of the matrix in the person's language. */
export const useMatrixWords = (): MatrixWords => useWordsOf(matrixWords)
