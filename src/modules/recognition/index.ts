import { recognitionRefusals as ownRefusals } from './contract.ts'
import { check, items as itemsForm, order } from './forms.ts'
import { measures } from './measures.ts'
import { items, marks } from './registers.ts'

export { NATIONAL_ITEM_SYSTEM } from './recognition.ts'
export type { ItemBody, MarkBody } from './registers.ts'
export { starterItems } from './starter-items.ts'

/** Every reason of the module to refuse, those of its registers included. */
export const recognitionRefusals = { ...ownRefusals, ...items.refusals, ...marks.refusals } as const

/** Everything that can be asked about the recognition of results. */
export const recognitionForms = {
  'recognition.items': itemsForm,
  'recognition.check': check,
  'recognition.order': order,
  'recognition.measures': measures,
  ...items.forms,
  ...marks.forms,
} as const
