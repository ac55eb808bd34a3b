import { readFileSync } from 'node:fs'

type Category = { readonly id: string; readonly codes: readonly string[] }

const FILE = new URL('../../../../rulebook/national/record-access/sensitive-codes.json', import.meta.url)

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** A code within JSON text that begins as one of these. */
const coded = (codes: readonly string[]): RegExp => new RegExp(`"code"\\s*:\\s*"(?:${codes.map(literal).join('|')})`)

const readCategories = () => {
  const { categories } = JSON.parse(readFileSync(FILE, 'utf8')) as { categories: readonly Category[] }
  return {
    any: coded(categories.flatMap(({ codes }) => codes)),
    each: categories.map(({ id, codes }) => ({ id, has: coded(codes) })),
  }
}
let categories: ReturnType<typeof readCategories> | null = null

/**
 * The sensitive category that a resource's text speaks of, the first in the order of the list; empty for none.
 * @source rulebook/national/record-access/sensitive-codes.json, an editorial list.
 */
export const sensitiveCategoryOf = (text: string, resource: unknown): string => {
  categories ??= readCategories()
  // A letter may be written as an escape.
  const plain = text.includes('\\u') ? JSON.stringify(resource) : text
  return categories.any.test(plain) ? (categories.each.find(({ has }) => has.test(plain))?.id ?? '') : ''
}
