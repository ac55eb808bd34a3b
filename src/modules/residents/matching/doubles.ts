import type { z } from 'zod'
import type { Day } from '../../../kernel/day.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/id.ts'
import { ok } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, query, type Reaction } from '../../../platform/forms/form.ts'
import { institutionsOf, type Institution } from '../../organisations/index.ts'
import type { GivenNumber } from '../numbers.ts'
import { bornOnOf } from '../rules/may-register.ts'
import { evidenceBeyond } from '../rules/score-match.ts'
import { findPerson, findPersons, type Person } from '../store.ts'
import { likelyInput, lookForDoublesInput, type ShownLikely } from './contract.ts'
import { matchPersons, type Match, type MatchBy, type MatchCandidate } from './match-persons.ts'
import { savePairs } from './pair-store.ts'
import { candidateOfPerson } from './side-of-person.ts'

const SHOWN_MOST = 5

export const likely = query({
  name: 'residents.likely',
  by: ['village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone', 'ward@anyone'],
  basis: '患者主索引:建档前先查是否已有;个人信息保护法 第六条(最小范围)',
  does: {
    zh: '建档之前:索引中可能就是此人的居民,逐项说明;外机构的只显示遮盖后的信息。',
    en: 'Before registering: who in the index may be this person, factor by factor; strangers are shown masked.',
  },
  input: likelyInput,
  read: async (tx, input, act) => {
    const identifier = input.type && input.number ? { type: input.type, number: input.number } : null
    const bornOn = bornOnOf({ bornOn: (input.bornOn ?? null) as Day | null, sex: input.sex, identifier })
    const found = await matchPersons(tx, candidateOf(input, identifier, bornOn), act)
    const isOwn = (match: Match) =>
      act.actor.org !== null && (match.careOrg === act.actor.org || match.clinicOrg === act.actor.org)
    // A stranger is hinted at only where more than a name and a birthday speaks for it.
    const shown = found
      .filter((match) => isOwn(match) || (match.grade !== 'possible' && evidenceBeyond(match.factors).length > 0))
      .slice(0, SHOWN_MOST)
    const persons = await findPersons(
      tx,
      shown.map(({ person }) => person),
    )
    const places = await institutionsOf(
      tx,
      shown.flatMap(({ clinicOrg, careOrg }) => clinicOrg ?? careOrg ?? []),
    )
    return { found: shown.map((match) => ({ match, isOwn: isOwn(match), person: persons.get(match.person) })), places }
  },
  audits: ({ found }) => found.map(({ match }) => ({ person: match.person })),
  answer: ({ found, places }) => ({
    likely: found.flatMap(({ match, isOwn, person }) => (person ? [shownLikely(match, isOwn, person, places)] : [])),
  }),
})

const candidateOf = (
  { zh, en, sex, phone, village, address }: z.output<typeof likelyInput>,
  identifier: GivenNumber | null,
  bornOn: Day | null,
): MatchCandidate => ({
  name: { zh, en: en ?? null },
  sex,
  bornOn,
  numbers: identifier ? [identifier] : [],
  phone: phone ?? null,
  village: village ?? null,
  address: address ?? null,
})

const shownLikely = (
  { score, grade, factors, clinicOrg, careOrg }: Match,
  isOwn: boolean,
  person: Person,
  places: readonly Institution[],
): ShownLikely => {
  const place = places.find(({ id }) => id === (clinicOrg ?? careOrg))
  // What was typed and agrees is no news; nothing else of a stranger is said.
  const knowsBirth = isOwn || factors.some(({ factor, likeness }) => factor === 'birth' && likeness === 'same')
  return {
    person: isOwn ? person.id : null,
    name: isOwn ? person.zh : `${[...person.zh][0]}${'*'.repeat([...person.zh].length - 1)}`,
    sex: person.sex,
    bornOn: knowsBirth ? person.bornOn : null,
    institution: place ? { zh: place.name.zh, en: place.name.en ?? null } : null,
    score,
    grade,
    factors: [...factors],
  }
}

/** Looks for whoever may be the same as a person and puts those into the queue that somebody must look at; answers how many. */
export const noteDoubles = async (tx: Tx, person: Person, by: MatchBy, at: Instant): Promise<number> => {
  const { candidate } = await candidateOfPerson(tx, person, by.cipher)
  const found = await matchPersons(tx, candidate, { ...by, except: [person.id] })
  const pairs = found.filter(({ grade }) => grade !== 'possible')
  await savePairs(
    tx,
    pairs.map(({ person: other, score, factors }) => ({ persons: [person.id, other], score, factors })),
    at,
  )
  return pairs.length
}

export const lookForDoubles = command({
  name: 'residents.look-for-doubles',
  by: ['system@anyone'],
  basis: '患者主索引:建档后自动查重,交人复核,不自动合并',
  does: {
    zh: '查找可能与此人重复的档案,放入复核队列。',
    en: 'Looks for records that may be the same person and puts them into the review queue.',
  },
  input: lookForDoublesInput,
  read: async (tx, input) => findPerson(tx, input.person as PersonId),
  decide: (person) => ok({ change: person, answer: { person: person.id } }),
  write: async (tx, person, act) => {
    if (!person.erasedAt) await noteDoubles(tx, person, act, act.now)
  },
})

/** Whoever was registered or got new papers is compared with everybody, once. */
export const residentsReactions: readonly Reaction[] = [
  'residents.registered',
  'residents.papers-issued',
  'residents.corrected',
].map((on) => ({
  consumer: 'residents.look-for-doubles',
  on,
  command: 'residents.look-for-doubles',
  input: ({ person }) => ({ person }),
}))
