import type { Place } from '../../shell/desk-frame.tsx'
import { useLanguage } from '../../words/language.tsx'

/** Where the menu of a desk leads to the counter; its name alone, so that the rest is loaded with the page. */
export const useCounterPlace = (desk: '/desk' | '/village'): Place => {
  const label = useLanguage() === 'zh' ? '扫健康卡' : 'Scan a card'
  return { to: `${desk}/card`, label, icon: 'card' }
}
