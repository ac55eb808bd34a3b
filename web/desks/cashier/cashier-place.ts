import type { Place } from '../../shell/desk-frame.tsx'
import { useLanguage } from '../../words/language.tsx'

/** Where the menu of a desk leads to bills; its name alone, so that the rest is loaded with the page. */
export const useCashierPlace = (desk: '/desk' | '/village'): Place => {
  const label = useLanguage() === 'zh' ? '收费' : 'Bills'
  return { to: `${desk}/cashier`, label, icon: 'card' }
}
