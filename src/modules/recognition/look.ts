import { instant, type Instant } from '../../kernel/clock.ts'
import { instantAt, isDay, plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Relation } from '../../platform/access.ts'
import type { Act } from '../../platform/forms/form.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { resultsSince } from '../health-record/index.ts'
import { consortiumOf, heightOf, institutionsOf, type Institution } from '../organisations/index.ts'
import { openRecord } from '../record-access/index.ts'
import { findPerson, idsOf, type Person } from '../residents/index.ts'
import { OBSTACLE_WORDS, type ShownEarlier } from './contract.ts'
import { earlierResults, itemOf } from './read-results.ts'
import type { EarlierResult, Item, MarkScope, Standing } from './recognition.ts'
import { newestFirst, recognisability, type Recognisability } from './rules/recognisable.ts'
import * as store from './store.ts'

const RESULTS_MOST = 1_000

/** One earlier result, and what stands against it. */
export type Judged = Recognisability & { readonly result: EarlierResult; readonly performer: Institution | null }

/** Everything that an order of an item is decided by. */
export type OrderFacts = {
  readonly person: Person
  readonly item: Item | null
  /** Recognisable ones first, each group newest first. */
  readonly judged: readonly Judged[]
  readonly hasBasis: boolean
}

const standingOf = async (tx: Tx, institution: Institution, day: Day): Promise<Standing> => ({
  id: institution.id,
  height: heightOf(institution.tier),
  division: institution.division,
  consortium: (await consortiumOf(tx, institution.id, day))?.id ?? null,
})

const instantOf =
  (zone: string) =>
  (written: string): Instant | null => {
    if (isDay(written)) return instantAt(written as Day, '00:00', zone)
    return written.includes('T') && !Number.isNaN(Date.parse(written)) ? instant(written) : null
  }

/** Reads the earlier results of a person for an item, and judges each for the acting institution. Null when nobody is such a person. */
export const lookForResults = async (
  tx: Tx,
  asked: { person: string; item: string; site?: string | null | undefined },
  act: Act,
): Promise<OrderFacts | null> => {
  const person = await findPerson(tx, asked.person as PersonId)
  if (!person) return null
  const ids = await idsOf(tx, person.id)
  const hasBasis = (await openRecord(tx, ids, 'treatment')).length > 0
  const body = await store.findItem(tx, asked.item, act.today)
  if (!body || !hasBasis || !act.actor.org)
    return { person, item: body && itemOf(body, (kind) => act.policy('recognition.days-valid', kind)), judged: [], hasBasis }
  const item = itemOf(body, (kind) => act.policy('recognition.days-valid', kind))
  const lookBack = Math.max(item.daysValid, act.policy('recognition.look-back-days'))
  const since = instantAt(plusDays(act.today, -lookBack), '00:00', act.zone)
  const results = earlierResults(await resultsSince(tx, ids, since, RESULTS_MOST), item, instantOf(act.zone))
  const judged = await judge(tx, results, item, asked.site ?? null, act.actor.org, act)
  return { person, item, hasBasis, judged }
}

const judge = async (
  tx: Tx,
  results: readonly EarlierResult[],
  item: Item,
  site: string | null,
  org: OrgId,
  act: Act,
): Promise<Judged[]> => {
  const performers = [...new Set(results.flatMap(({ performer }) => performer ?? []))]
  const institutions = new Map((await institutionsOf(tx, [...performers, org])).map((one) => [one.id, one]))
  const standings = new Map<OrgId, Standing>()
  for (const one of institutions.values()) standings.set(one.id, await standingOf(tx, one, act.today))
  const marks = await store.marksOf(tx, item.code, performers)
  const receiver = standings.get(org)
  if (!receiver) return []
  const judged = results.map((result): Judged => {
    const performer = result.performer ? (standings.get(result.performer) ?? null) : null
    const facts = {
      item,
      site,
      result,
      performer,
      receiver,
      marks: marks.filter(({ institution }) => institution === result.performer),
      now: act.now,
      zone: act.zone,
    }
    const found = recognisability({ ...facts, higherRecognisesLower: act.policy('recognition.higher-recognises-lower') === 1 })
    return { ...found, result, performer: result.performer ? (institutions.get(result.performer) ?? null) : null }
  })
  return [
    ...newestFirst(judged.filter(({ obstacles }) => obstacles.length === 0)),
    ...newestFirst(judged.filter(({ obstacles }) => obstacles.length > 0)),
  ]
}

/** How an actor stands to an order: whoever treats the person, by care team, referral, visit or consent. */
export const relationOf = ({ hasBasis }: OrderFacts, act: Act): Relation[] => (hasBasis && act.actor.org ? ['lawful-basis'] : [])

const MARK_WORDS: Readonly<Record<MarkScope, string>> = {
  national: '全国HR',
  province: '省HR',
  city: '市HR',
  consortium: '医联体HR',
}

export const shownEarlier = ({ result, performer, mark, ageDays, obstacles, isInsideConsortium }: Judged): ShownEarlier => ({
  reference: result.reference,
  title: result.title,
  at: result.at,
  ageDays,
  value: result.value,
  site: result.site,
  performer: performer && { zh: performer.name.zh, en: performer.name.en ?? null },
  mark: mark && MARK_WORDS[mark.scope],
  isInsideConsortium,
  obstacles: obstacles.map((code) => ({ code, ...OBSTACLE_WORDS[code] })),
})
