import { z } from 'zod'
import { newId, type OrgId } from '../../../kernel/id.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import { findInstitution } from '../../organisations/index.ts'
import { APP_CONTEXT_MOST, listClients, type Adviser } from '../../smart/index.ts'
import type { AdviceCard } from './advice.ts'
import { SUMMARY_MOST } from './hooks.ts'

const CARDS_MOST = 10
const text = (most: number) => z.string().transform((value) => [...value].slice(0, most).join(''))
const address = z.string().max(2_000)
const card = z.looseObject({
  uuid: z.string().max(200).optional(),
  summary: text(SUMMARY_MOST),
  detail: text(4_000).nullish(),
  indicator: z.enum(['info', 'warning', 'critical']),
  source: z.looseObject({ label: text(100), url: address.nullish() }),
  suggestions: z
    .array(
      z.looseObject({
        uuid: z.string().max(200).optional(),
        label: text(100),
        actions: z.array(z.looseObject({ type: z.string(), resource: z.looseObject({}).nullish() })).optional(),
      }),
    )
    .max(20)
    .optional(),
  links: z
    .array(
      z.looseObject({
        label: text(100),
        url: address,
        type: z.enum(['absolute', 'smart']),
        appContext: z.string().max(APP_CONTEXT_MOST).nullish(),
      }),
    )
    .max(20)
    .optional(),
  overrideReasons: z
    .array(z.looseObject({ code: z.string().max(200), system: z.string().max(300).nullish(), display: text(100).nullish() }))
    .max(20)
    .optional(),
})
type SaidCard = z.output<typeof card>
const answer = z.looseObject({ cards: z.array(z.unknown()).max(100) })

/** Where a card comes from, and what an address of it may be. */
export type CardPlace = { readonly adviser: Adviser; readonly service: string; readonly mayBePrivate: boolean }

const isShowable = (url: string | null | undefined, mayBePrivate: boolean): url is string =>
  /^https:\/\//i.test(url ?? '') || (mayBePrivate && /^http:\/\//i.test(url ?? ''))

type Said = NonNullable<SaidCard['suggestions']>[number]

/** Where a suggested order would go: the one place of ours that its changed draft names. */
const placeOf = async (db: Queryable, { actions = [] }: Said): Promise<AdviceCard['suggestions'][number]['place']> => {
  for (const { type, resource } of actions) {
    if (type !== 'update' || resource?.['resourceType'] !== 'ServiceRequest') continue
    const [performer] = (resource['performer'] ?? []) as { reference?: unknown }[]
    const id = /^Organization\/(\d{1,18})$/.exec(String(performer?.reference ?? ''))?.[1]
    const found = id ? await findInstitution(db, id as OrgId) : null
    if (found) return { id: found.id, name: { zh: found.name.zh, en: found.name.en ?? null }, tier: found.tier }
  }
  return null
}

const linksOf = async (db: Queryable, said: SaidCard, mayBePrivate: boolean): Promise<AdviceCard['links']> => {
  const links = (said.links ?? []).filter(({ url }) => isShowable(url, mayBePrivate))
  const apps = links.some(({ type }) => type === 'smart') ? await listClients(db) : []
  return links.flatMap(({ label, url, type, appContext }): AdviceCard['links'] => {
    if (type === 'absolute') return [{ label, url, app: null, appContext: null }]
    const app = apps.find(({ launchUrl, disabledAt }) => launchUrl === url && !disabledAt)
    return app ? [{ label, url, app: app.id, appContext: appContext || null }] : []
  })
}

const shown = async (db: Queryable, said: SaidCard, { adviser, service, mayBePrivate }: CardPlace): Promise<AdviceCard> => ({
  adviser: adviser.id,
  name: adviser.name,
  service,
  card: said.uuid ?? newId(),
  summary: said.summary,
  detail: said.detail ?? null,
  indicator: said.indicator,
  source: { label: said.source.label, url: isShowable(said.source.url, mayBePrivate) ? said.source.url : null },
  suggestions: await Promise.all(
    (said.suggestions ?? []).map(async (one) => ({ id: one.uuid ?? newId(), label: one.label, place: await placeOf(db, one) })),
  ),
  links: await linksOf(db, said, mayBePrivate),
  reasons: (said.overrideReasons ?? []).map(({ code, system, display }) => ({
    code,
    system: system ?? null,
    display: display ?? code,
  })),
})

/** The cards of an answer that can be read; the others are left out. Throws when it is no answer of CDS Hooks at all. */
export const readCards = async (db: Queryable, said: unknown, place: CardPlace): Promise<AdviceCard[]> => {
  const cards: AdviceCard[] = []
  for (const one of answer.parse(said).cards.slice(0, CARDS_MOST)) {
    const read = card.safeParse(one)
    if (read.success) cards.push(await shown(db, read.data, place))
  }
  return cards
}
