import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SHIPPED_RULEBOOK } from '../../platform/rulebook.ts'
import { items, type ItemBody } from './registers.ts'

/** The starter catalogue: common items with days where they differ from their kind's, and prices that are for demonstration only. */
export const starterItems = (): ItemBody[] => {
  const rows = JSON.parse(readFileSync(join(SHIPPED_RULEBOOK, 'national/recognition/items.json'), 'utf8')) as unknown[]
  const { input } = items.forms['recognition.propose-item']
  return rows.map((body) => (input.parse({ from: '2022-03-01', body }) as { body: ItemBody }).body)
}
