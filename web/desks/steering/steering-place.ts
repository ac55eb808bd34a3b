import { useLanguage } from '../../words/language.tsx'

/** The weekly report's name in the menu; the rest of its words come with the page. */
export const useSteeringPlace = (): string => (useLanguage() === 'zh' ? '引导周报' : 'Steering')
