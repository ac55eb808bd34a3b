import type { HookCall } from './hooks.ts'

/** What one draft asks for: which condition, where it would go, and the draft itself for a suggestion. */
export type AskedPlace = {
  readonly condition: string
  readonly performer: string
  readonly draft: { readonly [name: string]: unknown }
}

type Fields = { readonly [name: string]: unknown }

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Resources of a Bundle of the context, or of a list of them. */
const resourcesIn = (value: unknown): Fields[] => [
  ...listOf(fieldsOf(value)['entry']).map((entry) => fieldsOf(fieldsOf(entry)['resource'])),
  ...listOf(value).map(fieldsOf),
]

const ORGANIZATION = /(?:^|\/)(?:Organization|Location)\/(\d{1,18})$/
const CODE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$/

const placeIn = (references: readonly unknown[]): string | null =>
  references.map((one) => ORGANIZATION.exec(String(fieldsOf(one)['reference'] ?? ''))?.[1] ?? null).find((id) => id !== null) ??
  null

const conditionIn = (draft: Fields): string | null =>
  listOf(draft['reasonCode'])
    .flatMap((reason) => listOf(fieldsOf(reason)['coding']))
    .map((coding) => fieldsOf(coding)['code'])
    .find((code): code is string => typeof code === 'string' && CODE.test(code)) ?? null

const DRAFTS: Readonly<Record<string, string>> = { 'order-sign': 'draftOrders', 'appointment-book': 'appointments' }

/** The drafts of a call that name a condition and a place; whatever else is in it is left alone. */
export const askedPlaces = ({ hook, context }: HookCall): AskedPlace[] =>
  resourcesIn(context[DRAFTS[hook] ?? '']).flatMap((draft) => {
    const participants = listOf(draft['participant']).map((one) => fieldsOf(one)['actor'])
    const performer = placeIn([...listOf(draft['performer']), ...participants])
    const condition = conditionIn(draft)
    return performer && condition ? [{ condition, performer, draft }] : []
  })
