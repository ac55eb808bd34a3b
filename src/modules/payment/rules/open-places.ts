import type { VisitKind } from '../payment.ts'

/** A place of mobile payment as somebody looks for it. `county` is what the county is called, where the register says which. */
export type OpenPlace = {
  readonly code: string
  readonly kind: 'institution' | 'pharmacy'
  readonly zh: string
  readonly en: string | null
  readonly county: string | null
  readonly care: readonly VisitKind[]
}
type Wish = {
  readonly kind?: OpenPlace['kind'] | undefined
  readonly care?: VisitKind | undefined
  readonly text?: string | undefined
}

const keyOf = ({ kind, code }: Pick<OpenPlace, 'kind' | 'code'>): string => `${kind}-${code}`

const isWished = ({ kind, care, zh, en, county }: OpenPlace, wish: Wish): boolean => {
  const text = wish.text?.trim().toLowerCase() ?? ''
  return (
    (wish.kind === undefined || kind === wish.kind) &&
    (wish.care === undefined || care.includes(wish.care)) &&
    (text === '' || [zh, en ?? '', county ?? ''].some((words) => words.toLowerCase().includes(text)))
  )
}

/** A page of the places that fit, by name; `after` is the key of the last one seen, `next` asks for the page behind; `all` is how many fit. */
export const openPlaces = (
  places: readonly OpenPlace[],
  wish: Wish,
  page: { readonly after: string | null; readonly limit: number },
): { readonly places: readonly OpenPlace[]; readonly next: string | null; readonly all: number } => {
  const found = [...new Map(places.map((one) => [keyOf(one), one])).values()]
    .filter((one) => isWished(one, wish))
    .toSorted((one, other) => (`${one.zh} ${keyOf(one)}` < `${other.zh} ${keyOf(other)}` ? -1 : 1))
  const from = page.after === null ? 0 : found.findIndex((one) => keyOf(one) === page.after) + 1
  const shown = found.slice(from, from + page.limit)
  const last = shown.at(-1)
  return { places: shown, next: last !== undefined && from + shown.length < found.length ? keyOf(last) : null, all: found.length }
}
