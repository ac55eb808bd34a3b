import { useWordsOf, type Words } from '../../words/language.tsx'
import { capabilityEn } from './en.ts'
import { capabilityZh, type CapabilityWords } from './zh.ts'

const capabilityWords: Words<CapabilityWords> = { zh: capabilityZh, en: capabilityEn }

/** Words of declarations in the person's language. */
export const useCapabilityWords = (): CapabilityWords => useWordsOf(capabilityWords)
