import { newId, type OrgId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { run } from '../../../platform/forms/run.ts'
import type { House } from '../../../platform/house.ts'
import { allConditions, conditionOfCode, type Condition } from '../../navigation/index.ts'
import { findInstitution, heightOf, type Institution, type Tier } from '../../organisations/index.ts'
import { askedPlaces, type AskedPlace } from './asked-place.ts'
import { SUMMARY_MOST, type Card, type HookCall } from './hooks.ts'

/** Nobody in particular: sees what anybody may see of places and their free times, and no person at all. */
const ANYBODY: Actor = {
  account: null,
  role: 'resident',
  org: null,
  person: null,
  name: { zh: '决策支持', en: 'Decision support' },
}
const LOOKED_AT = 20
const DRAFTS_MOST = 5

type Ranked = {
  readonly places: readonly {
    readonly institution: { readonly id: string; readonly name: { zh: string; en?: string | null }; readonly tier: Tier }
    readonly firstFree?: { readonly startsAt: string } | null
    readonly distanceKm?: number
  }[]
}

/** Places that can treat a condition, the best first, as navigation ranks them from where the order would go. */
const ranked = async (house: House, condition: Condition, from: Institution): Promise<Ranked['places']> => {
  const form = house.forms.get('navigation.rank')
  if (!form) throw new Error('There is no form navigation.rank')
  const input = { condition: condition.key, longitude: from.longitude, latitude: from.latitude, limit: LOOKED_AT }
  const outcome = await run(house, form, input, { actor: ANYBODY, request: newId() })
  return outcome.ok ? (JSON.parse(outcome.value.text) as Ranked).places : []
}

const shortened = (text: string): string =>
  [...text].length <= SUMMARY_MOST ? text : `${[...text].slice(0, SUMMARY_MOST - 1).join('')}…`

const OVERRIDES = [
  { code: 'patient-wish', system: 'urn:jieli:override', display: '居民意愿 Wish of the person' },
  { code: 'clinical-need', system: 'urn:jieli:override', display: '病情需要 Clinical need' },
]

const cardOf = (
  base: string,
  { draft }: AskedPlace,
  condition: Condition,
  going: Institution,
  place: Ranked['places'][number],
): Card => {
  const { institution } = place
  const { zh, en } = { zh: institution.name.zh, en: institution.name.en ?? institution.name.zh }
  const summary = shortened(`${zh}可诊治${condition.name.zh},层级更低、可就近就诊。 ${en} can treat this nearer home.`)
  const isOrder = draft['resourceType'] === 'ServiceRequest'
  const changed = { ...draft, performer: [{ reference: `Organization/${institution.id}`, display: zh }] }
  return {
    uuid: newId(),
    summary,
    detail: `拟去机构:${going.name.zh}。按本区域病种目录,${condition.name.zh}最低可在更低层级诊治;${zh}具备相应专科。\n\nPlanned: ${going.name.en ?? going.name.zh}. By the region’s catalogue this condition may be treated at a lower tier, and ${en} has the specialty.`,
    indicator: 'info',
    source: { label: '接力 Jieli', url: base },
    links: [{ label: '查看可就诊的机构 · See places', url: `${base}/find`, type: 'absolute' }],
    ...(isOrder
      ? {
          suggestions: [
            {
              label: `改去 ${zh}`,
              uuid: newId(),
              actions: [{ type: 'update', description: `改为 ${zh} · Change to ${en}`, resource: changed }],
            },
          ],
        }
      : {}),
    overrideReasons: OVERRIDES,
  }
}

const cardFor = async (house: House, base: string, asked: AskedPlace, conditions: readonly Condition[]): Promise<Card[]> => {
  const key = conditions.some(({ key: one }) => one === asked.condition)
    ? asked.condition
    : conditionOfCode(conditions)(asked.condition)
  const condition = conditions.find((one) => one.key === key)
  const going = await findInstitution(asSystem(house.database), asked.performer as OrgId)
  if (!condition || !going || heightOf(going.tier) <= heightOf(condition.lowestTier)) return []
  const lower = (await ranked(house, condition, going)).find(
    ({ institution }) => heightOf(institution.tier) < heightOf(going.tier),
  )
  return lower ? [cardOf(base, asked, condition, going, lower)] : []
}

/** Cards for a call: for each draft the best place of a lower tier than planned that can treat it. None is the usual answer. */
export const lowerPlaceCards = async (house: House, base: string, call: HookCall): Promise<Card[]> => {
  const asked = askedPlaces(call).slice(0, DRAFTS_MOST)
  if (asked.length === 0) return []
  const conditions = await allConditions(asSystem(house.database))
  const cards: Card[] = []
  for (const one of asked) cards.push(...(await cardFor(house, base, one, conditions)))
  return cards
}
