import { useLanguage } from '../../words/language.tsx'

/** The matrix's name in the menu; the rest of its words come with the page. */
export const useMatrixPlace = (): string => (useLanguage() === 'zh' ? '医院矩阵' : 'Matrix')
