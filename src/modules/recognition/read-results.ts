import type { Instant } from '../../kernel/clock.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { StoredResult } from '../health-record/index.ts'
import { NATIONAL_ITEM_SYSTEM, type EarlierResult, type Item } from './recognition.ts'
import type { ItemBody } from './registers.ts'

type Fields = { readonly [name: string]: unknown }
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : [])
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)

/** The item with the days of its kind where it sets none of its own. */
export const itemOf = (body: ItemBody, daysOfKind: (kind: string) => number): Item => ({
  ...body,
  daysValid: body.daysValid ?? daysOfKind(body.kind),
})

/** Whether a concept is an item: by the national code, or by another code of the same thing. */
const isItem = (code: unknown, item: Item): boolean =>
  list(fields(code)['coding']).some(
    ({ system, code: value }) =>
      (system === NATIONAL_ITEM_SYSTEM && value === item.code) || item.alsoCoded.includes(`${String(system)}|${String(value)}`),
  )

const siteOf = (body: Fields): string | null => {
  const site = fields(body['bodySite'])
  const own = text(site['text']) ?? text(list(site['coding'])[0]?.['display'])
  const extension = list(body['extension']).find(({ url }) => url === 'urn:jieli:body-site')
  return own ?? text(extension?.['valueString'])
}

const performerOf = (body: Fields, custodian: OrgId | null): OrgId | null => {
  const references = list(body['performer']).flatMap(
    ({ reference }) => /^Organization\/(\d{1,18})$/.exec(String(reference))?.[1] ?? [],
  )
  return (references[0] as OrgId | undefined) ?? custodian
}

const valueOf = (body: Fields): string | null => {
  const quantity = fields(body['valueQuantity'])
  if (typeof quantity['value'] === 'number')
    return `${text(quantity['comparator']) ?? ''}${quantity['value']} ${text(quantity['unit']) ?? ''}`.trim()
  return text(body['valueString']) ?? text(fields(body['valueCodeableConcept'])['text']) ?? text(body['conclusion'])
}

const momentOf = (body: Fields, asInstant: (written: string) => Instant | null): Instant | null => {
  const written = text(body['effectiveDateTime']) ?? text(fields(body['effectivePeriod'])['start']) ?? text(body['issued'])
  return written === null ? null : asInstant(written)
}

/** The earlier results of an item among what the record holds. The numbers shown keep their digits no longer than a screen needs. */
export const earlierResults = (
  stored: readonly StoredResult[],
  item: Item,
  asInstant: (written: string) => Instant | null,
): EarlierResult[] =>
  stored.flatMap(({ id, type, body: json, custodian }): EarlierResult[] => {
    const body = fields(JSON.parse(json))
    if (!isItem(body['code'], item)) return []
    return [
      {
        reference: `${type}/${id}`,
        title: text(fields(body['code'])['text']) ?? item.zh,
        item: item.code,
        at: momentOf(body, asInstant),
        status: text(body['status']) ?? 'unknown',
        site: siteOf(body),
        performer: performerOf(body, custodian),
        value: valueOf(body),
      },
    ]
  })
