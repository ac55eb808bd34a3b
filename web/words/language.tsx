import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Named } from '../api/api-types.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

export type Language = 'zh' | 'en'

/** One part's words in both languages. The Chinese side is the source of keys: English must have the same by type. */
export type Words<W> = { zh: W; en: W }

/** Words of the shell and of the shared parts. */
export const sharedWords: Words<typeof zh> = { zh, en }

const LanguageContext = createContext<Language>('zh')

/** Gives the language to the pages below. */
export const LanguageProvider = ({ language, children }: { language: Language; children: ReactNode }) => (
  <LanguageContext value={language}>{children}</LanguageContext>
)

/** The language that the person reads now. */
export const useLanguage = (): Language => useContext(LanguageContext)

/** The shared words in the person's language. */
export const useWords = (): typeof zh => sharedWords[useLanguage()]

/** A desk's own words in the person's language; they travel with the desk's bundle, not with the shell's. */
export const useWordsOf = <W,>(words: Words<W>): W => words[useLanguage()]

/** Picks a sentence or a name that the server sent in both languages; a name without English stays Chinese. */
export const usePick = (): ((text: Named) => string) => {
  const language = useLanguage()
  return useMemo(() => (text: Named) => (language === 'en' && text.en ? text.en : text.zh), [language])
}
