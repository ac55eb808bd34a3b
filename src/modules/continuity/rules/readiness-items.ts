import type { Day } from '../../../kernel/day.ts'
import { ok, refuseAll, type Refusal, type Result } from '../../../kernel/result.ts'
import type { Words } from '../../../kernel/words.ts'
import type { ItemKind, Readiness, ReadinessItem, Supplier } from '../continuity.ts'

/** Something that may be needed after the return. */
export type Need = { readonly kind: ItemKind; readonly code: string; readonly words: Words }

/** What registers say about the place: supplies in stock, roles on its staff, specialties that it offers. */
export type KnownOfPlace = {
  readonly supplies: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
  readonly specialties: ReadonlySet<string>
}

const REGISTERS: Readonly<Record<ItemKind, Words>> = {
  drug: { zh: '库存登记', en: 'register of supplies' },
  device: { zh: '库存登记', en: 'register of supplies' },
  staff: { zh: '人员登记', en: 'register of staff' },
  service: { zh: '科目登记', en: 'register of services' },
}

const isKnown = ({ kind, code }: Need, known: KnownOfPlace): boolean => {
  switch (kind) {
    case 'drug':
    case 'device':
      return known.supplies.has(code)
    case 'staff':
      return known.roles.has(code)
    case 'service':
      return known.specialties.has(code)
  }
}

/** The needs as items of a question: what registers know is answered by them, the rest waits for the receiver. */
export const itemsOf = (needs: readonly Need[], known: KnownOfPlace, newId: () => string): ReadinessItem[] =>
  needs.map((need) => {
    const there = isKnown(need, known)
    return { ...need, id: newId(), knownFrom: there ? REGISTERS[need.kind] : null, answer: there ? 'there' : null, supply: null }
  })

export type GivenAnswer = {
  readonly item: string
  readonly answer: 'there' | 'missing'
  readonly by?: Supplier | null | undefined
  readonly on?: string | null | undefined
}

type AnswerCode =
  | 'continuity.item-unknown'
  | 'continuity.item-unanswered'
  | 'continuity.supplier-missing'
  | 'continuity.supply-day-missing'
  | 'continuity.supply-day-past'

/**
 * The items with the receiver's answers. Refuses an item that was not asked, one left open, and one that is missing without
 * who brings it by when; `nobody` needs no day.
 */
export const answered = (
  items: readonly ReadinessItem[],
  given: readonly GivenAnswer[],
  today: Day,
): Result<ReadinessItem[], AnswerCode> => {
  const refusals: Refusal<AnswerCode>[] = []
  const known = new Set(items.map(({ id }) => id))
  if (given.some(({ item }) => !known.has(item))) refusals.push({ code: 'continuity.item-unknown' })
  const done = items.map((item): ReadinessItem => {
    const said = given.findLast((one) => one.item === item.id)
    if (!said) {
      if (item.answer === null)
        refusals.push({ code: 'continuity.item-unanswered', detail: { item: item.words.zh, item_en: item.words.en } })
      return item
    }
    if (said.answer === 'there') return { ...item, answer: 'there', supply: null }
    const supply = supplyOf(said)
    refusals.push(...faultsOfSupply(item, supply, today))
    return { ...item, knownFrom: null, answer: 'missing', supply }
  })
  return refusals.length > 0 ? refuseAll(refusals) : ok(done)
}

const supplyOf = ({ by, on }: GivenAnswer): ReadinessItem['supply'] =>
  by ? { by, on: by === 'nobody' ? null : ((on as Day | null | undefined) ?? null) } : null

const faultsOfSupply = (item: ReadinessItem, supply: ReadinessItem['supply'], today: Day): Refusal<AnswerCode>[] => {
  const detail = { item: item.words.zh, item_en: item.words.en }
  if (!supply) return [{ code: 'continuity.supplier-missing', detail }]
  if (supply.by === 'nobody') return []
  if (supply.on === null) return [{ code: 'continuity.supply-day-missing', detail }]
  return supply.on < today ? [{ code: 'continuity.supply-day-past', detail }] : []
}

/** Whether the place can take the person: all answered, and whatever is missing is brought by somebody. */
export const isReadyPlace = ({ state, items }: Pick<Readiness, 'state' | 'items'>): boolean =>
  state === 'answered' &&
  items.every(({ answer, supply }) => answer === 'there' || (answer === 'missing' && supply !== null && supply.by !== 'nobody'))

/** What the hospital itself sends along with the person. */
export const sentAlong = ({ items }: Pick<Readiness, 'items'>): ReadinessItem[] =>
  items.filter(({ supply }) => supply?.by === 'hospital')
