import type { Commands } from '../../../api/api-types.ts'
import { hundredthsOf } from '../../typed-hundredths.ts'

type Sources = Commands['fund.set-budget']['input']['sources']
export type Method = Sources['method']
export const METHODS = ['last-budget', 'past-years', 'income', 'head'] as const satisfies readonly Method[]

/** What is asked for by each way, in the order of the form. */
export const FIELDS = {
  'last-budget': ['lastFen', 'growth'],
  'past-years': ['past1', 'past2', 'past3', 'growth'],
  income: ['incomeFen', 'seriousIllnessFen', 'otherFen', 'covered', 'insured'],
  head: ['heads', 'headFen', 'risk', 'growth'],
} as const satisfies Record<Method, readonly string[]>
export type FieldName = (typeof FIELDS)[Method][number] | 'bundled'

export type Typed = Readonly<Partial<Record<FieldName, string>>>

const DIGITS_MOST = 12
const minus = /^[-−]/
const whole = /^\d{1,8}$/
const COUNTS: ReadonlySet<FieldName> = new Set(['covered', 'insured', 'heads'])
// 5000 basis points up or down. @source fund.set-budget
const GROWTH_MOST = 5_000

/** A typed number as the form takes it: fen, basis points or people; null when it is none. */
export const readField = (name: FieldName, text: string): number | null => {
  const plain = text.normalize('NFKC').replaceAll(/[,，\s%]/g, '')
  if (COUNTS.has(name)) return whole.test(plain) ? Number(plain) : null
  const size = hundredthsOf(plain.replace(minus, ''), DIGITS_MOST)
  if (size === null) return null
  const value = minus.test(plain) ? -size : size
  if (name === 'growth') return Math.abs(value) <= GROWTH_MOST ? value : null
  return minus.test(plain) ? null : value
}

type Read = { readonly sources: Sources; readonly bundledFen: number }

/** What was typed as the form takes it, or the names of the fields that are not right. `bundled` may stay empty. */
export const readBudget = (method: Method, typed: Typed, groupName: string): Read | { readonly wrong: readonly FieldName[] } => {
  const names: readonly FieldName[] = FIELDS[method]
  const found = new Map(names.map((name) => [name, readField(name, typed[name] ?? '')]))
  const bundledText = (typed.bundled ?? '').trim()
  const bundledFen = bundledText === '' ? 0 : readField('bundled', bundledText)
  const wrong = [...names.filter((name) => found.get(name) === null), ...(bundledFen === null ? (['bundled'] as const) : [])]
  if (wrong.length > 0 || bundledFen === null) return { wrong }
  const of = (name: FieldName): number => found.get(name) ?? 0
  switch (method) {
    case 'last-budget':
      return { bundledFen, sources: { method, lastFen: of('lastFen'), growth: of('growth') } }
    case 'past-years':
      return { bundledFen, sources: { method, pastFen: [of('past1'), of('past2'), of('past3')], growth: of('growth') } }
    case 'income':
      return {
        bundledFen,
        sources: { method, incomeFen: of('incomeFen'), seriousIllnessFen: of('seriousIllnessFen'), otherFen: of('otherFen'), covered: of('covered'), insured: of('insured') },
      } // prettier-ignore
    case 'head':
      return {
        bundledFen,
        sources: { method, growth: of('growth'), groups: [{ name: groupName, heads: of('heads'), headFen: of('headFen'), risk: of('risk') }] },
      } // prettier-ignore
  }
}
