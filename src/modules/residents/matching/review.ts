import type { PersonId } from '../../../kernel/id.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import { command, query, type Act, type Decision } from '../../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../../organisations/index.ts'
import { personEvent } from '../commands.ts'
import { nameLinked, saveLink, type NewLink } from '../link-store.ts'
import { numbersOf, type KeptNumber } from '../number-store.ts'
import { evidenceBeyond } from '../rules/score-match.ts'
import { shownPerson } from '../shown.ts'
import { lockPerson, type Person } from '../store.ts'
import { decidePairInput, pairsInput } from './contract.ts'
import {
  countOfPairs,
  lockPair,
  pairsBy,
  personsThemselves,
  savePairDecision,
  type Pair,
  type PairDecision,
} from './pair-store.ts'
import { shownNumber } from './papers.ts'

export const pairs = query({
  name: 'residents.pairs',
  by: ['administrator@anyone', 'health-bureau@anyone'],
  basis: '患者主索引:疑似重复由人复核',
  does: {
    zh: '可能是同一人的成对档案,并排对照(号码遮盖),按得分排列。',
    en: 'Pairs of records that may be one person, side by side (numbers masked), the likeliest first.',
  },
  input: pairsInput,
  read: async (tx, input) => {
    const found = await pairsBy(tx, {
      isOpen: input.state === 'open',
      after: input.after?.split(':') ?? null,
      limit: input.limit + 1,
    })
    const page = found.slice(0, input.limit)
    const ids = page.flatMap(({ person, other }) => [person, other])
    const persons = await personsThemselves(tx, ids)
    const numbers = await numbersOf(tx, ids)
    const orgs = [...persons.values()].flatMap(({ careOrg, clinicOrg }) => clinicOrg ?? careOrg ?? [])
    const places = await institutionsOf(tx, [...new Set([...orgs, ...numbers.flatMap(({ issuer }) => issuer ?? [])])])
    return { page, hasMore: found.length > page.length, persons, numbers, places, open: await countOfPairs(tx) }
  },
  audits: ({ page }) => page.flatMap(({ person, other }) => [{ person }, { person: other }]),
  answer: ({ page, hasMore, persons, numbers, places, open }, _input, act) => {
    const side = (id: PersonId) => shownSide(persons.get(id), id, numbers, places, act)
    const last = page.at(-1)
    return {
      open,
      pairs: page.map((pair) => ({
        ...shownPair(pair),
        mayConfirm: pair.firstBy === null || pair.firstBy !== act.actor.account,
        sides: [side(pair.person), side(pair.other)],
      })),
      next: hasMore && last ? `${last.score}:${last.person}:${last.other}` : null,
    }
  },
})

const shownPair = ({ person, other, state, score, factors, foundAt, decidedAt, reason }: Pair) => ({
  person,
  other,
  state,
  score,
  factors: [...factors],
  foundAt,
  decidedAt,
  reason,
})

const shownSide = (
  person: Person | undefined,
  id: PersonId,
  numbers: readonly KeptNumber[],
  places: readonly Institution[],
  act: Act,
) => {
  const place = places.find((one) => one.id === (person?.clinicOrg ?? person?.careOrg))
  return {
    ...(person ? shownPerson(person, act.cipher) : null),
    id,
    isMerged: Boolean(person?.mergedInto),
    institution: place ? { zh: place.name.zh, en: place.name.en ?? null } : null,
    numbers: numbers.filter((number) => number.person === id).map((number) => shownNumber(number, places, act.cipher)),
  }
}

type DecidedPair = { readonly decision: PairDecision; readonly link: NewLink | null }
type PairFacts = { readonly pair: Pair; readonly one: Person; readonly other: Person }

export const decidePair = command({
  name: 'residents.decide-pair',
  by: ['administrator@anyone', 'health-bureau@anyone'],
  basis: '患者主索引:合并可逆,两份历史都保留;不得仅凭姓名和出生日期合并',
  does: {
    zh: '判断一对档案是同一人、不是或存疑;低分的“同一人”由第二人确认。',
    en: 'Decides whether two records are one person, are not, or cannot be told; a low score wants a second person.',
  },
  input: decidePairInput,
  read: async (tx, input): Promise<PairFacts | null> => {
    const pair = await lockPair(tx, input.person as PersonId, input.other as PersonId)
    const one = pair && (await lockPerson(tx, pair.person))
    const other = pair && (await lockPerson(tx, pair.other))
    if (!pair || !one || !other) return null
    await nameLinked(tx, [one.id, other.id])
    return { pair, one, other }
  },
  subject: ({ pair }) => ({ person: pair.person }),
  decide: ({ pair, one, other }, input, act): Result<Decision<DecidedPair, { state: Pair['state'] }>> => {
    if (pair.state === 'same' || pair.state === 'different') return refuse('residents.pair-decided')
    const decided = (state: Pair['state']): PairDecision => ({
      person: pair.person,
      other: pair.other,
      state,
      reason: input.reason,
      at: act.now,
      by: act.actor.account,
    })
    if (input.decision !== 'same')
      return ok({ change: { decision: decided(input.decision), link: null }, answer: { state: input.decision } })
    if (one.mergedInto || other.mergedInto) return refuse('residents.linked-already')
    const evidence = evidenceBeyond(pair.factors)
    if (evidence.length === 0) return refuse('residents.only-name-and-birthday')
    if (pair.firstBy && pair.firstBy === act.actor.account) return refuse('residents.pair-second-by-same')
    if (!pair.firstBy && pair.score < act.policy('residents.match-alone-from'))
      return ok({ change: { decision: decided('second'), link: null }, answer: { state: 'second' } })
    const keep = input.keep ?? pair.person
    if (keep !== pair.person && keep !== pair.other) return refuse('residents.keep-is-neither')
    const [into, person] = keep === pair.person ? [pair.person, pair.other] : [pair.other, pair.person]
    const link = { id: act.newId(), person, into, reason: input.reason, evidence, at: act.now, by: act.actor.account }
    return ok({
      change: { decision: decided('same'), link },
      answer: { state: 'same' },
      events: [personEvent('residents.linked', person, act, input.reason)],
    })
  },
  write: async (tx, { decision, link }) => {
    await savePairDecision(tx, decision)
    if (link) await saveLink(tx, link)
  },
})
