import { EXAMPLE_ITEMS } from '../../src/modules/audit-rules/examples/catalogue.ts'
import type { AuditKnowledge, ItemKnowledge } from '../../src/modules/audit-rules/index.ts'

/** How many ordinary items the made-up catalogue has. */
export const ORDINARY = 400
const PRICE_LEAST = 500
const PRICE_STEP = 37

export const ordinary = (at: number): string => `ordinary-${at}`
export const priceOf = (at: number): number => PRICE_LEAST + at * PRICE_STEP

/** A made-up catalogue: ordinary items with standard prices and most per day, and one or more items that each rule looks at. */
export const madeUpCatalogue = (): AuditKnowledge =>
  new Map([
    ...Array.from({ length: ORDINARY }, (_, at): [string, ItemKnowledge] => {
      const price = priceOf(at)
      return [ordinary(at), { prices: { township: price, county: price, tertiary: price }, perDay: 3 }]
    }),
    ...EXAMPLE_ITEMS,
  ])
